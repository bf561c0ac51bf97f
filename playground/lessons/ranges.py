"""What a condition can come to, whatever trains: one that always holds, or never can, is no question."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from playground.core import words
from playground.lessons.conditions import Condition, Sign, compared
from playground.lessons.expressions import Amount, Expression, Reference

ALWAYS, NEVER = "always holds", "never holds"


class Range(NamedTuple):
    """The least and the most that a value can be."""

    least: float
    most: float


ANY = Range(-math.inf, math.inf)


def must_be_open(condition: Condition, epochs: Sequence[float]) -> None:
    """Raise ValueError, with the rule, if a run has no say in whether this holds.

    Parameters
    ----------
    epochs : how many each network trains at most
    """
    verdict = _verdict(condition, epochs)
    if verdict:
        place = condition.members[0]
        left = range_of(condition.left, epochs, place)
        why = "" if left == ANY else f": {condition.left.said} is {_said(left)}"
        raise ValueError(
            f"must hold of some runs of the step and not of others. Got {words.quoted(condition.text)}, which "
            f"{verdict}{why}."
        )


def _verdict(condition: Condition, epochs: Sequence[float]) -> str:
    of_each = [_of_one(condition, epochs, place) for place in condition.members]
    surely = of_each.count(ALWAYS)
    perhaps = len(of_each) - of_each.count(NEVER)
    least, most = condition.count.least, condition.count.most
    if least <= surely and perhaps <= most:
        return ALWAYS
    return NEVER if perhaps < least or surely > most else ""


def _of_one(condition: Condition, epochs: Sequence[float], place: int) -> str:
    """Whether it holds of this network; empty where its run decides."""
    left, right = (range_of(side, epochs, place) for side in (condition.left, condition.right))
    sign, tolerance = condition.sign, condition.tolerance
    best, worst = _ends(left, right, sign)
    if not compared(best[0], sign, best[1], tolerance):
        return NEVER
    return ALWAYS if all(compared(one, sign, other, tolerance) for one, other in worst) else ""


Pair = tuple[float, float]


def _ends(left: Range, right: Range, sign: Sign) -> tuple[Pair, list[Pair]]:
    """The values at which it holds most easily, and those at which it does least."""
    high, low = (left.most, right.least), (left.least, right.most)
    if sign == "=":
        near = min(max(left.least, right.least), left.most)
        return (near, min(max(near, right.least), right.most)), [high, low]
    return (high, [low]) if sign[0] == ">" else (low, [high])


def range_of(expression: Expression, epochs: Sequence[float], place: int) -> Range:
    """What an expression can be where the network at `place` is looked at; what it is, or wider."""
    if isinstance(expression, Amount):
        return Range(expression.value, expression.value)
    if isinstance(expression, Reference):
        return _of_figure(expression, epochs, place)
    found = range_of(expression.first, epochs, place)
    for sign, other in expression.others:
        found = _joined(found, sign, range_of(other, epochs, place))
    return found


def _of_figure(reference: Reference, epochs: Sequence[float], place: int) -> Range:
    least, most = reference.figure.range
    if reference.figure.counts_epochs:
        most = max(epochs[each] for each in reference.members or (place,))
    return Range(0.0, most - least) if reference.over == "spread" else Range(least, most)


def _joined(one: Range, sign: str, other: Range) -> Range:
    match sign:
        case "+":
            return _range(one.least + other.least, one.most + other.most)
        case "-":
            return _range(one.least - other.most, one.most - other.least)
        case "*":
            ends = [_times(a, b) for a in one for b in other]
            return Range(min(ends), max(ends))
        case _:
            return Range(0.0, math.inf) if one.least >= 0 and other.least >= 0 else ANY


def _range(least: float, most: float) -> Range:
    return ANY if math.isnan(least) or math.isnan(most) else Range(least, most)


def _times(a: float, b: float) -> float:
    return 0.0 if 0.0 in (a, b) else a * b


def _said(found: Range) -> str:
    if math.isinf(found.most):
        return f"at least {words.number(found.least)}"
    if math.isinf(found.least):
        return f"at most {words.number(found.most)}"
    return f"from {words.number(found.least)} to {words.number(found.most)}"
