"""Which of the points on the page the network gets wrong."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from playground.core.datasets import Dataset
from playground.core.evaluation import predicted_classes
from playground.core.parts import Data
from playground.runtime.scene import shown_counts
from playground.runtime.views.snapshot import Snapshot


def mistakes(snapshot: Snapshot) -> npt.NDArray[np.uint8]:
    """1 for each point drawn that is misclassified, else 0: training points, then test points, as `hello` has them.

    Empty for regression.
    """
    if snapshot.experiment.data.task == "regression":
        return np.empty(0, np.uint8)
    X, y = shown_points(snapshot.data, snapshot.experiment.data, snapshot.shown_points)
    values = snapshot.network.predict(X)
    wrong: npt.NDArray[np.uint8] = (predicted_classes(values) != y).astype(np.uint8)
    return wrong


def shown_points(dataset: Dataset, data: Data, most: int) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.int64]]:
    """X (n, 2) and y (n,) of the points on the page."""
    shown = shown_counts(data, most)
    train, test = shown["train"], shown["test"]
    return (
        np.concatenate([dataset.X_train[:train], dataset.X_test[:test]]),
        np.concatenate([dataset.y_train[:train], dataset.y_test[:test]]),
    )
