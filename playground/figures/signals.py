"""The learning signals of each layer over the epochs, the spread of its weights, and the learning rate."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import ArrayLike, NDArray
from plotly.colors import sample_colorscale

from playground.figures.look import INK, axis, layout

LAYER_COLORS = [[0.0, "#f59322"], [0.5, "#d6568a"], [1.0, "#3d82d6"]]
"""From the first layer to the output: all of middle lightness, so that they stand out on white and on near-black."""
RATIO_OF_A_STEP = 1e-3
"""What the weights should about move in a step, as a share of their size (Karpathy, CS231n, "Babysitting the learning
process")."""
WIDEST_NAME = 12
"""Characters of a layer's name beside its histogram before the plot gets too narrow."""


def layer_names(n_layers: int) -> list[str]:
    """What layers are called when nobody has named them: "layer 1" and so on, the last one "output"."""
    return [*(f"layer {index + 1}" for index in range(n_layers - 1)), "output"]


def weight_norms_figure(
    epochs: ArrayLike,
    norms: ArrayLike,
    names: Sequence[str] | None = None,
    title: str = "Size of the weights",
    shown: float | None = None,
) -> go.Figure:
    """The norm of each layer's weights over the epochs.

    Parameters
    ----------
    epochs : (n,)
    norms : (n, layers), hidden layers first, the output layer last; nan where unknown
    names : one a layer
    shown : the epoch to mark
    """
    return _lines(epochs, norms, names, title, "norm of the weights", shown)


def gradient_norms_figure(
    epochs: ArrayLike,
    norms: ArrayLike,
    names: Sequence[str] | None = None,
    title: str = "Size of the gradient",
    shown: float | None = None,
) -> go.Figure:
    """The norm of each layer's gradient over the epochs, on a logarithmic axis; see `weight_norms_figure`."""
    return _logarithmic(_lines(epochs, norms, names, title, "norm of the gradient", shown))


def update_ratios_figure(
    epochs: ArrayLike,
    ratios: ArrayLike,
    names: Sequence[str] | None = None,
    title: str = "Movement of the weights",
    shown: float | None = None,
    steps: int = 1,
) -> go.Figure:
    """How far each layer's weights move in an epoch as a share of their size, on a logarithmic axis.

    Where a thousandth a step leads in an epoch is shaded: from √steps thousandths, for steps in any direction, to
    steps thousandths, for steps that all go one way.

    Parameters
    ----------
    epochs, ratios, names, shown : see `weight_norms_figure`
    steps : of an epoch
    """
    figure = _logarithmic(_lines(epochs, ratios, names, title, "move ÷ size, an epoch", shown))
    low, high = RATIO_OF_A_STEP * math.sqrt(steps), RATIO_OF_A_STEP * steps
    band = {"line": {"color": INK, "dash": "dot", "width": 1}, "fillcolor": INK, "opacity": 0.25, "layer": "below"}
    figure.add_shape(type="rect", xref="paper", x0=0, x1=1, y0=low, y1=high, **band)
    figure.add_annotation(
        text="0.001 a step", xref="paper", x=1, y=math.log10(high), xanchor="right", yanchor="bottom", showarrow=False
    )
    return figure


def dead_units_figure(
    epochs: ArrayLike,
    shares: ArrayLike,
    names: Sequence[str] | None = None,
    title: str = "Dead units",
    shown: float | None = None,
) -> go.Figure:
    """The share of each layer's units that are 0 for all training points; see `weight_norms_figure`."""
    return _shares(epochs, _lines(epochs, shares, names, title, "", shown), "no relu layer, so none can die")


def saturated_units_figure(
    epochs: ArrayLike,
    shares: ArrayLike,
    names: Sequence[str] | None = None,
    title: str = "Saturated units",
    shown: float | None = None,
) -> go.Figure:
    """The share of each layer's units in the flat tails of tanh or sigmoid; see `weight_norms_figure`."""
    return _shares(epochs, _lines(epochs, shares, names, title, "", shown), "no layer has flat tails")


def learning_rate_figure(
    epochs: ArrayLike, rates: ArrayLike, title: str = "Learning rate", shown: float | None = None
) -> go.Figure:
    """The learning rate that trained each epoch, (n,), on a logarithmic axis."""
    figure = _lines(epochs, np.asarray(rates, np.float64)[:, np.newaxis], ["rate"], title, "learning rate", shown)
    figure.update_traces(line={"color": LAYER_COLORS[-1][1], "dash": "solid", "shape": "hv"})
    return _logarithmic(figure.update_layout(showlegend=False))


def weight_histograms_figure(
    edges: ArrayLike, counts: ArrayLike, names: Sequence[str] | None = None, title: str = "Weights of each layer"
) -> go.Figure:
    """A histogram for each layer, the first one on top, each of full height where most of its weights are.

    Parameters
    ----------
    edges : (bins + 1,)
    counts : (layers, bins)
    names : one a layer

    Raises
    ------
    ValueError
        When the shapes do not match.
    """
    edges, counts = np.asarray(edges, np.float64), np.asarray(counts)
    names = _named(names, len(counts))
    if counts.shape[1:] != (len(edges) - 1,):
        raise ValueError(f"counts must be (layers, {len(edges) - 1}). Got {counts.shape}.")
    figure = go.Figure(layout={**layout(title, "weight", "layer"), "showlegend": False})
    for index, (count, color) in enumerate(zip(counts, _colors(len(counts)), strict=True)):
        figure.add_traces(_ridge(edges, count, len(counts) - 1 - index, names[index], color))
    ticks = {"tickvals": list(range(len(counts)))[::-1], "ticktext": [name[:WIDEST_NAME] for name in names]}
    figure.update_yaxes(**ticks, range=[-0.15, len(counts)], showgrid=False, zeroline=False, automargin=True)
    return figure


def _ridge(edges: NDArray[Any], count: NDArray[Any], at: int, name: str, color: str) -> list[go.Scatter]:
    """Its ground line and the bars on it, nine tenths of the way to the next one at the highest."""
    heights = at + 0.9 * count / max(count.max(initial=0), 1)
    line = {"color": color, "width": 1.5}
    ground = go.Scatter(x=edges[[0, -1]], y=[at, at], mode="lines", line=line, hoverinfo="skip")
    bars = go.Scatter(
        x=edges,
        y=[*heights, at],
        customdata=[*count, 0],
        mode="lines",
        line={**line, "shape": "hv"},
        fill="tonexty",
        name=name,
        hovertemplate="from %{x:.3g}: %{customdata} weights",
    )
    return [ground, bars]


def _lines(
    epochs: ArrayLike, values: ArrayLike, names: Sequence[str] | None, title: str, y: str, shown: float | None
) -> go.Figure:
    """A line a layer of which anything is known, and a mark at the epoch shown."""
    epochs, values = np.asarray(epochs), np.asarray(values, np.float64)
    if values.ndim != 2 or len(values) != len(epochs):
        raise ValueError(f"values must be ({len(epochs)}, layers). Got {values.shape}.")
    names = _named(names, values.shape[1])
    figure = go.Figure(layout={**layout(title, "epoch", y), "legend": _beside(), "showlegend": True})
    for name, column, color in zip(names, values.T, _colors(len(names)), strict=True):
        if np.isfinite(column).any():
            figure.add_trace(_line(epochs, column, name, color, dash="dash" if name == names[-1] else "solid"))
    if shown is not None:
        figure.add_vline(x=shown, line={"color": INK, "dash": "dot", "width": 1.5})
    return figure


def _line(epochs: NDArray[Any], column: NDArray[Any], name: str, color: str, dash: str) -> go.Scatter:
    known = np.isfinite(column).sum()
    return go.Scatter(
        x=epochs,
        y=column,
        mode="lines" if known > 1 else "markers",
        line={"color": color, "width": 2, "dash": dash},
        marker={"color": color},
        name=name,
        hovertemplate="epoch %{x}: %{y:.3g}",
    )


def _named(names: Sequence[str] | None, n_layers: int) -> list[str]:
    names = layer_names(n_layers) if names is None else list(names)
    if len(names) != n_layers:
        raise ValueError(f"names must be {n_layers}. Got {len(names)}.")
    return names


def _colors(n_layers: int) -> list[str]:
    return list(sample_colorscale(LAYER_COLORS, np.linspace(0, 1, max(n_layers, 2))))[:n_layers]


def _beside() -> dict[str, Any]:
    """A narrow legend to the right: with nine layers one above the plot would take a third of it."""
    return {"orientation": "v", "x": 1.01, "xanchor": "left", "y": 1, "font": {"size": 11}, "tracegroupgap": 0}


def _logarithmic(figure: go.Figure) -> go.Figure:
    return figure.update_yaxes(type="log", exponentformat="power", dtick=1 if _decades(figure) > 1 else "D2")


def _decades(figure: go.Figure) -> float:
    """How many powers of ten the lines span."""
    values = np.concatenate([np.empty(0), *(np.asarray(trace.y, np.float64) for trace in figure.data)])
    values = values[np.isfinite(values) & (values > 0)]
    return float(np.log10(values.max() / values.min())) if len(values) else 0.0


def _shares(epochs: ArrayLike, figure: go.Figure, none: str) -> go.Figure:
    """Shares from 0 to 1, or a sentence where there is no line."""
    if not figure.data:
        figure.add_annotation(text=none, xref="paper", yref="paper", x=0.5, y=0.5, showarrow=False)
        figure.update_xaxes(range=[np.min(epochs, initial=0), np.max(epochs, initial=1)])
    return figure.update_yaxes(range=[-0.03, 1.03], tickformat=".0%", **axis("share of the units"))
