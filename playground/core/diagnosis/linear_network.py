"""A network that can only draw a line, on data that need more."""

from __future__ import annotations

from playground.core.diagnosis.evidence import Evidence
from playground.core.diagnosis.finding import Finding
from playground.core.diagnosis.measures import epoch, falls_short, own_score, possible_score, what_is_right

EARLIEST = 10
BETTER = 0.1
"""By how much a point's neighbours must know its class better than network and line do."""


def linear_network(evidence: Evidence) -> Finding | None:
    """No activation bends anything, and a point's neighbours say far more of it than the network or any line."""
    if set(evidence.experiment.model.activations) - {"linear"} or epoch(evidence) < EARLIEST:
        return None
    own, (neighbours, line) = own_score(evidence), evidence.attainable
    if not falls_short(evidence) or possible_score(evidence) - max(own, line) < BETTER:
        return None
    return Finding(
        kind="linear_network",
        sentence=_sentence(evidence),
        figure=f"The network {what_is_right(evidence, own)}; asking each point's nearest neighbours "
        f"{what_is_right(evidence, neighbours)}.",
        advice=_advice(evidence),
        chart="boundary",
        change={"activation": "tanh"} if evidence.experiment.model.hidden else {"hidden": "8", "activation": "tanh"},
    )


def _sentence(evidence: Evidence) -> str:
    model = evidence.experiment.model
    drawn = "straight lines" if evidence.experiment.data.task == "classification" else "a flat plane"
    only = f"makes only {drawn}" if set(model.features) <= {"x1", "x2"} else "only adds up its inputs"
    if model.hidden:
        return f"All activations are linear, so however many layers there are, the network {only}."
    return f"Without a hidden layer the network {only}, and these data need more."


def _advice(evidence: Evidence) -> str:
    if evidence.experiment.model.hidden:
        return "Give the hidden layers an activation that bends: tanh or relu."
    return "Add a hidden layer of 8 tanh units, or a feature that bends, like x1²."
