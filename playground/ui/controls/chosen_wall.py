"""The wall that the visitor has chosen: the experiment that every network has, two axes and a number of seeds.

What is asked for and cannot be had is kept too, with what is said of it; the wall that was there stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

import streamlit as st

from playground.core import Experiment, page_view
from playground.core.query import EDITED, link, of_link
from playground.core.wall import COLUMNS, DEPTH, NAMES, ROWS, SEEDS, WIDTH, Axis, Wall, values_of
from playground.core.wall.reading import read_axis
from playground.ui import address, notices
from playground.ui.controls import chosen
from playground.ui.controls.offers import SEPARATOR, first_axes, text_offered
from playground.ui.shown_page import EXPLORE, PLAY, own
from playground.ui.too_long import refusals_of_address

KEPT = "wall"
NO_KNOB = ""
_CONSEQUENCE = re.compile(r": (rows|columns|rows and columns) are left out( and seeds are 1)?\.$|: seeds are \d+\.$")
"""What the sentences about a link say of what is shown instead."""


class Asked(NamedTuple):
    """What the controls of an axis hold: a knob, or none, and its values as they were typed."""

    knob: str = NO_KNOB
    text: str = ""


@dataclass(frozen=True)
class Kept:
    """What is kept of a wall.

    Attributes
    ----------
    wall : the wall that is shown
    base : what its knobs said when it was made
    stage : the query of what was on the stage then
    asked, seeds : what its controls hold
    refused : why they do not hold what the wall has; empty when they do
    remarks : what is to be said of the wall itself
    """

    wall: Wall
    base: Experiment
    stage: Mapping[str, str]
    asked: Mapping[str, Asked]
    seeds: int
    refused: tuple[str, ...] = field(default=())
    remarks: tuple[str, ...] = field(default=())


def take(given: Mapping[str, str | list[str]]) -> None:
    """Choose the wall that the query of a link asks for, and say what of it is refused."""
    query = page_view.without(given)
    wall, refused = Wall.from_query(query or query_for_stage())
    if query and not query.keys() & set(NAMES):
        wall = Wall.from_query(_begun(wall.base))[0]
    chosen.put_on_axes(_cases((wall.rows, wall.columns)))
    chosen.take(wall.base.to_query())
    chosen.is_opened(link(wall.base.to_query()))
    notices.replace(refused)
    _keep(wall)


def kept() -> Kept:
    """The wall, of the experiment that is chosen by now, and what is said of it."""
    if own(KEPT) not in st.session_state:
        too_long = notices.said()
        take({})
        notices.add(too_long)
    found: Kept = st.session_state[own(KEPT)]
    base = chosen.experiment()
    if base != found.base:
        wall, said = Wall.from_query({**base.to_query(), **_axes_of(found.wall)})
        chosen.put_on_axes(_cases((wall.rows, wall.columns)))
        notices.add(said)
        _keep(wall, found.asked)
    found = st.session_state[own(KEPT)] = replace(st.session_state[own(KEPT)], stage=on_stage())
    return found


def link_of(wall: Wall) -> str:
    """The link of a wall. That a single network is meant has to be said: else a link may have the first axes."""
    query = wall.to_query()
    return link(query if query.keys() & set(NAMES) else {**query, SEEDS: "1"})


def on_stage() -> Mapping[str, str]:
    """The query of what is on the stage, without edits: no wall holds them."""
    return {name: text for name, text in address.last_of(PLAY).items() if name not in EDITED}


def query_for_stage() -> Mapping[str, str]:
    """Asks for the wall of what is on the stage: the one that was there, if it began from that or has it, or its like.

    Whether all of that agrees is found out when it is asked for: the stage does not wait for that.
    """
    last: Kept | None = st.session_state.get(own(KEPT, EXPLORE))
    experiment = Experiment.from_query(on_stage())[0]
    if last is None:
        return _begun(experiment)
    if last.stage == on_stage() or experiment in last.wall.experiments:
        return of_link(link_of(last.wall))
    return {**on_stage(), **_axes_of(last.wall)}


def _begun(experiment: Experiment) -> Mapping[str, str]:
    """Asks for a wall that shows something worthwhile of an experiment at once."""
    return {**experiment.to_query(), **first_axes(experiment)}


def ask_knob(side: str, knob: str) -> None:
    """Ask for this knob on an axis, with the values that are offered; for use in callbacks."""
    before: Kept = st.session_state[own(KEPT)]
    _ask({**before.asked, side: Asked(knob, text_offered(before.base, knob))}, before.seeds)


def ask_values(side: str, text: str) -> None:
    """Ask for these values of the knob on an axis; for use in callbacks."""
    before: Kept = st.session_state[own(KEPT)]
    _ask({**before.asked, side: before.asked[side]._replace(text=text)}, before.seeds)


def ask_seeds(seeds: int) -> None:
    """Ask for so many seeds; for use in callbacks."""
    before: Kept = st.session_state[own(KEPT)]
    _ask(before.asked, seeds)


def swap() -> None:
    """Make rows of the columns, and columns of the rows; for use in callbacks."""
    before: Kept = st.session_state[own(KEPT)]
    _ask({ROWS: before.asked[COLUMNS], COLUMNS: before.asked[ROWS]}, before.seeds)


def _ask(asked: Mapping[str, Asked], seeds: int) -> None:
    address.keep()
    notices.clear()
    before: Kept = st.session_state[own(KEPT)]
    try:
        texts = {side: _text(side, each) for side, each in asked.items() if each.knob != NO_KNOB}
        chosen.put_on_axes(_cases(read_axis(texts, side)[0] for side in texts))
        wall, said = Wall.from_query({**chosen.experiment().to_query(), **texts, SEEDS: str(seeds)})
        _check(wall, said, texts, seeds)
    except ValueError as refusal:
        chosen.put_on_axes(_cases((before.wall.rows, before.wall.columns)))
        refused = tuple(map(str, refusal.args))
        st.session_state[own(KEPT)] = replace(before, asked=asked, seeds=seeds, refused=refused, remarks=())
    else:
        _keep(wall, asked, said)


def _check(wall: Wall, said: Iterable[str], texts: Mapping[str, str], seeds: int) -> None:
    """Raise ValueError, with what is to be said, if not every axis and all seeds that were asked for are there."""
    there = {side for side, axis in ((ROWS, wall.rows), (COLUMNS, wall.columns)) if axis}
    if there != texts.keys() or wall.seeds != seeds:
        raise ValueError(*(_CONSEQUENCE.sub(".", sentence) for sentence in said))
    if too_long := list(refusals_of_address(of_link(link_of(wall)))):
        raise ValueError(*too_long)


def _text(side: str, asked: Asked) -> str:
    """What a link says of an axis. Raises ValueError when the values are none."""
    if not asked.text.strip():
        raise ValueError(f"{side} must hold a value of {asked.knob}. Got none.")
    return f"{asked.knob}:{SEPARATOR.join(values_of(asked.text, asked.knob))}"


def _keep(wall: Wall, asked: Mapping[str, Asked] | None = None, remarks: Iterable[str] = ()) -> None:
    shown = {side: _shown(axis, (asked or {}).get(side)) for side, axis in ((ROWS, wall.rows), (COLUMNS, wall.columns))}
    st.session_state[own(KEPT)] = Kept(wall, chosen.experiment(), on_stage(), shown, wall.seeds, remarks=tuple(remarks))


def _shown(axis: Axis | None, asked: Asked | None) -> Asked:
    """What the controls of an axis hold: what was typed, while that is what the axis has."""
    if axis is None:
        return Asked()
    if asked is not None and asked.knob == axis.knob and _stands_for(asked, axis):
        return asked
    return Asked(axis.knob, SEPARATOR.join(axis.labels))


def _stands_for(asked: Asked, axis: Axis) -> bool:
    try:
        return values_of(asked.text, asked.knob) == axis.labels
    except ValueError:
        return False


def _axes_of(wall: Wall) -> dict[str, str]:
    return {name: text for name, text in wall.to_query().items() if name in NAMES}


def _cases(axes: Iterable[Axis | None]) -> dict[str, list[Mapping[str, Any]]]:
    """Of each knob on an axis, what knobs its values set."""
    return {axis.knob: [case_of(axis.knob, value) for value in axis.values] for axis in axes if axis}


def case_of(knob: str, value: Any) -> Mapping[str, Any]:
    """What a value on an axis chooses of the knobs in the sidebar."""
    if knob == DEPTH:
        return {"hidden": (1,) * value}
    return {} if knob == WIDTH else {knob: value}
