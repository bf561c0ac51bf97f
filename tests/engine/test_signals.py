"""The learning signals of a layer equal what Keras and NumPy make of the same weights."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np
import pytest
import tensorflow as tf

from playground.core import Experiment, make_dataset
from playground.core.signals import layer_vectors, weight_histograms
from playground.engine import (
    Trainer,
    build_model,
    expand,
    layer_signals,
    targets,
    traces,
)

from .conftest import epochs_of, experiment_with, program_of

NETWORKS: dict[str, dict[str, Any]] = {
    "sigmoid": {},
    "no_hidden_layer": {"hidden": ()},
    "penalised": {"l1": 0.01, "l2": 0.1, "hidden": (5, 3)},
    "three_classes": {"dataset": "spirals", "classes": 3, "hidden": (8,), "activation": ("relu",)},
    "sigmoids": {"dataset": "blobs", "classes": 3, "output": "sigmoids"},
    "tanh": {"output": "tanh", "l2": 0.03},
    "one_unit_softmax": {"output": "softmax1"},
    "regression": {"dataset": "hills", "standardize": True},
    "normalised_with_dropout": {"batch_norm": True, "dropout": 0.3, "hidden": (6, 4)},
}
FIELDS = pytest.mark.parametrize("fields", NETWORKS.values(), ids=NETWORKS)


def _trained(small: Experiment, **fields: Any) -> tuple[Experiment, list[list[np.ndarray]]]:
    """An experiment and its weights at epochs 0 to 3."""
    experiment = experiment_with(small, epochs=3, **fields)
    return experiment, [epoch.weights for epoch in epochs_of(experiment)]


def _gradients_by_keras(experiment: Experiment, weights: list[np.ndarray]) -> list[np.ndarray]:
    """Kernel and bias gradients of a plain compiled model's own loss, layer by layer."""
    model = build_model(experiment)
    model.set_weights(weights)
    data = make_dataset(experiment.data)
    X, y = expand(experiment, data.X_train), targets(experiment, data.y_train)
    with tf.GradientTape() as tape:
        loss = model.compute_loss(X, y, model(X, training=False))
    dense = [layer for layer in model.layers if isinstance(layer, keras.layers.Dense)]
    found = tape.gradient(loss, [(layer.kernel.value, layer.bias.value) for layer in dense])
    return [np.concatenate([kernel.numpy().ravel(), bias.numpy().ravel()]) for kernel, bias in found]


@FIELDS
@pytest.mark.filterwarnings("ignore:You are using a softmax over axis:UserWarning")
def test_gradients_are_those_of_a_tape_over_a_plain_keras_model(small: Experiment, fields: dict[str, Any]) -> None:
    experiment, epochs = _trained(small, **fields)
    found = layer_signals(program_of(experiment), experiment, epochs[-1])
    expected = _gradients_by_keras(experiment, epochs[-1])
    lengths = [np.linalg.norm(gradient.astype(np.float64)) for gradient in expected]
    assert found.gradient_norms.shape == (len(experiment.model.hidden) + 1,)
    np.testing.assert_allclose(found.gradient_norms, lengths, rtol=2e-5, atol=1e-8)


def test_each_gradient_has_the_shape_of_its_variable_and_points_up_the_loss(small: Experiment) -> None:
    experiment, (*_, weights) = _trained(small, l2=0.1)
    program, data = program_of(experiment), make_dataset(experiment.data)
    X, y = expand(experiment, data.X_train), targets(experiment, data.y_train)
    gradients = program.gradients(weights, X, y, 0.0, 0.1)
    assert [gradient.shape for gradient in gradients] == [weight.shape for weight in weights]
    model = build_model(experiment)
    length = np.sqrt(sum((gradient**2).sum() for gradient in gradients))
    losses = []
    for sign in (1, -1):
        model.set_weights([w + sign * 1e-2 * g / length for w, g in zip(weights, gradients, strict=True)])
        losses.append(model.evaluate(X, y, verbose=0, return_dict=True)["loss"])
    assert losses[0] - losses[1] == pytest.approx(2e-2 * length, rel=0.02)


def test_norms_and_update_ratios_are_those_of_kernel_and_bias_together(small: Experiment) -> None:
    experiment, (*_, before, weights) = _trained(small)
    found = layer_signals(program_of(experiment), experiment, weights, before)
    for layer in range(3):
        old = np.array([*before[2 * layer].flat, *before[2 * layer + 1]], np.float64)
        new = np.array([*weights[2 * layer].flat, *weights[2 * layer + 1]], np.float64)
        assert found.weight_norms[layer] == pytest.approx(np.sqrt((new**2).sum()))
        assert found.update_ratios[layer] == pytest.approx(np.sqrt(((new - old) ** 2).sum() / (old**2).sum()))


def test_a_ratio_over_several_epochs_is_the_mean_of_an_epoch_and_without_earlier_weights_it_is_unknown(
    small: Experiment,
) -> None:
    experiment, (first, *_, last) = _trained(small)
    program = program_of(experiment)
    whole = layer_signals(program, experiment, last, first).update_ratios
    np.testing.assert_allclose(layer_signals(program, experiment, last, first, epochs=3).update_ratios, whole / 3)
    assert np.isnan(layer_signals(program, experiment, last).update_ratios).all()
    zeros = [0 * weight for weight in first]
    assert np.isnan(layer_signals(program, experiment, last, zeros).update_ratios).all()


def _outputs_by_keras(experiment: Experiment, weights: list[np.ndarray]) -> list[np.ndarray]:
    """The outputs of every Dense layer, or of the activation after it, on the training points."""
    model = build_model(experiment)
    model.set_weights(weights)
    ends = "activation_" if experiment.model.batch_norm else "hidden_"
    shown = [layer.output for layer in model.layers if layer.name.startswith(ends)]
    X = expand(experiment, make_dataset(experiment.data).X_train)
    found = keras.Model(model.inputs[0], [*shown, model.layers[-1].output])(X, training=False)
    return [np.asarray(each) for each in keras.tree.flatten(found)]


@pytest.mark.parametrize("batch_norm", [False, True])
def test_dead_units_are_those_that_put_out_0_for_all_training_points(small: Experiment, batch_norm: bool) -> None:
    fields = {"hidden": (10, 6), "activation": ("relu", "leaky_relu"), "batch_norm": batch_norm}
    experiment, (*_, weights) = _trained(small, **fields)
    bias = 3 if batch_norm else 1  # beta, or the bias itself
    weights[bias] = weights[bias] - np.where(np.arange(10) < 3, 100, 0).astype(np.float32)
    first, *_ = _outputs_by_keras(experiment, weights)
    found = layer_signals(program_of(experiment), experiment, weights)
    assert found.dead[0] == np.mean(first.max(axis=0) == 0) >= 0.3
    assert np.isnan(found.dead[1:]).all(), "leaky relu and sigmoid cannot die"


@pytest.mark.parametrize("activation", ["tanh", "sigmoid"])
def test_saturated_units_are_those_in_the_tails_for_nine_points_of_ten(small: Experiment, activation: str) -> None:
    experiment, (weights, *_) = _trained(small, hidden=(12, 6), activation=(activation, "elu"))
    weights[1] = weights[1] + np.linspace(-9, 9, 12, dtype=np.float32)
    first, _, output = _outputs_by_keras(experiment, weights)
    found = layer_signals(program_of(experiment), experiment, weights)
    slope = 1 - first**2 if activation == "tanh" else 4 * first * (1 - first)
    flat = (slope < 0.0595).mean(axis=0)  # 1 − 0.97² = 0.0591
    assert found.saturated[0] == np.mean(flat >= 0.9)
    assert 0 < found.saturated[0] < 1
    assert np.isnan(found.saturated[1])
    assert found.saturated[2] == np.mean((np.abs(output - 0.5) > 0.485).mean(axis=0) >= 0.9)


def test_signals_are_a_function_of_the_weights_to_the_last_bit_and_trace_nothing(small: Experiment) -> None:
    experiment, (first, *_, last) = _trained(small)
    program = program_of(experiment)
    alone, count = layer_signals(program, experiment, last, first), traces()
    layer_signals(program, experiment_with(experiment, l2=1.0), first)
    again = layer_signals(program, experiment, last, first)
    assert traces() == count
    for one, other in zip(alone, again, strict=True):
        assert one.dtype == np.float64
        np.testing.assert_array_equal(one, other)


def test_training_does_not_feel_that_its_signals_are_asked_for(small: Experiment) -> None:
    fields = {"optimizer": "adam", "l2": 0.01}
    experiment, undisturbed = _trained(small, **fields)
    other = experiment_with(experiment, seed=9, l1=0.5)
    program = program_of(experiment)
    trainer = Trainer(experiment, program)
    for epoch in trainer.slices(1e-9):
        layer_signals(program, other, [weight + 1 for weight in undisturbed[0]])
        if epoch is not None:
            for one, same in zip(epoch.weights, undisturbed[epoch.epoch], strict=True):
                np.testing.assert_array_equal(one, same)
    assert trainer.ended == "finished"


def test_weights_that_are_no_numbers_have_no_signals_and_warn_of_nothing(small: Experiment) -> None:
    experiment, (*_, weights) = _trained(small, activation=("relu",))
    broken = [np.full_like(weight, np.nan) for weight in weights]
    found = layer_signals(program_of(experiment), experiment, broken, weights)
    assert all(np.isnan(signal).all() for signal in found)


def test_histograms_count_every_finite_weight_of_a_kernel_once_in_shared_bins(small: Experiment) -> None:
    _, (*_, weights) = _trained(small, batch_norm=True, hidden=(6, 4))
    weights[0] = weights[0].copy()
    weights[0][0, 0] = np.inf
    kernels = [weight for weight in weights if weight.ndim == 2]
    found = weight_histograms(weights, bins=7)
    assert found.counts.sum(axis=1).tolist() == [kernels[0].size - 1, kernels[1].size, kernels[2].size]
    assert found.edges[0] == min(kernel[np.isfinite(kernel)].min() for kernel in kernels)
    inside = (kernels[1] >= found.edges[3]) & (kernels[1] < found.edges[4])
    assert found.counts[1, 3] == inside.sum()


def test_a_layers_vector_holds_its_kernel_and_bias_and_nothing_of_batch_normalisation(small: Experiment) -> None:
    _, (weights, *_) = _trained(small, batch_norm=True, hidden=(6, 4))
    assert [len(vector) for vector in layer_vectors(weights)] == [2 * 6 + 6, 6 * 4 + 4, 4 + 1]
