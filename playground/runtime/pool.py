"""The training processes and who is with whom: placing, replacing and resuming runs.

Everything here happens on the event loop's thread; workers' threads only post to it.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Protocol

from playground.core.architecture import program_key
from playground.core.experiment import Experiment
from playground.runtime.blame import short
from playground.runtime.limits import Limits
from playground.runtime.live_run import PAGE_CREDITS, LiveRun

LOADING = "TensorFlow is loading. The network appears in a few seconds."
COMPILING = "Building the network."
RESUMED = "The training process was replaced; the run goes on from epoch {epoch}."
POISONED = "Training this network has stopped its process {n} times. Change a setting, or restart."
NO_WORKER = "The training processes cannot be started. The server's log says why."
MAX_CRASHES = 3
CRASHES_FORGOTTEN_SECONDS = 60.0
MAX_FAILED_STARTS = 3

log = logging.getLogger(__name__)


class Process(Protocol):
    """What the pool needs of a worker process (see `WorkerProcess`)."""

    @property
    def training(self) -> str:
        """The run that is training just now, or nothing."""

    @property
    def compiling(self) -> str:
        """The architecture that is being compiled just now, or nothing."""

    def send(self, name: str, *arguments: Any) -> None:
        """Queue a command."""

    def stop(self) -> None:
        """Ask it to end."""

    def kill(self) -> None:
        """End it at once."""


StartProcess = Callable[
    [Callable[[Process, tuple[Any, ...]], None], Callable[[Process], None]],
    Process,
]


class Worker:
    """A place for runs: one process and what it is known to hold."""

    def __init__(self) -> None:
        self.process: Process | None = None
        self.loaded = False
        self.tired = False
        self.runs: dict[str, LiveRun] = {}
        self.keys: set[str] = set()
        self.preparing: str | None = None
        """Program it compiles for runs that are to move here."""
        self.leaving: set[str] = set()
        """Tokens of runs that move as soon as another worker has their program."""

    def send(self, name: str, *arguments: Any) -> None:
        """Send a command to the process."""
        if self.process is not None:
            self.process.send(name, *arguments)


class Pool:
    """Keeps `limits.workers` fresh workers going and every run with one of them."""

    def __init__(self, start_process: StartProcess, limits: Limits, warm: Iterable[Experiment] = ()) -> None:
        self._start_process = start_process
        self._limits = limits
        self._warm = list(warm)
        self._workers: list[Worker] = []
        self._unplaced: dict[str, LiveRun] = {}
        self._failed_starts = 0
        self._loop: asyncio.AbstractEventLoop | None = None

    def start(self, loop: asyncio.AbstractEventLoop) -> None:
        """Start the workers; TensorFlow loads in them, not here."""
        self._loop = loop
        for _ in range(self._limits.workers):
            self._add_worker()

    def stop(self) -> None:
        """End all workers."""
        self._loop = None
        for worker in self._workers:
            if worker.process is not None:
                worker.process.kill()
        self._workers = []

    def counts(self) -> dict[str, int]:
        """How many workers there are, and how many runs they hold."""
        return {
            "workers": sum(worker.loaded for worker in self._workers),
            "runs": sum(len(worker.runs) for worker in self._workers),
            "waiting": len(self._unplaced),
        }

    # Runs ----------------------------------------------------------------------------------------------------------

    def place(self, run: LiveRun) -> None:
        """Give the run to the worker that already has its program, else to the least loaded one."""
        if run.closed:
            return
        worker = self._choose(run.key)
        if worker is None:
            self._unplaced[run.token] = run
            gone = self._failed_starts >= MAX_FAILED_STARTS
            run.set_state(*(("failed", NO_WORKER) if gone else ("loading", LOADING)), run.last_epoch)
            return
        if run.state == "loading":
            run.set_state("loading", "" if run.key in worker.keys else COMPILING, run.last_epoch)
        worker.runs[run.token] = run
        worker.keys.add(run.key)
        run.hand_to(worker)

    def remove(self, run: LiveRun) -> None:
        """Take the run from its worker; its state is lost."""
        self._unplaced.pop(run.token, None)
        for worker in self._workers:
            if run.token in worker.runs:
                worker.send("close", run.token)
                self._leave(worker, run)

    def park(self, run: LiveRun) -> None:
        """Ask for the run's state back; it stays with the run, and the worker forgets it."""
        run.ask_back()

    def _choose(self, key: str) -> Worker | None:
        loaded = [worker for worker in self._workers if worker.loaded]
        ready = [worker for worker in loaded if not worker.tired] or loaded
        if not ready:
            return None
        least = min(ready, key=lambda worker: len(worker.runs))
        knows = [worker for worker in ready if key in worker.keys]
        known = min(knows, key=lambda worker: len(worker.runs), default=least)
        # A trace costs about a second once, a crowded worker costs every frame.
        return known if len(known.runs) <= len(least.runs) + 1 else least

    def _leave(self, worker: Worker, run: LiveRun) -> None:
        worker.runs.pop(run.token, None)
        worker.leaving.discard(run.token)
        run.worker = None
        self._stop_if_done(worker)

    # Workers -------------------------------------------------------------------------------------------------------

    def _add_worker(self) -> Worker:
        worker = Worker()
        self._workers.append(worker)
        worker.process = self._start_process(
            lambda _process, answer: self._post(self._hear, worker, answer),
            lambda _process: self._post(self._bury, worker),
        )
        return worker

    def _post(self, call: Callable[..., None], *arguments: Any) -> None:
        loop = self._loop
        if loop is not None and not loop.is_closed():
            loop.call_soon_threadsafe(call, *arguments)

    def _hear(self, worker: Worker, answer: tuple[Any, ...]) -> None:
        name, *arguments = answer
        getattr(self, f"_on_{name}")(worker, *arguments)

    def _on_loaded(self, worker: Worker) -> None:
        worker.loaded = True
        self._failed_starts = 0
        for experiment in self._warm:
            worker.keys.add(program_key(experiment))
            worker.send("prepare", experiment)
        waiting, self._unplaced = self._unplaced, {}
        for run in waiting.values():
            self.place(run)
        self._prepare_to_relieve(worker)

    def _on_frame(self, worker: Worker, token: str, frame: bytes) -> None:
        run = worker.runs.get(token)
        if run is not None and run.viewer is not None:
            run.viewer.send(frame)

    def _on_status(self, worker: Worker, token: str, state: str, message: str, last_epoch: int) -> None:
        run = worker.runs.get(token)
        if run is None:
            return
        run.set_state(state, message, last_epoch)
        if state == "failed":
            self._leave(worker, run)

    def _on_saved(
        self, worker: Worker, token: str, checkpoint: bytes, history: bytes, full: bool, last_epoch: int
    ) -> None:
        run = worker.runs.get(token)
        if run is not None:
            run.keep(checkpoint, history, full)
            run.last_epoch = last_epoch

    def _on_released(self, worker: Worker, token: str, saved: list[bytes], credits: int) -> None:
        run = worker.runs.get(token)
        if run is None:
            return
        run.saved = saved
        run.credits += credits
        run.moving = False
        self._leave(worker, run)
        if run.watched:
            self.place(run)
        elif run.state == "loading":  # of a run that is kept, the state is the one it will be taken up in
            run.set_state("paused" if run.last_epoch else "ready", "", run.last_epoch)

    # Runs move without a pause: the worker they go to compiles their program first, then the old one lets them go.
    # They move away from a worker that has grown, and from a crowded one when another has just started, one program
    # after the other: a network that somebody asks for meanwhile waits for one of them, not for all.

    def _on_tired(self, worker: Worker) -> None:
        if worker.tired:
            return
        worker.tired = True
        self._add_worker()
        self._stop_if_done(worker)

    def _prepare_to_relieve(self, fresh: Worker) -> None:
        share = sum(len(worker.runs) for worker in self._workers) // max(self._limits.workers, 1)
        for worker in self._workers:
            if worker is not fresh and worker.loaded and not worker.tired:
                surplus = max(len(worker.runs) - share - 1, 0)
                worker.leaving.update(list(worker.runs)[:surplus])
        self._prepare_next(fresh)

    def _prepare_next(self, fresh: Worker) -> None:
        if fresh.preparing is not None:
            return
        elsewhere = {worker.preparing for worker in self._workers}
        for run in self._movers(fresh):
            if not run.watched:
                run.ask_back()  # it is only kept, and needs no program
            elif run.key not in elsewhere:
                fresh.preparing = run.key
                fresh.keys.add(run.key)
                fresh.send("prepare", run.experiment)
                return

    def _movers(self, fresh: Worker) -> Iterator[LiveRun]:
        """Runs that should leave another worker than `fresh` and have not been asked back yet."""
        for worker in self._workers:
            for token, run in list(worker.runs.items()):
                leaves = worker is not fresh and (worker.tired or token in worker.leaving)
                if leaves and not run.moving:
                    yield run

    def _on_prepared(self, fresh: Worker, key: str) -> None:
        if fresh.preparing == key:
            fresh.preparing = None
        if fresh.tired:
            return
        for run in self._movers(fresh):
            if run.key == key:
                run.ask_back()
        self._prepare_next(fresh)

    def _stop_if_done(self, worker: Worker) -> None:
        if worker.tired and not worker.runs and worker.process is not None:
            worker.process.stop()

    # A worker that has died is replaced, and its runs go on from the state they last saved.

    def _bury(self, worker: Worker) -> None:
        if worker not in self._workers:
            return
        self._workers.remove(worker)
        if not worker.tired:
            self._replace(worker)
        for run in list(worker.runs.values()):
            run.worker, run.moving = None, False
            self._resume(run, to_blame=_is_to_blame(run, worker))

    def _replace(self, dead: Worker) -> None:
        if not dead.loaded:
            self._failed_starts += 1
        if self._failed_starts < MAX_FAILED_STARTS:
            self._add_worker()
            return
        log.error(NO_WORKER)
        for run in self._unplaced.values():
            run.set_state("failed", NO_WORKER, run.last_epoch)

    def _resume(self, run: LiveRun, to_blame: bool) -> None:
        now = time.monotonic()
        if now - run.crashed_at > CRASHES_FORGOTTEN_SECONDS:
            run.crashes = 0
        run.crashes, run.crashed_at = run.crashes + to_blame, now
        if run.crashes >= MAX_CRASHES:
            run.set_state("failed", POISONED.format(n=run.crashes), run.last_epoch)
            return
        run.credits = PAGE_CREDITS if run.watched else 0
        if run.saved and run.viewer is not None:
            run.set_state(run.state, RESUMED.format(epoch=run.last_epoch), run.last_epoch)
        self.place(run)


def _is_to_blame(run: LiveRun, worker: Worker) -> bool:
    """Whether the worker died while it trained this run or compiled its program."""
    process = worker.process
    return process is not None and (run.token == process.training or short(run.key) == process.compiling)
