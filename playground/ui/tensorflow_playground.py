"""Links of TensorFlow Playground: pasted, or come as the part of our own address that no server is told."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from playground.core import page_view
from playground.core.query import texts_of, times
from playground.core.tensorflow_playground import ELSEWHERE, LONGEST, QUERY, RULE, is_link, read_link
from playground.core.words import quoted
from playground.ui import address, asked_view, hidden_controls, locked_controls, notices
from playground.ui.controls import chosen

PASTED, REFUSED = "tensorflow_playground_link", "tensorflow_playground_refused"
HELP = "The same data, network, features and rates; what has no equal here is said."


def as_ours(query: Mapping[str, str | list[str]]) -> tuple[Mapping[str, str | list[str]], list[str]]:
    """The query of a link; of one that holds a link of TensorFlow Playground, what that stands for, and sentences."""
    given = texts_of(query.get(QUERY, []))
    if not given:
        return query, []
    if len(given) > 1:
        return {}, [f"{QUERY} is given {times(len(given))}; it may be given once."]
    text = f"#{given[0].removeprefix('#')}"
    if len(text) <= LONGEST and not is_link(text):
        return {}, [f"{QUERY}: {RULE}. Got {quoted(given[0])}."]
    reading = read_link(text)
    return dict(reading.query), reading.sentences


def open_link(text: str) -> None:
    """Choose what a link stands for, and say what of it has no equal here; for use in callbacks."""
    reading = read_link(text)
    address.keep()
    chosen.take(page_view.without(reading.query))
    asked_view.take(reading.query)
    hidden_controls.take(reading.query)
    locked_controls.take(reading.query)
    notices.add(reading.sentences)


def show_paste() -> bool:
    """A place to paste a link; whether one was opened."""
    with st.form("tensorflow_playground", border=False):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            st.text_input(
                "Open a TensorFlow Playground link",
                key=PASTED,
                placeholder="https://playground.tensorflow.org/#…",
                max_chars=LONGEST,
                help=HELP,
            )
            clicked = st.form_submit_button("Open link", on_click=_open_pasted)
        if refused := st.session_state.get(REFUSED):
            with st.container(key="refused_link"):
                st.text(refused)  # as it is: markdown would make a link of an address
    return clicked and not refused


def forget_refused() -> None:
    """The place to paste a link is shown anew."""
    st.session_state.pop(REFUSED, None)


def _open_pasted() -> None:
    address.keep()
    text = str(st.session_state[PASTED]).strip()
    st.session_state[REFUSED] = "" if is_link(text, address.host()) else _refusal(text)
    if not st.session_state[REFUSED]:
        open_link(text)


def _refusal(text: str) -> str:
    more = f" {ELSEWHERE}" if "#" in text else ""
    return f"{RULE[0].upper()}{RULE[1:]}.{more} Got {quoted(text)}."
