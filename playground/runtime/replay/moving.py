"""A run as an animated GIF or APNG, looked at epoch by epoch. Importing it loads Pillow."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import replace

from playground.core.thinning import evenly
from playground.figures.animation import MOST_PICTURES, Format, Ground, Still, animate
from playground.figures.shades import target_range
from playground.runtime.replay.recording import shown_epochs
from playground.runtime.scene import scene_of
from playground.runtime.views.picture import picture_of
from playground.runtime.views.snapshot import Snapshot

LOOKING = 0.2
"""The share of the work that it is to look at the run."""


def animated(snapshot: Snapshot, kind: Format = "gif") -> Generator[float, None, bytes]:
    """The file of a run up to its newest epoch, in slices that give the share done."""
    epochs = evenly(shown_epochs(snapshot), MOST_PICTURES)
    stills: list[Still] = []
    for epoch in epochs:
        stills.append(_still(snapshot, epoch))
        yield LOOKING * (len(stills) / len(epochs))
    drawing = animate(ground_of(snapshot), stills, kind)
    while True:
        try:
            share = next(drawing)
        except StopIteration as done:
            return bytes(done.value)
        yield LOOKING + (1 - LOOKING) * share


def ground_of(snapshot: Snapshot) -> Ground:
    """The plane of a run, and its training points."""
    points = scene_of(snapshot.experiment, snapshot.shown_points).points
    y, data = points["train_y"], snapshot.experiment.data
    target = target_range(y) if data.task == "regression" else (0.0, 1.0)
    return Ground(snapshot.x1, snapshot.x2, points["train_x"], y, data.n_classes, target)


def _still(snapshot: Snapshot, epoch: int) -> Still:
    look = replace(snapshot, epoch=epoch, displayed=epoch, weights=snapshot.weights_of(epoch)[1])
    picture = picture_of(look, None)
    loss = snapshot.history.figures_of(epoch)[1]
    return Still(epoch, loss, picture.arrays["map"], picture.lo, picture.hi, picture.arrays["lines"])
