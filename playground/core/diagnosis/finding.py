"""What a diagnosis says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal[
    "diverged",
    "one_unit_softmax",
    "unscaled_inputs",
    "learning_rate_too_high",
    "dead_units",
    "vanishing_gradient",
    "learning_rate_too_low",
    "linear_network",
    "collapsed",
    "overfitting",
    "plateau",
]
Chart = Literal["boundary", "loss", "accuracy", "gradient_norms", "update_ratios", "dead", "saturated", "probabilities"]


@dataclass(frozen=True)
class Finding:
    """One thing that goes wrong in a run.

    Attributes
    ----------
    kind : which
    sentence : what goes wrong, in plain words
    figure : the numbers that say so
    advice : one thing to try
    change : the same as fields of the experiment's link, as `Experiment.to_query` writes them; empty where the advice
        is no single knob
    chart : where to see it
    """

    kind: Kind
    sentence: str
    figure: str
    advice: str
    chart: Chart
    change: Mapping[str, str] = field(default_factory=dict)
