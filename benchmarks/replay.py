"""What a replay costs: seconds to make it, its longest slice, its size, and the pictures a second at which it plays.

    python -m benchmarks.replay [--epochs 200]

Plays in a headless Chromium without a graphics card, which draws on the processor that everything else shares.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path
from typing import cast

from playwright.sync_api import Browser

from playground import engine
from playground.core import Experiment
from playground.core.history import History
from playground.runtime.engine import Engine
from playground.runtime.replay import record
from playground.runtime.scene import first_view
from playground.runtime.views.snapshot import Snapshot
from tests.chromium import headless_chromium

QUERIES = {
    "the default": {},
    "spiral, 8, 8 relu": {"dataset": "spiral", "hidden": "8,8", "activation": "relu", "optimizer": "adam"},
    "spiral, 6 layers of 8": {"dataset": "spiral", "hidden": "8,8,8,8,8,8"},
    "six classes": {"dataset": "blobs", "classes": "6", "hidden": "8,8", "activation": "relu", "optimizer": "adam"},
}
PLAY = """() => new Promise(done => {
    const data = document.querySelector("[data-testid=replay]").dataset;
    document.querySelector(".kp-primary").click();
    const [began, frames] = [performance.now(), Number(data.frames)];
    const look = () => data.state === "playing" ? requestAnimationFrame(look)
        : done(1000 * (Number(data.frames) - frames) / (performance.now() - began));
    requestAnimationFrame(look);
})"""


def main() -> None:
    """Print a line for each experiment."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--epochs", type=int, default=200)
    arguments = parser.parse_args()
    engine.configure_process()
    with headless_chromium() as browser, tempfile.TemporaryDirectory() as folder:
        for name, query in QUERIES.items():
            experiment, _refused = Experiment.from_query({**query, "epochs": str(arguments.epochs)})
            text, seconds, longest = made(experiment)
            file = Path(folder) / "replay.html"
            file.write_text(text, encoding="utf-8")
            size, rate = len(text.encode()) / 1e6, played(browser, file)
            made_in = f"{seconds:5.1f} s, longest slice {1000 * longest:4.0f} ms"
            print(f"{name:24} {made_in}, {size:.2f} MB, {rate:3.0f} pictures a second", flush=True)


def made(experiment: Experiment) -> tuple[str, float, float]:
    """A replay, the seconds it took, and the longest slice."""
    history = History(10**8)
    for each in engine.train(experiment):
        row = [each.epoch, each.loss, each.accuracy, each.val_loss, each.val_accuracy, each.learning_rate]
        history.append(each.epoch, each.weights, row)
    last, weights = history.weights_at(experiment.train.epochs)
    program, (x1, x2) = engine.compile_program(experiment), first_view(experiment.data)
    look = Snapshot(
        cast(Engine, engine), program, experiment, history, last, last, last, weights, x1, x2, 1000, memory={}
    )
    slices, took = record(look), []
    while True:
        began = time.perf_counter()
        try:
            next(slices)
        except StopIteration as done:
            took.append(time.perf_counter() - began)
            return done.value, sum(took), max(took)
        took.append(time.perf_counter() - began)


def played(browser: Browser, file: Path) -> float:
    """Pictures a second from the first to the last epoch."""
    page = browser.new_page(viewport={"width": 1280, "height": 720})
    page.goto(file.as_uri())
    page.wait_for_selector("[data-ready=true]")
    rate = page.evaluate(PLAY)
    page.close()
    return float(rate)


if __name__ == "__main__":
    main()
