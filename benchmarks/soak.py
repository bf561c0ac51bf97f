"""Memory over a class's hour in small: learners who come, change, train and leave, for minutes on end.

    python -m benchmarks.soak --minutes 20 --learners 30

The real app is served. Each learner opens a random experiment, plays, changes a rate or the network, looks at views,
and leaves after a while; another one comes. Prints memory minute by minute, how many runs failed, and the ratio of the
last minutes to the fifth.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import statistics
import time
from collections import Counter

import websockets

from tests.served_app import ServedApp
from tests.visitors import Visitor, visiting

DATASETS = ("circle", "xor", "gaussians", "spiral", "moons", "circles", "blobs")
ACTIVATIONS = ("relu", "tanh", "sigmoid", "elu", "gelu")
OVER = ("failed", "diverged", "finished")
VIEWS = ("layers", "errors", "probabilities", "signals", "diagnosis")


def random_query(dice: random.Random) -> dict[str, str]:
    """An experiment as learners choose them: small networks, many kinds."""
    return {
        "dataset": dice.choice(DATASETS),
        "hidden": ",".join(str(dice.choice((2, 3, 4, 6, 8))) for _ in range(dice.randint(1, 4))),
        "activation": dice.choice(ACTIVATIONS),
        "learning_rate": str(dice.choice((0.003, 0.01, 0.03, 0.1))),
        "seed": str(dice.randrange(1000)),
        "epochs": "10000",
    }


async def learn(port: int, dice: random.Random, until: float, counted: Counter[str]) -> None:
    """One place in the class, taken by one learner after another."""
    while time.monotonic() < until:
        try:
            async with visiting(port) as visitor:
                counted["learners"] += 1
                for _ in range(dice.randint(1, 4)):
                    await one_network(visitor, dice, until, counted)
        except (websockets.ConnectionClosed, TimeoutError) as fault:
            counted[type(fault).__name__] += 1


async def one_network(visitor: Visitor, dice: random.Random, until: float, counted: Counter[str]) -> None:
    """Open an experiment, play it and look at it for a while."""
    await visitor.run_script(random_query(dice))
    if not visitor.token:
        counted[f"refused: {visitor.words}"] += 1
        await asyncio.sleep(5.0)
        return
    async with visitor.watching() as page:
        await page.say("show", view={"name": dice.choice(VIEWS)}, rings=False)
        await page.say("play", epochs_per_frame=1)
        leaves = min(time.monotonic() + dice.uniform(5, 40), until)
        try:
            while time.monotonic() < leaves and page.state not in OVER:
                await page.next("frame")
                await asyncio.sleep(0.05)
                await page.say("viewed")
        except TimeoutError:
            counted[f"without a frame: {page.last}"] += 1
        counted["networks"] += 1
        counted["failed"] += page.state == "failed"


async def soak(app: ServedApp, minutes: float, learners: int) -> None:
    """The class, and its memory."""
    until = time.monotonic() + 60 * minutes
    counted: Counter[str] = Counter()
    places = [asyncio.create_task(learn(app.port, random.Random(n), until, counted)) for n in range(learners)]
    by_minute: list[float] = []
    peak = 0.0
    while time.monotonic() < until:
        samples = []
        for _ in range(12):
            await asyncio.sleep(5.0)
            samples.append((await asyncio.to_thread(app.memory_bytes)) / 1e6)
        peak = max(peak, *samples)
        by_minute.append(statistics.median(samples))
        print(f"minute {len(by_minute):2}: {by_minute[-1]:5.0f} MB (most {peak:.0f})  {dict(counted)}", flush=True)
    await asyncio.gather(*places, return_exceptions=True)
    if len(by_minute) > 5:
        ratio = statistics.median(by_minute[-3:]) / by_minute[4]
        print(f"last minutes to the fifth: {ratio:.2f}x; most {peak:.0f} MB; {counted['failed']} failed")


def main() -> None:
    """Run it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=20)
    parser.add_argument("--learners", type=int, default=30)
    parser.add_argument("--memory-mb", type=int, default=1600, help="the server's bound")
    arguments = parser.parse_args()
    environment = {"PLAYGROUND_WORKERS": "2", "PLAYGROUND_MEMORY_MB": str(arguments.memory_mb)}
    app = ServedApp(environment).start().wait_until_loaded(2)
    try:
        asyncio.run(soak(app, arguments.minutes, arguments.learners))
    finally:
        app.stop()


if __name__ == "__main__":
    main()
