"""The check of a step: conditions on its run, and what is said of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from playground.lessons.conditions import Condition
from playground.lessons.run import Item, Run

REACHED, NOT_YET = "reached", "not yet, because"
Seen: TypeAlias = "Item | Run | Sequence[Item] | Sequence[Run]"


@dataclass(frozen=True)
class Check:
    """All conditions must hold of the run of a step, or of the runs of its wall.

    Each condition that an untrained network may meet too, as ``val_accuracy <= 0.7``, makes the check wait for the
    end of training, unless a condition on ``epoch`` says from when on it may hold.

    Attributes
    ----------
    conditions : at least one
    epochs : after how many epochs training is over, of each network
    is_of_wall : whether it is about the networks of a wall
    """

    conditions: tuple[Condition, ...]
    epochs: tuple[int, ...]
    is_of_wall: bool

    def of(self, seen: Seen, ended: bool = False) -> tuple[bool, str]:
        """Whether the step is reached, and the sentence that says so, or what is missing.

        Parameters
        ----------
        seen : of an experiment an item as `train` yields it, or a list of all items so far, or a `Run`; of a wall a
            list with an item for each network, as `train_wall` yields it, or with a `Run` for each. Conditions on a
            whole run, like ``least val_loss``, do not hold of an item alone: the sentence says so.
        ended : whether training is over though the epochs are not, as by early stopping

        Raises
        ------
        ValueError
            When there is not an item or a run for each network of the wall.
        """
        runs = runs_of(seen, self.is_of_wall, ended)
        if len(runs) != len(self.epochs):
            raise ValueError(f"seen must be one for each of {len(self.epochs)} networks. Got {len(runs)}.")
        reasons = [reason for each in self.conditions if (reason := each.broken(runs)) is not None]
        reasons += self._unfinished(runs)
        if not reasons:
            return True, REACHED
        return False, f"{NOT_YET} {', and '.join(dict.fromkeys(reasons))}"

    def of_run(self, run: Run | Sequence[Run]) -> tuple[bool, str]:
        """The same of a whole run, or of one for each network of a wall."""
        return self.of(run)

    @property
    def waits_for_the_end(self) -> bool:
        """Whether it cannot be reached before training is over."""
        if any(each.waits_for_an_epoch for each in self.conditions):
            return False
        return not all(each.holds_early for each in self.conditions)

    def _unfinished(self, runs: Sequence[Run]) -> list[str]:
        if not self.waits_for_the_end:
            return []
        left = [
            (run.epoch, epochs)
            for run, epochs in zip(runs, self.epochs, strict=True)
            if run.epoch < epochs and not run.ended and not run.has_diverged
        ]
        return [f"training is at epoch {left[0][0]} of {left[0][1]}"] if left else []


def runs_of(seen: Seen, is_of_wall: bool, ended: bool = False) -> list[Run]:
    """The runs that were seen: a list of items is of one run, or of a wall one item of each network."""
    given = list(seen) if isinstance(seen, Sequence) else [seen]
    runs = [each for each in given if isinstance(each, Run)]
    if len(runs) == len(given):
        return runs
    items: list[Any] = [each for each in given if not isinstance(each, Run)]
    return [Run.of(item, ended) for item in items] if is_of_wall else [Run.of(items, ended)]
