"""How soon a run with a changed point is on the screen, in headless Chromium, beside another checkout.

    python -m benchmarks.drawn_points --against ../reference

While a run plays, a point is moved, or another one drawn. The time is that from letting the pointer go until the first
frame of the run with the new points is painted, by the page's own clock. Server, training and browser share this
machine's cores: read the ratios, and run it on a quiet machine.
"""

from __future__ import annotations

import argparse
import statistics
from pathlib import Path

from playwright.sync_api import Browser, Page

from tests.chromium import headless_chromium
from tests.served_app import ROOT, Learner, ServedApp

MOVES = 10
CHANGE = """([x, y, by]) => new Promise((done, failed) => {
  setTimeout(() => failed(new Error(`No other run came of a point at ${x}, ${y}.`)), 20000);
  const sheet = document.querySelector("[data-testid=drawing-sheet]");
  const stage = document.querySelector("[data-testid=stage]");
  const { run } = stage.dataset;
  const pointer = (type, x) => sheet.dispatchEvent(new PointerEvent(type,
    { clientX: x, clientY: y, pointerId: 1, isPrimary: true, bubbles: true, pointerType: "mouse" }));
  sheet.setPointerCapture = () => {};
  pointer("pointerdown", x);
  if (by) pointer("pointermove", x + by);
  const from = performance.now();
  pointer("pointerup", x + by);
  let frames;
  new MutationObserver((_, observer) => {
    if (stage.dataset.run !== run) frames ??= stage.dataset.frames;
    if (frames === undefined || stage.dataset.frames === frames) return;
    observer.disconnect();
    requestAnimationFrame(() => done(performance.now() - from));
  }).observe(stage, { attributes: true });
})"""


def begin_to_draw(page: Page, app: ServedApp) -> tuple[Learner, dict[str, float]]:
    """A stage that plays while points are drawn, and where they are."""
    learner = Learner(page, app).open({"dataset": "drawn", "epochs": "100000"})
    page.get_by_test_id("draw-points").click()
    box = page.get_by_test_id("drawing-sheet").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 40, box["y"] + 60)
    learner.until_state("ready").press("Play").until_epoch(20)
    return learner, {"x": box["x"] + 40, "y": box["y"] + 60}


def times(browser: Browser, app: ServedApp) -> dict[str, list[float]]:
    """Milliseconds of each change."""
    context = browser.new_context(viewport={"width": 1280, "height": 720})
    page = context.new_page()
    learner, place = begin_to_draw(page, app)
    found: dict[str, list[float]] = {"moved": [], "drawn": []}
    for k in range(MOVES):
        found["moved"].append(page.evaluate(CHANGE, [place["x"] + 12 * k, place["y"], 12]))
        learner.until_epoch(20)
        found["drawn"].append(page.evaluate(CHANGE, [place["x"] + 30 * k, place["y"] + 60, 0]))
        learner.until_epoch(20)
    context.close()
    return found


def main() -> None:
    """Change points on each checkout, in turns."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--against", type=Path, help="another checkout of this project")
    parser.add_argument("--rounds", type=int, default=2)
    options = parser.parse_args()
    checkouts = [ROOT, *([options.against.resolve()] if options.against else [])]
    found: dict[Path, dict[str, list[float]]] = {checkout: {"moved": [], "drawn": []} for checkout in checkouts}
    with headless_chromium() as browser:
        for _ in range(options.rounds):
            for checkout in checkouts:
                app = ServedApp({"PLAYGROUND_WORKERS": "1"}, root=checkout).start().wait_until_loaded()
                try:
                    for what, each in times(browser, app).items():
                        found[checkout][what] += each
                finally:
                    app.stop()
    for what in ("moved", "drawn"):
        medians = [statistics.median(found[checkout][what]) for checkout in checkouts]
        ratio = f", {medians[0] / medians[-1]:.2f} of the other checkout's {medians[-1]:.0f} ms"
        longest = max(found[ROOT][what])
        print(f"a point {what}: {medians[0]:.0f} ms, at most {longest:.0f} ms{ratio if options.against else ''}")


if __name__ == "__main__":
    main()
