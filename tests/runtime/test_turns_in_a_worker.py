"""Who has the next turn in a worker, and what it says of itself meanwhile."""

from __future__ import annotations

import pickle
import threading
from collections.abc import Sequence
from multiprocessing import Pipe
from queue import SimpleQueue
from typing import Any

import pytest

from playground.core import Experiment
from playground.runtime import Limits, WorkerProcess
from playground.runtime.hosts.process import process_context
from playground.runtime.jobs.kinds import Beginning
from playground.runtime.protocol.page import Credit, Edit, OneEpoch, Play, Probe, Rewind, Show, Unfocus
from playground.runtime.views.errors import ErrorsOptions
from playground.runtime.worker import heart as heart_module
from playground.runtime.worker.breaks import LONG_SECONDS, Breaks
from playground.runtime.worker.heart import Heart
from playground.runtime.worker.inbox import MOST, Inbox
from playground.runtime.worker.main import PipeLine
from playground.runtime.worker.messages import Alive, Answer, Loaded, Prepared, Tell
from playground.runtime.worker.seat import QUICK_SECONDS, Seat
from tests.runtime import arithmetic_engine
from tests.runtime.one_loop import OneLoop
from tests.runtime.peers import ENGINE, PATIENCE, Clock


def slow_pictures(loop: OneLoop, seconds: float, of: str, patch: pytest.MonkeyPatch) -> list[str]:
    """Let each frame of one job take so long on the loop's clock; whose frames are painted, in order."""
    painted: list[str] = []
    picture = arithmetic_engine.Network.picture

    def painting(network: arithmetic_engine.Network, *arguments: Any, **more: Any) -> Any:
        painted.append(loop.now_working_on)
        if loop.now_working_on == of:
            loop.clock.wait(seconds)
        return picture(network, *arguments, **more)

    patch.setattr(arithmetic_engine.Network, "picture", painting)
    return painted


# Turns -------------------------------------------------------------------------------------------------------------


def test_after_a_long_turn_others_have_as_long_for_short_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    loop = OneLoop()
    loop.opened("huge", "small")
    painted = slow_pictures(loop, 4 * LONG_SECONDS, "huge", monkeypatch)
    loop.order(Tell("huge", Play()), Tell("small", Play()))
    while painted.count("huge") < 2:
        loop.rounds()
        loop.clock.wait(0.004)
    first = painted.index("huge")
    assert painted[first + 1 :].count("small") > 20


def test_who_is_alone_need_not_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    loop = OneLoop()
    loop.opened("huge", "at rest")
    painted = slow_pictures(loop, 4 * LONG_SECONDS, "huge", monkeypatch)
    loop.clock.wait(10.0)
    loop.order(Tell("huge", Play()))
    loop.rounds(20)
    assert painted.count("huge") >= 9, "an epoch of this engine takes two turns"


def test_between_two_slices_of_large_networks_small_ones_have_their_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    loop = OneLoop()
    loop.opened("small", *(f"large {k}" for k in range(8)))
    painted: list[str] = []
    picture = arithmetic_engine.Network.picture

    def painting(network: arithmetic_engine.Network, *arguments: Any, **more: Any) -> Any:
        painted.append(loop.now_working_on)
        if loop.now_working_on != "small":
            loop.clock.wait(2 * QUICK_SECONDS)
        return picture(network, *arguments, **more)

    monkeypatch.setattr(arithmetic_engine.Network, "picture", painting)
    loop.order(*(Tell(job, Play()) for job in ("small", *(f"large {k}" for k in range(8)))))
    loop.rounds(4)
    del painted[:]
    loop.rounds(20)
    assert painted.count("small") > 3 * painted.count("large 0")
    assert all(painted.count(f"large {k}") >= 9 for k in range(8))


def test_a_break_is_as_long_as_the_turn_before_it() -> None:
    clock = Clock()
    breaks = Breaks(clock)
    huge, small = (Seat(job, "run", Beginning(Experiment()), clock=clock) for job in ("huge", "small"))
    breaks.took(small, clock.now)
    began = clock.now
    clock.wait(0.5)
    breaks.took(huge, began)
    assert breaks.waits(huge, [huge, small]) and not breaks.waits(small, [huge, small])
    assert not breaks.waits(huge, [huge])
    clock.wait(0.51)
    assert not breaks.waits(huge, [huge, small])


# What a page says meanwhile ----------------------------------------------------------------------------------------


def test_of_what_waits_the_newest_on_a_subject_counts_and_the_oldest_give_way() -> None:
    inbox = Inbox()
    inbox.add(Show(view=ErrorsOptions()))
    for x in range(100):
        inbox.add(Probe(x1=float(x), x2=0.0))
    inbox.add(Unfocus())
    heard = []
    while inbox:
        heard.append(inbox.oldest)
        inbox.strike_oldest()
    assert heard == [Show(view=ErrorsOptions()), Probe(x1=99.0, x2=0.0), Unfocus()]
    for value in range(1000):
        inbox.add(Edit(layer=1, unit=0, value=float(value)))
    assert inbox.oldest == Edit(layer=1, unit=0, value=1000.0 - MOST)


def test_a_run_hears_what_was_said_before_it_was_there() -> None:
    loop = OneLoop()
    loop.open("a")
    loop.order(Tell("a", OneEpoch()), Tell("a", OneEpoch()), Tell("a", Credit()), Tell("a", Probe(x1=3.0, x2=0.0)))
    loop.rounds()
    assert loop.compiled.acquire(timeout=PATIENCE)
    loop.rounds(10)
    assert loop.frames("a")[-1]["epoch"] == 2
    assert [each["x1"] for each in loop.pages["a"] if each["type"] == "probe"] == [3.0]


def test_a_hundred_rewinds_of_a_run_that_has_not_moved_begin_no_training() -> None:
    loop = OneLoop()
    begun = 0
    make_trainer = loop.engine.make_trainer

    def counted(*arguments: Any) -> Any:
        nonlocal begun
        begun += 1
        return make_trainer(*arguments)

    loop.engine.make_trainer = counted
    loop.opened("a")
    loop.order(*[Tell("a", Rewind())] * 100)
    loop.rounds(5)
    assert begun == 1


# The sign of life --------------------------------------------------------------------------------------------------


class Notes:
    def __init__(self) -> None:
        self.job = self.key = ""

    def working_on(self, job: str) -> None:
        self.job = job

    def compiling(self, key: str) -> None:
        self.key = key


def test_the_sign_of_life_says_how_long_the_turn_under_way_has_lasted() -> None:
    said: list[Answer] = []
    notes, clock = Notes(), Clock()
    heart = Heart(said.extend, notes, clock)
    heart.beat()
    heart.working_on("a")
    clock.wait(3.0)
    heart.beat()
    assert notes.job == "a"
    heart.working_on("")
    clock.wait(3.0)
    heart.compiling("key")
    heart.beat()
    assert said == [Alive(0.0), Alive(3.0), Alive(0.0)] and (notes.job, notes.key) == ("", "key")


def test_a_heart_beats_on_while_there_is_no_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(heart_module, "BEAT_SECONDS", 0.001)
    beats = threading.Semaphore(0)
    failing = [MemoryError(), MemoryError()]

    def say(answers: object) -> None:
        if failing:
            raise failing.pop()
        beats.release()

    Heart(say, Notes()).start()
    assert all(beats.acquire(timeout=PATIENCE) for _ in range(3))


def test_answers_of_two_threads_do_not_mix() -> None:
    here, there = Pipe()
    line = PipeLine(there)
    sizes = (10, 200_000)

    def say_often(size: int) -> None:
        for _ in range(50):
            line.say([Prepared("x" * size)])

    senders = [threading.Thread(target=say_often, args=(size,)) for size in sizes]
    for sender in senders:
        sender.start()
    heard = [len(pickle.loads(here.recv_bytes())[0].key) for _ in range(100)]
    assert [heard.count(n) for n in sizes] == [50, 50]


def test_a_worker_says_that_it_is_alive_from_the_start() -> None:
    heard: SimpleQueue[Sequence[Answer]] = SimpleQueue()
    host = WorkerProcess(process_context(ENGINE), ENGINE, Limits())
    host.start(heard.put, lambda _seen: heard.put([]))
    try:
        kinds: set[type] = set()
        while not kinds >= {Alive, Loaded}:
            kinds |= {type(answer) for answer in heard.get(timeout=PATIENCE)}
    finally:
        host.end()
