"""The runs that the visitor compares: what each is called and what it trains, for the session.

There may be fewer than a comparison needs: then the page says what can be done, and they wait for others.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from playground.core import page_view
from playground.core.comparison import MOST_RUNS, Comparison, read_runs, shortened, write_runs
from playground.core.comparison.links import NamedRuns
from playground.lessons.presets import Preset
from playground.ui import address, notices
from playground.ui.controls.pasted_links import named, read_links, runs_of_link
from playground.ui.shown_page import own
from playground.ui.too_long import refusals_of_address

CHOSEN = "compared"
LONGEST_KEPT_NAME = 1_000
KEPT_RULE = "A kept run must be a name and a link"


def runs() -> NamedRuns:
    """The experiments, each with its name, which is empty for the default one."""
    found: NamedRuns = st.session_state.get(own(CHOSEN), [])
    return found


def comparison() -> Comparison | None:
    """The comparison of these runs; None while they are fewer than two."""
    return Comparison.of(runs()) if len(runs()) > 1 else None


def query() -> dict[str, str]:
    """The query that gives these runs again, however few."""
    chosen = comparison()
    if chosen is not None:
        return chosen.to_query()
    return write_runs(runs()) if runs() else {}


def take(given: Mapping[str, str | list[str]]) -> None:
    """Choose the runs that the query of a link asks for, and say what of it is refused."""
    asked = page_view.without(given)
    found, refused = read_runs(asked) if asked else ([], [])
    st.session_state[own(CHOSEN)] = found
    notices.replace(refused)


def rename(place: int, text: str) -> None:
    """Call a run by another name, or by the default one; for use in callbacks."""
    before = runs()
    try:
        name = named(text)
        others = Comparison.of(before).names if len(before) > 1 else ()
        if name in (*others[:place], *others[place + 1 :]):
            raise ValueError(f"The names of runs must differ. Got “{name}” again.")
    except ValueError as refusal:
        _say([str(refusal)])
    else:
        _choose([*before[:place], (name, before[place][1]), *before[place + 1 :]])


def remove(place: int) -> None:
    """Compare the others without this run; for use in callbacks."""
    _choose([*runs()[:place], *runs()[place + 1 :]])


def remove_all() -> None:
    """Compare nothing any more; for use in callbacks."""
    _choose([])


def paste(text: str) -> str:
    """Compare the runs of these links too, one a line; for use in callbacks.

    Returns
    -------
    str
        The lines that are refused, which is said.
    """
    pasted = read_links(text, runs(), MOST_RUNS - len(runs()), address.host())
    if not _choose([*runs(), *pasted.runs], [*pasted.refused, *pasted.told]):
        return text
    return "\n".join(pasted.left)


def take_preset(preset: Preset) -> None:
    """Compare the steps of a preset instead; for use in callbacks."""
    _choose([(shortened(step.label), step.experiment) for step in preset.steps])


def take_kept(value: Any) -> None:
    """Compare kept runs: several take the place of those there are, one comes to them; for use in callbacks.

    `value` comes from a browser: ``[{"name": "slow", "link": "?noise=0.2"}, …]``; nothing of it is certain.
    """
    kept, refused = read_kept(value)
    if len(kept) == 1:
        kept = [*runs(), *kept] if len(runs()) < MOST_RUNS else runs()
    if kept:
        _choose(_different(kept), refused)
    else:
        _say(refused)


def read_kept(value: Any) -> tuple[NamedRuns, list[str]]:
    """The runs that a browser kept, and a sentence for each that is refused. Never raises."""
    if not isinstance(value, Sequence) or isinstance(value, (str, bytes)):
        return [], [f"Kept runs must be a list. Got {type(value).__name__}."]
    refused = [f"At most {MOST_RUNS} runs can be compared. Got {len(value)}."] if len(value) > MOST_RUNS else []
    found: NamedRuns = []
    for number, each in enumerate(value[:MOST_RUNS], 1):
        try:
            found += _kept_run(each)
        except ValueError as refusal:
            refused.append(f"Kept run {number}: {refusal}")
    return found, refused


def _kept_run(value: Any) -> NamedRuns:
    """One run that was kept. Raises ValueError."""
    name, address_of_it = (value.get("name"), value.get("link")) if isinstance(value, Mapping) else (None, None)
    if not isinstance(name, str) or not isinstance(address_of_it, str) or len(name) > LONGEST_KEPT_NAME:
        raise ValueError(f"{KEPT_RULE}. Got {type(value).__name__}.")
    (_default, experiment), *more = runs_of_link(address_of_it)
    if more:
        raise ValueError("it must be a link to one run. Got one to a comparison.")
    return [(shortened(name), experiment)]


def _different(kept: NamedRuns) -> NamedRuns:
    """The runs without those that are there twice."""
    return read_runs(write_runs(kept))[0]


def _choose(chosen: NamedRuns, said: Sequence[str] = ()) -> bool:
    """Compare these, unless nobody could follow their link; whether that is so."""
    too_long = list(refusals_of_address(write_runs(chosen))) if chosen else []
    if too_long:
        _say([*said, *too_long])
        return False
    st.session_state[own(CHOSEN)] = chosen
    _say(said)
    return True


def _say(sentences: Sequence[str]) -> None:
    address.keep()
    notices.replace(sentences)
