"""The lessons that a visitor can open: ours, the host's, and those of files that were opened in this session."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from playground.core import words
from playground.lessons import Lesson, LessonError, load_bytes
from playground.lessons.packs import all_lessons, hosted, lesson_called, lesson_here
from playground.ui import address
from playground.ui.lessons.assets import Group
from playground.ui.too_long import LONGEST_MESSAGE

OPENED, REFUSED, TAKEN = "opened_lessons", "refused_lesson", "taken_lesson_file"
MOST_OPENED = 20
"""Lessons of files that a session holds; older ones give way."""
OF_A_FILE = "my_"
"""What the names of those begin with: an address with such a name works in the browser that has opened the file."""
LONGEST_KEPT = LONGEST_MESSAGE - 16_384
"""Bytes of a file that the browser keeps: it comes back in one message, beside what else is said in it."""
LONGEST_FILE_NAME = 255
HOSTED, FILES = "Of this place", "Opened from files"


@dataclass(frozen=True)
class Opened:
    """A lesson of a file, and what the file was."""

    lesson: Lesson
    file: str
    text: str

    @property
    def is_kept(self) -> bool:
        """Whether it is short enough for the browser to keep it and bring it back."""
        return len(json.dumps(self.text, ensure_ascii=False).encode()) <= LONGEST_KEPT


def find(name: str) -> tuple[str, Lesson] | None:
    """The lesson of this name, and under which name the browser keeps how far the learner is; None if there is none.

    What a host has put in its folder stands in place of ours of the same name.
    """
    if name in (mine := opened()):
        return f"file/{name}", mine[name].lesson
    found = lesson_here(name)
    if found is None:
        return None
    return (name if found is lesson_called(name) else f"host/{name}"), found


def refusal(name: str) -> str:
    """Why there is no lesson of this name."""
    if name.startswith(OF_A_FILE):
        return (
            "A lesson of a file is kept in the browser that opened it, and is not found here: open its file again. "
            "How far you are in it is kept."
        )
    return f"There is no lesson called {words.quoted(name)}."


def groups() -> list[Group]:
    """All that can be opened."""
    return [group for group in _groups() if group[1]]


def of_this_server() -> list[Lesson]:
    """All lessons that every session has."""
    return [lesson for title, lessons in _groups() if title != FILES for _, lesson in lessons]


def _groups() -> Iterator[Group]:
    yield FILES, [(f"file/{name}", each.lesson) for name, each in opened().items()]
    theirs = hosted().lessons
    yield HOSTED, [(f"host/{lesson.name}", lesson) for lesson in theirs]
    names = {lesson.name for lesson in theirs}
    for pack in all_lessons():
        yield pack.title, [(lesson.name, lesson) for lesson in pack.lessons if lesson.name not in names]


def faults() -> list[str]:
    """What is wrong with files in the host's folder."""
    return [sentence for error in hosted().errors for sentence in error.sentences]


def opened() -> dict[str, Opened]:
    """The lessons of files that were opened, by name, the newest last."""
    found: dict[str, Opened] = st.session_state.setdefault(OPENED, {})
    return found


def refused() -> tuple[str, ...]:
    """Why the file opened last is no lesson; empty if it is one."""
    found: tuple[str, ...] = st.session_state.get(REFUSED, ())
    return found


def open_file(content: bytes, name: str) -> Lesson | None:
    """The lesson of a file; None when it is none, and `refused` says why."""
    try:
        read = load_bytes(content, name, host=address.host())
    except LessonError as error:
        st.session_state[REFUSED] = error.sentences
        return None
    st.session_state[REFUSED] = ()
    lesson = replace(read, name=f"{OF_A_FILE}{read.name}")
    held = opened()
    held.pop(lesson.name, None)
    held[lesson.name] = Opened(lesson, name, content.decode("utf-8-sig"))
    while len(held) > MOST_OPENED:
        del held[next(iter(held))]
    return lesson


def bring_back(value: Any) -> Lesson | None:
    """The lesson of a file that a browser has kept, whatever it says: it is read as one that is opened from disk."""
    file, text = (value.get(name) for name in ("file", "text")) if isinstance(value, Mapping) else (None, None)
    if not isinstance(file, str) or not isinstance(text, str):
        return None
    return open_file(text.encode(errors="replace"), file[:LONGEST_FILE_NAME])


def remove(name: Any) -> None:
    """Let go of the lesson of a file, whatever a browser says."""
    if isinstance(name, str):
        opened().pop(name, None)


def source_of(lesson: Lesson, taught: str) -> dict[str, str] | None:
    """The file of a lesson, for the browser to keep; None for one that is not of a file, or too long to come back."""
    found = opened().get(lesson.name) if taught == f"file/{lesson.name}" else None
    return None if found is None or not found.is_kept else {"name": lesson.name, "file": found.file, "text": found.text}
