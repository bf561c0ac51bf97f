"""The session's run: one at a time, kept while only its rates change or it gets more epochs.

A new session (the page was reloaded, the server restarted, or the page was away for long) first opens a run of its own;
then its page claims the one that it had. What a page claims comes from a browser: nothing of it is certain.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple, Protocol

import streamlit as st

from playground import runtime
from playground.core import Experiment
from playground.core.errors import Refused
from playground.core.query import EDITED, link, of_link
from playground.runtime import Limits
from playground.runtime.server.visitors import Visitor
from playground.ui.visitor import current_visitor

CURRENT = "current_run"
CLAIM, ANSWERED = "claimed_run", "answered_claim"
LOST = "lost_run"
NAME = "name_of_session"
LONGEST = 64
"""No token is longer."""


class Runs(Protocol):
    """What the page needs of the runtime."""

    @property
    def limits(self) -> Limits: ...  # noqa: D102
    def open(self, experiment: Experiment, visitor: Visitor) -> str: ...  # noqa: D102
    def adjust(self, token: str, experiment: Experiment) -> str | None: ...  # noqa: D102
    def link_of(self, token: str) -> str | None: ...  # noqa: D102
    def exists(self, token: str) -> bool: ...  # noqa: D102
    def experiment_of(self, token: object) -> Experiment | None: ...  # noqa: D102
    def is_watched(self, token: str) -> bool: ...  # noqa: D102
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
    lost: bool = False
    """Whether it begins anew what the server no longer has."""


class Claim(NamedTuple):
    """A run that a page had before, and whether it has shown it all the while or only knows it from before a reload."""

    token: str
    here: bool


def run_of(experiment: Experiment, anew: bool = False) -> CurrentRun:
    """The session's run of `experiment`: the one there is, adjusted if need be, one that its page had, or a new one.

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
        token = _exchange(current, experiment, runs)
        current = CurrentRun(token, experiment, link(experiment.to_query()), lost=st.session_state.pop(LOST, False))
    elif current.experiment != experiment:
        told = runs.adjust(current.token, experiment)
        current = replace(current, experiment=experiment, link=told or current.link)
    else:
        current = replace(current, link=_link_of(current, runs))
    claim: Claim | None = st.session_state.pop(CLAIM, None)
    if claim is not None:
        current = _settled(claim, current, runs)
    st.session_state[CURRENT] = current
    return current


def claim(value: Any) -> None:
    """Note that a page had a run; the next `run_of` settles whether it gets it back."""
    token = value.get("token") if isinstance(value, Mapping) else None
    if isinstance(token, str) and len(token) <= LONGEST:
        st.session_state[CLAIM] = Claim(token, value.get("here") is True)
        st.session_state[ANSWERED] = token


def answered_claim() -> str:
    """The token of the last claim that was settled."""
    return str(st.session_state.get(ANSWERED, ""))


def name_of_session() -> str:
    """By which a page can tell that it has come to another session, which knows nothing of its run."""
    return str(st.session_state.setdefault(NAME, secrets.token_hex(4)))


def _settled(claim: Claim, opened: CurrentRun, runs: Runs) -> CurrentRun:
    """The run that was claimed, if it is one of the session's experiment and no other page watches it.

    A page that has shown it all the while may just have changed a knob: then it is adjusted, or ended.
    """
    experiment, told = runs.experiment_of(claim.token), runs.link_of(claim.token)
    if claim.token == opened.token:
        return opened
    if experiment is None or told is None:
        return replace(opened, lost=True)
    if claim.here and not experiment.may_become(opened.experiment):
        runs.close(claim.token)
        return opened
    if not claim.here and (not _is_link_of(told, opened.experiment) or runs.is_watched(claim.token)):
        return opened
    runs.close(opened.token)
    if experiment != opened.experiment:
        told = runs.adjust(claim.token, opened.experiment) or told
    return CurrentRun(claim.token, opened.experiment, told)


def _is_link_of(link: str, experiment: Experiment) -> bool:
    """Whether the link asks for this experiment; of edits, which no link holds, it may speak."""
    return {name: text for name, text in of_link(link).items() if name not in EDITED} == experiment.to_query()


def forget(token: str) -> None:
    """Make the next run a new one if the session's run is still the one called `token`."""
    current: CurrentRun | None = st.session_state.get(CURRENT)
    if current is not None and current.token == token:
        runs: Runs = runtime.live_runs()
        st.session_state[LOST] = not runs.exists(token)
        del st.session_state[CURRENT]
        runs.close(token)


def _goes_on_as(current: CurrentRun, experiment: Experiment, runs: Runs, anew: bool) -> bool:
    if anew and _link_of(current, runs) != link(experiment.to_query()):
        return False
    if current.experiment == experiment:
        return True
    return current.experiment.may_become(experiment) and runs.exists(current.token)


def _link_of(current: CurrentRun, runs: Runs) -> str:
    return runs.link_of(current.token) or current.link


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
