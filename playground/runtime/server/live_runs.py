"""All runs of the server: what the page script opens, and what the live channel connects to."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import Callable

from playground.core.errors import Refused
from playground.core.experiment import Experiment
from playground.runtime.limits import Limits
from playground.runtime.protocol.page import Credit, Hidden, PageMessage
from playground.runtime.server.live_run import LiveRun, Viewer
from playground.runtime.server.pool import Pool

SWEEP_SECONDS = 5.0

log = logging.getLogger(__name__)


class LiveRuns:
    """The runs by token. What is for the page's script may be called from any thread."""

    def __init__(self, pool: Pool, limits: Limits, clock: Callable[[], float] = time.monotonic) -> None:
        self._pool = pool
        self._limits = limits
        self._clock = clock
        self._runs: dict[str, LiveRun] = {}
        self._loop: asyncio.AbstractEventLoop | None = None
        self._loading: asyncio.TimerHandle | None = None
        self._sweeper: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Start the workers and the sweeping of runs nobody watches."""
        self._loop = asyncio.get_running_loop()
        self._loading = self._loop.call_later(self._limits.head_start_seconds, self._pool.start, self._loop)
        self._sweeper = asyncio.create_task(self._sweep_forever())

    async def stop(self) -> None:
        """End all training."""
        if self._loading is not None:
            self._loading.cancel()
        if self._sweeper is not None:
            self._sweeper.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._sweeper
        self._pool.stop()

    # For the page's script, from its threads -----------------------------------------------------------------------

    def open(self, experiment: Experiment) -> str:
        """Begin a run; training waits for a page to connect and play.

        Returns
        -------
        str
            The token that opens the run's live channel. It cannot be guessed.

        Raises
        ------
        Refused
            When the server holds as many runs as it may.
        """
        if len(self._runs) >= self._limits.runs and not self._make_room():
            raise Refused(
                f"This server trains at most {self._limits.runs} networks at once. "
                f"All {len(self._runs)} places are taken: try again in a minute."
            )
        run = LiveRun(experiment, seen_at=self._clock())
        self._runs[run.token] = run
        self._call(self._pool.place, run)
        return run.token

    def _make_room(self) -> bool:
        """Let the run go that has been without a page for longest; reloads leave such runs behind."""
        now = self._clock()
        left = [
            run
            for run in list(self._runs.values())
            if run.viewer is None and now - run.seen_at > self._limits.arrival_seconds
        ]
        if left:
            self.close(min(left, key=lambda run: run.seen_at).token)
        return bool(left)

    def adjust(self, token: str, experiment: Experiment) -> None:
        """Change the rates of a run, or let it have more epochs, without a restart.

        Parameters
        ----------
        experiment
            The run's experiment with another learning_rate, l1 or l2, or more epochs.

        Raises
        ------
        ValueError
            When anything else differs.
        """
        run = self._runs.get(token)
        if run is None:
            return
        if not run.experiment.may_become(experiment):
            raise ValueError("Only learning_rate, l1 and l2 can change while a network trains, and epochs can grow.")
        self._call(run.adjust, experiment)

    def exists(self, token: str) -> bool:
        """Whether the run is still held."""
        return token in self._runs

    def experiment_of(self, token: object) -> Experiment | None:
        """What the run with this token trains, with the rates in use; None where there is no such run."""
        run = self._runs.get(token) if isinstance(token, str) else None
        return None if run is None else run.experiment

    def is_watched(self, token: str) -> bool:
        """Whether a page is connected to the run, be it out of sight."""
        run = self._runs.get(token)
        return run is not None and run.viewer is not None

    def close(self, token: str) -> None:
        """End a run for good."""
        run = self._runs.pop(token, None)
        if run is not None:
            self._call(self._end, run)

    def _end(self, run: LiveRun) -> None:
        run.closed = True
        self._pool.remove(run)

    def _call(self, call: Callable[..., None], *arguments: object) -> None:
        if self._loop is None:
            raise RuntimeError("The runtime has not been started.")
        self._loop.call_soon_threadsafe(call, *arguments)

    # For the live channel, on the event loop -----------------------------------------------------------------------

    def get(self, token: str) -> LiveRun | None:
        """The run with this token."""
        return self._runs.get(token)

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

    def counts(self) -> dict[str, int]:
        """Numbers for the health route."""
        parked = sum(run.parked for run in list(self._runs.values()))
        return {**self._pool.counts(), "parked": parked}

    # Sweeping ------------------------------------------------------------------------------------------------------

    async def _sweep_forever(self) -> None:
        while True:
            await asyncio.sleep(SWEEP_SECONDS)
            try:
                self.sweep()
            except Exception:  # the next one may work, and without any nothing is ever freed
                log.exception("Runs nobody watches could not be swept")

    def sweep(self) -> None:
        """Park runs that nobody watches, and drop what has been parked for too long or takes too much room."""
        now = self._clock()
        for run in list(self._runs.values()):
            idle = 0.0 if run.watched else now - run.seen_at
            if run.place is not None and idle > self._limits.idle_seconds:
                self._pool.park(run)
            elif run.viewer is None and idle > self._limits.parked_seconds:
                self.close(run.token)
        self._drop_beyond_budget()

    def _drop_beyond_budget(self) -> None:
        runs = list(self._runs.values())
        total = sum(keep.size for keep in {run.kept for run in runs if run.kept is not None})
        lonely = (run for run in runs if run.viewer is None and run.parked)
        for run in sorted(lonely, key=lambda run: run.seen_at):
            if total <= self._limits.parked_bytes:
                return
            if run.kept is not None and not any(other.kept is run.kept for other in runs if other is not run):
                total -= run.kept.size
            runs.remove(run)
            self.close(run.token)
