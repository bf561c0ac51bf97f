"""Scores of a network's answers, against scikit-learn and by hand."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.calibration import calibration_curve
from sklearn.metrics import (
    classification_report,
    confusion_matrix,
    mean_absolute_error,
    precision_recall_fscore_support,
    r2_score,
    roc_auc_score,
    roc_curve,
)

from playground.core import evaluation


@pytest.mark.parametrize(
    ("values", "classes"),
    [
        ([[0.2], [0.5], [0.500001], [1.0]], [0, 0, 1, 1]),
        ([[0.5, 0.5], [0.1, 0.9], [-3.0, -4.0]], [0, 1, 0]),
        ([[0.1, 0.2, 0.7], [0.4, 0.4, 0.2]], [2, 0]),
    ],
)
def test_the_class_decided_for(values: list[list[float]], classes: list[int]) -> None:
    assert evaluation.predicted_classes(values).tolist() == classes


def test_rows_of_the_confusion_matrix_are_true_classes() -> None:
    y, predicted = [0, 0, 0, 1, 1, 3], [0, 0, 1, 1, 0, 1]
    counts = evaluation.confusion(y, predicted, n_classes=4)
    assert counts.tolist() == [[2, 1, 0, 0], [1, 1, 0, 0], [0, 0, 0, 0], [0, 1, 0, 0]]
    shares = evaluation.row_shares(counts)
    assert shares[0].tolist() == pytest.approx([2 / 3, 1 / 3, 0, 0])
    assert shares[2].tolist() == [0, 0, 0, 0], "a class without points has no shares"


labels = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), min_size=1, max_size=60)


@given(labels)
def test_scores_are_those_of_the_classification_report(pairs: list[tuple[int, int]]) -> None:
    y, predicted = zip(*pairs, strict=True)
    report = classification_report(y, predicted, labels=[0, 1, 2], output_dict=True, zero_division=0)
    scores = evaluation.scores(y, predicted, n_classes=3)
    for k in range(3):
        row = report[str(k)]
        found = (scores.precision[k], scores.recall[k], scores.f1[k], scores.support[k])
        assert found == pytest.approx((row["precision"], row["recall"], row["f1-score"], row["support"]))
    means = report["macro avg"]
    assert scores.macro_f1 == pytest.approx(means["f1-score"])
    assert (scores.macro_precision, scores.macro_recall) == pytest.approx((means["precision"], means["recall"]))
    assert scores.accuracy == pytest.approx(np.mean(np.array(y) == np.array(predicted)))


@settings(deadline=None)
@given(labels)
def test_matrix_precision_recall_and_f1_are_scikit_learns_to_the_last_bit(pairs: list[tuple[int, int]]) -> None:
    y, predicted = zip(*pairs, strict=True)
    expected = precision_recall_fscore_support(y, predicted, labels=[0, 1, 2], zero_division=0)
    for ours, theirs in zip(evaluation.scores(y, predicted, n_classes=3)[1:5], expected, strict=True):
        assert np.array_equal(ours, theirs)
    ours = evaluation.confusion(y, predicted, n_classes=4)
    assert np.array_equal(ours, confusion_matrix(y, predicted, labels=range(4)))


# Numbers that are further apart than rounding.
apart = st.integers(0, 2**18).map(lambda k: k / 2**18)
probabilities = st.lists(st.tuples(st.integers(0, 1), apart), min_size=2, max_size=80)


@given(probabilities)
def test_roc_has_scikit_learns_area_and_needs_both_classes(pairs: list[tuple[int, float]]) -> None:
    y, p = map(np.array, zip(*pairs, strict=True))
    roc = evaluation.roc(y, p)
    if y.min() == y.max():
        assert roc is None
        return
    assert roc is not None
    assert roc.auc == pytest.approx(roc_auc_score(y, p))
    for ours, theirs in zip(roc[:3], roc_curve(y, p), strict=True):
        assert np.array_equal(ours, theirs)
    for threshold, fpr, tpr in zip(roc.thresholds, roc.false_positive_rate, roc.true_positive_rate, strict=True):
        called = p >= threshold
        assert (fpr, tpr) == pytest.approx((called[y == 0].mean(), called[y == 1].mean()))


def test_probabilities_that_only_rounding_tells_apart_are_one_threshold() -> None:
    """A softmax over one unit is 1 or one float32 below, whatever the class: its curve is the diagonal."""
    y = np.arange(250) % 2
    p = np.where(np.arange(250) < 248, np.nextafter(np.float32(1), np.float32(0)), np.float32(1))
    found = evaluation.roc(y, p)
    assert found is not None
    assert found.false_positive_rate.tolist() == found.true_positive_rate.tolist() == [0, 1]
    assert found.auc == 0.5
    assert (p >= found.thresholds[1]).all()


def test_small_probabilities_are_told_apart() -> None:
    found = evaluation.roc([0, 1, 0, 1], np.array([1e-30, 2e-30, 3e-9, 3.00001e-9], np.float32))
    assert found is not None
    assert found.auc == 0.75


@given(probabilities)
def test_calibration_is_scikit_learns_with_the_counts_of_its_bins(pairs: list[tuple[int, float]]) -> None:
    y, p = map(np.array, zip(*pairs, strict=True))
    observed, predicted = calibration_curve(y, p, n_bins=10)
    calibration = evaluation.calibration(y, p)
    assert calibration.observed == pytest.approx(observed)
    assert calibration.predicted == pytest.approx(predicted)
    assert calibration.points.sum() == len(y)


def test_residuals_are_target_minus_output() -> None:
    found = evaluation.residuals([1.0, 2.0, 3.0, 6.0], [1.5, 2.0, 2.0, 6.5])
    assert found.residuals.tolist() == [-0.5, 0, 1, -0.5]
    assert found.mae == pytest.approx(0.5)
    assert found.r2 == pytest.approx(1 - 1.5 / 14)


numbers = st.lists(st.tuples(*[st.integers(-(2**20), 2**20).map(lambda k: k / 2**10)] * 2), min_size=2, max_size=40)


@settings(deadline=None)
@given(numbers)
def test_mae_and_r2_are_scikit_learns(pairs: list[tuple[float, float]]) -> None:
    y, output = map(np.array, zip(*pairs, strict=True))
    found = evaluation.residuals(y, output)
    assert found.mae == pytest.approx(mean_absolute_error(y, output))
    assert found.r2 == pytest.approx(r2_score(y, output), rel=1e-9)


@pytest.mark.parametrize(("off", "r2"), [(0.0, 1.0), (1e-8, 1.0), (0.1, 0.0)])
def test_where_all_targets_are_alike_the_answers_are_right_or_not(off: float, r2: float) -> None:
    y = np.full(7, 0.1) + np.array([0, 0, 0, 0, 0, 0, 1e-17])
    assert evaluation.residuals(y, y + off).r2 == r2


def test_one_point_explains_no_variance() -> None:
    assert np.isnan(evaluation.residuals([1.0], [1.5]).r2)


def test_scoring_does_not_wait_for_scikit_learn() -> None:
    code = "import playground.core.evaluation, sys; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert "sklearn.metrics" not in loaded
