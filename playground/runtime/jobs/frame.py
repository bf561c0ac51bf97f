"""One frame: the boundary of an epoch, its figures, the curves that the page lacks, and what else it shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable

import numpy as np
from numpy.typing import NDArray

from playground.runtime.jobs.frame_cache import FrameCache, Packed
from playground.runtime.jobs.training import Training
from playground.runtime.protocol.packing import body_of, pack
from playground.runtime.protocol.page import Focus, Show
from playground.runtime.protocol.server import Diagram, Frame, Standing
from playground.runtime.views.focus import focused
from playground.runtime.views.mistakes import mistakes
from playground.runtime.views.network import NetworkOptions, inputs
from playground.runtime.views.picture import picture_of
from playground.runtime.views.snapshot import Snapshot


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
        self._inputs_of: Hashable = None

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
        _epoch, loss, accuracy, val_loss, val_accuracy, rate = training.history.figures_of(snapshot.displayed)
        header = Frame(
            type="frame",
            epoch=snapshot.displayed,
            state=standing["state"],
            message=standing["message"],
            last_epoch=standing["last_epoch"],
            edited=training.edited,
            loss=loss,
            accuracy=accuracy,
            val_loss=val_loss,
            val_accuracy=val_accuracy,
            learning_rate=rate,
            x1=snapshot.x1,
            x2=snapshot.x2,
            curves_start=start,
            lo=picture.lo,
            hi=picture.hi,
            computed=self._computed,
        )
        if standing.get("held"):
            header["held"] = True
        own = self._own(header, snapshot, show, focus, picture.network)
        return pack(header, {"curves": curves, **own}, [picture.body])

    def _picture(self, snapshot: Snapshot, training: Training, page: int | None) -> Packed:
        """What all who watch the same training see of an epoch."""
        self._computed["boundary"] += 1
        if page is not None:
            self._computed["network"] += 1
        if training.members == 1:
            return _picture(snapshot, page)
        key = training.key, training.edits, snapshot.epoch, snapshot.plane, page
        return self._cache.get(key, lambda: _picture(snapshot, page))

    def _own(
        self, header: Frame, snapshot: Snapshot, show: Show, focus: Focus | None, network: Diagram | None
    ) -> dict[str, NDArray[np.generic]]:
        """The arrays that are this page's own; what belongs to them goes into the header."""
        arrays: dict[str, NDArray[np.generic]] = {}
        if network is not None:
            header["network"] = self._with_inputs(network, arrays, snapshot)
        if show.rings:
            self._computed["rings"] += 1
            arrays["wrong"] = mistakes(snapshot)
        found = focused(snapshot, focus) if focus is not None else None
        if found is not None:
            self._computed["focus"] += 1
            header["focus"], more = found
            arrays |= more
        return arrays

    def _with_inputs(self, network: Diagram, arrays: dict[str, NDArray[np.generic]], snapshot: Snapshot) -> Diagram:
        """The diagram, with all features once for each part of the plane."""
        if self._inputs_of == snapshot.plane:
            return network
        self._inputs_of = snapshot.plane
        described, arrays["inputs"] = inputs(snapshot)
        return Diagram(**network, inputs=described)


def _picture(snapshot: Snapshot, page: int | None) -> Packed:
    lo, hi, network, arrays = picture_of(snapshot, page)
    return Packed(lo, hi, network, body_of(arrays))
