"""What is seen of a link to a lesson before it is opened: the step it names, and what that trains."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from playground.core.naming import BETWEEN
from playground.core.preview import Preview
from playground.lessons.addresses import LESSON, STEP, number_of, turned
from playground.lessons.packs import lesson_here

Texts = Mapping[str, Sequence[str]]


def lesson_preview(texts: Texts) -> Preview | None:
    """The picture of a lesson's step, of the first one where the link names none; None when there is no such lesson.

    One that was opened from a file is known to the browser that opened it alone.
    """
    asked = {name: given[0] for name, given in texts.items() if given}
    lesson = lesson_here(asked.get(LESSON, ""))
    if lesson is None:
        return None
    number = number_of(asked.get(STEP, "1"), lesson) or 1
    step = lesson.steps[number - 1]
    return Preview.of(turned(step, asked), f"{lesson.title}{BETWEEN}{number}. {step.title}")
