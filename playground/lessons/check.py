"""The check of a step: conditions on its run, and what is said of them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias

from playground.lessons.conditions import Condition
from playground.lessons.run import Item, Run
from playground.lessons.subject import Networks

REACHED, NOT_YET = "reached", "not yet, because"
Seen: TypeAlias = "Item | Run | Sequence[Item] | Sequence[Run]"


class End(NamedTuple):
    """When the training of a network is over: after its epochs, or by early stopping.

    Attributes
    ----------
    epochs : most
    patience : epochs without a better val_loss after which it stops; 0 is never
    min_delta : by how much less a loss is better
    """

    epochs: int
    patience: int = 0
    min_delta: float = 0.0

    def is_there(self, run: Run) -> bool:
        """Whether a run has come to its end."""
        return run.ended or run.has_diverged or run.epoch >= self.epochs or (self.patience > 0 and self._is_lost(run))

    def _is_lost(self, run: Run) -> bool:
        """As `keras.callbacks.EarlyStopping` sees it, which does not see epoch 0."""
        least, waited = math.inf, 0
        for loss in run.column("val_loss")[1:] if run.is_whole else ():
            better = loss + self.min_delta < least
            least, waited = (loss, 0) if better else (least, waited + 1)
        return waited >= self.patience


@dataclass(frozen=True)
class Check:
    """All conditions must hold of the run of a step, or of the runs of its wall.

    Each condition that an untrained network may meet too, as ``val_accuracy <= 0.7``, makes the check wait for the
    end of training, unless a condition on ``epoch`` says from when on it may hold. One until when it may, as
    ``epoch <= 50``, makes nothing wait; ``epoch = 50 ± 1`` is both.

    Attributes
    ----------
    conditions : at least one
    ends : when training is over, of each network
    is_of_wall : whether it is about the networks of a wall
    """

    conditions: tuple[Condition, ...]
    ends: tuple[End, ...]
    is_of_wall: bool

    @classmethod
    def of_networks(cls, conditions: Sequence[Condition], networks: Networks) -> Check:
        """The check of these networks."""
        trains = [experiment.train for experiment in networks.experiments]
        ends = tuple(End(train.epochs, train.patience, train.min_delta) for train in trains)
        return cls(tuple(conditions), ends, networks.labels is not None)

    def of(self, seen: Seen, ended: bool = False) -> tuple[bool, str]:
        """Whether the step is reached, and the sentence that says so, or what is missing.

        Parameters
        ----------
        seen : of an experiment an item as `train` yields it, or a list of all items so far, or a `Run`; of a wall a
            list with an item for each network, as `train_wall` yields it, or with a `Run` for each. Conditions on a
            whole run, like ``least val_loss``, need the curves that such an item carries, or all items; without
            them they do not hold, and the sentence says so.
        ended : whether training is over though the epochs are not, as by early stopping

        Raises
        ------
        ValueError
            When there is not an item or a run for each network of the wall.
        """
        runs = runs_of(seen, self.is_of_wall, ended)
        if len(runs) != len(self.ends):
            raise ValueError(f"seen must be one for each of {len(self.ends)} networks. Got {len(runs)}.")
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

    @property
    def is_of_time_alone(self) -> bool:
        """Whether it says nothing but until which epoch it holds."""
        return all(math.isfinite(each.latest) and not each.waits_for_an_epoch for each in self.conditions)

    @property
    def has_a_time_limit(self) -> bool:
        """Whether there is an epoch after which it can be reached no more."""
        return any(math.isfinite(each.latest) for each in self.conditions)

    def _unfinished(self, runs: Sequence[Run]) -> list[str]:
        if not self.waits_for_the_end:
            return []
        left = [(run, end) for run, end in zip(runs, self.ends, strict=True) if not end.is_there(run)]
        return [f"training is at epoch {run.epoch} of {end.epochs}" for run, end in left[:1]]


def runs_of(seen: Seen, is_of_wall: bool, ended: bool = False) -> list[Run]:
    """The runs that were seen: a list of items is of one run, or of a wall one item of each network."""
    given = list(seen) if isinstance(seen, Sequence) else [seen]
    runs = [each for each in given if isinstance(each, Run)]
    if len(runs) == len(given):
        return runs
    items: list[Any] = [each for each in given if not isinstance(each, Run)]
    return [Run.of(item, ended) for item in items] if is_of_wall else [Run.of(items, ended)]
