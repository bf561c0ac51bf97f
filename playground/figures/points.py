"""Data points as traces: a colour and a shape for each class, hollow for the test part."""

from __future__ import annotations

from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import ArrayLike

from playground.figures.look import TWO_COLORS, class_name, color, symbol

SIZE = 7


def class_traces(X: ArrayLike, y: ArrayLike, n_classes: int, hollow: bool = False, **more: Any) -> list[go.Scatter]:
    """One trace for each class that has points.

    Parameters
    ----------
    X : (n, 2)
    y : (n,) classes 0 … n_classes-1
    hollow : draw outlines, as for points held back from training
    """
    X, y = np.asarray(X), np.asarray(y)
    return [_class_trace(X[y == k], k, hollow, more) for k in range(n_classes) if (y == k).any()]


def _class_trace(X: Any, index: int, hollow: bool, more: dict[str, Any]) -> go.Scatter:
    shape = symbol(index) + ("-open" if hollow else "")
    outline = {"width": 1.4 if hollow else 0.6, "color": color(index) if hollow else "white"}
    return go.Scatter(
        x=X[:, 0],
        y=X[:, 1],
        mode="markers",
        name=class_name(index),
        legendgroup=str(index),
        marker={"color": color(index), "symbol": shape, "size": SIZE, "line": outline},
        **more,
    )


def target_trace(X: ArrayLike, y: ArrayLike, **more: Any) -> go.Scatter:
    """Points of a regression, coloured by target on a scale symmetric about 0."""
    X, y = np.asarray(X), np.asarray(y)
    reach = float(np.max(np.abs(y), initial=1e-12))
    marker = {"color": y, "colorscale": TWO_COLORS, "cmin": -reach, "cmax": reach, "size": SIZE}
    marker["line"] = {"width": 0.6, "color": "white"}
    return go.Scatter(x=X[:, 0], y=X[:, 1], mode="markers", marker=marker, showlegend=False, **more)
