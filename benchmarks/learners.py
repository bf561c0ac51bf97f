"""A class of learners at their pages, to be played by a process of its own.

Their screens take no time: what limits them is the server.
"""

from __future__ import annotations

import asyncio
import json
import time
from multiprocessing.connection import Connection

import websockets

from playground.runtime.protocol.packing import unpack

WATCHED_SECONDS = 10.0


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
