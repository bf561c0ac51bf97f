"""Reading what a learner is asked."""

from __future__ import annotations

from collections.abc import Sequence

from playground.core import words
from playground.lessons.expressions import Reference
from playground.lessons.front_matter import Field
from playground.lessons.grammar import parse
from playground.lessons.predictions import OTHER, RIGHT, Choices, Drawn, Number, Prediction
from playground.lessons.subject import Networks

MOST_CHOICES = 8
KINDS = ("choices", "number", "boundary")


def prediction(field: Field, networks: Networks) -> Prediction:
    """What stands under `predict`."""
    fields = field.fields(("question", "answer", "feedback", *KINDS), "a question and one of " + ", ".join(KINDS))
    question = _question(field, fields)
    kinds = [kind for kind in KINDS if kind in fields]
    if len(kinds) != 1:
        field.refuse(f"predict must have one of {', '.join(KINDS)}. Got {' and '.join(kinds) or 'none'}.")
    if kinds == ["number"]:
        return _number(question, fields["number"], networks)
    if kinds == ["boundary"]:
        fields["boundary"].one_of(("true",))
        if networks.labels is not None:
            fields["boundary"].refuse("boundary must be of one experiment. Got a wall.")
        return Drawn(question)
    return _choices(field, fields, question, must_tell=False)


def observation(field: Field) -> Choices:
    """What stands under `observe`."""
    fields = field.fields(("question", "choices", "answer", "feedback"), "a question with choices, answer and feedback")
    return _choices(field, fields, _question(field, fields), must_tell=True)


def _question(field: Field, fields: dict[str, Field]) -> str:
    if "question" not in fields:
        field.missing("question", "what the learner is asked")
        return ""
    return fields["question"].markdown()


def _choices(field: Field, fields: dict[str, Field], question: str, must_tell: bool) -> Choices:
    if "choices" not in fields:
        if must_tell:
            field.missing("choices", "the answers to choose from")
        return Choices(question, (), None, ())
    texts = tuple(each.markdown() for each in fields["choices"].items(2, MOST_CHOICES, "choices"))
    if len(set(texts)) < len(texts):
        fields["choices"].refuse("choices must differ. Got one twice.")
    answer = _answer(fields["answer"], texts) if "answer" in fields else None
    for name, what in (("answer", "which choice is right"), ("feedback", "a text for each choice")):
        if must_tell and name not in fields:
            field.missing(name, what)
    return Choices(question, texts, answer, _feedback(fields.get("feedback"), texts, answer))


def _answer(field: Field, choices: Sequence[str]) -> int | None:
    """The place of the right choice, which is named by its number from 1 on, or by its text."""
    text = field.plain("a choice")
    if text in choices:
        return choices.index(text)
    if words.looks_like_a_number(text) and text in map(str, range(1, len(choices) + 1)):
        return int(text) - 1
    if text:
        field.must_be(f"the number of a choice, 1 to {len(choices)}, or its text")
    return None


def _feedback(field: Field | None, choices: Sequence[str], answer: int | None) -> tuple[str, ...]:
    if field is None:
        return tuple(RIGHT if place == answer else OTHER for place in range(len(choices)))
    items = field.items(1, MOST_CHOICES, "texts, one for each choice")
    if len(items) != len(choices):
        field.refuse(f"feedback must be one text for each of the {len(choices)} choices. Got {len(items)}.")
    return tuple(each.markdown() for each in items)


def _number(question: str, field: Field, networks: Networks) -> Number:
    fields = field.fields(("of", "within", "unit"), "of, within and, where there is one, unit")
    for name, what in (("of", "a figure of the run"), ("within", "how far off is still right")):
        if name not in fields:
            field.missing(name, what)
    within = fields["within"].number(0, 1e9) if "within" in fields else 0.0
    unit = fields["unit"].line_of_text() if "unit" in fields else ""
    of = fields["of"].plain("a figure, like val_accuracy") if "of" in fields else ""
    expression = None
    if of:
        try:
            expression = parse(of, networks, networks.everyone)
            if networks.labels is not None and (not isinstance(expression, Reference) or expression.members is None):
                raise ValueError(f"must be one number of the wall, like max val_accuracy. Got {words.quoted(of)}.")
        except ValueError as refusal:
            fields["of"].refuse(f"of {refusal}")
    return Number(question, of, within, unit, expression, networks.labels is not None)
