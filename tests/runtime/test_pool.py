"""Who gets which run, with processes that do nothing by themselves."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from playground.core import Data, Experiment
from playground.runtime import Limits, Pool
from playground.runtime.live_run import LiveRun


class StillProcess:
    """A worker process that only notes what it is sent; the test answers for it."""

    pid = 1
    training = compiling = ""

    def __init__(self, answer: Callable[..., None], _end: Callable[..., None]) -> None:
        self._answer = answer
        self.sent: list[tuple[str, Any]] = []

    def send(self, name: str, *arguments: Any) -> None:
        self.sent.append((name, arguments[0]))

    def named(self, name: str) -> list[Any]:
        return [argument for sent, argument in self.sent if sent == name]

    async def answer(self, *words: Any) -> None:
        self._answer(self, words)
        await asyncio.sleep(0)

    def stop(self) -> None:
        self.send("stop", None)

    kill = stop


def test_runs_move_one_program_after_the_other() -> None:
    """What a visitor asks for meanwhile then waits for one program, not for those of a whole class."""

    async def story() -> None:
        processes: list[StillProcess] = []

        def start(answer: Callable[..., None], end: Callable[..., None]) -> StillProcess:
            processes.append(StillProcess(answer, end))
            return processes[-1]

        pool = Pool(start, Limits(workers=1))  # type: ignore[arg-type]
        pool.start(asyncio.get_running_loop())
        old = processes[0]
        await old.answer("loaded")
        runs = [LiveRun(Experiment(data=Data(samples=100 + n))) for n in (1, 2, 3)]
        for run in runs:
            pool.place(run)
        await old.answer("tired")
        fresh = processes[1]
        await fresh.answer("loaded")
        for moved, run in enumerate(runs, start=1):
            assert fresh.named("prepare") == [each.experiment for each in runs[:moved]]
            assert old.named("release") == [each.token for each in runs[: moved - 1]]
            await fresh.answer("prepared", run.key)
        assert old.named("release") == [run.token for run in runs]
        assert old.named("stop") == []
        for run in runs:
            await old.answer("released", run.token, [], 0)
        assert old.named("stop") == [None]
        pool.stop()

    asyncio.run(story())
