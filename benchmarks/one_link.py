"""A class on one link beside a class on as many links of their own: frames, and epochs trained, in one run.

    python -m benchmarks.one_link --learners 30

Learners begin a moment apart; on the one link, two of them change the learning rate at epoch 50, and so go their own
way.
Every learner watches at "one epoch a frame" and takes 20 ms to paint a frame. The learners are played by a process of
their own, so the server is on its own, too.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import multiprocessing
import os
import statistics
import time
from multiprocessing.connection import Connection

import websockets

from playground.core import Experiment, Train
from playground.runtime import Limits
from playground.runtime.protocol.packing import unpack
from tests.runtime.peers import serving

PAINT_SECONDS = 0.02
WATCHED_SECONDS = 10.0
LEAVE_AT = 50
FASTER = 0.1


async def learn(url: str, begins_in: float, since: float, until: float, newest: list[int]) -> int:
    """One learner; the frames painted in the time watched."""
    await asyncio.sleep(begins_in)
    frames, place = 0, len(newest)
    newest.append(0)
    async with websockets.connect(url, max_size=None, compression=None) as connection:
        await connection.recv()
        for message in ({"type": "credit"}, {"type": "credit"}, {"type": "play", "epochs_per_frame": 1}):
            await connection.send(json.dumps(message))
        while (now := time.monotonic()) < until:
            header, _arrays = unpack(await connection.recv(decode=False))
            if header["type"] == "frame":
                newest[place] = header["last_epoch"]
                await asyncio.sleep(PAINT_SECONDS)
                await connection.send('{"type": "credit"}')
                frames += now >= since
    return frames


async def watch(urls: list[str], apart: float) -> tuple[list[int], list[int]]:
    """All learners at once; the frames of each in the time watched, and the newest epoch of each."""
    since = time.monotonic() + apart * len(urls) + 2
    newest: list[int] = []
    learners = (learn(url, apart * n, since, since + WATCHED_SECONDS, newest) for n, url in enumerate(urls))
    return list(await asyncio.gather(*learners)), newest


def play(pipe: Connection, urls: list[str], apart: float) -> None:
    """The learners' process."""
    pipe.send(asyncio.run(watch(urls, apart)))


async def class_of(learners: int, workers: int, apart: float, one_link: bool) -> float:
    """Frames a second of a whole class."""
    async with serving(Limits(workers=workers), engine="playground.engine") as server:
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
