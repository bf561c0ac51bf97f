"""A stack's members are what they are alone: beside `fit`, and beside `train`, which is `fit` to the bit."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

import numpy as np
import pytest

from playground.core import Experiment
from playground.core.stacks import EITHER, StackShape, stack_shape
from playground.engine import Epoch, gather_members, make_stack, traces, train, train_wall
from playground.engine.stacked.epoch import StackEpoch
from playground.engine.stacked.program import StackProgram
from playground.engine.stacked.trainer import StackTrainer
from playground.engine.wall import program_of

from .conftest import KerasFit

OPTIMIZERS = ["sgd", "momentum", "nesterov", "rmsprop", "adagrad", "adadelta", "adam", "adamw", "nadam"]
QUICK = {"adam"}
RATES = (0.01, 0.003, 0.02, 0.01, 0.005, 0.01, 0.03, 0.008)
"""Low enough that a rounding does not grow."""
MEMBERS: list[dict[str, Any]] = [
    {"dataset": "circle", "hidden": "4,2", "activation": "tanh"},
    {"dataset": "xor", "hidden": "8,8", "activation": "relu", "l2": 0.01},
    {"dataset": "gaussians", "hidden": "3,5", "activation": "sigmoid", "features": "x1,x2,x1x2"},
    {"dataset": "moons", "hidden": "6,2", "activation": "elu", "l1": 0.001, "l2": 0.01},
    {"dataset": "spiral", "hidden": "8,4", "activation": "tanh,gelu", "features": "x1,x2,sinx1,sinx2"},
    {"dataset": "circle", "hidden": "2,2", "activation": "softplus", "features": "x2", "noise": 0.3},
    {"dataset": "circles", "hidden": "4,4", "activation": "gelu", "standardize": True, "data_seed": 5},
    {"dataset": "blobs", "deviation": 2, "hidden": "5,3", "activation": "leaky_relu", "init": "lecun"},
]
FIGURES = ("loss", "val_loss", "fit_loss")


def experiment_of(**query: object) -> Experiment:
    experiment, refused = Experiment.from_query({name: str(value) for name, value in query.items()})
    assert refused == []
    return experiment


def wall_of(count: int = len(MEMBERS), **common: object) -> list[Experiment]:
    """Members that differ in all that members may differ in; 80 training points in batches of 16, the last of 0."""
    defaults = {"samples": 130, "test": 0.4, "batch_size": 16, "epochs": 50, **common}
    rows = zip(MEMBERS, RATES, range(count), strict=False)
    return [experiment_of(**{**defaults, "learning_rate": rate, "seed": seed, **own}) for own, rate, seed in rows]


def epochs_of_wall(experiments: list[Experiment], last: int) -> list[list[Epoch]]:
    return list(islice(train_wall(experiments), last + 1))


def alone(experiment: Experiment, last: int) -> list[Epoch]:
    return list(islice(train(experiment), last + 1))


def assert_alike(found: Epoch, wanted: Epoch, tolerance: float = 1e-4) -> None:
    """The same epoch of the same network, but for rounding."""
    assert found.epoch == wanted.epoch
    assert found.learning_rate == wanted.learning_rate
    assert [weight.shape for weight in found.weights] == [weight.shape for weight in wanted.weights]
    for name in FIGURES:
        assert getattr(found, name) == pytest.approx(getattr(wanted, name), rel=tolerance, nan_ok=True), name


def assert_members_alike(experiments: list[Experiment], last: int, places: Sequence[int] | None = None) -> None:
    """Each member, or those at some places, beside what it is alone."""
    walls = epochs_of_wall(experiments, last)
    for place in range(len(experiments)) if places is None else places:
        experiment = experiments[place]
        wanted = alone(experiment, last)
        assert len(walls) >= len(wanted)
        for epoch, single in zip(walls, wanted, strict=False):
            assert_alike(epoch[place], single)
        for mine, its in zip(walls[1][place].weights, wanted[1].weights, strict=True):
            np.testing.assert_allclose(mine, its, atol=1e-5)


@pytest.mark.parametrize(
    "optimizer", [pytest.param(name, marks=() if name in QUICK else pytest.mark.slow) for name in OPTIMIZERS]
)
def test_eight_members_of_all_kinds_are_what_they_are_alone(optimizer: str) -> None:
    """All eight beside what they are alone with one optimizer.

    With the others two, by turns: eight train in one stack, but alone each has to be compiled, and to an optimizer,
    which takes number for number, it is all the same of which member they are.
    """
    rate = 0.3 if optimizer == "adadelta" else 1.0
    wall = [
        experiment_of(**{**each.to_query(), "learning_rate": each.train.learning_rate * rate})
        for each in wall_of(optimizer=optimizer)
    ]
    places = None if optimizer in QUICK else range(OPTIMIZERS.index(optimizer) % 4, len(MEMBERS), 4)
    assert_members_alike(wall, last=50, places=places)


@pytest.mark.parametrize(
    "head",
    [
        {"dataset": "spirals", "classes": 3},
        pytest.param({"dataset": "plane"}, marks=pytest.mark.slow),
        pytest.param({"output": "tanh", "loss": "squared_hinge"}, marks=pytest.mark.slow),
        pytest.param({"output": "softmax"}, marks=pytest.mark.slow),
        pytest.param({"dataset": "spirals", "classes": 3, "output": "sigmoids"}, marks=pytest.mark.slow),
        pytest.param({"output": "linear", "loss": "hinge"}, marks=pytest.mark.slow),
        pytest.param({"output": "sigmoid", "loss": "poisson"}, marks=pytest.mark.slow),
        pytest.param({"dataset": "hills", "loss": "mae", "hidden": "none"}, marks=pytest.mark.slow),
    ],
    ids=str,
)
def test_every_head_is_what_it_is_alone(head: dict[str, object]) -> None:
    common = {"samples": 100, "batch_size": 30, "optimizer": "adam", "learning_rate": 0.003, **head}
    hidden = ["4", "7", "2"] if "hidden" not in head else ["none"] * 3
    wall = [experiment_of(**{**common, "hidden": each, "seed": seed}) for seed, each in enumerate(hidden)]
    assert_members_alike(wall, last=20)


@pytest.mark.slow
def test_a_member_s_losses_are_those_of_fit() -> None:
    wall = wall_of(4, optimizer="adamw", epochs=15)
    walls = epochs_of_wall(wall, 15)
    for place, experiment in enumerate(wall):
        history = KerasFit(experiment).run(15)
        found = [epoch[place].fit_loss for epoch in walls[1:]]
        np.testing.assert_allclose(found, history["loss"], rtol=1e-4)


def test_a_partial_last_batch_counts_as_what_it_is() -> None:
    wall = [experiment_of(samples=50, test=0.2, batch_size=16, seed=seed, learning_rate=0.1) for seed in range(3)]
    assert wall[0].data.n_train % 16 == 8
    assert_members_alike(wall, last=10)


def test_schedules_and_planned_changes_are_each_member_s_own() -> None:
    common = {"samples": 50, "batch_size": 10, "epochs": 12}
    wall = [
        experiment_of(**common, schedule="cosine"),
        experiment_of(**common, schedule="step", schedule_epochs=3, schedule_factor=0.5),
        experiment_of(**common, learning_rate_from_4=0.3, l2_from_6=0.1),
        experiment_of(**common),
    ]
    assert_members_alike(wall, last=12)


def test_one_that_diverges_stops_no_other_and_says_so_to_the_end() -> None:
    common = {"dataset": "plane", "hidden": "8", "activation": "linear", "samples": 100, "epochs": 12}
    wall = [experiment_of(**common, seed=1, learning_rate=rate) for rate in (0.001, 100, 0.003)]
    walls = epochs_of_wall(wall, 12)
    assert len(walls) == 13
    lost = alone(wall[1], 12)[-1].epoch
    for epoch, items in enumerate(walls):
        assert items[1].is_finite == (epoch < lost)
        assert items[1].epoch == min(epoch, lost)
    for place in (0, 2):
        assert_alike(walls[-1][place], alone(wall[place], 12)[-1])


def test_one_that_diverges_takes_nothing_from_those_with_other_activations() -> None:
    common = {"dataset": "plane", "hidden": "8", "samples": 100, "epochs": 6}
    wall = [
        experiment_of(**common, activation=name, learning_rate=rate, seed=2)
        for name, rate in [("linear", 100), ("relu", 0.001), ("gelu", 0.001), ("tanh", 0.001)]
    ]
    walls = epochs_of_wall(wall, 6)
    assert not walls[-1][0].is_finite
    for place in (1, 2, 3):
        assert_alike(walls[-1][place], alone(wall[place], 6)[-1])


def test_each_member_trains_to_its_own_end() -> None:
    common = {"samples": 50, "batch_size": 10, "optimizer": "adam", "learning_rate": 0.3}
    wall = [experiment_of(**common, epochs=3), experiment_of(**common, patience=2, epochs=40), experiment_of(epochs=5)]
    walls = list(train_wall(wall))
    for place, experiment in enumerate(wall):
        wanted = list(train(experiment))
        assert walls[-1][place].epoch == wanted[-1].epoch
        assert len(walls) >= len(wanted)


def test_padding_stays_nothing_and_is_never_handed_out() -> None:
    wall = wall_of(optimizer="adamw")
    trainer = StackTrainer(wall, program_of(wall))
    for _ in islice((epoch for epoch in trainer.slices(1.0) if epoch is not None), 5):
        pass
    rows = trainer.current.rows
    real = trainer.layout.pack([epoch.weights for epoch in trainer.members()])
    np.testing.assert_array_equal(rows, real)


def test_slices_do_not_touch_the_numbers() -> None:
    wall = wall_of(3)
    program = program_of(wall)
    whole, sliced = StackTrainer(wall, program), StackTrainer(wall, program)
    in_one_go = list(islice((each for each in whole.slices(math.inf) if each is not None), 3))
    in_pieces = list(islice((each for each in sliced.slices(1e-9) if each is not None), 3))
    for one, other in zip(in_one_go, in_pieces, strict=True):
        np.testing.assert_allclose(one.rows, other.rows, rtol=1e-6)
        np.testing.assert_allclose(one.val_loss, other.val_loss, rtol=1e-6)


def seen_from(experiments: list[Experiment], figures_from: int) -> list[StackEpoch]:
    """The epochs up to that one, of a stack whose earlier figures nobody wants."""
    trainer = StackTrainer(experiments, program_of(experiments))
    epochs: list[StackEpoch] = []
    for epoch in trainer.slices(0.02, figures_from):
        if epoch is not None:
            epochs.append(epoch)
            if epoch.epoch >= 12:
                break
    return epochs


def assert_same(some: StackEpoch, other: StackEpoch) -> None:
    assert some.ended == other.ended
    for name in (*FIGURES, "accuracy", "val_accuracy", "rows", "epochs", "learning_rate"):
        assert np.array_equal(getattr(some, name), getattr(other, name), equal_nan=True), name


def test_figures_that_nobody_wants_are_left_out_and_change_none_of_the_others() -> None:
    experiments = wall_of(4, hidden="4,4", activation="tanh", features="x1,x2")
    wanted, found = seen_from(experiments, 0), seen_from(experiments, 12)
    assert np.isnan([epoch.loss for epoch in found[:-1]]).all()
    assert np.array_equal([epoch.rows for epoch in found], [epoch.rows for epoch in wanted])
    assert_same(found[-1], wanted[-1])


def test_one_that_diverges_does_so_at_the_same_epoch_whoever_wants_figures() -> None:
    common = {"dataset": "plane", "hidden": "3", "activation": "linear", "output": "linear", "samples": 60}
    rates = (0.01, 3, 0.02, 100)
    experiments = [experiment_of(**common, learning_rate=rate, epochs=30) for rate in rates]
    wanted, found = seen_from(experiments, 0), seen_from(experiments, 12)
    assert {"diverged", None} <= {*wanted[-1].ended}
    assert [epoch.ended for epoch in found] == [epoch.ended for epoch in wanted]
    assert_same(found[-1], wanted[-1])


@pytest.mark.parametrize("own", [{"patience": "3"}, {"dataset": "plane", "loss": "poisson", "output": "linear"}])
def test_figures_on_which_something_hangs_are_looked_at_whoever_wants_them(own: dict[str, str]) -> None:
    experiments = [experiment_of(**{"samples": 60, "hidden": 3, "epochs": 30, **own}, seed=seed) for seed in range(2)]
    wanted, found = seen_from(experiments, 0), seen_from(experiments, 12)
    for some, other in zip(found, wanted, strict=True):
        assert_same(some, other)


def test_weights_up_to_what_is_safe_have_losses_that_are_numbers() -> None:
    experiments = wall_of(4, hidden="4,4", activation="selu", features="x1,x2")
    trainer = StackTrainer(experiments, program_of(experiments))
    safe = trainer._largest_safe
    assert safe >= 16
    checkpoint = replace(trainer.checkpoint(), weights=np.full_like(trainer.checkpoint().weights, safe))
    trainer = StackTrainer(experiments, program_of(experiments), checkpoint)
    trainer._begin_epoch()
    trainer._done = trainer._program.pace.n_steps, 0
    assert trainer._is_whole_after(10.0)
    assert trainer._measured(np.zeros(4, np.int64)).finite.all()


def test_many_points_are_evaluated_in_pieces_from_the_untrained_networks_on(monkeypatch: pytest.MonkeyPatch) -> None:
    wall = wall_of(3)
    monkeypatch.setattr("playground.engine.stacked.program.MOST_AT_ONCE", 3 * 8 * 50)
    trainer = StackTrainer(wall, StackProgram(wall))
    slices = trainer.slices(1e-9)
    assert [next(slices) for _ in range(3)] == [None] * 3
    assert trainer.begun and trainer.current.epoch == 0
    epochs = [trainer.members()]
    while len(epochs) < 3:
        if next(slices) is not None:
            epochs.append(trainer.members())
    for place, experiment in enumerate(wall):
        for found, wanted in zip(epochs, alone(experiment, 2), strict=True):
            assert_alike(found[place], wanted)
            assert found[place].accuracy == pytest.approx(wanted.accuracy)
            assert found[place].val_accuracy == pytest.approx(wanted.val_accuracy)


def test_calls_that_begin_elsewhere_in_an_epoch_compile_nothing_anew() -> None:
    wall = wall_of(3)
    began = time.process_time()
    program = StackProgram(wall)
    compiling = time.process_time() - began
    slices = StackTrainer(wall, program).slices(1e-9)
    began = time.process_time()
    for _ in range(100):
        next(slices)
    assert time.process_time() - began < 10 * compiling, "it would be a hundred times as long"


def test_orders_handed_over_window_by_window_are_the_same_orders(monkeypatch: pytest.MonkeyPatch) -> None:
    wall = wall_of(3, batch_size=32)
    whole = StackTrainer(wall, StackProgram(wall))
    monkeypatch.setattr("playground.engine.stacked.program.MOST_ORDERED", 3 * 32 * 2)
    program = StackProgram(wall)
    assert program.window == 32 * 2 < program.n_train and program.n_train % 32, "the last batch is a part of one"
    for one, other in zip(of_epochs(whole, 3), of_epochs(StackTrainer(wall, program), 3), strict=True):
        np.testing.assert_allclose(one.fit_loss, other.fit_loss, rtol=1e-6)
        np.testing.assert_allclose(one.rows, other.rows, rtol=1e-5, atol=1e-7)


def of_epochs(trainer: StackTrainer, epochs: int) -> list[Any]:
    return list(islice((each for each in trainer.slices(math.inf) if each is not None), epochs))


def test_a_checkpoint_goes_on_as_if_nothing_had_happened() -> None:
    wall = [*wall_of(3, optimizer="adam", epochs=9), experiment_of(**wall_of(1)[0].to_query(), optimizer="adam")]
    wall[1] = experiment_of(**{**wall[1].to_query(), "epochs": "2", "patience": "2"})
    program = program_of(wall)

    def epochs(trainer: StackTrainer) -> Iterator[Any]:
        return (epoch for epoch in trainer.slices(1.0) if epoch is not None)

    first = StackTrainer(wall, program)
    run = epochs(first)
    for _ in range(4):
        next(run)
    again = StackTrainer(wall, program, first.checkpoint())
    for one, other in zip(islice(run, 5), epochs(again), strict=False):
        np.testing.assert_array_equal(one.rows, other.rows)
        np.testing.assert_array_equal(one.epochs, other.epochs)
        assert one.ended == other.ended


def test_other_seeds_rates_data_and_noise_are_traced_by_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    next(train_wall(wall_of(4)))
    made: list[object] = []
    monkeypatch.setattr(StackProgram, "_compile", lambda _: made.append(1))
    before = traces()
    changed = [
        experiment_of(**{**each.to_query(), "seed": 90 + n, "data_seed": n, "noise": 0.1, "learning_rate": 0.5})
        for n, each in enumerate(wall_of(4))
    ]
    next(train_wall(changed))
    assert not made and traces() == before


def test_what_cannot_be_stacked_is_what_it_is_alone_to_the_bit() -> None:
    common = {"samples": 50, "batch_size": 10, "epochs": 4}
    wall = [
        experiment_of(**common, dropout=0.3),
        experiment_of(**common),
        experiment_of(**common, batch_norm=True),
        experiment_of(**common, hidden="3"),
    ]
    walls = epochs_of_wall(wall, 4)
    for place, experiment in enumerate(wall):
        wanted = alone(experiment, 4)
        for found, its in zip(walls, wanted, strict=True):
            assert_alike(found[place], its)
            if place in (0, 2):
                assert found[place].val_loss == its.val_loss


def test_a_wall_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        next(train_wall([]))


def test_a_program_without_room_for_the_members_is_refused() -> None:
    wall = wall_of(3)
    with pytest.raises(ValueError, match="must have a shape with room for its members"):
        StackTrainer(wall[:2], program_of(wall))


def roomy(wall: Sequence[Experiment]) -> StackShape:
    """More inputs, units and sets than these members need, and in each layer a choice of their activations."""
    names = EITHER.join(sorted({name for each in wall for name in each.model.activations}))
    return stack_shape(wall)._replace(sets=16, features=6, hidden=(11, 9), groups=((len(wall), (names, names)),))


def test_members_of_a_shape_with_room_to_spare_are_what_they_are_alone() -> None:
    wall = wall_of()
    slices = make_stack(wall, shape=roomy(wall)).slices(1.0)
    found = list(islice((epoch for epoch in slices if epoch is not None), 5))[-1]
    for place, experiment in enumerate(wall):
        wanted = alone(experiment, 5)[-1]
        for name in ("loss", "val_loss", "accuracy", "val_accuracy"):
            assert getattr(found, name)[place] == pytest.approx(getattr(wanted, name), rel=1e-4, abs=1e-6), experiment


def test_an_activation_that_is_not_taken_spoils_nothing() -> None:
    """An exponential of numbers so large is infinite, and so is its slope."""
    wall = [
        experiment_of(samples=40, activation="relu", hidden="3", features="x1sq", init="normal", init_deviation=100)
    ]
    shape = stack_shape(wall)._replace(groups=((1, ("elu|relu",)),))
    found, wanted = (
        [*islice(filter(None, stack.slices(1.0)), 2)][-1] for stack in (make_stack(wall, shape=shape), make_stack(wall))
    )
    assert found.loss == pytest.approx(wanted.loss, rel=1e-4) and np.isfinite(wanted.loss).all()


def test_a_shape_has_room_for_what_is_no_more_than_it_and_of_its_activations() -> None:
    wall = wall_of(4)
    shape = roomy(wall)
    assert shape.has_room_for(wall) and stack_shape(wall).has_room_for(wall)
    for smaller in (shape._replace(features=1), shape._replace(hidden=(4, 9)), shape._replace(sets=2)):
        assert not smaller.has_room_for(wall)
    assert not shape._replace(groups=((4, ("tanh", "tanh")),)).has_room_for(wall)
    assert not shape.has_room_for(wall[:3])


@pytest.mark.parametrize("optimizer", ["sgd", "adam"])
def test_members_gathered_from_several_stacks_go_on_as_they_would_have(optimizer: str) -> None:
    wall = [
        each.model_copy(update={"train": each.train.model_copy(update={"optimizer": optimizer})}) for each in wall_of()
    ]
    shape = roomy(wall)
    trainer, whole = make_stack(wall, shape=shape), make_stack(wall, shape=shape)
    for stack, epochs in ((trainer, 2), (whole, 5)):
        list(islice((epoch for epoch in stack.slices(1.0) if epoch is not None), epochs))
    places = [5, 0, 3, 3, 7, 1, 2, 6]
    gathered = make_stack([wall[k] for k in places], gather_members([(trainer.checkpoint(), k) for k in places]), shape)
    last = list(islice((epoch for epoch in gathered.slices(1.0) if epoch is not None), 3))[-1]
    assert last.epoch == 5
    assert last.val_loss == pytest.approx(whole.current.val_loss[places], rel=1e-5)


def test_members_of_different_epochs_are_not_gathered() -> None:
    wall = wall_of()
    stacks = [make_stack(wall, shape=roomy(wall)) for _ in range(2)]
    for epochs, stack in enumerate(stacks, start=1):
        list(islice((epoch for epoch in stack.slices(1.0) if epoch is not None), epochs))
    with pytest.raises(ValueError, match="must be at one epoch"):
        gather_members([(stack.checkpoint(), 0) for stack in stacks])
