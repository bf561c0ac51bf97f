"""How much faster the engine's epoch is than `keras.Model.fit`, measured side by side in one run.

Run from the repository: `python -m benchmarks.engine_speed`. Timings move with the machine; read the ratios.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from playground.core import Data, Experiment, Model, Rates, Train, make_dataset
from playground.engine import (
    Trainer,
    build_model,
    compile_program,
    configure_process,
    expand,
    targets,
    traces,
    view_boundary,
)


class Case(NamedTuple):
    """An experiment, and how many times faster than `fit` it must be."""

    name: str
    least_ratio: float
    experiment: Experiment
    rounds: int


CASES = (
    Case("[4,2] tanh, SGD, 250 points, batch 10", 20, Experiment(), 12),
    Case(
        "[4,4] relu, Adam, 800 points, batch 32",
        12,
        Experiment(
            data=Data(samples=1000, test=0.2),
            model=Model(hidden=(4, 4), activation=("relu",)),
            train=Train(optimizer="adam", batch_size=32),
        ),
        12,
    ),
    Case(
        "[100]x4 relu, Adam, 210 points, batch 32",
        8,
        Experiment(
            data=Data(samples=300, test=0.3),
            model=Model(hidden=(100,) * 4, activation=("relu",)),
            train=Train(optimizer="adam", batch_size=32),
        ),
        12,
    ),
    Case(
        "[6,2] tanh, RMSprop, 80,000 of 100,000 points, batch 32",
        8,
        Experiment(
            data=Data(samples=100_000, test=0.2),
            model=Model(hidden=(6, 2)),
            train=Train(optimizer="rmsprop", batch_size=32),
        ),
        3,
    ),
)


def fit_epochs(experiment: Experiment) -> Callable[[], float]:
    """A function that trains epochs with `fit` and returns the seconds of one.

    Several epochs a call where an epoch is short, to fit's advantage: starting a call costs it more than an epoch.
    """
    model, data, batch = build_model(experiment), make_dataset(experiment.data), experiment.train.batch_size
    X, y = expand(experiment, data.X_train), targets(experiment, data.y_train)
    epochs = 5 if len(X) < 5000 else 1

    def measure() -> float:
        began = time.perf_counter()
        model.fit(X, y, batch_size=batch, epochs=epochs, shuffle=False, verbose=0)
        return (time.perf_counter() - began) / epochs

    measure()
    return measure


def engine_epochs(experiment: Experiment) -> tuple[Callable[[], float], Callable[[], float], float]:
    """Functions that measure an epoch and a boundary of the engine, and what compiling took."""
    began = time.perf_counter()
    program = compile_program(experiment)
    compiled = time.perf_counter() - began
    trainer = Trainer(experiment, program)
    slices = trainer.slices()
    epochs = 20 if experiment.data.n_train < 5000 else 1

    def measure() -> float:
        began = time.perf_counter()
        for _ in range(epochs):
            while next(slices) is None:
                pass
        return (time.perf_counter() - began) / epochs

    def measure_view() -> float:
        began = time.perf_counter()
        view_boundary(program, experiment, trainer.current.weights, (-6, 6), (-6, 6))
        return time.perf_counter() - began

    measure()
    measure_view()
    return measure, measure_view, compiled


def longest_slice(experiment: Experiment, seconds: float) -> float:
    """The longest time one slice of `seconds` keeps other runs waiting, over three epochs."""
    slices = Trainer(experiment, compile_program(experiment)).slices(seconds)
    times, epochs = [], 0
    while epochs < 3:
        began = time.perf_counter()
        epochs += next(slices) is not None
        times.append(time.perf_counter() - began)
    return max(times)


def changed_knobs_trace_nothing() -> int:
    """Traces made by changing the rates, seed, dataset and noise of a compiled experiment."""
    experiment = CASES[0].experiment
    program = compile_program(experiment)
    before = traces()
    for data, train in (
        (Data(dataset="xor", noise=0.3, data_seed=5), Train(learning_rate=0.5, seed=4)),
        (Data(dataset="moons"), Train(schedule="cosine")),
    ):
        other = Experiment(data=data, train=train)
        trainer = Trainer(other, program)
        trainer.follow(other.with_rates(Rates(learning_rate=0.01, l1=0.1, l2=0.1)))
        next(trainer.slices())
    return traces() - before


def main() -> None:
    """Print a line a case."""
    configure_process()
    print(f"{'case':58} {'fit':>10} {'engine':>10} {'ratio':>7} {'goal':>5} {'boundary':>10} {'compile':>8}")
    for case in CASES:
        engine, view, compiled = engine_epochs(case.experiment)
        fit = fit_epochs(case.experiment)
        fits, engines, views = np.array([(fit(), engine(), view()) for _ in range(case.rounds)]).T
        ratio = statistics.median(fits / engines)
        print(
            f"{case.name:58} {np.median(fits) * 1e3:7.1f} ms {np.median(engines) * 1e3:7.2f} ms {ratio:6.0f}x "
            f"{case.least_ratio:4.0f}x {np.median(views) * 1e3:7.2f} ms {compiled:6.2f} s"
        )
    print(f"longest slice of 20 ms in the last case: {longest_slice(CASES[-1].experiment, 0.02) * 1e3:.0f} ms")
    print(f"traces made by changed learning rate, penalties, seed, dataset, noise: {changed_knobs_trace_nothing()}")


if __name__ == "__main__":
    main()
