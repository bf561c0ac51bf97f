"""What Keras is fed: expanded, scaled inputs and targets in the form the loss needs."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from playground.core import heads
from playground.core.experiment import Experiment
from playground.core.inputs import inputs_of, plane_of, sampled, seen_by

SPARSE_LOSS = "sparse_categorical_crossentropy"


def expand(experiment: Experiment, X: ArrayLike) -> NDArray[np.float32]:
    """The network's inputs for points: the chosen features or all coordinates, scaled as training scales them.

    Parameters
    ----------
    X : (n, coordinates) float

    Returns
    -------
    (n, number of inputs) float32
        When they are standardised, on the scale of the training part of the experiment's own data.
    """
    return inputs_of(seen_by(experiment), X)


def expand_plane(experiment: Experiment, coordinates: ArrayLike) -> NDArray[np.float32]:
    """The network's inputs for points of the plane that is shown, (n, 2)."""
    return expand(experiment, plane_of(experiment.data).points(coordinates))


def points(experiment: Experiment) -> tuple[NDArray[np.float32], NDArray[np.float32] | NDArray[np.int32]]:
    """Inputs and targets of all points of an experiment: of the training part, then of the part watched."""
    sets = sampled(experiment.trained.data)
    X_watched, y_watched = sets.watched
    X = np.concatenate([sets.X_train, X_watched])
    return expand(experiment, X), targets(experiment, np.concatenate([sets.y_train, y_watched]))


def targets(experiment: Experiment, y: ArrayLike) -> NDArray[np.float32] | NDArray[np.int32]:
    """The targets as the loss wants them.

    Parameters
    ----------
    y : (n,) classes 0 … K-1, or numbers for regression

    Returns
    -------
    (n, 1) float32 for one output unit, -1 and +1 where the loss needs signs; (n,) int32 for sparse categorical
    cross-entropy; (n, K) float32 one-hot for the other losses with a unit a class.
    """
    data, model = experiment.data, experiment.model
    y = np.asarray(y)
    if heads.has_unit_per_class(data, model):
        classes = y.astype(np.int32)
        return classes if experiment.loss == SPARSE_LOSS else np.eye(data.n_classes, dtype=np.float32)[classes]
    column = y.astype(np.float32)[:, np.newaxis]
    return 2 * column - 1 if heads.has_signed_targets(data, model) else column
