"""Who gets which run, with hosts that do nothing by themselves."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from playground.core import Data, Experiment
from playground.runtime import Limits, Pool
from playground.runtime.hosts.host import Ended, LastSeen, Receive
from playground.runtime.protocol.closing import CloseCode
from playground.runtime.server.live_run import LiveRun
from playground.runtime.server.place import FULL
from playground.runtime.worker.messages import (
    Answer,
    Loaded,
    Open,
    Order,
    Prepare,
    Prepared,
    Release,
    Released,
    Stop,
    Tired,
)


class StillHost:
    """A worker that only notes what it is sent; the test answers for it."""

    def __init__(self) -> None:
        self.sent: list[Order] = []

    def start(self, receive: Receive, ended: Ended) -> None:
        self._receive, self._ended = receive, ended

    def send(self, order: Order) -> None:
        self.sent.append(order)

    def alive(self) -> bool:
        return True

    def end(self) -> None:
        self.send(Stop())

    def prepared(self) -> list[Experiment]:
        return [order.experiment for order in self.sent if isinstance(order, Prepare)]

    def opened(self) -> list[str]:
        return [order.job for order in self.sent if isinstance(order, Open)]

    def asked_back(self) -> list[str]:
        return [order.job for order in self.sent if isinstance(order, Release)]

    @property
    def stopped(self) -> bool:
        return Stop() in self.sent

    async def answer(self, answer: Answer) -> None:
        self._receive([answer])
        await asyncio.sleep(0)

    async def die(self) -> None:
        self._ended(LastSeen())
        await asyncio.sleep(0)


class Onlooker:
    """A page that watches."""

    def send(self, message: bytes) -> None:
        pass

    def dismiss(self, code: CloseCode) -> None:
        pass


Story = Callable[[Pool, list[StillHost]], Awaitable[None]]


def tell(story: Story, workers: int = 1, warm: tuple[Experiment, ...] = ()) -> None:
    """Run a story about a pool and its hosts."""

    async def told() -> None:
        hosts: list[StillHost] = []

        def make_host() -> StillHost:
            hosts.append(StillHost())
            return hosts[-1]

        pool = Pool(make_host, Limits(workers=workers), warm)
        pool.start(asyncio.get_running_loop())
        await story(pool, hosts)
        pool.stop()

    asyncio.run(told())


def run_of(samples: int, watched: bool = True) -> LiveRun:
    return LiveRun(Experiment(data=Data(samples=samples)), viewer=Onlooker() if watched else None)


def tokens(runs: list[LiveRun]) -> list[str]:
    return [run.token for run in runs]


def test_runs_move_one_program_after_the_other() -> None:
    """What a visitor asks for meanwhile then waits for one program, not for those of a whole class."""

    async def story(pool: Pool, hosts: list[StillHost]) -> None:
        old = hosts[0]
        await old.answer(Loaded())
        runs = [run_of(100 + n) for n in (1, 2, 3)]
        for run in runs:
            pool.place(run)
        await old.answer(Tired())
        fresh = hosts[1]
        await fresh.answer(Loaded())
        for moved, run in enumerate(runs, start=1):
            assert fresh.prepared() == [each.experiment for each in runs[:moved]]
            assert old.asked_back() == tokens(runs[: moved - 1])
            await fresh.answer(Prepared(run.key))
        assert old.asked_back() == tokens(runs)
        assert not old.stopped
        for run in runs:
            await old.answer(Released(run.token, 0))
        assert fresh.opened() == tokens(runs)
        assert old.stopped

    tell(story)


def test_a_run_that_nobody_watches_is_parked_instead_of_moved() -> None:
    async def story(pool: Pool, hosts: list[StillHost]) -> None:
        old = hosts[0]
        await old.answer(Loaded())
        run = run_of(100, watched=False)
        pool.place(run)
        await old.answer(Tired())
        await hosts[1].answer(Loaded())
        assert hosts[1].prepared() == []
        assert old.asked_back() == [run.token]
        await old.answer(Released(run.token, 0))
        assert run.parked

    tell(story)


def test_two_fresh_workers_share_the_programs_to_prepare() -> None:
    async def story(pool: Pool, hosts: list[StillHost]) -> None:
        first, second = hosts
        await first.answer(Loaded())
        await second.answer(Loaded())
        runs = [run_of(100 + n) for n in range(4)]
        for run in runs:
            pool.place(run)
        await first.answer(Tired())
        await second.answer(Tired())
        for fresh in hosts[2:]:
            await fresh.answer(Loaded())
        one, other = (fresh.prepared()[0] for fresh in hosts[2:])
        assert one != other

    tell(story, workers=2)


def test_what_a_dead_worker_had_begun_to_prepare_is_taken_up_by_its_successor() -> None:
    async def story(pool: Pool, hosts: list[StillHost]) -> None:
        await hosts[0].answer(Loaded())
        run = run_of(100)
        pool.place(run)
        await hosts[0].answer(Tired())
        await hosts[1].answer(Loaded())
        await hosts[1].die()
        await hosts[2].answer(Loaded())
        assert hosts[2].prepared() == [run.experiment]

    tell(story)


def test_a_crowded_worker_does_not_prepare_what_is_to_leave_it() -> None:
    warm = Experiment()

    async def story(pool: Pool, hosts: list[StillHost]) -> None:
        runs = [run_of(100 + n) for n in range(4)]
        for run in runs:
            pool.place(run)
        crowded, late = hosts
        await crowded.answer(Loaded())
        await late.answer(Loaded())
        await crowded.answer(Prepared(pool_key(warm)))
        assert crowded.prepared() == [warm]
        assert late.prepared() == [warm, runs[0].experiment]
        await late.answer(Prepared(pool_key(warm)))
        assert late.prepared() == [warm, runs[0].experiment], "one at a time"
        await late.answer(Prepared(runs[0].key))
        assert crowded.asked_back() == [runs[0].token]

    tell(story, workers=2, warm=(warm,))


def pool_key(experiment: Experiment) -> str:
    return LiveRun(experiment).key


def test_a_run_let_go_before_it_was_built_is_taken_up_when_its_page_shows_itself() -> None:
    async def story(pool: Pool, hosts: list[StillHost]) -> None:
        await hosts[0].answer(Loaded())
        run = run_of(100, watched=False)
        pool.place(run)
        assert run.standing["state"] == "loading"
        pool.park(run)
        await hosts[0].answer(Released(run.token, 0))
        assert (run.standing["state"], run.parked) == ("ready", True)

    tell(story)


def test_runs_of_one_experiment_go_to_one_worker_until_it_is_full() -> None:
    async def story(pool: Pool, hosts: list[StillHost]) -> None:
        for host in hosts:
            await host.answer(Loaded())
        for _ in range(FULL + 1):
            pool.place(run_of(100))
        assert sorted(len(host.opened()) for host in hosts) == [1, FULL]

    tell(story, workers=2)


def test_a_class_on_one_link_counts_little_beside_runs_of_their_own() -> None:
    async def story(pool: Pool, hosts: list[StillHost]) -> None:
        for host in hosts:
            await host.answer(Loaded())
        for _ in range(10):
            pool.place(run_of(100))
        for n in range(3):
            pool.place(run_of(200 + n))
        crowded, other = sorted(hosts, key=lambda host: len(host.opened()), reverse=True)
        assert (len(crowded.opened()), len(other.opened())) == (11, 2)

    tell(story, workers=2)
