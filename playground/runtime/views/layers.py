"""The data after each layer: a network as a series of transformations of the plane."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
from pydantic import with_config
from typing_extensions import TypedDict

from playground.core import axis, heads
from playground.core.experiment import Experiment
from playground.core.inputs import plane_of
from playground.core.projection import Projection, fit_projection
from playground.runtime.engine import Weights
from playground.runtime.protocol.server import EXACTLY, Array, ViewHeader
from playground.runtime.protocol.show import ViewOptions
from playground.runtime.scene import layers_in_words
from playground.runtime.views.answer import Looked, answers
from playground.runtime.views.snapshot import Snapshot

Floats32 = npt.NDArray[np.float32]
Floats64 = npt.NDArray[np.float64]
Stages = list[npt.NDArray[Any]]
"""The outputs (n, units) at each stage of a network."""

MAX_POINTS = 600
GRID_LINES = 11
"""Grid lines along each input,"""
LINE_POINTS = 41
"""each bent at so many points."""


class LayersOptions(ViewOptions):
    """In how many dimensions, and whether with the bent plane."""

    name: Literal["layers"] = "layers"
    dimensions: Literal[2, 3] = 2
    grid: bool = False


@with_config(EXACTLY)
class StageHeader(TypedDict):
    """A stage: an axis' name is "" where the layer has no more units; `explained` is the share of the spread shown."""

    name: str
    axes: list[str] | tuple[str, ...]
    ranges: list[list[float]]
    explained: float


@with_config(EXACTLY)
class LayersHeader(ViewHeader, total=False):
    """The input, each hidden layer and the output."""

    stages: list[StageHeader]


ARRAYS = {
    "coords": Array("float32", ("stages", "points", "dimensions"), optional=True),
    "y": Array("float32", ("points",), optional=True),
    "grid": Array("float32", ("stages", "lines", "line_points", "dimensions"), optional=True),
}


@answers(LayersOptions, LayersHeader, ARRAYS)
def look(snapshot: Snapshot, options: LayersOptions) -> Looked:
    """The first training points as the inputs, after each hidden layer and as outputs, on axes of the newest epoch.

    With the grid also lines of the plane, those of equal x2 first; NaN where a network's output is none.
    """
    plane = plane_of(snapshot.experiment.data)
    X, y = snapshot.data.X_train[:MAX_POINTS], snapshot.data.y_train[:MAX_POINTS]
    lines = grid_lines(plane.coordinates(X)) if options.grid else np.empty((0, LINE_POINTS, 2))
    drawn = stages_of(snapshot, snapshot.weights, np.concatenate([X, plane.points(lines.reshape(-1, 2))]))
    final = _final_stages(snapshot, X, [stage[: len(X)] for stage in drawn])
    projections = _projections(snapshot.experiment, final, options.dimensions)
    coordinates = _coordinates(projections, drawn)
    arrays = {"coords": coordinates[:, : len(X)], "y": y.astype(np.float32)}
    if len(lines):
        arrays["grid"] = coordinates[:, len(X) :].reshape(-1, *lines.shape[:2], options.dimensions)
    return {"stages": _described(snapshot.experiment, projections)}, arrays


def stages_of(snapshot: Snapshot, weights: Weights, X: npt.ArrayLike) -> Stages:
    """Where points are in the plane (n, 2), each hidden layer's outputs and the network's (n, units)."""
    found = snapshot.network_with(weights).layers(X)
    return [plane_of(snapshot.experiment.data).coordinates(X), *found.hidden, found.outputs]


def stage_names(experiment: Experiment) -> list[str]:
    """What the stages are called: input, layer 1: 4 tanh, …, output: 1 sigmoid."""
    *hidden, output = layers_in_words(experiment)
    return ["input", *(f"layer {k}: {words}" for k, words in enumerate(hidden, start=1)), f"output: {output}"]


def grid_lines(X: npt.ArrayLike) -> Floats64:
    """Lines of equal x2, then of equal x1, over the extent of the points: (2·GRID_LINES, LINE_POINTS, 2)."""
    (lo1, lo2), (hi1, hi2) = np.min(X, axis=0), np.max(X, axis=0)
    along1 = np.stack(np.meshgrid(axis(lo1, hi1, LINE_POINTS), axis(lo2, hi2, GRID_LINES)), axis=-1)
    along2 = np.stack(np.meshgrid(axis(lo1, hi1, GRID_LINES), axis(lo2, hi2, LINE_POINTS)), axis=-1)
    return np.concatenate([along1, along2.swapaxes(0, 1)])


def _final_stages(snapshot: Snapshot, X: npt.ArrayLike, drawn: Stages) -> Stages:
    """The stages at the newest epoch; at the one before where a run that diverged has no numbers any more."""
    for epoch in (snapshot.newest, snapshot.newest - 1):
        if epoch == snapshot.epoch:
            return drawn
        _kept, weights = snapshot.weights_of(epoch)
        if all(np.isfinite(each).all() for each in weights):
            return stages_of(snapshot, weights, X)
    return drawn


def _projections(experiment: Experiment, final: Stages, dimensions: int) -> list[Projection]:
    titles = plane_of(experiment.data).titles
    units: list[Sequence[str]] = [titles, *(() for _ in final[2:]), _output_names(experiment)]
    return [fit_projection(stage, dimensions, names) for stage, names in zip(final, units, strict=True)]


def _output_names(experiment: Experiment) -> list[str]:
    data, model = experiment.data, experiment.model
    probability = experiment.output not in ("linear", "tanh")
    if not heads.has_unit_per_class(data, model):
        return [f"P({data.class_names[1]})" if probability and data.task == "classification" else "output"]
    return [f"P({name})" if probability else name for name in data.class_names]


def _coordinates(projections: list[Projection], stages: Stages) -> Floats32:
    """(stages, n, d) float32."""
    with np.errstate(over="ignore"):
        each = (projection.coordinates(stage) for projection, stage in zip(projections, stages, strict=True))
        return np.stack([coordinates.astype(np.float32) for coordinates in each])


def _described(experiment: Experiment, projections: list[Projection]) -> list[dict[str, Any]]:
    return [
        {"name": name, "axes": shown.names, "ranges": shown.ranges.tolist(), "explained": shown.explained}
        for name, shown in zip(stage_names(experiment), projections, strict=True)
    ]
