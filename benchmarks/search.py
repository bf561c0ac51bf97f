"""What a search finds in its minute, in a worker of its own: trials, the best accuracy, and when it first had 0.97.

Run from the repository: `python -m benchmarks.search [search seeds …]`, by default 0 1 2.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from queue import SimpleQueue
from typing import Any

from playground.core.history import FIGURES
from playground.core.search import Search
from playground.runtime import Limits, WorkerProcess
from playground.runtime.hosts.process import process_context
from playground.runtime.jobs.kinds import Beginning
from playground.runtime.protocol import page
from playground.runtime.protocol.limits import FRAMES_IN_FLIGHT
from playground.runtime.protocol.packing import unpack
from playground.runtime.worker.messages import Answer, ForPage, Loaded, MoreCredit, Open, Tell, Welcome

ENGINE = "playground.engine"
LINK = {"dataset": "spiral", "search": "learning_rate,width,depth,activation", "trials": "1000", "seconds": "60"}
ENOUGH = 0.97
JOB = "search"


class Found:
    """What a search has found so far."""

    def __init__(self) -> None:
        self._began = time.perf_counter()
        self.seconds_to_enough: float | None = None
        self.frames = 0
        self.longest_wait = 0.0
        self._last = self._began

    def take(self, header: dict[str, Any], arrays: dict[str, Any]) -> None:
        """A frame has come."""
        now = time.perf_counter()
        self.frames, self.longest_wait, self._last = self.frames + 1, max(self.longest_wait, now - self._last), now
        self.ended, self.counts, self.message = header["last_epoch"], header["counts"], header["message"]
        self.best = header["best"]
        self.accuracy = float("nan")
        if self.best is not None:
            self.accuracy = float(arrays["figures"][self.best, :, FIGURES.index("val_accuracy")].mean())
        if self.accuracy >= ENOUGH and self.seconds_to_enough is None:
            self.seconds_to_enough = now - self._began


def searched(seed: int) -> Found:
    """A search with this seed, in a new worker."""
    search, _refused = Search.from_query({**LINK, "search_seed": str(seed)})
    answers: SimpleQueue[Any] = SimpleQueue()
    worker = WorkerProcess(process_context(ENGINE), ENGINE, Limits())

    def hear(said: Sequence[Answer]) -> None:
        for each in said:
            answers.put(each)

    worker.start(hear, answers.put)
    while not isinstance(answers.get(), Loaded):
        pass
    worker.send(Open(JOB, "search", Beginning(search)))
    worker.send(Welcome(JOB, FRAMES_IN_FLIGHT))
    worker.send(Tell(JOB, page.Play()))
    found = Found()
    try:
        while True:
            answer = answers.get()
            for message in answer.messages if isinstance(answer, ForPage) else ():
                header, arrays = unpack(message)
                worker.send(MoreCredit(JOB))
                found.take(header, arrays)
                if header["state"] in ("finished", "diverged"):
                    return found
    finally:
        worker.end()


def main() -> None:
    """Search with each seed."""
    for seed in [int(text) for text in sys.argv[1:]] or [0, 1, 2]:
        found = searched(seed)
        when = "never" if found.seconds_to_enough is None else f"after {found.seconds_to_enough:.0f} s"
        print(
            f"seed {seed}: {found.ended} trials a minute {found.counts}, best accuracy {found.accuracy:.3f}, "
            f"{ENOUGH} {when}; {found.frames} frames, the longest wait for one {found.longest_wait:.1f} s",
            flush=True,
        )


if __name__ == "__main__":
    main()
