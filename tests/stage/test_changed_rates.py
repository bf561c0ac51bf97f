"""Rates that change on the way: marked on the curves, said in words, and in the link that is copied."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.stage.conftest import Mounted

Mount = Callable[..., Mounted]
CURVES = "document.querySelector('[data-testid=curves-chart]')"
TURNS = [{"epoch": 20, "text": "rate 0.3"}, {"epoch": 35, "text": "rate 0.01, L2 0.2"}]
LINK = "?dataset=circle&learning_rate_from_20=0.3&learning_rate_from_35=0.01&l2_from_35=0.2"
COURSE: dict[str, Any] = {"link": LINK, "turns": TURNS}


def trained(mount: Mount, **settings: Any) -> Mounted:
    """A stage whose run has come to epoch 50 and is then told to have been changed."""
    stage = mount(newest=50, shown=50, state="paused", **settings)
    stage.wait("+d.epoch === 50")
    stage.peer.push(stage.run, course=COURSE)
    stage.page.wait_for_function(f"{CURVES}.data?.at(-1)?.name === 'Changed'")
    return stage


def lines(stage: Mounted) -> list[dict[str, Any]]:
    """The lines across the curves, but for the one of the epoch shown."""
    shapes = f"{CURVES}._fullLayout.shapes.filter(({{ name }}) => name === 'turn')"
    return stage.page.evaluate(f"{shapes}.map(({{ x0, x1, xref, line }}) => ({{ x0, x1, xref, color: line.color }}))")


def labels(stage: Mounted) -> list[tuple[str, int]]:
    """The labels that are on the screen, each with its epoch."""
    found = stage.page.evaluate(f"""[...{CURVES}.querySelectorAll('.annotation-text')].map((node) => node.textContent)
      .filter((text) => text !== 'Loss' && text !== 'Accuracy')""")
    at = dict(stage.page.evaluate(f"{CURVES}._fullLayout.annotations.map(({{ text, x }}) => [text, x])"))
    return [(text, at[text]) for text in found]


@pytest.mark.parametrize("log", [False, True])
@pytest.mark.parametrize("dark", [False, pytest.param(True, marks=pytest.mark.slow)])
def test_each_change_is_a_line_with_its_words_across_both_curves(mount: Mount, dark: bool, log: bool) -> None:
    stage = trained(mount, dark=dark)
    if log:
        stage.page.get_by_label("Log scale").check()
        stage.page.wait_for_function(f"{CURVES}._fullLayout.yaxis.type === 'log'")
    across = {line["xref"] for line in lines(stage)}
    assert across in ({"x"}, {"x", "x2"})  # one epochs' axis for both, or one for each
    assert sorted({(line["x0"], line["x1"]) for line in lines(stage)}) == [(20, 20), (35, 35)]
    assert labels(stage) == [("rate 0.3", 20), ("rate 0.01, L2 0.2", 35)]
    box = stage.page.evaluate(f"{CURVES}.getBoundingClientRect().toJSON()")
    for label in stage.page.locator("[data-testid=curves-chart] .annotation-text").all():
        at = label.bounding_box()
        assert at is not None and box["left"] <= at["x"] and at["x"] + at["width"] <= box["right"]
    theme = "getComputedStyle(document.querySelector('.theme')).getPropertyValue('--st-text-color')"
    expected = stage.page.evaluate(theme)
    fonts = stage.page.evaluate(f"{CURVES}._fullLayout.annotations.map(({{ font }}) => font.color)")
    assert set(fonts) == {expected.strip()}


def test_the_hover_says_what_changed(mount: Mount) -> None:
    stage = trained(mount)
    x, y = stage.page.evaluate(f"""() => {{
      const {{ xaxis, yaxis }} = {CURVES}._fullLayout;
      const box = {CURVES}.getBoundingClientRect();
      return [box.left + xaxis._offset + xaxis.l2p(20), box.top + yaxis._offset + yaxis._length / 2];
    }}""")
    stage.page.mouse.move(x + 2, y)
    stage.page.mouse.move(x, y)
    hover = stage.page.locator("[data-testid=curves-chart] .hoverlayer")
    expect(hover).to_contain_text("Changed : rate 0.3")
    expect(hover).to_contain_text("Training loss")


def test_screen_readers_find_the_changes_with_the_curves(mount: Mount) -> None:
    stage = trained(mount)
    panel = stage.page.get_by_role("region", name="Loss and accuracy")
    expect(panel).to_have_accessible_description(
        "Changed on the way: rate 0.3 from epoch 20; rate 0.01, L2 0.2 from epoch 35."
    )


def test_a_run_without_changes_has_no_marks_and_another_run_takes_them_away(mount: Mount) -> None:
    stage = trained(mount)
    stage.show(stage.peer.add("plain", newest=30, shown=30, state="paused"))
    stage.wait("d.run === 'run-plain' && +d.epoch === 30")
    stage.page.wait_for_function(f"{CURVES}.data.length === 4")
    assert lines(stage) == []
    assert labels(stage) == []
    expect(stage.page.get_by_test_id("curves-words")).to_have_text("")


def test_labels_that_would_lie_on_each_other_are_left_to_the_hover(mount: Mount) -> None:
    stage = mount(newest=50, shown=50, state="paused")
    turns = [{"epoch": epoch, "text": f"rate 0.{epoch}"} for epoch in range(10, 48, 2)]
    stage.peer.push(stage.run, course={"link": "?", "turns": turns})
    stage.page.wait_for_function(f"{CURVES}.data?.at(-1)?.name === 'Changed'")
    assert len({line["x0"] for line in lines(stage)}) == 19
    boxes = [label.bounding_box() for label in stage.page.locator(".annotation-text", has_text="rate").all()]
    rows: dict[int, list[tuple[float, float]]] = defaultdict(list)
    for box in boxes:
        assert box is not None
        rows[round(box["y"])].append((box["x"], box["x"] + box["width"]))
    assert len(rows) == 2 and sum(map(len, rows.values())) > 2
    assert all(end <= start for row in rows.values() for (_, end), (start, _) in pairwise(sorted(row)))


def test_a_change_of_the_course_asks_python_for_another_address_and_copy_link_has_it_at_once(mount: Mount) -> None:
    stage = trained(mount)
    noted = "{ value: { writeText: async (text) => { window.copied = text; } } }"
    stage.page.evaluate(f"Object.defineProperty(navigator, 'clipboard', {noted})")
    stage.press("Copy link")
    expect(stage.page.get_by_role("button", name="Copied")).to_be_visible()
    assert stage.page.evaluate("copied") == f"{stage.peer.url}{LINK}"
    triggered(stage, 1)
    assert stage.triggers() == [["link", LINK]]
    stage.show(stage.run, link=LINK)
    stage.peer.push(stage.run, course={"link": LINK, "turns": TURNS[:1]})
    expect(stage.page.get_by_test_id("curves-words")).not_to_contain_text("0.01")
    stage.peer.push(stage.run, course={"link": "?noise=0.2", "turns": TURNS})
    triggered(stage, 2)
    assert stage.triggers()[1] == ["link", "?noise=0.2"], "Python knew the one before"


def triggered(stage: Mounted, times: int) -> None:
    """Wait until the page has asked Python for something so many times; of a link it does so in a moment."""
    stage.page.wait_for_function("times => harness.triggers.length >= times", arg=times)
