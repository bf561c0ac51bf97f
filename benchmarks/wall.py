"""A wall of 256 networks in the page: frames and epochs a second, memory, and what it leaves to others.

    python -m benchmarks.wall

The real app is served with one worker, and watched in headless Chromium on the same machine. Yardsticks: a single
default network in the same page, alone and beside the wall; the worker's memory before the wall; the longest turn of a
wall's job with 250 and with 100,000 points.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import cast

import playground.engine as engine
from playground.core.wall import Wall
from playground.runtime import Limits
from playground.runtime.engine import Engine
from playground.runtime.jobs.kinds import KINDS, Beginning, Made
from playground.runtime.jobs.trainings import Trainings
from playground.runtime.protocol.page import Credit, Play
from tests.chromium import headless_chromium
from tests.served_app import Explorer, Learner, ServedApp

RATES = "0.0001|0.0002|0.0005|0.001|0.002|0.003|0.005|0.01|0.02|0.03|0.05|0.1|0.2|0.3|0.5|1"
PENALTIES = "0|0.00001|0.00003|0.0001|0.0003|0.001|0.002|0.003|0.005|0.01|0.02|0.03|0.05|0.1|0.2|0.3"
MANY = f"rows=learning_rate:{RATES}&columns=l2:{PENALTIES}"
DEEP = "dataset=spiral&rows=depth:1|2|3|4|5&columns=learning_rate:0.001|0.003|0.01|0.03|0.1|0.3|1&seeds=3"
WATCHED_SECONDS = 8.0
AS_FAST_AS_IT_GOES = "As fast as it goes"


def in_the_page() -> None:
    """What the page does, and what the worker takes for it."""
    app = ServedApp({"PLAYGROUND_WORKERS": "1"}).start().wait_until_loaded(1)
    try:
        with headless_chromium() as browser:
            learner = Learner(browser.new_page(viewport={"width": 1280, "height": 720}), app).open()
            learner.press("Play").until_epoch(5)
            alone, _ = learner.watch(WATCHED_SECONDS)
            before = app.workers()[0].memory_full_info().pss
            explorer = Explorer(browser.new_page(viewport={"width": 1280, "height": 720}), app)
            began = time.monotonic()
            explorer.open(MANY)
            print(f"256 networks are there after {time.monotonic() - began:.1f} s")
            learner.press("Pause")
            explorer.press("Play").until_epoch(5)
            frames, epochs = explorer.watch(WATCHED_SECONDS)
            print(f"an epoch a frame: {frames:.1f} frames and {epochs:.1f} epochs a second")
            explorer.choose_speed(AS_FAST_AS_IT_GOES)
            frames, epochs = explorer.watch(WATCHED_SECONDS)
            print(f"as fast as it goes: {frames:.1f} frames and {epochs:.1f} epochs a second")
            learner.press("Play")
            beside, _ = learner.watch(WATCHED_SECONDS)
            print(f"a default run beside it: {beside:.1f} frames a second, {beside / alone:.2f} of {alone:.1f} alone")
            grown = app.workers()[0].memory_full_info().pss - before
            print(f"the worker has grown by {grown / 1e6:.0f} MB")
            learner.page.close()
            explorer.page.close()
            explorer = Explorer(browser.new_page(viewport={"width": 1280, "height": 720}), app).open(DEEP, None)
            began = time.monotonic()
            explorer.press("Play").until("d.frames >= 2")
            seen = time.monotonic() - began
            explorer.until_epoch(1)
            print(f"35 cells × 3 seeds: seen after {seen:.1f} s, trained after {time.monotonic() - began:.1f} s")
    finally:
        app.stop()


def turns_of(query: str) -> Iterator[float]:
    """What each turn of a wall's job takes once it trains, for some seconds."""
    wall, refused = Wall.from_query(dict(part.split("=", 1) for part in query.split("&")))
    assert refused == []
    beginning = Beginning(wall)
    kind = KINDS["wall"]
    made: list[Made] = []
    for recipe in kind.recipes("job", beginning):
        made.append(Made())
        made[-1].set_result(recipe.make(cast(Engine, engine)))
    job = kind.begin(Trainings(cast(Engine, engine), Limits()), made, beginning, time.monotonic)
    job.hear(Play(epochs_per_frame=0))
    while job.standing["state"] == "loading":
        job.hear(Credit())
        job.turn()
    until = time.monotonic() + WATCHED_SECONDS
    while time.monotonic() < until:
        job.hear(Credit())
        began = time.monotonic()
        job.turn()
        yield time.monotonic() - began


def turns() -> None:
    """The longest turns, of walls with few points and with many."""
    for name, query in (("250 points", MANY), ("100,000 points", f"samples=100000&batch_size=1000&{MANY}")):
        took = sorted(turns_of(query))
        print(
            f"turns with {name}: median {1e3 * took[len(took) // 2]:.0f} ms, 99 of 100 within "
            f"{1e3 * took[int(0.99 * len(took))]:.0f} ms, longest {1e3 * took[-1]:.0f} ms"
        )


def main() -> None:
    """Run it."""
    engine.configure_process()
    turns()
    in_the_page()


if __name__ == "__main__":
    main()
