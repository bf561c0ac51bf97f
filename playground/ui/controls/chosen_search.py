"""The search that the visitor has chosen: the experiment that every trial is but for some knobs, these knobs, how much.

What is asked for and cannot be had is kept too, with what is said of it; the search that was there stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import streamlit as st

from playground.core import Experiment, page_view
from playground.core.query import link as link_of
from playground.core.query import of_link
from playground.core.search import KNOBS_NAME, NAMES, Range, Search, ranges_of
from playground.core.wall import DEPTH, WIDTH
from playground.ui import address, notices
from playground.ui.controls import chosen
from playground.ui.controls.chosen_wall import case_of, on_stage
from playground.ui.shown_page import SEARCH, own
from playground.ui.too_long import refusals_of_address

KEPT = "search"
SEPARATOR = ","
FIRST = ("learning_rate", WIDTH, DEPTH, "activation")
"""Knobs of a search that nobody has asked for otherwise."""
_CONSEQUENCE = re.compile(r"(: \w+ is left out|, which is left out|: it is left out|: it sets [\w, ]+)\.$")
"""What the sentences about a link say of what is searched instead."""


@dataclass(frozen=True)
class Kept:
    """What is kept of a search.

    Attributes
    ----------
    search : the one that is shown
    base : what the knobs below said when it was made
    stage : the query of what was on the stage then
    asked : what its controls hold, by the names that a link has for it
    refused : why they do not hold what the search has; empty when they do
    """

    search: Search
    base: Experiment
    stage: Mapping[str, str]
    asked: Mapping[str, str]
    refused: tuple[str, ...] = field(default=())

    @property
    def asked_knobs(self) -> tuple[str, ...]:
        """Those that its control holds."""
        return tuple(knob for knob in self.asked[KNOBS_NAME].split(SEPARATOR) if knob)


def take(given: Mapping[str, str | list[str]]) -> None:
    """Choose the search that the query of a link asks for, and say what of it is refused."""
    query = page_view.without(given)
    search, refused = Search.from_query(query or query_for_stage())
    if query and not query.keys() & set(NAMES):
        search = Search.from_query(_begun(search.base))[0]
    _choose(search)
    notices.replace(refused)


def kept() -> Kept:
    """The search, of the experiment that is chosen by now, and what is said of it."""
    if own(KEPT) not in st.session_state:
        too_long = notices.said()
        take({})
        notices.add(too_long)
    found: Kept = st.session_state[own(KEPT)]
    base = chosen.experiment()
    if base != found.base:
        before = notices.said()
        search, said = Search.from_query({**base.to_query(), **_parts_of(found.search)})
        _choose(search)
        notices.replace(dict.fromkeys([*before, *said]))
    found = st.session_state[own(KEPT)] = replace(st.session_state[own(KEPT)], stage=on_stage())
    return found


def query_for_stage() -> Mapping[str, str]:
    """Asks for the search from what is on the stage: the one that was there, if that is of it, or its like.

    Whether all of that agrees is found out when it is asked for: the stage does not wait for that.
    """
    last: Kept | None = st.session_state.get(own(KEPT, SEARCH))
    experiment = Experiment.from_query(on_stage())[0]
    if last is None:
        return _begun(experiment)
    if last.stage == on_stage() or last.search.could_try(experiment):
        return last.search.to_query()
    return {**on_stage(), **_parts_of(last.search)}


def ask(name: str, text: str) -> None:
    """Ask for another value of what a link calls `name`; for use in callbacks."""
    before: Kept = st.session_state[own(KEPT)]
    address.keep()
    notices.clear()
    asked = {**before.asked, name: text}
    search, said = Search.from_query({**before.search.base.to_query(), **asked})
    if not said:
        said = list(refusals_of_address(of_link(link_of(search.to_query()))))
    if said:
        refused = tuple(_CONSEQUENCE.sub(".", sentence) for sentence in said)
        st.session_state[own(KEPT)] = replace(before, asked=asked, refused=refused)
    else:
        _choose(search)


def offered(kept: Kept) -> dict[str, Range]:
    """What may be searched, and what is tried of it: knobs that make a difference to the experiment."""
    return ranges_of(kept.base)


def _begun(experiment: Experiment) -> Mapping[str, str]:
    """Asks for a search that finds something worthwhile of an experiment."""
    return {**experiment.to_query(), KNOBS_NAME: SEPARATOR.join(ranges_of(experiment, FIRST))}


def _choose(search: Search) -> None:
    """Keep it, and let the knobs below hold its base."""
    chosen.put_on_axes(_cases(search.ranges))
    chosen.take(search.base.to_query())
    chosen.is_opened(link_of(search.base.to_query()))
    asked = {KNOBS_NAME: SEPARATOR.join(search.knobs), **{name: str(getattr(search, name)) for name in NAMES[1:]}}
    st.session_state[own(KEPT)] = Kept(search, chosen.experiment(), on_stage(), asked)


def _parts_of(search: Search) -> dict[str, str]:
    return {name: text for name, text in search.to_query().items() if name in NAMES}


def _cases(ranges: Iterable[Range]) -> dict[str, list[Mapping[str, Any]]]:
    """Of each knob that is searched, what knobs its values set; so it cannot be turned below, nor can the epochs."""
    return {**{each.knob: [case_of(each.knob, value) for value in _ends(each)] for each in ranges}, "epochs": [{}]}


def _ends(each: Range) -> list[Any]:
    drawn = each.choices or (each.low, each.high)
    return [each.value(value) for value in drawn]
