"""One frame of a wall: every cell's boundary at one epoch, and the figures that the page lacks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from playground.core.history import FIGURES
from playground.runtime.engine import Floats32
from playground.runtime.jobs.slices import SLICE_SECONDS
from playground.runtime.jobs.wall.cells import cell_maps, seed_maps
from playground.runtime.jobs.wall.member import Member
from playground.runtime.jobs.wall.plan import map_size
from playground.runtime.jobs.wall.training import WallTraining
from playground.runtime.protocol.packing import pack
from playground.runtime.protocol.server import Standing
from playground.runtime.protocol.wall import CellsFrame
from playground.runtime.subjects import Many

MOST_BYTES = 1_000_000
"""Of the figures in a frame; what is left goes with the next ones."""


def values_of(parts: Sequence[tuple[Member, list[Floats32]]]) -> Generator[None, None, dict[int, Floats32]]:
    """What networks with these weights say over the plane, by their places, (K, n, n) each; in slices of time."""
    values: dict[int, Floats32] = {}
    for part, weights in parts:
        for found in part.maps(weights, SLICE_SECONDS):
            if found is None:
                yield
            else:
                values.update(zip(part.places, found, strict=True))
        yield
    return values


class WallPainter:
    """Makes the frames of one wall, and remembers what its page has."""

    def __init__(self, wall: Many, computed: Counter[str]) -> None:
        self._wall, self._computed = wall, computed
        self._n = map_size(wall)
        self._most_rows = max(MOST_BYTES // (4 * len(FIGURES) * len(wall.experiments)), 1)
        self.forget()

    def forget(self) -> None:
        """The page knows nothing."""
        self._rows_sent = 0

    def lacks(self, training: WallTraining) -> bool:
        """Whether the page lacks figures still when it has what was sent."""
        return self._rows_sent < training.newest + 1

    def paint(
        self, training: WallTraining, epoch: int, standing: Standing, opened: int | None
    ) -> Iterator[bytes | None]:
        """The packed frame of the epoch nearest to this one that can be seen; None until the last slice gives it."""
        self._computed["boundaries"] += 1
        shown, parts = training.weights_at(epoch)
        values = yield from values_of(parts)
        yield self._packed(training, shown, standing, values, opened)

    def _packed(
        self, training: WallTraining, epoch: int, standing: Standing, values: dict[int, Floats32], opened: int | None
    ) -> bytes:
        start = self._rows_sent
        figures = training.figures(start, self._most_rows)
        header = CellsFrame(
            type="cells",
            epoch=epoch,
            state=standing["state"],
            message=standing["message"],
            last_epoch=standing["last_epoch"],
            figures_start=start,
            waiting=training.waiting,
            computed=self._computed,
        )
        if standing.get("held"):
            header["held"] = True
        message = pack(header | _opened(opened), {"figures": figures, **self._arrays(training, epoch, values, opened)})
        self._rows_sent = start + len(figures)
        return message

    def _arrays(
        self, training: WallTraining, epoch: int, values: dict[int, Floats32], opened: int | None
    ) -> dict[str, NDArray[np.generic]]:
        cells = cell_maps(self._wall, values, self._n)
        arrays: dict[str, NDArray[np.generic]] = {
            "maps": cells.maps,
            "ranges": cells.ranges,
            "ended": np.where(training.epochs <= epoch, training.ends, 0).astype(np.uint8),
            "epochs_of": training.epochs,
        }
        if self._wall.seeds > 1:
            arrays |= {"spread": cells.spread, "disagreement": cells.disagreement}
        if opened is not None:
            self._computed["seeds"] += 1
            arrays["seed_maps"] = seed_maps(self._wall, values, opened, cells, self._n)
        return arrays


def _opened(cell: int | None) -> dict[str, int]:
    return {} if cell is None else {"opened": cell}
