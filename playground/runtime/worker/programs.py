"""What a worker compiles, one by one in a thread of its own: the jobs go on meanwhile."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import NamedTuple

from playground.runtime.engine import Engine
from playground.runtime.jobs.kinds import Made, Recipe
from playground.runtime.worker.turns import Turns

PROMISE_SECONDS = 60.0
SERVER = ""
"""The visitor for whom programs are prepared."""


class Wish(NamedTuple):
    """A visitor has a job with this program, or one that waits for it."""

    visitor: str
    key: str


class Programs:
    """Programs by their key; what nobody uses is let go, least recently used first.

    They are compiled in turn by visitor, of each the newest wish first. One that several wait for is compiled when it
    is the turn of any of them.

    Parameters
    ----------
    most : programs kept
    wishes : what is trained or waited for, oldest first
    note : called with the key while a program is compiled, and with nothing after it
    """

    def __init__(
        self,
        engine: Engine,
        most: int,
        wishes: Callable[[], Iterable[Wish]],
        note: Callable[[str], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.spent = 0
        """Programs let go."""
        self._engine, self._most, self._wishes, self._note, self._clock = engine, most, wishes, note, clock
        self._programs: OrderedDict[str, Made] = OrderedDict()
        self._waiting: dict[str, Recipe] = {}
        self._thread = ThreadPoolExecutor(1, "compile")
        self._under_way: Made | None = None
        self._turns = Turns()
        self._unannounced: dict[str, None] = {}
        """Programs to prepare of which it is not said yet that they are there."""
        self._promised: dict[str, float] = {}
        """Programs that jobs of other workers wait for, and until when they are kept for them."""

    def prepare(self, recipe: Recipe) -> None:
        """Make what somebody will ask for; `prepared` tells when it is there."""
        self._unannounced[recipe.key] = None
        self.of(recipe)

    def prepared(self) -> Iterator[str]:
        """The keys of prepared programs that have come since the last call."""
        for key in [key for key in self._unannounced if key not in self._programs or self._programs[key].done()]:
            del self._unannounced[key]
            self._promised[key] = self._clock() + PROMISE_SECONDS
            yield key

    def of(self, recipe: Recipe) -> Made:
        """What a recipe makes, on its way or there."""
        key = recipe.key
        if key not in self._programs:
            self._programs[key] = Future()
            self._waiting[key] = recipe
            self._forget()
        self._programs.move_to_end(key)
        return self._programs[key]

    def claim(self, recipe: Recipe) -> Made:
        """The same for somebody who may have been promised it."""
        made = self.of(recipe)
        self._promised.pop(recipe.of, None)
        return made

    def go_on(self) -> None:
        """Compile the next one that is waited for, unless one is under way."""
        if self._under_way is not None and not self._under_way.done():
            return
        key = self._next()
        if key is not None:
            self._under_way = self._programs[key]
            self._thread.submit(self._compile, self._waiting.pop(key), self._under_way)

    def then(self, call: Callable[[], None]) -> None:
        """Call something in the compiling thread when it is free."""
        self._thread.submit(call)

    def drop(self, recipe: Recipe) -> None:
        """Forget what could not be made."""
        self._programs.pop(recipe.key, None)

    def leave(self, recipe: Recipe) -> None:
        """One job less wants it: what nobody waits for is not made, unless it is under way."""
        key = recipe.key
        if key in self.wanted():
            return
        if self._waiting.pop(key, None) is not None:
            del self._programs[key]
        elif not recipe.shared and self._programs.pop(key, None) is not None:
            self.spent += 1

    def wanted(self) -> set[str]:
        """The keys of the programs in use or promised."""
        now = self._clock()
        self._promised = {key: until for key, until in self._promised.items() if until > now}
        return {wish.key for wish in self._wishes()} | set(self._promised) | set(self._unannounced)

    def _next(self) -> str | None:
        """The newest wish of the visitor whose turn it is, among those that wait."""
        if not self._waiting:
            return None
        newest: dict[str, str] = {}
        for visitor, key in [*((SERVER, key) for key in self._unannounced), *self._wishes()]:
            if key in self._waiting:
                newest[visitor] = key
        return newest[self._turns.next_of(newest)] if newest else None

    def _compile(self, recipe: Recipe, made: Made) -> None:
        """Runs in the compiling thread."""
        self._note(recipe.of)
        try:
            made.set_result(recipe.make(self._engine))
        except Exception as fault:  # whoever waits for it judges it
            made.set_exception(fault)
        finally:
            self._note("")

    def _forget(self) -> None:
        wanted = self.wanted()
        spare = [key for key, program in self._programs.items() if key not in wanted and program.done()]
        for key in spare[: max(len(self._programs) - len(self._waiting) - self._most, 0)]:
            del self._programs[key]
            self.spent += 1
