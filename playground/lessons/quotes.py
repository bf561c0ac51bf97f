"""Figures that an explanation quotes in braces: ``{val_accuracy}``."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from playground.core import words
from playground.lessons.check import Seen, runs_of
from playground.lessons.expressions import Expression, NotTold

IN_BRACES = re.compile(r"\{([^{}\n]*)\}")
_AS_IT_IS = re.compile(
    r"^ {0,3}(?P<fence>```|~~~).*?(?:^[ \t]*(?P=fence)|\Z)"
    r"|(?<!`)(?P<ticks>`+)(?!`)(?:(?!\n[ \t]*\n).){1,1000}?(?<!`)(?P=ticks)(?!`)"
    r"|\\[{}\\]",
    re.DOTALL | re.MULTILINE,
)
"""Code, and braces behind a backslash: a brace there may be alone."""
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


def lone_braces(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Of each line with a brace that is alone in it, how many lines down it is, and what stands at that brace."""
    text = _blank(_AS_IT_IS, _blank(IN_BRACES, "\n".join(lines)))
    for down, left in enumerate(text.split("\n")):
        if brace := re.search("[{}]", left):
            at = brace.start()
            yield down, lines[down][at:] if brace[0] == "{" else lines[down][max(0, at - 20) : at + 1]


def _blank(pattern: re.Pattern[str], text: str) -> str:
    """The text with spaces in place of what is found, so that all else stays where it is."""
    return pattern.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)


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
