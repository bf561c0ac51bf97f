"""Equal experiments give bit-identical runs, whoever else trains beside them and wherever."""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
from itertools import zip_longest
from typing import Any

import numpy as np
import pytest

from playground.core import Experiment
from playground.engine import Checkpoint, Epoch, Program, Trainer, compile_program, train

from .conftest import experiment_with, next_epoch


@pytest.fixture(scope="module")
def experiment(small: Experiment) -> Experiment:
    """Every kind of state at once: optimizer slots, dropout generators, batch statistics, penalties, a schedule."""
    return experiment_with(
        small, hidden=(5, 3), dropout=0.2, batch_norm=True, l1=0.001, l2=0.01, optimizer="nadam",
        learning_rate=0.01, schedule="cosine", epochs=12, noise=0.2,
    )  # fmt: skip


@pytest.fixture(scope="module")
def program(experiment: Experiment) -> Program:
    return compile_program(experiment)


@pytest.fixture(scope="module")
def alone(experiment: Experiment, program: Program) -> list[Epoch]:
    return _run(Trainer(experiment, program))


def _run(trainer: Trainer, seconds: float = 1.0) -> list[Epoch]:
    return [trainer.current, *(epoch for epoch in trainer.slices(seconds) if epoch is not None)]


def _figures(epoch: Epoch) -> tuple[float, ...]:
    return (
        epoch.epoch, epoch.loss, epoch.accuracy, epoch.val_loss, epoch.val_accuracy, epoch.fit_loss,
        epoch.learning_rate,
    )  # fmt: skip


def _assert_same(left: list[Epoch], right: list[Epoch]) -> None:
    assert len(left) == len(right)
    for one, other in zip(left, right, strict=True):
        np.testing.assert_array_equal(_figures(one), _figures(other))
        for a, b in zip(one.weights, other.weights, strict=True):
            np.testing.assert_array_equal(a, b)


def test_a_second_run_is_bit_identical(experiment: Experiment, program: Program, alone: list[Epoch]) -> None:
    _assert_same(alone, _run(Trainer(experiment, program)))


def test_a_run_through_train_is_bit_identical(experiment: Experiment, alone: list[Epoch]) -> None:
    _assert_same(alone, list(train(experiment)))


def test_a_run_on_a_program_compiled_anew_for_a_sibling_is_bit_identical(
    experiment: Experiment, alone: list[Epoch]
) -> None:
    sibling = experiment_with(experiment, seed=99, learning_rate=3.0, dataset="xor", l1=0.0, init="normal")
    _assert_same(alone, _run(Trainer(experiment, compile_program(sibling))))


def test_a_run_beside_three_others_on_its_program_is_bit_identical(
    experiment: Experiment, program: Program, alone: list[Epoch]
) -> None:
    others = [experiment_with(experiment, **fields) for fields in ({"seed": 7}, {"data_seed": 8}, {"l2": 1.0})]
    runs = [Trainer(each, program) for each in [experiment, *others]]
    turns = zip_longest(*(run.slices(seconds=1e-9) for run in runs))
    epochs = [turn[0] for turn in turns if turn[0] is not None]
    _assert_same(alone, [Trainer(experiment, program).current, *epochs])


def test_changing_the_rates_of_one_run_leaves_another_bit_identical(
    experiment: Experiment, program: Program, alone: list[Epoch]
) -> None:
    mine, theirs = Trainer(experiment, program), Trainer(experiment, program)
    epochs = [mine.current]
    for epoch, _ in zip(mine.slices(1.0), theirs.slices(1.0), strict=False):
        theirs.set_rates(learning_rate=1.0 + len(epochs), l1=0.5, l2=0.25)
        epochs += [epoch] if epoch else []
    _assert_same(alone, epochs)
    assert theirs.current.loss != mine.current.loss


@pytest.mark.parametrize("seconds", [1e-9, 1e-4, 10.0])
def test_the_length_of_slices_changes_no_bit(
    experiment: Experiment, program: Program, alone: list[Epoch], seconds: float
) -> None:
    _assert_same(alone, _run(Trainer(experiment, program), seconds))


def test_short_slices_give_control_back_between_steps(experiment: Experiment, program: Program) -> None:
    slices = Trainer(experiment, program).slices(seconds=1e-9)
    assert [next(slices) is None for _ in range(4)] == [
        True,
        True,
        True,
        False,
    ]  # 3 steps, then the evaluation


def test_a_run_resumed_from_a_travelled_checkpoint_goes_on_bit_by_bit(
    experiment: Experiment, program: Program, alone: list[Epoch]
) -> None:
    trainer = Trainer(experiment, program)
    slices = trainer.slices(seconds=1e-9)
    while trainer.current.epoch < 5:
        next(slices)
    next(slices)  # in the midst of epoch 6
    resumed = Trainer(experiment, program, pickle.loads(pickle.dumps(trainer.checkpoint())))
    assert resumed.current.epoch == 5
    _assert_same(alone[5:], _run(resumed))


def test_a_checkpoint_keeps_changed_rates(experiment: Experiment, program: Program) -> None:
    trainer = Trainer(experiment, program)
    slices = trainer.slices(1.0)
    next(slices)
    trainer.set_rates(learning_rate=0.5, l2=0.1)
    next(slices)
    resumed = Trainer(experiment, program, trainer.checkpoint())
    assert resumed.rates == trainer.rates
    _assert_same([next_epoch(slices)], [next_epoch(resumed.slices(1.0))])


def test_another_process_gives_the_same_bits(experiment: Experiment, alone: list[Epoch]) -> None:
    code = (
        "import json, sys\n"
        "from playground.engine import configure_process, train\n"
        "from playground.core import Experiment\n"
        "configure_process()\n"
        "epochs = list(train(Experiment.model_validate_json(sys.argv[1])))\n"
        "print(json.dumps([[e.loss.hex(), e.val_loss.hex(), e.fit_loss.hex()] for e in epochs]))\n"
    )
    output = subprocess.run(
        [sys.executable, "-c", code, experiment.model_dump_json()], capture_output=True, text=True, check=True
    ).stdout
    told: Any = json.loads(output.splitlines()[-1])
    assert told == [[e.loss.hex(), e.val_loss.hex(), e.fit_loss.hex()] for e in alone]


def test_epochs_and_checkpoints_are_unpickled_without_tensorflow(experiment: Experiment, program: Program) -> None:
    checkpoint = Trainer(experiment, program).checkpoint()
    assert isinstance(checkpoint, Checkpoint)
    code = (
        "import pickle, sys\n"
        "checkpoint = pickle.loads(sys.stdin.buffer.read())\n"
        "assert checkpoint.epoch.epoch == 0\n"
        "assert not {'tensorflow', 'keras'} & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", code], input=pickle.dumps(checkpoint), check=True)
