"""What a run shows through Streamlit's own connection, beside the live channel, in headless Chromium.

    python -m benchmarks.without_live_channel

The same experiment is played on a server with its own routes, and on one that is started as a plain script. Pictures a
second are counted by the page's own clock; Pause is timed from the press to the last picture. Server, training and
browser share this machine's cores: read the ratios.
"""

from __future__ import annotations

import argparse
import statistics

from playwright.sync_api import Browser

from tests.chromium import headless_chromium
from tests.plain_script import PlainScript
from tests.served_app import Learner, ServedApp

SECONDS = 5.0
LAST_PICTURE = """() => new Promise(done => {
  const stage = document.querySelector("[data-testid=stage]"), from = performance.now();
  let last = from, timer;
  const end = () => { observer.disconnect(); done(last - from); };
  const wait = () => { clearTimeout(timer); timer = setTimeout(end, 1500); };
  const observer = new MutationObserver(() => { last = performance.now(); wait(); });
  observer.observe(stage, { attributes: true, attributeFilter: ["data-frames"] });
  document.querySelector(".kp-transport .kp-primary").click();
  wait();
})"""


def measured(browser: Browser, app: ServedApp) -> tuple[float, float, float]:
    """Pictures a second, milliseconds from Pause to the last picture, seconds of server CPU a picture."""
    page = browser.new_page(viewport={"width": 1280, "height": 720})
    learner = Learner(page, app).open({"dataset": "circle"})
    learner.press("Play").until_epoch(20)
    web, frames = app.web_process(), learner.frames
    before = sum(web.cpu_times()[:2])
    rate = learner.watch(SECONDS)[0]
    cost = (sum(web.cpu_times()[:2]) - before) / max(1, learner.frames - frames)
    pause = float(page.evaluate(LAST_PICTURE))
    page.close()
    return rate, pause, cost


def main() -> None:
    """Measure both ways, in turns."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    apps = {"live channel": ServedApp().start(), "through Streamlit": PlainScript().start()}
    found: dict[str, list[tuple[float, float, float]]] = {name: [] for name in apps}
    with headless_chromium() as browser:
        for _ in range(rounds):
            for name, app in apps.items():
                found[name].append(measured(browser, app))
    print(f"{'':18} {'pictures/s':>10} {'of live':>8} {'Pause, ms':>10} {'server CPU a picture, ms':>25}")
    live = statistics.median(rate for rate, *_ in found["live channel"])
    for name, each in found.items():
        rate, pause, cost = (statistics.median(column) for column in zip(*each, strict=True))
        print(f"{name:18} {rate:10.1f} {rate / live:8.2f} {pause:10.0f} {1000 * cost:25.1f}")
    for app in apps.values():
        app.stop()


if __name__ == "__main__":
    main()
