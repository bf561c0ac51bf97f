"""How good a network's answers are: confusion, scores, ROC, calibration and residuals, as scikit-learn defines them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.metrics import (
    accuracy_score,
    auc,
    confusion_matrix,
    mean_absolute_error,
    precision_recall_fscore_support,
    r2_score,
    roc_curve,
)

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

THRESHOLD = 0.5


class Scores(NamedTuple):
    """Shares in [0, 1]. Precision, recall and F1 are (K,), one a class; `macro_f1` is their plain mean.

    Precision is TP / (TP + FP), recall TP / (TP + FN), F1 their harmonic mean; 0 where a denominator is 0.
    `support` is (K,), the number of points of each class.
    """

    accuracy: float
    precision: Floats
    recall: Floats
    f1: Floats
    support: Ints
    macro_precision: float
    macro_recall: float
    macro_f1: float


class Roc(NamedTuple):
    """True against false positive rate as the threshold falls, both (m,) in [0, 1], and the area under the curve."""

    false_positive_rate: Floats
    true_positive_rate: Floats
    thresholds: Floats
    auc: float


class Calibration(NamedTuple):
    """For each bin of probabilities that holds a point: mean probability, share of class 1, and points; all (m,)."""

    predicted: Floats
    observed: Floats
    points: Ints


class Residuals(NamedTuple):
    """`residuals` (n,) are target minus output, in the target's units, as is `mae`; `r2` is at most 1."""

    residuals: Floats
    mae: float
    r2: float


def predicted_classes(values: ArrayLike) -> Ints:
    """The class a network decides for.

    Parameters
    ----------
    values : (n, 1) probability of class 1, or (n, K) value of each class

    Returns
    -------
    (n,) int64
        1 where the probability exceeds 0.5, else 0; or the class with the greatest value, the first one of equals.
        Both are what Keras counts as its accuracy.
    """
    values = np.asarray(values)
    if values.shape[1] == 1:
        return (values[:, 0] > THRESHOLD).astype(np.int64)
    winners: Ints = np.argmax(values, axis=1)
    return winners


def confusion(y: ArrayLike, predicted: ArrayLike, n_classes: int) -> Ints:
    """Points of true class i (row) that were called class j (column): (K, K)."""
    return np.asarray(confusion_matrix(y, predicted, labels=range(n_classes)), dtype=np.int64)


def row_shares(matrix: Ints) -> Floats:
    """Each row of a confusion matrix as shares of that class; zeros for a class without points."""
    totals = matrix.sum(axis=1, keepdims=True)
    shares: Floats = np.divide(matrix, totals, out=np.zeros(matrix.shape), where=totals > 0)
    return shares


def scores(y: ArrayLike, predicted: ArrayLike, n_classes: int) -> Scores:
    """Accuracy, and precision, recall and F1 of each class and their means."""
    precision, recall, f1, support = precision_recall_fscore_support(
        y, predicted, labels=range(n_classes), average=None, zero_division=0
    )
    means = (float(np.mean(each)) for each in (precision, recall, f1))
    return Scores(float(accuracy_score(y, predicted)), precision, recall, f1, support, *means)


def roc(y: ArrayLike, probability: ArrayLike) -> Roc | None:
    """The receiver operating characteristic of two classes; None when only one of them has points."""
    y = np.asarray(y)
    if len(np.unique(y)) < 2:
        return None
    fpr, tpr, thresholds = roc_curve(y, np.asarray(probability), pos_label=1)
    return Roc(fpr, tpr, thresholds, float(auc(fpr, tpr)))


def calibration(y: ArrayLike, probability: ArrayLike, bins: int = 10) -> Calibration:
    """How often class 1 comes true where the network says p, in bins of equal width over [0, 1].

    A bin holds its upper end, the first one both ends (scikit-learn's `calibration_curve`, strategy "uniform", with the
    counts it leaves out).
    """
    y, p = np.asarray(y, dtype=np.float64), np.asarray(probability, dtype=np.float64)
    index = np.searchsorted(np.linspace(0, 1, bins + 1)[1:-1], p)
    count = np.bincount(index, minlength=bins)
    held = count > 0
    sums = (np.bincount(index, weights=weights, minlength=bins) for weights in (p, y))
    predicted, observed = (total[held] / count[held] for total in sums)
    return Calibration(predicted, observed, count[held].astype(np.int64))


def residuals(y: ArrayLike, output: ArrayLike) -> Residuals:
    """What a regression gets wrong, by how much, and the share of the targets' variance that it explains."""
    y, output = np.asarray(y, dtype=np.float64), np.asarray(output, dtype=np.float64)
    return Residuals(y - output, float(mean_absolute_error(y, output)), float(r2_score(y, output)))
