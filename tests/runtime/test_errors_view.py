"""The view of errors holds scikit-learn's numbers on Keras's own predictions."""

from __future__ import annotations

import base64
import json
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from sklearn.calibration import calibration_curve
from sklearn.metrics import (
    accuracy_score,
    confusion_matrix,
    mean_absolute_error,
    precision_recall_fscore_support,
    r2_score,
    roc_auc_score,
)

from playground.core import make_dataset
from playground.runtime.views.snapshot import Snapshot

from .views import keras_outputs, shown, snapshot_of, with_weights

CLASSIFICATIONS: dict[str, dict[str, Any]] = {
    "sigmoid": {},
    "softmax of two": {"output": "softmax"},
    "six classes": {"dataset": "spirals", "classes": 6},
    "tanh": {"output": "tanh"},
}
EACH = pytest.mark.parametrize("fields", CLASSIFICATIONS.values(), ids=CLASSIFICATIONS)
PARTS = pytest.mark.parametrize("part", ["train", "test"])


def part_of(snapshot: Snapshot, part: str) -> tuple[np.ndarray, np.ndarray]:
    dataset = make_dataset(snapshot.experiment.data)
    return getattr(dataset, f"X_{part}"), getattr(dataset, f"y_{part}")


def probabilities(snapshot: Snapshot, X: np.ndarray) -> np.ndarray:
    """(n, K), by Keras."""
    found = keras_outputs(snapshot, X)
    if snapshot.experiment.output == "tanh":
        found = (found + 1) / 2
    return found if found.shape[1] > 1 else np.concatenate([1 - found, found], axis=1)


def figure_of(arrays: dict[str, np.ndarray]) -> dict[str, Any]:
    return dict(json.loads(arrays["figure"].tobytes()))


def numbers(value: Any) -> np.ndarray:
    """An array of a figure, which Plotly writes as base64."""
    if isinstance(value, dict):
        return np.frombuffer(base64.b64decode(value["bdata"]), value["dtype"])
    return np.asarray(value)


@EACH
@PARTS
def test_matrix_and_scores_are_scikit_learns(fields: dict[str, Any], part: str) -> None:
    snapshot = snapshot_of(**fields)
    X, y = part_of(snapshot, part)
    predicted = probabilities(snapshot, X).argmax(axis=1)
    header, arrays = shown(snapshot, "errors", chart="matrix", part=part)
    classes = range(snapshot.experiment.data.n_classes)
    assert header["counts"] == confusion_matrix(y, predicted, labels=classes).tolist()
    assert header["accuracy"] == accuracy_score(y, predicted) < 1
    options = {"labels": classes, "zero_division": 0}
    expected = precision_recall_fscore_support(y, predicted, **options)
    for name, values in zip(("precision", "recall", "f1", "support"), expected, strict=True):
        assert header[name] == values.tolist()
    macro = precision_recall_fscore_support(y, predicted, average="macro", **options)
    found = header["macro_precision"], header["macro_recall"], header["macro_f1"]
    assert found == pytest.approx(macro[:3], rel=1e-12)
    texts = [note["text"] for note in figure_of(arrays)["layout"]["annotations"]]
    assert [int(text.split("</b>")[0].removeprefix("<b>")) for text in texts] == np.ravel(header["counts"]).tolist()
    assert (header["points"], header["of"], header["part"]) == (len(X), len(X), part)


@pytest.mark.parametrize("fields", [{}, {"output": "softmax"}, {"output": "tanh"}])
def test_roc_is_scikit_learns(fields: dict[str, Any]) -> None:
    snapshot = snapshot_of(**fields)
    X, y = part_of(snapshot, "test")
    p = probabilities(snapshot, X)[:, 1]
    header, arrays = shown(snapshot, "errors", chart="roc")
    assert header["auc"] == pytest.approx(roc_auc_score(y, p), abs=1e-12)
    curve = figure_of(arrays)["data"][0]
    thresholds, *rates = (numbers(curve[name]) for name in ("customdata", "x", "y"))
    assert len(thresholds) > 5
    for name, rate in enumerate(rates):
        most, least = ((p[y == name] >= thresholds[:, np.newaxis] + shift).mean(axis=1) for shift in (-1e-6, 1e-6))
        assert ((least - 1e-12 <= rate) & (rate <= most + 1e-12)).all()


def test_a_linear_output_is_ranked_by_itself_not_by_what_is_cut_off() -> None:
    snapshot = snapshot_of(epochs=40, output="linear", loss="hinge")
    X, y = part_of(snapshot, "test")
    outputs = keras_outputs(snapshot, X)[:, 0]
    assert (np.abs(outputs) > 1).mean() > 0.2, "many are cut off in the picture"
    header, _arrays = shown(snapshot, "errors", chart="roc")
    assert header["auc"] == pytest.approx(roc_auc_score(y, outputs), abs=1e-12)


@EACH
def test_calibration_is_scikit_learns_also_of_the_class_decided_for(fields: dict[str, Any]) -> None:
    snapshot = snapshot_of(**fields)
    X, y = part_of(snapshot, "train")
    p = probabilities(snapshot, X)
    two = p.shape[1] == 2
    truth, says = (y, p[:, 1]) if two else (p.argmax(axis=1) == y, p.max(axis=1))
    observed, predicted = calibration_curve(truth, says, n_bins=10)
    header, arrays = shown(snapshot, "errors", chart="calibration", part="train")
    assert header["observed"] == pytest.approx(observed)
    assert header["predicted"] == pytest.approx(predicted, abs=1e-6)
    figure = figure_of(arrays)
    assert numbers(figure["data"][0]["y"]) == pytest.approx(observed)
    assert ("class 1" in figure["layout"]["xaxis"]["title"]["text"]) == two


@EACH
@PARTS
def test_true_and_predicted_classes_of_the_points_drawn(fields: dict[str, Any], part: str) -> None:
    snapshot = snapshot_of(**fields)
    X, y = part_of(snapshot, part)
    predicted = probabilities(snapshot, X).argmax(axis=1)
    header, arrays = shown(snapshot, "errors", chart="truth", part=part)
    assert np.array_equal(arrays["X"], X.astype(np.float32))
    assert np.array_equal(arrays["y"], y)
    assert np.array_equal(arrays["says"], predicted)
    assert header["wrong"] == np.count_nonzero(predicted != y) > 0
    few, fewer = shown(replace(snapshot, shown_points=20), "errors", chart="truth", part=part)
    assert few["wrong"] == header["wrong"], "judged are all"
    assert len(fewer["says"]) == few["drawn"] == round(20 * len(X) / 160)


@PARTS
def test_residuals_mae_and_r2_are_scikit_learns(part: str) -> None:
    snapshot = snapshot_of(dataset="hills")
    X, y = part_of(snapshot, part)
    output = keras_outputs(snapshot, X)[:, 0]
    header, arrays = shown(snapshot, "errors", chart="residuals", part=part)
    assert header["mae"] == pytest.approx(mean_absolute_error(y, output), rel=1e-5)
    assert header["r2"] == pytest.approx(r2_score(y, output), rel=1e-5)
    points = figure_of(arrays)["data"][0]
    np.testing.assert_allclose(numbers(points["x"]), output, atol=1e-5)
    np.testing.assert_allclose(numbers(points["y"]), y - output, atol=1e-5)
    truth, told = shown(snapshot, "errors", chart="truth", part=part)
    np.testing.assert_allclose(told["says"], output, atol=1e-5)
    assert truth["mae"] == header["mae"]


def test_a_chart_of_the_other_task_gives_the_first_one() -> None:
    assert shown(snapshot_of(dataset="hills"), "errors", chart="matrix")[0]["chart"] == "residuals"
    assert shown(snapshot_of(), "errors", chart="residuals")[0]["chart"] == "matrix"


def test_what_cannot_be_drawn_says_why() -> None:
    header, arrays = shown(snapshot_of(dataset="spirals", classes=6), "errors", chart="roc")
    assert "two classes" in header["note"]
    assert arrays == {}
    header, arrays = shown(with_weights(snapshot_of(dataset="hills"), float("nan")), "errors", chart="residuals")
    assert "not finite" in header["note"]
    assert arrays == {}


def test_the_sides_of_training_and_test_need_nothing_but_the_frames() -> None:
    header, arrays = shown(snapshot_of(), "errors", chart="parts")
    assert header["chart"] == "parts"
    assert arrays == {}


def test_a_validation_part_that_is_not_there_gives_the_test_part_and_one_that_is_is_judged(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    snapshot = snapshot_of()
    assert shown(snapshot, "errors", chart="matrix", part="validation")[0]["part"] == "test"
    X, y = part_of(snapshot, "test")

    dataset = make_dataset(snapshot.experiment.data)
    with_validation = dataset._replace(X_validation=X[::2], y_validation=y[::2])
    monkeypatch.setattr(Snapshot, "data", with_validation)
    header, _ = shown(snapshot, "errors", chart="matrix", part="validation")
    assert (header["part"], header["of"]) == ("validation", len(X[::2]))
    says = probabilities(snapshot, X[::2]).argmax(axis=1)
    assert header["counts"] == confusion_matrix(y[::2], says, labels=[0, 1]).tolist()


def test_of_a_long_part_the_first_ten_thousand_points_are_judged() -> None:
    snapshot = snapshot_of(epochs=1, samples=25_000, batch_size=1000)
    header, _ = shown(snapshot, "errors", chart="matrix", part="train")
    assert (header["points"], header["of"]) == (10_000, snapshot.experiment.data.n_train)
    X, y = (values[:10_000] for values in part_of(snapshot, "train"))
    says = probabilities(snapshot, X).argmax(axis=1)
    assert header["accuracy"] == pytest.approx(accuracy_score(y, says), abs=2e-4)


def test_equal_weights_give_equal_bytes() -> None:
    snapshot = snapshot_of()
    one, other = (shown(snapshot, "errors", chart="matrix") for _ in range(2))
    assert one[0] == other[0]
    assert one[1]["figure"].tobytes() == other[1]["figure"].tobytes()
