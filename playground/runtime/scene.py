"""What a page is told when it connects: the points, the first view, and the network in words."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from playground.core import heads
from playground.core.datasets import Dataset, make_dataset, target_scale
from playground.core.experiment import Experiment
from playground.core.grid import Range, default_view
from playground.core.inputs import ShownPlane, plane_of
from playground.core.parts import Data
from playground.runtime.course import course_of
from playground.runtime.protocol.server import ExperimentFacts, Hello


def first_view(data: Data) -> tuple[Range, Range]:
    """The x1 and x2 range a page shows first."""
    return _view_of(data, make_dataset(data))


class Scene(NamedTuple):
    """What does not change while a run goes on: the header of `hello` but for how the run stands, and the points."""

    header: Hello
    points: dict[str, NDArray[np.float32]]


def scene_of(experiment: Experiment, shown_points: int, run: str = "") -> Scene:
    """The scene of an experiment; at most `shown_points` points in all, in the data's own shares."""
    data = experiment.data
    dataset = make_dataset(data)
    shown = shown_counts(data, shown_points)
    x1, x2 = _view_of(data, dataset)
    header = Hello(
        type="hello",
        run=run,
        experiment=_facts(experiment),
        summary=summary(experiment),
        x1=x1,
        x2=x2,
        shown_train=shown["train"],
        shown_test=shown["test"],
        state="loading",
        message="",
        last_epoch=0,
        course=course_of(experiment),
    )
    if "validation" in shown:
        header["shown_validation"] = shown["validation"]
    return Scene(header, _points(dataset, shown, plane_of(data)))


def summary(experiment: Experiment) -> str:
    """The network in one line: `2 inputs → 4 tanh → 2 tanh → 1 sigmoid`."""
    n_inputs = len(experiment.inputs)
    return " → ".join([f"{n_inputs} input" + ("s" if n_inputs > 1 else ""), *layers_in_words(experiment)])


def target_in_words(data: Data) -> str:
    """What a regression learns, and its unit; empty where it has no name."""
    name = data.given.target if data.given and data.task == "regression" else ""
    if not name or not data.scales_target:
        return name
    middle, deviation = target_scale(data)
    return f"{name} (0 is {middle:.4g}, 1 is {deviation:.4g} more)"


def layers_in_words(experiment: Experiment) -> list[str]:
    """Each hidden layer and the output: `["4 tanh", "2 tanh", "1 sigmoid"]`."""
    model = experiment.model
    hidden = [f"{units} {name}" for units, name in zip(model.hidden, model.activations, strict=True)]
    output = {"sigmoids": "sigmoid", "softmax1": "softmax"}.get(experiment.output, experiment.output)
    return [*hidden, f"{heads.output_units(experiment.data, model)} {output}"]


def shown_counts(data: Data, most: int) -> dict[str, int]:
    """How many points of each part a page draws, the first ones; validation only when there is one."""
    held_back = {"test": data.n_test} | ({"validation": data.n_validation} if data.n_validation else {})
    shown = {part: min(n, max(1, round(most * n / data.n_samples))) for part, n in held_back.items()}
    return {"train": min(data.n_train, most - sum(shown.values())), **shown}


def _points(dataset: Dataset, shown: dict[str, int], plane: ShownPlane) -> dict[str, NDArray[np.float32]]:
    arrays = {}
    for part, count in shown.items():
        arrays[f"{part}_x"] = plane.coordinates(getattr(dataset, f"X_{part}")[:count]).astype(np.float32)
        arrays[f"{part}_y"] = getattr(dataset, f"y_{part}")[:count].astype(np.float32)
    return arrays


def _facts(experiment: Experiment) -> ExperimentFacts:
    data, model, train = experiment.data, experiment.model, experiment.train
    return ExperimentFacts(
        task=data.task,
        n_classes=data.n_classes,
        output=experiment.output,
        loss=experiment.loss,
        n_train=data.n_train,
        n_test=data.n_test,
        n_validation=data.n_validation,
        epochs=train.epochs,
        seed=train.seed,
        dataset=data.dataset,
        learning_rate=train.learning_rate,
        features=experiment.inputs,
        uses_features=data.uses_features,
        classes=data.class_names,
        axes=plane_of(data).titles,
        held=plane_of(data).held,
        target=target_in_words(data),
        hidden=model.hidden,
        activations=model.activations,
        units_out=heads.output_units(data, model),
    )


def _view_of(data: Data, dataset: Dataset) -> tuple[Range, Range]:
    points = np.concatenate([dataset.X_train, dataset.X_test, dataset.X_validation])
    return default_view(data.dataset, plane_of(data).coordinates(points))
