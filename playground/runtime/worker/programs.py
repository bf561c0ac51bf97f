"""The compiled architectures of a worker, made in a thread of their own: the jobs go on meanwhile."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from queue import SimpleQueue

from playground.core.architecture import program_key
from playground.core.experiment import Experiment
from playground.runtime.engine import Engine, Program

PROMISE_SECONDS = 60.0


class Programs:
    """Programs by their key; what nobody uses is let go, least recently used first.

    Parameters
    ----------
    most : programs kept
    in_use : the experiments that are trained or wait for their program
    note : called with the key while a program is compiled, and with nothing after it
    """

    def __init__(
        self,
        engine: Engine,
        most: int,
        in_use: Callable[[], Iterable[Experiment]],
        note: Callable[[str], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.spent = 0
        """Programs let go."""
        self._engine, self._most, self._in_use, self._note, self._clock = engine, most, in_use, note, clock
        self._programs: OrderedDict[str, Future[Program]] = OrderedDict()
        self._thread = ThreadPoolExecutor(1, "compile")
        self._prepared: SimpleQueue[str] = SimpleQueue()
        self._promised: dict[str, float] = {}
        """Programs that jobs of other workers wait for, and until when they are kept for them."""

    def prepare(self, experiment: Experiment) -> None:
        """Compile an architecture that somebody will ask for; `prepared` tells when it is there."""
        key = program_key(experiment)
        self._promised[key] = self._clock() + PROMISE_SECONDS
        self.of(experiment).add_done_callback(lambda _: self._prepared.put(key))

    def prepared(self) -> Iterator[str]:
        """The keys of prepared programs that have come since the last call."""
        while not self._prepared.empty():
            yield self._prepared.get()

    def of(self, experiment: Experiment) -> Future[Program]:
        """The program of an experiment, on its way or there."""
        key = program_key(experiment)
        if key not in self._programs:
            self._programs[key] = self._thread.submit(self._compile, experiment)
            self._forget()
        self._programs.move_to_end(key)
        return self._programs[key]

    def claim(self, experiment: Experiment) -> None:
        """Somebody who was promised this program has come for it."""
        self.of(experiment)
        self._promised.pop(program_key(experiment), None)

    def then(self, call: Callable[[], None]) -> None:
        """Call something in the compiling thread when it is free."""
        self._thread.submit(call)

    def drop(self, experiment: Experiment) -> None:
        """Forget a program that could not be made."""
        self._programs.pop(program_key(experiment), None)

    def cancel(self, experiment: Experiment) -> None:
        """Compile no architecture that nobody waits for any more, unless it is under way."""
        key = program_key(experiment)
        if key not in self.wanted() and key in self._programs and self._programs[key].cancel():
            del self._programs[key]

    def wanted(self) -> set[str]:
        """The keys of the programs in use or promised."""
        now = self._clock()
        self._promised = {key: until for key, until in self._promised.items() if until > now}
        return {program_key(experiment) for experiment in self._in_use()} | set(self._promised)

    def _compile(self, experiment: Experiment) -> Program:
        """Runs in the compiling thread."""
        self._note(program_key(experiment))
        try:
            return self._engine.compile_program(experiment)
        finally:
            self._note("")

    def _forget(self) -> None:
        wanted = self.wanted()
        spare = [key for key, program in self._programs.items() if key not in wanted and program.done()]
        for key in spare[: max(len(self._programs) - self._most, 0)]:
            del self._programs[key]
            self.spent += 1
