"""One frame: the boundary of an epoch, its figures, the curves that the page lacks, and what else it shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from numpy.typing import NDArray

from playground.core.grid import Range
from playground.runtime.jobs.frame_cache import FrameCache, Packed
from playground.runtime.jobs.training import Training
from playground.runtime.protocol.packing import body_of, pack
from playground.runtime.protocol.page import Focus, Show
from playground.runtime.protocol.server import Standing
from playground.runtime.views.answer import Looked
from playground.runtime.views.focus import focused
from playground.runtime.views.mistakes import mistakes
from playground.runtime.views.network import NetworkOptions, diagram, inputs
from playground.runtime.views.quantised import quantised
from playground.runtime.views.snapshot import Snapshot

FIGURES = ("loss", "accuracy", "val_loss", "val_accuracy", "learning_rate")
"""The columns of `core.history.CURVES` after the epoch."""


class FramePainter:
    """Makes the frames of one run, and remembers what its page has.

    Parameters
    ----------
    cache : of what is the same for all who watch the same training
    computed : counts what is looked at
    """

    def __init__(self, cache: FrameCache, computed: Counter[str]) -> None:
        self._cache, self._computed = cache, computed
        self.forget()

    def forget(self) -> None:
        """The page knows nothing."""
        self._rows_sent = 0
        self._inputs_of: tuple[Range, Range] | None = None

    def replaced(self, epoch: int) -> None:
        """The figures of this epoch are others now."""
        self._rows_sent = min(self._rows_sent, epoch)

    def frame(
        self, snapshot: Snapshot, standing: Standing, training: Training, show: Show, focus: Focus | None
    ) -> bytes:
        """The packed frame of a snapshot."""
        page = show.view.page if isinstance(show.view, NetworkOptions) else None
        picture = self._picture(snapshot, training, page)
        start, curves = self._rows_sent, training.history.curves(self._rows_sent)
        curves = curves[: snapshot.newest + 1 - start]
        self._rows_sent = start + len(curves)
        header = {
            "type": "frame",
            "epoch": snapshot.displayed,
            **standing,
            "edited": training.edited,
            **_figures(training, snapshot.displayed),
            "x1": snapshot.x1,
            "x2": snapshot.x2,
            "curves_start": start,
            **picture.header,
        }
        arrays: dict[str, NDArray[Any]] = {"curves": curves}
        for more, found in self._extras(snapshot, show, focus, page):
            header = _merged(header, more)
            arrays |= found
        return pack({**header, "computed": self._computed}, arrays, [picture.body])

    def _picture(self, snapshot: Snapshot, training: Training, page: int | None) -> Packed:
        """What all who watch the same training see of an epoch."""
        self._computed["boundary"] += 1
        if page is not None:
            self._computed["network"] += 1
        if training.members == 1:
            return _picture(snapshot, page)
        key = training.key, training.edits, snapshot.epoch, snapshot.x1, snapshot.x2, page
        return self._cache.get(key, lambda: _picture(snapshot, page))

    def _extras(self, snapshot: Snapshot, show: Show, focus: Focus | None, page: int | None) -> Iterator[Looked]:
        """What is this page's own."""
        plane = snapshot.x1, snapshot.x2
        if page is not None and self._inputs_of != plane:
            self._inputs_of = plane
            described, maps = inputs(*plane)
            yield {"network": {"inputs": described}}, {"inputs": maps}
        if show.rings:
            self._computed["rings"] += 1
            yield {}, {"wrong": mistakes(snapshot)}
        found = focused(snapshot, focus) if focus is not None else None
        if found is not None:
            self._computed["focus"] += 1
            yield found


def _picture(snapshot: Snapshot, page: int | None) -> Packed:
    """The network's answer over the plane and its border, and its diagram when a page of it is wanted."""
    picture = snapshot.network.picture(snapshot.x1, snapshot.x2, maps=page is not None)
    map_, lo, hi = quantised(picture.boundary.values, snapshot.experiment.data.task)
    header: dict[str, Any] = {"lo": lo, "hi": hi}
    arrays: dict[str, NDArray[Any]] = {"map": map_, "lines": picture.boundary.lines}
    if page is not None:
        more, found = diagram(snapshot, page, picture.hidden)
        header |= more
        arrays |= found
    return Packed(header, body_of(arrays))


def _figures(training: Training, epoch: int) -> dict[str, float]:
    row = training.history.curves(epoch)[0].tolist()
    return dict(zip(FIGURES, row[1:], strict=True))


def _merged(header: dict[str, Any], more: dict[str, Any]) -> dict[str, Any]:
    """The inputs of the diagram join what is already there of it."""
    both = {name: {**header[name], **value} for name, value in more.items() if name in header}
    return {**header, **more, **both}
