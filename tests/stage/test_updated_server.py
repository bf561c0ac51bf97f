"""A page that was opened before its server was updated: the files it was made of are gone."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from tests.stage.conftest import Mounted

Mount = Callable[..., Mounted]
STAGES = "document.querySelectorAll('[data-testid=stage]').length"


def test_a_stage_of_the_version_before_gives_way_to_the_new_one_and_plays_on(mount: Mount) -> None:
    stage = mount()
    stage.press("Play")
    stage.frames_more(3)
    stage.page.evaluate("document.querySelector('[data-testid=stage]').dataset.version = 'before'")
    after = stage.peer.add("after-the-update")
    stage.show(after, base="_playground/static/next/")
    stage.wait("!d.version && d.state === 'playing' && +d.frames >= 3")
    assert stage.page.evaluate(STAGES) == 1
    stage.press("Pause")
    stage.wait("d.state === 'paused'")


def test_a_page_whose_files_are_gone_says_that_a_reload_brings_them(mount: Mount) -> None:
    stage = mount()
    stage.page.evaluate("harness.show('another-run', {base: '_playground/static/gone/'})")
    expect(stage.page.get_by_text("Reload it to try again.")).to_be_visible()


def test_a_view_whose_file_is_gone_says_that_a_reload_brings_it(mount: Mount) -> None:
    stage = mount()
    stage.page.route("**/views/errors_view.js", lambda route: route.fulfill(status=404, body="gone"))
    stage.page.get_by_role("tab", name="Errors").click()
    expect(stage.page.get_by_text("Choose it again, or reload the page.")).to_be_visible()
