"""The session's learning-rate range test: one at a time, beside the run of the page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, cast

import streamlit as st

from playground import runtime
from playground.core.rate_test import RateTest
from playground.runtime import Limits
from playground.runtime.server.visitors import Visitor
from playground.ui.visitor import current_visitor

KEPT = "rate_test"


class Tests(Protocol):
    """What a range test needs of the runtime."""

    @property
    def limits(self) -> Limits: ...  # noqa: D102
    def open(self, subject: RateTest, visitor: Visitor) -> str: ...  # noqa: D102
    def exists(self, token: str) -> bool: ...  # noqa: D102
    def close(self, token: str) -> None: ...  # noqa: D102


@dataclass(frozen=True)
class _Kept:
    token: str
    test: RateTest


def token_of(test: RateTest) -> str:
    """The token of the session's test if it is this one, else of a new one, which takes the other's place.

    Raises
    ------
    Refused
        When the server has no room for it.
    """
    tests, kept = _tests(), _kept()
    if kept is not None and kept.test == test and tests.exists(kept.token):
        return kept.token
    end()
    token = tests.open(test, current_visitor(tests.limits.proxies))
    st.session_state[KEPT] = _Kept(token, test)
    return token


def end() -> None:
    """End the session's test, if there is one: nobody looks any more, or it is to begin anew."""
    kept = _kept()
    if kept is not None:
        del st.session_state[KEPT]
        _tests().close(kept.token)


def _kept() -> _Kept | None:
    kept: _Kept | None = st.session_state.get(KEPT)
    return kept


def _tests() -> Tests:
    return cast(Tests, runtime.live_runs())
