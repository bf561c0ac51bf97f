"""Memory of the whole server: idle with one worker, with ten open runs, and after 200 architectures in a row.

    python -m benchmarks.memory

Pages shared between processes count once (Linux: proportional set size). Prints each figure with its ceiling and
their ratio (above 1 is good).
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import time

import psutil

from playground.core import Experiment, Model
from playground.runtime import Limits
from tests.chromium import headless_chromium
from tests.runtime.peers import Server, serving
from tests.served_app import Learner, ServedApp
from tests.stream_client import Visitor

MEGABYTE = 1e6


def family_megabytes() -> float:
    """Memory of this process and all it started."""
    me = psutil.Process()
    return sum(_own(process) for process in [me, *me.children(recursive=True)]) / MEGABYTE


def _own(process: psutil.Process) -> float:
    try:
        full = process.memory_full_info()
    except psutil.NoSuchProcess:
        return 0.0
    return float(getattr(full, "pss", full.rss))


async def train_a_little(server: Server, experiment: Experiment, epochs: int = 3) -> str:
    """Open a run, train it, leave it open; its token."""
    token = server.runs.open(experiment)
    async with server.page(token) as page:
        await page.say("play", epochs_per_frame=1)
        await page.until_epoch(epochs)
    return token


def idle_with_one_worker() -> None:
    """The real app with one worker, after a visitor."""
    app = ServedApp({"PLAYGROUND_WORKERS": "1"}).start().wait_until_loaded()
    try:
        with Visitor(app) as visitor:
            visitor.run()
        app.wait(lambda: app.counts()["runs"] == 1)
        held = app.memory_bytes() / MEGABYTE
        print(f"idle after a visitor, 1 worker: {held:.0f} MB, at most 700: ratio {700 / held:.2f}", flush=True)
    finally:
        app.stop()


def ten_open_runs() -> None:
    """The real app with two workers, and ten learners' pages in a browser."""
    app = ServedApp({"PLAYGROUND_WORKERS": "2"}).start().wait_until_loaded(2)
    try:
        print(f"server without visitors, 2 workers: {app.memory_bytes() / MEGABYTE:.0f} MB", flush=True)
        with headless_chromium() as browser:
            for n in range(10):
                learner = Learner(browser.new_page(), app).open({"hidden": f"4,{2 + n % 3}", "seed": str(n)})
                learner.press("Play").until_epoch(20)
            held = app.memory_bytes() / MEGABYTE
        print(f"10 open runs, 2 workers: {held:.0f} MB, at most 2500: ratio {2500 / held:.2f}", flush=True)
    finally:
        app.stop()


async def many_architectures(architectures: int) -> None:
    """One after the other, in a server with two workers."""
    async with serving(Limits(workers=2), engine="playground.engine", seconds=time.monotonic) as server:
        await server.loaded(2)
        await train_a_little(server, Experiment())
        held = family_megabytes()
        shapes = itertools.product(range(1, 9), range(1, 9), range(1, 9))
        began = time.monotonic()
        for n, hidden in enumerate(itertools.islice(shapes, architectures), 1):
            server.runs.close(await train_a_little(server, Experiment(model=Model(hidden=hidden))))
            if n % 20 == 0:
                print(f"  {n} architectures: {family_megabytes() - held:+.0f} MB", flush=True)
        grown = family_megabytes() - held
        seconds = (time.monotonic() - began) / architectures
        print(
            f"{architectures} architectures in a row ({seconds:.2f} s each): {grown:+.0f} MB, at most 300: "
            f"ratio {300 / max(grown, 1):.2f}"
        )


def main() -> None:
    """Run it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--architectures", type=int, default=200)
    arguments = parser.parse_args()
    idle_with_one_worker()
    ten_open_runs()
    asyncio.run(many_architectures(arguments.architectures))


if __name__ == "__main__":
    main()
