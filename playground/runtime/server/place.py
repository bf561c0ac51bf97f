"""A place for runs: one worker, and what it is known to hold."""

from __future__ import annotations

from collections import Counter

from playground.runtime.hosts.host import Host, LastSeen
from playground.runtime.server.live_run import LiveRun
from playground.runtime.subjects import Many, Subject
from playground.runtime.worker.messages import Changed, Close, Failed, ForPage, Order, Released, ToKeep

WATCHER = 0.1
"""What one more run of an experiment costs a worker that trains it already, as a share of a training of its own."""
WALL = 3.0
"""What a wall costs, in trainings of one network: its slices are longer."""
FULL = 60
"""Runs of one experiment that a worker takes before the next one begins a training of its own."""


class Place:
    """One worker. Equal for nobody but itself."""

    def __init__(self, host: Host, number: int = 1, began_at: float = 0.0) -> None:
        self.host = host
        self.number, self.began_at = number, began_at
        """Which one it is of all since the server's start, and the second when it was begun."""
        self.loaded = False
        self.tired = False
        self.runs: dict[str, LiveRun] = {}
        self.keys: set[str] = set()
        """Programs that the worker has."""
        self.preparing: str | None = None
        """Program it compiles for runs that are to move here."""
        self.leaving: set[str] = set()
        """Tokens of runs that move as soon as another worker has their program."""
        self.ever_heard = False
        self.beats_missed = 0
        """Beats of the server's own since the worker was last heard."""
        self.hangs = False
        """Whether it was ended because one turn would not end."""

        self.wants_relief = False
        """Whether it has grown, and waits until another one has been replaced."""
        self.memory_bytes = 0
        """What it took when it was last weighed."""
        self.epochs = 0
        """How many it has said to have trained."""
        self._least_bytes: int | None = None
        self._closing: Counter[str] = Counter()
        """Of runs that were closed here and may have begun anew: how often that has not been answered yet."""

    def growth(self) -> int:
        """Bytes by which it has grown since it was first measured."""
        now = self.host.memory_bytes()
        self._least_bytes = now if self._least_bytes is None else min(self._least_bytes, now)
        return now - self._least_bytes

    def heard(self) -> None:
        """The worker has said something."""
        self.ever_heard, self.beats_missed = True, 0

    def send(self, order: Order) -> None:
        """Queue an order for the worker."""
        if isinstance(order, Close):
            self._closing[order.job] += 1
        self.host.send(order)

    def note_closed(self, job: str) -> None:
        """The worker has said the last of a run that was closed."""
        self._closing[job] -= 1
        self._closing += Counter()  # only what is above 0 stays

    def run_of(self, answer: ForPage | Changed | Failed | ToKeep | Released) -> LiveRun | None:
        """The run that an answer is about; None for one that was closed before it was given."""
        return None if self._closing[answer.job] else self.runs.get(answer.job)

    @property
    def load(self) -> float:
        """What its runs cost, in trainings: those of one experiment share one."""
        runs_of = Counter(run.subject for run in self.runs.values())
        return sum(_cost(subject) + WATCHER * (runs - 1) for subject, runs in runs_of.items())

    def has_room_beside(self, run: LiveRun) -> bool:
        """Whether it trains the run's experiment, and takes another one who watches that."""
        same = sum(other.subject == run.subject for other in self.runs.values())
        return 0 < same < FULL

    def is_to_blame(self, run: LiveRun, last_seen: LastSeen, short_key: str) -> bool:
        """Whether the worker died of its work, and that was this run or its program."""
        if last_seen.outside and not self.hangs:
            return False
        return run.token == last_seen.job or (short_key == last_seen.compiling and not self.hangs)


def _cost(subject: Subject) -> float:
    return WALL if isinstance(subject, Many) else 1.0
