"""What a server says of a wall: networks that train in step, seen as cells along two axes, each with some seeds.

A network's place is that in `Wall.experiments`: row by row, in a row column by column, in a cell seed by seed. So the
cell of network `i` is `i // seeds`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import with_config
from typing_extensions import NotRequired, TypedDict

from playground.core.history import FIGURES
from playground.runtime.protocol.server import EXACTLY, Array, Declared, Interval, Position, Standing

Task = Literal["classification", "regression"]
ENDS: tuple[str, ...] = ("", "finished", "early_stopping", "diverged")
"""What the numbers in `ended` say; 0 goes on."""
RUN_AXIS = "run"
"""What the axis is called whose values are the runs of a comparison; no knob is called so."""


@with_config(EXACTLY)
class WallAxis(TypedDict):
    """An axis: its knob, its values as a link spells them, and where each stands along the axis on its scale."""

    knob: str
    scale: Literal["names", "linear", "log", "log_with_zero"]
    labels: list[str]
    positions: list[float]


@with_config(EXACTLY)
class WallDifference(TypedDict):
    """A knob that is not the same in all runs of a comparison. Of a change on the way the axis is called after that."""

    axis: WallAxis
    at: list[int]
    """For each cell the place of its value on the axis; -1 where the knob makes no difference to it."""


@with_config(EXACTLY)
class WallCell(TypedDict):
    """What a page must know of a cell to draw it: its task, how many maps it has, and the plane that they show.

    `axes` are the names of that plane's axes; `held` says what is held fixed beside it, and is empty where the data has
    no more than two inputs.
    """

    dataset: str
    task: Task
    n_classes: int
    values: int
    watched: str
    epochs: int
    x1: Interval
    x2: Interval
    axes: tuple[str, str]
    held: str
    summary: str


@with_config(EXACTLY)
class WallHello(Standing):
    """The first message of a connection to a wall. `links` has one for each network."""

    type: Literal["wall"]
    run: str
    networks: int
    seeds: int
    rows: WallAxis | None
    columns: WallAxis | None
    """Of a comparison the runs by their names."""
    differences: list[WallDifference]
    """Of a comparison; of a wall the axes say it."""
    cells: list[WallCell]
    links: list[str]
    epochs: int
    """Of the network that trains longest."""


@with_config(EXACTLY)
class CellsFrame(Position):
    """One epoch of a wall: every cell's boundary, and the figures of the epochs that the page does not have yet."""

    type: Literal["cells"]
    epoch: int
    figures_start: int
    """The epoch of the first row of `figures`."""
    waiting: int
    """Networks whose program is not there yet; their maps are those of the untrained networks."""
    opened: NotRequired[int]
    """The cell of which `seed_maps` shows each network."""
    computed: dict[str, int]


WALL_MESSAGES: Mapping[str, Declared] = {
    "wall": Declared(WallHello, {}),
    "cells": Declared(
        CellsFrame,
        {
            "figures": Array("float32", ("epochs", "networks", len(FIGURES))),
            # Of several seeds the mean; a cell with fewer values than others has zeros for those it lacks.
            "maps": Array("uint8", ("cells", "values", "n", "n")),
            # What 0 and 255 of a cell's maps stand for.
            "ranges": Array("float32", ("cells", 2)),
            # For each network why it has ended by this epoch, a number of ENDS, and the newest epoch it has.
            "ended": Array("uint8", ("networks",)),
            "epochs_of": Array("int32", ("networks",)),
            # With several seeds: the share (255 is 1) of them that do not say what most say, there and on the whole.
            "spread": Array("uint8", ("cells", "n", "n"), optional=True),
            "disagreement": Array("float32", ("cells",), optional=True),
            "seed_maps": Array("uint8", ("seeds", "values", "n", "n"), optional=True),
        },
    ),
}
"""Each type of message of a wall."""
