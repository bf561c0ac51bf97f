"""Data by a formula in the real app: typed by keyboard, refused in a sentence, and in the link."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from tests.axe import faults
from tests.served_app import Learner, ServedApp

GOOD = "x1^2 + x2^2 < 9"
BAD = {
    "import os": "Character 1: 'import' is none of",
    "x1 +": "Character 5: a number, x1, x2 or a parenthesis is missing before the end.",
    "1/0 > x1": "rule must give class 0 at least 1 % of the square",
    f"x2 > {'x1+' * 300}1": "(906 characters)",
    "x2 > s\u0456n(x1)": "Character 7: ",
    "<img src=x> > x1": "Got '<img src=x> > x1'. Character 9: '=' is no part of a formula.",
}
"""What is no rule, or one that leaves a single class, and part of what is said of it."""


def rule_in(learner: Learner) -> str:
    return parse_qs(urlsplit(learner.page.url).query).get("rule", [""])[0]


@pytest.mark.slow
def test_a_formula_is_chosen_typed_refused_and_shared_by_keyboard(
    app: ServedApp, learner_at: Callable[..., Learner]
) -> None:
    learner = learner_at(app).open()
    page = learner.page
    picture = page.get_by_test_id("stSidebar").get_by_role("radio", name="By a formula")
    picture.focus()
    page.keyboard.press("Space")
    field = page.get_by_role("textbox", name="Class 1 where")
    expect(field).to_have_value("x2 > sin(x1)")

    def write(text: str) -> None:
        field.focus()
        page.keyboard.press("ControlOrMeta+a")
        page.keyboard.insert_text(text)
        page.keyboard.press("Enter")

    learner.wait(lambda: "dataset=formula" in page.url)
    first = learner.until_state("ready").stage["run"]
    write(GOOD)
    learner.until("d.run && d.run !== a && d.state === 'ready'", first).wait(lambda: rule_in(learner) == GOOD)
    run = learner.stage["run"]
    notices = page.locator(".st-key-notices")
    for text, words in BAD.items():
        write(text)
        expect(notices).to_contain_text(words)
        expect(field).to_have_value(GOOD)
        expect(notices.locator("img")).to_have_count(0)
        assert (rule_in(learner), learner.stage["run"]) == (GOOD, run), text
    assert faults(page) == []
    link = urlsplit(page.url).query
    learner.press("Step").until("+d.epoch === 1")
    viewer = learner_at(app, size=(390, 844)).open(link).press("Step").until("+d.epoch === 1")
    figures = ".kp-figures td[data-figure]"
    assert viewer.page.locator(figures).all_inner_texts() == page.locator(figures).all_inner_texts()
