"""A gradient that is lost on its way back to the first layer."""

from __future__ import annotations

import math

from playground.core.diagnosis.evidence import Evidence
from playground.core.diagnosis.finding import Finding
from playground.core.diagnosis.measures import falls_short, first_to_greatest_gradient, is_stuck

AT_FIRST, NOW = 0.02, 0.3
"""Gradient of the first layer as a share of the greatest one: in the untrained network, and at the epoch shown, where
the later layers may have come to rest."""


def vanishing_gradient(evidence: Evidence) -> Finding | None:
    """Hardly any of the gradient reaches the first layer, the loss does not move, and the network has not learned."""
    shares = [first_to_greatest_gradient(look.signals) for look in (evidence.looks[0], evidence.looks[-1])]
    at_first, now = (0.0 if math.isnan(share) else share for share in shares)
    if not evidence.experiment.model.hidden or at_first > AT_FIRST or now > NOW:
        return None
    if not (is_stuck(evidence) and falls_short(evidence)):
        return None
    zeros = evidence.experiment.model.init == "zeros"
    return Finding(
        kind="vanishing_gradient",
        sentence="The gradient vanishes on its way back through the layers: the first ones are never told what to "
        "change.",
        figure=f"Before training, the gradient of the first layer was {at_first:.2%} of the largest one of the other "
        "layers, and the loss still does not move.",
        advice="Start from random weights: all-zero weights pass no gradient."
        if zeros
        else "Use relu with its own starting weights, or fewer layers.",
        chart="gradient_norms",
        change={"init": "auto"} if zeros else {"activation": "relu", "init": "auto"},
    )
