"""Static charts, pure: arrays in, `plotly.graph_objects.Figure` out. For a notebook as well as for the page.

A chart's module is loaded when it is first asked for: Plotly takes a while to import.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
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

_MODULE_OF = {
    "boundary_figure": "playground.figures.boundary",
    "calibration_figure": "playground.figures.calibration",
    "confusion_figure": "playground.figures.confusion",
    "dead_units_figure": "playground.figures.signals",
    "gradient_norms_figure": "playground.figures.signals",
    "layers_figure": "playground.figures.layers",
    "learning_rate_figure": "playground.figures.signals",
    "probabilities_figure": "playground.figures.probabilities",
    "residuals_figure": "playground.figures.residuals",
    "roc_figure": "playground.figures.roc",
    "saturated_units_figure": "playground.figures.signals",
    "truth_figure": "playground.figures.truth",
    "update_ratios_figure": "playground.figures.signals",
    "weight_histograms_figure": "playground.figures.signals",
    "weight_norms_figure": "playground.figures.signals",
}

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


def __getattr__(name: str) -> Any:
    """Load a chart's function from its module, once."""
    if name not in _MODULE_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(_MODULE_OF[name]), name)
    globals()[name] = value
    return value


def load() -> None:
    """Load all of them."""
    for name in __all__:
        __getattr__(name)
