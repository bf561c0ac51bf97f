"""What an axis offers: knobs in the order of the sidebar, and values of each."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from playground.core import Experiment, knobs
from playground.core.wall import COLUMNS, DEPTH, ROWS, WIDTH, offered

SEPARATOR = "|"
FIRST: dict[str, tuple[str, ...]] = {ROWS: (DEPTH, "features", "batch_size"), COLUMNS: ("learning_rate", "l2", "noise")}
"""Knobs of which the first that suits is on the axis of a wall that nobody has asked for otherwise."""


def knobs_offered(experiment: Experiment) -> tuple[str, ...]:
    """The knobs that make a good axis, as the sidebar has them: of data, of the network, of training."""
    before = list(knobs.PART_OF)
    before[before.index("hidden") : before.index("hidden")] = [DEPTH, WIDTH]
    return tuple(name for name in before if name in _offered(experiment))


def text_offered(experiment: Experiment, knob: str) -> str:
    """Values of an axis of `knob` as they are typed; empty where it makes no good axis."""
    return SEPARATOR.join(_offered(experiment).get(knob, ()))


def first_axes(experiment: Experiment) -> dict[str, str]:
    """What a link says of the axes of a wall that shows something at once."""
    return {side: text for side, order in FIRST.items() if (text := _first_of(order, experiment))}


def _first_of(order: Iterable[str], experiment: Experiment) -> str:
    """The first of these knobs that suits, with its values; empty where none does."""
    # Not all that could be offered: what is on the stage is to be shown before that is found out.
    found = offered(experiment, (knob for knob in order if _suits(knob, experiment)))
    return next((f"{knob}:{SEPARATOR.join(values)}" for knob, values in found.items()), "")


def _suits(knob: str, experiment: Experiment) -> bool:
    """Not layers for a network that has none, nor a rate that changes on the way: both would be taken from it."""
    return (knob != DEPTH or bool(experiment.model.hidden)) and all(knob != each.name for each in experiment.changes)


@lru_cache(maxsize=64)
def _offered(experiment: Experiment) -> dict[str, tuple[str, ...]]:
    return offered(experiment)
