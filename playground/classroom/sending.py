"""Reads what a teacher sends: the link of an experiment, a wall or a lesson, or the file of a lesson."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

from playground.classroom.room import Kind, Sent
from playground.core import knobs, page_view
from playground.core.comparison import RUNS_KEY
from playground.core.errors import Refused
from playground.core.experiment import Experiment
from playground.core.naming import title_of
from playground.core.query import EDITED
from playground.core.query import link as link_of
from playground.core.wall import NAMES, Wall
from playground.core.words import quoted
from playground.lessons import Lesson, LessonError, load_bytes
from playground.lessons.addresses import LESSON, STEP
from playground.lessons.lesson import Step
from playground.lessons.packs import lesson_here

OF_COMPARISONS = "A comparison cannot be sent yet: send one of its runs, or a wall."
OWN_LESSON = "lesson.md"


class Sendable(NamedTuple):
    """What is sent, read."""

    kind: Kind
    link: str
    title: str
    steps: int = 0
    first_step: int = 1
    """Of a lesson, the one that it begins with."""


def read_sent(link: str, lesson: str) -> Sendable:
    """What a teacher sends: a link, whole or its query, or, where there is one, the text of a lesson.

    Raises
    ------
    Refused
        When it is none, with a sentence.
    """
    if lesson:
        return _of_file(lesson)
    query = _query(link)
    if LESSON in query:
        return _of_lesson(query)
    if RUNS_KEY in query:
        raise Refused(OF_COMPARISONS)
    return _of_wall(query) if query.keys() & set(NAMES) else _of_experiment(query)


def read_free(free: tuple[str, ...] | None) -> tuple[str, ...] | None:
    """The knobs that are free.

    Raises
    ------
    Refused
        When one is no knob.
    """
    for name in free or ():
        if name not in knobs.PART_OF and name != "weights":
            raise Refused(f"There is no knob called {quoted(name)}.")
    return free


def lesson_of(text: str) -> Lesson:
    """The lesson of a teacher's file, which was read before."""
    return load_bytes(text.encode(), OWN_LESSON)


def step_of(sent: Sent, number: int) -> Step | None:
    """The step of a lesson that was sent; None where there is none, or the server does not have the lesson any more."""
    if sent.kind != "lesson":
        return None
    steps = _steps(sent.lesson, _query(sent.link).get(LESSON, ""))
    return steps[number - 1] if 1 <= number <= len(steps) else None


@lru_cache(maxsize=64)
def _steps(text: str, name: str) -> tuple[Step, ...]:
    """The steps of the lesson in a file's text, or of one of ours."""
    try:
        lesson = lesson_of(text) if text else lesson_here(name)
    except LessonError:
        return ()
    return () if lesson is None else lesson.steps


def _query(link: str) -> dict[str, str]:
    text = link.strip()
    asked = urlsplit(text).query if "?" in text else text if "=" in text else ""
    found = parse_qs(asked, keep_blank_values=True)
    if text and not asked and "/" not in text:
        raise Refused(f"What is sent must be a link of this playground, or its query. Got {quoted(text)}.")
    return {name: texts[0] for name, texts in found.items()}


def _of_file(text: str) -> Sendable:
    try:
        lesson = lesson_of(text)
    except LessonError as error:
        raise Refused(" ".join(error.sentences[:3])) from error
    return Sendable("lesson", link_of({LESSON: lesson.name, STEP: "1"}), lesson.title, len(lesson.steps))


def _of_lesson(query: dict[str, str]) -> Sendable:
    lesson = lesson_here(query[LESSON])
    if lesson is None:
        raise Refused(f"There is no lesson called {quoted(query[LESSON])} here. A lesson of a file is sent as a file.")
    step = query.get(STEP, "1")
    if not step.isdecimal() or not 1 <= int(step[:6]) <= len(lesson.steps):
        raise Refused(f"step must be a whole number in [1, {len(lesson.steps)}]. Got {quoted(step)}.")
    return Sendable(
        "lesson", link_of({LESSON: lesson.name, STEP: str(int(step))}), lesson.title, len(lesson.steps), int(step)
    )


def _of_experiment(query: dict[str, str]) -> Sendable:
    experiment, refused = Experiment.from_query(_without_looks(query))
    _refuse(refused)
    return Sendable("experiment", link_of(experiment.to_query()), title_of(experiment))


def _of_wall(query: dict[str, str]) -> Sendable:
    wall, refused = Wall.from_query(_without_looks(query))
    _refuse(refused)
    axes = [axis.knob for axis in (wall.rows, wall.columns) if axis is not None]
    networks = len(wall.experiments)
    title = f"{networks} networks: {title_of(wall.base, axes)}"
    return Sendable("wall", link_of(wall.to_query()), title)


def _without_looks(query: dict[str, str]) -> dict[str, str]:
    """The query but for how a page looks and what it hides: that is the learners' own."""
    return {name: str(text) for name, text in page_view.without(dict(query)).items() if name not in EDITED}


def _refuse(refused: list[str]) -> None:
    if refused:
        raise Refused(refused[0])
