"""The charts of a run at one epoch, as SVG."""

from __future__ import annotations

import numpy as np

from playground.core import heads
from playground.core.history import CURVES
from playground.core.inputs import plane_of
from playground.core.settings import input_in_words
from playground.figures.animation import Ground, Still
from playground.figures.drawings import boundary_svg, curves_svg, network_svg
from playground.figures.shades import target_range
from playground.runtime.scene import layers_in_words, scene_of
from playground.runtime.views.picture import Picture, picture_of
from playground.runtime.views.snapshot import Snapshot

LOSS, ACCURACY, WATCHED_LOSS, WATCHED_ACCURACY = (CURVES.index(name) for name in CURVES[1:5])


def boundary_chart(snapshot: Snapshot, picture: Picture | None = None) -> str:
    """The boundary with the training points; of a plane that somebody has seen already, that `picture`."""
    picture = picture or picture_of(snapshot, 0)
    points, data = scene_of(snapshot.experiment, snapshot.shown_points).points, snapshot.experiment.data
    y = points["train_y"]
    target = target_range(y) if data.task == "regression" else (0.0, 1.0)
    ground = Ground(snapshot.x1, snapshot.x2, points["train_x"], y, data.n_classes, target)
    still = Still(snapshot.displayed, None, picture.arrays["map"], picture.lo, picture.hi, picture.arrays["lines"])
    return boundary_svg(ground, still, [input_in_words(title) for title in plane_of(data).titles])


def curve_charts(snapshot: Snapshot) -> dict[str, str]:
    """The curves by what they show: the loss, and of a classification the accuracy."""
    curves = snapshot.curves().astype(np.float64)
    charts = {"Loss": curves_svg("Loss", curves[:, 0], curves[:, LOSS], curves[:, WATCHED_LOSS])}
    if snapshot.experiment.data.task == "classification":
        held = curves[:, WATCHED_ACCURACY]
        charts["Accuracy"] = curves_svg("Accuracy", curves[:, 0], curves[:, ACCURACY], held, top_value=1.0)
    return charts


def network_chart(snapshot: Snapshot, picture: Picture | None = None) -> str:
    """The network, its links by their weights; of one that somebody has seen already, that `picture`."""
    picture = picture or picture_of(snapshot, 0)
    assert picture.network is not None
    experiment = snapshot.experiment
    outputs = heads.output_units(experiment.data, experiment.model)
    units = [*(column["units"] for column in picture.network["columns"]), list(range(outputs))]
    more = [all_of - len(drawn) for all_of, drawn in zip((*experiment.model.hidden, outputs), units, strict=True)]
    names = layers_in_words(experiment)
    arrays = picture.arrays
    inputs = [input_in_words(name) for name in experiment.inputs]
    return network_svg(inputs, units, arrays["links"], arrays["biases"], names, more)
