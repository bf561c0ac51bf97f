"""A run of a comparison: an experiment, and what it is called."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from playground.core import words
from playground.core.experiment import Experiment

LEAST_RUNS, MOST_RUNS = 2, 12
"""Of a comparison. Twelve are still told apart by their colours, and seen large."""
LONGEST_NAME = 60
SEPARATOR = "|"
"""Parts names, and runs, in a link."""
NAME_RULE = f"A name must be 1 to {LONGEST_NAME} characters on one line, without {SEPARATOR}"


@dataclass(frozen=True)
class Run:
    """An experiment with a name.

    Raises
    ------
    ValueError
        When the name is none; the message says the rule.
    """

    name: str
    experiment: Experiment

    def __post_init__(self) -> None:
        if checked_name(self.name) != self.name:
            raise ValueError(f"{NAME_RULE}, nor spaces at its ends. Got {words.quoted(self.name)}.")


def checked_name(text: str) -> str:
    """The name that was typed, without spaces at its ends and with single ones within.

    Raises
    ------
    ValueError
        When it is none; the message says the rule.
    """
    name = " ".join(text.split())
    if not 1 <= len(name) <= LONGEST_NAME or not name.isprintable() or SEPARATOR in name:
        raise ValueError(f"{NAME_RULE}. Got {words.quoted(text)}.")
    return name


def shortened(text: str) -> str:
    """A name made of any text: as much of it as a name may hold; empty where nothing is left."""
    printable = "".join(each if each.isprintable() else " " for each in text.replace(SEPARATOR, "/"))
    return _cut(" ".join(printable.split()), LONGEST_NAME)


def told_apart(names: Iterable[str]) -> list[str]:
    """The names, each made another where one before is called the same."""
    found: dict[str, None] = {}
    for name in names:
        found[_free(name, found)] = None
    return list(found)


def _free(name: str, taken: Iterable[str]) -> str:
    number, made = 1, name
    while made in taken:
        number += 1
        ending = f" ({number})"
        made = _cut(name, LONGEST_NAME - len(ending)) + ending
    return made


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
