"""A panel for each class with its probability over the plane, and one with the class that wins."""

from __future__ import annotations

from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import ArrayLike
from plotly.subplots import make_subplots

from playground.figures.look import axis, class_name, color, fade, panels_layout
from playground.figures.plane import on_grid


def probabilities_figure(
    x1: ArrayLike, x2: ArrayLike, values: ArrayLike, title: str = "Probability of each class", what: str = "P"
) -> go.Figure:
    """K panels with the value of each class, and the arg-max beside them.

    Parameters
    ----------
    x1, x2 : (n,) coordinates of the grid
    values : (K, n, n), value[k, i, j] at x2[i], x1[j]; K = 1 is the probability of class 1, and its complement is shown
        for class 0. Values outside [0, 1] (logits) get a scale of their own.
    what : the letter in "P(class k)"

    Raises
    ------
    ValueError
        When the shapes of `values` and the axes do not match.
    """
    x1, x2, values = on_grid(x1, x2, values)
    if len(values) == 1:
        values = np.concatenate([1 - values, values])
    names = [f"{what}({class_name(k)})" for k in range(len(values))]
    figure = make_subplots(rows=1, cols=len(values) + 1, subplot_titles=[*names, "arg max"], shared_yaxes=True)
    lo, hi = _scale(values)
    for k, value in enumerate(values):
        figure.add_trace(_panel(x1, x2, value, k, lo, hi), row=1, col=k + 1)
    figure.add_trace(_winner(x1, x2, values), row=1, col=len(values) + 1)
    figure.update_layout(panels_layout(title))
    figure.update_xaxes(**axis("x1", range=[x1[0], x1[-1]], showgrid=False, constrain="domain"))
    figure.update_yaxes(**axis("", range=[x2[0], x2[-1]], showgrid=False, constrain="domain"))
    for k in range(len(values) + 1):
        figure.update_yaxes(scaleanchor=f"x{k + 1}" if k else "x", row=1, col=k + 1)
    figure.update_yaxes(title_text="x2", row=1, col=1)
    return figure


def _scale(values: Any) -> tuple[float, float]:
    lo, hi = float(np.min(values)), float(np.max(values))
    return (0.0, 1.0) if lo >= 0 and hi <= 1 else (lo, hi)


def _panel(x1: Any, x2: Any, value: Any, k: int, lo: float, hi: float) -> go.Heatmap:
    hover = f"x1 %{{x:.2f}}, x2 %{{y:.2f}}<br>{class_name(k)}: %{{z:.3f}}<extra></extra>"
    return go.Heatmap(z=value, x=x1, y=x2, zmin=lo, zmax=hi, colorscale=fade(k), showscale=False, hovertemplate=hover)


def _winner(x1: Any, x2: Any, values: Any) -> go.Heatmap:
    last = max(len(values) - 1, 1)
    steps = [[(k + end) / (last + 1), color(k)] for k in range(last + 1) for end in (0, 1)]
    return go.Heatmap(
        z=values.argmax(axis=0),
        x=x1,
        y=x2,
        zmin=-0.5,
        zmax=last + 0.5,
        colorscale=steps,
        showscale=False,
        hovertemplate="x1 %{x:.2f}, x2 %{y:.2f}<br>class %{z}<extra></extra>",
    )
