"""What is taken away, as the bytes of a file."""

from __future__ import annotations

import tempfile
import warnings
from collections.abc import Callable, Mapping
from pathlib import Path

from playground.core.experiment import Experiment
from playground.engine import export
from playground.engine.epoch import Weights


def export_file(what: str, experiment: Experiment, epoch: int, weights: Weights) -> bytes:
    """A file of an experiment, made for whoever takes it away.

    Parameters
    ----------
    what : "script" or "notebook", which train up to `epoch`; "data", what they need beside them, empty where that is
        nothing; "keras", "onnx" or "javascript", which have the `weights`

    Raises
    ------
    KeyError
        When it is none of these.
    """
    return _FILES[what](experiment, epoch, weights)


def _keras(experiment: Experiment, _epoch: int, weights: Weights) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.keras"
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", "__array__ implementation", DeprecationWarning)  # Keras writes a file so
            export.keras_model(experiment, weights).save(path)
        return path.read_bytes()


def _data(experiment: Experiment, _epoch: int, _weights: Weights) -> bytes:
    return export.data_file(experiment) or b""


_FILES: Mapping[str, Callable[[Experiment, int, Weights], bytes]] = {
    "script": lambda experiment, epoch, weights: export.script(experiment, epoch).encode(),
    "notebook": lambda experiment, epoch, weights: export.notebook(experiment, epoch).encode(),
    "data": _data,
    "keras": _keras,
    "onnx": lambda experiment, epoch, weights: export.onnx(experiment, weights),
    "javascript": lambda experiment, epoch, weights: export.javascript(experiment, weights).encode(),
}
