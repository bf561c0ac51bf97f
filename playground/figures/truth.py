"""What is true beside what the network says, point by point."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go
from numpy.typing import ArrayLike
from plotly.subplots import make_subplots

from playground.figures.look import INK, axis, panels_layout
from playground.figures.points import SIZE, class_traces


def truth_figure(
    X: ArrayLike, y: ArrayLike, predicted: ArrayLike, n_classes: int, title: str = "True and predicted classes"
) -> go.Figure:
    """True classes on the left, predicted ones on the right with a ring round each wrong point.

    Parameters
    ----------
    X : (n, 2)
    y, predicted : (n,) classes 0 … n_classes-1
    """
    X, y, predicted = np.asarray(X), np.asarray(y), np.asarray(predicted)
    wrong = y != predicted
    figure = make_subplots(
        rows=1, cols=2, subplot_titles=["true", f"predicted, {wrong.sum()} of {len(y)} wrong"], shared_yaxes=True
    )
    figure.add_traces(class_traces(X, y, n_classes), rows=1, cols=1)
    figure.add_traces(class_traces(X, predicted, n_classes, showlegend=False), rows=1, cols=2)
    figure.add_trace(_rings(X[wrong]), row=1, col=2)
    figure.update_layout(panels_layout(title))
    figure.update_xaxes(**axis("x1"))
    figure.update_yaxes(**axis("", matches="y"))
    figure.update_yaxes(title_text="x2", row=1, col=1)
    return figure


def _rings(X: np.ndarray) -> go.Scatter:
    ring = {"symbol": "circle-open", "size": 2 * SIZE, "color": INK, "line": {"width": 2, "color": INK}}
    return go.Scatter(x=X[:, 0], y=X[:, 1], mode="markers", marker=ring, name="wrong", hoverinfo="skip")
