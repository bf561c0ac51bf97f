"""The loss is no longer a number."""

from __future__ import annotations

import math

from playground.core.diagnosis.evidence import Evidence
from playground.core.diagnosis.finding import Finding
from playground.core.diagnosis.measures import column, epoch, has_diverged, rate_times

_WORDS = {"loss": "loss", "val_loss": "{} loss"}


def diverged(evidence: Evidence) -> Finding | None:
    """The loss, or val_loss, is nan or infinite, or ten thousand times what it was."""
    if not has_diverged(evidence):
        return None
    if epoch(evidence) == 0:
        return _from_the_start()
    rate = rate_times(evidence, 0.1)
    lost = [name for name in _WORDS if not math.isfinite(column(evidence, name)[-1])]
    name = lost[0] if lost else "loss"
    return Finding(
        kind="diverged",
        sentence="The loss has exploded: each step overshot further than the one before, until the numbers ran out.",
        figure=f"The {_WORDS[name].format(evidence.experiment.data.watched)} was {column(evidence, name)[0]:.3g} "
        f"before training and is {_number(column(evidence, name)[-1])} at epoch {epoch(evidence)}.",
        advice=f"Divide the learning rate by 10, to {rate}, and start again.",
        chart="loss",
        change={"learning_rate": rate},
    )


def _from_the_start() -> Finding:
    return Finding(
        kind="diverged",
        sentence="The loss is not a number before any training: no rate can mend that.",
        figure="At epoch 0, with the initial weights, the loss is not a finite number.",
        advice="Output, loss and initial weights do not go together: leave output and loss to themselves, or take "
        "smaller initial weights.",
        chart="loss",
    )


def _number(loss: float) -> str:
    if math.isnan(loss):
        return "not a number"
    return f"{loss:.3g}" if math.isfinite(loss) else "infinite"
