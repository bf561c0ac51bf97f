"""Which experiments form a stack, and what its shape is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.core import Experiment
from playground.core.stacks import points_key, stack_key, stack_shape, stacks_of


def experiment_of(**query: object) -> Experiment:
    experiment, refused = Experiment.from_query({name: str(value) for name, value in query.items()})
    assert refused == []
    return experiment


OWN = [
    {"seed": 7},
    {"data_seed": 7},
    {"noise": 0.3},
    {"dataset": "xor"},
    {"learning_rate": 0.3},
    {"schedule": "cosine"},
    {"l1": 0.01},
    {"l2": 0.01},
    {"init": "he"},
    {"hidden": "8,3"},
    {"activation": "relu"},
    {"activation": "relu,gelu"},
    {"features": "x1,sinx2"},
    {"standardize": True},
    {"epochs": 12},
    {"patience": 3},
]
COMMON = [
    {"hidden": "4"},
    {"batch_size": 16},
    {"optimizer": "adam"},
    {"samples": 400},
    {"dataset": "plane"},
    {"output": "tanh"},
    {"loss": "mse"},
    {"test": 0.2},
]


@pytest.mark.parametrize("changed", OWN, ids=str)
def test_members_of_a_stack_differ_in(changed: dict[str, object]) -> None:
    assert stack_key(experiment_of(**changed)) == stack_key(Experiment())


@pytest.mark.parametrize("changed", COMMON, ids=str)
def test_members_of_a_stack_share(changed: dict[str, object]) -> None:
    assert stack_key(experiment_of(**changed)) != stack_key(Experiment())


@pytest.mark.parametrize("changed", [{"dropout": 0.1}, {"batch_norm": True}], ids=str)
def test_what_keeps_a_state_of_its_own_trains_alone(changed: dict[str, object]) -> None:
    assert stack_key(experiment_of(**changed)) is None
    assert stacks_of([Experiment(), experiment_of(**changed), Experiment()]) == ([[0, 2]], [1])


def test_momentum_is_shared_where_it_matters() -> None:
    one, other = (experiment_of(optimizer="momentum", momentum=momentum) for momentum in (0.5, 0.9))
    assert stack_key(one) != stack_key(other)


def test_batches_larger_than_the_training_part_are_alike() -> None:
    one, other = (experiment_of(batch_size=size) for size in (500, 1000))
    assert stack_key(one) == stack_key(other)


@given(st.lists(st.sampled_from([*OWN, *COMMON, {"dropout": 0.5}]), max_size=12))
def test_every_experiment_is_in_one_place(changes: list[dict[str, object]]) -> None:
    experiments = [experiment_of(**changed) for changed in changes]
    stacks, alone = stacks_of(experiments)
    assert sorted([place for stack in stacks for place in stack] + alone) == list(range(len(experiments)))
    for stack in stacks:
        assert stack_shape([experiments[place] for place in stack]).members == len(stack)


def test_the_shape_is_that_of_the_widest_and_counts_those_with_the_same_activations() -> None:
    members = [
        experiment_of(hidden="2,8", activation="tanh,relu", features="x1,x2,x1x2"),
        experiment_of(hidden="5,3", activation="gelu"),
        experiment_of(hidden="4,4", activation="relu", seed=3),
    ]
    shape = stack_shape(members)
    assert (shape.members, shape.features, shape.hidden) == (3, 3, (5, 8))
    assert shape.groups == ((1, ("tanh", "relu")), (1, ("gelu", "gelu")), (1, ("relu", "relu")))


def test_members_with_the_same_activations_follow_one_another() -> None:
    experiments = [experiment_of(activation=name, seed=seed) for seed, name in enumerate(["tanh", "relu"] * 3)]
    stacks, _ = stacks_of(experiments)
    assert stacks == [[1, 3, 5, 0, 2, 4]]
    assert stack_shape([experiments[place] for place in stacks[0]]).groups == ((3, ("relu",) * 2), (3, ("tanh",) * 2))


def test_the_shape_does_not_depend_on_seeds_rates_data_and_noise() -> None:
    def wall(**changed: object) -> list[Experiment]:
        return [experiment_of(**{"seed": seed, "learning_rate": 0.01 * (seed + 1), **changed}) for seed in range(5)]

    changed = wall(dataset="moons", noise=0.2, data_seed=4, l2=0.1)
    assert stack_shape(wall()) == stack_shape(changed)


def test_members_share_points_where_all_that_makes_them_is_the_same() -> None:
    assert points_key(experiment_of(seed=1, learning_rate=1)) == points_key(experiment_of(seed=2, hidden="3"))
    for changed in ({"noise": 0.1}, {"features": "x1"}, {"standardize": True}, {"data_seed": 2}):
        assert points_key(experiment_of(**changed)) != points_key(Experiment())


def test_what_cannot_be_one_stack_has_no_shape() -> None:
    with pytest.raises(ValueError, match="must have one stack_key"):
        stack_shape([Experiment(), experiment_of(hidden="4")])
    with pytest.raises(ValueError, match="must have one stack_key"):
        stack_shape([experiment_of(dropout=0.5)])
