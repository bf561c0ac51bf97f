"""The grammar of a rule: two formulas and a comparison between them.

A formula becomes steps in postfix order, which are worked off with a stack: however it is nested, evaluating it nests
nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from math import pi
from typing import NamedTuple

from playground.core.formulas.tokens import FormulaError, Token, tokens_of

LONGEST_RULE = 200
"""Characters."""
DEEPEST = 20
"""Parentheses, signs and powers within one another."""
COMPARISONS = ("<", ">", "<=", ">=")
VARIABLES: Mapping[str, str] = {"x1": "x1", "x₁": "x1", "x": "x1", "x2": "x2", "x₂": "x2", "y": "x2"}
CONSTANTS: Mapping[str, float] = {"pi": pi, "π": pi}
FUNCTIONS = ("sin", "cos", "exp", "abs", "sqrt", "log", "tanh")
NEGATE = "negate"
RULE_IN_WORDS = (
    f"a comparison of two formulas of x1 and x2, like x2 > sin(x1), of at most {LONGEST_RULE} characters: "
    f"+ - * / ^, {', '.join(FUNCTIONS)}, pi"
)

Step = float | str
"""A number to put down, or the name of what is done to what lies there."""


class Rule(NamedTuple):
    """Where ``left`` compares with ``right`` as `sign` says, a point is of class 1."""

    left: tuple[Step, ...]
    sign: str
    right: tuple[Step, ...]


@lru_cache(maxsize=256)
def read_rule(text: str) -> Rule:
    """Read a rule.

    Raises
    ------
    FormulaError
        When `text` is none: where, and what was wrong there.
    """
    if len(text) > LONGEST_RULE:
        raise FormulaError(LONGEST_RULE + 1, f"a rule ends here at the latest. It has {len(text)} characters")
    return _Reader(list(tokens_of(text))).rule()


class _Reader:
    """Recursive descent: one method a rule of the grammar, each of which leaves its steps in `steps`."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.at = 0
        self.depth = 0
        self.steps: list[Step] = []

    @property
    def next(self) -> Token:
        return self.tokens[self.at]

    def rule(self) -> Rule:
        left = self._side()
        sign = self._take_sign(*COMPARISONS)
        if not sign:
            raise self._missing("an operator or a comparison (< > <= >=)")
        right = self._side()
        if self._sees(*COMPARISONS):
            raise FormulaError(self.next.place, "a rule has one comparison")
        if self.next.kind != "end":
            raise self._missing("an operator")
        return Rule(left, sign, right)

    def _side(self) -> tuple[Step, ...]:
        self.steps = []
        self._sum()
        return tuple(self.steps)

    def _sum(self) -> None:
        self._product()
        while sign := self._take_sign("+", "-"):
            self._product()
            self.steps.append(sign)

    def _product(self) -> None:
        self._signed()
        while sign := self._take_sign("*", "/"):
            self._signed()
            self.steps.append(sign)

    def _signed(self) -> None:
        """A sign binds less than a power: -x^2 is -(x^2)."""
        sign = self._take_sign("+", "-")
        if not sign:
            self._power()
            return
        self._deeper(self._signed)
        if sign == "-":
            self.steps.append(NEGATE)

    def _power(self) -> None:
        """Powers are read from the right: 2^3^2 is 2^9."""
        self._atom()
        if self._take_sign("^"):
            self._deeper(self._signed)
            self.steps.append("^")

    def _atom(self) -> None:
        token = self.next
        if token.kind == "number":
            self.at += 1
            self.steps.append(float(token.text))
        elif token.kind == "name":
            self.at += 1
            self._named(token)
        elif self._sees("("):
            self._in_parentheses()
        else:
            raise self._missing("a number, x1, x2 or a parenthesis")

    def _named(self, token: Token) -> None:
        if token.text in VARIABLES:
            self.steps.append(VARIABLES[token.text])
        elif token.text in CONSTANTS:
            self.steps.append(CONSTANTS[token.text])
        elif token.text in FUNCTIONS:
            self._in_parentheses()
            self.steps.append(token.text)
        else:
            known = ", ".join(("x1", "x2", "pi", *FUNCTIONS))
            raise FormulaError(token.place, f"{token.shown} is none of {known}")

    def _in_parentheses(self) -> None:
        if not self._take_sign("("):
            raise self._missing("an opening parenthesis")
        self._deeper(self._sum)
        if not self._take_sign(")"):
            raise self._missing("an operator or a closing parenthesis")

    def _deeper(self, read: Callable[[], None]) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise FormulaError(self.next.place, f"at most {DEEPEST} parentheses, signs and powers may be nested")
        read()
        self.depth -= 1

    def _sees(self, *signs: str) -> bool:
        return self.next.kind == "sign" and self.next.text in signs

    def _take_sign(self, *signs: str) -> str:
        """The next sign if it is one of these, which is then read; else nothing."""
        if not self._sees(*signs):
            return ""
        self.at += 1
        return self.tokens[self.at - 1].text

    def _missing(self, what: str) -> FormulaError:
        # In a link + stands for a space.
        hint = " (a link spells + as %2B)" if what.startswith("an operator") and self.next.kind != "end" else ""
        return FormulaError(self.next.place, f"{what} is missing before {self.next.shown}{hint}")
