"""The live page in headless Chromium: frames and epochs a second, and how quickly it reacts.

    python -m benchmarks.live_page

Prints each figure with the floor it must keep and their ratio (above 1 is good). The server, the browser and the
training share this machine's cores, so run it on a quiet one.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping

from playwright.sync_api import Browser, Page

from tests.chromium import headless_chromium
from tests.served_app import Learner, ServedApp

WATCHED_SECONDS = 10.0
DEEP = {
    "features": "x1,x2,x1sq,x2sq,x1x2,sinx1,sinx2",
    "hidden": "8,8,8,8,8,8",
    "activation": "relu",
    "dataset": "spiral",
}
REACTIONS = """async ([button, condition]) => {
    const stage = document.querySelector('[data-testid=stage]');
    const press = name => [...stage.querySelectorAll('button')].find(b =>
        (b.getAttribute('aria-label') || b.textContent).trim() === name).click();
    const from = performance.now();
    let newest = from, epoch = stage.dataset.epoch;
    const seen = new MutationObserver(() => {
        if (stage.dataset.epoch !== epoch) { epoch = stage.dataset.epoch; newest = performance.now(); }
    });
    seen.observe(stage, {attributes: true});
    press(button);
    if (condition === 'first') while (newest === from) await new Promise(requestAnimationFrame);
    else await new Promise(done => setTimeout(done, 1000));
    seen.disconnect();
    return newest - from;
}"""


def show(what: str, figure: float, floor: float, unit: str, higher_is_better: bool = True) -> None:
    """Print a figure, its floor (or ceiling) and the ratio that must be above 1."""
    ratio = figure / floor if higher_is_better else floor / max(figure, 1e-9)
    word = "at least" if higher_is_better else "at most"
    print(f"{what:<62} {figure:8.1f} {unit:<10} {word} {floor:g}: ratio {ratio:.2f}", flush=True)


def sit_down(browser: Browser, app: ServedApp) -> Learner:
    """A learner at a page of its own."""
    return Learner(browser.new_context(viewport={"width": 1280, "height": 720}).new_page(), app)


def frame_rates(browser: Browser, app: ServedApp) -> None:
    """Boundaries painted and epochs trained a second."""
    cases: list[tuple[str, Mapping[str, str], str, float, float]] = [
        ("default network, one epoch a frame", {}, "One epoch a frame", 25, 0),
        ("[8]×6 relu, 7 features, one epoch a frame", DEEP, "One epoch a frame", 15, 0),
        ("default network, as fast as it goes", {}, "As fast as it goes", 15, 150),
    ]
    for what, query, speed, least_frames, least_epochs in cases:
        learner = sit_down(browser, app).open(query).choose_speed(speed).press("Play").until_epoch(10)
        web = app.web_process()
        cpu, frames_before = web.cpu_times(), learner.frames
        frames, epochs = learner.watch(WATCHED_SECONDS)
        used = web.cpu_times()
        milliseconds = 1000 * (used.user + used.system - cpu.user - cpu.system)
        show(f"{what}: boundaries painted", frames, least_frames, "a second")
        if least_epochs:
            show(f"{what}: epochs trained", epochs, least_epochs, "a second")
        per_frame = milliseconds / max(learner.frames - frames_before, 1)
        show(f"{what}: CPU of the web process", per_frame, 3, "ms a frame", higher_is_better=False)
        learner.page.context.close()


def reactions(browser: Browser, app: ServedApp) -> None:
    """Play to the first trained frame, Pause to the last new epoch."""
    first = sit_down(browser, app).open({"data_seed": "1"})
    known = first.page.evaluate(REACTIONS, ["Play", "first"])
    show("Play to first trained frame, known architecture", known, 300, "ms", higher_is_better=False)
    pauses = []
    for _ in range(5):
        first.until_epoch(first.epoch + 20)
        pauses.append(first.page.evaluate(REACTIONS, ["Pause", "last"]))
        first.press("Play")
    show("Pause to the last new epoch, median of 5", statistics.median(pauses), 150, "ms", higher_is_better=False)
    show("Pause to the last new epoch, worst of 5", max(pauses), 150, "ms", higher_is_better=False)
    first.page.context.close()
    for hidden in ("5,3", "7,7,3"):
        learner = sit_down(browser, app).open({"hidden": hidden}, state=None)
        learner.page.get_by_role("button", name="Play", exact=True).wait_for()
        new = learner.page.evaluate(REACTIONS, ["Play", "first"])
        show(f"Play at once to first trained frame, new [{hidden}]", new, 1000, "ms", higher_is_better=False)
        learner.page.context.close()


Choice = Callable[[Page], object]


def _in_space_with_grid(page: Page) -> None:
    page.get_by_role("button", name="3-D").click()
    page.get_by_label("Grid").check()


VIEWS: dict[str, dict[str, Choice]] = {
    "Network": {"": lambda page: None},
    "Layers": {
        "flat": lambda page: None,
        "3-D with grid": _in_space_with_grid,
    },
    "Probabilities": {
        "": lambda page: None,
        "logits": lambda page: page.get_by_role("button", name="Logits").click(),
        "boundary points": lambda page: page.get_by_label("Boundary points").check(),
    },
    "Errors": {
        option: lambda page, option=option: page.get_by_label("Errors shown as").select_option(option)  # type: ignore[misc]
        for option in ("matrix", "roc", "calibration", "truth")
    },
    "Signals": {
        option: lambda page, option=option: page.get_by_label("Signal", exact=True).select_option(option)  # type: ignore[misc]
        for option in ("gradients", "updates", "histograms", "rate")
    },
    "Diagnosis": {"": lambda page: None},
}
SCRUB = """async ([epoch, own]) => {
    const stage = document.querySelector('[data-testid=stage]'), panel = stage.querySelector('.kp-views');
    const slider = stage.querySelector('.kp-scrubber'), from = performance.now();
    slider.value = epoch;
    slider.dispatchEvent(new Event('input', {bubbles: true}));
    const there = () => stage.dataset.epoch == epoch && (!own || panel.dataset.epoch == epoch);
    while (!there() && performance.now() - from < 5000) await new Promise(requestAnimationFrame);
    await new Promise(requestAnimationFrame);
    return performance.now() - from;
}"""


def scrubbing(browser: Browser, app: ServedApp) -> None:
    """From a move of the scrubber to the boundary and the view of that epoch, in a run of 1,000 epochs."""
    learner = sit_down(browser, app).open({"hidden": "8,8", "dataset": "moons", "noise": "0.2"})
    learner.choose_speed("As fast as it goes").press("Play").until_epoch(1000).press("Pause").until_state("paused")
    for tab, choices in VIEWS.items():
        learner.page.get_by_role("tab", name=tab).click()
        for name, choose in choices.items():
            learner.page.wait_for_timeout(500)
            choose(learner.page)
            learner.page.wait_for_timeout(3000)
            own = tab not in ("Network", "Probabilities") or name in ("logits", "boundary points")
            times = [learner.page.evaluate(SCRUB, [epoch, own]) for epoch in (500, 3, 990, 77, 640, 12, 801)]
            what = f"scrub to view drawn: {tab} {name}".rstrip()
            show(f"{what}, median", statistics.median(times), 150, "ms", higher_is_better=False)
            show(f"{what}, worst", max(times), 150, "ms", higher_is_better=False)
    learner.page.context.close()


def a_long_epoch_beside_another_run(browser: Browser, app: ServedApp) -> None:
    """100,000 points, 2,500 steps an epoch, on the one worker that also trains a default network."""
    heavy = {"samples": "100000", "test": "0.2", "dataset": "circles", "hidden": "6,2", "activation": "relu"}
    big = sit_down(browser, app)
    big.open({**heavy, "optimizer": "rmsprop", "batch_size": "32"}).press("Play").until_epoch(1)
    small = sit_down(browser, app).open().press("Play").until_epoch(5)
    frames, _ = small.watch(WATCHED_SECONDS)
    show("default network beside a 2,500-step epoch: frames", frames, 10, "a second")
    pause = big.page.evaluate(REACTIONS, ["Pause", "last"])
    show("the 2,500-step epoch: Pause to the last new epoch", pause, 150, "ms", higher_is_better=False)
    for learner in (big, small):
        learner.page.context.close()


def first_paint(browser: Browser) -> None:
    """From a server that answers to a painted page, while TensorFlow still loads."""
    app = ServedApp().start()
    try:
        learner = sit_down(browser, app)
        began = time.monotonic()
        learner.open(state=None)
        learner.page.wait_for_selector("[data-testid=stage]")
        show("server up to first paint of the stage", time.monotonic() - began, 3, "s", higher_is_better=False)
        learner.page.wait_for_selector("[data-testid=stage] .js-plotly-plot .scatterlayer path.point")
        print(f"{'server up to the points in the chart':<62} {time.monotonic() - began:8.1f} s")
        learner.until_state("ready")
        print(f"{'server up to the untrained network':<62} {time.monotonic() - began:8.1f} s")
        learner.page.context.close()
    finally:
        app.stop()


def main() -> None:
    """Run all."""
    with headless_chromium() as browser:
        first_paint(browser)
        app = ServedApp({"PLAYGROUND_WORKERS": "2"}).start().wait_until_loaded(2)
        try:
            frame_rates(browser, app)
            reactions(browser, app)
            scrubbing(browser, app)
        finally:
            app.stop()
        single = ServedApp({"PLAYGROUND_WORKERS": "1"}).start().wait_until_loaded(1)
        try:
            a_long_epoch_beside_another_run(browser, single)
        finally:
            single.stop()


if __name__ == "__main__":
    main()
