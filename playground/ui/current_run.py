"""The session's run: one at a time, kept while only its rates change."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Protocol

import streamlit as st

from playground import runtime
from playground.core import Experiment
from playground.core.errors import Refused
from playground.runtime import Limits
from playground.runtime.server.visitors import Visitor
from playground.ui.visitor import current_visitor

CURRENT = "current_run"


class Runs(Protocol):
    """What the page needs of the runtime."""

    @property
    def limits(self) -> Limits: ...  # noqa: D102
    def open(self, experiment: Experiment, visitor: Visitor) -> str: ...  # noqa: D102
    def adjust(self, token: str, experiment: Experiment) -> None: ...  # noqa: D102
    def exists(self, token: str) -> bool: ...  # noqa: D102
    def close(self, token: str) -> None: ...  # noqa: D102


@dataclass(frozen=True)
class CurrentRun:
    """A run of the server and the experiment it trains."""

    token: str
    experiment: Experiment
    edited: bool = False
    """Whether weights have been changed by hand."""


def token_of_run(experiment: Experiment) -> str:
    """The token of the session's run of `experiment`: the one there is, adjusted if need be, or a new one.

    Raises
    ------
    Refused
        When the server has no room for another run.
    """
    runs: Runs = runtime.live_runs()
    current: CurrentRun | None = st.session_state.get(CURRENT)
    if current is None or not _goes_on_as(current, experiment, runs):
        current = CurrentRun(_exchange(current, experiment, runs), experiment)
    elif current.experiment != experiment:
        runs.adjust(current.token, experiment)
        current = replace(current, experiment=experiment)
    st.session_state[CURRENT] = current
    return current.token


def forget(token: str) -> None:
    """Make the next run a new one if the session's run is still the one called `token`."""
    current: CurrentRun | None = st.session_state.get(CURRENT)
    if current is not None and current.token == token:
        del st.session_state[CURRENT]
        runtime.live_runs().close(token)


def mark_edited(token: str, edited: bool) -> bool:
    """Note whether the weights of the session's run `token` were changed by hand; whether that is news."""
    current: CurrentRun | None = st.session_state.get(CURRENT)
    if current is None or current.token != token or current.edited == edited:
        return False
    st.session_state[CURRENT] = replace(current, edited=edited)
    return True


def is_edited(experiment: Experiment) -> bool:
    """Whether the session's run is one of `experiment` with weights that were changed by hand."""
    current: CurrentRun | None = st.session_state.get(CURRENT)
    return current is not None and current.edited and current.experiment.same_but_rates(experiment)


def _goes_on_as(current: CurrentRun, experiment: Experiment, runs: Runs) -> bool:
    if current.experiment == experiment:
        return True
    return current.experiment.same_but_rates(experiment) and runs.exists(current.token)


def _exchange(old: CurrentRun | None, experiment: Experiment, runs: Runs) -> str:
    visitor = current_visitor(runs.limits.proxies)
    if old is None:
        return runs.open(experiment, visitor)
    try:
        token = runs.open(experiment, visitor)
    except Refused:
        # A full server still has this session's own place.
        runs.close(old.token)
        del st.session_state[CURRENT]
        return runs.open(experiment, visitor)
    runs.close(old.token)
    return token
