"""The controls of a search: which knobs it sets, how it asks, and how much it may try."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from playground.core import knobs
from playground.core.search import KNOBS_NAME, RULES, SAMPLERS, SEARCHED, Range
from playground.core.wall import DEPTH, WIDTH
from playground.core.words import number as text_of_number
from playground.ui.controls import chosen_search
from playground.ui.controls.chosen_search import SEPARATOR, Kept
from playground.ui.controls.echoes import unless_repeated
from playground.ui.controls.widgets import show_value
from playground.ui.controls.words import AXIS_TITLES, CHOICES, Words
from playground.ui.markdown import escaped

PREFIX = "search_"
SAMPLER_TITLES = {"tpe": "TPE: learns from trials", "random": "Random"}
NUMBERS: Mapping[str, Words] = {
    "seconds": Words(
        "Seconds",
        "How long it is at work. When they are over, Play goes on. It rests while nobody looks.",
    ),
    "trials": Words("Most trials", "It ends after so many, whatever time is left."),
    "search_epochs": Words(
        "Epochs",
        "Of the trials that come so far: at a third of them, and a third of that, only the best third goes on.",
    ),
    "seeds": Words(
        "Seeds",
        "From so many seeds each trial is trained. Their mean counts: luck decides less, and it takes longer.",
    ),
    "search_seed": Words("Search seed", "The same search with the same seed tries the same trials."),
}
KNOBS_HELP = "What is tried in other values than those below. Each more takes more trials to find out about."
SAMPLER_HELP = (
    "Who chooses trials. TPE (tree-structured Parzen estimator) tries more where trials were good. Random does "
    "not look back: it is what a sampler has to beat."
)


def show_settings(kept: Kept) -> None:
    """The knobs that are searched, what is tried of each, how it asks and how much, and what is refused of that."""
    st.subheader("Search", anchor=False)
    ranges = chosen_search.offered(kept)
    _show_knobs(kept, ranges)
    _show_sampler(kept)
    names = list(NUMBERS)
    for pair in (names[:2], names[2:4], names[4:]):
        for name, column in zip(pair, st.columns(2), strict=False):
            with column:
                _show_number(name, kept)
    if kept.refused:
        st.error("  \n".join(map(escaped, ("The search stays as it was.", *kept.refused))), icon=":material/block:")


def show_searched_heading(kept: Kept) -> None:
    """What the controls below are, and which knobs are set above."""
    st.subheader("Every network", anchor=False)
    titles = ", ".join(AXIS_TITLES[knob] for knob in kept.search.knobs)
    st.caption(f"What all trials have, but for what is searched: {titles}.")


def in_words(each: Range) -> str:
    """What is tried of a knob: "Learning rate: 0.001 to 1, logarithmic"."""
    title = AXIS_TITLES[each.knob]
    if each.choices:
        labels = CHOICES.get(each.knob, {})
        names = [labels.get(choice, choice) for choice in each.choices]
        return f"{title}: {(' | ' if any(',' in name for name in names) else ', ').join(names)}"
    scale = "" if each.scale == "linear" else ", logarithmic"
    zero = "0, or " if each.may_be_zero else ""
    return f"{title}: {zero}{text_of_number(each.low)} to {text_of_number(each.high)}{scale}"


def _show_knobs(kept: Kept, ranges: Mapping[str, Range]) -> None:
    key = f"{PREFIX}knobs"
    asked = list(kept.asked_knobs)
    show_value(key, asked)
    st.multiselect(
        "Knobs",
        [*_in_order(ranges), *(knob for knob in asked if knob not in ranges)],
        format_func=lambda knob: AXIS_TITLES.get(knob, knob),
        key=key,
        help=KNOBS_HELP,
        placeholder="Choose what is searched",
        on_change=unless_repeated(key, _take_knobs),
    )
    st.caption("  \n".join(escaped(in_words(each)) for each in kept.search.ranges))


def _show_sampler(kept: Kept) -> None:
    key = f"{PREFIX}sampler"
    show_value(key, kept.asked["sampler"])
    st.selectbox(
        "Sampler",
        SAMPLERS,
        format_func=SAMPLER_TITLES.__getitem__,
        key=key,
        help=SAMPLER_HELP,
        filter_mode=None,
        on_change=unless_repeated(key, _take),
        args=("sampler",),
    )


def _show_number(name: str, kept: Kept) -> None:
    key, words, rule = f"{PREFIX}{name}", NUMBERS[name], RULES[name]
    show_value(key, int(kept.asked[name]))
    st.number_input(
        words.label,
        int(rule["minimum"]),
        int(rule["maximum"]),
        step=1,
        key=key,
        help=words.help,
        on_change=unless_repeated(key, _take),
        args=(name,),
    )


def _in_order(ranges: Mapping[str, Range]) -> list[str]:
    """As the sidebar has the knobs: of the network, of training."""
    order = list(knobs.PART_OF)
    order[order.index("hidden") : order.index("hidden")] = [DEPTH, WIDTH]
    return [knob for knob in order if knob in ranges and knob in SEARCHED]


def _take_knobs() -> None:
    chosen_search.ask(KNOBS_NAME, SEPARATOR.join(st.session_state[f"{PREFIX}knobs"]))


def _take(name: str) -> None:
    chosen_search.ask(name, str(st.session_state[f"{PREFIX}{name}"]))
