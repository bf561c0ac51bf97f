"""A trained network as a view sees it, and what Keras itself says of the same weights."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Any, cast

import keras
import numpy as np
import numpy.typing as npt

from playground import engine
from playground.core import Data, Experiment, Model, Train
from playground.core.history import History
from playground.runtime.engine import Engine
from playground.runtime.jobs.view_message import view_message
from playground.runtime.protocol.packing import unpack
from playground.runtime.protocol.show import ViewOptions
from playground.runtime.scene import first_view
from playground.runtime.views.snapshot import Snapshot
from tests.channel_types import check_message
from tests.runtime.workbench import Message

engine.configure_process()

PARTS: dict[str, Any] = {"data": Data, "model": Model, "train": Train}
USUAL = {"hidden": (6,), "optimizer": "adam", "learning_rate": 0.03, "samples": 160, "noise": 0.2}


def experiment_of(**fields: Any) -> Experiment:
    """A small experiment with fields of any of its parts."""
    wanted = {**USUAL, **fields}
    return Experiment(
        **{
            name: kind(**{key: value for key, value in wanted.items() if key in kind.model_fields})
            for name, kind in PARTS.items()
        }
    )


@lru_cache(maxsize=32)
def _trained(experiment: Experiment, epochs: int) -> tuple[Any, list[npt.NDArray[np.float32]]]:
    steps: Iterator[Any] = engine.train(experiment)
    last = [next(steps) for _ in range(epochs)][-1]
    return engine.compile_program(experiment), [np.array(weight) for weight in last.weights]


def snapshot_of(epochs: int = 8, **fields: Any) -> Snapshot:
    """The network of an experiment after so many epochs."""
    experiment = experiment_of(**fields)
    program, weights = _trained(experiment, epochs)
    x1, x2 = first_view(experiment.data)
    history = History(10**6)
    return Snapshot(
        cast(Engine, engine), program, experiment, history, epochs, epochs, epochs, weights, x1, x2, 1000, memory={}
    )


def with_weights(snapshot: Snapshot, value: float) -> Snapshot:
    """The same network with one value for all weights."""
    return replace(snapshot, weights=[np.full_like(weight, value) for weight in snapshot.weights])


def shown(snapshot: Snapshot, view: str, **options: Any) -> Message:
    """Header and arrays as a page gets them."""
    wanted = ViewOptions.known[view].model_validate({"name": view, **options})
    message, _complete = view_message(snapshot, wanted)
    header, arrays = unpack(message)
    check_message(header, arrays)
    return header, arrays


def keras_model(snapshot: Snapshot, linear: bool = False) -> keras.Model:
    """The experiment's own Keras model with these weights; `linear` leaves the output's activation out."""
    model = engine.build_model(snapshot.experiment)
    model.set_weights(snapshot.weights)
    if not linear:
        return model
    model.layers[-1].activation = keras.activations.linear
    return keras.Sequential([keras.Input(model.input_shape[1:]), *model.layers])


def keras_outputs(snapshot: Snapshot, X: npt.NDArray[Any], linear: bool = False) -> npt.NDArray[np.float64]:
    """What Keras says of points, (n, units)."""
    found = keras_model(snapshot, linear)(engine.expand(snapshot.experiment, X), training=False)
    return np.asarray(found, dtype=np.float64)
