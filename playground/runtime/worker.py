"""A training process: a round-robin over its runs, fed by a pipe.

Training, views and commands share one thread, so nothing is locked. Only compiling an architecture, which takes
about a second, has a thread of its own: the other runs go on meanwhile.

Commands are tuples (name, run id, …); `Worker` has a method for each. Answers are tuples as well, see `Worker._say`.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import logging
import os
import time
from collections import OrderedDict, deque
from concurrent.futures import Future, ThreadPoolExecutor
from multiprocessing.connection import Connection
from queue import SimpleQueue
from typing import Any

from playground.core.architecture import program_key
from playground.core.experiment import Experiment
from playground.runtime import views
from playground.runtime.blame import Blame
from playground.runtime.limits import Limits
from playground.runtime.messages import (
    Credit,
    Edit,
    Focus,
    Hidden,
    PageMessage,
    Pause,
    Play,
    Probe,
    Rewind,
    Scrub,
    Show,
    Speed,
    Step,
    Unfocus,
    View,
    Viewed,
    pack,
)
from playground.runtime.run import Run

SAVE_SECONDS = 1.0
PROMISE_SECONDS = 60.0
EDITS_WAITING = 10
"""Older ones give way: nobody types so fast."""
IDLE_POLL_SECONDS = 0.05
NEVER_SAVED = (0.0, 0, "ready")

log = logging.getLogger(__name__)


def main(pipe: Connection, engine_name: str, limits: Limits, blame: Blame) -> None:
    """Entry point of a worker process."""
    engine = importlib.import_module(engine_name)
    engine.configure_process()
    worker = Worker(pipe, engine, limits, blame)
    # These mean that the server has gone: nobody is left to train for.
    with contextlib.suppress(EOFError, BrokenPipeError, ConnectionResetError, KeyboardInterrupt):
        pipe.send(("loaded",))
        worker.serve()
    os._exit(0)  # TensorFlow's threads need no orderly end, and waiting for them can hang


class _Waiting:
    """A run whose architecture is still being compiled, and what was said to it meanwhile."""

    def __init__(self, experiment: Experiment, saved: list[bytes]) -> None:
        self.experiment = experiment
        self.saved = saved
        self.said: list[PageMessage] = []
        self.credits = 0

    def hear(self, message: PageMessage) -> None:
        if isinstance(message, Credit):
            self.credits += 1
        elif isinstance(message, Hidden):
            self.credits = 0
        else:
            self.said.append(message)


class Worker:
    """The loop of a training process."""

    def __init__(self, pipe: Connection, engine: Any, limits: Limits, blame: Blame) -> None:
        self._pipe = pipe
        self._blame = blame
        self._engine = engine
        self._limits = limits
        self._runs: dict[str, Run] = {}
        self._waiting: dict[str, _Waiting] = {}
        self._programs: OrderedDict[str, Future[Any]] = OrderedDict()
        self._spent = 0
        """Programs let go: what they leave behind is what a new worker would be rid of."""
        self._compiler = ThreadPoolExecutor(1, "compile")
        self._prepared: SimpleQueue[str] = SimpleQueue()
        self._told: dict[str, tuple[str, str]] = {}
        self._marks: dict[str, Any] = {}
        self._saved_at: dict[str, tuple[float, int, str]] = {}
        """When each run was last saved, and with what epoch and state."""
        self._baseline: int | None = None
        self._tired = False
        self._promised: dict[str, float] = {}
        """Programs that runs of other workers wait for, and until when they are kept for them."""
        self._probes: dict[str, Probe] = {}
        """The newest probe of each run, answered in its turn: however many a page sends, others keep theirs."""
        self._edits: dict[str, deque[Edit]] = {}
        """Edits of each run, one a turn: each is evaluated on all its points, and others keep their turns."""
        self._bytes_saved: dict[str, int] = {}

    def serve(self) -> None:
        """Take turns until told to stop."""
        while True:
            self._listen(0.0 if self._busy() else IDLE_POLL_SECONDS)
            self._admit()
            for run_id, run in list(self._runs.items()):
                self._give_turn(run_id, run)

    def _busy(self) -> bool:
        return bool(self._probes or self._edits) or any(run.wants_turn for run in self._runs.values())

    def _listen(self, timeout: float) -> None:
        while self._pipe.poll(timeout):
            name, *arguments = self._pipe.recv()
            getattr(self, f"do_{name}")(*arguments)
            timeout = 0.0

    def _say(self, *answer: Any) -> None:
        self._pipe.send(answer)

    # Commands ------------------------------------------------------------------------------------------------------

    def do_prepare(self, experiment: Experiment) -> None:
        """Compile an architecture before anybody asks for it; answers ("prepared", key)."""
        key = program_key(experiment)
        self._promised[key] = time.monotonic() + PROMISE_SECONDS
        self._program(experiment).add_done_callback(lambda _: self._prepared.put(key))

    def do_open(self, run_id: str, experiment: Experiment, saved: list[bytes]) -> None:
        """Begin or resume a run once its program is there."""
        self._waiting[run_id] = _Waiting(experiment, saved)
        self._program(experiment)
        self._promised.pop(program_key(experiment), None)

    def do_tell(self, run_id: str, message: PageMessage) -> None:
        """Pass on a page's message."""
        if run_id in self._waiting:
            self._waiting[run_id].hear(message)
        elif run_id in self._runs:
            self._obey(self._runs[run_id], run_id, message)
            self._tell_state(run_id, self._runs[run_id])

    def do_welcome(self, run_id: str, credits: int) -> None:
        """A page has connected to the run, and is ready for `credits` frames."""
        if run_id in self._waiting:
            self._waiting[run_id].credits = credits
        elif run_id in self._runs:
            self._runs[run_id].welcome(credits)

    def do_adjust(self, run_id: str, experiment: Experiment) -> None:
        """Change rates while training."""
        if run_id in self._waiting:
            self._waiting[run_id].experiment = experiment
        elif run_id in self._runs:
            self._runs[run_id].adjust(experiment)

    def do_close(self, run_id: str) -> None:
        """Free a run."""
        waiting = self._waiting.pop(run_id, None)
        if waiting is not None:
            self._cancel(program_key(waiting.experiment))
        if self._runs.pop(run_id, None) is not None:
            for known in (self._told, self._marks, self._saved_at, self._probes, self._edits, self._bytes_saved):
                known.pop(run_id, None)

    def do_release(self, run_id: str) -> None:
        """Hand a run over: answers ("released", run id, saved state, open credits), and forgets the run."""
        if run_id in self._runs:
            run = self._runs[run_id]
            self._make_all_edits(run_id, run)
            checkpoint, history, _full, _mark = run.save(None)
            self._say("released", run_id, [checkpoint, history], run.credits)
        elif run_id in self._waiting:
            waiting = self._waiting[run_id]
            self._say("released", run_id, waiting.saved, waiting.credits)
        self.do_close(run_id)

    def do_stop(self) -> None:
        """End the process."""
        raise EOFError

    def _obey(self, run: Run, run_id: str, message: PageMessage) -> None:
        match message:
            case Credit():
                run.credit()
            case Hidden():
                run.hide()
            case Play(epochs_per_frame=epochs):
                run.play(epochs)
            case Speed(epochs_per_frame=epochs):
                run.epochs_per_frame = epochs
            case Pause():
                run.pause()
                self._save_now_and_then(run_id, run)
            case Step():
                run.step()
            case Rewind():
                self._edits.pop(run_id, None)
                if run.rewind():
                    self._marks.pop(run_id, None)
                    self._save(run_id, run)
            case Scrub(epoch=epoch):
                run.scrub(epoch)
            case View(x1=x1, x2=x2):
                run.look(x1, x2)
            case Probe():
                self._probes[run_id] = message
            case Show():
                run.show(message)
            case Viewed():
                run.viewed()
            case Focus():
                run.focus(message)
            case Unfocus():
                run.focus(None)
            case Edit():
                self._edits.setdefault(run_id, deque(maxlen=EDITS_WAITING)).append(message)

    def _make_all_edits(self, run_id: str, run: Run) -> None:
        """Before the run is handed over. A fault in one must not take the process with it."""
        try:
            while run_id in self._edits:
                self._edit(run_id, run)
        except Exception:
            log.exception("An edit failed: %s", run.experiment.to_query())

    def _edit(self, run_id: str, run: Run) -> None:
        """Make the oldest edit that waits."""
        edits = self._edits[run_id]
        refusal = run.edit(edits.popleft())
        if not edits:
            del self._edits[run_id]
        if refusal:
            self._say("frame", run_id, pack({"type": "refused", "message": refusal}))
            return
        if self._marks.get(run_id) is not None:
            self._marks[run_id] = self._marks[run_id].without_newest()
        self._save(run_id, run)

    # Programs ------------------------------------------------------------------------------------------------------

    def _program(self, experiment: Experiment) -> Future[Any]:
        key = program_key(experiment)
        if key not in self._programs:
            self._programs[key] = self._compiler.submit(self._compile, experiment)
            self._forget_programs()
        self._programs.move_to_end(key)
        return self._programs[key]

    def _compile(self, experiment: Experiment) -> Any:
        """Runs in the compiling thread."""
        self._blame.compiling = program_key(experiment)
        try:
            return self._engine.compile_program(experiment)
        finally:
            self._blame.compiling = ""

    def _cancel(self, key: str) -> None:
        """Compile no architecture that nobody waits for any more, unless it is under way."""
        if key not in self._wanted() and key in self._programs and self._programs[key].cancel():
            del self._programs[key]

    def _wanted(self) -> set[str]:
        experiments = [run.experiment for run in self._runs.values()]
        experiments += [waiting.experiment for waiting in self._waiting.values()]
        now = time.monotonic()
        self._promised = {key: until for key, until in self._promised.items() if until > now}
        return {program_key(experiment) for experiment in experiments} | set(self._promised)

    def _forget_programs(self) -> None:
        wanted = self._wanted()
        spare = [key for key, program in self._programs.items() if key not in wanted and program.done()]
        for key in spare[: max(len(self._programs) - self._limits.programs, 0)]:
            del self._programs[key]
            self._spent += 1

    def _admit(self) -> None:
        while not self._prepared.empty():
            self._say("prepared", self._prepared.get())
        for run_id, waiting in list(self._waiting.items()):
            compiled = self._program(waiting.experiment)
            if compiled.done():
                del self._waiting[run_id]
                self._begin(run_id, waiting, compiled)

    def _begin(self, run_id: str, waiting: _Waiting, compiled: Future[Any]) -> None:
        try:
            program = compiled.result()
            run = Run(self._engine, program, waiting.experiment, waiting.saved, self._limits)
        except Exception:  # the sentence goes to the page, the reason to the log; other runs go on
            log.exception("This network could not be built: %s", waiting.experiment.to_query())
            self._programs.pop(program_key(waiting.experiment), None)
            self._say("status", run_id, "failed", "This network could not be built on the server.", 0)
            return
        self._runs[run_id] = run
        run.welcome(waiting.credits)
        for message in waiting.said:
            self._obey(run, run_id, message)
        self._tell_state(run_id, run)
        self._watch_growth()

    def _watch_growth(self) -> None:
        if self._baseline is None:  # the first program loads the compiler, which stays and does not grow
            self._baseline = resident_bytes()
            self._compiler.submit(views.load)
        # Another worker has to compile every program in use again: that must not be most of what it does.
        if self._tired or self._spent < max(len(self._wanted()), self._limits.spent_programs):
            return
        if resident_bytes() - self._baseline > self._limits.worker_growth_bytes:
            gc.collect()
            self._tired = True
            self._say("tired")

    # Turns ---------------------------------------------------------------------------------------------------------

    def _give_turn(self, run_id: str, run: Run) -> None:
        probe = self._probes.pop(run_id, None)
        if probe is not None:
            self._say("frame", run_id, run.probe(probe.x1, probe.x2))
        if not run.wants_turn and run_id not in self._edits:
            return
        self._blame.training = run_id
        try:
            if run_id in self._edits:
                self._edit(run_id, run)
            packed = run.turn()
        except Exception:  # one run's fault must not take the others with it
            log.exception("A run failed: %s", run.experiment.to_query())
            self.do_close(run_id)
            self._say("status", run_id, "failed", "Training failed on the server. Restart goes back to epoch 0.", 0)
            return
        finally:
            self._blame.training = ""
        self._save_now_and_then(run_id, run)  # first: what the page has been told must not be lost with this process
        for message in packed:
            self._say("frame", run_id, message)
        self._tell_state(run_id, run)

    def _tell_state(self, run_id: str, run: Run) -> None:
        news = (run.state, run.message)
        if self._told.get(run_id) != news:
            self._told[run_id] = news
            self._say("status", run_id, *news, run.last_epoch)

    def _save_now_and_then(self, run_id: str, run: Run) -> None:
        saved_at, *saved = self._saved_at.get(run_id, NEVER_SAVED)
        # Of a run at rest no later epoch will be saved.
        due = run.at_rest or time.monotonic() - saved_at > SAVE_SECONDS
        if due and run.last_epoch and [run.last_epoch, run.state] != saved:
            self._save(run_id, run)

    def _save(self, run_id: str, run: Run) -> None:
        if self._bytes_saved.get(run_id, 0) > 2 * self._limits.history_bytes:
            self._marks.pop(run_id, None)  # the server keeps all parts: send the whole once, and let it drop them
        checkpoint, history, full, self._marks[run_id] = run.save(self._marks.get(run_id))
        self._bytes_saved[run_id] = len(history) + (0 if full else self._bytes_saved.get(run_id, 0))
        self._saved_at[run_id] = (time.monotonic(), run.last_epoch, run.state)
        self._say("saved", run_id, checkpoint, history, full, run.last_epoch)


def resident_bytes() -> int:
    """Memory of this process in RAM, in bytes; 0 where the system does not tell."""
    try:
        with open("/proc/self/statm") as statm:
            return int(statm.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        pass
    try:
        import resource
    except ImportError:
        return 0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return int(peak)  # macOS: bytes; a peak serves, since growth is what matters
