"""One neuron in the main chart: its map, and all its incoming weights."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from playground.runtime.engine import Floats32
from playground.runtime.protocol.page import Focus
from playground.runtime.protocol.server import FocusedNeuron
from playground.runtime.views.network import input_maps
from playground.runtime.views.quantised import as_bytes, reach_of
from playground.runtime.views.snapshot import Snapshot

CELLS = 64


def focused(snapshot: Snapshot, focus: Focus) -> tuple[FocusedNeuron, dict[str, NDArray[np.generic]]] | None:
    """The neuron's part of a frame: in the header, and its arrays; None when there is no such neuron."""
    maps = _layer_maps(snapshot, focus.layer)
    if focus.unit >= len(maps):
        return None
    values = maps[focus.unit : focus.unit + 1]
    reach = reach_of(values, _activation(snapshot, focus.layer))
    header = FocusedNeuron(layer=focus.layer, unit=focus.unit, lo=-reach, hi=reach)
    arrays: dict[str, NDArray[np.generic]] = {"focus_map": as_bytes(values, -reach, reach)}
    if focus.layer:
        dense = snapshot.network.dense()[focus.layer - 1]
        header["bias"] = float(dense.bias[focus.unit])
        arrays["incoming"] = dense.kernel[:, focus.unit].astype(np.float32)
    return header, arrays


def _activation(snapshot: Snapshot, layer: int) -> str:
    """Its name; inputs have none."""
    return ("", *snapshot.experiment.model.activations, snapshot.experiment.output)[layer]


def _layer_maps(snapshot: Snapshot, layer: int) -> Floats32:
    if layer == 0:
        return input_maps(snapshot, CELLS)
    if layer > len(snapshot.experiment.model.hidden) + 1:
        return np.empty((0, CELLS, CELLS), np.float32)
    return snapshot.network.neuron_maps(snapshot.x1, snapshot.x2, CELLS)[layer]
