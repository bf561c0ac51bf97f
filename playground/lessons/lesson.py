"""The lesson and its steps: frozen values, made by `load`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from playground.core.experiment import Experiment
from playground.core.wall import Wall
from playground.lessons.check import Check
from playground.lessons.predictions import Choices, Prediction
from playground.lessons.quotes import Quotes

Level: TypeAlias = Literal["first steps", "basics", "going deeper"]


@dataclass(frozen=True)
class Failing:
    """Settings that must not reach the check, and what must then stand in its sentence (empty: anything)."""

    subject: Experiment | Wall
    because: str = ""


@dataclass(frozen=True)
class Step:
    """One thing to see: predict, run, say what was seen, read the explanation.

    Attributes
    ----------
    title : plain text
    experiment, wall : what is trained; one of them is None
    text : Markdown before the run
    explanation : Markdown after it, with figures still in braces; see `explained`
    quotes : the figures in braces: ``quotes.of(…)`` gives their texts
    check : whether the run has got there; None where nothing is checked
    predict : what is asked before the run, if anything
    observe : what is asked after it, if anything
    free : knobs that the learner may change, and ``weights``
    points_at : the part of the page that is pointed at, one of `POINTED_AT`, if any
    view : how the run is looked at, as a link says it: ``{"test_points": "true"}``
    solution : settings that reach the check where those of the step must not, if there are any
    fails : settings that are told "not yet"
    """

    title: str
    experiment: Experiment | None
    wall: Wall | None
    text: str
    explanation: str
    quotes: Quotes
    check: Check | None = None
    predict: Prediction | None = None
    observe: Choices | None = None
    free: tuple[str, ...] = ()
    points_at: str | None = None
    view: Mapping[str, str] = field(default_factory=dict)
    solution: Experiment | Wall | None = None
    fails: tuple[Failing, ...] = ()

    @property
    def subject(self) -> Experiment | Wall:
        """What is trained."""
        subject = self.experiment or self.wall
        assert subject is not None
        return subject

    def explained(self, figures: Mapping[str, str]) -> str:
        """The explanation with the figures of a run in it: the texts that ``quotes.of(…)`` gives. Markdown."""
        return self.quotes.filled(self.explanation, figures)


@dataclass(frozen=True)
class Lesson:
    """A lesson.

    Attributes
    ----------
    name : what an address calls it: small letters, digits and ``_``
    title, goal : plain text
    minutes : how long it takes
    text : Markdown that stands before the first step; may be empty
    steps : at least one
    """

    name: str
    title: str
    level: Level
    minutes: int
    goal: str
    text: str
    steps: tuple[Step, ...]
