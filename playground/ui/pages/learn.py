"""The page Learn: the list of all lessons, or one of them beside the stage or the wall that it is about."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from playground.core import Experiment
from playground.core.errors import Refused
from playground.core.query import link
from playground.core.wall import Wall
from playground.lessons import Step
from playground.lessons.page_parts import WEIGHTS
from playground.lessons.task import Task
from playground.ui import address, notices
from playground.ui.controls import change_network, chosen, chosen_lesson, known_lessons
from playground.ui.controls.chosen_lesson import Shown
from playground.ui.controls.free_knobs import show_free_knobs
from playground.ui.controls.words import AXIS_TITLES
from playground.ui.current_run import CurrentRun
from playground.ui.header import show_header
from playground.ui.lesson import lesson as show_lesson
from playground.ui.lesson_file import show_lesson_file
from playground.ui.lessons import lessons as show_lessons
from playground.ui.live_part import run_of, show_run
from playground.ui.pages._record import Page
from playground.ui.shown_page import LEARN
from playground.ui.stage import stage
from playground.ui.wall import wall as show_wall
from playground.ui.web.addresses import addresses

CAPTION = "Predict, run, look, and read why: lessons that check themselves."
FIXED = "This step leaves that as it is. What may be changed stands beside it; on Play everything may."


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
    subject = chosen_lesson.subject()
    run = run_of(subject, task=Task.of(shown.step), locked=() if WEIGHTS in shown.step.free else (WEIGHTS,))
    address.write(chosen_lesson.address_of())
    show_header(CAPTION)
    notices.show()
    with st.container(key="lesson_frame"), st.container(key="lesson_page"):
        show_lesson(
            shown.lesson,
            shown.number,
            token=run.token if isinstance(run, CurrentRun) else "",
            changed=bool(chosen_lesson.changes()),
            taught=shown.taught,
            source=known_lessons.source_of(shown.lesson, shown.taught),
            on_step=chosen_lesson.open_step,
            on_reset=chosen_lesson.reset,
            on_leave=chosen_lesson.leave,
        )
        with st.container(key="lesson_run"):
            _show_run(run, subject, shown.step)
    # After the stage, so that the browser fetches the charts while it still builds the widgets.
    if knobs := [name for name in shown.step.free if name != WEIGHTS]:
        with st.sidebar, st.container(key="free_knobs"):
            show_free_knobs(knobs)


def _show_run(run: CurrentRun | Refused, subject: Experiment | Wall, step: Step) -> None:
    plotly = addresses().plotly
    if isinstance(subject, Wall):
        show_run(run, show_wall, plotly=plotly, link=link(subject.to_query()), titles=AXIS_TITLES)
        return
    show_run(
        run,
        stage,
        plotly=plotly,
        link=run.link if isinstance(run, CurrentRun) else None,
        look=chosen_lesson.look(),
        on_new_weights=_new_weights,
        on_network=_change,
        on_link=address.keep,
    )


def _free() -> tuple[str, ...]:
    shown = chosen_lesson.shown()
    return () if shown is None else shown.step.free


def _new_weights() -> None:
    if "seed" in _free():
        chosen.choose_new_seed("seed")
    else:
        _refuse()


def _change(change: Mapping[str, Any]) -> None:
    """A change made on the stage, of what is free; that a run goes on for more epochs is always."""
    free = {*_free(), "epochs"}
    asked = change.get("change")
    names = set(asked) if isinstance(asked, Mapping) else _changed(change)
    if names <= free:
        change_network.note(change)
    else:
        _refuse()


def _changed(change: Mapping[str, Any]) -> set[str]:
    """What of the network would be another."""
    now = chosen.values()
    hidden, features = change.get("hidden"), change.get("features")
    return {
        name
        for name, asked in (("hidden", hidden), ("features", features))
        if not isinstance(asked, list) or list(now[name]) != asked
    }


def _refuse() -> None:
    address.keep()
    notices.replace([FIXED])


PAGE = Page(name=LEARN, title="Learn", place=30, build=learn)
