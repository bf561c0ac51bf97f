"""What a condition can come to, whatever trains: one that always holds, or never can, is no question."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from playground.core import words
from playground.core.experiment import Experiment
from playground.core.parts import MAX_HIDDEN_LAYERS, MAX_UNITS
from playground.core.tables import MAX_INPUTS
from playground.lessons.conditions import Condition, Sign, compared
from playground.lessons.expressions import Amount, Chain, Expression, Reference
from playground.lessons.figures import FIGURES

ALWAYS, NEVER = "always holds", "never holds"


class Range(NamedTuple):
    """The least and the most that a value can be."""

    least: float
    most: float


Known: TypeAlias = Mapping[str, Range]
"""What figures of a network can be, by their names, where its settings say more than the figure does."""
ANY = Range(-math.inf, math.inf)
LEAST_RATE = 1e-45
"""Above 0, as each learning rate is: float32 holds nothing between."""
_CHANGE_INPUTS = frozenset({"features", "dataset", "table"})
_ZERO = Range(0.0, 0.0)
_WITH_ITSELF = {"-": _ZERO, "/": Range(1.0, 1.0)}
"""What becomes of a figure joined with the same figure."""


def known_of(experiment: Experiment, free: Collection[str]) -> Known:
    """What the figures can be that settings decide; `free` are the knobs that may be changed."""
    epochs = Range(0.0, math.inf if "epochs" in free else float(experiment.train.epochs))
    hidden, many = experiment.model.hidden, "hidden" in free
    inputs = Range(1.0, float(MAX_INPUTS)) if _CHANGE_INPUTS & set(free) else _exactly(len(experiment.inputs))
    return {
        **{name: epochs for name, figure in FIGURES.items() if figure.counts_epochs},
        "hidden units": Range(0.0, float(MAX_HIDDEN_LAYERS * MAX_UNITS)) if many else _exactly(sum(hidden)),
        "hidden layers": Range(0.0, float(MAX_HIDDEN_LAYERS)) if many else _exactly(len(hidden)),
        "inputs": inputs,
        "learning_rate": _rate(experiment, free),
    }


def _rate(experiment: Experiment, free: Collection[str]) -> Range:
    train = experiment.train
    changes = any(change.name == "learning_rate" for change in experiment.changes)
    if changes or train.schedule != "constant" or not {"learning_rate", "schedule"}.isdisjoint(free):
        return Range(LEAST_RATE, math.inf)
    return _exactly(train.learning_rate)


def _exactly(value: float) -> Range:
    return Range(float(value), float(value))


def must_be_open(condition: Condition, experiments: Sequence[Experiment], free: Collection[str]) -> None:
    """Raise ValueError, with the rule, if neither a run nor a learner has a say in whether this holds.

    Parameters
    ----------
    experiments : what each network is
    free : the knobs that may be changed
    """
    known = [known_of(each, free) for each in experiments]
    verdict = _verdict(condition, known)
    if verdict:
        place = condition.members[0]
        left = range_of(condition.left, known, place)
        why = "" if left == ANY else f": {condition.left.said} is {_said(left)}"
        if condition.left == condition.right:
            why = ": its two sides are the same"
        if _divides_by_zero(condition, known, place):
            why = ": it divides by 0"
        raise ValueError(
            f"must hold of some runs of the step and not of others. Got {words.quoted(condition.text)}, which "
            f"{verdict}{why}."
        )


def _verdict(condition: Condition, known: Sequence[Known]) -> str:
    of_each = [_of_one(condition, known, place) for place in condition.members]
    surely = of_each.count(ALWAYS)
    perhaps = len(of_each) - of_each.count(NEVER)
    least, most = condition.count.least, condition.count.most
    if least <= surely and perhaps <= most:
        return ALWAYS
    return NEVER if perhaps < least or surely > most else ""


def _of_one(condition: Condition, known: Sequence[Known], place: int) -> str:
    """Whether it holds of this network; empty where its run decides."""
    sign, tolerance = condition.sign, condition.tolerance
    if _divides_by_zero(condition, known, place):
        return NEVER  # what comes of it is no number
    if condition.left == condition.right:
        return NEVER if sign in ("<", ">") else ALWAYS
    left, right = (range_of(side, known, place) for side in (condition.left, condition.right))
    best, worst = _ends(left, right, sign)
    if not compared(best[0], sign, best[1], tolerance):
        return NEVER
    return ALWAYS if all(compared(one, sign, other, tolerance) for one, other in worst) else ""


def _divides_by_zero(condition: Condition, known: Sequence[Known], place: int) -> bool:
    return any(_has_a_zero_below(side, known, place) for side in (condition.left, condition.right))


def _has_a_zero_below(expression: Expression, known: Sequence[Known], place: int) -> bool:
    """Whether a divisor in it is 0 whatever the run, as a number may be, or a figure that settings decide."""
    if not isinstance(expression, Chain):
        return False
    divisors = [other for sign, other in expression.others if sign == "/"]
    parts = [expression.first, *(other for _, other in expression.others)]
    return any(range_of(each, known, place) == _ZERO for each in divisors) or any(
        _has_a_zero_below(part, known, place) for part in parts
    )


Pair = tuple[float, float]


def _ends(left: Range, right: Range, sign: Sign) -> tuple[Pair, list[Pair]]:
    """The values at which it holds most easily, and those at which it does least."""
    high, low = (left.most, right.least), (left.least, right.most)
    if sign == "=":
        near = min(max(left.least, right.least), left.most)
        return (near, min(max(near, right.least), right.most)), [high, low]
    return (high, [low]) if sign[0] == ">" else (low, [high])


def range_of(expression: Expression, known: Sequence[Known], place: int) -> Range:
    """What an expression can be where the network at `place` is looked at; what it is, or wider."""
    if isinstance(expression, Amount):
        return Range(expression.value, expression.value)
    if isinstance(expression, Reference):
        return _of_figure(expression, known, place)
    found, others = range_of(expression.first, known, place), expression.others
    if others[0][1] == expression.first and others[0][0] in _WITH_ITSELF:
        found, others = _WITH_ITSELF[others[0][0]], others[1:]
    for sign, other in others:
        found = _joined(found, sign, range_of(other, known, place))
    return found


def _of_figure(reference: Reference, known: Sequence[Known], place: int) -> Range:
    places = reference.members or (place,)
    ranges = [known[each].get(reference.name, Range(*reference.figure.range)) for each in places]
    least, most = zip(*ranges, strict=True)
    match reference.over:
        case "spread":
            return Range(max(0.0, max(least) - min(most)), max(most) - min(least))
        case "max":
            return Range(max(least), max(most))
        case "min":
            return Range(min(least), min(most))
        case "mean":
            return Range(sum(least) / len(least), sum(most) / len(most))
    return ranges[0]


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
    if found.least == found.most:
        return words.number(found.least)
    if found.least == LEAST_RATE:
        return "more than 0"
    if math.isinf(found.most):
        return f"at least {words.number(found.least)}"
    if math.isinf(found.least):
        return f"at most {words.number(found.most)}"
    return f"from {words.number(found.least)} to {words.number(found.most)}"
