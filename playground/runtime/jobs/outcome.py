"""What is said of a run: its state, and a sentence for the states that need one."""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeAlias

from playground.core.experiment import Experiment
from playground.runtime.engine import Ended
from playground.runtime.protocol.server import State

Reason: TypeAlias = Ended | Literal["worn"]
"""Why there is nothing more to train; worn is a run that has used up its time."""


class Progress(NamedTuple):
    """How far a run has come: its newest epoch, the best one, and why it ended if it has."""

    epoch: int
    best: int
    ended: Reason | None
    playing: bool


def state_of(run: Progress) -> State:
    """What the stage's `data-state` says."""
    if run.ended is not None:
        return "diverged" if run.ended == "diverged" else "finished"
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
        case _:
            return ""


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
