"""A rule's text as numbers, names and signs, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from math import isfinite
from typing import Literal, NamedTuple

from playground.core.errors import Explained

SIGNS: Mapping[str, str] = {
    **{sign: sign for sign in ("+", "-", "*", "/", "^", "(", ")", "<", ">", "<=", ">=")},
    **{"−": "-", "×": "*", "·": "*", "÷": "/", "**": "^", "≤": "<=", "≥": ">="},
}
"""What may be typed for each sign."""
POWERS: Mapping[str, str] = {"²": "2", "³": "3"}
"""Raised digits are read as powers, as other pages write them."""
LONGEST_SHOWN = 12
_TOKEN = re.compile(
    r"(?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)"
    r"|(?P<name>[A-Za-zπ][A-Za-z0-9_₁₂]*)"
    r"|(?P<sign>\*\*|<=|>=|[-+*/^()<>−×·÷≤≥²³])"
)


class FormulaError(Explained):
    """A text is no rule; the message names the character, counted from 1."""

    def __init__(self, place: int, what: str) -> None:
        super().__init__(f"Character {place}: {what}.")


class Token(NamedTuple):
    """A number, a name or a sign as `SIGNS` has it, and the character at which it starts, counted from 1."""

    kind: Literal["number", "name", "sign", "end"]
    text: str
    place: int

    @property
    def shown(self) -> str:
        """What a sentence calls it."""
        if self.kind == "end":
            return "the end"
        return repr(self.text if len(self.text) <= LONGEST_SHOWN else f"{self.text[:LONGEST_SHOWN]}…")


def tokens_of(text: str) -> Iterator[Token]:
    """What `text` is made of, and an end.

    Raises
    ------
    FormulaError
        At the first character that begins nothing, or at a number that is too large.
    """
    at = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        found = _TOKEN.match(text, at)
        if found is None:
            raise FormulaError(at + 1, f"{text[at]!r} is no part of a formula")
        yield from _tokens(found, at + 1)
        at = found.end()
    yield Token("end", "", len(text) + 1)


def _tokens(found: re.Match[str], place: int) -> Iterator[Token]:
    text = found.group()
    if text in POWERS:
        yield Token("sign", "^", place)
        yield Token("number", POWERS[text], place)
    else:
        yield _token(text, found.lastgroup, place)


def _token(text: str, kind: str | None, place: int) -> Token:
    if kind == "number":
        if not isfinite(float(text)):
            raise FormulaError(place, "a number must be finite")
        return Token("number", text, place)
    if kind == "name":
        return Token("name", text.lower(), place)
    return Token("sign", SIGNS[text], place)
