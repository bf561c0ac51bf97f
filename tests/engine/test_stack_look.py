"""What a stack's members say over the plane is what each network says alone."""

from __future__ import annotations

import numpy as np
import pytest

from playground.core import Experiment
from playground.core.grid import grid_points
from playground.engine import compile_program, look_at_stack, make_network, make_stack, make_trainer

PLANE = (-6.0, 6.0), (-5.0, 7.0)
N = 12
HEADS = [
    "output=sigmoid",
    "output=tanh&loss=hinge",
    "output=linear&loss=squared_hinge",
    "output=softmax",
    "dataset=blobs&classes=3&output=sigmoids",
    "dataset=plane",
]
MEMBERS = "hidden=2&activation=relu", "hidden=5&activation=tanh", "hidden=3&activation=sigmoid&features=x1,x1x2"


def experiment_of(link: str) -> Experiment:
    experiment, refused = Experiment.from_query(dict(part.split("=", 1) for part in link.split("&")))
    assert refused == []
    return experiment


def members_of(head: str) -> list[Experiment]:
    members = [experiment_of(f"samples=40&{head}&{member}&seed={k}") for k, member in enumerate(MEMBERS)]
    return sorted(members, key=lambda each: each.model.activations)


@pytest.mark.parametrize("head", HEADS)
def test_maps_of_members_are_their_own_predictions(head: str) -> None:
    members = members_of(head)
    trainer = make_stack(members)
    epochs = trainer.slices(10.0)
    while trainer.begun is False or trainer.current.epoch < 2:
        next(epochs)
    (maps,) = look_at_stack(members, [PLANE] * 3, N).maps(trainer.current.rows, 10.0)
    assert maps is not None
    points = grid_points(*PLANE, N)
    for found, experiment, epoch in zip(maps, members, trainer.members(), strict=True):
        network = make_network(compile_program(experiment), experiment, epoch.weights)
        expected = network.predict(points).T.reshape(-1, N, N)
        assert np.abs(found - expected).max() < 1e-5


def test_the_weights_that_members_begin_with_are_their_own() -> None:
    members = members_of("output=sigmoid")
    look = look_at_stack(members, [PLANE] * 3, N)
    (maps,) = look.maps(look.initial, 10.0)
    assert maps is not None
    for found, experiment in zip(maps, members, strict=True):
        program = compile_program(experiment)
        weights = make_trainer(experiment, program).current.weights
        expected = make_network(program, experiment, weights).predict(grid_points(*PLANE, N))
        assert np.abs(found[0].ravel() - expected[:, 0]).max() < 1e-5


def test_a_look_comes_in_slices_and_as_the_same_whole() -> None:
    members = [experiment_of(f"samples=40&hidden=64,64&seed={seed}") for seed in range(8)]
    look = look_at_stack(members, [PLANE] * 8, 64)
    *waiting, slowly = look.maps(look.initial, 0.0)
    (at_once,) = look.maps(look.initial, 1000.0)
    assert waiting and all(each is None for each in waiting)
    assert slowly is not None and at_once is not None and np.array_equal(slowly, at_once)
