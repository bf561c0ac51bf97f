"""The confusion matrix: counts, and each as a share of its true class."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import ArrayLike

from playground.core.evaluation import row_shares
from playground.figures.look import class_name, color, layout, plain

DARK_ABOVE = 0.55
"""Share from which on a cell is dark enough for white text."""

FEW = 4
"""Classes up to which a cell has room for a decimal of its percentage."""
LONGEST = 16
"""Characters of the name of a class."""


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
    names = [class_name(k) for k in range(len(counts))] if names is None else [plain(name) for name in _short(names)]
    if len(names) != len(counts):
        raise ValueError(f"names must be {len(counts)}, one a class. Got {len(names)}.")
    shares = row_shares(counts)
    # All notes at once: each `add_annotation` checks those before it anew, 0.3 s for six classes.
    digits = 1 if len(counts) <= FEW else 0
    notes = [
        _note(int(counts[i, j]), float(share), names[i], names[j], digits) for (i, j), share in np.ndenumerate(shares)
    ]
    shape = {**layout(title, "predicted class", "true class"), "annotations": notes}
    shape["xaxis"] |= {"showgrid": False, "type": "category", "automargin": True}
    shape["yaxis"] |= {"showgrid": False, "type": "category", "autorange": "reversed", "automargin": True}
    return go.Figure(_cells(shares, names), shape)


def _short(names: Sequence[str]) -> list[str]:
    """Names that leave room for the matrix, where they still differ."""
    cut = [name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…" for name in names]
    return cut if len(set(cut)) == len(names) else list(names)


def _note(count: int, share: float, true: str, predicted: str, digits: int) -> dict[str, Any]:
    ink = "white" if share > DARK_ABOVE else "#202428"
    text = f"<b>{count}</b><br>{share:.{digits}%}"
    return {"x": predicted, "y": true, "text": text, "showarrow": False, "font": {"color": ink}}


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
