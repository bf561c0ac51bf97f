"""What a link says of a wall: its axes and its number of seeds. Nothing is looked at twice, however long it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeAlias

from playground.core import query, words
from playground.core.wall.axis import KNOBS, MAX_NETWORKS, Axis, value_of, whole_number
from playground.core.wall.draft import SEEDS

MAX_NAMED = 20
"""Sentences about one thing; how many more there would be is said in one more."""
SEEDS_RULE: words.Schema = {"type": "integer", "minimum": 1, "maximum": MAX_NETWORKS}

Texts: TypeAlias = Mapping[str, str | list[str]]


def read_axis(mapping: Texts, name: str) -> tuple[Axis | None, list[str]]:
    """The axis that stands under `name`, and a sentence for each of its values, or for it all, that is refused."""
    try:
        text = _one(mapping, name)
        if text is None:
            return None, []
        knob, texts = _parted(name, text)
    except ValueError as refusal:
        return None, [str(refusal)]
    values, refused = _values(name, knob, texts)
    if not values:
        return None, [*named(refused), f"{name} must hold a value of {knob}. Got none: {name} are left out."]
    return Axis(knob, tuple(values)), named(refused)


def read_seeds(mapping: Texts) -> tuple[int, list[str]]:
    """The number of seeds, and a sentence where it is refused; then it is 1."""
    try:
        text = _one(mapping, SEEDS)
        return (1 if text is None else whole_number(SEEDS, text, SEEDS_RULE)), []
    except ValueError as refusal:
        return 1, [str(refusal)]


def named(sentences: Iterable[str]) -> list[str]:
    """The first sentences, and one more that counts the others."""
    said = list(sentences)
    more = len(said) - MAX_NAMED
    return [*said[:MAX_NAMED], *([f"{more} more values are left out."] if more > 0 else [])]


def _one(mapping: Texts, name: str) -> str | None:
    texts = query.texts_of(mapping.get(name, []))
    if len(texts) > 1:
        raise ValueError(f"{name} is given {query.times(len(texts))}; it may be given once.")
    return texts[0] if texts else None


def _parted(name: str, text: str) -> tuple[str, list[str]]:
    """The knob and the texts of its values. They are counted before they are split. Raises ValueError."""
    knob, colon, values = text.partition(":")
    knob = knob.strip()
    if not colon or not values.strip():
        rule = f"{name} must be a knob, a colon and its values, like learning_rate:0.01|0.1"
        raise ValueError(f"{rule}. Got {words.quoted(text)}: {name} are left out.")
    if knob not in KNOBS:
        raise ValueError(f"There is no knob called {words.quoted(knob)}: {name} are left out.")
    if (count := values.count("|") + 1) > MAX_NETWORKS:
        raise ValueError(f"{name} must hold at most {MAX_NETWORKS} values. Got {count}: {name} are left out.")
    return knob, values.split("|")


def _values(name: str, knob: str, texts: Iterable[str]) -> tuple[list[Any], list[str]]:
    found: dict[Any, int] = {}
    refused = []
    for text in texts:
        try:
            value = value_of(knob, text)
            found[value] = found.get(value, 0) + 1
        except ValueError as refusal:
            refused.append(str(refusal))
    return list(found), [*refused, *_repeated(name, found)]


def _repeated(name: str, found: Mapping[Any, int]) -> Iterator[str]:
    for value, count in found.items():
        if count > 1:
            yield f"{name} must name each value once. Got {short(query.text_of(value))} {query.times(count)}."


def short(label: str) -> str:
    """A value as a link spells it, short enough for a sentence."""
    return label if len(label) <= words.MAX_QUOTED else f"{label[: words.MAX_QUOTED]}…"
