"""Reading one step of a lesson."""

from __future__ import annotations

import math
from collections.abc import Mapping

from playground.core import knobs, page_view, words
from playground.core.experiment import Experiment
from playground.core.wall import Wall
from playground.lessons import links, questions
from playground.lessons.check import Check
from playground.lessons.conditions import EXAMPLE, Condition, parse_condition
from playground.lessons.expressions import Expression, is_looked_at
from playground.lessons.front_matter import Field
from playground.lessons.grammar import parse
from playground.lessons.lesson import Failing, Step
from playground.lessons.page_parts import FREE, POINTED_AT, TABS, WEIGHTS
from playground.lessons.quotes import IN_BRACES, Quotes, lone_braces
from playground.lessons.ranges import must_be_open
from playground.lessons.sections import Body, Section, Text
from playground.lessons.subject import Networks

FIELDS = (
    "title", "experiment", "wall", "free", "predict", "check", "observe", "solution", "fails", "points_at", "view",
)  # fmt: skip
MOST_CONDITIONS, MOST_FAILS = 20, 8


def read_step(field: Field, body: Body) -> Step:
    """A step; what is wrong with it goes to the mistakes of the field."""
    fields = field.fields(FIELDS, "a title, and an experiment or a wall")
    title = fields["title"].line_of_text() if "title" in fields else ""
    if "title" not in fields and isinstance(field.node.value, dict):
        field.missing("title", "what the step is called")
    subject = _subject(field, fields)
    networks = Networks.of(subject)
    free = _free(fields["free"]) if "free" in fields else ()
    section = _section(field, title, body)
    explained = section.explained if section and section.explained else Text(field.node.line)
    return Step(
        title=title,
        experiment=subject if isinstance(subject, Experiment) else None,
        wall=subject if isinstance(subject, Wall) else None,
        text=section.text.markdown if section else "",
        explanation=explained.markdown,
        quotes=_quotes(explained, field, networks),
        check=_check(fields["check"], networks, free) if "check" in fields else None,
        predict=questions.prediction(fields["predict"], networks) if "predict" in fields else None,
        observe=questions.observation(fields["observe"]) if "observe" in fields else None,
        free=free,
        points_at=fields["points_at"].one_of(tuple(POINTED_AT)) if "points_at" in fields else None,
        view=_view(fields["view"]) if "view" in fields else {},
        solution=_solution(field, fields, subject, free),
        fails=_fails(field, fields, subject),
    )


def _subject(field: Field, fields: Mapping[str, Field]) -> Experiment | Wall:
    given = [name for name in ("experiment", "wall") if name in fields]
    if len(given) != 1:
        if isinstance(field.node.value, dict):
            field.refuse(f"A step must have one of experiment and wall. Got {'both' if given else 'neither'}.")
        return Experiment()
    return links.experiment(fields["experiment"]) if given == ["experiment"] else links.wall(fields["wall"])


def _free(field: Field) -> tuple[str, ...]:
    names = []
    for each in field.items(0, len(FREE), "knobs"):
        name = each.plain("a knob")
        if name and name not in FREE:
            each.refuse(f"free must name knobs, as a link spells them, or {WEIGHTS}. Got {words.quoted(name)}.")
        elif name in names:
            each.refuse(f"free must name each knob once. Got {name} twice.")
        names.append(name)
    return tuple(names)


def _section(field: Field, title: str, body: Body) -> Section | None:
    found = [section for section in body.sections if section.title == title]
    if not title:
        return None
    if len(found) != 1:
        got = f"{len(found)} of them" if found else "none"
        field.mistakes.add(
            found[1].line if found else field.node.line,
            field.of("text"),
            f"The text below the fields must have one heading ## {title}. Got {got}.",
        )
        return found[0] if found else None
    section = found[0]
    field.mistakes.add_faults(section.text.line, field.of("text"), "\n".join(section.text.lines))
    if not section.text.markdown:
        field.mistakes.add(section.line, field.of("text"), f"There must be text under ## {title}. Got none.")
    if section.explained is None or not section.explained.markdown:
        rule = f"There must be ### Explained with text under ## {title}. Got none."
        field.mistakes.add(section.line, field.of("explained"), rule)
    else:
        lines = "\n".join(section.explained.lines)
        field.mistakes.add_faults(section.explained.line, field.of("explained"), lines)
    return section


def _quotes(explained: Text, field: Field, networks: Networks) -> Quotes:
    found: dict[str, Expression] = {}
    for line, text in enumerate(explained.lines, start=explained.line):
        for quote in IN_BRACES.finditer(text):
            name = quote[1].strip()
            try:
                found[name] = _one_number(parse(name, networks, networks.everyone), networks, name)
            except ValueError as refusal:
                field.mistakes.add(line, field.of("explained"), f"What stands in braces {refusal}")
    for down, text in lone_braces(explained.lines):
        rule = "A figure must stand between two braces in one line, like {val_accuracy}"
        field.mistakes.add(explained.line + down, field.of("explained"), f"{rule}. Got {words.quoted(text)}.")
    return Quotes(tuple(found.items()), networks.labels is not None)


def _one_number(expression: Expression, networks: Networks, text: str) -> Expression:
    if networks.labels is not None and is_looked_at(expression):
        rule = "must be one number of the wall, with max, min or mean before it or the network in brackets"
        raise ValueError(f"{rule}. Got {words.quoted(text)}.")
    return expression


def _check(field: Field, networks: Networks, free: tuple[str, ...]) -> Check | None:
    found: list[tuple[Field, Condition]] = []
    for each in field.items(1, MOST_CONDITIONS, "conditions"):
        text = _condition_text(each)
        if not text:
            continue
        try:
            condition = parse_condition(text, networks)
            must_be_open(condition, networks.experiments, free)
            found.append((each, condition))
        except ValueError as refusal:
            each.refuse(f"A condition {refusal}" if str(refusal).startswith("must") else str(refusal))
    if not found:
        return None
    check = Check.of_networks([condition for _, condition in found], networks)
    may_end_earlier = not {"epochs", "patience"}.isdisjoint(free) or any(end.patience for end in check.ends)
    if check.is_of_time_alone:
        _refuse_until(found, math.inf, "nothing else is asked")
    elif check.waits_for_the_end and not may_end_earlier:
        last = max(end.epochs for end in check.ends)
        _refuse_until(found, last, f"what is beside it is told at epoch {last}")
    return check


def _refuse_until(found: list[tuple[Field, Condition]], told: float, why: str) -> None:
    """Refuse the conditions that let a check hold until an epoch before the one at which it is told."""
    for field, condition in found:
        if condition.latest < told:
            field.refuse(
                "A condition until which epoch must stand beside one that only learning brings about, like "
                f"{EXAMPLE}, or one from which epoch on. Got {words.quoted(condition.text)}, and {why}."
            )


def _condition_text(field: Field) -> str:
    """A condition; one with an address is a name with a text to YAML."""
    value = field.node.value
    if isinstance(value, dict) and len(value) == 1:
        ((address, rest),) = value.items()
        if isinstance(rest.value, str):
            return f"{address}: {rest.value}"
    return field.plain("a condition, like val_accuracy >= 0.95")


def _view(field: Field) -> dict[str, str]:
    fields = field.fields(sorted(page_view.NAMES), "names of what is shown, like test_points: true")
    texts: dict[str, str | list[str]] = {name: each.plain("a text") for name, each in fields.items()}
    for sentence in page_view.read(texts, TABS)[1]:
        field.refuse(sentence)
    return {name: str(text) for name, text in texts.items()}


def _solution(
    field: Field, fields: Mapping[str, Field], subject: Experiment | Wall, free: tuple[str, ...]
) -> Experiment | Wall | None:
    if "solution" not in fields:
        return None
    if "check" not in fields:
        field.missing("check", "what the solution reaches")
    solution = _other(fields["solution"], subject)
    if isinstance(solution, Experiment) and isinstance(subject, Experiment):
        held = [name for name in _differences(solution, subject) if name not in free]
        if held:
            rule = "solution must differ from the experiment in free knobs alone"
            fields["solution"].refuse(f"{rule}. Got {', '.join(held)}, not free.")
    return solution


def _fails(field: Field, fields: Mapping[str, Field], subject: Experiment | Wall) -> tuple[Failing, ...]:
    if "fails" not in fields:
        return ()
    if "check" not in fields:
        field.missing("check", "what is not reached")
    return tuple(_failing(each, subject) for each in fields["fails"].items(1, MOST_FAILS, "links"))


def _failing(field: Field, subject: Experiment | Wall) -> Failing:
    if isinstance(field.node.value, str):
        return Failing(_other(field, subject))
    fields = field.fields(("link", "because"), "a link, or link and because")
    because = fields["because"].line_of_text() if "because" in fields else ""
    if "link" not in fields:
        field.missing("link", f"settings that do not reach the check, like {links.EXAMPLE}")
        return Failing(subject, because)
    return Failing(_other(fields["link"], subject), because)


def _other(field: Field, subject: Experiment | Wall) -> Experiment | Wall:
    """Another experiment, or another wall whose networks are told apart in the same way."""
    if isinstance(subject, Experiment):
        return links.experiment(field)
    found = links.wall(field)
    if Networks.of(found).labels != Networks.of(subject).labels:
        field.refuse("A wall must have the same rows, columns and seeds as the step's own. Got others.")
        return subject
    return found


def _differences(one: Experiment, other: Experiment) -> list[str]:
    parts = ((one.data, other.data), (one.model, other.model), (one.train, other.train))
    values = {name: (getattr(a, name), getattr(b, name)) for a, b in parts for name in type(a).model_fields}
    return [name for name in knobs.PART_OF if values[name][0] != values[name][1]]
