"""A wall at the epoch shown, as files are made of it."""

from __future__ import annotations

from collections.abc import Generator, Sequence

import numpy as np

from playground.core.errors import Refused
from playground.runtime.engine import Engine, Floats32
from playground.runtime.exports.wall import Maps, WallSource
from playground.runtime.jobs.wall.cells import cell_maps
from playground.runtime.jobs.wall.frame import values_of
from playground.runtime.jobs.wall.member import Member
from playground.runtime.jobs.wall.plan import map_size
from playground.runtime.jobs.wall.training import WallTraining
from playground.runtime.subjects import Many

NOT_YET = "The networks are still being built. There is something to take away once they are there."


def source_of(
    wall: Many, engine: Engine, training: WallTraining, epoch: int, *, link: str, page_link: str
) -> WallSource:
    """The wall at the epoch nearest to this one that can be seen.

    Raises
    ------
    Refused
        When its networks have no figures yet.
    """
    if training.newest < 0:
        raise Refused(NOT_YET)
    shown, parts = training.weights_at(epoch)
    return WallSource(
        link=link,
        page_link=page_link,
        of=wall,
        computes=engine,
        epoch=shown,
        figures=training.figures(0, shown + 1),
        ends=np.where(training.epochs <= shown, training.ends, 0).astype(np.uint8),
        epochs=np.minimum(training.epochs, shown),
        look=lambda: _maps(wall, parts),
    )


def _maps(wall: Many, parts: Sequence[tuple[Member, list[Floats32]]]) -> Generator[None, None, Maps]:
    values = yield from values_of(parts)
    cells = cell_maps(wall, values, map_size(wall))
    return Maps(cells.maps, cells.ranges)
