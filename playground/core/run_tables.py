"""The weights and the history of a run as tables and as JSON, which other programs read."""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from playground.core import heads
from playground.core.data_csv import BYTE_ORDER_MARK
from playground.core.experiment import Experiment
from playground.core.history import CURVES
from playground.core.spreadsheets import harmless

DENSE = ("kernel", "bias")
NORMALISED = ("gamma", "beta", "moving_mean", "moving_variance")
"""What Keras calls the weights of a layer, in its order."""
WEIGHT_COLUMNS = ("layer", "array", "from", "to", "weight")


class Array(NamedTuple):
    """One array of weights: its layer and what Keras calls it; what its rows and its columns come from and go to.

    A kernel's `values` are (inputs, units), any other's (units,), with no rows named.
    """

    layer: str
    name: str
    inputs: tuple[str, ...]
    units: tuple[str, ...]
    values: NDArray[np.float32]


def arrays_of(experiment: Experiment, weights: Sequence[ArrayLike]) -> list[Array]:
    """The weights with their names, in the order of `model.get_weights()`.

    Raises
    ------
    ValueError
        When the weights are not those of a network of this experiment.
    """
    named = list(_names(experiment))
    found = [np.asarray(each, np.float32) for each in weights]
    wanted = [(len(inputs), len(units)) if inputs else (len(units),) for _layer, _name, inputs, units in named]
    if [each.shape for each in found] != wanted:
        raise ValueError(f"weights must have the shapes {wanted}. Got {[each.shape for each in found]}.")
    return [Array(*names, values) for names, values in zip(named, found, strict=True)]


def _names(experiment: Experiment) -> Iterator[tuple[str, str, tuple[str, ...], tuple[str, ...]]]:
    model, data = experiment.model, experiment.data
    inputs = experiment.inputs
    for index, width in enumerate(model.hidden, start=1):
        units = tuple(f"hidden_{index}[{unit}]" for unit in range(1, width + 1))
        for name in (*DENSE, *(NORMALISED if model.batch_norm else ())):
            yield f"hidden_{index}", name, inputs if name == "kernel" else (), units
        inputs = units
    outputs = data.class_names if heads.has_unit_per_class(data, model) else ("output",)
    for name in DENSE:
        yield "output", name, inputs if name == "kernel" else (), outputs


def weights_csv(experiment: Experiment, weights: Sequence[ArrayLike]) -> bytes:
    """A row for each weight: its layer, what it is, what it comes from and goes to, and its value."""
    return _csv(WEIGHT_COLUMNS, (row for array in arrays_of(experiment, weights) for row in _rows(array)))


def _rows(array: Array) -> Iterator[tuple[str, ...]]:
    table = np.atleast_2d(array.values)
    for row, values in zip(array.inputs or ("",), table, strict=True):
        for column, value in zip(array.units, values, strict=True):
            yield array.layer, array.name, harmless(row), harmless(column), _text(value)


def weights_json(experiment: Experiment, weights: Sequence[ArrayLike], epoch: int) -> str:
    """The epoch, and for each layer its arrays by Keras's names, as nested lists; a kernel is (inputs, units)."""
    layers: dict[str, dict[str, Any]] = {}
    for array in arrays_of(experiment, weights):
        layer = layers.setdefault(array.layer, {"name": array.layer, "units": array.units})
        if array.inputs:
            layer["inputs"] = array.inputs
        layer[array.name] = _plain(array.values)
    return _json({"epoch": epoch, "layers": list(layers.values())})


def history_csv(curves: ArrayLike) -> bytes:
    """A row for each epoch with the columns `CURVES`; empty where a figure is none."""
    table = np.asarray(curves, np.float32)
    return _csv(CURVES, ((str(int(row[0])), *map(_text, row[1:])) for row in table))


def history_json(curves: ArrayLike) -> str:
    """A list for each of `CURVES`; null where a figure is none."""
    table = np.asarray(curves, np.float32)
    columns = {name: _plain(table[:, place]) for place, name in enumerate(CURVES)}
    columns["epoch"] = table[:, 0].astype(int).tolist()
    return _json(columns)


def _csv(columns: Iterable[str], rows: Iterable[Iterable[str]]) -> bytes:
    lines = io.StringIO(newline="")
    writer = csv.writer(lines)
    writer.writerow(columns)
    writer.writerows(rows)
    return (BYTE_ORDER_MARK + lines.getvalue()).encode()


def _text(value: np.float32) -> str:
    """As short as it reads back the same float32."""
    return str(value) if math.isfinite(value) else ""


def _plain(values: NDArray[np.float32]) -> Any:
    """The same in lists, each number as short as it reads back."""
    if values.ndim > 1:
        return [_plain(row) for row in values]
    return [float(str(value)) if math.isfinite(value) else None for value in values]


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False) + "\n"
