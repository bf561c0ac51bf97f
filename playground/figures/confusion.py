"""The confusion matrix: counts, and each as a share of its true class."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go
from numpy.typing import ArrayLike

from playground.core.evaluation import row_shares
from playground.figures.look import class_name, color, layout

DARK_ABOVE = 0.55
"""Share from which on a cell is dark enough for white text."""


def confusion_figure(
    counts: ArrayLike, names: Sequence[str] | None = None, title: str = "Confusion matrix"
) -> go.Figure:
    """A heat map of row shares, with count and percentage in each cell.

    Parameters
    ----------
    counts : (K, K) points of true class i (row) called class j (column)
    names : K names of the classes; default class 0, class 1, …

    Raises
    ------
    ValueError
        When `counts` is not square or `names` does not name each class once.
    """
    counts = np.asarray(counts)
    if counts.ndim != 2 or counts.shape[0] != counts.shape[1]:
        raise ValueError(f"counts must be (K, K). Got {counts.shape}.")
    names = list(names) if names is not None else [class_name(k) for k in range(len(counts))]
    if len(names) != len(counts):
        raise ValueError(f"names must be {len(counts)}, one a class. Got {len(names)}.")
    shares = row_shares(counts)
    figure = go.Figure(_cells(shares, names), layout(title, "predicted class", "true class"))
    for (i, j), share in np.ndenumerate(shares):
        figure.add_annotation(
            x=names[j],
            y=names[i],
            text=f"<b>{counts[i, j]}</b><br>{share:.1%}",
            showarrow=False,
            font={"color": "white" if share > DARK_ABOVE else "#202428"},
        )
    figure.update_yaxes(autorange="reversed", showgrid=False)
    figure.update_xaxes(showgrid=False)
    return figure


def _cells(shares: ArrayLike, names: Sequence[str]) -> go.Heatmap:
    return go.Heatmap(
        z=shares,
        x=names,
        y=names,
        zmin=0,
        zmax=1,
        colorscale=[[0, "#f2f6f9"], [1, color(1)]],
        colorbar={"title": {"text": "share of the true class"}, "tickformat": ".0%"},
        hovertemplate="true %{y}, predicted %{x}: %{z:.1%}<extra></extra>",
        xgap=2,
        ygap=2,
    )
