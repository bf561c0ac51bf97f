"""What a feature computes, written down: its function is called with terms instead of arrays, and answers with a term.

So a feature is declared once, as a function of arrays, and can be written in any language.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from playground.core.features import FEATURES

UFUNCS: Mapping[Any, str] = {
    np.add: "+",
    np.subtract: "-",
    np.multiply: "*",
    np.divide: "/",
    np.power: "**",
    np.square: "square",
    np.negative: "negative",
    np.absolute: "abs",
    np.sin: "sin",
    np.cos: "cos",
    np.tanh: "tanh",
    np.exp: "exp",
    np.log: "log",
    np.sqrt: "sqrt",
}
"""What a feature may be made of. The square has a name of its own: it is exact in every language."""


@dataclass(frozen=True)
class Term:
    """An operation on terms and numbers, or a name."""

    operation: str
    operands: tuple[Term | float, ...] = ()

    def __array_ufunc__(self, ufunc: Any, method: str, *operands: Any, **options: Any) -> Term:
        """What NumPy asks for instead of computing."""
        if method != "__call__" or options or ufunc not in UFUNCS:
            raise NotImplementedError(f"A feature must be made of {', '.join(UFUNCS.values())}. Got {ufunc.__name__}.")
        return Term(UFUNCS[ufunc], tuple(each if isinstance(each, Term) else float(each) for each in operands))

    def __add__(self, other: Term | float) -> Term:
        return self.__array_ufunc__(np.add, "__call__", self, other)

    def __radd__(self, other: float) -> Term:
        return self.__array_ufunc__(np.add, "__call__", other, self)

    def __sub__(self, other: Term | float) -> Term:
        return self.__array_ufunc__(np.subtract, "__call__", self, other)

    def __rsub__(self, other: float) -> Term:
        return self.__array_ufunc__(np.subtract, "__call__", other, self)

    def __mul__(self, other: Term | float) -> Term:
        return self.__array_ufunc__(np.multiply, "__call__", self, other)

    def __rmul__(self, other: float) -> Term:
        return self.__array_ufunc__(np.multiply, "__call__", other, self)

    def __truediv__(self, other: Term | float) -> Term:
        return self.__array_ufunc__(np.divide, "__call__", self, other)

    def __rtruediv__(self, other: float) -> Term:
        return self.__array_ufunc__(np.divide, "__call__", other, self)

    def __pow__(self, other: float) -> Term:
        if other == 2:
            return self.__array_ufunc__(np.square, "__call__", self)
        return self.__array_ufunc__(np.power, "__call__", self, other)

    def __neg__(self) -> Term:
        return self.__array_ufunc__(np.negative, "__call__", self)


X1, X2 = Term("x1"), Term("x2")


def term_of(feature: str) -> Term:
    """What the feature of this name computes of `X1` and `X2`.

    Raises
    ------
    NotImplementedError
        When it is made of something else than `UFUNCS`.
    """
    function: Callable[[Any, Any], Any] = FEATURES[feature]
    found = function(X1, X2)
    if not isinstance(found, Term):
        raise NotImplementedError(f"A feature must be a function of x1 and x2. Got {feature}.")
    return found


def computed(term: Term | float, operations: Mapping[str, Callable[..., Any]], values: Mapping[str, Any]) -> Any:
    """What a term comes to where names have these values, or where it is written with these operations."""
    if not isinstance(term, Term):
        return term
    if not term.operands:
        return values[term.operation]
    return operations[term.operation](*(computed(each, operations, values) for each in term.operands))
