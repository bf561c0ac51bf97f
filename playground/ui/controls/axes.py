"""The controls of a wall: what is on its rows and its columns, how many seeds, and how many networks that makes."""

from __future__ import annotations

import streamlit as st

from playground.core.wall import COLUMNS, MAX_NETWORKS, ROWS, Wall
from playground.ui.controls import chosen_wall
from playground.ui.controls.chosen_wall import NO_KNOB, Kept
from playground.ui.controls.echoes import unless_repeated
from playground.ui.controls.offers import knobs_offered
from playground.ui.controls.widgets import show_value
from playground.ui.controls.words import AXIS_TITLES
from playground.ui.markdown import escaped

SEEDS_KEY = "wall_seeds"
SIDES = {ROWS: "Rows", COLUMNS: "Columns"}
VALUES_HELP = (
    "Values with | between. A range is 0.1..0.5 x5, one of equal multiples log 0.001..1 x7; a list of layers 8,8. "
    "They can be mixed: 0|log 0.001..1 x4."
)
SEEDS_HELP = (
    "So many networks in each cell, alike but for the seed of their first weights and of the order of the points. "
    "What differs between them is luck."
)


def show_axes(kept: Kept) -> None:
    """The axes, the seeds, and what is to be said of them."""
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.subheader("Wall", anchor=False)
        st.button(
            "Swap",
            key="wall_swap",
            icon=":material/swap_horiz:",
            type="tertiary",
            help="Make rows of the columns, and columns of the rows.",
            on_click=chosen_wall.swap,
        )
    for side in SIDES:
        _show_axis(side, kept)
    _show_seeds(kept)
    st.caption(sum_of(kept.wall))
    if kept.refused:
        st.error(_lines(("The wall stays as it was.", *kept.refused)), icon=":material/block:")
    if kept.remarks:
        st.warning(_lines(kept.remarks), icon=":material/info:")


def show_base_heading(kept: Kept) -> None:
    """What the controls below are, and which knobs are set above."""
    st.subheader("Every network", anchor=False)
    titles = [AXIS_TITLES[axis.knob] for axis in (kept.wall.rows, kept.wall.columns) if axis]
    if titles:
        st.caption(f"What all have, but for what the axes set: {' and '.join(titles)}.")


def sum_of(wall: Wall) -> str:
    """How many networks there are, and of what: "35 networks: 7 × 5, 1 seed each"."""
    count = len(wall.experiments)
    networks = f"{count} network{'s' if count > 1 else ''}"
    seeds = f"{wall.seeds} seed{'s' if wall.seeds > 1 else ''}"
    if wall.rows and wall.columns:
        return f"{networks}: {wall.n_rows} × {wall.n_columns}, {seeds} each"
    return f"{networks}, {seeds} each" if wall.rows or wall.columns else f"{networks}: {seeds}"


def _show_axis(side: str, kept: Kept) -> None:
    asked, key = kept.asked[side], f"wall_{side}"
    offered = knobs_offered(kept.base)
    show_value(key, asked.knob)
    st.selectbox(
        SIDES[side],
        (NO_KNOB, *offered, *({asked.knob} - {NO_KNOB, *offered})),
        format_func=_title,
        key=key,
        help="The knob that is another in each of them.",
        on_change=unless_repeated(key, _take_knob),
        args=(side,),
    )
    if asked.knob != NO_KNOB:
        _show_values(side, asked.text)


def _show_values(side: str, text: str) -> None:
    key = f"wall_{side}_values"
    show_value(key, text)
    st.text_input(
        f"Values of the {side}",
        key=key,
        help=VALUES_HELP,
        on_change=unless_repeated(key, _take_values),
        args=(side,),
        label_visibility="collapsed",
        placeholder="0.01|0.1 or log 0.001..1 x7",
    )


def _show_seeds(kept: Kept) -> None:
    on_axis = any(asked.knob == "seed" for asked in kept.asked.values())
    most = 1 if on_axis else MAX_NETWORKS // len(kept.wall.cells)
    show_value(SEEDS_KEY, kept.seeds)
    st.number_input(
        "Seeds",
        1,
        max(most, kept.seeds),
        step=1,
        key=SEEDS_KEY,
        help=SEEDS_HELP,
        on_change=unless_repeated(SEEDS_KEY, _take_seeds),
    )


def _take_knob(side: str) -> None:
    chosen_wall.ask_knob(side, st.session_state[f"wall_{side}"])


def _take_values(side: str) -> None:
    chosen_wall.ask_values(side, st.session_state[f"wall_{side}_values"])


def _take_seeds() -> None:
    chosen_wall.ask_seeds(int(st.session_state[SEEDS_KEY]))


def _title(knob: str) -> str:
    return "none" if knob == NO_KNOB else AXIS_TITLES[knob]


def _lines(sentences: tuple[str, ...]) -> str:
    return "  \n".join(map(escaped, sentences))
