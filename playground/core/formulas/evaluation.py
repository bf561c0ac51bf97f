"""The class that a rule gives to points of the plane."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from playground.core.formulas.grammar import NEGATE, Rule, Step

Floats = NDArray[np.float64]

ONE: Mapping[str, Callable[[Floats], Floats]] = {
    NEGATE: np.negative,
    "sin": np.sin,
    "cos": np.cos,
    "exp": np.exp,
    "abs": np.abs,
    "sqrt": np.sqrt,
    "log": np.log,
    "tanh": np.tanh,
}
TWO: Mapping[str, Callable[[Floats, Floats], Floats]] = {
    "+": np.add,
    "-": np.subtract,
    "*": np.multiply,
    "/": np.divide,
    "^": np.power,
}
COMPARE: Mapping[str, Callable[[Floats, Floats], NDArray[np.bool_]]] = {
    "<": np.less,
    ">": np.greater,
    "<=": np.less_equal,
    ">=": np.greater_equal,
}


def classes_by(rule: Rule, X: Floats) -> NDArray[np.int64]:
    """The class of each of (n, 2) points, (n,): 1 where the rule holds, else 0.

    Where a side is no number (0/0, the root of a negative number) nothing holds, so the class is 0.
    """
    with np.errstate(all="ignore"):
        holds = COMPARE[rule.sign](_values(rule.left, X), _values(rule.right, X))
    return np.broadcast_to(holds, len(X)).astype(np.int64)


def _values(steps: tuple[Step, ...], X: Floats) -> Floats:
    """What a formula comes to, for each point or for all of them."""
    stack: list[Floats] = []
    for step in steps:
        if isinstance(step, float):
            stack.append(np.array(step))
        elif step in ONE:
            stack.append(ONE[step](stack.pop()))
        elif step in TWO:
            second = stack.pop()
            stack.append(TWO[step](stack.pop(), second))
        else:
            stack.append(X[:, 0] if step == "x1" else X[:, 1])
    return stack.pop()
