"""A class on one server: frames a second for each learner, and memory, by the number who train at once.

    python -m benchmarks.class_size --learners 1 10 30 60

Every learner watches a run of their own at "one epoch a frame", through a real WebSocket, and takes 20 ms to paint a
frame. The learners are played by the server's own process, so a real server has a little more room than shown.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import statistics
import time

from benchmarks.memory import family_megabytes
from playground.core import Experiment, Train
from playground.runtime import Limits
from playground.runtime.protocol.packing import unpack
from tests.channel_types import page_message
from tests.runtime.peers import Server, serving

CREDIT = page_message("credit")
PAINT_SECONDS = 0.02
WARM_SECONDS = 4.0
WATCHED_SECONDS = 8.0


async def learn(server: Server, seed: int, stop: asyncio.Event) -> float:
    """One learner until `stop`; the frames seen a second, the warm-up left out."""
    frames, since = 0, time.monotonic() + WARM_SECONDS
    async with server.page(server.runs.open(Experiment(train=Train(seed=seed)))) as page:
        await page.say("play", epochs_per_frame=1)
        while not stop.is_set():
            header, _ = unpack(await page.connection.recv(decode=False))
            if header["type"] == "frame":
                await asyncio.sleep(PAINT_SECONDS)
                await page.connection.send(CREDIT)
                frames += time.monotonic() >= since
    return frames / (time.monotonic() - since)


async def measure(learners: int, workers: int) -> None:
    """One class."""
    async with serving(Limits(workers=workers), engine="playground.engine", seconds=time.monotonic) as server:
        await server.loaded(workers)
        stop = asyncio.Event()
        tasks = [asyncio.create_task(learn(server, seed, stop)) for seed in range(learners)]
        await asyncio.sleep(WARM_SECONDS + WATCHED_SECONDS)
        memory = family_megabytes()
        stop.set()
        rates = await asyncio.gather(*tasks)
        machine = f"{learners:4} learners, {workers} workers on {os.cpu_count()} cores"
        speed = f"{statistics.median(rates):5.1f} frames a second each (least {min(rates):.1f})"
        print(f"{machine}: {speed}, {memory:.0f} MB", flush=True)


def main() -> None:
    """Run it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--learners", type=int, nargs="+", default=[1, 10, 30, 60])
    parser.add_argument("--workers", type=int, default=2)
    arguments = parser.parse_args()
    for learners in arguments.learners:
        asyncio.run(measure(learners, arguments.workers))


if __name__ == "__main__":
    main()
