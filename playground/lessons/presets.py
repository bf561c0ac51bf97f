"""Experiments worth seeing, to be opened without their lesson: the steps of a lesson as runs that can be compared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from playground.core.experiment import Experiment
from playground.core.query import text_of
from playground.core.wall import Wall
from playground.lessons.lesson import Lesson, Step
from playground.lessons.packs import all_lessons
from playground.lessons.predictions import Choices

PACK = "ours"
"""The pack whose lessons are presets too."""
TEST_POINTS, HIDDEN, SEED = "test_points", "hidden", "seed"


@dataclass(frozen=True)
class PresetRun:
    """One run: a step's experiment, or a network of its wall.

    Attributes
    ----------
    label : what to call it
    number : of the step, from 1
    view : how it is looked at, as a link says it
    """

    label: str
    experiment: Experiment
    number: int
    view: Mapping[str, str] = field(default_factory=dict)

    @property
    def query(self) -> dict[str, str]:
        """The query of its ordinary link."""
        return self.experiment.to_query()

    @property
    def switches(self) -> tuple[str, ...]:
        """What is on when it is first looked at."""
        return (TEST_POINTS,) if self.view.get(TEST_POINTS) == "true" else ()


@dataclass(frozen=True)
class Preset:
    """A lesson as runs: the first is what a click opens, further ones are there to compare it with.

    Attributes
    ----------
    lesson : its name
    name : its title
    question : what its first step asks to predict
    answer : what comes true; empty where that hangs on the run
    steps : its runs, no two the same
    """

    lesson: str
    name: str
    question: str
    answer: str
    steps: tuple[PresetRun, ...]


@cache
def load_presets() -> tuple[Preset, ...]:
    """The lessons of ours that have something to compare, in teaching order."""
    lessons = (lesson for pack in all_lessons() if pack.name == PACK for lesson in pack.lessons)
    return tuple(preset for preset in map(_preset, lessons) if len(preset.steps) > 1)


def _preset(lesson: Lesson) -> Preset:
    runs: dict[Experiment, PresetRun] = {}
    for number, step in enumerate(lesson.steps, start=1):
        for run in _runs(step, number):
            runs.setdefault(run.experiment, run)
    asked = lesson.steps[0].predict
    question = lesson.goal if asked is None else asked.question
    right = asked.choices[asked.answer] if isinstance(asked, Choices) and asked.answer is not None else ""
    return Preset(lesson.name, lesson.title, question, right, tuple(runs.values()))


def _runs(step: Step, number: int) -> Iterator[PresetRun]:
    if step.experiment is not None:
        yield PresetRun(step.title, step.experiment, number, step.view)
    elif step.wall is not None:
        for place, experiment in enumerate(step.wall.experiments):
            yield PresetRun(_label(step.wall, place), experiment, number, step.view)


def _label(wall: Wall, place: int) -> str:
    """What tells a network of a wall from the others of its lesson: "hidden 3, seed 2"."""
    label = wall.label(place)
    if label.keys() == {SEED}:  # the walls of a lesson may differ in their base alone
        label = {HIDDEN: text_of(wall.experiments[place].model.hidden), **label}
    return ", ".join(f"{knob.replace('_', ' ')} {value}" for knob, value in label.items())
