"""Who gets which run, with hosts that do nothing by themselves."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from playground.core import Data, Experiment
from playground.runtime import Limits, Pool
from playground.runtime.hosts.host import Ended, LastSeen, Receive
from playground.runtime.memory import Pressure
from playground.runtime.protocol.closing import CloseCode
from playground.runtime.protocol.page import OneEpoch, Probe, Rewind
from playground.runtime.protocol.server import Standing
from playground.runtime.server.live_run import LiveRun
from playground.runtime.server.place import FULL
from playground.runtime.server.pool import BEATS_TO_APPEAR, BEATS_TO_BE_HEARD, NO_WORKER, SIBLINGS_SECONDS
from playground.runtime.server.starting import LONGEST_PAUSE, WORTH_A_WORD
from playground.runtime.subjects import Subject
from playground.runtime.worker.messages import (
    Alive,
    Answer,
    Changed,
    Close,
    Closed,
    Failed,
    Loaded,
    Open,
    Order,
    Prepare,
    Prepared,
    Release,
    Released,
    Stop,
    Tell,
    Tired,
)


class StillHost:
    """A worker that only notes what it is sent; the test answers for it."""

    def __init__(self) -> None:
        self.sent: list[Order] = []
        self.memory = 0

    def start(self, receive: Receive, ended: Ended) -> None:
        self._receive, self._ended = receive, ended

    def send(self, order: Order) -> None:
        self.sent.append(order)

    def alive(self) -> bool:
        return True

    def end(self) -> None:
        self.send(Stop())

    def prepared(self) -> list[Subject]:
        return [order.subject for order in self.sent if isinstance(order, Prepare)]

    def opened(self) -> list[str]:
        return [order.job for order in self.sent if isinstance(order, Open)]

    def asked_back(self) -> list[str]:
        return [order.job for order in self.sent if isinstance(order, Release)]

    def memory_bytes(self) -> int:
        return self.memory

    def has_stopped(self) -> bool:
        return Stop() in self.sent

    def load_and_wait(self) -> None:
        """Load while others do, too; nothing is done about it yet."""
        self._receive([Loaded()])

    async def answer(self, answer: Answer) -> None:
        self._receive([answer])
        await asyncio.sleep(0)

    async def die(self, last_seen: LastSeen = LastSeen()) -> None:  # noqa: B008  a value
        self._ended(last_seen)
        await asyncio.sleep(0)


class Onlooker:
    """A page that watches."""

    def send(self, message: bytes) -> None:
        pass

    def dismiss(self, code: CloseCode) -> None:
        pass


Story = Callable[[Pool, list[StillHost]], Awaitable[None]]


def tell(story: Story, workers: int = 1, warm: tuple[Experiment, ...] = (), pauses: list[float] | None = None) -> None:
    """Run a story about a pool and its hosts; nobody waits out its pauses, which are noted."""

    async def told() -> None:
        hosts: list[StillHost] = []

        def make_host() -> StillHost:
            hosts.append(StillHost())
            return hosts[-1]

        loop = asyncio.get_running_loop()
        pool = Pool(make_host, Limits(workers=workers), warm)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(loop, "call_later", hurry(loop, [] if pauses is None else pauses))
            pool.start(loop)
            await story(pool, hosts)
        pool.stop()

    asyncio.run(told())


def hurry(loop: asyncio.AbstractEventLoop, pauses: list[float]) -> Callable[..., asyncio.Handle]:
    """What stands in for `call_later`: it calls at once."""

    def call_now(seconds: float, call: Callable[..., object], *arguments: object) -> asyncio.Handle:
        pauses.append(seconds)
        return loop.call_soon(call, *arguments)

    return call_now


def run_of(samples: int, watched: bool = True) -> LiveRun:
    return LiveRun(Experiment(data=Data(samples=samples)), viewer=Onlooker() if watched else None)


async def placed_with_one_of_two(pool: Pool, hosts: list[StillHost]) -> tuple[LiveRun, StillHost, StillHost]:
    """A run, the worker that has it, and the other one."""
    for host in hosts:
        await host.answer(Loaded())
    run = run_of(100)
    pool.place(run)
    holder, other = sorted(hosts, key=lambda host: not host.opened())
    return run, holder, other


def tokens(runs: list[LiveRun]) -> list[str]:
    return [run.token for run in runs]


def test_those_who_waited_are_shared_out_among_workers_that_load_together() -> None:
    pauses: list[float] = []

    async def story(pool: Pool, hosts: list[StillHost]) -> None:
        first, second = hosts
        runs = [run_of(100 + n % 2) for n in range(6)]
        for run in runs:
            pool.place(run)
        first.load_and_wait()
        await second.answer(Loaded())
        await asyncio.sleep(0)
        assert len(first.opened()) == len(second.opened()) == 3
        assert {run.key for run in runs if run.token in first.opened()} == {runs[0].key}
        assert pauses == [SIBLINGS_SECONDS]

    tell(story, workers=2, pauses=pauses)


def test_a_worker_whose_sibling_does_not_come_takes_those_who_waited() -> None:
    async def story(pool: Pool, hosts: list[StillHost]) -> None:
        runs = [run_of(100 + n) for n in range(3)]
        for run in runs:
            pool.place(run)
        await hosts[0].answer(Loaded())
        await asyncio.sleep(0)
        assert hosts[0].opened() == tokens(runs)

    tell(story, workers=2)


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
            assert fresh.prepared() == [each.subject for each in runs[:moved]]
            assert old.asked_back() == tokens(runs[: moved - 1])
            await fresh.answer(Prepared(run.key))
        assert old.asked_back() == tokens(runs)
        assert not old.has_stopped()
        for run in runs:
            await old.answer(Released(run.token, 0))
        assert fresh.opened() == tokens(runs)
        assert old.has_stopped()

    tell(story)


def test_what_a_worker_had_not_heard_of_a_run_the_next_one_hears_first() -> None:
    async def story(pool: Pool, hosts: list[StillHost]) -> None:
        old = hosts[0]
        await old.answer(Loaded())
        run = run_of(100)
        pool.place(run)
        run.tell(OneEpoch())
        await old.answer(Tired())
        fresh = hosts[1]
        await fresh.answer(Loaded())
        await fresh.answer(Prepared(run.key))
        run.tell(Rewind())
        await old.answer(Released(run.token, 0, (OneEpoch(), Probe(x1=0.0, x2=0.0))))
        told = [order.message for order in fresh.sent if isinstance(order, Tell)]
        assert told[:2] == [OneEpoch(), Rewind()] and not any(isinstance(each, Probe) for each in told)

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
        await hosts[0].answer(Loaded())
        for n in range(9):
            pool.place(run_of(100 + n))
        for fresh in hosts[1:]:
            await fresh.answer(Loaded())
        one, other = (fresh.prepared()[0] for fresh in hosts[1:])
        assert one != other

    tell(story, workers=3)


def test_workers_that_have_grown_are_replaced_one_at_a_time() -> None:
    async def story(pool: Pool, hosts: list[StillHost]) -> None:
        for host in hosts[:2]:
            await host.answer(Loaded())
            await host.answer(Tired())
        assert len(hosts) == 3
        assert hosts[0].has_stopped()
        await hosts[2].answer(Loaded())
        assert not hosts[1].has_stopped()
        await hosts[0].die()
        assert len(hosts) == 4
        assert hosts[1].has_stopped()

    tell(story, workers=2)


def test_with_little_memory_left_a_worker_goes_before_its_successor_comes() -> None:
    async def story(pool: Pool, hosts: list[StillHost]) -> None:
        await hosts[0].answer(Loaded())
        run = run_of(100)
        pool.place(run)
        pool.feel(Pressure.TIGHT)
        await hosts[0].answer(Tired())
        assert hosts[0].has_stopped()
        await hosts[1].answer(Loaded())
        assert hosts[1].opened() == [run.token]

    tell(story)


def test_when_memory_is_full_the_worker_that_has_grown_most_is_replaced_and_no_second_one_meanwhile() -> None:
    async def story(pool: Pool, hosts: list[StillHost]) -> None:
        for host in hosts[:2]:
            await host.answer(Loaded())
        pool.feel(Pressure.FULL)
        assert not any(host.has_stopped() for host in hosts), "none has grown"
        hosts[0].memory, hosts[1].memory = 60_000_000, 90_000_000
        pool.feel(Pressure.FULL)
        assert [host.has_stopped() for host in hosts] == [False, True, False]
        pool.feel(Pressure.FULL)
        assert [host.has_stopped() for host in hosts] == [False, True, False]
        await hosts[2].answer(Loaded())
        pool.feel(Pressure.FULL)
        assert [host.has_stopped() for host in hosts[:3]] == [True, True, False]

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
        assert hosts[2].prepared() == [run.subject]

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
        assert late.prepared() == [warm, runs[0].subject]
        await late.answer(Prepared(pool_key(warm)))
        assert late.prepared() == [warm, runs[0].subject], "one at a time"
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


async def settled() -> None:
    """What was posted to the loop, and what that posts, has been done."""
    for _ in range(3):
        await asyncio.sleep(0)


def test_a_start_that_fails_is_tried_again_after_growing_pauses_for_ever_and_said() -> None:
    pauses: list[float] = []

    async def story(pool: Pool, hosts: list[StillHost]) -> None:
        run = run_of(100)
        pool.place(run)
        for failed in range(12):
            assert pool.healthy is (failed < WORTH_A_WORD)
            await hosts[-1].die()
            await settled()
            assert len(hosts) == failed + 2
        assert (run.standing["state"], run.standing["message"]) == ("loading", NO_WORKER)
        await hosts[-1].answer(Loaded())
        assert hosts[-1].opened() == [run.token]
        assert pool.healthy

    tell(story, pauses=pauses)
    assert pauses == sorted(pauses)
    assert pauses[0] < 1 < pauses[-1] == LONGEST_PAUSE


def test_what_a_worker_said_before_it_was_replaced_is_heard_by_nobody() -> None:
    async def story(pool: Pool, hosts: list[StillHost]) -> None:
        run, silent, other = await placed_with_one_of_two(pool, hosts)
        for _ in range(BEATS_TO_BE_HEARD + 1):
            pool.tend()
            await other.answer(Alive(0.0))
        place = run.place
        await silent.answer(Failed(run.token, "It went wrong."))
        await silent.answer(Released(run.token, 2))
        await silent.answer(Loaded())
        assert run.standing["state"] != "failed"
        assert run.place is place and other.opened() == [run.token]
        assert silent.prepared() == []

    tell(story, workers=2)


def test_what_a_worker_says_of_a_run_that_begins_anew_is_heard_once_it_has_closed_the_one_before() -> None:
    async def story(pool: Pool, hosts: list[StillHost]) -> None:
        await hosts[0].answer(Loaded())
        run = run_of(100)
        pool.place(run)
        for n in (2, 3):
            pool.begin_anew(run, Experiment(data=Data(samples=100 * n)))
        orders = [type(order) for order in hosts[0].sent if isinstance(order, (Open, Close))]
        assert orders == [Open, Close, Open, Close, Open]
        stale = Standing(state="paused", message="", last_epoch=7, course=run.standing["course"])
        changed = Changed(run.token, stale)
        for answer in (changed, Closed(run.token), changed, Failed(run.token, "No.")):
            await hosts[0].answer(answer)
            assert run.standing["last_epoch"] == 0 and run.standing["state"] == "ready"
        await hosts[0].answer(Closed(run.token))
        await hosts[0].answer(Changed(run.token, stale))
        assert run.standing["last_epoch"] == 7

    tell(story)


def test_a_worker_that_goes_silent_is_replaced_and_its_runs_go_on_with_another() -> None:
    async def story(pool: Pool, hosts: list[StillHost]) -> None:
        run, silent, other = await placed_with_one_of_two(pool, hosts)
        for _ in range(BEATS_TO_BE_HEARD):
            pool.tend()
            await other.answer(Alive(0.0))
        assert not silent.has_stopped()
        pool.tend()
        assert silent.has_stopped()
        assert other.opened() == [run.token]
        assert len(hosts) == 3
        await silent.die()
        assert len(hosts) == 3, "it is replaced once"

    tell(story, workers=2)


def test_a_worker_that_compiles_or_works_long_is_kept_while_it_says_so() -> None:
    async def story(pool: Pool, hosts: list[StillHost]) -> None:
        await hosts[0].answer(Loaded())
        for _ in range(10 * BEATS_TO_BE_HEARD):
            pool.tend()
            await hosts[0].answer(Alive(Limits.turn_seconds - 1))
        assert not hosts[0].has_stopped()

    tell(story)


def test_a_first_worker_may_take_long_to_appear_but_not_for_ever() -> None:
    async def story(pool: Pool, hosts: list[StillHost]) -> None:
        for _ in range(BEATS_TO_APPEAR):
            pool.tend()
        assert not hosts[0].has_stopped()
        pool.tend()
        await settled()
        assert hosts[0].has_stopped()
        assert len(hosts) == 2

    tell(story)


def test_a_worker_that_hangs_in_one_turn_is_ended_and_its_run_is_to_blame() -> None:
    async def story(pool: Pool, hosts: list[StillHost]) -> None:
        await hosts[0].answer(Loaded())
        run, neighbour = run_of(100), run_of(101)
        pool.place(run)
        pool.place(neighbour)
        for _ in range(3):
            await hosts[-1].answer(Alive(Limits.turn_seconds + 1))
            assert hosts[-1].has_stopped()
            await hosts[-1].die(LastSeen(job=run.token, outside=True))
            await hosts[-1].answer(Loaded())
        assert run.standing["state"] == "failed"
        assert neighbour.standing["state"] != "failed"

    tell(story)


def test_kills_from_outside_fail_no_run() -> None:
    async def story(pool: Pool, hosts: list[StillHost]) -> None:
        await hosts[0].answer(Loaded())
        run = run_of(100)
        pool.place(run)
        for _ in range(10):
            await hosts[-1].die(LastSeen(job=run.token, outside=True))
            await hosts[-1].answer(Loaded())
            assert hosts[-1].opened() == [run.token]
        assert run.standing["state"] != "failed"

    tell(story)


def test_the_server_is_healthy_while_it_loads_and_not_when_its_only_worker_is_gone() -> None:
    async def story(pool: Pool, hosts: list[StillHost]) -> None:
        healthy = [pool.healthy]
        await hosts[0].answer(Loaded())
        await hosts[0].die(LastSeen(outside=True))
        healthy.append(pool.healthy)
        await hosts[1].answer(Loaded())
        assert [*healthy, pool.healthy] == [True, False, True]

    tell(story)
