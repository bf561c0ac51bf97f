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

from playground.core import Experiment, RateChange, Rates
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
        theirs.follow(experiment.with_rates(Rates(1.0 + len(epochs), 0.5, 0.25)))
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


FASTER, PENALISED = Rates(0.5, 0.001, 0.01), Rates(0.5, 0.0, 0.1)


def _changed_at(trainer: Trainer, seconds: float, changes: dict[int, Rates]) -> list[Epoch]:
    """Train to the end; after each of these epochs, in the midst of the next if slices are short, the rates change."""
    epochs, slices = [trainer.current], trainer.slices(seconds)
    while (epoch := next(slices, trainer)) is not trainer:
        if isinstance(epoch, Epoch):
            epochs.append(epoch)
        elif (rates := changes.pop(epochs[-1].epoch, None)) is not None:
            trainer.follow(trainer.experiment.with_rates(rates))
    return epochs


@pytest.fixture(scope="module")
def changed(experiment: Experiment, program: Program) -> tuple[Experiment, list[Epoch]]:
    """A run whose rates a learner changes twice, in the midst of epochs; and the experiment that it was."""
    trainer = Trainer(experiment, program)
    epochs = _changed_at(trainer, 1e-9, {3: FASTER, 7: PENALISED})
    return trainer.experiment, epochs


def test_a_run_with_two_live_changes_opened_by_its_link_is_bit_identical(
    program: Program, changed: tuple[Experiment, list[Epoch]], alone: list[Epoch]
) -> None:
    was, epochs = changed
    assert was.changes == (
        RateChange(4, "learning_rate", 0.5),
        RateChange(8, "l1", 0.0),
        RateChange(8, "l2", 0.1),
    )
    opened, refused = Experiment.from_query(was.to_query())
    assert refused == []
    _assert_same(epochs, _run(Trainer(opened, program)))
    _assert_same(epochs[:5], alone[:5])
    assert epochs[5].loss != alone[5].loss


@pytest.mark.parametrize("epoch", [4, 5, 8])
def test_a_run_with_changes_taken_up_from_a_checkpoint_goes_on_bit_by_bit(
    program: Program, changed: tuple[Experiment, list[Epoch]], epoch: int
) -> None:
    was, epochs = changed
    trainer = Trainer(was, program)
    slices = trainer.slices(1.0)
    while trainer.current.epoch < epoch:
        next(slices)
    resumed = Trainer(trainer.experiment, program, pickle.loads(pickle.dumps(trainer.checkpoint())))
    _assert_same(epochs[epoch:], _run(resumed))


def test_a_checkpoint_in_the_midst_of_an_epoch_whose_end_changes_the_rates_loses_nothing(
    experiment: Experiment, program: Program, changed: tuple[Experiment, list[Epoch]]
) -> None:
    trainer = Trainer(experiment, program)
    slices = trainer.slices(1e-9)
    while trainer.current.epoch < 3:
        next(slices)
    next(slices)
    trainer.follow(experiment.with_rates(FASTER))
    resumed = Trainer(trainer.experiment, program, trainer.checkpoint())
    _assert_same(changed[1][3:6], [resumed.current, *(next_epoch(resumed.slices(1.0)) for _ in range(2))])


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
