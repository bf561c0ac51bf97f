"""The page Explore in a real browser, on the real server: a wall of networks, trained live."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from playground.core import Experiment
from playground.core.query import link
from playground.core.wall import Wall
from playground.engine import train
from tests.axe import faults
from tests.served_app import SCHEMES, Explorer, Learner, ServedApp

SMALL = "samples=60&rows=hidden:2|4&columns=learning_rate:0.01|0.1&epochs=300"
slow = pytest.mark.slow
DRAWN = """cells => cells.filter(cell => {
    const canvas = cell.querySelector("canvas");
    const bytes = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
    return new Set(bytes.filter((_, i) => i % 4 < 3)).size > 3;
}).length"""
"""How many of these cells show more than one colour."""


@pytest.fixture
def explorer_at(learner_at: Callable[..., Learner]) -> Callable[..., Explorer]:
    def sit_down(app: ServedApp, **options: object) -> Explorer:
        return Explorer(learner_at(app, **options).page, app)

    return sit_down


@pytest.fixture
def explorer(app: ServedApp, explorer_at: Callable[..., Explorer]) -> Explorer:
    return explorer_at(app)


def experiment_at(address: str) -> Experiment:
    experiment, refused = Experiment.from_query(dict(parse_qsl(urlsplit(address).query)))
    assert refused == []
    return experiment


def test_a_wall_is_opened_played_stepped_rewound_and_scrubbed(explorer: Explorer) -> None:
    explorer.open(SMALL)
    assert explorer.stage["networks"] == "4" and explorer.cells.count() == 4
    explorer.press("Step").until("+d.epoch === 1")
    explorer.press("Play").until_epoch(20).press("Pause").until_state("paused")
    explorer.page.get_by_label("Epoch shown").press("Home")
    explorer.until("d.epoch === '0'")
    explorer.press("Step").until_epoch(21)
    explorer.press("Rewind").until("d.epoch === '0' && d.state === 'ready'")


def test_each_cell_is_a_link_to_just_that_experiment(explorer: Explorer) -> None:
    explorer.open(SMALL)
    wall, _ = Wall.from_query(dict(part.split("=", 1) for part in SMALL.split("&")))
    links = explorer.cells.evaluate_all("cells => cells.map(cell => cell.dataset.link)")
    assert links == [link(experiment.to_query()) for experiment in wall.experiments]


@slow
def test_a_cell_opens_in_play_as_the_experiment_that_it_is(explorer: Explorer) -> None:
    explorer.open(SMALL)
    explorer.cells.nth(3).click()
    explorer.page.get_by_role("link", name="Open in Play").first.click()
    Learner(explorer.page, explorer.app).until_state("ready")
    assert experiment_at(explorer.page.url).model.hidden == (4,)
    assert experiment_at(explorer.page.url).train.learning_rate == 0.1
    explorer.page.get_by_role("button", name="Take away").click()
    with explorer.page.expect_download() as download:
        explorer.page.get_by_role("button", name="History (CSV)").click()
    assert download.value.suggested_filename == "circle_epoch_0_history.csv", "what one network has is taken away there"


@slow
def test_every_cell_of_many_shows_its_boundary_and_all_are_at_one_epoch(explorer: Explorer) -> None:
    explorer.open("dataset=spiral&rows=depth:1|2&columns=learning_rate:0.001|0.003|0.01|0.03|0.1|0.3|1&seeds=3", None)
    explorer.until("d.networks === '42'")
    assert explorer.cells.count() == 14
    explorer.press("Play").until_epoch(5).press("Pause").until_state("paused").until_painted()
    assert explorer.cells.evaluate_all(DRAWN) == 14


@slow
def test_was_it_luck_counts_as_twenty_trainings_alone_do(app: ServedApp, learner: Learner) -> None:
    base = "dataset=xor&hidden=3&activation=relu&epochs=60"
    learner.open(base)
    learner.page.get_by_role("link", name="Was it luck?").click()
    explorer = Explorer(learner.page, app).until_state("ready")
    assert explorer.stage["networks"] == "20"
    explorer.press("Play").until_state("finished")
    alone = [accuracy_alone(base, seed) for seed in range(20)]
    near = sum(abs(accuracy - 0.95) < 0.01 for accuracy in alone)
    reached = sum(accuracy >= 0.95 for accuracy in alone)
    assert 0 < reached < 20
    assert abs(reached_on(explorer.page) - reached) <= near, "but for those on the very edge"


def accuracy_alone(base: str, seed: int) -> float:
    """The best test accuracy of one training by itself."""
    query = dict(part.split("=", 1) for part in f"{base}&seed={seed}".split("&"))
    return max(epoch.val_accuracy for epoch in train(Experiment.from_query(query)[0]))


def reached_on(page: Page) -> int:
    """What the page says: in how many of how many."""
    words = page.get_by_test_id("luck").inner_text()
    return int(words.split(" in ")[1].split(" of ")[0])


@slow
def test_a_wall_goes_on_when_its_worker_is_killed(
    own_app: Callable[..., ServedApp], explorer_at: Callable[..., Explorer]
) -> None:
    app = own_app().wait_until_loaded(1)
    explorer = explorer_at(app).open(SMALL.replace("300", "10000"))
    explorer.press("Play").until_epoch(30)
    (worker,) = app.workers()
    worker.kill()
    explorer.until_epoch(explorer.epoch + 60)
    assert explorer.stage["state"] == "playing"


@slow
def test_nothing_of_a_wall_keeps_anybody_out(app: ServedApp, explorer_at: Callable[..., Explorer]) -> None:
    explorer = explorer_at(app).open(f"{SMALL}&seeds=2")
    explorer.press("Play").until_epoch(5).press("Pause").until_state("paused")
    explorer.cells.first.click()
    for scheme in SCHEMES:
        explorer.in_scheme(scheme)
        for tab in explorer.page.get_by_role("tab").all():
            tab.click()
            explorer.until_painted()
            assert faults(explorer.page) == [], (scheme, tab.text_content())


@slow
def test_the_report_of_a_wall_opens_without_a_network(explorer: Explorer, tmp_path: Path) -> None:
    explorer.open(f"{SMALL}&seeds=2").press("Step").until("+d.epoch === 1").press("Step").until("+d.epoch === 2")
    page, epoch = explorer.page, 2
    page.get_by_role("button", name="Take away").click()
    dialog = page.get_by_role("dialog", name=f"Take away: epoch {epoch}", exact=True)
    with page.expect_download() as download:
        dialog.get_by_role("button", name="Report").click()
    assert download.value.suggested_filename == f"circle_wall_epoch_{epoch}_report.html"
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    assert page.context.browser is not None
    with page.context.browser.new_context(offline=True) as alone:
        report = alone.new_page()
        asked: list[str] = []
        report.on("request", lambda request: asked.append(request.url))
        report.goto(file.as_uri())
        expect(report.get_by_text(f"8 networks in 4 cells of 2 seeds each · epoch {epoch}")).to_be_visible()
        assert report.locator("img").evaluate_all("nodes => nodes.filter(node => node.naturalWidth > 8).length") == 4
        assert report.locator("svg").count() == 8, "loss and accuracy of each cell"
        address = page.url.partition("?")[0]
        assert report.get_by_text(f"{address}?").count() == 1
        assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
        assert faults(report) == []


@slow
def test_the_boundaries_of_a_wall_are_a_picture(explorer: Explorer) -> None:
    explorer.open(SMALL).press("Step").until("+d.epoch === 1")
    explorer.page.get_by_role("button", name="Take away").click()
    with explorer.page.expect_download() as download:
        explorer.page.get_by_role("button", name="Boundaries (PNG)").click()
    assert download.value.suggested_filename == "circle_wall_epoch_1_boundaries.png"
    with Image.open(download.value.path()) as picture:
        colors = picture.convert("RGB").getcolors(1 << 24)
        assert picture.width == 2400 and colors is not None and len(colors) > 100


@slow
def test_grid_view_and_play_are_on_one_screen(app: ServedApp, explorer_at: Callable[..., Explorer]) -> None:
    explorer = explorer_at(app).open("rows=hidden:2|4|8|4,4|8,8&columns=learning_rate:0.01|0.03|0.1|0.3|1")
    page = explorer.page
    found = (explorer.cells.last, page.get_by_role("button", name="Play"), page.get_by_role("tab").last)
    for size in [(1280, 720), (1440, 900), (1024, 768)]:
        explorer.resize(size).expect_on_one_screen(*found)
