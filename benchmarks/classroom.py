"""A class of 60: how fast all are seated, what each sees of their own network, and what the teacher's wall costs.

    python -m benchmarks.classroom

Real sockets, real networks in two workers, rooms in SQLite; the learners are another process. The same class plays
without a room, then in one whose wall is watched, so that what the room costs is the difference of the two, in one run.
Learners train networks of their own (another seed each), then all the same one.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import psutil

from benchmarks.class_learners import WARM_SECONDS, WATCHED_SECONDS
from playground.core import Experiment, Train
from playground.runtime import Limits
from playground.runtime.protocol.packing import type_of
from playground.store.rooms import open_rooms
from tests.classroom.served import ClassServer, Member, class_server

ENGINE = "playground.engine"
_EPOCH = re.compile(rb'"epoch":(\d+)')
LIMITS = Limits(workers=2, runs=400, runs_per_address=400, runs_per_visitor=400)


class Seen(NamedTuple):
    """What the learners saw: frames a second of each, and seconds until all had a seat."""

    rates: list[float]
    seated: float


async def with_class(port: int, tokens: list[str], code: str = "", wall: Wall | None = None) -> tuple[Seen, float]:
    """What the learners saw, and the share of a core that this process took while they played."""
    told = json.dumps({"port": port, "tokens": tokens, "code": code})
    learners = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "benchmarks.class_learners", told, stdout=asyncio.subprocess.PIPE
    )
    assert learners.stdout is not None
    await learners.stdout.readline()
    await asyncio.sleep(WARM_SECONDS)
    process = psutil.Process()
    used, began = sum(process.cpu_times()[:2]), time.monotonic()
    watching = None if wall is None else asyncio.create_task(wall.watch())
    await asyncio.sleep(WATCHED_SECONDS - 1.0)
    share = (sum(process.cpu_times()[:2]) - used) / (time.monotonic() - began)
    if watching is not None:
        watching.cancel()
    seen = Seen(**json.loads(await learners.stdout.readline()))
    await learners.wait()
    return seen, share


class Wall:
    """The teacher's page, and how long after each epoch of a run its tile has come so far."""

    def __init__(self, server: ClassServer, teacher: Member) -> None:
        self._server, self._teacher = server, teacher
        self.late: list[float] = []

    async def watch(self) -> None:
        """Take what comes; of each run note when it came to which epoch, and when its tile did."""
        waiting: dict[int, list[tuple[int, float]]] = {}
        for number, seen in self._server.rooms._rooms[self._teacher.code].seen.items():
            if seen.run is not None:
                self._server.runs.watch(seen.run.token, _note(waiting.setdefault(number, [])))
        spoke = time.monotonic()
        while True:
            header, _ = await self._teacher.read()
            now = time.monotonic()
            for tile in header["tiles"] if header["type"] == "tiles" else ():
                runs = waiting[tile["seat"]]
                self.late += [now - at for epoch, at in runs if epoch <= tile["epoch"]]
                runs[:] = [each for each in runs if each[0] > tile["epoch"]]
            if now - spoke > 3.0:
                spoke = now
                await self._teacher.say("here")


def _note(reached: list[tuple[int, float]]) -> Callable[[bytes], None]:
    def heard(message: bytes) -> None:
        if type_of(message) == "frame":
            reached.append((int(_EPOCH.findall(message)[0]), time.monotonic()))

    return heard


async def measure(count: int, folder: Path) -> None:
    """Without a room and in one, with links of their own and with one."""
    for one_link in (False, True):
        print("One link:" if one_link else "Links of their own:", flush=True)
        environ = {"PLAYGROUND_ROOMS_FOLDER": str(folder / str(one_link))}
        async with class_server(open_rooms(environ), LIMITS, ENGINE) as server:
            seeds = [0 if one_link else seed for seed in range(count)]
            tokens = [server.runs.open(Experiment(train=Train(seed=seed, epochs=10_000))) for seed in seeds]
            alone, without = await with_class(server.port, tokens)
            _print("no room", alone, without)
            async with server.teacher() as teacher:
                wall = Wall(server, teacher)
                seen, share = await with_class(server.port, tokens, teacher.code, wall)
                _print("in a room", seen, share)
                more = f"{share - without:+.0%} of a core"
                print(f"  {count} seated in {seen.seated:.2f} s; the room and its wall take {more}")
                behind = f"{statistics.median(wall.late):.2f} s in the middle, {max(wall.late):.2f} s at most"
                print(f"  the wall shows an epoch after {behind} ({len(wall.late):,} epochs)", flush=True)


def _print(name: str, seen: Seen, share: float) -> None:
    rates = f"{statistics.median(seen.rates):.1f} frames a second each, the slowest {min(seen.rates):.1f}"
    print(f"  {name}: {rates}; the web process takes {share:.0%} of a core", flush=True)


def main() -> None:
    """Run it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--learners", type=int, default=60)
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(measure(parser.parse_args().learners, Path(folder)))


if __name__ == "__main__":
    main()
