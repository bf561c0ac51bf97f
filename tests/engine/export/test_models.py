"""A `.keras` file, ONNX and JavaScript compute what the engine does, where nothing knows of the playground."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import warnings
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from playground.core import Experiment, make_dataset
from playground.core.datasets import target_scale
from playground.core.layers import ACTIVATIONS
from playground.engine import build_model, expand, predict
from playground.engine.epoch import Weights
from playground.engine.export import javascript, keras_model, onnx
from playground.engine.readings import make_readings
from tests.engine.conftest import epochs_of, experiment_with, program_of

from .cases import every_experiment, experiments, some_weights

WITHIN = 1e-5
ALONE = Path(__file__).parent / "alone"
"""Programs that are run where the playground cannot be imported."""


def values_of(experiment: Experiment, weights: Weights, X: NDArray[np.float32]) -> NDArray[np.float64]:
    """What the engine makes of points; a regression's in the unit of its target."""
    model = build_model(experiment)
    model.set_weights(weights)
    values = np.asarray(make_readings(experiment).values(model(expand(experiment, X), training=False)))
    middle, deviation = target_scale(experiment.data)
    return values * deviation + middle


@pytest.fixture(scope="module", params=["some", pytest.param("every", marks=pytest.mark.slow)])
def folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """For each case its files, some raw points, and what the engine makes of them."""
    folder, cases = tmp_path_factory.mktemp("models"), experiments() if request.param == "some" else every_experiment()
    told = []
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "You are using a softmax over axis", UserWarning)
        warnings.filterwarnings("ignore", "__array__ implementation", DeprecationWarning)  # Keras writes a file so
        for number, (name, experiment) in enumerate(cases.items()):
            weights = some_weights(experiment)
            X = make_dataset(experiment.data).X_train[:12].astype(np.float32)
            keras_model(experiment, weights).save(folder / f"{number}.keras")
            (folder / f"{number}.onnx").write_bytes(onnx(experiment, weights))
            (folder / f"{number}.js").write_text(javascript(experiment, weights), encoding="utf-8")
            told.append({"name": name, "X": X.tolist(), "values": values_of(experiment, weights, X).tolist()})
    (folder / "cases.json").write_text(json.dumps(told), encoding="utf-8")
    return folder


def test_the_cases_have_every_activation_with_batch_normalisation_and_without() -> None:
    with_it = {name for each in experiments().values() if each.model.batch_norm for name in each.model.activations}
    without = {name for each in experiments().values() if not each.model.batch_norm for name in each.model.activations}
    assert with_it == without == set(ACTIVATIONS)


@pytest.mark.parametrize(
    "command",
    [
        [sys.executable, "-I", str(ALONE / "keras_file.py")],
        [sys.executable, "-I", str(ALONE / "onnx_file.py")],
        [shutil.which("node") or "node", str(ALONE / "javascript_file.cjs")],
    ],
    ids=["keras", "onnx", "javascript"],
)
def test_a_model_computes_elsewhere_what_the_engine_computes(folder: Path, command: list[str]) -> None:
    done = subprocess.run([*command, str(folder)], cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    told = json.loads((folder / "cases.json").read_text(encoding="utf-8"))
    found = json.loads(done.stdout.splitlines()[-1])
    assert len(found) == len(told)
    wrong = {}
    for case, values in zip(told, found, strict=True):
        wanted = np.array(case["values"])
        assert np.shape(values) == wanted.shape, case["name"]
        off = np.max(np.abs(values - wanted) / np.maximum(np.abs(wanted), 1))
        if not off <= WITHIN:
            wrong[case["name"]] = off
    assert wrong == {}


def test_javascript_is_at_hand_in_a_page_as_a_plain_script_and_as_a_module(small: Experiment, tmp_path: Path) -> None:
    weights = some_weights(small)
    (tmp_path / "network.js").write_text(javascript(small, weights), encoding="utf-8")
    node = [shutil.which("node") or "node", str(ALONE / "javascript_elsewhere.mjs"), str(tmp_path / "network.js")]
    found = json.loads(subprocess.run(node, check=True, capture_output=True, text=True).stdout)
    wanted = values_of(small, weights, np.array([[1, 2]], np.float32))
    np.testing.assert_allclose(found, np.repeat(wanted, 2, axis=0), atol=WITHIN)


def test_the_probabilities_of_a_trained_network_are_those_that_the_page_asks_for(small: Experiment) -> None:
    experiment = experiment_with(small, epochs=5, features=("x1", "x2", "sinx1"), standardize=True)
    *_, last = epochs_of(experiment)
    X = make_dataset(experiment.data).X_test
    wanted = predict(program_of(experiment), experiment, last.weights, X)
    np.testing.assert_allclose(np.asarray(keras_model(experiment, last.weights)(X)), wanted, atol=1e-6)


def test_weights_of_another_network_are_refused(small: Experiment) -> None:
    weights = some_weights(small)
    with pytest.raises(ValueError, match=r"weights must have the shapes .*\. Got"):
        onnx(experiment_with(small, hidden=(3,)), weights)
