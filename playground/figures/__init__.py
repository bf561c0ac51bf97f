"""Static charts, pure: arrays in, `plotly.graph_objects.Figure` out. For a notebook as well as for the page."""

from playground.figures.boundary import boundary_figure
from playground.figures.calibration import calibration_figure
from playground.figures.confusion import confusion_figure
from playground.figures.layers import layers_figure
from playground.figures.probabilities import probabilities_figure
from playground.figures.residuals import residuals_figure
from playground.figures.roc import roc_figure
from playground.figures.signals import (
    dead_units_figure,
    gradient_norms_figure,
    learning_rate_figure,
    saturated_units_figure,
    update_ratios_figure,
    weight_histograms_figure,
    weight_norms_figure,
)
from playground.figures.truth import truth_figure

__all__ = [
    "boundary_figure",
    "calibration_figure",
    "confusion_figure",
    "dead_units_figure",
    "gradient_norms_figure",
    "layers_figure",
    "learning_rate_figure",
    "probabilities_figure",
    "residuals_figure",
    "roc_figure",
    "saturated_units_figure",
    "truth_figure",
    "update_ratios_figure",
    "weight_histograms_figure",
    "weight_norms_figure",
]
