"""What one message of a browser costs the web process, by its kind and length, beside another checkout.

    python -m benchmarks.entry_cost --against ../reference

A real server hears Streamlit's own protobuf through a real WebSocket. Counted is the processor time of the web
process, in all its threads, until the message's last consequence: the end of the script's run, or of the connection.
A page that was cut off comes back, which is counted beside it.
"""

from __future__ import annotations

import argparse
import contextlib
import statistics
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from websockets.exceptions import ConnectionClosed

from tests.served_app import ROOT, ServedApp
from tests.stream_client import Visitor

ORDINARY = 20
LONG = 3
SETTLED_SECONDS = 0.5
FEATURES = ["x1", "x2"]
LONG_LIST = "4," * 9_000_000 + "4"
LONG_QUERIES = {
    "query of 500 kB, one long list": "hidden=" + "4," * 250_000,
    "query of 500 kB, many names": "&".join(f"k{index}=1" for index in range(56_000)),
}


class Meter:
    """Processor time of a server's web process."""

    def __init__(self, app: ServedApp) -> None:
        self._web = app.web_process()

    def cost(self, act: Callable[[int], object], times: int) -> float:
        """Milliseconds that an act costs."""
        before = self._milliseconds()
        for index in range(times):
            act(index)
        self._settle()
        return (self._milliseconds() - before) / times

    def _settle(self) -> None:
        spent = -1.0
        while (now := self._milliseconds()) != spent:
            spent = now
            time.sleep(SETTLED_SECONDS)

    def _milliseconds(self) -> float:
        times = self._web.cpu_times()
        return 1000 * float(times.user + times.system)


def measure(root: Path) -> dict[str, float]:
    """The milliseconds of each kind of message, served by the checkout at `root`."""
    app = ServedApp({"PLAYGROUND_WORKERS": "1"}, root=root).start().wait_until_loaded()
    try:
        with Visitor(app) as visitor:
            return _measure(visitor, Meter(app))
    finally:
        app.stop()


def _measure(visitor: Visitor, meter: Meter) -> dict[str, float]:
    def event(index: int) -> None:
        visitor.run("", *visitor.change_on_the_stage(hidden=[4, 2 + index % 2], features=FEATURES))

    visitor.run()
    meter.cost(event, ORDINARY)  # all is imported by then
    costs = {
        "an event": meter.cost(event, ORDINARY),
        "a query": meter.cost(lambda index: visitor.run(f"noise=0.{index % 2 + 1}"), ORDINARY),
    }
    long_event = visitor.change_on_the_stage(change={"hidden": LONG_LIST})
    costs["event of 18 MB"] = _alone(visitor, meter, partial(visitor.run, "", *long_event))
    for name, query in LONG_QUERIES.items():
        costs[name] = _alone(visitor, meter, partial(visitor.run, query))
    return costs


def _alone(visitor: Visitor, meter: Meter, act: Callable[[], object]) -> float:
    """What an act costs up to its answer or the end of the connection; coming back is a visit like any other."""

    def up_to_the_end(_index: int) -> None:
        with contextlib.suppress(ConnectionClosed):
            act()

    costs = []
    for _ in range(LONG):
        costs.append(meter.cost(up_to_the_end, 1))
        visitor.connect()
        visitor.run()
    return statistics.mean(costs)


def main() -> None:
    """Run it."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--against", type=Path, help="another checkout, measured first")
    against = parser.parse_args().against
    before = measure(against) if against else {}
    costs = measure(ROOT)
    for name, cost in costs.items():
        ordinary = costs["a query" if "query" in name else "an event"]
        beside = f", before {before[name]:7.1f} ms" if before else ""
        print(f"{name:32} {cost:7.1f} ms, {cost / ordinary:5.2f} times an ordinary one{beside}")


if __name__ == "__main__":
    main()
