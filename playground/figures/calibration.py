"""Calibration: what the network says against what comes true."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from playground.core.evaluation import Calibration
from playground.figures.look import INK, color, layout, plain

SMALLEST, LARGEST = 6, 22


def calibration_figure(
    calibration: Calibration,
    title: str = "Calibration",
    x: str = "mean probability of class 1",
    y: str = "share of class 1",
) -> go.Figure:
    """What comes true against what was said, a bin a marker; its area grows with the points in the bin.

    Parameters
    ----------
    x, y : names of the axes, for a calibration of something else than class 1
    """
    count = np.asarray(calibration.points)
    share = np.sqrt(count / count.max()) if len(count) else count
    bins = go.Scatter(
        x=calibration.predicted,
        y=calibration.observed,
        customdata=count,
        mode="lines+markers",
        cliponaxis=False,
        line={"color": color(1), "width": 2},
        marker={"size": SMALLEST + (LARGEST - SMALLEST) * share, "opacity": 0.85},
        name="network",
        hovertemplate="says %{x:.2f}, true for %{y:.1%} of %{customdata} points<extra></extra>",
    )
    perfect = go.Scatter(x=[0, 1], y=[0, 1], mode="lines", line={"color": INK, "dash": "dot"}, name="perfect")
    figure = go.Figure([bins, perfect], layout(title, plain(x), plain(y)))
    figure.update_xaxes(range=[-0.04, 1.04], constrain="domain")
    figure.update_yaxes(range=[-0.04, 1.04], scaleanchor="x", constrain="domain")
    return figure
