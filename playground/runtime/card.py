"""A network at one epoch as a card for slides and posts: boundary, network and figures. Importing it loads Pillow."""

from __future__ import annotations

import math

from playground.figures.card import Card, NetworkSketch, PlanePicture
from playground.runtime.engine import Floats32, Network
from playground.runtime.scene import Scene, scene_of

POINTS = 400
"""Points drawn."""


def card_of(title: str, network: Network, figures: list[tuple[str, str]]) -> Card:
    """The card of a network."""
    experiment = network.experiment
    scene = scene_of(experiment, POINTS)
    picture = network.picture(scene.header["x1"], scene.header["x2"], maps=True)
    plane = plane_of(scene, picture.boundary.values, picture.boundary.lines)
    kernels = [layer.kernel for layer in network.dense()]
    sketch = NetworkSketch(experiment.inputs, kernels, picture.hidden, experiment.data.task == "classification")
    return Card(title, plane, sketch, figures)


def plane_of(scene: Scene, values: Floats32, lines: Floats32) -> PlanePicture:
    """The plane of a scene, with the values (K, n, n) over it and the boundary's lines (m, 2)."""
    header, points = scene
    task = header["experiment"]["task"]
    return PlanePicture(header["x1"], header["x2"], values, lines, points["train_x"], points["train_y"], task)


def figures_in_words(
    epoch: int, loss: float, accuracy: float, val_loss: float, val_accuracy: float
) -> list[tuple[str, str]]:
    """The figures of an epoch as a card names them; those that are none are left out."""
    found = [("epoch", str(epoch)), *_as_number("loss", loss)]
    if math.isfinite(accuracy):
        return [*found, *_as_share("accuracy", accuracy), *_as_share("test accuracy", val_accuracy)]
    return [*found, *_as_number("test loss", val_loss)]


def _as_number(name: str, value: float) -> list[tuple[str, str]]:
    return [(name, f"{value:.3g}")] if math.isfinite(value) else []


def _as_share(name: str, value: float) -> list[tuple[str, str]]:
    return [(name, f"{100 * value:.1f}%")] if math.isfinite(value) else []
