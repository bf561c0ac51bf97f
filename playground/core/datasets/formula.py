"""Points whose class a formula decides."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated

import numpy as np
from numpy.random import Generator
from pydantic import AfterValidator, Field

from playground.core.datasets._counts import Classes, Points, class_counts, keep
from playground.core.datasets._record import OwnKnob, Record, Typed
from playground.core.datasets._tensorflow_playground import uniform
from playground.core.formulas import LONGEST_RULE, RULE_IN_WORDS, Rule, classes_by, read_rule

if TYPE_CHECKING:
    from playground.core.parts import Data

REACH = 6.0
LEAST_SHARE = 0.01
"""Of the square, for each class."""
MOST_DRAWN = 1_000_000
"""Points that may be drawn until the rarer class has its count."""
MEASURED_ON = 10_000


def _is_a_rule(text: str) -> str:
    read_rule(text)
    return text


RULE: OwnKnob[str] = OwnKnob(
    "rule",
    Annotated[str, AfterValidator(_is_a_rule)],
    Field(default="x2 > sin(x1)", json_schema_extra={"allowed": RULE_IN_WORDS, "longest": LONGEST_RULE}),
    "Class 1 where",
    "A comparison of formulas of x1 and x2, like x2 > sin(x1) or x1^2 + x2^2 - 9 > 0. It may have + - * / ^, "
    "parentheses, sin, cos, exp, abs, sqrt, log, tanh and pi. Where a side is no number (0/0) the class is 0.",
    Typed(),
)


def formula(data: Data, counts: tuple[int, ...], rng: Generator) -> tuple[Points, Classes]:
    """Points of the square [-6, 6]², class 1 where the rule holds; noise moves a point only for its class."""
    return keep(counts, lambda rng, n: _draw(read_rule(RULE.of(data)), data.noise, n, rng), rng)


def _draw(rule: Rule, noise: float, n: int, rng: Generator) -> tuple[Points, Classes]:
    X = uniform(rng, REACH, n)
    return X, classes_by(rule, X + uniform(rng, REACH, n) * noise)


@lru_cache(maxsize=256)
def _shares(text: str, noise: float) -> tuple[float, ...]:
    """About how much of the square each class has."""
    _X, y = _draw(read_rule(text), noise, MEASURED_ON, np.random.default_rng(0))
    return tuple(float(share) for share in np.bincount(y, minlength=2) / len(y))


def _has_points_of_both_classes(data: Data) -> Iterator[tuple[str, str]]:
    for k, (share, count) in enumerate(zip(_shares(RULE.of(data), data.noise), class_counts(data), strict=True)):
        least = max(LEAST_SHARE, count / MOST_DRAWN)
        if share < least:
            yield (
                "rule",
                f"rule must give class {k} at least {100 * least:.3g} % of the square from -6 to 6, for {count} points."
                f" Got {100 * share:.3g} %.",
            )


RECORD = Record(
    name="formula",
    label="By a formula",
    place=140,
    sample=formula,
    wide=True,
    knobs=(RULE,),
    rules=_has_points_of_both_classes,
)
