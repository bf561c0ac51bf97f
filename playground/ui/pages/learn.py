"""The page Learn: the list of all lessons, or one of them beside the stage or the wall that it is about."""

from __future__ import annotations

import streamlit as st

from playground.ui import address, notices
from playground.ui.controls import change_network, chosen_lesson, known_lessons
from playground.ui.controls.chosen_lesson import Shown
from playground.ui.header import show_header
from playground.ui.lesson import lesson as show_lesson
from playground.ui.lesson_file import show_lesson_file
from playground.ui.lessons import lessons as show_lessons
from playground.ui.pages._record import Page
from playground.ui.shown_page import LEARN
from playground.ui.stage import stage
from playground.ui.step_run import run_of_step, show_step
from playground.ui.wall import wall as show_wall

CAPTION = "Predict, run, look, and read why: lessons that check themselves."


def learn() -> None:
    """Build the page once from top to bottom."""
    change_network.make_noted()
    asked_for = address.asked_for()
    if asked_for is not None:
        chosen_lesson.take(asked_for)
    shown = chosen_lesson.shown()
    if shown is None:
        _show_all()
    else:
        _show_step(shown)


def _show_all() -> None:
    address.write(chosen_lesson.address_of())
    show_header(CAPTION)
    notices.show()
    if faults := known_lessons.faults():
        st.warning("Some files in the folder of lessons are none yet.", icon=":material/warning:")
        st.text("\n".join(faults))
    show_lessons(
        known_lessons.groups(),
        wanted=chosen_lesson.wanted_file(),
        on_open=chosen_lesson.open_lesson,
        on_kept=chosen_lesson.bring_back,
        on_remove=chosen_lesson.remove,
    )
    show_lesson_file()


def _show_step(shown: Shown) -> None:
    found = run_of_step(shown)
    address.write(chosen_lesson.address_of())
    show_header(CAPTION)
    notices.show()
    show_step(
        shown,
        found,
        lesson=show_lesson,
        stage=stage,
        wall=show_wall,
        on_step=chosen_lesson.open_step,
        on_leave=chosen_lesson.leave,
    )


PAGE = Page(name=LEARN, title="Learn", place=30, build=learn)
