"""What is said of a run: its state, and a sentence for the states that need one."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from playground.core.ending import Reason, advice_of, more_epochs, why_no_more
from playground.core.experiment import Experiment
from playground.core.history import CURVES, best_of
from playground.runtime.protocol.server import Ending, State

HELD = "The class is paused."
"""Of one that may not train, whatever its page says."""


class Progress(NamedTuple):
    """How far a run has come: its newest epoch, the best one, and why it ended if it has.

    Whether it is to play, and whether it may not whatever its page says.
    """

    epoch: int
    best: int
    ended: Reason | None
    playing: bool
    held: bool = False


def state_of(run: Progress) -> State:
    """What the stage's `data-state` says."""
    if run.ended is not None:
        return "diverged" if run.ended == "diverged" else "finished"
    if run.held:
        return "paused"
    if run.playing:
        return "playing"
    return "ready" if run.epoch == 0 else "paused"


def sentence_of(run: Progress, experiment: Experiment, training_seconds: float) -> str:
    """Why it ended, and what to do; empty for what needs no words."""
    match run.ended:
        case "diverged":
            return _diverged(run.epoch)
        case "early_stopping":
            return _stopped_early(run, experiment)
        case "worn":
            limit = _duration(training_seconds)
            return f"This server trains a run for at most {limit}: it ended at epoch {run.epoch}."
        case None if run.held:
            return HELD
        case _:
            return ""


def ending_of(run: Progress, experiment: Experiment, curves: NDArray[np.float32]) -> Ending:
    """What is said of a run that has ended, from its curves up to its end."""
    assert run.ended is not None
    row = dict(zip(CURVES, curves[run.best].tolist(), strict=True))
    best = best_of(curves[: run.epoch + 1])
    return Ending(
        epoch=run.best,
        loss=row["val_loss"],
        accuracy=row["val_accuracy"],
        best_epoch=None if best is None else best.epoch,
        best_loss=None if best is None else best.loss,
        advice=advice_of(experiment, curves[: run.epoch + 1]),
        more=more_epochs(experiment, run.ended),
        no_more=why_no_more(experiment, run.ended),
    )


def _diverged(epoch: int) -> str:
    if epoch == 0:
        return "The loss is not a number before any training: output, loss and initial weights do not go together."
    return f"The loss stopped being a number at epoch {epoch}: the run diverged. Lower the learning rate."


def _stopped_early(run: Progress, experiment: Experiment) -> str:
    restored = f" The weights of epoch {run.best} are restored." if run.best != run.epoch else ""
    part, patience = experiment.data.watched, experiment.train.patience
    return f"Early stopping: the {part} loss has not improved for {patience} epochs.{restored}"


def _duration(seconds: float) -> str:
    """A time in words: hours, or minutes when it is less than one."""
    number, unit = (seconds / 3600, "hour") if seconds >= 3600 else (seconds / 60, "minute")
    return f"{number:.3g} {unit}{'' if number == 1 else 's'}"
