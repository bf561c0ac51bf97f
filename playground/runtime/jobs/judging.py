"""Judges a run by the task of a lesson's step, where it is trained: what a page says of it counts for nothing."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence

from playground.core.experiment import Experiment
from playground.core.wall import Wall
from playground.lessons.run import Run
from playground.lessons.task import Judge, Task
from playground.runtime.protocol.lesson import Verdict
from playground.runtime.protocol.packing import pack


class Judged:
    """The verdict on one job, said when it is another.

    Parameters
    ----------
    task : None where nobody wants to know
    """

    def __init__(self, task: Task | None) -> None:
        self._task = task
        self._judge: tuple[Experiment | Wall, Judge] | None = None
        self.forget()

    def forget(self) -> None:
        """The page knows nothing."""
        self._told: Hashable = None

    def is_news(self, key: Hashable) -> bool:
        """Whether what is so called has yet to be judged."""
        return self._task is not None and self._told != key

    def say(self, key: Hashable, subject: Experiment | Wall, runs: Callable[[], Sequence[Run]]) -> list[bytes]:
        """The packed verdict on what is called `key`, if that is news."""
        if self._task is None or not self.is_news(key):
            return []
        self._told = key
        if self._judge is None or self._judge[0] != subject:
            self._judge = subject, Judge(self._task, subject)
        seen = runs()
        reached, sentence, figures, answer = self._judge[1].of(seen)
        epoch = max(run.epoch for run in seen)
        message = Verdict(
            type="verdict", epoch=epoch, reached=reached, sentence=sentence, figures=figures, answer=answer
        )
        return [pack(message)]
