"""What a learner is asked, before a run and after it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TypeAlias

from playground.core import words
from playground.core.rounding import OF_FLOAT32
from playground.lessons.check import Seen, runs_of
from playground.lessons.conditions import told
from playground.lessons.expressions import Expression, NotTold

RIGHT, OTHER = "That is what happens.", "Run it and see."


@dataclass(frozen=True)
class Choices:
    """A question with answers to choose from.

    Attributes
    ----------
    question, choices : Markdown
    answer : the place, from 0, of the choice that comes true; None where that hangs on the run
    feedback : Markdown for each choice; never empty
    """

    question: str
    choices: tuple[str, ...]
    answer: int | None
    feedback: tuple[str, ...]

    def is_right(self, choice: int) -> bool | None:
        """Whether the choice at this place comes true; None where that hangs on the run."""
        return None if self.answer is None else choice == self.answer


@dataclass(frozen=True)
class Number:
    """A question whose answer is a number, held against a figure of the run.

    Attributes
    ----------
    question : Markdown
    of : the figure, as a check names it
    expression : what that means; None in no lesson that was read
    is_of_wall : whether it is one of the networks of a wall
    within : how far off still counts as right, in the unit of the answer
    unit : what stands behind the number; where it is ``%`` the answer is in percent
    """

    question: str
    of: str
    within: float
    unit: str = ""
    expression: Expression | None = None
    is_of_wall: bool = False

    def judged(self, answer: float, seen: Seen) -> tuple[bool, str]:
        """Whether an answer is right, and a sentence with the figure of the run. `seen` is what `Check.of` takes."""
        assert self.expression is not None
        try:
            value = self.expression.of(runs_of(seen, self.is_of_wall), 0)
        except NotTold as missing:
            return False, f"{missing}."
        value *= 100 if self.unit == "%" else 1
        if not math.isfinite(value):
            return False, "It is not a number: the run has diverged."
        right = abs(value - answer) <= self.within + OF_FLOAT32 * abs(value)
        off = "" if right else f", {told(abs(value - answer))} off"
        unit = f" {self.unit}" if self.unit else ""
        return right, f"It is {told(value)}{unit}. You said {words.number(answer)}{unit}{off}."


@dataclass(frozen=True)
class Drawn:
    """A question whose answer is a boundary drawn on the plane with the pointer; the run's own is shown beside it."""

    question: str


Prediction: TypeAlias = Choices | Number | Drawn
