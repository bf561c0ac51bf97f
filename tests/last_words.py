"""What the pages of a test looked like when it failed, for its report."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Error, Page

_LOOK = """async testid => {
    const frame = new Promise(done => requestAnimationFrame(() => done(true)));
    const patience = new Promise(done => setTimeout(() => done(false), 2000));
    return JSON.stringify({
        root: {...document.querySelector(`[data-testid=${testid}]`)?.dataset},
        visibility: document.visibilityState,
        "an animation frame came": await Promise.race([frame, patience]),
    });
}"""


class Watched:
    """A page whose console is listened to from its beginning, and what it is about: a component's test id."""

    def __init__(self, page: Page, component: str) -> None:
        self._page, self._component = page, component
        self._said: list[str] = []
        page.on("console", lambda message: self._said.append(f"{message.type}: {message.text}"))

    def describe(self) -> str:
        """The root's dataset, whether the page is visible and gets animation frames, and what its console said."""
        try:
            seen = self._page.wait_for_function(_LOOK, arg=self._component, timeout=10_000, polling=100)
            words = json.dumps(json.loads(seen.json_value()), indent=2)
        except Error as error:
            words = f"It does not answer: {error}"
        return "\n".join([self._page.url, words, *self._said])


WATCHED: list[Watched] = []
"""The pages of the test that runs: who opens one puts it here, and takes it away when the test is over."""


def add_to(report: pytest.TestReport) -> None:
    """Put what the test's pages look like into the report of its failure."""
    if report.when == "call" and report.failed:
        report.sections += [("a page when the test failed", watched.describe()) for watched in WATCHED]
