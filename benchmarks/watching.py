"""What it costs the server that runs are watched: its processor time a frame with none, one and all of them watched.

    python -m benchmarks.watching

The live channel is served in this process, with an engine that only does sums behind it, so that the frames are cheap
for the worker and as many as the server can pass on; the pages are in a process of their own. The three cases take
turns, so that a drifting machine is felt by all; each ratio is the median over rounds, and 1 is for nothing.
"""

from __future__ import annotations

import argparse
import asyncio
import multiprocessing
import statistics
import time
from collections.abc import Callable, Sequence

import websockets

from playground.core import Experiment, Train
from playground.runtime import Limits
from playground.runtime.protocol.limits import FRAMES, FRAMES_IN_FLIGHT
from playground.runtime.protocol.packing import type_of
from tests.runtime.peers import Server, serving, until

RUNS = 60
CASES = (0, 1, RUNS)
CREDIT, PLAY = '{"type": "credit"}', '{"type": "play", "epochs_per_frame": 1}'
ENOUGH = Train(epochs=10_000)


def main() -> None:
    """Print a line for each case."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--seconds", type=float, default=1.5, help="of each case in a round")
    arguments = parser.parse_args()
    asyncio.run(compare(arguments.rounds, arguments.seconds))


async def compare(rounds: int, seconds: float) -> None:
    """Serve the runs and their pages, and measure the cases in turns."""
    async with serving(Limits(workers=1), seconds=time.monotonic) as server:
        await server.loaded(1)
        tokens = [server.runs.open(Experiment(train=ENOUGH)) for _ in range(RUNS)]
        pages = multiprocessing.get_context("spawn").Process(target=look, args=(server.port, tokens), daemon=True)
        pages.start()
        await until(lambda: server.runs.learners == RUNS)
        await _measured(server, tokens, 0, seconds)  # to warm up
        found = [[await _measured(server, tokens, watched, seconds) for watched in CASES] for _ in range(rounds)]
        pages.terminate()
        pages.join()
    print(f"{'watched':>8} {'a frame':>10} {'ratio':>7}")
    for case, watched in enumerate(CASES):
        own = statistics.median(each[case] for each in found)
        ratio = statistics.median(each[case] / each[0] for each in found)
        print(f"{watched:4} of {RUNS} {own * 1e6:6.0f} µs {ratio:6.3f}x", flush=True)
    spread = [max(each) / min(each) for each in zip(*found, strict=True)]
    print(f"the same case differs between rounds by a factor of up to {max(spread):.2f}")


async def _measured(server: Server, tokens: Sequence[str], watched: int, seconds: float) -> float:
    """Seconds of this process's processor time a frame while so many runs are watched."""
    seen = 0

    def see(_message: bytes) -> None:
        nonlocal seen
        seen += 1

    ends: list[Callable[[], None] | None] = [server.runs.watch(token, see) for token in tokens[:watched]]
    sent = server.runs.tally.frames_sent
    frames, began = _count(sent), time.process_time()
    await asyncio.sleep(seconds)
    took, frames = time.process_time() - began, _count(sent) - frames
    for end in ends:
        assert end is not None
        end()
    assert frames and (seen > 0) == (watched > 0), (frames, seen)
    return took / frames


def _count(counter: object) -> int:
    return int(next(iter(counter.collect())).samples[0].value)  # type: ignore[attr-defined]


def look(port: int, tokens: Sequence[str]) -> None:
    """The pages, in a process of their own: each asks for another frame as soon as it has one."""

    async def page(token: str) -> None:
        async with websockets.connect(f"ws://127.0.0.1:{port}/_playground/live/{token}", max_size=None) as connection:
            await connection.send(PLAY)
            for _ in range(FRAMES_IN_FLIGHT):
                await connection.send(CREDIT)
            async for message in connection:
                if isinstance(message, bytes) and type_of(message) in FRAMES:
                    await connection.send(CREDIT)

    async def all_pages() -> None:
        await asyncio.gather(*map(page, tokens))

    asyncio.run(all_pages())


if __name__ == "__main__":
    main()
