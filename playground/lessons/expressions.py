"""Sums and products of figures, bound to the networks of a step: what checks compare and explanations quote."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, TypeAlias

import numpy as np

from playground.core import words
from playground.lessons.figures import FIGURES, NEEDING_WEIGHTS, Figure, Style
from playground.lessons.run import Run

Over: TypeAlias = Literal["max", "min", "mean", "spread"]
OVER: Mapping[str, tuple[str, Callable[[Sequence[float]], float]]] = MappingProxyType(
    {
        "max": ("largest", lambda values: float(np.max(values))),
        "min": ("smallest", lambda values: float(np.min(values))),
        "mean": ("mean", lambda values: float(np.mean(values))),
        "spread": ("spread of", lambda values: float(np.ptp(values))),
    }
)
"""How the figures of several networks become one, and how it is said."""

_SIGNS: Mapping[str, tuple[str, Callable[[float, float], float]]] = MappingProxyType(
    {"+": ("+", operator.add), "-": ("−", operator.sub), "*": ("×", operator.mul), "/": ("/", operator.truediv)}
)


class NotTold(Exception):
    """A figure that cannot be told from what is there. The message says which, and why."""


@dataclass(frozen=True)
class Amount:
    """A number."""

    value: float

    @property
    def said(self) -> str:
        """The number."""
        return words.number(self.value)

    @property
    def style(self) -> Style:
        """A number's."""
        return "number"

    def of(self, runs: Sequence[Run], member: int) -> float:
        """The number."""
        return self.value


@dataclass(frozen=True)
class Reference:
    """A figure of one network, or one made of the figures of several.

    Attributes
    ----------
    name : of `FIGURES`
    said : the figure in words
    members : the places of the networks; None for the one that is looked at
    over : how several become one
    """

    name: str
    said: str
    members: tuple[int, ...] | None = None
    over: Over | None = None

    @property
    def figure(self) -> Figure:
        """The figure."""
        return FIGURES[self.name]

    @property
    def style(self) -> Style:
        """The figure's; a spread of shares is in points."""
        style = self.figure.style
        return "points" if self.over == "spread" and style == "share" else style

    def of(self, runs: Sequence[Run], member: int) -> float:
        """Its value among these runs, where `member` is looked at. Raises NotTold."""
        if self.members is None:
            return self._of(runs[member])
        values = [self._of(runs[place]) for place in self.members]
        return OVER[self.over][1](values) if self.over else values[0]

    def _of(self, run: Run) -> float:
        if self.figure.whole and not run.is_whole:
            raise NotTold(f"{self.said} can be told of a whole run alone")
        if self.name in NEEDING_WEIGHTS and not any(array.ndim == 2 for array in run.weights):
            raise NotTold(f"{self.said} can be told with the weights alone")
        return self.figure.value(run)


@dataclass(frozen=True)
class Chain:
    """Values joined by signs of one rank, from left to right: ``+`` and ``-``, or ``*`` and ``/``."""

    first: Expression
    others: tuple[tuple[str, Expression], ...]

    @property
    def said(self) -> str:
        """The sum or product in words."""
        others = (f"{_SIGNS[sign][0]} {_said_beside_a_sign(other)}" for sign, other in self.others)
        return " ".join([_said_beside_a_sign(self.first), *others])

    @property
    def style(self) -> Style:
        """Points, for a difference of shares; else a number's."""
        shares = all(each.style in ("share", "points") for each in (self.first, *(other for _, other in self.others)))
        return "points" if shares and all(sign in "+-" for sign, _ in self.others) else "number"

    def of(self, runs: Sequence[Run], member: int) -> float:
        """Its value; nan where it divides by zero. Raises NotTold."""
        value = self.first.of(runs, member)
        for sign, other in self.others:
            try:
                value = _SIGNS[sign][1](value, other.of(runs, member))
            except (ZeroDivisionError, OverflowError):
                return float("nan")
        return value


Expression: TypeAlias = Amount | Reference | Chain


def _said_beside_a_sign(expression: Expression) -> str:
    """It in words; parentheses hold a figure together that is a difference in words, as ``gap`` is."""
    is_difference = isinstance(expression, Reference) and " minus " in expression.said
    return f"({expression.said})" if is_difference else expression.said


def references(expression: Expression) -> list[Reference]:
    """All figures in an expression."""
    if isinstance(expression, Reference):
        return [expression]
    if isinstance(expression, Chain):
        parts = [expression.first, *(other for _, other in expression.others)]
        return [reference for part in parts for reference in references(part)]
    return []


def is_looked_at(expression: Expression) -> bool:
    """Whether its value is one of each network."""
    return any(reference.members is None for reference in references(expression))
