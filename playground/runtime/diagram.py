"""What a frame carries for the network diagram: a map for each neuron shown, links, biases, one neuron enlarged."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from playground.core.features import FEATURES, expand_features
from playground.core.grid import Range, grid_points
from playground.runtime.messages import Focus
from playground.runtime.quantised import as_bytes, largest
from playground.runtime.snapshot import Snapshot

MAX_SHOWN = 8
"""Neurons of a layer drawn at once; of a wider one the most active."""
INPUT_CELLS = 24
FOCUS_CELLS = 64
RANKING_POINTS = 512
BOUNDED = frozenset({"tanh", "sigmoid"})
"""Activations that stay within [-1, 1]."""

USUAL = 3.0
"""Times the mean distance from 0: stronger values have the strongest colour too."""

Arrays = dict[str, npt.NDArray[Any]]
Piece = tuple[dict[str, Any], Arrays]


class Diagram:
    """The diagram of one run: remembers which neurons of wide layers are drawn, and which inputs the page has."""

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        """The page knows nothing, or the weights of an epoch have changed."""
        self._inputs_of: tuple[Range, Range] | None = None
        self._ranked_at: int | None = None
        self._ranked: list[npt.NDArray[np.intp]] = []

    def piece(self, snapshot: Snapshot, page: int) -> Piece:
        """Header and arrays for a frame; `page` counts through the neurons of wide layers, eight at a time."""
        units = [_page_of(ranked, page) for ranked in self._ranking(snapshot)]
        engine, experiment = snapshot.engine, snapshot.experiment
        _inputs, *hidden, _outputs = engine.neuron_maps(
            snapshot.program, experiment, snapshot.weights, snapshot.x1, snapshot.x2
        )
        reaches = [_reach(maps, name) for maps, name in zip(hidden, experiment.model.activations, strict=True)]
        maps = [as_bytes(m[u], -r, r) for m, u, r in zip(hidden, units, reaches, strict=True)]
        links, biases = _links(snapshot, units)
        columns = [{"units": u.tolist(), "reach": r} for u, r in zip(units, reaches, strict=True)]
        arrays: Arrays = {"links": links, "biases": biases}
        if maps:
            arrays["neurons"] = np.concatenate(maps)
        header: dict[str, Any] = {"network": {"columns": columns, "page": page}}
        self._add_inputs(snapshot, header, arrays)
        return header, arrays

    def _ranking(self, snapshot: Snapshot) -> list[npt.NDArray[np.intp]]:
        """The neurons of each hidden layer, the most active first.

        Ranked at the last power of two of epochs: newer weights would make neurons change places in every frame.
        """
        hidden = snapshot.experiment.model.hidden
        if all(units <= MAX_SHOWN for units in hidden):
            return [np.arange(units) for units in hidden]
        epoch = 1 << (snapshot.epoch.bit_length() - 1) if snapshot.epoch else 0
        if epoch != self._ranked_at:
            self._ranked_at, self._ranked = epoch, _ranked(snapshot, epoch)
        return self._ranked

    def _add_inputs(self, snapshot: Snapshot, header: dict[str, Any], arrays: Arrays) -> None:
        """All features, chosen or not, once for each view of the plane."""
        if self._inputs_of == (snapshot.x1, snapshot.x2):
            return
        self._inputs_of = snapshot.x1, snapshot.x2
        maps = _feature_maps(list(FEATURES), snapshot.x1, snapshot.x2, INPUT_CELLS)
        reaches = [_reach(each, "") for each in maps]
        header["network"]["inputs"] = [{"name": n, "reach": r} for n, r in zip(FEATURES, reaches, strict=True)]
        arrays["inputs"] = np.stack([as_bytes(m, -r, r) for m, r in zip(maps, reaches, strict=True)])


def focus_piece(snapshot: Snapshot, focus: Focus) -> Piece | None:
    """One neuron's map for the main chart, and all its incoming weights; None when there is no such neuron."""
    maps = _layer_maps(snapshot, focus.layer)
    if focus.unit >= len(maps):
        return None
    values = maps[focus.unit : focus.unit + 1]
    last = len(snapshot.experiment.model.hidden) + 1
    activations = (*snapshot.experiment.model.activations, snapshot.experiment.output)
    reach = _reach(values, activations[focus.layer - 1] if 0 < focus.layer <= last else "")
    header: dict[str, Any] = {"layer": focus.layer, "unit": focus.unit, "lo": -reach, "hi": reach}
    arrays: Arrays = {"focus_map": as_bytes(values, -reach, reach)}
    if focus.layer:
        _place, kernel, bias = snapshot.engine.dense_weights(snapshot.experiment, snapshot.weights)[focus.layer - 1]
        header["bias"] = float(bias[focus.unit])
        arrays["incoming"] = kernel[:, focus.unit].astype(np.float32)
    return {"focus": header}, arrays


def _layer_maps(snapshot: Snapshot, layer: int) -> npt.NDArray[np.floating]:
    if layer == 0:
        return _feature_maps(list(FEATURES), snapshot.x1, snapshot.x2, FOCUS_CELLS)
    if layer > len(snapshot.experiment.model.hidden) + 1:
        return np.empty((0, FOCUS_CELLS, FOCUS_CELLS))
    found: list[npt.NDArray[np.float32]] = snapshot.engine.neuron_maps(
        snapshot.program, snapshot.experiment, snapshot.weights, snapshot.x1, snapshot.x2, FOCUS_CELLS
    )
    return found[layer]


def _feature_maps(names: list[str], x1: Range, x2: Range, n: int) -> npt.NDArray[np.float32]:
    return expand_features(grid_points(x1, x2, n), names).T.reshape(-1, n, n)


def _reach(values: npt.NDArray[np.floating], activation: str) -> float:
    """The scale of a layer's colours: symmetric about 0, the same for all its neurons.

    Unbounded outputs are greatest in the corners of the plane; what is usual there would leave the middle pale.
    """
    if activation in BOUNDED:
        return 1.0
    usual = USUAL * float(np.mean(np.abs(values), where=np.isfinite(values))) if np.isfinite(values).any() else 0.0
    return min(largest(values), usual) or 1.0


def _ranked(snapshot: Snapshot, epoch: int) -> list[npt.NDArray[np.intp]]:
    """By mean distance of the output from 0 over training points."""
    X = snapshot.data.X_train[:RANKING_POINTS]
    found = snapshot.engine.layer_outputs(snapshot.program, snapshot.experiment, snapshot.weights_of(epoch), X)
    return [np.argsort(-np.abs(layer).mean(axis=0), kind="stable") for layer in found.hidden]


def _page_of(ranked: npt.NDArray[np.intp], page: int) -> npt.NDArray[np.intp]:
    """Eight neurons in the layer's own order; pages beyond the last begin again."""
    pages = -(-len(ranked) // MAX_SHOWN)
    start = page % pages * MAX_SHOWN
    return np.sort(ranked[start : start + MAX_SHOWN])


def _links(
    snapshot: Snapshot, units: list[npt.NDArray[np.intp]]
) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
    """Weights between neurons shown, layer by layer, each (from, to) row by row; and the biases of those reached."""
    layers = snapshot.engine.dense_weights(snapshot.experiment, snapshot.weights)
    shown = [np.arange(len(snapshot.experiment.model.features)), *units, np.arange(layers[-1][1].shape[1])]
    links = [kernel[np.ix_(shown[i], shown[i + 1])].ravel() for i, (_place, kernel, _bias) in enumerate(layers)]
    biases = [bias[shown[i + 1]] for i, (_place, _kernel, bias) in enumerate(layers)]
    return np.concatenate(links), np.concatenate(biases)
