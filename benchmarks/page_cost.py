"""What a frame costs the page's main thread in headless Chromium, beside another checkout.

    python -m benchmarks.page_cost --against ../reference

Both checkouts serve the real app, watched in turns; their server, the browser and the training share this machine's
cores, so read the ratios, and run it on a quiet machine. `--cpu` counts the main thread's processor time instead of
the time that passes in its tasks, which a busy machine stretches.
"""

from __future__ import annotations

import argparse
import statistics
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from playwright.sync_api import Browser

from tests.chromium import headless_chromium
from tests.served_app import ROOT, Learner, ServedApp

WARM_UP_SECONDS = 3.0
SEVEN = "x1,x2,x1sq,x2sq,x1x2,sinx1,sinx2"
NETWORKS: dict[str, Mapping[str, str]] = {
    "default": {},
    "[8,8]": {"hidden": "8,8"},
    "[8]×6, 7 features": {"hidden": "8,8,8,8,8,8", "features": SEVEN, "activation": "relu", "dataset": "spiral"},
}


@dataclass(frozen=True)
class Cost:
    """One watch: milliseconds of the main thread a frame, and frames a second."""

    task: float
    script: float
    layout: float
    style: float
    boundaries: float


def _read(answer: Mapping[str, list[dict[str, float]]]) -> dict[str, float]:
    return {str(each["name"]): float(each["value"]) for each in answer["metrics"]}


def watch(browser: Browser, app: ServedApp, query: Mapping[str, str], seconds: float, cpu: bool) -> Cost:
    """Open an experiment on a page of its own, play it at one epoch a frame and count."""
    context = browser.new_context(viewport={"width": 1280, "height": 720})
    page = context.new_page()
    learner = Learner(page, app).open(query).choose_speed("One epoch a frame").press("Play").until_epoch(20)
    session = context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks" if cpu else "timeTicks"})
    learner.watch(WARM_UP_SECONDS)
    before, frames = _read(session.send("Performance.getMetrics")), learner.frames
    boundaries, _ = learner.watch(seconds)
    after, painted = _read(session.send("Performance.getMetrics")), learner.frames
    context.close()

    def a_frame(name: str) -> float:
        return 1000 * (after[name] - before[name]) / max(1, painted - frames)

    names = ("TaskDuration", "ScriptDuration", "LayoutDuration", "RecalcStyleDuration")
    task, script, layout, style = map(a_frame, names)
    return Cost(task, script, layout, style, boundaries)


def median(costs: Iterable[Cost]) -> Cost:
    """The median of each figure."""
    known = list(costs)
    return Cost(
        **{field.name: statistics.median(getattr(cost, field.name) for cost in known) for field in fields(Cost)}
    )


def show(what: str, ours: Cost, theirs: Cost | None) -> None:
    """Print one line a network: the figures, and what they are of the other checkout's."""
    print(
        f"{what:<20} {ours.task:6.1f} ms a frame (scripts {ours.script:.1f}, layout {ours.layout:.1f}, "
        f"style {ours.style:.1f}), {ours.boundaries:5.1f} boundaries a second",
        flush=True,
    )
    if theirs is None:
        return
    print(
        f"{'  the other checkout':<20} {theirs.task:6.1f} ms a frame (scripts {theirs.script:.1f}, "
        f"layout {theirs.layout:.1f}, style {theirs.style:.1f}), {theirs.boundaries:5.1f} boundaries a second\n"
        f"{'  ratio':<20} {ours.task / theirs.task:6.2f} of its main-thread time, "
        f"{ours.boundaries / theirs.boundaries:.2f} of its boundaries a second",
        flush=True,
    )


def main() -> None:
    """Watch each network on each checkout, in turns."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--against", type=Path, help="another checkout of this project")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=6.0, help="how long each watch lasts")
    parser.add_argument("--cpu", action="store_true", help="count processor time")
    parser.add_argument("--network", choices=NETWORKS, action="append")
    options = parser.parse_args()
    checkouts = [ROOT, *([options.against.resolve()] if options.against else [])]
    costs: dict[tuple[str, Path], list[Cost]] = {}
    with headless_chromium() as browser:
        for _ in range(options.rounds):
            for checkout in checkouts:
                app = ServedApp({"PLAYGROUND_WORKERS": "1"}, root=checkout).start().wait_until_loaded()
                try:
                    for name in options.network or NETWORKS:
                        cost = watch(browser, app, NETWORKS[name], options.seconds, options.cpu)
                        costs.setdefault((name, checkout), []).append(cost)
                finally:
                    app.stop()
    for name in options.network or NETWORKS:
        ours, *others = (median(costs[name, checkout]) for checkout in checkouts)
        show(name, ours, others[0] if others else None)


if __name__ == "__main__":
    main()
