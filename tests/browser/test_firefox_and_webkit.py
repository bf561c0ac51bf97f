"""What a learner does first, in the browsers that are not Chromium."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.browser.driven import END, ENTER, HOME, DrivenBrowser, control, element
from tests.browser.firefox import Firefox
from tests.browser.webkit import WebKit
from tests.served_app import ServedApp

SIZE = (1280, 800)
SCRUBBER = "Epoch shown"
OFF_THE_MIDDLE = range(60, 160, 8)
"""Where to look for a place without points, in pixels."""
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
def test_a_wall_plays_pauses_scrubs_and_shows_its_views(open_in: Open, app: ServedApp, name: str) -> None:
    browser = open_in(name, False)
    browser.open(app.url("rows=hidden:2|4&columns=learning_rate:0.01|0.1&seeds=2", "explore"))
    browser.until("d.testid === 'wall' && d.state === 'ready' && d.networks === '8'")
    _plays_and_pauses(browser)
    _scrubs(browser)
    for tab in ("Heat map", "Parallel", "Table", "Curves"):
        browser.click(control(tab))
        browser.until(f"""{element("[role=tabpanel]")}.childElementCount > 0""")
    browser.click(element("[data-testid=cell]"))
    browser.until("[...document.links].some(each => each.textContent.includes('Open in Play'))")


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
