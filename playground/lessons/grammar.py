"""The small language of checks: ``val_accuracy >= 0.95``, ``hidden=8: all val_accuracy >= 0.95``.

An expression is figures and numbers with ``+ - * /`` between, products before sums. Of a wall, a figure may have an
address, ``val_loss[l2=0.01]``, and ``max``, ``min``, ``mean`` or ``spread`` before it.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from typing import cast

from playground.core import words
from playground.lessons.expressions import OVER, Amount, Chain, Expression, Over, Reference
from playground.lessons.figures import FIGURES
from playground.lessons.subject import Networks, said_of

LONGEST = 300
"""Characters of an expression."""
_TOKEN = re.compile(r"\s*(?:([0-9.]+(?:[eE][+-]?[0-9]+)?)|([A-Za-z_][A-Za-z0-9_]*)|(\[[^\[\]]*\])|([-+*/]))")
_WRITTEN_OTHERWISE = str.maketrans({"×": "*", "−": "-", "÷": "/"})


def parse(text: str, networks: Networks, scope: tuple[int, ...]) -> Expression:
    """The expression that `text` stands for.

    Parameters
    ----------
    networks : what it is about
    scope : the places over which ``max`` and the like go where no address says otherwise

    Raises
    ------
    ValueError
        When it is none, or names what these networks have not; the message says the rule.
    """
    return _Parser(_tokens(text), networks, scope, text).parsed()


def _tokens(text: str) -> list[str]:
    if len(text) > LONGEST:
        raise ValueError(f"must be at most {LONGEST} characters. Got {len(text)}.")
    found, place, text = [], 0, text.translate(_WRITTEN_OTHERWISE).rstrip()
    while place < len(text):
        token = _TOKEN.match(text, place)
        if token is None:
            raise ValueError(
                f"must be figures and numbers with + - * / between. Got {words.quoted(text[place:].strip())}."
            )
        found.append(token[0].strip())
        place = token.end()
    return found


class _Parser:
    """One expression, read from left to right."""

    def __init__(self, tokens: Sequence[str], networks: Networks, scope: tuple[int, ...], text: str) -> None:
        self._tokens, self._place = tokens, 0
        self._networks, self._scope, self._text = networks, scope, text

    def parsed(self) -> Expression:
        found = self._sum()
        if self._next:
            raise ValueError(f"must have one of + - * / between two figures. Got {words.quoted(self._text.strip())}.")
        return found

    @property
    def _next(self) -> str:
        return self._tokens[self._place] if self._place < len(self._tokens) else ""

    def _take(self) -> str:
        self._place += 1
        return self._tokens[self._place - 1]

    def _sum(self) -> Expression:
        first, others = self._product(), []
        while self._next and self._next in "+-":
            others.append((self._take(), self._product()))
        return Chain(first, tuple(others)) if others else first

    def _product(self) -> Expression:
        first, others = self._factor(), []
        while self._next and self._next in "*/":
            others.append((self._take(), self._factor()))
        return Chain(first, tuple(others)) if others else first

    def _factor(self) -> Expression:
        if self._next == "-" or self._next[:1].isdigit() or self._next[:1] == ".":
            sign = -1.0 if self._next == "-" and self._take() else 1.0
            return Amount(sign * number(self._take() if self._next else ""))
        return self._reference()

    def _reference(self) -> Reference:
        names = []
        while re.match("[A-Za-z_]", self._next):
            names.append(self._take())
        over = cast("Over | None", names.pop(0) if names and names[0] in OVER else None)
        name = " ".join(names)
        if name not in FIGURES:
            raise ValueError(_no_figure(name, self._text))
        address = self._take()[1:-1] if self._next.startswith("[") else None
        self._must_have(name)
        said = FIGURES[name].words.format(part=self._networks.part)
        return self._bound(name, said, over, address)

    def _bound(self, name: str, said: str, over: Over | None, address: str | None) -> Reference:
        if over is None and address is None:
            return Reference(name, said)
        if self._networks.labels is None:
            raise ValueError(
                f"must be about the one network of this step. Got {words.quoted(self._text.strip())}, about a wall."
            )
        members = self._scope if address is None else self._networks.addressed(address)
        if over is None and len(members) > 1:
            rule = f"{name}[{address}] must be one network, or have max, min, mean or spread before it"
            raise ValueError(f"{rule}. Got {len(members)}.")
        of_which = f" of {said_of(address)}" if address else ""
        return Reference(name, f"{OVER[over][0]} {said}{of_which}" if over else f"{said}{of_which}", members, over)

    def _must_have(self, name: str) -> None:
        tasks = {experiment.data.task for experiment in self._networks.experiments}
        if FIGURES[name].of_classes and "regression" in tasks:
            raise ValueError(f"must be about figures that a regression has, such as val_loss. Got {name}.")


def number(text: str) -> float:
    """The number that `text` stands for. Raises ValueError."""
    if not words.is_read_as_a_number(text.strip()):
        raise ValueError(f"must have a number there, like 0.95. Got {words.quoted(text)}.")
    return float(text)


def _no_figure(name: str, text: str) -> str:
    near = difflib.get_close_matches(name, FIGURES, n=1)
    meant = f": did you mean {near[0]}?" if near else "."
    return (
        "must name figures of a run, like val_accuracy (docs/lessons.md has them all). "
        f"Got {words.quoted(name or text.strip())}{meant}"
    )
