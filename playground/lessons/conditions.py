"""One condition of a check: two expressions compared, of one network or of several of a wall."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, TypeAlias

from playground.core import words
from playground.core.rounding import OF_FLOAT32
from playground.lessons.expressions import Amount, Expression, NotTold, Reference, is_looked_at, references
from playground.lessons.grammar import LONGEST, number, parse
from playground.lessons.run import Run
from playground.lessons.subject import Networks

Sign: TypeAlias = Literal[">=", "<=", ">", "<", "="]
WANTED: Mapping[str, str] = MappingProxyType(
    {">=": "at least", "<=": "at most", ">": "more than", "<": "less than", "=": "within"}
)
MOST_LABELS = 3
"""Networks of a wall that are named in a sentence; how many more there are is said."""
_SIGN = re.compile("(>=|<=|>|<|=)")
_QUANTIFIER = re.compile(r"\s*(all|some|none|at least ([0-9]{1,3})|at most ([0-9]{1,3}))\s+(.*)", re.DOTALL)
_WRITTEN_OTHERWISE = {"≥": ">=", "≤": "<=", "+-": "±", "+/-": "±", "==": "="}
EXAMPLE = "val_accuracy >= 0.95"


@dataclass(frozen=True)
class Count:
    """How many of the networks looked at must hold to a condition: from `least` to `most`."""

    said: str
    least: int
    most: int


@dataclass(frozen=True)
class Condition:
    """A condition, bound to the networks of a step.

    Attributes
    ----------
    text : as it was written
    left, sign, right : what is compared
    tolerance : of ``=``, how far apart still holds
    members : the places of the networks looked at
    labels : what each network is called in a sentence, by its place; empty of a single experiment
    count : how many of them must hold to it
    """

    text: str
    left: Expression
    sign: Sign
    right: Expression
    tolerance: float
    members: tuple[int, ...]
    labels: tuple[str, ...]
    count: Count

    @property
    def holds_early(self) -> bool:
        """Whether it counts before training is over: it holds by learning alone, or at some epochs."""
        if not isinstance(self.left, Reference) or not isinstance(self.right, Amount):
            return False
        spreads, few = self.left.over == "spread", self.count.most < len(self.members)
        if spreads or few:
            return False
        return self.left.name == "epoch" if self.sign == "=" else self.sign[0] in self.left.figure.early

    @property
    def waits_for_an_epoch(self) -> bool:
        """Whether it says itself from which epoch on the check may hold; ``epoch = 1 ± 2`` holds from the first on."""
        if not self._is_of_the_epoch or not isinstance(self.right, Amount):
            return False
        return self.sign[0] == ">" or (self.sign == "=" and self.right.value - self.tolerance > 0)

    @property
    def latest(self) -> float:
        """The epoch until which it lets the check hold; infinite where it sets none."""
        if not self._is_of_the_epoch or self.sign[0] == ">" or not isinstance(self.right, Amount):
            return math.inf
        return math.ceil(self.right.value) - 1 if self.sign == "<" else self.right.value + self.tolerance

    @property
    def _is_of_the_epoch(self) -> bool:
        return self.holds_early and isinstance(self.left, Reference) and self.left.name == "epoch"

    def broken(self, runs: Sequence[Run]) -> str | None:
        """Why it does not hold for these runs, one for each network; None where it does."""
        try:
            reasons = {place: self._broken_by(runs, place) for place in self.members}
        except NotTold as missing:
            return str(missing)
        bad = [place for place, reason in reasons.items() if reason is not None]
        held = len(self.members) - len(bad)
        if self.count.least <= held <= self.count.most:
            return None
        if not self.labels:
            return reasons[bad[0]]
        if not is_looked_at(self.left):
            return reasons[bad[0]] if bad else None
        return self._of_several(reasons, bad, held)

    def _broken_by(self, runs: Sequence[Run], place: int) -> str | None:
        left, right = self.left.of(runs, place), self.right.of(runs, place)
        if compared(left, self.sign, right, self.tolerance):
            return None
        found = told(left, right) if math.isfinite(left) else "not a number" if math.isnan(left) else "infinite"
        return f"{self.left.said} is {found}, wanted {self._wanted(right)}"

    def _wanted(self, right: float) -> str:
        value = self.right.said if isinstance(self.right, Amount) else f"{self.right.said}, which is {told(right)}"
        return f"{value} ± {words.number(self.tolerance)}" if self.sign == "=" else f"{WANTED[self.sign]} {value}"

    def _of_several(self, reasons: Mapping[int, str | None], bad: Sequence[int], held: int) -> str:
        if self.count.least == len(self.members):
            named = [_inserted(str(reasons[place]), self.left.said, self.labels[place]) for place in bad[:MOST_LABELS]]
            more = len(bad) - len(named)
            return " and ".join(named) + (f" and so in {more} more" if more > 0 else "")
        rule = f"{self.left.said} {_SAID[self.sign]} {self._wanted(math.nan).removeprefix(WANTED[self.sign]).strip()}"
        networks = f"{len(self.members)} networks"
        return f"{rule} holds for {held} of {networks}, wanted {self.count.said}"


_SAID = {">=": "≥", "<=": "≤", ">": ">", "<": "<", "=": "="}


def _inserted(reason: str, said: str, label: str) -> str:
    """The reason with the network's name behind the figure."""
    return f"{said} of {label}{reason.removeprefix(said)}"


def compared(left: float, sign: Sign, right: float, tolerance: float = 0.0) -> bool:
    """Whether it holds, up to the rounding of float32. Nothing holds of what is no number."""
    if math.isnan(left) or math.isnan(right):
        return False
    if left == right:
        return sign in (">=", "<=", "=")
    rounding = OF_FLOAT32 * max(abs(left), abs(right))
    if math.isinf(rounding):
        return left > right if sign in (">", ">=") else left < right if sign in ("<", "<=") else False
    match sign:
        case ">=":
            return left >= right - rounding
        case "<=":
            return left <= right + rounding
        case ">":
            return left > right + rounding
        case "<":
            return left < right - rounding
        case "=":
            return abs(left - right) <= tolerance + rounding


def told(value: float, beside: float | None = None) -> str:
    """A value in as few digits, three at least, as tell it from the value beside it."""
    for digits in range(3, 9):
        text = f"{value:.{digits}g}"
        if beside is None or float(text) != beside or value == beside:
            break
    return text if "e" in text and abs(value) < 1e-3 else words.number(float(text))


def parse_condition(text: str, networks: Networks) -> Condition:
    """The condition that `text` stands for.

    Raises
    ------
    ValueError
        When it is none, or is about what these networks have not; the message says the rule.
    """
    if len(text) > LONGEST:
        raise ValueError(f"must be at most {LONGEST} characters. Got {len(text)}.")
    rest = text
    for other, sign in _WRITTEN_OTHERWISE.items():
        rest = rest.replace(other, sign)
    rest, members = _scoped(rest, networks)
    rest, count = _counted(rest, networks, members)
    left, sign, right, tolerance = _compared(rest, text, networks, members)
    if not references(left):
        raise ValueError(f"must have a figure of the run on its left, like {EXAMPLE}. Got {words.quoted(text)}.")
    _must_be_shares(left, right, text)
    looked_at = is_looked_at(left) or is_looked_at(right)
    if count is not None and not looked_at:
        raise ValueError(f"must have all, some, none or a number before a figure of each. Got {words.quoted(text)}.")
    members = members if looked_at else members[:1]
    labels = tuple(map(networks.label, networks.everyone)) if networks.labels is not None else ()
    every = Count("all", len(members), len(members))
    return Condition(text.strip(), left, sign, right, tolerance, members, labels, count or every)


def _must_be_shares(left: Expression, right: Expression, text: str) -> None:
    """A share that is held against percents is never reached, or always."""
    if isinstance(left, Reference) and left.style == "share" and isinstance(right, Amount) and right.value > 1:
        rule = "must hold an accuracy against a share of at most 1, as 0.95 for 95 %"
        raise ValueError(f"{rule}. Got {words.quoted(text.strip())}.")


def _scoped(text: str, networks: Networks) -> tuple[str, tuple[int, ...]]:
    address, colon, rest = text.partition(":")
    return (rest, networks.addressed(address)) if colon else (text, networks.everyone)


def _counted(text: str, networks: Networks, members: tuple[int, ...]) -> tuple[str, Count | None]:
    found = _QUANTIFIER.fullmatch(text)
    if found is None:
        return text, None
    if networks.labels is None:
        rule = "must be about the one network of this step: all, some and none are for walls"
        raise ValueError(f"{rule}. Got {words.quoted(text.strip())}.")
    said, least, most, rest = found.groups()
    n = len(members)
    if (wanted := int(least or most or 0)) > n:
        raise ValueError(f"must count at most the {n} networks there are. Got {wanted}.")
    counts = {"all": (n, n), "some": (1, n), "none": (0, 0)}
    low, high = counts.get(said, (int(least or 0), int(most) if most else n))
    return rest, Count("at least 1" if said == "some" else said, low, high)


def _compared(
    rest: str, text: str, networks: Networks, members: tuple[int, ...]
) -> tuple[Expression, Sign, Expression, float]:
    outside = re.sub(r"\[[^\[\]]*\]", lambda address: " " * len(address[0]), rest)
    found = list(_SIGN.finditer(outside))
    if len(found) != 1:
        raise ValueError(
            f"must be a figure, one of >= <= > < = and a number, like {EXAMPLE}. Got {words.quoted(text.strip())}."
        )
    (sign,) = found
    right, plus_minus, tolerance = rest[sign.end() :].partition("±")
    if (sign[0] == "=") != bool(plus_minus):
        raise ValueError(f"must say how near with = and ±, like loss = 0.693 ± 0.01. Got {words.quoted(text.strip())}.")
    near = number(tolerance.strip()) if plus_minus else 0.0
    left_side, right_side = (parse(side, networks, members) for side in (rest[: sign.start()], right))
    found_sign: Sign = sign[0]  # type: ignore[assignment]  # one of those that the pattern names
    return left_side, found_sign, right_side, near
