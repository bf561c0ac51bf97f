"""What the visitor has chosen: a value for every knob, kept for the session, on screen or not.

Widgets forget their value when they are hidden, so they only show what is kept here and report changes to it.
"""

from __future__ import annotations

from collections.abc import Mapping
from random import SystemRandom
from typing import Any

import streamlit as st

from playground.core import Data, Experiment, Model, Train, knobs, query
from playground.ui import address, notices
from playground.ui.controls.relevance import matters

CHOSEN = "chosen"
SEEDS = 10_000
"""New seeds are drawn below this: short enough to read out in a classroom."""

_dice = SystemRandom()


def values() -> dict[str, Any]:
    """The value of every knob, whether it matters now or not."""
    if CHOSEN not in st.session_state:
        st.session_state[CHOSEN] = {name: knobs.default(name) for name in knobs.PART_OF}
    kept: dict[str, Any] = st.session_state[CHOSEN]
    return kept


def is_shown(name: str) -> bool:
    """Whether the knob `name` matters for what is chosen."""
    return matters(name, values())


def take(link: Mapping[str, str | list[str]]) -> None:
    """Choose every knob as the query of `link` asks, and say what of it is refused."""
    asked, refused = Experiment.from_query(link)
    values().update((name, value) for part in _parts(asked) for name, value in part)
    notices.replace(refused)


def choose(**changes: Any) -> None:
    """Choose these values by field name; for use in callbacks, before the page is drawn anew."""
    address.keep()
    notices.clear()
    values().update(changes)


def choose_text(name: str, text: str) -> None:
    """Choose what was typed for the knob `name`, read as in a link; a refused text changes nothing."""
    address.keep()
    experiment, refused = Experiment.from_query({name: text})
    notices.replace(refused)
    if not refused:
        values()[name] = _value(experiment, name)


def choose_texts(texts: Mapping[str, str]) -> None:
    """Choose what was written for these knobs, read as in a link with all other choices; refused, nothing changes."""
    address.keep()
    asked, refused = Experiment.from_query({**experiment().to_query(), **texts})
    notices.replace(refused)
    if not refused:
        values().update((name, _value(asked, name)) for name in texts)


def choose_new_seed(name: str) -> None:
    """Choose another seed for the knob `name`."""
    choose(**{name: _dice.choice([seed for seed in range(SEEDS) if seed != values()[name]])})


def experiment() -> Experiment:
    """The experiment that is chosen. Knobs that do not matter are at their defaults.

    Choices that contradict each other are settled as in a link: the one to blame falls back, and a notice
    says why.
    """
    chosen = values()
    mattering = {name for name in knobs.PART_OF if matters(name, chosen)}
    data, model, train = (
        {name: chosen[name] for name in part.model_fields if name in mattering} for part in knobs.PARTS
    )
    settled, refused = Experiment.from_query(query.write(Data(**data), Model(**model), Train(**train)))
    notices.add(refused)
    chosen.update((name, _value(settled, name)) for name in mattering)
    return settled


def _parts(experiment: Experiment) -> tuple[Data, Model, Train]:
    return experiment.data, experiment.model, experiment.train


def _value(experiment: Experiment, name: str) -> Any:
    return next(getattr(part, name) for part in _parts(experiment) if name in type(part).model_fields)
