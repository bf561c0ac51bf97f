"""Judges a run by the task of a lesson's step, where it is trained: what a page says of it counts for nothing."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import NamedTuple

from playground.core.experiment import Experiment
from playground.core.wall import Wall
from playground.lessons.check import REACHED
from playground.lessons.run import Run
from playground.lessons.task import Judge, Task
from playground.runtime.protocol.lesson import Verdict
from playground.runtime.protocol.packing import pack

MOST_LOOKED_BACK = 1_000
"""Epochs, times networks, of one verdict: a fraction of a turn. Only a run that is taken up again has passed more."""


class Seen(NamedTuple):
    """What is judged.

    Attributes
    ----------
    newest : the run as it stands now, or that of each network of a wall
    at : the same as it stood at an epoch
    """

    newest: Sequence[Run]
    at: Callable[[int], Sequence[Run]]


class Judged:
    """The verdict on one job, said when it is another.

    What was reached once stays so until the run begins anew: a check "in time" is over when the time is. Epochs that no
    frame has shown count like others: how fast somebody plays decides nothing.

    Parameters
    ----------
    task : None where nobody wants to know
    """

    def __init__(self, task: Task | None) -> None:
        self._task = task
        self._judge: tuple[Experiment | Wall, Judge] | None = None
        self.forget()
        self.begin_anew()

    def forget(self) -> None:
        """The page knows nothing."""
        self._told: Hashable = None

    def begin_anew(self) -> None:
        """The run is at its start again."""
        self._is_reached = False
        self._reached_at: int | None = None
        self._looked_at = 0

    def is_news(self, key: Hashable) -> bool:
        """Whether what is so called has yet to be judged."""
        return self._task is not None and self._told != key

    def say(self, key: Hashable, subject: Experiment | Wall, seen: Callable[[], Seen]) -> list[bytes]:
        """The packed verdict on what is called `key`, if that is news."""
        if self._task is None or not self.is_news(key):
            return []
        self._told = key
        if self._judge is None or self._judge[0] != subject:
            self._judge = subject, Judge(self._task, subject)
        judge, (newest, at) = self._judge[1], seen()
        epoch = max(run.epoch for run in newest)
        now, sentence, figures, answer = judge.of(newest)
        if now is not None and epoch > 0:  # an untrained network that meets the check has not got there
            self._look(judge, at, epoch, now)
        if self._is_reached:
            now, sentence = True, REACHED
        message = Verdict(
            type="verdict",
            epoch=epoch,
            reached=now,
            reached_at=self._reached_at,
            sentence=sentence,
            figures=figures,
            answer=answer,
        )
        return [pack(message)]

    def _look(self, judge: Judge, at: Callable[[int], Sequence[Run]], epoch: int, now: bool) -> None:
        """Whether it has got there by this epoch, and at which one first, where that is known."""
        passed = range(0) if judge.waits_for_the_end else range(self._looked_at + 1, epoch)
        self._looked_at = epoch
        if self._is_reached:
            return
        few = passed[: MOST_LOOKED_BACK // judge.networks]
        first = next((each for each in few if judge.is_reached(at(each))), None)
        self._is_reached = first is not None or now
        if self._is_reached:
            self._reached_at = first if first is not None else epoch if len(few) == len(passed) else None
