"""What is to be judged of a run, as texts that cross processes and lie on disk, and who judges it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from playground.core.experiment import Experiment
from playground.core.wall import Wall
from playground.lessons.check import Check, runs_of
from playground.lessons.conditions import parse_condition
from playground.lessons.expressions import Expression, NotTold
from playground.lessons.grammar import parse
from playground.lessons.lesson import Step
from playground.lessons.predictions import Number
from playground.lessons.quotes import Quotes
from playground.lessons.run import Run
from playground.lessons.subject import Networks

CANNOT = "not yet, because with these settings the check"


@dataclass(frozen=True)
class Task:
    """What a step of a lesson wants to know of its run. Equal tasks are of the same step, or judge alike.

    Attributes
    ----------
    checks : conditions, as a lesson writes them
    quotes : figures that the explanation quotes
    answer : the figure that a predicted number is held against; empty where none is
    """

    checks: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()
    answer: str = ""

    @classmethod
    def of(cls, step: Step) -> Task:
        """The task of a step."""
        checks = () if step.check is None else tuple(each.text for each in step.check.conditions)
        quotes = tuple(name for name, _ in step.quotes.expressions)
        return cls(checks, quotes, step.predict.of if isinstance(step.predict, Number) else "")


class Verdict(NamedTuple):
    """What a run has come to.

    Attributes
    ----------
    reached : whether all conditions hold; None where nothing is checked
    sentence : "reached" or "not yet, because …"; empty where nothing is checked
    figures : the text of each figure that is quoted
    answer : the figure that was predicted; None where there is none, or it is no number
    """

    reached: bool | None
    sentence: str
    figures: dict[str, str]
    answer: float | None


class Judge:
    """Judges runs of one experiment, or of one wall, by a task.

    A learner may have changed the experiment so that a condition has no meaning for it any more: then the verdict
    says so.

    Attributes
    ----------
    networks : how many are judged together
    """

    def __init__(self, task: Task, subject: Experiment | Wall) -> None:
        networks = Networks.of(subject)
        self._is_of_wall = isinstance(subject, Wall)
        self.networks = len(networks.experiments)
        self._fault = ""
        self._check: Check | None = None
        try:
            conditions = tuple(parse_condition(text, networks) for text in task.checks)
        except ValueError as refusal:
            self._fault = f"{CANNOT} {refusal}"
        else:
            self._check = Check.of_networks(conditions, networks) if conditions else None
        found = [(text, _parsed(text, networks)) for text in task.quotes]
        self._quotes = Quotes(tuple((text, each) for text, each in found if each is not None), self._is_of_wall)
        self._answer = _parsed(task.answer, networks) if task.answer else None

    def of(self, runs: Sequence[Run]) -> Verdict:
        """The verdict on a run, or on those of all networks of a wall."""
        seen = self._seen(runs)
        reached, sentence = (False, self._fault) if self._fault else (None, "")
        if self._check is not None:
            reached, sentence = self._check.of(seen)
        answer = None
        if self._answer is not None:
            try:
                answer = self._answer.of(runs_of(seen, self._is_of_wall), 0)
            except NotTold:
                answer = None
        finite = answer is not None and math.isfinite(answer)
        return Verdict(reached, sentence, self._quotes.of(seen), answer if finite else None)

    @property
    def waits_for_the_end(self) -> bool:
        """Whether it cannot be reached at an epoch that training has passed."""
        return self._check is not None and self._check.waits_for_the_end

    def is_reached(self, runs: Sequence[Run]) -> bool:
        """Whether all conditions hold."""
        return self._check is not None and self._check.of(self._seen(runs))[0]

    def _seen(self, runs: Sequence[Run]) -> list[Run] | Run:
        return list(runs) if self._is_of_wall else runs[0]


def _parsed(text: str, networks: Networks) -> Expression | None:
    try:
        return parse(text, networks, networks.everyone)
    except ValueError:
        return None
