"""A step of a lesson beside what trains, and the knobs that it leaves free: as Learn shows it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from playground.core import Experiment
from playground.core.errors import Refused
from playground.core.query import link
from playground.core.wall import Wall
from playground.lessons.page_parts import WEIGHTS
from playground.lessons.task import Task
from playground.ui import address, notices
from playground.ui.controls import change_network, chosen, chosen_lesson, known_lessons
from playground.ui.controls.chosen_lesson import Shown
from playground.ui.controls.free_knobs import show_free_knobs
from playground.ui.current_run import CurrentRun
from playground.ui.live_part import run_of, show_run
from playground.ui.wall_run import show_wall_run
from playground.ui.web.addresses import addresses
from playground.ui.web.component import Events

FIXED = "This step leaves that as it is. What may be changed stands beside it; on Play everything may."


def run_of_step(shown: Shown) -> tuple[Experiment | Wall, CurrentRun | Refused]:
    """What the step trains, with what the learner has changed, and the session's run of it."""
    subject = chosen_lesson.subject()
    locked = () if WEIGHTS in shown.step.free else (WEIGHTS,)
    return subject, run_of(subject, task=Task.of(shown.step), locked=locked)


def show_step(
    shown: Shown,
    found: tuple[Experiment | Wall, CurrentRun | Refused],
    *,
    lesson: Callable[..., None],
    stage: Callable[..., Events],
    wall: Callable[..., Events],
    **more: Any,
) -> None:
    """Show a step, and what `run_of_step` has found, by these components; `more` is for that of the lesson."""
    subject, run = found
    with st.container(key="lesson_frame"), st.container(key="lesson_page"):
        lesson(
            shown.lesson,
            shown.number,
            token=run.token if isinstance(run, CurrentRun) else "",
            changed=bool(chosen_lesson.changes()),
            taught=shown.taught,
            source=known_lessons.source_of(shown.lesson, shown.taught),
            on_reset=chosen_lesson.reset,
            **more,
        )
        with st.container(key="lesson_run"):
            if isinstance(subject, Wall):
                show_wall_run(run, wall, link(subject.to_query()))
            else:
                _show_experiment(run, stage)
    # After the stage, so that the browser fetches the charts while it still builds the widgets.
    if knobs := [name for name in shown.step.free if name != WEIGHTS]:
        with st.sidebar, st.container(key="free_knobs"):
            show_free_knobs(knobs)


def _show_experiment(run: CurrentRun | Refused, stage: Callable[..., Events]) -> None:
    show_run(
        run,
        stage,
        plotly=addresses().plotly,
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
