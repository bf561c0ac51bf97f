"""One function a kind of widget. Ranges and choices come from the fields: a widget takes what a link may."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from playground.core import bounds, choices
from playground.core.words import number as text_of_number
from playground.ui.controls import chosen, echoes
from playground.ui.controls.words import CHOICES, KNOBS, PICKS, STEPS

PREFIX = "knob_"


def key_of(name: str) -> str:
    """Streamlit's key of the widget of the knob `name`."""
    return f"{PREFIX}{name}"


def forget_widgets() -> None:
    """Another page is shown: its widgets have these keys too, and hold nothing yet, whatever the keys say."""
    for key in [key for key in st.session_state if str(key).startswith(PREFIX)]:
        del st.session_state[key]


def show_value(key: str, value: Any) -> None:
    """Let the widget with this key show `value`; one that shows it already is left alone, even mid-drag."""
    if key not in st.session_state or st.session_state[key] != value or echoes.is_unsure(key):
        echoes.tell(key, value)


def slider(name: str) -> None:
    """A fraction to drag."""
    low, high = bounds(name)
    show_value(key_of(name), chosen.values()[name])
    st.slider(min_value=float(low), max_value=float(high), step=STEPS[name], format="%g", **_common(name, _take_value))


def whole_number(name: str, most: int | None = None, told: str | None = None) -> None:
    """A whole number to type or step, up to `most` if that is less than the field's limit, with a help of its own."""
    low, high = (int(bound) for bound in bounds(name))
    show_value(key_of(name), chosen.values()[name])
    common = _common(name, _take_value)
    st.number_input(
        min_value=low, max_value=min(high, most or high), step=1, **{**common, "help": told or common["help"]}
    )


def pick(name: str) -> None:
    """One of the field's names."""
    labels = CHOICES[name]
    show_value(key_of(name), chosen.values()[name])
    st.selectbox(
        options=choices(name),
        format_func=lambda choice: labels[choice],
        **_common(name, _take_value),
        filter_mode=None,
    )


def pick_or_type(name: str) -> None:
    """A number from a short list, or any other number in the field's range."""
    text = text_of_number(chosen.values()[name])
    show_value(key_of(name), text)
    options = sorted({*PICKS[name], text}, key=float)
    st.selectbox(options=options, accept_new_options=True, filter_mode="prefix", **_common(name, _take_text))


def text(name: str, shown: str) -> None:
    """A text to type, or a list of numbers."""
    show_value(key_of(name), shown)
    st.text_input(**_common(name, _take_text))


def written(name: str, value: str) -> None:
    """Like `text`, but what does not go with the other choices is refused, too: nothing that was written is lost."""
    show_value(key_of(name), value)
    st.text_input(**_common(name, _take_written))


def switch(name: str) -> None:
    """On or off."""
    show_value(key_of(name), chosen.values()[name])
    st.toggle(**_common(name, _take_value))


def _common(name: str, callback: Callable[[str], None]) -> dict[str, Any]:
    words = KNOBS[name]
    return {
        "label": words.label,
        "help": words.help,
        "key": key_of(name),
        "on_change": echoes.unless_repeated(key_of(name), callback),
        "args": (name,),
        "disabled": chosen.is_fixed(name),
    }


def _take_value(name: str) -> None:
    chosen.choose(**{name: st.session_state[key_of(name)]})


def _take_text(name: str) -> None:
    chosen.choose_text(name, str(st.session_state[key_of(name)]))


def _take_written(name: str) -> None:
    chosen.choose_texts({name: str(st.session_state[key_of(name)])})
