"""A class on one link beside a class on as many links of their own: frames, and epochs trained, in one run.

    python -m benchmarks.one_link --learners 30

Learners begin a moment apart; on the one link, two of them change the learning rate at epoch 50, and so go their own
way.
Every learner watches at "one epoch a frame" on a screen that takes no time. The learners are played by a process of
their own, so the server is on its own, too.
"""

from __future__ import annotations

import argparse
import asyncio
import multiprocessing
import os
import statistics
import time

from benchmarks.learners import WATCHED_SECONDS, play
from playground.core import Experiment, Train
from playground.runtime import Limits
from tests.runtime.peers import serving

LEAVE_AT = 50
FASTER = 0.1


async def class_of(learners: int, workers: int, apart: float, one_link: bool) -> float:
    """Frames a second of a whole class."""
    async with serving(Limits(workers=workers), engine="playground.engine", seconds=time.monotonic) as server:
        await server.loaded(workers)
        tokens = [server.runs.open(Experiment(train=Train(seed=0 if one_link else n))) for n in range(learners)]
        urls = [f"ws://127.0.0.1:{server.port}/_playground/live/{token}" for token in tokens]
        ours, theirs = multiprocessing.get_context("spawn").Pipe()
        process = multiprocessing.get_context("spawn").Process(target=play, args=(theirs, urls, apart))
        process.start()
        if one_link:
            leaving = asyncio.create_task(_leave(server, tokens[1:3]))
        while not ours.poll():
            await asyncio.sleep(0.1)
        frames: list[int]
        frames, newest = ours.recv()
        process.join()
        if one_link:
            leaving.cancel()
        rate = sum(frames) / WATCHED_SECONDS
        name = "one link " if one_link else "own links"
        each = f"{statistics.median(frames) / WATCHED_SECONDS:.1f} each (least {min(frames) / WATCHED_SECONDS:.1f})"
        print(
            f"{learners} learners, {name}, {workers} workers on {os.cpu_count()} cores: {rate:.0f} frames/s, {each}; "
            f"newest epochs {min(newest)} to {max(newest)}",
            flush=True,
        )
        return rate


async def _leave(server: object, tokens: list[str]) -> None:
    """Two learners change the rate when they have come to an epoch."""
    runs = server.runs  # type: ignore[attr-defined]
    waiting = list(tokens)
    while waiting:
        await asyncio.sleep(0.05)
        for token in list(waiting):
            run = runs.get(token)
            if run.standing["last_epoch"] >= LEAVE_AT:
                waiting.remove(token)
                runs.adjust(token, Experiment(train=Train(learning_rate=FASTER)))


def main() -> None:
    """Run it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--learners", type=int, default=30)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--apart", type=float, default=1.0, help="seconds between two learners' beginnings")
    arguments = parser.parse_args()
    shape = arguments.learners, arguments.workers, arguments.apart
    own = asyncio.run(class_of(*shape, one_link=False))
    one = asyncio.run(class_of(*shape, one_link=True))
    print(f"frames on one link / on links of their own: {one / own:.1f} (at least 3)")


if __name__ == "__main__":
    main()
