"""The session's run: one at a time on each page, of an experiment or of a wall.

That of an experiment is kept while only its rates change or it gets more epochs; a wall that is another is another run.
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
from playground.core import Data, Experiment
from playground.core.errors import Refused
from playground.core.query import EDITED, link, of_link
from playground.lessons.task import Task
from playground.runtime import Limits
from playground.runtime.server.visitors import Visitor
from playground.runtime.subjects import Subject
from playground.ui import address
from playground.ui.shown_page import own
from playground.ui.visitor import current_visitor
from playground.ui.web.component import Events

CURRENT = "current_run"
CLAIM, ANSWERED = "claimed_run", "answered_claim"
LOST = "lost_run"
NAME = "name_of_session"
REST = "runs_rest"
LONGEST = 64
"""No token is longer."""


class Runs(Protocol):
    """What the pages need of the runtime."""

    @property
    def limits(self) -> Limits: ...  # noqa: D102
    def open(self, subject: Subject, visitor: Visitor, task: Task | None = None, rests: bool = False) -> str: ...  # noqa: D102
    def adjust(self, token: str, experiment: Experiment) -> str | None: ...  # noqa: D102
    def link_of(self, token: str) -> str | None: ...  # noqa: D102
    def exists(self, token: str) -> bool: ...  # noqa: D102
    def subject_of(self, token: object) -> Subject | None: ...  # noqa: D102
    def task_of(self, token: object) -> Task | None: ...  # noqa: D102
    def lock(self, token: str, locked: tuple[str, ...]) -> None: ...  # noqa: D102
    def is_watched(self, token: str) -> bool: ...  # noqa: D102
    def close(self, token: str) -> None: ...  # noqa: D102


@dataclass(frozen=True)
class CurrentRun:
    """A run of the server.

    Attributes
    ----------
    subject : what the knobs say, and what a rewind begins
    link : gives the run again, as far as is known: with the rates that were changed while it trained
    """

    token: str
    subject: Subject
    link: str
    lost: bool = False
    """Whether it begins anew what the server no longer has."""
    task: Task | None = None
    """What a lesson wants to know of it."""


class Claim(NamedTuple):
    """A run that a page had before, and whether it has shown it all the while or only knows it from before a reload."""

    token: str
    here: bool


def run_of(subject: Subject, anew: bool = False, task: Task | None = None, locked: tuple[str, ...] = ()) -> CurrentRun:
    """The session's run of `subject`: the one there is, adjusted if need be, one that its page had, or a new one.

    Parameters
    ----------
    anew : whether a link asks for it, which gives the same run each time: one that is another is not adjusted
    task : what a lesson wants to know of it; one of another task is another run
    locked : what its page may not change

    Raises
    ------
    Refused
        When the server has no room for another run.
    """
    runs: Runs = runtime.live_runs()
    current: CurrentRun | None = st.session_state.get(own(CURRENT))
    if current is None or current.task != task or not _goes_on_as(current, subject, runs, anew):
        token = _exchange(current, subject, task, runs)
        lost = st.session_state.pop(own(LOST), False)
        current = CurrentRun(token, subject, link(subject.to_query()), lost, task)
    else:
        current = _adjusted(current, subject, runs)
    claim: Claim | None = st.session_state.pop(own(CLAIM), None)
    if claim is not None:
        current = _settled(claim, current, runs)
    runs.lock(current.token, locked)
    st.session_state[own(CURRENT)] = current
    return current


def redrawn() -> tuple[Data, Data] | None:
    """The data that the session's run had, and that with which it has begun anew since, past the script.

    From then on it is known as the run of the new one. None where that has not happened.
    """
    runs: Runs = runtime.live_runs()
    current: CurrentRun | None = st.session_state.get(own(CURRENT))
    subject = None if current is None else runs.subject_of(current.token)
    if current is None or not isinstance(subject, Experiment) or not isinstance(current.subject, Experiment):
        return None
    before, now = current.subject.data, subject.data
    if before == now:
        return None
    became = current.subject.model_copy(update={"data": now})
    st.session_state[own(CURRENT)] = replace(current, subject=became, link=_link_of(current, runs))
    return before, now


def let_rest(rests: bool) -> None:
    """Whether runs that begin from now on may not train yet: the class of the session is paused."""
    st.session_state[own(REST)] = rests


def claim(value: Any) -> None:
    """Note that a page had a run; the next `run_of` settles whether it gets it back. For use in callbacks."""
    address.keep()
    token = value.get("token") if isinstance(value, Mapping) else None
    if isinstance(token, str) and len(token) <= LONGEST:
        st.session_state[own(CLAIM)] = Claim(token, value.get("here") is True)
        st.session_state[own(ANSWERED)] = token


def answered_claim() -> str:
    """The token of the last claim that was settled."""
    return str(st.session_state.get(own(ANSWERED), ""))


def name_of_session() -> str:
    """By which a page can tell that it has come to another session, which knows nothing of its run."""
    return str(st.session_state.setdefault(NAME, secrets.token_hex(4)))


def _settled(claim: Claim, opened: CurrentRun, runs: Runs) -> CurrentRun:
    """The run that was claimed, if it is one of what the session shows and no other page watches it.

    A page that has shown it all the while may just have changed a knob: then it is adjusted, or ended.
    """
    subject, told = _subject_of(claim.token, opened, runs), runs.link_of(claim.token)
    if claim.token == opened.token:
        return opened
    if subject is None or told is None or runs.task_of(claim.token) != opened.task:
        return replace(opened, lost=True)
    if claim.here and not _may_become(subject, opened.subject):
        runs.close(claim.token)
        return opened
    if not claim.here and (not _is_link_of(told, opened.subject) or runs.is_watched(claim.token)):
        return opened
    runs.close(opened.token)
    return _adjusted(CurrentRun(claim.token, subject, told, task=opened.task), opened.subject, runs)


def _is_link_of(link: str, subject: Subject) -> bool:
    """Whether the link asks for this; of edits, which no link holds, it may speak."""
    return {name: text for name, text in of_link(link).items() if name not in EDITED} == subject.to_query()


def replace_gone(events: Events, run: CurrentRun) -> None:
    """Begin anew with a new run if the page of `run` has said that it is gone."""
    if events.gone == run.token:
        forget(run.token)
        st.rerun()


def forget(token: str) -> None:
    """Make the next run a new one if the session's run is still the one called `token`."""
    current: CurrentRun | None = st.session_state.get(own(CURRENT))
    if current is not None and current.token == token:
        runs: Runs = runtime.live_runs()
        st.session_state[own(LOST)] = not runs.exists(token)
        del st.session_state[own(CURRENT)]
        runs.close(token)


def _subject_of(token: str, like: CurrentRun, runs: Runs) -> Subject | None:
    """What the run called `token` trains, if it is of the kind that the page shows."""
    subject = runs.subject_of(token)
    return subject if type(subject) is type(like.subject) else None


def _may_become(subject: Subject, other: Subject) -> bool:
    if isinstance(subject, Experiment) and isinstance(other, Experiment):
        return subject.may_become(other)
    return subject == other


def _goes_on_as(current: CurrentRun, subject: Subject, runs: Runs, anew: bool) -> bool:
    if anew and _link_of(current, runs) != link(subject.to_query()):
        return False
    if current.subject == subject:
        return True
    return _may_become(current.subject, subject) and runs.exists(current.token)


def _adjusted(current: CurrentRun, subject: Subject, runs: Runs) -> CurrentRun:
    """The run, which may become one of `subject`, as that."""
    if current.subject == subject or not isinstance(subject, Experiment):
        return replace(current, link=_link_of(current, runs))
    if not _may_become(runs.subject_of(current.token) or current.subject, subject):
        return current  # it has begun anew with other points just now, of which its page will tell
    told = runs.adjust(current.token, subject)
    return replace(current, subject=subject, link=told or current.link)


def _link_of(current: CurrentRun, runs: Runs) -> str:
    return runs.link_of(current.token) or current.link


def _exchange(old: CurrentRun | None, subject: Subject, task: Task | None, runs: Runs) -> str:
    visitor, rests = current_visitor(runs.limits.proxies), bool(st.session_state.get(own(REST)))
    if old is None:
        return runs.open(subject, visitor, task, rests)
    try:
        token = runs.open(subject, visitor, task, rests)
    except Refused:
        # A full server still has this session's own place.
        runs.close(old.token)
        del st.session_state[own(CURRENT)]
        return runs.open(subject, visitor, task, rests)
    runs.close(old.token)
    return token
