"""Networks are compiled in turn by visitor."""

from __future__ import annotations

import threading
from types import SimpleNamespace
from typing import Any, cast

from playground.core import Experiment, Model
from playground.core.architecture import program_key
from playground.runtime.engine import Engine
from playground.runtime.jobs.kinds import program_of
from playground.runtime.worker.programs import Programs, Wish
from tests.runtime.peers import PATIENCE, Clock


class Compiler:
    """Programs for visitors; each is compiled when the test lets it be."""

    def __init__(self) -> None:
        self.wishes: list[Wish] = []
        self.compiled: list[str] = []
        self.clock = Clock()
        self._go, self._done = threading.Semaphore(0), threading.Semaphore(0)
        engine = cast(Engine, SimpleNamespace(compile_program=self._compile))
        self.programs = Programs(engine, 8, lambda: list(self.wishes), lambda _key: None, self.clock)

    def wish(self, visitor: str, architecture: int) -> str:
        experiment = experiment_of(architecture)
        wish = Wish(visitor, program_key(experiment))
        self.wishes.append(wish)
        self.programs.claim(program_of(experiment))
        self.programs.go_on()
        return wish.key

    def leave(self, visitor: str, architecture: int) -> None:
        experiment = experiment_of(architecture)
        self.wishes.remove(Wish(visitor, program_key(experiment)))
        self.programs.leave(program_of(experiment))

    def compile(self, times: int) -> list[str]:
        """Compile so many; their keys."""
        before = len(self.compiled)
        for _ in range(times):
            self._go.release()
            assert self._done.acquire(timeout=PATIENCE)
            assert self.programs._under_way is not None
            self.programs._under_way.result(PATIENCE)
            self.programs.go_on()
        return self.compiled[before:]

    def _compile(self, experiment: Experiment) -> Any:
        assert self._go.acquire(timeout=PATIENCE)
        self.compiled.append(program_key(experiment))
        self._done.release()
        return SimpleNamespace(key=self.compiled[-1])


def experiment_of(architecture: int) -> Experiment:
    return Experiment(model=Model(hidden=(1 + architecture % 128, 1 + architecture // 128)))


def test_a_newcomer_waits_for_the_one_under_way_alone_whatever_another_visitor_has_asked_for() -> None:
    compiler = Compiler()
    for architecture in range(300):
        compiler.wish("greedy", architecture)
    compiler.compile(5)
    mine = compiler.wish("newcomer", 1000)
    assert compiler.compile(2)[1] == mine


def test_among_forty_with_long_queues_a_newcomer_waits_for_one_of_each_at_most() -> None:
    compiler = Compiler()
    for turn in range(20):
        for visitor in range(40):
            compiler.wish(f"visitor {visitor}", 20 * visitor + turn)
    compiler.compile(7)
    mine = compiler.wish("newcomer", 1000)
    assert mine in compiler.compile(41)
    again = compiler.wish("newcomer", 1001)
    assert again in compiler.compile(41)


def test_of_one_visitor_the_newest_wish_comes_first() -> None:
    compiler = Compiler()
    first, *_, last = [compiler.wish("a", architecture) for architecture in range(5)]
    assert compiler.compile(2) == [first, last], "the first was under way"


def test_what_nobody_wants_any_more_is_never_compiled() -> None:
    compiler = Compiler()
    keys = [compiler.wish("a", architecture) for architecture in range(5)]
    for architecture in (1, 2, 4):
        compiler.leave("a", architecture)
    assert sorted(compiler.compile(2)) == sorted([keys[0], keys[3]])
    compiler.programs.go_on()
    assert not compiler.programs._waiting


def test_a_program_that_several_want_is_compiled_when_it_is_the_turn_of_any() -> None:
    compiler = Compiler()
    compiler.wish("a", 0)
    for architecture in range(1, 10):
        compiler.wish("a", architecture)
    shared = compiler.wish("a", 50)
    for architecture in range(51, 60):
        compiler.wish("a", architecture)
    assert compiler.wish("b", 50) == shared
    assert compiler.compile(2)[1] == shared
    compiler.leave("a", 50)
    assert compiler.programs.of(program_of(experiment_of(50))).done()


def test_programs_for_runs_that_move_here_have_their_turn_and_are_kept_for_them() -> None:
    compiler = Compiler()
    for architecture in range(30):
        compiler.wish("greedy", architecture)
    moving = experiment_of(500)
    compiler.programs.prepare(program_of(moving))
    assert compiler.compile(2)[1] == program_key(moving)
    assert list(compiler.programs.prepared()) == [program_key(moving)]
    assert program_key(moving) in compiler.programs.wanted()
    compiler.clock.wait(61.0)
    assert program_key(moving) not in compiler.programs.wanted()


def test_a_program_to_prepare_is_not_forgotten_however_long_it_waits() -> None:
    compiler = Compiler()
    compiler.wish("a", 0)
    compiler.programs.prepare(program_of(experiment_of(500)))
    compiler.clock.wait(1000.0)
    assert compiler.compile(2)[1] == program_key(experiment_of(500))
