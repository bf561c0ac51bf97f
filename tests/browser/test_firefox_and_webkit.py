"""What a learner does first, in the browsers that are not Chromium."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest

from tests.browser.driven import END, ENTER, HOME, NOTE_COMPLAINTS, DrivenBrowser, control, element
from tests.browser.firefox import Firefox
from tests.browser.webkit import WebKit
from tests.served_app import ServedApp

SIZE = (1280, 800)
SCRUBBER = "Epoch shown"
OFF_THE_MIDDLE = range(60, 160, 8)
"""Where to look for a place without points, in pixels."""
FOREIGN = "#activation=relu&dataset=xor&learningRate=0.1&networkShape=3&seed=0.5&noise_hide=true"
"""Behind our address, what stands behind that of TensorFlow Playground."""
TABS = ("Layers", "Probabilities", "Errors", "Signals", "Diagnosis", "Network")
BACKGROUND = "getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor.match(/[0-9.]+/g)"
Open = Callable[[str, bool], DrivenBrowser]


@pytest.fixture
def open_in(app: ServedApp) -> Iterator[Open]:
    """Open the page in one of the browsers, light or dark; nothing may go wrong in the page unnoticed."""
    opened: list[DrivenBrowser] = []

    def start(name: str, dark: bool) -> DrivenBrowser:
        opened.append(Firefox(dark, SIZE) if name == "Firefox" else WebKit(dark, SIZE, app.wait))
        browser = opened[-1]
        browser.open(app.url())
        browser.until("d.state === 'ready'")
        return browser

    yield start
    for browser in opened:
        try:
            assert browser.complaints() == []
        finally:
            browser.close()


@pytest.mark.slow
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("name", ["Firefox", "WebKit"])
def test_a_learner_plays_pauses_scrubs_hovers_edits_and_looks_at_each_tab(open_in: Open, name: str, dark: bool) -> None:
    browser = open_in(name, dark)
    _is_drawn_in(browser, dark)
    _plays_and_pauses(browser)
    _scrubs(browser)
    _hovers(browser)
    _edits(browser)
    _looks_at_each_tab(browser)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["Firefox", "WebKit"])
def test_a_wall_plays_a_lesson_is_learnt_and_a_foreign_link_opens(open_in: Open, app: ServedApp, name: str) -> None:
    browser = open_in(name, False)
    _goes_to(browser, app.url("rows=hidden:2|4&columns=learning_rate:0.01|0.1&seeds=2", "explore"))
    _watches_a_wall(browser)
    _goes_to(browser, app.url("lesson=first_steps&step=3", "learn"))
    _learns(browser)
    _goes_to(browser, app.url() + FOREIGN)
    app.wait(lambda: "dataset=xor" in urlsplit(browser.address()).query)  # the server is told of it by another address
    browser.ask(f"({NOTE_COMPLAINTS})()")
    _sees_what_the_link_says(browser)


def _goes_to(browser: DrivenBrowser, url: str) -> None:
    assert browser.complaints() == []  # each page has its own
    browser.open(url)


def _watches_a_wall(browser: DrivenBrowser) -> None:
    browser.until("d.testid === 'wall' && d.state === 'ready' && d.networks === '8'")
    _plays_and_pauses(browser)
    _scrubs(browser)
    for tab in ("Heat map", "Parallel", "Table", "Curves"):
        browser.click(control(tab))
        browser.until(f"""{element("[role=tabpanel]")}.childElementCount > 0""")
    browser.click(element("[data-testid=cell]"))
    browser.until("[...document.links].some(each => each.textContent.includes('Open in Play'))")


def _learns(browser: DrivenBrowser) -> None:
    """Predict, run, and read why."""
    lesson = element("[data-testid=lesson]")
    browser.until(f"{lesson}?.dataset.state === 'predict' && d.state === 'ready'")
    browser.click(element("[data-testid=prediction] input"))
    browser.click(control("Predict"))
    browser.until(f"{lesson}.dataset.state === 'run'")
    browser.click(control("Run it"))
    browser.until(f"{lesson}.dataset.state === 'explained' && {lesson}.dataset.reached === 'true'")
    browser.until(f"{element('[data-testid=explanation]')}.textContent.includes('Not at once.')")


def _sees_what_the_link_says(browser: DrivenBrowser) -> None:
    browser.until("!location.hash && d.testid === 'stage' && d.state === 'ready' && d.hide === 'noise'")
    browser.until(f"{element('.kp-boundary .kp-summary')}.textContent.includes('3 relu')")
    browser.until("document.body.textContent.includes('seed=0.5 is seed 50000 here')")


def _is_drawn_in(browser: DrivenBrowser, dark: bool) -> None:
    browser.until(f"d.theme === '{'dark' if dark else 'light'}'")
    assert all((float(channel) < 100) is dark for channel in browser.ask(BACKGROUND)[:3])


def _plays_and_pauses(browser: DrivenBrowser) -> None:
    browser.click(control("Play"))
    browser.until("+d.epoch >= 20 && +d.frames >= 10")
    browser.click(control("Pause"))
    browser.until("d.state === 'paused'")


def _scrubs(browser: DrivenBrowser) -> None:
    browser.ask(f"{control(SCRUBBER)}.focus()")
    browser.type(HOME)
    browser.until("+d.epoch === 0")
    browser.type(END)
    browser.until(f"+d.epoch >= 20 && +d.epoch === +{control(SCRUBBER)}.max")


def _hovers(browser: DrivenBrowser) -> None:
    tip = element("[data-testid=plane-tip]")
    for right in OFF_THE_MIDDLE:
        browser.hover(element("[data-testid=boundary-chart]"), right)
        # Beside a point the tip comes with the next frames of the page.
        if not browser.ask(f"new Promise(done => setTimeout(() => done({tip}.hidden), 700))"):
            break  # on a point of the data Plotly's own label stands instead
    browser.until(f"!{tip}.hidden && {tip}.dataset.exact === 'true' && {tip}.textContent.includes('P(class 1) = ')")


def _edits(browser: DrivenBrowser) -> None:
    browser.click(element('[data-neuron="2-1"]'))
    weight = control("from neuron 1, Layer 2, neuron 2")
    browser.until(weight)
    browser.click(weight)
    browser.ask(f"{weight}.select()")
    browser.type(f"1.5{ENTER}")
    browser.until(f"!{element('[data-testid=edited]')}.hidden && location.search.includes('edited=true')")


def _looks_at_each_tab(browser: DrivenBrowser) -> None:
    for tab in TABS:
        browser.click(control(tab))
        shown = element("[data-testid=view]")
        browser.until(f"d.view === '{tab.lower()}' && {shown}.textContent.trim()")
        if tab == "Layers":
            browser.click(control("3-D"))
            browser.until(f"""{element("[data-testid=layers-view] canvas[tabindex='0']")}""")
