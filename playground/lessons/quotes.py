"""Figures that an explanation quotes in braces: ``{val_accuracy}``."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass

from playground.core import words
from playground.lessons.check import Seen, runs_of
from playground.lessons.expressions import Expression, NotTold

IN_BRACES = re.compile(r"\{([^{}\n]*)\}")
UNKNOWN = "…"
"""Stands for a figure that is not there."""


@dataclass(frozen=True)
class Quotes:
    """The figures that one explanation quotes.

    Attributes
    ----------
    expressions : what stands in braces, and what it means
    is_of_wall : whether they are of the networks of a wall
    """

    expressions: tuple[tuple[str, Expression], ...] = ()
    is_of_wall: bool = False

    def of(self, seen: Seen) -> dict[str, str]:
        """The text of each figure, by what stands in braces. `seen` is what `Check.of` takes."""
        runs = runs_of(seen, self.is_of_wall)
        texts = {}
        for name, expression in self.expressions:
            try:
                texts[name] = shown(expression.of(runs, 0), expression)
            except NotTold:
                texts[name] = UNKNOWN
        return texts

    def filled(self, text: str, figures: Mapping[str, str]) -> str:
        """The text with the figures in place of the braces."""
        return IN_BRACES.sub(lambda quote: figures.get(quote[1].strip(), UNKNOWN), text)


def shown(value: float, expression: Expression) -> str:
    """A value as a reader wants it: shares in percent, epochs whole, all else in three digits."""
    if not math.isfinite(value):
        return "not a number" if math.isnan(value) else "infinite"
    match expression.style:
        case "share":
            return f"{100 * value:.3g} %"
        case "points":
            return f"{100 * value:.3g} points"
        case "count":
            return f"{value:,.0f}"
        case "number":
            return words.number(float(f"{value:.3g}"))
