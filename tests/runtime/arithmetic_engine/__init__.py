"""An engine without TensorFlow for the runtime's tests, whose every frame can be checked.

Its one weight counts epochs, and its bias adds up the learning rates that trained it.

Settings of the experiment make it misbehave: batch size 13 fails to build, seed 14 raises at epoch 3, seed 15 diverges
at epoch 5, seed 16 ends the whole process at epoch 2, with seed 17 an epoch takes 2 ms, a probe or an edit 30 ms, and
seed 18 stops early at epoch 6 and restores epoch 3.
"""

from __future__ import annotations

import math
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from playground.core.experiment import Experiment
from playground.core.grid import Range

UNBUILDABLE, RAISES, DIVERGES, DIES, SLOW, RESTORES = 13, 14, 15, 16, 17, 18

epochs_trained = pictures_made = 0
"""Counted in this process."""


@dataclass(frozen=True)
class Epoch:
    epoch: int
    loss: float
    accuracy: float
    val_loss: float
    val_accuracy: float
    fit_loss: float
    learning_rate: float
    weights: list[np.ndarray]


@dataclass(frozen=True)
class Boundary:
    values: np.ndarray
    lines: np.ndarray


def configure_process() -> None:
    pass


def is_short_of_resources(fault: BaseException) -> bool:
    return False


def export_file(what: str, experiment: Experiment, epoch: int, weights: list[np.ndarray]) -> bytes:
    """What was asked for, in words; of "onnx" so much that it needs parts, and "javascript" cannot be made."""
    if what == "data":
        return b""
    if what == "javascript":
        raise RuntimeError("this engine speaks no JavaScript")
    text = f"{what} of {experiment.data.dataset} at {epoch} with {weights[0].item():g}\n"
    return text.encode() * (20_000 if what == "onnx" else 1)


def compile_program(experiment: Experiment) -> str:
    if experiment.train.batch_size == UNBUILDABLE:
        raise RuntimeError("no such network")
    return "program"


def weight_after(experiment: Experiment, epoch: int) -> float:
    return experiment.train.seed + epoch


def epoch_of(experiment: Experiment, epoch: int, rates: float = 0.0, rate: float | None = None) -> Epoch:
    loss = math.nan if experiment.train.seed == DIVERGES and epoch >= 5 else 1 / (1 + epoch)
    weights = [np.array([[weight_after(experiment, epoch)]], np.float32), np.array([rates], np.float32)]
    return Epoch(
        epoch, loss, 0.5, 2 * loss, 0.25, loss, experiment.train.learning_rate if rate is None else rate, weights
    )


class Trainer:
    def __init__(self, experiment: Experiment, program: str, checkpoint: Epoch | None = None) -> None:
        self.experiment = experiment
        self.newest = checkpoint or epoch_of(experiment, 0)

    begun = True

    @property
    def current(self) -> Epoch:
        return epoch_of(self.experiment, 3) if self.ended == "early_stopping" else self.newest

    @property
    def last_epoch(self) -> int:
        return self.newest.epoch

    def slices(self, seconds: float = 0.02) -> Iterator[Epoch | None]:
        while self.ended is None:
            yield None
            epoch, seed = self.newest.epoch + 1, self.experiment.train.seed
            if seed == RAISES and epoch == 3:
                raise RuntimeError("a fault")
            if seed == DIES and epoch == 2:
                os._exit(1)
            if seed == SLOW:
                time.sleep(0.002)
            global epochs_trained
            epochs_trained += 1
            rate = self.experiment.rates_at(epoch - 1).learning_rate
            self.newest = epoch_of(self.experiment, epoch, self.newest.weights[1].item() + rate, rate)
            yield self.newest

    def follow(self, experiment: Experiment) -> None:
        self.experiment = self.experiment.going_on_as(experiment, self.newest.epoch)
        if self.newest.epoch == 0:
            self.newest = epoch_of(self.experiment, 0)

    def set_epochs(self, epochs: int) -> None:
        train = self.experiment.train.model_copy(update={"epochs": epochs})
        self.experiment = self.experiment.model_copy(update={"train": train})

    def edit_slices(self, weights: list[np.ndarray], seconds: float = 0.02) -> Iterator[Epoch | None]:
        yield None
        if self.experiment.train.seed == SLOW:
            time.sleep(0.03)
        self.newest = replace(self.newest, weights=weights)
        yield self.newest

    def checkpoint(self) -> Epoch:
        return self.newest

    @property
    def ended(self) -> str | None:
        if math.isnan(self.newest.loss):
            return "diverged"
        if self.experiment.train.seed == RESTORES and self.newest.epoch >= 6:
            return "early_stopping"
        return "finished" if self.newest.epoch >= self.experiment.train.epochs else None


@dataclass(frozen=True)
class Dense:
    place: int
    kernel: np.ndarray
    bias: np.ndarray


@dataclass(frozen=True)
class Picture:
    boundary: Boundary
    hidden: list[np.ndarray]


@dataclass(frozen=True)
class Network:
    """A network that answers with its one weight; what else a view may ask of one is not told."""

    experiment: Experiment
    weights: list[np.ndarray]

    def boundary(self, x1: Range, x2: Range) -> Boundary:
        value = (self.weights[0].item() % 256) / 255
        lines = np.array([[x1[0], x2[0]], [x1[1], x2[1]]], np.float32)
        return Boundary(np.full((1, 100, 100), value, np.float32), lines)

    def picture(self, x1: Range, x2: Range, maps: bool) -> Picture:
        global pictures_made
        pictures_made += 1
        return Picture(self.boundary(x1, x2), [])

    def predict(self, X: ArrayLike) -> np.ndarray:
        if self.experiment.train.seed == SLOW:
            time.sleep(0.03)
        return np.full((len(np.asarray(X)), 1), self.weights[0].item(), np.float32)

    def dense(self) -> list[Dense]:
        return [Dense(0, self.weights[0], self.weights[1])]

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(f"the arithmetic engine has no {name}")


def make_network(program: str, experiment: Experiment, weights: list[np.ndarray]) -> Network:
    return Network(experiment, weights)


make_trainer = Trainer
