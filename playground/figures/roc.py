"""The receiver operating characteristic of two classes."""

from __future__ import annotations

import plotly.graph_objects as go

from playground.core.evaluation import Roc
from playground.figures.look import INK, color, layout, plain


def roc_figure(roc: Roc, title: str = "ROC curve", threshold: str = "p", positive: str = "class 1") -> go.Figure:
    """True against false positive rate, with the diagonal that guessing gives and the area in the legend.

    `threshold` names what the thresholds are values of, `positive` the class that is called from there on.
    """
    curve = go.Scatter(
        x=roc.false_positive_rate,
        y=roc.true_positive_rate,
        customdata=roc.thresholds,
        mode="lines",
        line={"color": color(1), "width": 2.5, "shape": "hv"},
        name=f"network, AUC {roc.auc:.3f}",
        hovertemplate=f"called {plain(positive)} from {threshold} = %{{customdata:.3f}} on<br>"
        "false positives %{x:.1%}, true positives %{y:.1%}<extra></extra>",
    )
    guess = go.Scatter(x=[0, 1], y=[0, 1], mode="lines", line={"color": INK, "dash": "dot"}, name="guessing")
    figure = go.Figure([curve, guess], layout(title, "false positive rate", "true positive rate"))
    figure.update_xaxes(range=[-0.01, 1.01], constrain="domain")
    figure.update_yaxes(range=[-0.01, 1.01], scaleanchor="x", constrain="domain")
    return figure
