"""What each layer and neuron says equals Keras's own intermediate outputs, for any weights."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np
import pytest

from playground.core import Experiment, axis, make_dataset
from playground.engine import build_model, expand, layer_outputs, neuron_maps, traces

from .conftest import epochs_of, experiment_with, program_of

NETWORKS: dict[str, dict[str, Any]] = {
    "sigmoid": {},
    "no_hidden_layer": {"hidden": ()},
    "by_layer": {"hidden": (5, 3, 2), "activation": ("relu", "gelu", "linear")},
    "six_classes": {"dataset": "spirals", "classes": 6, "hidden": (16,)},
    "normalised": {"batch_norm": True, "hidden": (6, 4)},
    "normalised_with_dropout": {"batch_norm": True, "dropout": 0.3, "activation": ("relu",)},
    "dropout_scaled_features": {"dropout": 0.5, "standardize": True, "features": ("x1", "x2sq", "sinx1")},
    "regression": {"dataset": "hills"},
    "tanh": {"output": "tanh"},
}
FIELDS = pytest.mark.parametrize("fields", NETWORKS.values(), ids=NETWORKS)


def _by_keras(experiment: Experiment, weights: list[Any], X: Any) -> list[np.ndarray]:
    """The outputs of every activation, from a `keras.Model` over the same layers."""
    model = build_model(experiment)
    model.set_weights(weights)
    ends = "activation_" if experiment.model.batch_norm else "hidden_"
    shown = [layer.output for layer in model.layers if layer.name.startswith(ends)]
    shown.append(model.layers[-1].output)
    found = keras.Model(model.inputs[0], shown)(expand(experiment, X), training=False)
    return [np.asarray(each) for each in keras.tree.flatten(found)]


@FIELDS
def test_layers_are_those_of_a_keras_model_with_intermediate_outputs(small: Experiment, fields: dict[str, Any]) -> None:
    experiment = experiment_with(small, epochs=5, **fields)
    *_, last = epochs_of(experiment)
    X = make_dataset(experiment.data).X_train
    found = layer_outputs(program_of(experiment), experiment, last.weights, X)
    expected = _by_keras(experiment, last.weights, X)
    assert len(found.hidden) == len(experiment.model.hidden)
    for ours, theirs in zip([*found.hidden, found.outputs], expected, strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=2e-6, atol=2e-6)
    assert np.array_equal(found.inputs, expand(experiment, X))


def test_logits_are_what_the_output_activation_turns_into_outputs(small: Experiment) -> None:
    experiment = experiment_with(small, dataset="blobs", classes=3, epochs=5)
    *_, last = epochs_of(experiment)
    found = layer_outputs(program_of(experiment), experiment, last.weights, make_dataset(experiment.data).X_test)
    odds = np.exp(found.logits.astype(np.float64))
    np.testing.assert_allclose(found.outputs, odds / odds.sum(axis=1, keepdims=True), rtol=1e-5)


@pytest.mark.parametrize("n", [1, 1023, 1024, 1025, 3000])
def test_any_number_of_points_will_do(small: Experiment, n: int) -> None:
    X = np.random.default_rng(0).uniform(-6, 6, (n, 2))
    program, weights = program_of(small), build_model(small).get_weights()
    found = layer_outputs(program, small, weights, X)
    assert [len(layer) for layer in (found.inputs, *found.hidden, found.logits, found.outputs)] == [n] * 5
    alone = layer_outputs(program, small, weights, X[-1:])
    np.testing.assert_allclose(found.outputs[-1:], alone.outputs, rtol=1e-6)


def test_a_map_for_each_input_neuron_and_output_has_x2_upwards(small: Experiment) -> None:
    weights = build_model(small).get_weights()
    maps = neuron_maps(program_of(small), small, weights, (-6.0, 6.0), (-3.0, 3.0))
    assert [layer.shape for layer in maps] == [(2, 24, 24), (4, 24, 24), (2, 24, 24), (1, 24, 24)]
    x1, x2 = np.meshgrid(axis(-6.0, 6.0, 24), axis(-3.0, 3.0, 24))
    np.testing.assert_allclose(maps[0], [x1, x2], rtol=1e-6)
    point = np.array([[x1[4, 7], x2[4, 7]]])
    expected = _by_keras(small, weights, point)
    for ours, theirs in zip(maps[1:], expected, strict=True):
        np.testing.assert_allclose(ours[:, 4, 7], theirs[0], rtol=2e-6, atol=2e-6)


def test_looking_into_the_layers_traces_nothing(small: Experiment) -> None:
    program, weights = program_of(small), build_model(small).get_weights()
    before = traces()
    for span in (1.0, 2.0):
        neuron_maps(program, small, weights, (-span, span), (-span, span))
    assert traces() == before
