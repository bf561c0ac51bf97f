"""What a scrape of the host's figures costs the server, with so many runs open.

    python -m benchmarks.scrape

Prints the median and the slowest of many, in milliseconds of the processor, beside the ceiling of 5: a ratio above 1 is
good.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import time

from playground.core import Experiment
from playground.runtime import Limits
from playground.runtime.server.metrics import Metrics, MetricsPlace
from playground.runtime.server.visitors import Visitor
from tests.runtime.peers import serving

CEILING, ROUNDS = 5.0, 200


async def measure(runs: int) -> None:
    """With runs of as many visitors, all held by workers."""
    limits = Limits(workers=2, runs=runs)
    async with serving(limits) as server:
        metrics = Metrics(server.runs, MetricsPlace("token"))
        for n in range(runs):
            server.runs.open(Experiment(), Visitor(f"visitor {n}"))
        await server.loaded(2)
        await server.runs.weigh()
        times = []
        for _ in range(ROUNDS):
            began = time.thread_time()
            metrics.text()
            times.append(1e3 * (time.thread_time() - began))
        median = statistics.median(times)
        print(f"{runs} runs: {median:.2f} ms, slowest of {ROUNDS} {max(times):.2f}: ratio {CEILING / median:.1f}")


def main() -> None:
    """Run it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=200)
    asyncio.run(measure(parser.parse_args().runs))


if __name__ == "__main__":
    main()
