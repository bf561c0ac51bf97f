"""All runs of the server: what the page script opens, and what the live channel connects to."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import logging
import threading
import time
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from playground.core.errors import Refused
from playground.core.experiment import Experiment
from playground.lessons.task import Task
from playground.runtime.limits import Limits
from playground.runtime.memory import Pressure, bytes_in_use, pressure
from playground.runtime.protocol.page import Credit, Hidden, PageMessage
from playground.runtime.protocol.server import Standing, State
from playground.runtime.server.live_run import LiveRun, Viewer
from playground.runtime.server.parked_runs import ParkedRuns
from playground.runtime.server.pool import Pool, Worker
from playground.runtime.server.quotas import Quota, memory_full, quotas_of
from playground.runtime.server.visitors import Visitor
from playground.runtime.server.watching import Watcher
from playground.runtime.subjects import Subject

BEAT_SECONDS = 1.0
BEATS_BETWEEN_SWEEPS = 5
BEATS_BETWEEN_PRUNINGS = 60
"""Looking through all that is on disk reads every record."""

log = logging.getLogger(__name__)

Answer = TypeVar("Answer")


class LiveRuns:
    """The runs by token. What is for the page's script may be called from any thread."""

    def __init__(
        self,
        pool: Pool,
        limits: Limits,
        clock: Callable[[], float] = time.monotonic,
        parked: ParkedRuns | None = None,
        memory_in_use: Callable[[], int] = bytes_in_use,
    ) -> None:
        self._pool, self._parked = pool, parked
        self.tally = pool.tally
        self.weighs_workers = False
        """Whether somebody wants to know the memory of each worker."""
        self.used = 0
        """Memory of the server and its workers when it was last weighed."""
        if parked is not None:
            pool.on_saved = parked.keep
        self._recalling = threading.Lock()
        self._memory_in_use, self._pressure = memory_in_use, Pressure.NONE
        self.limits = limits
        self._clock = clock
        self._runs: dict[str, LiveRun] = {}
        self._loop: asyncio.AbstractEventLoop | None = None
        self._loading: asyncio.TimerHandle | None = None
        self._heart: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Start the workers, and look after them and after runs that nobody watches."""
        self._loop = asyncio.get_running_loop()
        if self.limits.holds:
            log.info("Keras Playground %s.", self.limits.holds_in_words)
        else:
            log.warning("Keras Playground %s: visitors are refused.", self.limits.holds_in_words)
        # Whoever comes back to a run has its page already, and waits for nothing but workers.
        awaited = self._parked is not None and self._parked.any()
        if self._parked is not None:
            self._parked.remember_texts()
        head_start = 0.0 if awaited else self.limits.head_start_seconds
        self._loading = self._loop.call_later(head_start, self._pool.start, self._loop)
        self._heart = asyncio.create_task(self._beat())

    async def stop(self) -> None:
        """End all training."""
        if self._loading is not None:
            self._loading.cancel()
        if self._heart is not None:
            self._heart.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._heart
        self._pool.stop()
        if self._parked is not None:
            self._parked.note(self._runs.values())
            self._parked.close()

    # For the page's script, from its threads -----------------------------------------------------------------------

    def open(
        self,
        subject: Subject,
        visitor: Visitor = Visitor(),  # noqa: B008  a value
        task: Task | None = None,
        rests: bool = False,
    ) -> str:
        """Begin a run, or a wall of them, for a visitor; training waits for a page to connect and play.

        Parameters
        ----------
        task
            What a lesson wants to know of it, said to its page with every frame.
        rests
            Whether it may not train before it is woken, as `rest` says.

        Returns
        -------
        str
            The token that opens the run's live channel. It cannot be guessed.

        Raises
        ------
        Refused
            When the visitor, others from the same network address, or all together have as many runs as they may, or
            the server's memory is full.
        """
        if self._pressure is Pressure.FULL:
            self.tally.refuse("memory")
            raise Refused(memory_full(self.limits))
        for quota in quotas_of(visitor, self.limits):
            self._make_room(quota)
        run = LiveRun(subject, visitor=visitor, task=task, held=rests, seen_at=self._clock())
        self._runs[run.token] = run
        self._call(self._pool.place, run)
        self.tally.runs_opened.inc()
        return run.token

    def _make_room(self, quota: Quota) -> None:
        """See that there is a place: if there is none, the run goes that has been without a page for longest.

        Reloads leave such runs behind; until somebody needs their place, they are kept for the page to come back to.
        """
        counted = [run for run in list(self._runs.values()) if quota.counts(run)]
        away = [run for run in counted if run.viewer is None and run.ever_watched]
        if len(counted) - min(len(away), quota.spare) < quota.most:
            return
        left = [run for run in counted if run.viewer is None and self._is_given_up(run)]
        if not left:
            self.tally.refuse(quota.reason)
            raise Refused(quota.refusal.format(most=quota.most, held=len(counted)))
        self.close(min(left, key=lambda run: run.seen_at).token)

    def _is_given_up(self, run: LiveRun) -> bool:
        """Whether its page should be there by now, if it comes at all."""
        patience = self.limits.return_seconds if run.ever_watched else self.limits.arrival_seconds
        return self._clock() - run.seen_at > patience

    def adjust(self, token: str, experiment: Experiment) -> str | None:
        """Change the rates of a run, or what plane is shown, or let it have more epochs, without a restart.

        Parameters
        ----------
        experiment
            The run's experiment with another learning_rate, l1 or l2, with other changes of them, another plane, or
            more epochs.

        Returns
        -------
        str or None
            The link of the run, as `link_of`.

        Raises
        ------
        ValueError
            When anything else differs.
        """
        run = self.get(token)
        if run is None:
            return None
        if not isinstance(run.subject, Experiment) or not run.subject.may_become(experiment):
            raise ValueError("Only learning_rate, l1 and l2 can change while a network trains, and epochs can grow.")
        link = run.course_with(experiment)["link"]
        self._call(run.adjust, experiment)
        return link

    def link_of(self, token: str) -> str | None:
        """The link that gives the run again, changed rates included; None when the run is gone.

        A change made while it trains is in it as soon as the run's worker has said from which epoch on it holds.
        """
        run = self.get(token)
        return run.standing["course"]["link"] if run is not None else None

    def exists(self, token: str) -> bool:
        """Whether the run is still held, here or on disk."""
        return self.get(token) is not None

    def subject_of(self, token: object) -> Subject | None:
        """What the run with this token is about, with the rates in use; None where there is no such run."""
        run = self.get(token) if isinstance(token, str) else None
        return None if run is None else run.subject

    def task_of(self, token: object) -> Task | None:
        """What a lesson wants to know of the run with this token; None too where there is no such run."""
        run = self.get(token) if isinstance(token, str) else None
        return None if run is None else run.task

    def lock(self, token: str, locked: tuple[str, ...]) -> None:
        """Let the page of a run change none of these controls, and all others."""
        run = self.get(token)
        if run is not None:
            run.locked = locked

    def standing_of(self, token: str) -> Standing | None:
        """How the run stands, a copy; None where there is no such run."""
        run = self.get(token)
        return None if run is None else run.standing.copy()

    def is_watched(self, token: str) -> bool:
        """Whether a page is connected to the run, be it out of sight."""
        run = self._runs.get(token)
        return run is not None and run.viewer is not None

    def close(self, token: str) -> None:
        """End a run for good."""
        run = self._runs.pop(token, None)
        if run is not None:
            self._call(self._end, run)
        if self._parked is not None:
            self._parked.forget(token)

    def _end(self, run: LiveRun) -> None:
        run.closed = True
        self._pool.remove(run)

    def wait_for(self, work: Coroutine[Any, Any, Answer]) -> Answer:
        """What work on the event loop comes to.

        Raises
        ------
        RuntimeError
            When the runtime has not been started.
        """
        return asyncio.run_coroutine_threadsafe(work, self._running()).result()

    def _call(self, call: Callable[..., None], *arguments: object) -> None:
        self._running().call_soon_threadsafe(call, *arguments)

    def _running(self) -> asyncio.AbstractEventLoop:
        if self._loop is None:
            raise RuntimeError("The runtime has not been started.")
        return self._loop

    # For the live channel, on the event loop -----------------------------------------------------------------------

    def get(self, token: str) -> LiveRun | None:
        """The run with this token; one that a server before this one has left is taken up."""
        run = self._runs.get(token)
        if run is None and self._parked is not None:
            with self._recalling:
                run = self._runs.get(token) or self._recall(token, self._parked)
        return run

    def _recall(self, token: str, parked: ParkedRuns) -> LiveRun | None:
        run = parked.find(token, self._pool.keeping)
        if run is not None:
            run.seen_at = self._clock()
            self._runs[token] = run
            if not run.parked:  # it had not come to a worker, or failed there
                self._call(self._pool.place, run)
        return run

    def connect(self, run: LiveRun, viewer: Viewer) -> None:
        """Let a page watch the run; a page that watched before is dismissed."""
        run.seen_at = self._clock()
        run.welcome(viewer)

    def disconnect(self, run: LiveRun, viewer: Viewer) -> None:
        """The page has gone; the run waits a while for it to come back."""
        if run.viewer is viewer:
            self.tell(run, Hidden())  # a page that vanished could not say so itself
            run.viewer = None
            run.seen_at = self._clock()

    def tell(self, run: LiveRun, message: PageMessage) -> None:
        """Pass on what the page says; a parked run is taken up again."""
        run.seen_at = self._clock()
        run.tell(message)
        if run.parked and isinstance(message, Credit):
            self._pool.place(run)

    def watch(self, token: str, watcher: Watcher) -> Callable[[], None] | None:
        """Let somebody see what goes to the page of a run: its greeting, frames, views, verdicts and news, in order.

        The run does not feel it: who watches gives no credits, keeps no run alive, and sees nothing while there is no
        page. It lasts as long as the run, wherever that is trained and whatever it begins to be about.

        Parameters
        ----------
        watcher : called on the event loop with each message as `protocol.packing.pack` makes it, the very bytes; one
            that raises is let go

        Returns
        -------
        Callable or None
            What ends the watching; None where there is no such run.
        """
        run = self.get(token)
        return None if run is None else run.watchers.add(watcher)

    def rest(self, token: str) -> bool:
        """Let a run train nothing from now on, whatever its page says; its page is told that its class is paused.

        An epoch of a wall that is under way comes to its end where the wall moves to another worker; and to edit a
        weight, or change a rate, of a run that others have left behind, what it has come to is trained again.

        Returns
        -------
        bool
            Whether there is such a run.
        """
        return self._hold(token, True)

    def wake(self, token: str) -> bool:
        """Let a run that rests go on, if its page wants that: it played, or has said Play meanwhile.

        Returns
        -------
        bool
            Whether there is such a run.
        """
        return self._hold(token, False)

    def _hold(self, token: str, held: bool) -> bool:
        run = self.get(token)
        if run is not None:
            run.hold(held)
        return run is not None

    def begin_anew(self, run: LiveRun, subject: Experiment) -> None:
        """Let the run train another experiment from its beginning, on the same channel."""
        run.seen_at = self._clock()
        self._pool.begin_anew(run, subject)

    def train_aside(self, run: LiveRun) -> None:
        """Give a run to a worker that is on no page and is nobody's to come back to; `end_aside` takes it back.

        Raises
        ------
        Refused
            When the server has no memory to spare.
        """
        if self._pressure is not Pressure.NONE:
            raise Refused(memory_full(self.limits))
        self._pool.place(run)

    def end_aside(self, run: LiveRun) -> None:
        """Take back a run that was trained aside; what it has come to is lost."""
        self._end(run)

    def counts(self) -> dict[str, int]:
        """Numbers for the health route."""
        parked = sum(run.parked for run in list(self._runs.values()))
        return {**self._pool.counts(), "parked": parked}

    def states(self) -> list[State]:
        """How each run stands that is held for a page; from any thread."""
        return [run.standing["state"] for run in list(self._runs.values())]

    @property
    def learners(self) -> int:
        """Pages that are connected."""
        return sum(run.viewer is not None for run in list(self._runs.values()))

    def workers(self) -> list[Worker]:
        """What there is to say of each worker; from any thread."""
        return self._pool.workers()

    @property
    def healthy(self) -> bool:
        """Whether somebody who comes now can train."""
        return self._pool.healthy

    # Looking after it all ------------------------------------------------------------------------------------------

    async def _beat(self) -> None:
        for beat in itertools.count(1):
            await asyncio.sleep(BEAT_SECONDS)
            try:
                self._pool.tend()
                if self._parked is not None:
                    self._parked.note(list(self._runs.values()))
                if beat % BEATS_BETWEEN_SWEEPS == 0:
                    await self.weigh()
                    self.sweep()
                if self._parked is not None and beat % BEATS_BETWEEN_PRUNINGS == 1:
                    self._parked.prune()
            except Exception:  # the next one may work, and without any nothing is ever mended or freed
                log.exception("The runs and their workers could not be looked after")

    async def weigh(self) -> None:
        """See how much of its memory the server uses, and do what that calls for."""
        if self.limits.memory_bytes:
            self.used = await asyncio.to_thread(self._memory_in_use)
            self._pressure = pressure(self.used, self.limits.memory_bytes)
            self._pool.feel(self._pressure)
        if self.weighs_workers:
            await asyncio.to_thread(self._pool.weigh_workers)

    def sweep(self) -> None:
        """Park runs that nobody watches, and drop what has been parked for too long or takes too much room."""
        now = self._clock()
        patience = self.limits.idle_seconds if self._pressure is Pressure.NONE else 0.0
        for run in list(self._runs.values()):
            idle = 0.0 if run.watched else now - run.seen_at
            if run.place is not None and idle > patience:
                self._pool.park(run)
            elif run.viewer is None and idle > self.limits.parked_seconds:
                self.close(run.token)
        self._drop_beyond_budget()

    def _drop_beyond_budget(self) -> None:
        runs = list(self._runs.values())
        total = sum(keep.size for keep in {run.kept for run in runs if run.kept is not None})
        budget = self.limits.parked_bytes if self._pressure < Pressure.FULL else 0
        lonely = (run for run in runs if run.viewer is None and run.parked)
        for run in sorted(lonely, key=lambda run: run.seen_at):
            if total <= budget:
                return
            if run.kept is not None and not any(other.kept is run.kept for other in runs if other is not run):
                total -= run.kept.size
            runs.remove(run)
            self.close(run.token)
