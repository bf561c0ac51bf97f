"""Pictures of links: what many that are asked for at once do to a playing run, and how long they take.

    python -m benchmarks.previews

The real app is served. A bystander watches a run of an epoch a frame; meanwhile the pictures of 200 different links are
asked for at once, each of another architecture, from many network addresses. Then the same links again. Last, the time
of the page itself with and without what its head says of the link.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import statistics
import time
from collections import Counter
from typing import NamedTuple

from tests.served_app import ServedApp
from tests.visitors import visiting

LINKS = 200
PAGES = 100
SCREEN = 60
"""Frames a second that a screen shows; more are not asked for."""


class Answer(NamedTuple):
    """Of one request: its status, what it said, and the seconds until then."""

    status: int
    body: bytes
    seconds: float


def link(n: int) -> str:
    """A link whose network no other one has."""
    return f"dataset=spiral&hidden={3 + n % 20},{3 + n // 20}&activation=relu&seed={n}"


async def ask(app: ServedApp, path: str, address: str) -> Answer:
    """Ask for something as from a network address."""
    began = time.monotonic()
    reader, writer = await asyncio.open_connection("127.0.0.1", app.port)
    head = (f"GET {path} HTTP/1.1", f"Host: 127.0.0.1:{app.port}", f"X-Forwarded-For: {address}", "Connection: close")
    writer.write("\r\n".join([*head, "", ""]).encode())
    answer = await reader.read()
    writer.close()
    start, _, body = answer.partition(b"\r\n\r\n")
    return Answer(int(start.split()[1]), body, time.monotonic() - began)


async def ask_for_all(app: ServedApp) -> list[Answer]:
    """All pictures at once."""
    asked = [ask(app, f"/_playground/preview.png?{link(n)}", f"203.0.113.{n}") for n in range(LINKS)]
    return list(await asyncio.gather(*asked))


class Bystander:
    """Counts the frames that a playing run gets."""

    def __init__(self) -> None:
        self.frames = 0
        self.playing = asyncio.Event()

    async def watch(self, app: ServedApp) -> None:
        """Watch until cancelled."""
        async with visiting(app.port, {"epochs": "10000"}) as visitor, visitor.watching() as page:
            await page.say("play", epochs_per_frame=1)
            await page.until_epoch(5)
            self.playing.set()
            while True:
                await page.next("frame")
                self.frames += 1
                await asyncio.sleep(1 / SCREEN)

    async def rate(self, frames: int) -> float:
        """Frames a second, over the next so many."""
        last, began = self.frames + frames, time.monotonic()
        while self.frames < last:
            await asyncio.sleep(1 / SCREEN)
        return frames / (time.monotonic() - began)


async def measure(app: ServedApp) -> None:
    """All of it."""
    bystander = Bystander()
    watching = asyncio.create_task(bystander.watch(app))
    await bystander.playing.wait()
    for name in ("first", "second"):
        before, began = bystander.frames, time.monotonic()
        answers = await ask_for_all(app)
        seconds = time.monotonic() - began
        say(f"asked for the {name} time", answers, seconds, (bystander.frames - before) / seconds)
        before, began = bystander.frames, time.monotonic()
        await asyncio.sleep(5.0)
        print(
            f"  afterwards: {(bystander.frames - before) / (time.monotonic() - began):.1f} frames a second", flush=True
        )
    watching.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await watching
    pages = [(await ask(app, f"/?{link(n)}", "203.0.113.1")).seconds for n in range(PAGES)]
    again = [(await ask(app, "/", "203.0.113.1")).seconds for _ in range(PAGES)]
    plain = [(await ask(app, "/favicon.png", "203.0.113.1")).seconds for _ in range(PAGES)]
    for name, times in (("a page with a new link", pages), ("the plain page", again), ("a file beside it", plain)):
        print(f"{name}: {1000 * statistics.median(times):.1f} ms, median of {PAGES}")


def say(what: str, answers: list[Answer], seconds: float, frames: float) -> None:
    """Print how it went."""
    drawn = [each.seconds for each in answers if each.status == 200]
    refused = Counter(each.body.decode() for each in answers if each.status == 503)
    others = [each for each in answers if each.status not in (200, 503)]
    print(
        f"{what}: all {len(answers)} answered within {seconds:.1f} s, the playing run got {frames:.1f} frames a second"
    )
    print(f"  {len(drawn)} drawn, the last after {max(drawn, default=0):.1f} s; {len(others)} other answers")
    for sentence, count in refused.items():
        print(f"  {count} refused: {sentence}", flush=True)


def main() -> None:
    """Run it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--workers", type=int, default=2, help="with one, the playing run shares it")
    workers = parser.parse_args().workers
    app = ServedApp({"PLAYGROUND_WORKERS": str(workers)}).start().wait_until_loaded(workers)
    try:
        asyncio.run(measure(app))
    finally:
        app.stop()


if __name__ == "__main__":
    main()
