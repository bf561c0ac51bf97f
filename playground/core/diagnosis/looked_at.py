"""What a diagnosis looks at: for each kind of finding the figure it is judged by, in words, found or not."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np

from playground.core.diagnosis.evidence import Evidence
from playground.core.diagnosis.finding import Chart, Kind
from playground.core.diagnosis.linear_network import EARLIEST
from playground.core.diagnosis.measures import (
    JUMPY,
    SHORTEST,
    column,
    first_to_greatest_gradient,
    greatest,
    greatest_class,
    input_size,
    own_score,
    rises,
    what_is_right,
    window,
)
from playground.core.history import Best, best_of


class LookedAt(NamedTuple):
    """One thing that was looked at.

    Attributes
    ----------
    kind : the finding that it would have been
    subject : what was looked at, in a few words
    figure : what was seen, with the number where there is one
    chart : where it can be seen
    """

    kind: Kind
    subject: str
    figure: str
    chart: Chart


def look_at(evidence: Evidence) -> list[LookedAt]:
    """Everything that the rules look at, in their order, as it is at the epoch shown."""
    with np.errstate(invalid="ignore", over="ignore"):
        return [
            LookedAt(kind, subject, figure, chart)
            for kind, (subject, chart, seen) in SUBJECTS.items()
            if (figure := seen(evidence))
        ]


def _loss(evidence: Evidence) -> str:
    losses = column(evidence, "loss")
    return f"the training loss went from {losses[0]:.3g} to {losses[-1]:.3g}"


def _output(evidence: Evidence) -> str | None:
    if evidence.experiment.data.task == "regression":
        return None
    units = evidence.values.shape[1]
    return f"{evidence.experiment.output.rstrip('s1')}, {units} unit{'' if units == 1 else 's'}"


def _inputs(evidence: Evidence) -> str:
    return f"about {input_size(evidence):.2g} in size, where about 1 is good"


def _dead(evidence: Evidence) -> str | None:
    dead = evidence.looks[-1].signals.dead
    return f"at most {greatest(dead):.0%} of a layer's units" if np.isfinite(dead).any() else None


def _jumps(evidence: Evidence) -> str:
    recent = window(column(evidence, "loss"), JUMPY)
    if recent is None:
        return f"can be told from epoch {JUMPY} on"
    return f"the loss rose {int(rises(recent).sum())} times in the last {len(recent) - 1} epochs"


def _gradient(evidence: Evidence) -> str | None:
    share = first_to_greatest_gradient(evidence.looks[-1].signals)
    if not evidence.experiment.model.hidden or math.isnan(share):
        return None
    return f"that of the first layer is {share:.2g} times the largest of the others"


def _movement(evidence: Evidence) -> str | None:
    moved = greatest(evidence.looks[-1].signals.update_ratios)
    return f"at most {moved:.2g} of their size in an epoch" if moved else None


def _bends(evidence: Evidence) -> str:
    bending = sorted(set(evidence.experiment.model.activations) - {"linear"})
    if bending:
        return f"the hidden layers bend: {', '.join(bending)}"
    if len(evidence.curves) <= EARLIEST:
        return f"can be told from epoch {EARLIEST} on"
    own, neighbours = own_score(evidence), evidence.attainable.neighbours
    return f"nothing bends; the network {what_is_right(evidence, own)}, asking neighbours {neighbours:.0%}"


def _watched(evidence: Evidence) -> str:
    watched = column(evidence, "val_loss")
    best = best_of(evidence.curves) or Best(0, float(watched[0]))
    part = evidence.experiment.data.watched
    return f"the {part} loss is {watched[-1]:.3g}; its least was {best.loss:.3g}, at epoch {best.epoch}"


def _classes(evidence: Evidence) -> str | None:
    if evidence.experiment.data.task == "regression":
        return None
    place, count = greatest_class(evidence)
    name = evidence.experiment.data.class_names[place]
    return f"{name} is the most frequent, for {count / len(evidence.y):.0%} of the training points"


def _progress(evidence: Evidence) -> str:
    recent = window(column(evidence, "loss"))
    if recent is None:
        return f"can be told from epoch {SHORTEST} on"
    seen = f"in the last {len(recent) - 1} epochs the loss went from {recent[0]:.3g} to {recent[-1]:.3g}"
    return f"{seen}; the network {what_is_right(evidence, own_score(evidence))}"


SUBJECTS: Mapping[Kind, tuple[str, Chart, Callable[[Evidence], str | None]]] = {
    "diverged": ("The loss is a number", "loss", _loss),
    "one_unit_softmax": ("The output can tell classes apart", "boundary", _output),
    "unscaled_inputs": ("Size of the inputs", "boundary", _inputs),
    "dead_units": ("Dead units", "dead", _dead),
    "learning_rate_too_high": ("Jumps of the loss", "loss", _jumps),
    "vanishing_gradient": ("Vanishing gradient", "gradient_norms", _gradient),
    "learning_rate_too_low": ("Movement of the weights", "update_ratios", _movement),
    "linear_network": ("Non-linearity", "boundary", _bends),
    "overfitting": ("Overfitting", "loss", _watched),
    "collapsed": ("One class for all", "boundary", _classes),
    "plateau": ("Progress", "loss", _progress),
}
"""Of each kind: what is looked at, where it can be seen, and the figure, or None where the question does not arise."""
