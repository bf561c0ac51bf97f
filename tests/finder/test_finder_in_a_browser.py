"""The rate finder in a real browser, about losses that follow from a formula."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Callable
from io import BytesIO
from typing import Any, cast

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import expect

from playground.core.rate_finder import found_rates
from tests.axe import faults
from tests.finder.conftest import Mount
from tests.finder.fake_finder_peer import FakeTest
from tests.stage.conftest import Mounted

RULES = ("valley", "slide", "steep", "minimum")
BLUE = "#0877bd"


def of(finder: Mounted) -> FakeTest:
    return cast(FakeTest, finder.run)


@pytest.fixture
def ended(mount: Mount) -> Callable[..., Mounted]:
    """A test that has trained to its end, and is painted."""

    def mount_ended(**settings: Any) -> Mounted:
        finder = mount(**{"size": (1100, 700), **settings})
        finder.wait("d.state === 'finished' && d.points === String(a)", of(finder).planned)
        return finder

    return mount_ended


def suggested(finder: Mounted) -> dict[str, float]:
    rows = {name: finder.page.get_by_test_id(f"suggested-{name}") for name in RULES}
    return {name: float(row.get_attribute("data-rate") or "nan") for name, row in rows.items()}


def expected(finder: Mounted) -> dict[str, float]:
    test = of(finder)
    return found_rates(test.rates, test.losses()).suggested


def picture(finder: Mounted) -> np.ndarray:
    """(height, width, RGBA) of the canvas."""
    address = finder.page.get_by_test_id("finder-chart").evaluate("canvas => canvas.toDataURL()")
    return np.asarray(Image.open(BytesIO(b64decode(address.partition(",")[2]))).convert("RGBA"))


def columns_of(finder: Mounted, color: str) -> np.ndarray:
    """The x of the columns of which most is of this colour."""
    rgb = np.array([int(color[i : i + 2], 16) for i in (1, 3, 5)])
    near = np.abs(picture(finder)[..., :3].astype(int) - rgb).max(axis=-1) < 24
    return np.flatnonzero(near.mean(axis=0) > 0.4)


def test_it_is_painted_as_it_trains(mount: Mount) -> None:
    finder = mount(held_at=800)
    finder.wait("d.points === '800' && d.state === 'playing'")
    expect(finder.page.get_by_test_id("finder-progress")).to_have_text("800 of 2,400 steps")
    seen = picture(finder)
    finder.peer.tell(finder.run, held_at=None)
    finder.wait("d.points === '2400' && d.state === 'finished'")
    assert np.any(picture(finder)[..., 3] != seen[..., 3])


def test_the_four_suggestions_are_those_of_the_server_each_named_and_explained(
    ended: Callable[..., Mounted],
) -> None:
    finder = ended()
    assert suggested(finder) == pytest.approx(expected(finder))
    for name, words in zip(RULES, ("default", "slope", "fastest", "tenth"), strict=True):
        row = finder.page.get_by_test_id(f"suggested-{name}")
        expect(row).to_contain_text(words)
        expect(row).to_contain_text(f"{float(f'{expected(finder)[name]:.3g}'):g}")


def test_the_valley_is_chosen_at_first_and_marked_where_its_rate_lies(ended: Callable[..., Mounted]) -> None:
    finder = ended()
    expect(finder.page.get_by_role("radio", name=re.compile("Valley"))).to_be_checked()
    marked = columns_of(finder, BLUE)
    finder.page.get_by_role("radio", name=re.compile("Slide")).check()
    moved = columns_of(finder, BLUE)
    decades = np.log10(expected(finder)["slide"] / expected(finder)["valley"])
    across = picture(finder).shape[1] - 56 - 16
    assert moved.mean() - marked.mean() == pytest.approx(across * decades / 5, abs=2)


def test_the_rate_that_is_chosen_is_the_one_that_is_used_or_proved(ended: Callable[..., Mounted]) -> None:
    finder = ended()
    finder.press("Use this rate")
    finder.page.get_by_role("radio", name=re.compile("Minimum")).check()
    finder.press("Prove it")
    (used, rate), (proved, other) = finder.triggers()
    assert (used, proved) == ("use", "prove")
    assert (rate, other) == (pytest.approx(expected(finder)["valley"]), pytest.approx(expected(finder)["minimum"]))


def test_until_there_is_a_suggestion_nothing_can_be_used(mount: Mount) -> None:
    finder = mount(held_at=200)
    finder.wait("d.points === '200'")
    for name in ("Use this rate", "Prove it"):
        expect(finder.page.get_by_role("button", name=name)).to_be_disabled()
    assert all(np.isnan(rate) for rate in suggested(finder).values())


def test_diverged_networks_are_counted_and_do_not_flatten_the_axis(ended: Callable[..., Mounted]) -> None:
    well, lost = ended(), ended(diverging={1: 2000, 4: 2100, 6: 2200})
    assert well.page.get_by_test_id("finder-diverged").is_hidden()
    expect(lost.page.get_by_test_id("finder-diverged")).to_have_text("3 of 8 diverged")
    rows = [np.flatnonzero(picture(each)[:, 200:500, 3].mean(axis=1) > 60) for each in (well, lost)]
    assert abs(rows[0].min() - rows[1].min()) < 0.1 * picture(well).shape[0]


def test_networks_that_all_diverge_too_soon_leave_a_sentence(mount: Mount) -> None:
    every = {seed: 250 for seed in range(8)}
    finder = mount(diverging=every)
    finder.wait("d.state === 'finished'")
    expect(finder.page.get_by_test_id("finder-notice")).to_contain_text("too soon for a suggestion")
    expect(finder.page.get_by_test_id("finder-diverged")).to_have_text("8 of 8 diverged")


def test_what_is_left_out_is_paler(ended: Callable[..., Mounted]) -> None:
    """A tenth of the points are a tenth of the axis, for each is the same multiple of the one before."""
    finder = ended()
    seen = picture(finder)
    train = np.array([0x3B, 0x42, 0x52])
    strong = (np.abs(seen[..., :3].astype(int) - train).max(axis=-1) < 12) & (seen[..., 3] > 240)
    left, across = 56, seen.shape[1] - 56 - 16
    pale, plain = (
        strong[:, left + int(start * across) : left + int(end * across)].any(axis=0).mean()
        for start, end in ((0.01, 0.09), (0.12, 0.3))
    )
    assert pale < 0.2 < 0.9 < plain


def test_the_loss_axis_may_be_logarithmic(ended: Callable[..., Mounted]) -> None:
    finder = ended()
    linear = picture(finder)
    finder.page.get_by_role("checkbox", name="Log loss").check()
    assert np.any(picture(finder) != linear)


def test_pointing_at_the_curve_reads_it(ended: Callable[..., Mounted]) -> None:
    finder = ended()
    box = finder.page.get_by_test_id("finder-chart").bounding_box()
    assert box
    finder.page.mouse.move(box["x"] + 56 + (box["width"] - 72) / 2, box["y"] + 100)
    readout = finder.page.get_by_test_id("finder-readout")
    expect(readout).to_have_text(re.compile(r"Rate 0\.03\d*: loss 0\.\d+"))
    finder.page.mouse.move(5, 5)
    expect(readout).to_contain_text("Paler: the first tenth")


def test_the_published_schedule_is_asked_for_and_the_next_test_shown(ended: Callable[..., Mounted]) -> None:
    finder = ended()
    finder.page.get_by_role("button", name="1e-4 · 10^(epoch/100)").click()
    assert finder.triggers() == [["schedule", "published"]]
    other = finder.peer.put(FakeTest("published-one", published=True, planned=500))
    finder.show(other, published=True)
    finder.wait("d.state === 'finished' && d.points === '500'")
    expect(finder.page.get_by_test_id("finder-progress")).to_have_text("500 epochs")
    expect(finder.page.get_by_role("button", name="1e-4 · 10^(epoch/100)")).to_have_attribute("aria-pressed", "true")
    assert suggested(finder) == pytest.approx(expected(finder))


def test_a_test_that_is_gone_is_asked_for_anew(mount: Mount) -> None:
    finder = mount("nobody-knows-it")
    finder.page.wait_for_function("harness.triggers.length > 0")
    assert finder.triggers()[0] == ["gone", "nobody-knows-it"]


def test_a_test_that_failed_says_why_and_is_tried_again(mount: Mount) -> None:
    finder = mount(state="failed", message="The worker ran out of memory.")
    notice = finder.page.get_by_test_id("finder-notice")
    expect(notice).to_contain_text("The worker ran out of memory.")
    notice.get_by_role("button", name="Try again").click()
    assert finder.triggers() == [["gone", finder.run.token]]


def test_a_connection_that_is_lost_comes_back_to_the_whole_curve(mount: Mount) -> None:
    finder = mount(held_at=1600)
    finder.wait("d.points === '1600'")
    finder.peer.tell(finder.run, close_with=1012, held_at=None)
    finder.wait("d.state === 'finished' && d.points === '2400'")
    assert suggested(finder) == pytest.approx(expected(finder))


def test_no_more_frames_are_asked_for_than_the_page_can_paint(ended: Callable[..., Mounted]) -> None:
    assert ended(points_a_frame=50).run.most_credits <= 2


def test_it_follows_the_theme(ended: Callable[..., Mounted]) -> None:
    finder = ended()
    light = picture(finder)
    finder.page.evaluate("token => { harness.dark(true); harness.show(token); }", finder.run.token)
    finder.wait("d.theme === 'dark'")
    assert np.any(picture(finder) != light)


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("size", [(1100, 700), (390, 844)])
def test_it_keeps_nobody_out(ended: Callable[..., Mounted], dark: bool, size: tuple[int, int]) -> None:
    finder = ended(dark=dark, size=size)
    assert [fault for fault in faults(finder.page) if "html-has-lang" not in fault] == []
    assert finder.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_what_is_drawn_is_told_to_who_does_not_see_it(ended: Callable[..., Mounted]) -> None:
    finder = ended()
    words = finder.page.get_by_test_id("finder-chart").get_attribute("aria-label") or ""
    valley = float(f"{expected(finder)['valley']:.3g}")
    assert f"Valley {valley:g}" in words
    expect(finder.page.get_by_test_id("finder-summary")).to_contain_text("finished")


def test_keys_choose_among_the_suggestions(ended: Callable[..., Mounted]) -> None:
    finder = ended()
    finder.page.get_by_role("radio", name=re.compile("Valley")).focus()
    finder.page.keyboard.press("ArrowDown")
    finder.wait("d.chosen === 'slide'")
