"""The network diagram: a map for each neuron drawn, links and biases. It comes with every frame."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from playground.core.features import FEATURES, expand_features
from playground.core.grid import grid_points
from playground.core.parts import MAX_UNITS
from playground.runtime.engine import Floats32
from playground.runtime.protocol.limits import NEURONS_DRAWN
from playground.runtime.protocol.server import Diagram, DiagramColumn, DiagramInput
from playground.runtime.protocol.show import ViewOptions
from playground.runtime.views.quantised import as_bytes, reach_of
from playground.runtime.views.snapshot import Snapshot

INPUT_CELLS = 24
RANKING_POINTS = 512
USUAL_INPUT = 1.0
"""Of standardised inputs."""

Units = NDArray[np.intp]


class NetworkOptions(ViewOptions):
    """`page` counts through the neurons of wide layers, some at a time; pages beyond the last begin again."""

    name: Literal["network"] = "network"
    page: int = Field(default=0, ge=0, le=MAX_UNITS)


def diagram(
    snapshot: Snapshot, page: int, hidden: Sequence[Floats32]
) -> tuple[Diagram, dict[str, NDArray[np.generic]]]:
    """The diagram's part of a frame: in the header, and its arrays.

    Parameters
    ----------
    hidden : of each hidden layer the maps (units, n, n) of its neurons
    """
    units = [_page_of(ranked, page) for ranked in _ranking(snapshot)]
    activations = snapshot.experiment.model.activations
    reaches = [reach_of(maps, name) for maps, name in zip(hidden, activations, strict=True)]
    maps = [as_bytes(m[u], -r, r) for m, u, r in zip(hidden, units, reaches, strict=True)]
    links, biases = _links(snapshot, units)
    columns = [DiagramColumn(units=u.tolist(), reach=r) for u, r in zip(units, reaches, strict=True)]
    arrays: dict[str, NDArray[np.generic]] = {"links": links, "biases": biases}
    if maps:
        arrays["neurons"] = np.concatenate(maps)
    return Diagram(columns=columns, page=page), arrays


def inputs(snapshot: Snapshot) -> tuple[list[DiagramInput], NDArray[np.uint8]]:
    """All features, chosen or not, or all inputs: their names and scales, and their maps (features, n, n)."""
    maps = input_maps(snapshot, INPUT_CELLS)
    least = 0.0 if snapshot.experiment.data.uses_features else USUAL_INPUT  # what is held fixed has no reach of its own
    reaches = [max(reach_of(each, ""), least) for each in maps]
    names = FEATURES if snapshot.experiment.data.uses_features else snapshot.experiment.inputs
    described = [DiagramInput(name=name, reach=reach) for name, reach in zip(names, reaches, strict=True)]
    return described, np.stack([as_bytes(m, -r, r) for m, r in zip(maps, reaches, strict=True)])


def input_maps(snapshot: Snapshot, n: int) -> Floats32:
    """Every feature over the plane, or every input as the network is given it, (features, n, n)."""
    if not snapshot.experiment.data.uses_features:
        return snapshot.network.neuron_maps(snapshot.x1, snapshot.x2, n)[0]
    with np.errstate(over="ignore"):  # the square of what just fits is too large for a float32
        return expand_features(grid_points(snapshot.x1, snapshot.x2, n), list(FEATURES)).T.reshape(-1, n, n)


def _ranking(snapshot: Snapshot) -> list[Units]:
    """The neurons of each hidden layer, the most active first.

    Ranked at the last power of two of epochs: newer weights would make neurons change places in every frame.
    """
    hidden = snapshot.experiment.model.hidden
    if all(units <= NEURONS_DRAWN for units in hidden):
        return [np.arange(units) for units in hidden]
    epoch = 1 << (snapshot.epoch.bit_length() - 1) if snapshot.epoch else 0
    known: dict[int, list[Units]] = snapshot.memory.setdefault("ranking", {})
    if epoch not in known:
        known[epoch] = _ranked(snapshot, epoch)
    return known[epoch]


def _ranked(snapshot: Snapshot, epoch: int) -> list[Units]:
    """By mean distance of the output from 0 over training points."""
    X = snapshot.data.X_train[:RANKING_POINTS]
    _kept, weights = snapshot.weights_of(epoch)
    found = snapshot.network_with(weights).layers(X)
    return [np.argsort(-np.abs(layer).mean(axis=0), kind="stable") for layer in found.hidden]


def _page_of(ranked: Units, page: int) -> Units:
    """Some neurons in the layer's own order; pages beyond the last begin again."""
    pages = -(-len(ranked) // NEURONS_DRAWN)
    start = page % pages * NEURONS_DRAWN
    return np.sort(ranked[start : start + NEURONS_DRAWN])


def _links(snapshot: Snapshot, units: list[Units]) -> tuple[Floats32, Floats32]:
    """Weights between neurons shown, layer by layer, each (from, to) row by row; and the biases of those reached."""
    layers = snapshot.network.dense()
    shown = [np.arange(len(snapshot.experiment.inputs)), *units, np.arange(layers[-1].kernel.shape[1])]
    links = [layer.kernel[np.ix_(shown[i], shown[i + 1])].ravel() for i, layer in enumerate(layers)]
    biases = [layer.bias[shown[i + 1]] for i, layer in enumerate(layers)]
    return np.concatenate(links), np.concatenate(biases)
