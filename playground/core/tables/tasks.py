"""What a network may learn of a target: its classes, or its number."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.core import words
from playground.core.datasets._limits import MAX_CLASSES
from playground.core.datasets._record import Task
from playground.core.tables.names import unlike

FEW_NUMBERS = 3
"""So few are classes as soon as one of them comes twice."""


def tasks_of(values: NDArray[Any]) -> tuple[Task, ...]:
    """The tasks that a target may be of, the one that suggests itself first; none for what cannot be a target.

    Names are classes. Numbers are classes when they are few and whole, and there are two rows or more to a class;
    numbers with decimals, many numbers, and those that hardly repeat are values. So it is with scikit-learn's
    `type_of_target` [1]_: decimals are continuous, whole numbers are classes, and it warns when more than half of more
    than 20 rows differ; of fewer rows it concludes nothing. That many whole numbers are values is as H2O and AutoGluon
    have it. Where both are possible, both are offered.

    Parameters
    ----------
    values : (rows,) names or finite float64, none missing

    References
    ----------
    .. [1] https://scikit-learn.org/stable/modules/generated/sklearn.utils.multiclass.type_of_target.html
    """
    different = np.unique(values)
    few = 2 <= len(different) <= MAX_CLASSES
    if values.dtype != np.float64:
        return ("classification",) if few else ()
    if not few:
        return ("regression",) if len(different) > 1 else ()
    whole = bool((different == np.rint(different)).all())
    repeated = len(different) < len(values) and len(different) <= max(FEW_NUMBERS, len(values) // 2)
    return ("classification", "regression") if whole and repeated else ("regression", "classification")


def classes_of(values: NDArray[Any]) -> tuple[tuple[str, ...], NDArray[np.int64]]:
    """The names of the classes in their order, and (rows,) the class of each row."""
    different, y = np.unique(values, return_inverse=True)
    numeric = different.dtype == np.float64
    return unlike(words.number(float(each)) if numeric else str(each) for each in different), y
