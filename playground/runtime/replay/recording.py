"""A replay of a run, looked at epoch by epoch."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from playground.core.experiment import Experiment
from playground.core.naming import in_a_line
from playground.core.settings import settings_of
from playground.core.thinning import evenly
from playground.runtime.course import course_of
from playground.runtime.protocol.server import Frame
from playground.runtime.replay.archive import Message
from playground.runtime.replay.page import PACKING, written
from playground.runtime.replay.thinning import MOST_FRAMES
from playground.runtime.scene import scene_of
from playground.runtime.views.network import inputs
from playground.runtime.views.picture import picture_of
from playground.runtime.views.snapshot import Snapshot

FIRST_PAGE = 0
"""Of wide layers the neurons that are drawn first."""


def record(
    snapshot: Snapshot,
    experiment: Experiment | None = None,
    *,
    edited: bool = False,
    title: str = "",
    address: str = "",
) -> Generator[float, None, str]:
    """The text of a replay of a run up to its newest epoch, in slices that give the share done.

    Parameters
    ----------
    snapshot : of the run, whatever epoch it shows
    experiment : what the run is, with the changes of its rates; a snapshot may have those in force at an epoch alone
    edited : whether weights were changed by hand, which the link then says
    title : else the run in a line
    address : of the page that plays the link of the run, `https://…`
    """
    experiment = experiment or snapshot.experiment
    scene = scene_of(experiment, snapshot.shown_points)
    scene.header["course"] = course_of(experiment, edited)
    if not experiment.fits_in_link:
        scene.header["course"]["link"] = ""  # that would open elsewhere without its data
    epochs = shown_epochs(snapshot)
    frames: list[Message] = []
    for frame in frames_of(snapshot, epochs):
        frames.append(frame)
        yield (1 - PACKING) * (len(frames) / len(epochs))
    told = settings_of(experiment)
    hello = scene.header, scene.points
    packing = written(hello, frames, settings=told, title=title or in_a_line(experiment), address=address)
    while True:
        try:
            next(packing)
        except StopIteration as done:
            return str(done.value)
        yield 1 - PACKING / 2


def shown_epochs(snapshot: Snapshot) -> list[int]:
    """The epochs of a run that a replay shows: of those whose weights are kept, and are numbers."""
    kept = snapshot.kept_epochs
    while len(kept) > 1 and not _finite(snapshot, kept[-1]):
        kept = kept[:-1]
    return evenly(kept, MOST_FRAMES)


def frames_of(snapshot: Snapshot, epochs: list[int]) -> Iterator[Message]:
    """A frame of each of these epochs; the first has the curves of all, and the inputs."""
    for place, epoch in enumerate(epochs):
        look = replace(snapshot, epoch=epoch, displayed=epoch, weights=snapshot.weights_of(epoch)[1])
        header, arrays = _frame(look, snapshot.newest)
        if place == 0:
            header["curves_start"], arrays["curves"] = 0, snapshot.curves()
            header["network"]["inputs"], arrays["inputs"] = inputs(look)
        yield header, arrays


def _frame(look: Snapshot, last_epoch: int) -> tuple[Frame, dict[str, NDArray[np.generic]]]:
    picture = picture_of(look, FIRST_PAGE)
    _epoch, loss, accuracy, val_loss, val_accuracy, rate = look.history.figures_of(look.displayed)
    assert picture.network is not None
    header = Frame(
        type="frame",
        epoch=look.displayed,
        state="paused",
        message="",
        last_epoch=last_epoch,
        edited=False,
        loss=loss,
        accuracy=accuracy,
        val_loss=val_loss,
        val_accuracy=val_accuracy,
        learning_rate=rate,
        x1=look.x1,
        x2=look.x2,
        curves_start=last_epoch + 1,
        lo=picture.lo,
        hi=picture.hi,
        computed={},
        network=picture.network,
    )
    return header, {**picture.arrays, "curves": np.empty((0, 6), np.float32)}


def _finite(snapshot: Snapshot, epoch: int) -> bool:
    return all(np.isfinite(weight).all() for weight in snapshot.weights_of(epoch)[1])
