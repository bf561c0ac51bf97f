"""What all who watch a network see of an epoch: its answer over the plane, its border, and its diagram when wanted."""

from __future__ import annotations

from typing import Any, NamedTuple

from numpy.typing import NDArray

from playground.runtime.protocol.server import Diagram
from playground.runtime.views.network import diagram
from playground.runtime.views.quantised import quantised
from playground.runtime.views.snapshot import Snapshot


class Picture(NamedTuple):
    """The part of a frame that is the same for all: what goes into its header, and its arrays."""

    lo: float
    hi: float
    network: Diagram | None
    arrays: dict[str, NDArray[Any]]


def picture_of(snapshot: Snapshot, page: int | None) -> Picture:
    """The network's answer over the plane and its border, and its diagram when a page of it is wanted."""
    picture = snapshot.network.picture(snapshot.x1, snapshot.x2, maps=page is not None)
    map_, lo, hi = quantised(picture.boundary.values, snapshot.experiment.data.task)
    arrays: dict[str, NDArray[Any]] = {"map": map_, "lines": picture.boundary.lines}
    if page is None:
        return Picture(lo, hi, None, arrays)
    network, found = diagram(snapshot, page, picture.hidden)
    return Picture(lo, hi, network, {**arrays, **found})
