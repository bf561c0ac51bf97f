"""The knobs that one dataset alone has, each as its record says that it is shown."""

from __future__ import annotations

from typing import Any

from playground.core.datasets import Numbers, OwnKnob, Picks, Slider, Switch, Typed
from playground.core.words import number as text_of_number
from playground.ui.controls import chosen
from playground.ui.controls.widgets import pick_or_type, slider, switch, text, written


def show_own_knob(knob: OwnKnob[Any]) -> None:
    """The widget of a knob of the dataset that is chosen; nothing for one that is shown elsewhere."""
    value = chosen.values()[knob.name]
    if isinstance(knob.shown, Slider):
        slider(knob.name)
    elif isinstance(knob.shown, Picks):
        pick_or_type(knob.name)
    elif isinstance(knob.shown, Numbers):
        text(knob.name, ",".join(map(text_of_number, value)))
    elif isinstance(knob.shown, Switch):
        switch(knob.name)
    elif isinstance(knob.shown, Typed):
        written(knob.name, value)
