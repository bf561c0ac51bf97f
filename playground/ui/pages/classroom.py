"""The page Class: a room by the role of who looks at it, and below the learner's bar what their teacher has sent."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

import streamlit as st

from playground.classroom.room import Sent
from playground.classroom.rooms import rooms
from playground.core.errors import Refused
from playground.core.query import link
from playground.lessons.page_parts import WEIGHTS
from playground.ui import address, chosen_run, current_run, hidden_controls, notices
from playground.ui.controls import (
    change_network,
    chosen,
    chosen_class,
    chosen_lesson,
    chosen_wall,
    known_lessons,
    show_controls,
)
from playground.ui.controls.chosen_class import Rooms
from playground.ui.controls.free_knobs import show_free_knobs
from playground.ui.current_run import CurrentRun
from playground.ui.header import show_header
from playground.ui.lesson import lesson as show_lesson
from playground.ui.live_part import run_of
from playground.ui.pages._record import Page
from playground.ui.room import room as show_room
from playground.ui.shown_page import CLASS
from playground.ui.stage import stage
from playground.ui.step_run import run_of_step, show_step
from playground.ui.wall import wall as show_wall
from playground.ui.wall_run import show_wall_controls, show_wall_run
from playground.ui.web.addresses import has_routes

CAPTION = "A class trains together: everybody their own network, and the teacher sees them all."
NO_ROOMS = "There are no rooms on this host: it has no live channel of its own. All other pages work as ever."
NOT_OPENED = "Your teacher has opened {steps}."


class Shown(NamedTuple):
    """What is below the learner's bar: the newest that was sent, or their own instead."""

    sent: Sent | None
    open_to: int | None
    is_own: bool
    is_paused: bool


def classroom() -> None:
    """Build the page once from top to bottom."""
    change_network.make_noted()
    asked_for = address.asked_for()
    if asked_for is not None:
        chosen_class.take_address(asked_for)
    known = _rooms()
    now = None if known is None else chosen_class.standing(known)
    is_learner = now is not None and now.who.role == "learner"
    shown = (
        Shown(now.sent, now.open_to, chosen_class.follow(now), now.is_paused)
        if now is not None and is_learner
        else None
    )
    address.write(chosen_class.address_of())
    show_header(CAPTION)
    notices.show()
    if known is None:
        st.info(NO_ROOMS, icon=":material/groups:")
    elif shown is None:
        _show_room(role="" if now is None else now.who.role, lessons=_lessons())
    else:
        _show_learners(shown)


def _rooms() -> Rooms | None:
    """The rooms of this server; None where it has none."""
    if not has_routes():
        return None
    try:
        return rooms()
    except RuntimeError:
        return None


def _show_room(**more: Any) -> None:
    show_room(code=chosen_class.code(), guest=chosen_class.is_guest(), on_place=chosen_class.hear, **more)


def _lessons() -> str:
    """The lessons that every session of this server knows, for a teacher to send."""
    offers = [
        {"name": lesson.name, "title": lesson.title, "steps": len(lesson.steps)}
        for lesson in known_lessons.of_this_server()
    ]
    return json.dumps(offers, ensure_ascii=False)


def _show_learners(shown: Shown) -> None:
    """The bar, and what trains below it."""
    current_run.let_rest(shown.is_paused)
    lesson = None if shown.is_own else chosen_lesson.shown()
    if lesson is not None:
        found = run_of_step(lesson)
        _show_bar(shown, found[1], chosen_lesson.address_of(), lesson.number)
        show_step(
            lesson,
            found,
            lesson=show_lesson,
            stage=stage,
            wall=show_wall,
            in_class=True,
            open_to=shown.open_to,
            on_step=lambda number: _open_step(number, shown.open_to),
        )
    elif shown.sent is not None and shown.sent.kind == "wall" and not shown.is_own:
        _show_wall(shown)
    else:
        _show_experiment(shown)


def _show_bar(shown: Shown, run: CurrentRun | Refused, of_run: str, step: int = 0) -> None:
    _show_room(
        role="learner",
        sent=0 if shown.sent is None else shown.sent.number,
        is_own=shown.is_own,
        open_to=shown.open_to,
        step=step,
        token=run.token if isinstance(run, CurrentRun) else "",
        link=of_run,
    )


def _show_experiment(shown: Shown) -> None:
    experiment = chosen.experiment()
    run = chosen_run.run_of_chosen(experiment)
    _show_bar(shown, run, run.link if isinstance(run, CurrentRun) else link(experiment.to_query()))
    hidden_controls.show_style()
    chosen_run.show_chosen(run, stage)
    free = _free(shown)
    if free is None:
        with st.sidebar:
            show_controls()
            hidden_controls.show_way_back()
    else:
        _show_free(free)


def _show_wall(shown: Shown) -> None:
    kept = chosen_wall.kept()
    run, of_wall = run_of(kept.wall), chosen_wall.link_of(kept.wall)
    _show_bar(shown, run, of_wall)
    show_wall_run(run, show_wall, of_wall)
    free = _free(shown)
    if free is None:
        show_wall_controls(kept)
    else:
        _show_free(free)


def _free(shown: Shown) -> tuple[str, ...] | None:
    """The knobs that may be turned; None for all."""
    return None if shown.is_own or shown.sent is None else shown.sent.free


def _show_free(free: tuple[str, ...]) -> None:
    if names := [name for name in free if name != WEIGHTS]:
        with st.sidebar, st.container(key="free_knobs"):
            show_free_knobs(names)


def _open_step(number: Any, open_to: int | None) -> None:
    """Show another step, whatever a browser says, if it is open."""
    if open_to is not None and isinstance(number, int) and number > open_to:
        address.keep()
        notices.replace([NOT_OPENED.format(steps="step 1" if open_to == 1 else f"steps 1–{open_to}")])
    else:
        chosen_lesson.open_step(number)


PAGE = Page(name=CLASS, title="Class", place=40, build=classroom)
