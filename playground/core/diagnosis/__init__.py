"""Diagnosis in plain words: what goes wrong in a run, the figure that says so, and one thing to try.

Each kind has a file with one rule, a function from the evidence to a finding or None. Thresholds are shares, so that
no rule depends on the scale of a loss, and were set on runs of all data sets and lessons over several seeds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from playground.core.diagnosis.collapsed import collapsed
from playground.core.diagnosis.dead_units import dead_units
from playground.core.diagnosis.diverged import diverged
from playground.core.diagnosis.evidence import Attainable, Evidence, Look, attainable, attainable_of, evidence_of_curves
from playground.core.diagnosis.finding import Finding, Kind
from playground.core.diagnosis.learning_rate_too_high import learning_rate_too_high
from playground.core.diagnosis.learning_rate_too_low import learning_rate_too_low
from playground.core.diagnosis.linear_network import linear_network
from playground.core.diagnosis.looked_at import LookedAt, look_at
from playground.core.diagnosis.one_unit_softmax import one_unit_softmax
from playground.core.diagnosis.overfitting import overfitting
from playground.core.diagnosis.plateau import plateau
from playground.core.diagnosis.unscaled_inputs import unscaled_inputs
from playground.core.diagnosis.vanishing_gradient import vanishing_gradient
from playground.core.experiment import Experiment

__all__ = [
    "MOST",
    "RULES",
    "Attainable",
    "Evidence",
    "Finding",
    "Kind",
    "Look",
    "LookedAt",
    "attainable",
    "attainable_of",
    "diagnose",
    "diagnose_curves",
    "look_at",
]

MOST = 3
"""Findings given at once."""
RULES: Mapping[Kind, Callable[[Evidence], Finding | None]] = {
    "diverged": diverged,
    "one_unit_softmax": one_unit_softmax,
    "unscaled_inputs": unscaled_inputs,
    "dead_units": dead_units,
    "learning_rate_too_high": learning_rate_too_high,
    "vanishing_gradient": vanishing_gradient,
    "learning_rate_too_low": learning_rate_too_low,
    "linear_network": linear_network,
    "overfitting": overfitting,
    "collapsed": collapsed,
    "plateau": plateau,
}
"""The most important first."""
SYMPTOMS: frozenset[Kind] = frozenset({"collapsed", "plateau"})
EXPLAINS: Mapping[Kind, frozenset[Kind]] = {
    "diverged": frozenset(RULES) - {"unscaled_inputs", "diverged"},
    "one_unit_softmax": frozenset(RULES) - {"one_unit_softmax"},
    "unscaled_inputs": SYMPTOMS | {"dead_units", "vanishing_gradient", "learning_rate_too_low"},
    "dead_units": SYMPTOMS | {"vanishing_gradient", "learning_rate_too_low"},
    "learning_rate_too_high": SYMPTOMS,
    "vanishing_gradient": SYMPTOMS | {"learning_rate_too_low"},
    "learning_rate_too_low": SYMPTOMS,
    "linear_network": frozenset({"plateau"}),
    "collapsed": frozenset({"plateau"}),
}
"""What a finding makes superfluous, being its cause."""
BY_CURVES: tuple[Kind, ...] = ("diverged", "learning_rate_too_high", "overfitting")
"""What curves alone tell."""


def diagnose(evidence: Evidence) -> list[Finding]:
    """What goes wrong at the epoch shown, at most three findings, the most important first; often none."""
    return _diagnosed(evidence, tuple(RULES))


def diagnose_curves(experiment: Experiment, curves: NDArray[np.floating]) -> list[Finding]:
    """What the curves alone tell of what goes wrong, as of a network whose layers nobody has looked into.

    Parameters
    ----------
    experiment : with the rates in use
    curves : (n, 6) rows of `history.CURVES` from epoch 0 to the epoch shown
    """
    return _diagnosed(evidence_of_curves(experiment, curves), BY_CURVES)


def _diagnosed(evidence: Evidence, asked: tuple[Kind, ...]) -> list[Finding]:
    with np.errstate(invalid="ignore", over="ignore"):  # a diverged run holds nan and inf
        found = [finding for kind in asked if (finding := RULES[kind](evidence))]
    kinds = [finding.kind for finding in found]
    explained = frozenset[Kind]().union(*(EXPLAINS.get(kind, frozenset()) for kind in kinds))
    return [finding for finding in found if finding.kind not in explained][:MOST]
