"""What one visitor can do to others: a bystander's frames, and a newcomer's wait, while somebody asks for too much.

    python -m benchmarks.crowd

The real app is served. The bystander watches a run of an epoch a frame; the newcomer opens a network that no worker has
compiled, and waits for its first frame. Then the same while one browser asks for 300 networks, each of another
architecture, and while a run of 8 layers of 128 units and 100,000 points is sent 100 edits.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import itertools
import time
from collections.abc import AsyncIterator, Coroutine, Iterable, Iterator

import websockets

from tests.served_app import ServedApp
from tests.visitors import Visitor, visiting

GREEDY = {"Cookie": "_streamlit_xsrf=2|00000000|6772656564796772656564796772656d|1"}
OWN = {"Cookie": "_streamlit_xsrf=2|00000000|6e6577636f6d65726e6577636f6d6572|1"}
HUGE = {"hidden": ",".join(["128"] * 8), "samples": "100000", "batch_size": "1000"}
PLACES, EDITS = 300, 100
WATCHED_SECONDS = 8.0
widths = itertools.product(range(3, 60), range(3, 60), range(3, 9))


@contextlib.asynccontextmanager
async def nothing(app: ServedApp) -> AsyncIterator[None]:
    """Nobody else is there."""
    yield


@contextlib.asynccontextmanager
async def many_places(app: ServedApp) -> AsyncIterator[None]:
    """One browser opens 300 pages, each with an architecture of its own, and plays what it gets."""

    async def ask(n: int) -> None:
        with contextlib.suppress(websockets.InvalidStatus):  # refused
            await have(n)

    async def have(n: int) -> None:
        layers = [17 + n % 40, 11 + n % 37, 7 + n // 40]
        async with visiting(app.port, {"hidden": ",".join(map(str, layers))}, GREEDY) as visitor:
            if visitor.token:
                async with visitor.watching() as page:
                    await page.say("play", epochs_per_frame=1)
                    await asyncio.Future()
            await asyncio.Future()

    with tasks([ask(n) for n in range(PLACES)]):
        await asyncio.sleep(2.0)
        yield


@contextlib.asynccontextmanager
async def many_edits(app: ServedApp) -> AsyncIterator[None]:
    """A run of the largest network is edited as fast as its page can send, again and again."""

    async def edit(visitor: Visitor) -> None:
        async with visitor.watching() as page:
            await page.next("frame")
            for n in itertools.count():
                if n % EDITS == 0:
                    await page.next("frame")
                value = (n % 7 - 3) / 10
                await page.say("edit", layer=2, unit=n % 128, source=n % 100, value=value)

    async with visiting(app.port, HUGE, GREEDY) as visitor:
        with tasks([edit(visitor)]):
            await asyncio.sleep(6.0)
            yield


@contextlib.contextmanager
def tasks(coroutines: Iterable[Coroutine[None, None, None]]) -> Iterator[None]:
    """Run these meanwhile."""
    running = [asyncio.ensure_future(each) for each in coroutines]
    try:
        yield
    finally:
        for task in running:
            if task.done():
                task.result()  # raises what went wrong
            task.cancel()


async def frames_a_second(app: ServedApp) -> float:
    """What a bystander sees."""
    async with visiting(app.port, {"epochs": "10000"}) as visitor, visitor.watching() as page:
        await page.say("play", epochs_per_frame=1)
        await page.until_epoch(5)
        seen, began = len(page.frames), time.monotonic()
        while time.monotonic() - began < WATCHED_SECONDS:
            await page.next("frame")
        return (len(page.frames) - seen) / (time.monotonic() - began)


async def seconds_to_a_network(app: ServedApp) -> float:
    """How long a newcomer waits for a network of their own."""
    began = time.monotonic()
    hidden = ",".join(map(str, next(widths)))
    async with visiting(app.port, {"hidden": hidden}, OWN) as visitor, visitor.watching() as page:
        await page.next("frame")
        return time.monotonic() - began


async def measure(app: ServedApp) -> None:
    """All three."""
    for name, trouble in (("quiet", nothing), ("300 places", many_places), ("100 edits", many_edits)):
        async with trouble(app):
            frames = await frames_a_second(app)
            waits = [await seconds_to_a_network(app) for _ in range(3)]
            print(f"{name:>12}: {frames:5.1f} frames a second, a newcomer waits {max(waits):.1f} s", flush=True)
        await asyncio.sleep(6.0)


def main() -> None:
    """Run it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--workers", type=int, default=2, help="with one, all share it")
    workers = parser.parse_args().workers
    app = ServedApp({"PLAYGROUND_WORKERS": str(workers)}).start().wait_until_loaded(workers)
    try:
        with contextlib.suppress(websockets.ConnectionClosed):
            asyncio.run(measure(app))
    finally:
        app.stop()


if __name__ == "__main__":
    main()
