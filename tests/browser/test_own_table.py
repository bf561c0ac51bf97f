"""A visitor's own table on the real server: from the file to what the page says of it, at two sizes, and back again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.axe import faults
from tests.served_app import PATIENCE, Learner, ServedApp

KINDS = ("<b>alpha</b>", "beta", "gamma & delta")
ROWS = "".join(f"{k % 7 + 10 * (k % 3)},{k % 5},{(k % 3) ** 2},{1000 * (k % 11)},{KINDS[k % 3]}\n" for k in range(90))
TABLE = f"width,height,depth,price,kind\n{ROWS}"


def own_table(learner: Learner) -> Learner:
    learner.page.get_by_test_id("stSidebar").get_by_role("radio", name="Your own table").click()
    return learner


@pytest.mark.slow
def test_a_file_is_looked_at_chosen_trained_and_opens_again(
    learner_at: Callable[..., Learner], app: ServedApp, tmp_path: Path
) -> None:
    (tmp_path / "kinds.csv").write_text(TABLE, encoding="utf-8")
    learner = learner_at(app)
    page = learner.open({"hidden": "4", "epochs": "20"}).page
    own_table(learner)
    dialog = page.get_by_test_id("stDialog")
    dialog.locator("input[type=file]").set_input_files(tmp_path / "kinds.csv")
    expect(dialog.get_by_test_id("stCode")).to_contain_text("<b>alpha</b>")
    assert faults(page) == []
    dialog.get_by_role("combobox", name="Inputs").click()
    for name in ("depth", "price"):
        page.get_by_role("option", name=name).click()
    page.keyboard.press("Tab")
    dialog.get_by_role("button", name="Use this table").click()
    expect(dialog).to_have_count(0)
    learner.until_state("ready").press("Play").until_state("finished")
    legend = page.get_by_role("region", name="Decision boundary")
    for kind in KINDS:
        expect(legend.get_by_text(kind, exact=True)).to_be_visible()
    expect(page.get_by_test_id("fixed")).to_contain_text("principal components of 4 inputs")
    expect(page.get_by_test_id("network").get_by_text("price", exact=True)).to_be_visible()
    page.get_by_test_id("ending").get_by_role("button", name="Close").click()
    assert faults(page) == []
    epoch, run = learner.epoch, learner.stage["run"]
    page.get_by_role("radio", name="Two inputs").click()
    expect(page.get_by_test_id("fixed")).to_contain_text("Held at the median of the training points: depth at")
    learner.wait(lambda: learner.stage["state"] == "finished" and learner.epoch == epoch)
    assert learner.stage["run"].split("-")[0] == run.split("-")[0]  # the same run, another plane
    page.get_by_test_id("stSidebar").get_by_text("More", exact=True).first.click()
    page.wait_for_function("() => !document.querySelector('[data-test-script-state=running]')")
    with page.expect_download(timeout=1000 * PATIENCE) as saved:
        page.get_by_role("button", name="Save experiment").click()
    saved.value.save_as(tmp_path / "experiment.json")

    other = learner_at(app, size=(390, 844))
    other.page.goto(page.url)  # the link alone holds the table
    other.until_state("ready")
    expect(other.page.get_by_test_id("fixed")).to_contain_text("Held at the median")
    assert other.page.evaluate("document.documentElement.scrollWidth") <= 390
    assert "plane=1" in page.url and "kinds" not in page.url
