"""A wall, as files of it are made, and how they are declared."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from playground.core import query
from playground.core.comparison import RUNS_KEY, Comparison
from playground.runtime.engine import Engine
from playground.runtime.exports.export import AnyMake, Making, Origin, known_in
from playground.runtime.protocol.wall import WallHello
from playground.runtime.subjects import Many
from playground.runtime.wall_scene import wall_scene_of


class Maps(NamedTuple):
    """What the cells say over the plane: (cells, K, n, n), and what 0 and 255 of each stand for, (cells, 2)."""

    maps: NDArray[np.uint8]
    ranges: NDArray[np.float32]


@dataclass(frozen=True, kw_only=True)
class WallSource(Origin):
    """A wall at the epoch shown.

    Attributes
    ----------
    of : its networks
    computes : what they are computed with
    epoch : the one shown
    figures : (epochs, networks, 4) from epoch 0 to the one shown; nan where a network had ended
    ends, epochs : (networks,), why each has ended by then, a number of ENDS, and the newest epoch that it has
    look : makes the maps of all cells, in slices of time
    """

    of: Many
    computes: Engine
    epoch: int
    figures: NDArray[np.float32]
    ends: NDArray[np.uint8]
    epochs: NDArray[np.int32]
    look: Callable[[], Generator[None, None, Maps]]

    @property
    def engine(self) -> Engine:
        """What computes."""
        return self.computes

    @property
    def name(self) -> str:
        """What its files are called: `spiral_wall_epoch_120`, of several datasets without their names."""
        datasets = {cell.data.dataset for cell in self.of.cells}
        of = [*datasets] if len(datasets) == 1 else []
        return "_".join([*of, "comparison" if isinstance(self.of, Comparison) else "wall", f"epoch_{self.epoch}"])

    @cached_property
    def hello(self) -> WallHello:
        """What a page is told of it; runs of a comparison are called as that page calls them."""
        hello = wall_scene_of(self.of)
        names = self._names
        if names and hello["columns"] is not None:
            hello["columns"]["labels"] = names
        return hello

    @property
    def _names(self) -> list[str]:
        """Of the runs of a comparison, by the page's link: the work itself knows none, for it is the same for all."""
        asked = query.of_link(self.page_link.partition("?")[2])
        if not isinstance(self.of, Comparison) or RUNS_KEY not in asked:
            return []
        named, _refused = Comparison.from_query(asked)
        return list(named.names) if named is not None and named.experiments == self.of.experiments else []


MakeOfWall: TypeAlias = Callable[[WallSource], Making]
WALL_EXPORTS: dict[str, MakeOfWall] = {}
"""What makes each file of a wall, by the name that a page has for it."""


def wall_exports(what: str) -> Callable[[AnyMake], AnyMake]:
    """Make a function what makes the file of a wall called `what`."""
    return known_in(WALL_EXPORTS, what)
