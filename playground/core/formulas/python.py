"""A rule as an expression of NumPy, which stands alone."""

from __future__ import annotations

import math
from collections.abc import Mapping

from playground.core.formulas.evaluation import ONE, TWO
from playground.core.formulas.grammar import NEGATE, Rule, Step

BINDS: Mapping[str, int] = {"+": 1, "-": 1, "*": 2, "/": 2, NEGATE: 3, "^": 4}
"""How strongly Python's signs bind; names, numbers and calls bind as `WHOLE`."""
WHOLE = 5
SIGNS: Mapping[str, str] = {"^": "**", "*": " * ", "/": " / ", "+": " + ", "-": " - "}


def python_of(rule: Rule) -> str:
    """The rule as a comparison of arrays `x1` and `x2`, like "x2 > np.sin(x1)"."""
    return f"{_side(rule.left)} {rule.sign} {_side(rule.right)}"


def _side(steps: tuple[Step, ...]) -> str:
    """What is worked off with a stack of numbers is written with one of texts, and how strongly each binds."""
    stack: list[tuple[str, int]] = []
    for step in steps:
        if isinstance(step, float):
            stack.append(_number(step))
        elif step == NEGATE:
            stack.append(_signed(*stack.pop()))
        elif step in ONE:
            stack.append((f"np.{step}({stack.pop()[0]})", WHOLE))
        elif step in TWO:
            second = stack.pop()
            stack.append(_joined(stack.pop(), step, second))
        else:
            stack.append((step, WHOLE))
    return stack.pop()[0]


def _number(value: float) -> tuple[str, int]:
    """As a NumPy number where Python's own would refuse: 1 / 0 is infinite, as it is of arrays."""
    if value == math.pi:
        return "np.pi", WHOLE
    return repr(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value), WHOLE


def _signed(text: str, binds: int) -> tuple[str, int]:
    return (f"-{text}" if binds >= BINDS[NEGATE] else f"-({text})"), BINDS[NEGATE]


def _joined(first: tuple[str, int], sign: str, second: tuple[str, int]) -> tuple[str, int]:
    """Signs are read from the left, but powers from the right; what binds less is put into parentheses."""
    binds = BINDS[sign]
    if sign in "/^" and not any("x" in text for text, _binds in (first, second)):
        first = f"np.float64({first[0]})", WHOLE
    least_first, least_second = (binds + 1, BINDS[NEGATE]) if sign == "^" else (binds, binds + 1)
    return f"{_within(first, least_first)}{SIGNS[sign]}{_within(second, least_second)}", binds


def _within(part: tuple[str, int], least: int) -> str:
    text, binds = part
    return text if binds >= least else f"({text})"
