"""The session's run: one at a time, kept while only its rates change."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Protocol

import streamlit as st

from playground import runtime
from playground.core import Experiment
from playground.core.errors import Refused
from playground.core.query import link

CURRENT = "current_run"


class Runs(Protocol):
    """What the page needs of the runtime."""

    def open(self, experiment: Experiment) -> str: ...  # noqa: D102
    def adjust(self, token: str, experiment: Experiment) -> str | None: ...  # noqa: D102
    def link_of(self, token: str) -> str | None: ...  # noqa: D102
    def exists(self, token: str) -> bool: ...  # noqa: D102
    def close(self, token: str) -> None: ...  # noqa: D102


@dataclass(frozen=True)
class CurrentRun:
    """A run of the server.

    Attributes
    ----------
    experiment : what the knobs say, and what a rewind begins
    link : gives the run again, as far as is known: with the rates that were changed while it trained
    """

    token: str
    experiment: Experiment
    link: str


def run_of(experiment: Experiment, anew: bool = False) -> CurrentRun:
    """The session's run of `experiment`: the one there is, adjusted if need be, or a new one.

    Parameters
    ----------
    anew : whether a link asks for it, which gives the same run each time: one that is another is not adjusted

    Raises
    ------
    Refused
        When the server has no room for another run.
    """
    runs: Runs = runtime.live_runs()
    current: CurrentRun | None = st.session_state.get(CURRENT)
    if current is None or not _goes_on_as(current, experiment, runs, anew):
        current = CurrentRun(_exchange(current, experiment, runs), experiment, link(experiment.to_query()))
    elif current.experiment != experiment:
        current = CurrentRun(current.token, experiment, runs.adjust(current.token, experiment) or current.link)
    else:
        current = replace(current, link=_link_of(current, runs))
    st.session_state[CURRENT] = current
    return current


def forget(token: str) -> None:
    """Make the next run a new one if the session's run is still the one called `token`."""
    current: CurrentRun | None = st.session_state.get(CURRENT)
    if current is not None and current.token == token:
        del st.session_state[CURRENT]
        runtime.live_runs().close(token)


def _goes_on_as(current: CurrentRun, experiment: Experiment, runs: Runs, anew: bool) -> bool:
    if anew and _link_of(current, runs) != link(experiment.to_query()):
        return False
    if current.experiment == experiment:
        return True
    return current.experiment.same_but_rates(experiment) and runs.exists(current.token)


def _link_of(current: CurrentRun, runs: Runs) -> str:
    return runs.link_of(current.token) or current.link


def _exchange(old: CurrentRun | None, experiment: Experiment, runs: Runs) -> str:
    if old is None:
        return runs.open(experiment)
    try:
        token = runs.open(experiment)
    except Refused:
        # A full server still has this session's own place.
        runs.close(old.token)
        del st.session_state[CURRENT]
        return runs.open(experiment)
    runs.close(old.token)
    return token
