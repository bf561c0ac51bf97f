"""Who gets which run, with processes that do nothing by themselves."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from playground.runtime.live_run import LiveRun

from playground.core import Data, Experiment
from playground.runtime import Limits, Pool


class StillProcess:
    """A worker process that only notes what it is sent; the test answers for it."""

    pid = 1
    training = compiling = ""

    def __init__(self, answer: Callable[..., None], end: Callable[..., None]) -> None:
        self._answer, self._end = answer, end
        self.sent: list[tuple[str, Any]] = []

    def send(self, name: str, *arguments: Any) -> None:
        self.sent.append((name, arguments[0]))

    def named(self, name: str) -> list[Any]:
        return [argument for sent, argument in self.sent if sent == name]

    async def answer(self, *words: Any) -> None:
        self._answer(self, words)
        await asyncio.sleep(0)

    async def die(self) -> None:
        self._end(self)
        await asyncio.sleep(0)

    def stop(self) -> None:
        self.send("stop", None)

    kill = stop


class Onlooker:
    """A page that watches."""

    def send(self, message: bytes) -> None:
        pass

    def dismiss(self, code: int) -> None:
        pass


Story = Callable[[Pool, list[StillProcess]], Awaitable[None]]


def tell(story: Story, workers: int = 1, warm: tuple[Experiment, ...] = ()) -> None:
    """Run a story about a pool and its processes."""

    async def told() -> None:
        processes: list[StillProcess] = []

        def start(answer: Callable[..., None], end: Callable[..., None]) -> StillProcess:
            processes.append(StillProcess(answer, end))
            return processes[-1]

        pool = Pool(start, Limits(workers=workers), warm)  # type: ignore[arg-type]
        pool.start(asyncio.get_running_loop())
        await story(pool, processes)
        pool.stop()

    asyncio.run(told())


def run_of(samples: int, watched: bool = True) -> LiveRun:
    return LiveRun(Experiment(data=Data(samples=samples)), viewer=Onlooker() if watched else None)


def tokens(runs: list[LiveRun]) -> list[str]:
    return [run.token for run in runs]


def test_runs_move_one_program_after_the_other() -> None:
    """What a visitor asks for meanwhile then waits for one program, not for those of a whole class."""

    async def story(pool: Pool, processes: list[StillProcess]) -> None:
        old = processes[0]
        await old.answer("loaded")
        runs = [run_of(100 + n) for n in (1, 2, 3)]
        for run in runs:
            pool.place(run)
        await old.answer("tired")
        fresh = processes[1]
        await fresh.answer("loaded")
        for moved, run in enumerate(runs, start=1):
            assert fresh.named("prepare") == [each.experiment for each in runs[:moved]]
            assert old.named("release") == tokens(runs[: moved - 1])
            await fresh.answer("prepared", run.key)
        assert old.named("release") == tokens(runs)
        assert old.named("stop") == []
        for run in runs:
            await old.answer("released", run.token, [], 0)
        assert fresh.named("open") == tokens(runs)
        assert old.named("stop") == [None]

    tell(story)


def test_a_run_that_nobody_watches_is_parked_instead_of_moved() -> None:
    async def story(pool: Pool, processes: list[StillProcess]) -> None:
        old = processes[0]
        await old.answer("loaded")
        run = run_of(100, watched=False)
        pool.place(run)
        await old.answer("tired")
        await processes[1].answer("loaded")
        assert processes[1].named("prepare") == []
        assert old.named("release") == [run.token]
        await old.answer("released", run.token, [b"", b""], 0)
        assert run.parked

    tell(story)


def test_two_fresh_workers_share_the_programs_to_prepare() -> None:
    async def story(pool: Pool, processes: list[StillProcess]) -> None:
        first, second = processes
        await first.answer("loaded")
        await second.answer("loaded")
        runs = [run_of(100 + n) for n in range(4)]
        for run in runs:
            pool.place(run)
        await first.answer("tired")
        await second.answer("tired")
        for fresh in processes[2:]:
            await fresh.answer("loaded")
        one, other = (fresh.named("prepare")[0] for fresh in processes[2:])
        assert one != other

    tell(story, workers=2)


def test_what_a_dead_worker_had_begun_to_prepare_is_taken_up_by_its_successor() -> None:
    async def story(pool: Pool, processes: list[StillProcess]) -> None:
        await processes[0].answer("loaded")
        run = run_of(100)
        pool.place(run)
        await processes[0].answer("tired")
        await processes[1].answer("loaded")
        await processes[1].die()
        await processes[2].answer("loaded")
        assert processes[2].named("prepare") == [run.experiment]

    tell(story)


def test_a_crowded_worker_does_not_prepare_what_is_to_leave_it() -> None:
    warm = Experiment()

    async def story(pool: Pool, processes: list[StillProcess]) -> None:
        runs = [run_of(100 + n) for n in range(4)]
        for run in runs:
            pool.place(run)
        crowded, late = processes
        await crowded.answer("loaded")
        await late.answer("loaded")
        await crowded.answer("prepared", pool_key(warm))
        assert crowded.named("prepare") == [warm]
        assert late.named("prepare") == [warm, runs[0].experiment]
        await late.answer("prepared", pool_key(warm))
        assert late.named("prepare") == [warm, runs[0].experiment], "one at a time"
        await late.answer("prepared", runs[0].key)
        assert crowded.named("release") == [runs[0].token]

    tell(story, workers=2, warm=(warm,))


def pool_key(experiment: Experiment) -> str:
    return LiveRun(experiment).key


def test_a_run_let_go_before_it_was_built_is_taken_up_when_its_page_shows_itself() -> None:
    async def story(pool: Pool, processes: list[StillProcess]) -> None:
        await processes[0].answer("loaded")
        run = run_of(100, watched=False)
        pool.place(run)
        assert run.state == "loading"
        pool.park(run)
        await processes[0].answer("released", run.token, [], 0)
        assert (run.state, run.parked) == ("ready", True)

    tell(story)
