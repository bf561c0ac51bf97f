"""The learners of `benchmarks.classroom`, as a process of their own.

Told by its argument, in JSON, the port, the tokens of the runs and the room's code (none: there is no room), it prints
``seated`` once all have a seat, and in the end what they saw.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import secrets
import sys
import time

import websockets

from playground.runtime.protocol.packing import type_of
from tests.channel_types import page_message

WARM_SECONDS, WATCHED_SECONDS = 5.0, 10.0
PAINT_SECONDS = 0.02
CREDIT, PLAY = page_message("credit"), page_message("play", epochs_per_frame=1)


async def learn(port: int, tokens: list[str], code: str) -> dict[str, object]:
    """All learners, from joining until their teacher has seen enough."""
    root = f"ws://127.0.0.1:{port}/_playground"
    seats = [await websockets.connect(f"{root}/class", max_size=None) for _ in tokens] if code else []
    began = time.monotonic()
    await asyncio.gather(*(_join(seat, code, token) for seat, token in zip(seats, tokens, strict=False)))
    seated = time.monotonic() - began
    print("seated", flush=True)
    awake = [asyncio.create_task(_be_awake(seat)) for seat in seats]
    stop = asyncio.Event()
    pages = [asyncio.create_task(_watch(f"{root}/live/{token}", stop)) for token in tokens]
    await asyncio.sleep(WARM_SECONDS + WATCHED_SECONDS)
    stop.set()
    rates = await asyncio.gather(*pages)
    for task in awake:
        task.cancel()
    for seat in seats:
        await seat.close()
    return {"rates": rates, "seated": seated}


async def _join(seat: websockets.ClientConnection, code: str, token: str) -> None:
    await _say(seat, "enter", code=code, role="learner", secret=secrets.token_urlsafe(16))
    await _say(seat, "join")
    while type_of(await seat.recv(decode=False)) != "room":
        pass
    await _say(seat, "run", token=token)


async def _say(seat: websockets.ClientConnection, type_: str, **fields: object) -> None:
    await seat.send(json.dumps({"type": type_, **fields}))


async def _be_awake(seat: websockets.ClientConnection) -> None:
    while True:
        await _say(seat, "here")
        await _read_for(seat, 4.0)


async def _read_for(seat: websockets.ClientConnection, seconds: float) -> None:
    until = time.monotonic() + seconds
    while (left := until - time.monotonic()) > 0:
        with contextlib.suppress(asyncio.TimeoutError):
            await asyncio.wait_for(seat.recv(decode=False), left)


async def _watch(url: str, stop: asyncio.Event) -> float:
    """Frames a second of a page that takes 20 ms to paint one."""
    frames, since = 0, time.monotonic() + WARM_SECONDS
    async with websockets.connect(url, max_size=None) as page:
        for message in (PLAY, CREDIT, CREDIT):
            await page.send(message)
        while not stop.is_set():
            if type_of(await page.recv(decode=False)) == "frame":
                await asyncio.sleep(PAINT_SECONDS)
                await page.send(CREDIT)
                frames += time.monotonic() >= since
    return frames / (time.monotonic() - since)


if __name__ == "__main__":
    print(json.dumps(asyncio.run(learn(**json.loads(sys.argv[1])))), flush=True)
