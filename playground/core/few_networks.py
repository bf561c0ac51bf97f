"""A few networks that stand for many on one small picture: spread evenly over a wall, each with its values."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import NamedTuple

from playground.core.architecture import program_key
from playground.core.comparison import MOST_RUNS, Comparison, shortened
from playground.core.comparison.differences import key_of
from playground.core.experiment import Experiment
from playground.core.naming import BETWEEN
from playground.core.stacks import stack_key
from playground.core.wall import Wall

MOST_NETWORKS = MOST_RUNS
MOST_ROWS = 3
"""Of a wall with two axes, where it has more columns."""
MOST_PROGRAMS = 3
"""Networks that cannot be trained as one need a program each, which takes a second or two to compile."""


class Few(NamedTuple):
    """Some networks of many.

    Attributes
    ----------
    runs : the networks, by what tells them apart
    columns : how many stand in a row
    networks : how many there are in all
    """

    runs: Comparison
    columns: int
    networks: int


def few_of(wall: Wall) -> Few | None:
    """At most `MOST_NETWORKS` networks of a wall; None where there is only one."""
    rows, columns = _places(wall)
    places = [(row * wall.n_columns + column) * wall.seeds for row, column in product(rows, columns)]
    if len(places) == 1:
        places = spread(wall.seeds, MOST_NETWORKS)
    kept = _differing(wall.experiments, _with_few_programs(wall.experiments, places))
    if len(kept) < 2:
        return None
    as_on_the_wall = len(kept) == len(rows) * len(columns) and len(rows) > 1 and len(columns) > 1
    runs = Comparison.of([(_name(wall, place), wall.experiments[place]) for place in kept])
    return Few(runs, len(columns) if as_on_the_wall else columns_for(len(kept)), len(wall.experiments))


def all_of(runs: Comparison) -> Few:
    """All networks of a comparison, but for those that would need too many programs."""
    kept = _with_few_programs(runs.experiments, range(len(runs.runs)))
    few = Comparison(tuple(runs.runs[place] for place in kept)) if 1 < len(kept) < len(runs.runs) else runs
    return Few(few, columns_for(len(few.runs)), len(runs.runs))


def columns_for(networks: int) -> int:
    """How many of so many networks stand in a row of a square."""
    return next(columns for columns in range(1, networks + 1) if columns**2 >= networks)


def spread(count: int, most: int) -> list[int]:
    """At most `most` of so many places, the first and the last among them."""
    few = min(count, most)
    return [round(place * (count - 1) / max(few - 1, 1)) for place in range(few)]


def _places(wall: Wall) -> tuple[list[int], list[int]]:
    """The rows and the columns of which each crossing is shown."""
    few = min(wall.n_rows, MOST_ROWS) if wall.n_columns > 1 else min(wall.n_rows, MOST_NETWORKS)
    columns = spread(wall.n_columns, MOST_NETWORKS // few)
    return spread(wall.n_rows, MOST_NETWORKS // len(columns)), columns


def _with_few_programs(experiments: Sequence[Experiment], places: Sequence[int]) -> list[int]:
    """Those places whose experiments are trained by few programs, which are spread over those there are."""
    keys = {place: stack_key(experiments[place]) or program_key(experiments[place]) for place in places}
    every = list(dict.fromkeys(keys.values()))
    kept = {every[place] for place in spread(len(every), MOST_PROGRAMS)}
    return [place for place in places if keys[place] in kept]


def _differing(experiments: Sequence[Experiment], places: Sequence[int]) -> list[int]:
    """Of those that are the same the first."""
    firsts = {key_of(experiments[place]): place for place in reversed(places)}
    return sorted(firsts.values())


def _name(wall: Wall, place: int) -> str:
    """What tells a network of a wall from the others that are shown, without the names of its axes' knobs."""
    label = wall.label(place)
    seed = label.pop("seed", "") if wall.seeds > 1 else ""
    return shortened(BETWEEN.join(label.values()) or f"seed {seed}")
