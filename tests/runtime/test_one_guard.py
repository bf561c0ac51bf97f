"""Whatever fails in a worker is one job's fault, or the machine's; the others never notice."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from playground.core import Experiment, Train
from playground.runtime.protocol.page import Edit, OneEpoch, Play, Probe, Rewind, Show
from playground.runtime.views.errors import ErrorsOptions
from playground.runtime.worker.loop import FAULTY, SHORT, UNBUILDABLE
from playground.runtime.worker.messages import Answer, Changed, Close, Failed, Release, Released, Tell, ToKeep
from playground.runtime.worker.seat import QUICK_SECONDS
from playground.runtime.worker.troubles import FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS, MOST_FAULTS, Troubles
from tests.runtime import arithmetic_engine
from tests.runtime.one_loop import OneLoop
from tests.runtime.peers import PATIENCE, Clock

FAULT = ZeroDivisionError("a fault")
SHORTAGES = [MemoryError(), OSError(24, "Too many open files"), OSError(12, "no memory"), OSError(28, "disk full")]


class Faults:
    """Raises what it is given, as often as told, where it is put."""

    def __init__(self, fault: Exception, times: int) -> None:
        self.fault, self.left, self.raised = fault, times, 0

    def before(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def calling(*arguments: Any, **more: Any) -> Any:
            self.may_raise()
            return call(*arguments, **more)

        return calling

    def may_raise(self) -> None:
        if self.left:
            self.left -= 1
            self.raised += 1
            raise self.fault


@pytest.fixture(autouse=True)
def quiet(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL)


def states(loop: OneLoop, job: str) -> list[tuple[str, str]]:
    return [(each.standing["state"], each.standing["message"]) for each in loop.said(Changed) if each.job == job]


def test_a_probe_that_fails_is_dropped_and_the_run_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    loop, faults = OneLoop(), Faults(FAULT, 1)
    loop.opened("a")
    monkeypatch.setattr(arithmetic_engine.Network, "predict", faults.before(arithmetic_engine.Network.predict))
    loop.order(Tell("a", Probe(x1=1.0, x2=0.0)))
    loop.rounds(5)
    loop.order(Tell("a", Probe(x1=2.0, x2=0.0)), Tell("a", OneEpoch()))
    loop.rounds(5)
    assert faults.raised == 1 and not loop.said(Failed)
    assert [each["x1"] for each in loop.pages["a"] if each["type"] == "probe"] == [2.0]
    assert loop.frames("a")[-1]["epoch"] == 1


def test_what_failed_after_an_answer_does_not_take_the_answer_along(monkeypatch: pytest.MonkeyPatch) -> None:
    loop, faults = OneLoop(), Faults(FAULT, 1)
    loop.opened("a")
    monkeypatch.setattr(arithmetic_engine.Network, "picture", faults.before(arithmetic_engine.Network.picture))
    loop.order(Tell("a", Probe(x1=1.0, x2=0.0)), Tell("a", OneEpoch()))
    loop.rounds(5)
    assert faults.raised == 1 and [each["x1"] for each in loop.pages["a"] if each["type"] == "probe"] == [1.0]


def test_a_frame_that_fails_costs_no_credit_and_the_next_one_has_its_curves(monkeypatch: pytest.MonkeyPatch) -> None:
    loop, faults = OneLoop(paints=False), Faults(FAULT, 1)
    loop.opened("a")
    assert len(loop.frames("a")) == 1
    monkeypatch.setattr(arithmetic_engine.Network, "picture", faults.before(arithmetic_engine.Network.picture))
    for _ in range(2):
        loop.order(Tell("a", OneEpoch()))
        loop.rounds(5)
    assert faults.raised == 1
    assert [(frame["epoch"], frame["curves_start"]) for frame in loop.frames("a")] == [(0, 0), (2, 0)]


def test_a_job_that_fails_three_times_stops_and_says_so_and_its_neighbour_goes_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    loop = OneLoop()
    loop.opened("a", "b")
    loop.order(Tell("b", Play()))
    predict = Faults(FAULT, 1000)
    monkeypatch.setattr(arithmetic_engine.Network, "predict", predict.before(arithmetic_engine.Network.predict))
    for _ in range(5):
        loop.order(Tell("a", Probe(x1=1.0, x2=0.0)))
        loop.rounds(5)
    assert predict.raised == MOST_FAULTS
    assert loop.said(Failed) == [Failed("a", FAULTY)]
    epochs = [frame["epoch"] for frame in loop.frames("b")]
    assert epochs == list(range(len(epochs))) and len(epochs) > 5


def test_training_that_fails_is_tried_again_before_the_run_stops() -> None:
    loop = OneLoop()
    loop.open("a", Experiment(train=Train(seed=arithmetic_engine.RAISES)))
    loop.order(Tell("a", Play()))
    loop.rounds()
    assert loop.compiled.acquire(timeout=PATIENCE)
    loop.rounds(20)
    assert loop.said(Failed) == [Failed("a", FAULTY)]
    assert [frame["epoch"] for frame in loop.frames("a")] == [0, 1, 2]


def test_a_message_that_fails_is_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    loop, faults = OneLoop(), Faults(FAULT, 1)
    loop.opened("a")
    loop.order(Tell("a", OneEpoch()))
    loop.rounds(5)
    monkeypatch.setattr(loop.engine, "make_trainer", faults.before(loop.engine.make_trainer))
    loop.order(Tell("a", Rewind()))
    loop.rounds(5)
    assert faults.raised == 1 and not loop.said(Failed), "it stays where it was"
    loop.order(Tell("a", OneEpoch()))
    loop.rounds(5)
    assert loop.frames("a")[-1]["epoch"] == 2


@pytest.mark.parametrize("shortage", SHORTAGES, ids=repr)
def test_a_fault_from_outside_is_no_fault_of_the_job_which_goes_on_when_it_has_passed(
    monkeypatch: pytest.MonkeyPatch, shortage: Exception
) -> None:
    loop, faults = OneLoop(), Faults(shortage, 6)
    loop.opened("a")
    predict = arithmetic_engine.Network.predict
    monkeypatch.setattr(arithmetic_engine.Network, "predict", faults.before(predict))
    loop.order(Tell("a", Probe(x1=1.0, x2=0.0)))
    for _ in range(6):
        loop.rounds(5)
        assert states(loop, "a")[-1] == ("ready", SHORT)
        loop.clock.wait(LONGEST_PAUSE_SECONDS)
    loop.rounds(5)
    assert faults.raised == 6 and not loop.said(Failed)
    assert states(loop, "a")[-1] == ("ready", "")
    assert [each["x1"] for each in loop.pages["a"] if each["type"] == "probe"] == [1.0], "it is answered after all"


def test_what_the_engine_calls_a_shortage_is_one() -> None:
    loop = OneLoop(is_short_of_resources=lambda fault: fault is FAULT)
    loop.opened("a")
    faults = Faults(FAULT, 4)
    loop.order(Tell("a", OneEpoch()))
    loop.rounds(5)
    loop.engine.make_trainer = faults.before(loop.engine.make_trainer)
    loop.order(Tell("a", Rewind()))
    for _ in range(5):
        loop.rounds(5)
        loop.clock.wait(LONGEST_PAUSE_SECONDS)
    assert faults.raised == 4 and not loop.said(Failed) and loop.frames("a")[-1]["epoch"] == 0


def test_a_view_waits_for_the_machine_too(monkeypatch: pytest.MonkeyPatch) -> None:
    loop, faults = OneLoop(), Faults(MemoryError(), 2)
    loop.opened("a")
    monkeypatch.setattr("playground.runtime.views.answer.compute", faults.before(lambda snapshot, options: ({}, {})))
    loop.order(Tell("a", Show(view=ErrorsOptions())))
    for _ in range(3):
        loop.rounds(5)
        loop.clock.wait(LONGEST_PAUSE_SECONDS)
    assert faults.raised == 2
    assert ["fault" in each for each in loop.pages["a"] if each["type"] == "view"] == [False]


def test_pauses_grow() -> None:
    clock = Clock()
    troubles, pauses = Troubles(clock), []
    for _ in range(10):
        troubles.pause()
        began = clock.now
        while troubles.resting:
            clock.wait(0.25)
        pauses.append(clock.now - began)
    assert pauses[:4] == [FIRST_PAUSE_SECONDS * 2**k for k in range(4)] and pauses[-1] == LONGEST_PAUSE_SECONDS
    troubles.pass_over()
    troubles.pause()
    clock.wait(FIRST_PAUSE_SECONDS)
    assert not troubles.resting and troubles.faults == 0


def test_a_network_that_cannot_be_built_is_refused_to_all_who_wait_for_it_at_once() -> None:
    faults = Faults(FAULT, 1)
    loop = OneLoop(compile_program=faults.before(arithmetic_engine.compile_program))
    for job in "abc":
        loop.open(job)
    loop.rounds()
    assert loop.compiled.acquire(timeout=PATIENCE)
    loop.rounds(5)
    assert loop.said(Failed) == [Failed(job, UNBUILDABLE) for job in "abc"]
    loop.opened("d")
    assert loop.frames("d")


def test_a_network_that_finds_no_memory_is_built_later() -> None:
    faults = Faults(MemoryError(), 2)
    loop = OneLoop(compile_program=faults.before(arithmetic_engine.compile_program))
    loop.open("a")
    for _ in range(3):
        loop.rounds(2)
        assert loop.compiled.acquire(timeout=PATIENCE)
        loop.rounds(5)
        loop.clock.wait(LONGEST_PAUSE_SECONDS)
    assert states(loop, "a") == [("loading", SHORT)] * 2 + [("ready", "")]
    assert faults.raised == 2 and not loop.said(Failed) and loop.frames("a")


@pytest.mark.parametrize("where", ["predict", "picture", "dense"])
def test_the_diary_names_the_job_whose_network_is_looked_at(monkeypatch: pytest.MonkeyPatch, where: str) -> None:
    loop = OneLoop()
    named: set[str] = set()
    method = getattr(arithmetic_engine.Network, where)

    def noted(network: arithmetic_engine.Network, *arguments: Any, **more: Any) -> Any:
        named.add(loop.now_working_on)
        return method(network, *arguments, **more)

    monkeypatch.setattr(arithmetic_engine.Network, where, noted)
    loop.opened("a", "b")
    for act in (Probe(x1=0.0, x2=0.0), OneEpoch(), Edit(layer=1, unit=0, source=0, value=1.0)):
        loop.order(Tell("a", act), Tell("b", act))
        loop.rounds(5)
    assert named == {"a", "b"} and loop.now_working_on == ""


def test_edits_are_made_in_turns_before_a_job_is_handed_over() -> None:
    loop = OneLoop()
    loop.opened("a", "b")
    loop.order(Tell("b", Play()), *(Tell("a", Edit(layer=1, unit=0, source=0, value=float(v))) for v in range(5)))
    loop.order(Release("a"))
    loop.rounds()
    epoch = loop.frames("b")[-1]["epoch"]
    assert not loop.said(Released)
    loop.rounds(30)
    assert [each.job for each in loop.said(Released)] == ["a"]
    assert loop.frames("b")[-1]["epoch"] > epoch + 2, "the other has its turns meanwhile"
    order = [type(each) for each in loop.answers if isinstance(each, (ToKeep, Released)) and each.job == "a"]
    assert order[-2:] == [ToKeep, Released]


def test_steps_asked_for_just_before_a_job_is_handed_over_are_taken() -> None:
    loop = OneLoop()
    loop.opened("a")
    loop.order(Tell("a", OneEpoch()), Tell("a", OneEpoch()), Release("a"))
    loop.rounds(30)
    assert [each.job for each in loop.said(Released)] == ["a"]
    assert [each.saved.epoch for each in loop.said(ToKeep)][-1] == 2


def test_what_a_job_was_told_before_it_was_there_goes_back_with_it() -> None:
    loop = OneLoop()
    loop.open("a", Experiment())
    loop.order(Tell("a", OneEpoch()), Release("a"))
    loop.rounds(2)
    assert [each.unheard for each in loop.said(Released)] == [(OneEpoch(),)]


def test_a_job_that_leaves_badly_is_gone() -> None:
    loop = OneLoop()
    loop.opened("a", "b")
    loop.loop._seats["a"].job.leave = Faults(FAULT, 1).may_raise  # type: ignore[union-attr, method-assign]
    loop.order(Close("a"), Tell("b", OneEpoch()))
    loop.rounds(5)
    assert loop.frames("b")[-1]["epoch"] == 1 and "a" not in loop.loop._seats


def test_a_job_that_comes_back_within_the_round_is_not_taken_for_the_one_that_left(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    loop = OneLoop()
    jobs = ["a", "b", "c", "leaving"]
    loop.opened(*jobs)
    picture, said = arithmetic_engine.Network.picture, loop.loop._line.say
    to_leave: list[str] = []

    def painting(network: arithmetic_engine.Network, *arguments: Any, **more: Any) -> Any:
        loop.clock.wait(2 * QUICK_SECONDS)
        if to_leave and loop.now_working_on == "a":
            loop.order(Release(to_leave.pop()))
        return picture(network, *arguments, **more)

    def answer(answers: Sequence[Answer]) -> None:
        said(answers)
        if any(isinstance(each, Released) for each in answers):
            loop.open("leaving", Experiment(train=Train(seed=9)))

    monkeypatch.setattr(arithmetic_engine.Network, "picture", painting)
    monkeypatch.setattr(loop, "say", answer)
    loop.order(*(Tell(job, OneEpoch()) for job in jobs))
    loop.rounds(4)
    to_leave.append("leaving")
    loop.order(*(Tell(job, OneEpoch()) for job in jobs))
    loop.rounds(10)
    assert [each.job for each in loop.said(Released)] == ["leaving"], "once"
    loop.order(Tell("leaving", OneEpoch()))
    loop.rounds(5)
    assert loop.frames("leaving")[-1]["epoch"] == 1, "the one that has come back"
