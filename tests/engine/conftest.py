"""One TensorFlow for all engine tests, set up as a worker sets it up."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from playground.core import Data, Experiment, Model, Train, make_dataset
from playground.engine import (
    Epoch,
    Program,
    Trainer,
    build_model,
    compile_program,
    configure_process,
    expand,
    program_key,
    targets,
)
from playground.engine.kept_programs import KeptPrograms

configure_process()

PROGRAMS_KEPT = 64
_programs: KeptPrograms[str, Program] = KeptPrograms(PROGRAMS_KEPT)


def program_of(experiment: Experiment) -> Program:
    """The program of an experiment, compiled once for all tests of a process that share its architecture."""
    return _programs.get(program_key(experiment), lambda: compile_program(experiment))


def epochs_of(experiment: Experiment) -> list[Epoch]:
    """All epochs of a run, the untrained network first."""
    trainer = Trainer(experiment, program_of(experiment))
    return [trainer.current, *(epoch for epoch in trainer.slices(1.0) if epoch is not None)]


@pytest.fixture(scope="session")
def small() -> Experiment:
    """Forty training points in batches of sixteen: two full batches and a partial one."""
    return Experiment(data=Data(samples=50, test=0.2), train=Train(batch_size=16, epochs=30))


def experiment_with(experiment: Experiment, **fields: Any) -> Experiment:
    """The experiment with fields of any of its parts replaced."""
    parts: dict[str, Any] = {}
    for name, kind in (("data", Data), ("model", Model), ("train", Train)):
        own = {key: value for key, value in fields.items() if key in kind.model_fields}
        parts[name] = kind(**{**getattr(experiment, name).model_dump(), **own})
    return Experiment(**parts)


def next_epoch(slices: Iterator[Epoch | None]) -> Epoch:
    """Train until the next epoch is whole."""
    return next(epoch for epoch in slices if epoch is not None)


def assert_figures_are_those_of_keras_evaluate(experiment: Experiment, epoch: Epoch) -> None:
    """Loss and accuracy of an epoch are those of its network over all points of either part."""
    model, data = build_model(experiment), make_dataset(experiment.data)
    model.set_weights(epoch.weights)
    for X, y, loss, accuracy in (
        (data.X_train, data.y_train, epoch.loss, epoch.accuracy),
        (data.X_test, data.y_test, epoch.val_loss, epoch.val_accuracy),
    ):
        told = model.evaluate(expand(experiment, X), targets(experiment, y), verbose=0, return_dict=True)
        assert loss == pytest.approx(told["loss"], rel=1e-5)
        assert accuracy == pytest.approx(told.get("accuracy", np.nan), rel=1e-6, nan_ok=True)


class KerasFit:
    """`keras.Model.fit(shuffle=False)` fed the order that the playground promises: the oracle of these tests."""

    def __init__(self, experiment: Experiment) -> None:
        self.experiment, self.train = experiment, experiment.train
        self.model = build_model(experiment)
        data = make_dataset(experiment.data)
        self.X, self.y = expand(experiment, data.X_train), targets(experiment, data.y_train)
        self.test = expand(experiment, data.X_test), targets(experiment, data.y_test)
        self.validation = expand(experiment, data.X_validation), targets(experiment, data.y_validation)

    def run(self, epochs: int, **options: Any) -> dict[str, list[float]]:
        """Train all epochs in one `fit`, batch by batch in each epoch's order; the history."""
        n, size = len(self.X), min(self.train.batch_size, len(self.X))
        steps = -(-n // size)
        history = self.model.fit(
            self._batches(size, epochs),
            steps_per_epoch=steps,
            epochs=epochs,
            shuffle=False,
            verbose=0,
            **options,
        )
        return history.history

    def _batches(self, size: int, epochs: int) -> Iterator[tuple[Any, Any]]:
        random = np.random.default_rng(self.train.seed)
        for _ in range(epochs):
            order = random.permutation(len(self.X))
            for start in range(0, len(order), size):
                rows = order[start : start + size]
                yield self.X[rows], self.y[rows]
        yield self.X[:size], self.y[:size]  # fit looks one batch ahead
