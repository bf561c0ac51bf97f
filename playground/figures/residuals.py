"""A regression's residuals."""

from __future__ import annotations

import plotly.graph_objects as go
from numpy.typing import ArrayLike

from playground.core.evaluation import Residuals
from playground.figures.look import INK, color, layout


def residuals_figure(output: ArrayLike, residuals: Residuals, title: str = "Residuals") -> go.Figure:
    """Target minus output against output, with MAE and R² in the title.

    Parameters
    ----------
    output : (n,) what the network said
    """
    points = go.Scatter(
        x=output,
        y=residuals.residuals,
        mode="markers",
        marker={"color": color(1), "size": 6, "opacity": 0.7},
        showlegend=False,
        hovertemplate="output %{x:.3f}, residual %{y:.3f}<extra></extra>",
    )
    text = f"{title}: MAE {residuals.mae:.3g}, R² {residuals.r2:.3f}"
    figure = go.Figure([points], layout(text, "output", "target − output"))
    figure.add_hline(y=0, line={"color": INK, "dash": "dot"})
    return figure
