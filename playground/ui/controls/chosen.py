"""What the visitor has chosen: a value for every knob, kept for the session and each page, on screen or not.

Widgets forget their value when they are hidden, so they only show what is kept here and report changes to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from random import SystemRandom
from typing import Any

import streamlit as st

from playground.core import Data, Experiment, Model, Train, change_links, knobs, query
from playground.core.rates import Changes
from playground.core.relevance import matters
from playground.ui import address, notices
from playground.ui.shown_page import own

CHOSEN = "chosen"
PLANNED = "planned"
OF_A_LINK = "of_a_link"
COURSE = "course"
ON_AXES = "on_axes"
LOCKED = "locked_knobs"
SEEDS = 10_000
"""New seeds are drawn below this: short enough to read out in a classroom."""

_dice = SystemRandom()


def values() -> dict[str, Any]:
    """The value of every knob, whether it matters now or not."""
    if own(CHOSEN) not in st.session_state:
        st.session_state[own(CHOSEN)] = {name: knobs.default(name) for name in knobs.PART_OF}
    kept: dict[str, Any] = st.session_state[own(CHOSEN)]
    return kept


def is_shown(name: str) -> bool:
    """Whether the knob `name` matters for what is chosen, or somewhere on the axes."""
    chosen = values()
    along = (case for cases in _on_axes().values() for case in cases)
    return any(matters(name, {**chosen, **case}) for case in ({}, *along))


def put_on_axes(axes: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
    """Let axes set the knobs of these names; with each stands what its values choose in place of what is chosen."""
    st.session_state[own(ON_AXES)] = dict(axes)


def is_on_axis(*names: str) -> bool:
    """Whether an axis sets one of these knobs."""
    return not _on_axes().keys().isdisjoint(names)


def lock(names: tuple[str, ...]) -> None:
    """Let the knobs of these names stay as they are, and no others."""
    st.session_state[own(LOCKED)] = names


def locked() -> tuple[str, ...]:
    """The names of knobs that are locked."""
    found: tuple[str, ...] = st.session_state.get(own(LOCKED), ())
    return found


def is_fixed(*names: str) -> bool:
    """Whether an axis sets one of these knobs, or it is locked."""
    return is_on_axis(*names) or not set(locked()).isdisjoint(names)


def take(link: Mapping[str, str | list[str]]) -> None:
    """Choose every knob as the query of `link` asks, and say what of it is refused."""
    asked, refused = Experiment.from_query(link)
    values().update((name, value) for part in parts(asked) for name, value in part)
    st.session_state[own(PLANNED)] = asked.changes
    st.session_state[own(OF_A_LINK)] = True
    notices.replace(refused)


def is_of_a_link() -> bool:
    """Whether all that is chosen was just taken from a link, whose run is not open yet."""
    return bool(st.session_state.get(own(OF_A_LINK)))


def is_opened(link: str) -> None:
    """The run of what is chosen is open; `link` gives it again, with the rates that were changed while it trained."""
    st.session_state[own(OF_A_LINK)] = False
    st.session_state[own(COURSE)] = link


def course() -> Experiment:
    """The experiment that the run is, as far as is known."""
    return Experiment.from_query(query.of_link(st.session_state.get(own(COURSE), "")))[0]


def planned() -> Changes:
    """The changes of rates that the link opened holds, but for rates that were turned since."""
    changes: Changes = st.session_state.get(own(PLANNED), ())
    return changes


def drop_planned(name: str) -> None:
    """Let the rate `name` stay what it is; for use in callbacks."""
    address.keep()
    notices.clear()
    _turned([name])


def choose(**changes: Any) -> None:
    """Choose these values by field name; for use in callbacks, before the page is drawn anew."""
    address.keep()
    notices.clear()
    if _is_free(changes):
        values().update(changes)
        _turned(changes)


def choose_text(name: str, text: str) -> None:
    """Choose what was typed for the knob `name`, read as in a link; a refused text changes nothing."""
    address.keep()
    experiment, refused = Experiment.from_query({name: text})
    notices.replace(refused)
    value = _value(experiment, name)
    if not refused and _is_free({name: value}):
        values()[name] = value
        _turned([name])


def choose_texts(texts: Mapping[str, str]) -> None:
    """Choose what was written for these knobs, read as in a link with all other choices; refused, nothing changes."""
    address.keep()
    asked, refused = Experiment.from_query({**experiment().to_query(), **texts})
    notices.replace(refused)
    found = {name: _value(asked, name) for name in texts}
    if not refused and _is_free(found):
        values().update(found)
        _turned(texts)


def choose_new_seed(name: str) -> None:
    """Choose another seed for the knob `name`."""
    choose(**{name: _dice.choice([seed for seed in range(SEEDS) if seed != values()[name]])})


def experiment() -> Experiment:
    """The experiment that is chosen. Knobs that do not matter are at their defaults.

    Choices that contradict each other are settled as in a link: the one to blame falls back, and a notice
    says why.
    """
    chosen = values()
    mattering = {name for name in knobs.PART_OF if is_shown(name)}
    data, model, train = (
        {name: chosen[name] for name in part.model_fields if name in mattering} for part in knobs.PARTS
    )
    asked = {**query.write(Data(**data), Model(**model), Train(**train)), **change_links.write(planned())}
    settled, refused = Experiment.from_query(asked)
    notices.add(refused)
    chosen.update((name, _value(settled, name)) for name in mattering)
    return settled


def data() -> Data:
    """The data that is chosen."""
    return experiment().data


def parts(experiment: Experiment) -> tuple[Data, Model, Train]:
    """Whose fields are all knobs."""
    return experiment.data, experiment.model, experiment.train


def take_experiment(asked: Experiment, refused: Sequence[str]) -> None:
    """Choose every knob as this experiment has it, and say what was refused; for use in callbacks."""
    address.keep()
    if _is_free({name: value for part in parts(asked) for name, value in part}):
        take(asked.to_query())
        notices.replace(refused)


def _is_free(changes: Mapping[str, Any]) -> bool:
    """Whether none of these changes is one of a knob that is locked; if one is, a notice says so."""
    held = [name for name in changes if name in locked() and changes[name] != values()[name]]
    if held:
        notices.replace([f"This link locks {', '.join(held)}: nothing was changed."])
    return not held


def _on_axes() -> Mapping[str, Sequence[Mapping[str, Any]]]:
    axes: Mapping[str, Sequence[Mapping[str, Any]]] = st.session_state.get(own(ON_AXES), {})
    return axes


def _turned(names: Iterable[str]) -> None:
    """A rate that is turned stays as it is from then on."""
    turned = set(names)
    st.session_state[own(PLANNED)] = tuple(change for change in planned() if change.name not in turned)


def _value(experiment: Experiment, name: str) -> Any:
    return next(getattr(part, name) for part in parts(experiment) if name in type(part).model_fields)
