"""A cell of a wall: the experiment with the values of its row and its column."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

from playground.core import query
from playground.core.experiment import Experiment
from playground.core.wall import shape

Settings = tuple[tuple[str, Any], ...]


class Cell(NamedTuple):
    """The experiment of a cell, and the sentences of what contradicts in it; then it is not what was asked for."""

    experiment: Experiment
    contradictions: tuple[str, ...]

    @property
    def values(self) -> dict[str, Any]:
        """The value of every knob."""
        experiment = self.experiment
        return {**dict(experiment.data), **dict(experiment.model), **dict(experiment.train)}


# A wall is looked at several times while it is read, and again with every rerun of a page.
@lru_cache(maxsize=1024)
def cell(base: Experiment, settings: Settings) -> Cell:
    """The cell that a link of `base` with these knobs opens. Depth comes first, then width, whatever their axes."""
    asked = dict(settings)
    depth, width = asked.pop(shape.DEPTH, None), asked.pop(shape.WIDTH, None)
    spelt = {knob: query.text_of(value) for knob, value in asked.items()}
    experiment, refused = Experiment.from_query({**base.to_query(), **shape.shaped(base, depth, width), **spelt})
    return Cell(experiment, tuple(refused))
