"""A lesson file of a teacher's own, to open from disk."""

from __future__ import annotations

import streamlit as st

from playground.lessons.addresses import LESSON
from playground.ui import notices
from playground.ui.controls import chosen_lesson, known_lessons

FILE = "lesson_file"
HELP = (
    "A Markdown file with the fields of a lesson above its texts. It is read here and kept in this browser alone; "
    "docs/lessons.md says how to write one."
)

MEGABYTES = 1
"""The least that an uploader can name; a lesson has far less."""
TOO_LONG = (
    f"A lesson must be at most {known_lessons.LONGEST_KEPT:,} bytes long to be kept in the browser. Got more: it is "
    "open for this visit, and after a reload its file must be opened again."
)


def show_lesson_file() -> None:
    """Where a file can be chosen or dropped; what is wrong with it stands below it, and all else stays."""
    with st.container(key="own_lesson"):
        st.file_uploader(
            "Open a lesson file",
            type=["md", "markdown", "txt"],
            key=FILE,
            max_upload_size=MEGABYTES,
            help=HELP,
            on_change=_open,
        )
        if sentences := known_lessons.refused():
            with st.container(key="lesson_faults"):
                st.error("This file is no lesson yet.", icon=":material/error:")
                st.text("\n".join(sentences))


def _open() -> None:
    file = st.session_state[FILE]
    if file is None:
        return
    lesson = known_lessons.open_file(file.getvalue(), file.name)
    if lesson is not None:
        chosen_lesson.open_lesson({LESSON: lesson.name})
        if not known_lessons.opened()[lesson.name].is_kept:
            notices.add([TOO_LONG])
