"""A network is a value: a picture of it is its boundary and its neurons' maps, live or scrubbed to, bit for bit."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from playground.core import Experiment
from playground.core.history import History
from playground.engine import (
    Trainer,
    build_model,
    compile_program,
    dense_weights,
    make_network,
    neuron_maps,
    predict,
    traces,
    view_boundary,
)

from .conftest import experiment_with

VIEW = (-6.0, 6.0), (-5.0, 4.0)
NETWORKS: dict[str, dict[str, Any]] = {
    "default": {},
    "no_hidden_layer": {"hidden": ()},
    "deep": {"hidden": (8,) * 6, "activation": ("relu",), "features": ("x1", "x2", "x1sq", "x2sq", "x1x2", "sinx1")},
    "odd_widths": {"hidden": (5, 3, 7), "activation": ("gelu", "linear", "tanh")},
    "normalised": {"batch_norm": True, "dropout": 0.2, "hidden": (6, 4), "standardize": True},
    "six_classes": {"dataset": "spirals", "classes": 6, "hidden": (16,)},
    "regression": {"dataset": "hills"},
    "squared_hinge": {"output": "tanh", "loss": "squared_hinge"},
}
EACH = pytest.mark.parametrize("fields", NETWORKS.values(), ids=NETWORKS)


@EACH
def test_a_picture_is_bit_for_bit_the_boundary_and_the_maps(small: Experiment, fields: dict[str, Any]) -> None:
    experiment = experiment_with(small, **fields)
    program, weights = compile_program(experiment), build_model(experiment).get_weights()
    network = make_network(program, experiment, weights)
    picture, bare = network.picture(*VIEW, maps=True), network.picture(*VIEW, maps=False)
    apart = view_boundary(program, experiment, weights, *VIEW)
    for boundary in (picture.boundary, bare.boundary):
        np.testing.assert_array_equal(boundary.values, apart.values)
        np.testing.assert_array_equal(boundary.lines, apart.lines)
    assert bare.hidden == []
    _inputs, *hidden, _outputs = neuron_maps(program, experiment, weights, *VIEW)
    assert [layer.shape for layer in picture.hidden] == [(units, 24, 24) for units in experiment.model.hidden]
    for ours, theirs in zip(picture.hidden, hidden, strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=1e-6, atol=1e-6)


@EACH
def test_an_epoch_scrubbed_to_shows_what_was_shown_live(small: Experiment, fields: dict[str, Any]) -> None:
    experiment = experiment_with(small, **fields)
    program = compile_program(experiment)
    trainer, history, live = Trainer(experiment, program), History(1 << 20), {}
    for epoch in trainer.slices(1.0):
        assert epoch is not None
        history.append(epoch.epoch, epoch.weights, (epoch.epoch,) * 6)
        live[epoch.epoch] = make_network(program, experiment, epoch.weights).picture(*VIEW, maps=True)
        if epoch.epoch == 4:
            break
    for number, shown in live.items():
        scrubbed = make_network(program, experiment, history.weights_at(number)[1]).picture(*VIEW, maps=True)
        np.testing.assert_array_equal(shown.boundary.values, scrubbed.boundary.values)
        np.testing.assert_array_equal(shown.boundary.lines, scrubbed.boundary.lines)
        for ours, theirs in zip(shown.hidden, scrubbed.hidden, strict=True):
            np.testing.assert_array_equal(ours, theirs)


def test_what_a_network_says_is_what_the_functions_of_its_parts_say(small: Experiment) -> None:
    program, weights = compile_program(small), build_model(small).get_weights()
    network, X = make_network(program, small, weights), np.random.default_rng(0).uniform(-6, 6, (50, 2))
    np.testing.assert_array_equal(network.predict(X), predict(program, small, weights, X))
    for ours, theirs in zip(network.dense(), dense_weights(small, weights), strict=True):
        assert ours.place == theirs[0]
        assert ours.kernel is theirs[1]
        assert ours.bias is theirs[2]


def test_a_picture_traces_nothing_and_leaves_training_alone(small: Experiment) -> None:
    experiment = experiment_with(small, epochs=5)
    program = compile_program(experiment)
    before = traces()
    alone = [epoch for epoch in Trainer(experiment, program).slices(1.0) if epoch]
    watched = []
    for epoch in Trainer(experiment, program).slices(1e-9):  # between the steps of an epoch
        make_network(program, experiment, alone[0].weights).picture(*VIEW, maps=True)
        watched += [epoch] if epoch else []
    assert traces() == before
    for one, other in zip(alone, watched, strict=True):
        for a, b in zip(one.weights, other.weights, strict=True):
            np.testing.assert_array_equal(a, b)
