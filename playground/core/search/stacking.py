"""How trials train as stacks of few shapes: compiling one takes longer than training what it compiles."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from playground.core.experiment import Experiment
from playground.core.search.ranges import Range
from playground.core.search.search import Search
from playground.core.stacks import EITHER, StackShape, stack_key, stack_shape
from playground.core.wall.axis import value_of
from playground.core.wall.shape import WIDTH

MEMBERS = 4
"""Of each stack. Twice as many take 1.7 times as long; but where few come to the last rung, which is most of the work,
those that make up the numbers are trained in vain."""
SETS_OF_POINTS = frozenset({"features", "standardize"})
"""Knobs that give members inputs of their own."""


class Stacked(NamedTuple):
    """A stack: the places of its members, of which those that are there to make up the numbers come last.

    Attributes
    ----------
    places : of `MEMBERS` networks; the first `wanted` are those that count
    """

    places: tuple[int, ...]
    wanted: int
    shape: StackShape


def stacked(search: Search, experiments: Sequence[Experiment]) -> list[Stacked]:
    """The stacks of these experiments, which are members of trials; as many shapes as the search has `stack_key` s."""
    alike: dict[str | None, list[int]] = {}
    for place, experiment in enumerate(experiments):
        alike.setdefault(stack_key(experiment), []).append(place)
    parts = [places[first : first + MEMBERS] for places in alike.values() for first in range(0, len(places), MEMBERS)]
    return [_stack(search, experiments, part) for part in parts]


def _stack(search: Search, experiments: Sequence[Experiment], part: Sequence[int]) -> Stacked:
    places = (*part, *[part[0]] * (MEMBERS - len(part)))
    shape = _room(search, stack_shape([experiments[place] for place in places]))
    return Stacked(places, len(part), shape)


def _room(search: Search, shape: StackShape) -> StackShape:
    """The shape with room for whatever trials may be in it."""
    ranges = {each.knob: each for each in search.ranges}
    layers = len(shape.hidden)
    if "activation" in ranges:
        shape = shape._replace(groups=((MEMBERS, (EITHER.join(ranges["activation"].choices),) * layers),))
    if (widest := _widest(ranges)) is not None:
        shape = shape._replace(hidden=(widest,) * layers)
    if "features" in ranges:
        lists = [value_of("features", text) for text in ranges["features"].choices]
        shape = shape._replace(features=max(map(len, lists)))
    if SETS_OF_POINTS & ranges.keys():
        shape = shape._replace(sets=MEMBERS)
    return shape


def _widest(ranges: dict[str, Range]) -> int | None:
    if WIDTH in ranges:
        return int(ranges[WIDTH].high)
    if "hidden" in ranges:
        return max(units for text in ranges["hidden"].choices for units in value_of("hidden", text) or (1,))
    return None
