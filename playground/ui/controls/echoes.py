"""What a browser only repeats.

With all that is clicked it sends the values of all widgets, also of those that it has not yet been told a new value of:
when two clicks follow closely, or the page asks for something meanwhile. Streamlit takes such a value for a choice.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, ParamSpec

import streamlit as st

TELLING, UNSURE, BEGUN = "telling_browser", "unsure_whether_told", "script_begun"
ON_THE_WAY = 1.0
"""Seconds after the script has ended in which what it said may not be in the browser."""
AT_WORK = 5.0
"""Seconds after that in which a browser may still be fetching the code of a widget, which it then has not told."""

Arguments = ParamSpec("Arguments")


@dataclass
class _Told:
    """A widget's new value is on its way to the browser, which still holds the old one."""

    held: Any
    at: float | None = None
    """When the script that says it had ended; None before."""

    @property
    def has_arrived(self) -> bool:
        return self.at is not None and time.monotonic() - self.at > ON_THE_WAY


def begin() -> None:
    """Note that the script begins; before anything is told."""
    st.session_state[BEGUN] = time.monotonic()


def tell(key: str, value: Any) -> None:
    """Let the widget with this key hold `value`."""
    if key in st.session_state and not _is_on_the_way(key):
        _telling()[key] = _Told(st.session_state[key])
    elif key in _telling():
        _telling()[key].at = None
    _unsure()[key] = None
    st.session_state[key] = value


def is_unsure(key: str) -> bool:
    """Whether the value that this widget was told last may never reach the browser.

    What a script has said and the server has not sent yet, the next script's beginning drops, be it that the first was
    interrupted or just at its end. And a browser that has yet to draw what the first said draws what the next one
    says. Streamlit takes the value for told all the same, and the browser would begin with what a widget holds that was
    never told anything: with no hidden layer.
    """
    if key not in _unsure():
        return False
    at = _unsure()[key]
    return at is None or st.session_state.get(BEGUN, at) - at <= AT_WORK


def all_told() -> None:
    """The script has said everything; at its end, which an interrupted one does not reach."""
    now = time.monotonic()
    for key, at in _unsure().items():
        _unsure()[key] = now if at is None else at
    for told in _telling().values():
        told.at = now if told.at is None else told.at


def unless_repeated(key: str, take: Callable[Arguments, None]) -> Callable[Arguments, None]:
    """The callback `take` of the widget with this key, for what a visitor has chosen alone."""

    @wraps(take)
    def hear(*arguments: Arguments.args, **named: Arguments.kwargs) -> None:
        if _is_on_the_way(key) and st.session_state[key] == _telling()[key].held:
            return
        _telling().pop(key, None)
        _unsure().pop(key, None)  # a browser in which it was turned has it
        take(*arguments, **named)

    return hear


def _is_on_the_way(key: str) -> bool:
    told = _telling().get(key)
    return told is not None and not told.has_arrived


def _telling() -> dict[str, _Told]:
    telling: dict[str, _Told] = st.session_state.setdefault(TELLING, {})
    return telling


def _unsure() -> dict[str, float | None]:
    """When the script had ended that told a widget its value; None before."""
    unsure: dict[str, float | None] = st.session_state.setdefault(UNSURE, {})
    return unsure
