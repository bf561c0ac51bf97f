"""The decision boundary as a still picture: regions, border and points."""

from __future__ import annotations

from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import ArrayLike

from playground.figures.look import INK, TWO_COLORS, fade, layout
from playground.figures.plane import on_grid
from playground.figures.points import class_traces, target_trace


def boundary_figure(
    x1: ArrayLike,
    x2: ArrayLike,
    values: ArrayLike,
    lines: ArrayLike | None = None,
    points: tuple[ArrayLike, ArrayLike] | None = None,
    held_back: tuple[ArrayLike, ArrayLike] | None = None,
    task: str = "classification",
    title: str = "Decision boundary",
) -> go.Figure:
    """What a network says over the plane.

    Parameters
    ----------
    x1, x2 : (n,) coordinates of the grid
    values : (K, n, n), value[k, i, j] at x2[i], x1[j]: the probability of class 1 (K = 1) or of each class; for
        regression the output
    lines : (m, 2) polylines separated by rows of NaN, as `Boundary.lines` has them
    points, held_back : X (n, 2) and y (n,) of the training and of the test part; the latter is drawn hollow

    Raises
    ------
    ValueError
        When the shapes of `values` and the axes do not match.
    """
    x1, x2, values = on_grid(x1, x2, values)
    figure = go.Figure(layout=layout(title, "x1", "x2"))
    figure.add_traces(_regions(x1, x2, values, task))
    if lines is not None and len(np.asarray(lines)):
        figure.add_trace(_border(np.asarray(lines)))
    for part, hollow in ((points, False), (held_back, True)):
        if part is not None:
            figure.add_traces(_points(part, max(len(values), 2), task, hollow))
    figure.update_xaxes(range=[x1[0], x1[-1]], showgrid=False, constrain="domain")
    figure.update_yaxes(range=[x2[0], x2[-1]], showgrid=False, scaleanchor="x", constrain="domain")
    return figure


def _regions(x1: Any, x2: Any, values: Any, task: str) -> list[go.Heatmap]:
    if len(values) == 1:
        reach = 1.0 if task == "classification" else float(np.max(np.abs(values), initial=1e-12))
        low = 0.0 if task == "classification" else -reach
        scale = {"zmin": low, "zmax": reach, "colorscale": TWO_COLORS, "colorbar": {"title": {"text": _says(task)}}}
        return [go.Heatmap(z=values[0], x=x1, y=x2, **scale, hovertemplate=_hover(_says(task)))]
    winner, greatest = values.argmax(axis=0), values.max(axis=0)
    return [
        go.Heatmap(
            z=np.where(winner == k, greatest, np.nan),
            x=x1,
            y=x2,
            zmin=1 / len(values),
            zmax=1,
            colorscale=fade(k),
            showscale=False,
            hoverongaps=False,
            hovertemplate=_hover(f"P(class {k})"),
        )
        for k in range(len(values))
    ]


def _says(task: str) -> str:
    return "P(class 1)" if task == "classification" else "output"


def _hover(what: str) -> str:
    return f"x1 %{{x:.2f}}, x2 %{{y:.2f}}<br>{what} = %{{z:.3f}}<extra></extra>"


def _border(lines: Any) -> go.Scatter:
    return go.Scatter(
        x=lines[:, 0], y=lines[:, 1], mode="lines", line={"color": INK, "width": 2}, name="boundary", hoverinfo="skip"
    )


def _points(part: tuple[ArrayLike, ArrayLike], n_classes: int, task: str, hollow: bool) -> list[go.Scatter]:
    X, y = part
    if task == "regression":
        return [target_trace(X, y)]
    return class_traces(X, y, n_classes, hollow, showlegend=not hollow)
