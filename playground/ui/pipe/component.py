"""A component that shows nothing: what a page says to the live channel comes with its triggers, and goes with its data.

It asks for the next turn itself, once it has taken over the last one; a clock of Streamlit's would be slower.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import streamlit as st
from pydantic import ValidationError

from playground import runtime
from playground.runtime.protocol.piping import Exchange
from playground.runtime.server.live_runs import LiveRuns
from playground.runtime.server.pipes import Pipes
from playground.ui import address, transport
from playground.ui.current_run import name_of_session
from playground.ui.sessions import connection_of_session
from playground.ui.web.component import files_data, mount, said

KEY = "pipe"
SAID, ANSWER = "said_to_pipe", "answer_of_pipe"
FIRST = ("pipe/mount.js",)
PATIENCE_SECONDS = 0.08
"""How long a turn waits for something to say: what the page says meanwhile waits too."""
MISTAKE = "Of a page's turn nothing was done: it must be what web/pipe.js sends. {first}"


@st.fragment
def show_pipe() -> None:
    """Have one turn with the page, if it has asked for one; only this is run again for the next.

    Of what a browser says at one moment Streamlit makes one message, which runs this alone if the turn was part of it:
    a knob that was turned just then would be heard, and nothing drawn of it.
    """
    asked = st.session_state.pop(SAID, None)
    if asked is not None:
        st.session_state[ANSWER] = json.dumps(answer(asked))
        is_news = isinstance(asked, Mapping) and asked.get("shut") is True and transport.note_shut()
        if is_news or address.is_outweighed():
            st.rerun()  # for the page to say so, or to be built with what was done
    mount(
        "pipe",
        KEY,
        {**files_data(first=FIRST, styles=()), "answer": st.session_state.get(ANSWER, "")},
        turn=_note,
    )


def _note() -> None:
    st.session_state[SAID] = said(KEY, "turn")


def answer(asked: Any) -> dict[str, object]:
    """What a page is told on its turn.

    What it says comes from a browser: nothing of it is certain, and what is no turn is refused in a sentence.
    """
    try:
        exchange = Exchange.model_validate(asked["exchange"] if isinstance(asked, Mapping) else asked)
    except (ValidationError, KeyError) as mistake:
        return {"refused": MISTAKE.format(first=_first_of(mistake))}
    pipes = pipes_of(runtime.live_runs())
    told = pipes.exchange(name_of_session(), exchange, PATIENCE_SECONDS, connection_of_session())
    return {"number": exchange.number, "channels": told}


def _first_of(mistake: ValidationError | KeyError) -> str:
    if isinstance(mistake, KeyError):
        return f"It must hold {mistake}."
    first = mistake.errors(include_url=False)[0]
    place = ".".join(map(str, first["loc"]))
    return f"{place}: {first['msg']}. Got {str(first['input'])[:100]!r}."


@lru_cache(maxsize=1)
def pipes_of(runs: LiveRuns) -> Pipes:
    """The pipes of the server."""
    return Pipes(runs, runs.limits)
