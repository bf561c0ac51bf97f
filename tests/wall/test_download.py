"""The table of text that a wall is downloaded as."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
from playwright.sync_api import expect

from tests.stage.conftest import Mounted
from tests.wall.conftest import Mount
from tests.wall.seen import of, open_tab, play_to


def downloaded(wall: Mounted, name: str) -> list[dict[str, str]]:
    open_tab(wall, "Table")
    with wall.page.expect_download() as waiting:
        wall.page.get_by_role("button", name=name, exact=True).click()
    with Path(waiting.value.path()).open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_every_network_has_a_row_with_its_knobs_figures_and_link_hidden_ones_too(mount: Mount) -> None:
    wall = mount(seeds=2, diverging={12: 5}, size=(1280, 720))
    epoch = play_to(wall, 20)
    open_tab(wall, "Table")
    wall.page.get_by_label("Hide test accuracy below %").fill("99")
    wall.page.keyboard.press("Enter")
    expect(wall.page.get_by_test_id("hidden")).to_contain_text("35 hidden")
    rows = downloaded(wall, "CSV")
    assert [row["link"] for row in rows] == [of(wall).link_of(i) for i in range(70)]
    assert {row["epoch"] for row in rows} == {str(epoch), "5"}
    row = rows[17]
    assert (row["depth"], row["learning_rate"], row["seed_of_cell"]) == ("2", "0.003", "2")
    assert row["name"] == "hidden layers 2, learning rate 0.003, seed 2 of 2"
    got = [float(row[name]) for name in ("loss", "accuracy", "val_loss", "val_accuracy")]
    assert np.allclose(got, of(wall).figures(epoch, epoch + 1)[0, 17], rtol=1e-5)
    assert (rows[12]["ended"], rows[12]["loss"]) == ("diverged", "")


def test_all_epochs_are_there_also_when_they_come_in_parts(mount: Mount) -> None:
    wall = mount(rows=None, columns=("0.1", "1"), rows_at_once=3, epochs=30)
    wall.page.get_by_role("combobox", name="Speed").select_option(label="10 epochs a frame")
    wall.press("Play")
    wall.wait_for_peer(lambda: wall.run.curves_sent == 31)
    wall.wait("d.state === 'finished' && +d.frames >= a", wall.run.sent)
    rows = downloaded(wall, "CSV, all epochs")
    assert [(row["network"], row["epoch"]) for row in rows] == [(i, str(e)) for i in "12" for e in range(31)]
    assert all(float(row["loss"]) > 0 for row in rows)
