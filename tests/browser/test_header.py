"""The first line of the page: its caption has one line, or is left out."""

from __future__ import annotations

import pytest

from playground.ui.pages.play import CAPTION
from tests.served_app import Learner

pytestmark = pytest.mark.slow


def test_the_caption_takes_one_line_or_none(learner: Learner) -> None:
    page = learner.page
    page.set_viewport_size({"width": 1280, "height": 720})
    learner.open()
    caption = page.locator(".st-key-header > :nth-child(2)")
    height = "node => node.getBoundingClientRect().height"
    assert caption.inner_text().strip() == CAPTION and caption.evaluate(height) == 0
    page.set_viewport_size({"width": 1366, "height": 768})
    assert 10 < caption.locator("p").evaluate(height) < 30
