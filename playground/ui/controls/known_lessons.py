"""The lessons that a visitor can open: ours, the host's, and those of files that were opened in this session."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import streamlit as st

from playground.core import words
from playground.lessons import Lesson, LessonError, load_bytes
from playground.lessons.packs import all_lessons, hosted, hosted_lesson, lesson_called
from playground.ui.lessons.assets import Group

OPENED, REFUSED, TAKEN = "opened_lessons", "refused_lesson", "taken_lesson_file"
MOST_OPENED = 20
"""Lessons of files that a session holds; older ones give way."""
OF_A_FILE = "my_"
"""What the names of those begin with: an address with such a name works in the session that has the file."""
HOSTED, FILES = "Of this place", "Opened from files"


def find(name: str) -> tuple[str, Lesson] | None:
    """The lesson of this name, and under which name the browser keeps how far the learner is; None if there is none.

    What a host has put in its folder stands in place of ours of the same name.
    """
    if name in (mine := opened()):
        return f"file/{name}", mine[name]
    try:
        theirs = hosted_lesson(name)
    except LessonError:
        theirs = None  # why is said in the list of all
    if theirs is not None:
        return f"host/{name}", theirs
    ours = lesson_called(name)
    return None if ours is None else (name, ours)


def refusal(name: str) -> str:
    """Why there is no lesson of this name."""
    if name.startswith(OF_A_FILE):
        return "A lesson of a file is kept for one visit alone: open its file again. How far you are in it is kept."
    return f"There is no lesson called {words.quoted(name)}."


def groups() -> list[Group]:
    """All that can be opened."""
    return [group for group in _groups() if group[1]]


def _groups() -> Iterator[Group]:
    yield FILES, [(f"file/{name}", lesson) for name, lesson in opened().items()]
    theirs = hosted().lessons
    yield HOSTED, [(f"host/{lesson.name}", lesson) for lesson in theirs]
    names = {lesson.name for lesson in theirs}
    for pack in all_lessons():
        yield pack.title, [(lesson.name, lesson) for lesson in pack.lessons if lesson.name not in names]


def faults() -> list[str]:
    """What is wrong with files in the host's folder."""
    return [sentence for error in hosted().errors for sentence in error.sentences]


def opened() -> dict[str, Lesson]:
    """The lessons of files that were opened, by name, the newest last."""
    found: dict[str, Lesson] = st.session_state.setdefault(OPENED, {})
    return found


def refused() -> tuple[str, ...]:
    """Why the file opened last is no lesson; empty if it is one."""
    found: tuple[str, ...] = st.session_state.get(REFUSED, ())
    return found


def open_file(content: bytes, name: str) -> Lesson | None:
    """The lesson of a file; None when it is none, and `refused` says why."""
    try:
        read = load_bytes(content, name)
    except LessonError as error:
        st.session_state[REFUSED] = error.sentences
        return None
    st.session_state[REFUSED] = ()
    lesson = replace(read, name=f"{OF_A_FILE}{read.name}")
    held = opened()
    held.pop(lesson.name, None)
    held[lesson.name] = lesson
    while len(held) > MOST_OPENED:
        del held[next(iter(held))]
    return lesson
