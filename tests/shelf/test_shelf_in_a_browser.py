"""The shelf in a real browser: what is kept is shown, renamed, removed and picked, and every tab sees it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.axe import faults
from tests.shelf.conftest import Mount, kept, run, write
from tests.stage.conftest import Mounted

CUT = """() => [...document.querySelectorAll('[data-testid=shelf] *')].filter(node =>
    node.checkVisibility() && node.clientWidth > 1 && node.scrollWidth > node.clientWidth + 1
).map(node => node.outerHTML.slice(0, 100))"""
NO_ROOM = "() => { Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError'); }; }"
LONG = "A very long name without an end, and_one_word_that_is_too_wide"


def item(shelf: Mounted, name: str) -> Locator:
    return shelf.page.get_by_test_id("kept-run").filter(has_text=name)


def names(shelf: Mounted) -> list[str]:
    return shelf.page.locator(".kp-kept-name").all_inner_texts()


def rename(shelf: Mounted, old: str, new: str, key: str = "Enter") -> None:
    shelf.page.get_by_role("button", name=f"Rename {old}", exact=True).press("Enter")
    field = shelf.page.get_by_role("textbox", name="New name")
    expect(field).to_be_focused()
    field.fill(new)
    field.press(key)


def beside(shelf: Mounted, context: BrowserContext) -> Page:
    """The same shelf in another tab."""
    page = context.new_page()
    page.goto(f"{shelf.peer.url}?component=shelf&token=any")
    return page


def compared(shelf: Mounted) -> list[Any]:
    return [value for name, value in shelf.triggers() if name == "compare"]


def test_an_empty_shelf_says_how_something_comes_onto_it(mount: Mount) -> None:
    shelf = mount()
    expect(shelf.page.get_by_text("Nothing kept yet: press Keep on Play.")).to_be_visible()
    assert shelf.page.get_by_role("button").locator("visible=true").count() == 0


def test_each_run_is_there_with_its_figures_its_time_and_the_way_to_play(mount: Mount) -> None:
    regression = {"part": "Validation", "loss": None, "accuracy": None}
    shelf = mount(run(1), run(2, figures=regression), run(3, epoch=None, figures=None))
    assert names(shelf) == ["Run 1", "Run 2", "Run 3"]
    expect(shelf.page.get_by_test_id("shelf-count")).to_have_text("3 runs")
    expect(item(shelf, "Run 1")).to_contain_text("Epoch 100: test loss 0.0123, accuracy 98.7\u202f%")
    expect(item(shelf, "Run 1")).to_contain_text("2 Nov, 21:00")
    expect(item(shelf, "Run 2")).to_contain_text(re.compile("Epoch 200: validation loss –$|validation loss –O"))
    expect(item(shelf, "Run 3")).to_contain_text("No figures: open it to train it.")
    link = shelf.page.get_by_role("link", name="Open in Play: Run 2")
    assert link.evaluate("link => link.href") == f"{shelf.peer.url}?seed=2"


def test_text_that_looks_like_markup_is_text(mount: Mount) -> None:
    shelf = mount(run(1, name="<img src=x onerror=alert(1)>"))
    assert names(shelf) == ["<img src=x onerror=alert(1)>"]
    assert shelf.page.locator("[data-testid=shelf] img[src=x]").count() == 0


def test_a_run_is_renamed_in_its_place_by_keyboard(mount: Mount) -> None:
    shelf = mount(run(1), run(2))
    rename(shelf, "Run 1", "  The good   one ")
    expect(item(shelf, "The good one")).to_be_visible()
    expect(shelf.page.get_by_role("button", name="Rename The good one")).to_be_focused()
    assert [each["name"] for each in kept(shelf.page)] == names(shelf) == ["The good one", "Run 2"]
    shelf.page.reload()
    shelf.wait("d.runs === '2'")
    assert names(shelf) == ["The good one", "Run 2"]


def test_escape_leaves_the_name_as_it_was_and_a_name_that_is_taken_gets_a_number(mount: Mount) -> None:
    shelf = mount(run(1), run(2))
    rename(shelf, "Run 1", "Other", key="Escape")
    expect(shelf.page.get_by_role("button", name="Rename Run 1")).to_be_focused()
    rename(shelf, "Run 1", "Run 2")
    expect(item(shelf, "Run 2 (2)")).to_be_visible()
    assert names(shelf) == ["Run 2 (2)", "Run 2"]


def test_who_goes_elsewhere_keeps_what_was_typed(mount: Mount) -> None:
    shelf = mount(run(1))
    rename(shelf, "Run 1", "Typed", key="Tab")
    expect(item(shelf, "Typed")).to_be_visible()
    assert names(shelf) == ["Typed"]


@pytest.mark.parametrize("name", ["", "   ", "x" * 61])
def test_a_name_that_cannot_be_is_refused_by_the_rule_and_the_number(mount: Mount, name: str) -> None:
    shelf = mount(run(1))
    rename(shelf, "Run 1", name)
    expect(shelf.page.get_by_role("alert").filter(has_text="A name must have 1 to 60 characters.")).to_be_visible()
    field = shelf.page.get_by_role("textbox", name="New name")
    expect(field).to_be_focused()
    field.press("Tab")
    assert field.input_value() == name
    field.press("Escape")
    assert names(shelf) == ["Run 1"]


def test_what_is_removed_comes_back_to_its_place_by_undo_one_after_the_other(mount: Mount) -> None:
    shelf = mount(run(1), run(2), run(3))
    undo = shelf.page.get_by_role("button", name="Undo")
    for n in (2, 1):
        shelf.page.get_by_role("button", name=f"Remove Run {n}").press("Enter")
        expect(shelf.page.get_by_role("status")).to_have_text(f"Removed “Run {n}”.")
        expect(undo).to_be_focused()
    assert [each["id"] for each in kept(shelf.page)] == ["id3"]
    undo.press("Enter")
    expect(shelf.page.get_by_role("checkbox", name="Run 1")).to_be_focused()
    undo.press("Enter")
    expect(undo).to_be_hidden()
    assert names(shelf) == ["Run 1", "Run 2", "Run 3"]
    assert kept(shelf.page) == [run(1), run(2), run(3)]


def test_the_last_run_may_go_too_and_come_back(mount: Mount) -> None:
    shelf = mount(run(1))
    shelf.press("Remove Run 1")
    expect(shelf.page.get_by_text("Nothing kept yet")).to_be_visible()
    shelf.press("Undo")
    expect(item(shelf, "Run 1")).to_be_visible()
    expect(shelf.page.get_by_text("Nothing kept yet")).to_be_hidden()


def test_what_is_ticked_is_compared_in_its_order_with_names_and_links(mount: Mount) -> None:
    shelf = mount(run(1), run(2), run(3))
    shelf.page.get_by_role("checkbox", name="Run 1").press("Space")
    shelf.press("Compare 2 runs")
    shelf.page.get_by_role("checkbox", name="Run 1").press("Space")
    shelf.press("Compare 3 runs")
    first, second = compared(shelf)
    assert first == [{"name": "Run 2", "link": "?seed=2"}, {"name": "Run 3", "link": "?seed=3"}]
    assert [each["name"] for each in second] == ["Run 1", "Run 2", "Run 3"]


def test_two_to_twelve_may_be_compared_and_the_rule_is_said_of_others(mount: Mount) -> None:
    shelf = mount(*map(run, range(14)))
    compare = shelf.page.get_by_role("button", name=re.compile("^Compare"))
    expect(compare).to_have_text("Compare 12 runs")  # as many as may be are ticked at first
    expect(compare).to_be_enabled()
    shelf.press("Select all")
    expect(compare).to_be_disabled()
    expect(shelf.page.get_by_text("Tick 2 to 12 runs to compare them. 14 are ticked.")).to_be_visible()
    shelf.press("Select none")
    expect(shelf.page.get_by_text("0 are ticked.")).to_be_visible()
    shelf.page.get_by_role("checkbox", name="Run 3").check()
    expect(compare).to_have_accessible_description("Tick 2 to 12 runs to compare them. 1 is ticked.")
    shelf.page.get_by_role("checkbox", name="Run 5").check()
    expect(compare).to_be_enabled()
    assert not compared(shelf)


def test_another_tab_s_changes_are_seen_at_once_and_disturb_nobody(mount: Mount, context: BrowserContext) -> None:
    shelf = mount(run(1), run(2))
    shelf.press("Select none")
    shelf.page.get_by_role("button", name="Rename Run 2").press("Enter")
    field = shelf.page.get_by_role("textbox", name="New name")
    field.fill("half typed")
    other = beside(shelf, context)
    other.get_by_role("button", name="Remove Run 1").click()
    shelf.wait("d.runs === '1'")
    expect(field).to_be_focused()
    assert field.input_value() == "half typed"
    field.press("Enter")
    expect(other.get_by_text("half typed", exact=True)).to_be_visible()
    other.get_by_role("button", name="Undo").click()
    shelf.wait("d.runs === '2'")
    assert names(shelf) == ["Run 1", "half typed"]
    write(other, None)
    shelf.wait("d.runs === '0'")
    other.close()


def test_a_run_that_goes_while_it_is_renamed_takes_nothing_with_it(mount: Mount, context: BrowserContext) -> None:
    shelf = mount(run(1), run(2))
    shelf.page.get_by_role("button", name="Rename Run 1").press("Enter")
    shelf.page.get_by_role("textbox", name="New name").fill("gone")
    other = beside(shelf, context)
    other.get_by_role("button", name="Remove Run 1").click()
    shelf.wait("d.runs === '1'")
    assert [each["name"] for each in kept(other)] == ["Run 2"]
    other.close()


def test_what_cannot_be_read_is_said_and_goes_only_when_it_is_asked_for(mount: Mount) -> None:
    shelf = mount(text="{")
    expect(shelf.page.get_by_role("alert")).to_contain_text("cannot be read")
    assert shelf.page.evaluate("localStorage.length") == 1
    shelf.press("Empty the shelf")
    expect(shelf.page.get_by_text("Nothing kept yet")).to_be_visible()
    assert kept(shelf.page) == []


def test_a_shelf_of_a_newer_page_is_left_alone(mount: Mount) -> None:
    shelf = mount(text='{"version": 2, "shelves": []}')
    expect(shelf.page.get_by_role("alert")).to_contain_text("written by a newer version")
    assert shelf.page.get_by_role("button").locator("visible=true").count() == 0


def test_where_nothing_can_be_kept_a_new_name_is_not_shown_and_it_is_said_why(mount: Mount) -> None:
    shelf = mount(run(1))
    shelf.page.evaluate(NO_ROOM)
    rename(shelf, "Run 1", "Other")
    expect(shelf.page.get_by_role("alert").filter(has_text="no room left")).to_be_visible()
    assert names(shelf) == ["Run 1"]


def test_the_same_component_told_once_more_stays_as_it_is(mount: Mount) -> None:
    shelf = mount(run(1), run(2))
    shelf.page.get_by_role("checkbox", name="Run 1").uncheck()
    shelf.page.evaluate("() => { harness.dark(true); harness.show('any'); }")
    shelf.wait("d.theme === 'dark'")
    expect(shelf.page.get_by_role("checkbox", name="Run 1")).not_to_be_checked()
    assert shelf.page.get_by_test_id("shelf").count() == 1


def test_a_shelf_of_the_version_before_gives_way_to_the_new_one(mount: Mount) -> None:
    shelf = mount(run(1))
    shelf.page.evaluate("document.querySelector('[data-testid=shelf]').dataset.version = 'before'")
    shelf.page.evaluate("() => { harness.show('any', {base: '_playground/static/next/'}); }")
    shelf.wait("!d.version && d.runs === '1'")
    assert shelf.page.get_by_test_id("shelf").count() == 1


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [280, 390, 1000])
def test_nothing_is_cut_and_axe_finds_nothing_serious(mount: Mount, width: int, dark: bool) -> None:
    shelf = mount(run(1, name=LONG), run(2), run(3), width=width, dark=dark)
    shelf.press("Remove Run 3")
    shelf.page.get_by_role("checkbox", name="Run 2").uncheck()
    assert shelf.page.evaluate(CUT) == []
    assert faults(shelf.page) == []
    rename(shelf, "Run 2", "", key="Enter")
    assert shelf.page.evaluate(CUT) == []
    assert faults(shelf.page) == []
