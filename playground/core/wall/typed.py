"""Values of an axis as people type them: lists, ranges and logarithmic ranges. A link holds the list they make."""

from __future__ import annotations

import re
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from playground.core import words
from playground.core.wall.axis import MAX_NETWORKS, schema

USUAL_COUNT = 5
ENOUGH_DIGITS = 17
"""Significant ones, of a float64."""
LARGEST = 1e15
"""End of a range: more than any knob holds, and still told apart from the next whole number."""
_RANGE = re.compile(r"(?P<log>log\s+)?(?P<first>\S+?)\.\.(?P<last>\S+)(\s+x\s*(?P<count>[0-9]{1,9}))?", re.IGNORECASE)
RULE = "A range must be two numbers and how many values, like 0.1..0.5 x5 or log 0.001..1 x7"


def values_of(text: str, knob: str) -> tuple[str, ...]:
    """The values of an axis of `knob` that `text` stands for, each as a link spells it.

    ``|`` parts values and ranges. A range is ``first..last``, with ``x`` and a count if it is not to be 5, and with
    ``log`` before it where each value is to be the same multiple of the one before: ``0|log 0.001..1 x4``. Its ends
    are as typed; what is between has two significant digits, or as many more as keep it apart. Where the knob is a
    whole number so is each value, and a value comes once. Whether the knob may hold the values is not looked at:
    `Wall.from_query` does.

    Raises
    ------
    ValueError
        When a range of a knob that is a number is none, or there are more than `MAX_NETWORKS` values.
    """
    parts = [part.strip() for part in text.split("|")] if text.count("|") < MAX_NETWORKS else []
    if schema(knob)["type"] in ("integer", "number"):
        parts = [value for part in parts for value in _values(part, knob)]
    values = tuple(dict.fromkeys(parts))
    if not 1 <= len(values) <= MAX_NETWORKS:
        raise ValueError(f"An axis must have 1 to {MAX_NETWORKS} values. Got {len(values) or text.count('|') + 1}.")
    return values


def spaced(first: float, last: float, count: int, log: bool = False) -> tuple[str, ...]:
    """So many values from `first` to `last`, at equal distances or by equal multiples; between, of few digits."""
    between = (np.geomspace if log else np.linspace)(first, last, count)[1:-1]
    return tuple(words.number(value) for value in (float(first), *_rounded(between), float(last)))


def _values(part: str, knob: str) -> Iterable[str]:
    if ".." not in part:
        return (part,)
    texts = _RANGE.fullmatch(part[: 4 * words.MAX_QUOTED])
    if texts is None or not _are_numbers(texts["first"], texts["last"]):
        raise ValueError(f"{RULE}. Got {words.quoted(part)}.")
    count = int(texts["count"] or USUAL_COUNT)
    if not 2 <= count <= MAX_NETWORKS:
        raise ValueError(f"A range must have 2 to {MAX_NETWORKS} values. Got {count}.")
    first, last = float(texts["first"]), float(texts["last"])
    if texts["log"] and min(first, last) <= 0:
        raise ValueError(f"The ends of a log range must be above 0. Got {words.quoted(part)}.")
    values = spaced(first, last, count, log=bool(texts["log"]))
    return map(_whole, values) if schema(knob)["type"] == "integer" else values


def _are_numbers(*texts: str) -> bool:
    return all(map(words.is_read_as_a_number, texts)) and max(abs(float(text)) for text in texts) <= LARGEST


def _rounded(values: NDArray[np.float64]) -> list[float]:
    """The values to two significant digits, or to as many more as keep them apart."""
    for digits in range(2, ENOUGH_DIGITS):
        rounded = [float(f"{value:.{digits - 1}e}") for value in values]
        if len(set(rounded)) == len(rounded):
            return rounded
    return [float(value) for value in values]


def _whole(text: str) -> str:
    """The number rounded to a whole one; the ends of a range too, as the knob would refuse them otherwise."""
    return words.number(round(float(text)))
