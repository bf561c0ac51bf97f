"""What a link says of a lesson: its name, the number of a step, and knobs that are turned there."""

from __future__ import annotations

from collections.abc import Mapping

from playground.core import knobs
from playground.core.experiment import Experiment
from playground.core.wall import NAMES, Wall
from playground.lessons.lesson import Lesson, Step

LESSON, STEP = "lesson", "step"
"""What a link of a lesson says beside the knobs that were changed."""
_MOST_DIGITS = 3


def number_of(text: str, lesson: Lesson) -> int | None:
    """The number of a step, from 1; None when the lesson has no such step."""
    is_number = text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS
    return int(text) if is_number and 1 <= int(text) <= len(lesson.steps) else None


def may_be_turned(knob: str, step: Step) -> bool:
    """Whether a link of a step may turn this knob."""
    return knob in knobs.PART_OF and (knob in step.free or knob == "epochs")


def turned(step: Step, asked: Mapping[str, str]) -> Experiment | Wall:
    """What a step trains with those of these knobs turned that may be; what is refused stays as it was."""
    subject = step.subject
    base = subject.base if isinstance(subject, Wall) else subject
    free = {name: text for name, text in asked.items() if may_be_turned(name, step)}
    experiment, _refused = Experiment.from_query({**base.to_query(), **free})
    if not isinstance(subject, Wall):
        return experiment
    axes = {name: text for name, text in subject.to_query().items() if name in NAMES}
    return Wall.from_query({**experiment.to_query(), **axes})[0]
