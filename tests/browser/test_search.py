"""The page Search in a real browser, on the real server: trials that are trained live, and the way to the best."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qsl, urlsplit

import pytest

from playground.core import Experiment
from playground.core.search import BATCH, Search
from tests.axe import faults
from tests.served_app import SCHEMES, Learner, Searcher, ServedApp

SMALL = "dataset=circle&samples=60&search=learning_rate,width&trials=48&seconds=600&search_epochs=30"
pytestmark = pytest.mark.slow


@pytest.fixture
def searcher_at(learner_at: Callable[..., Learner]) -> Callable[..., Searcher]:
    def sit_down(app: ServedApp, **options: object) -> Searcher:
        return Searcher(learner_at(app, **options).page, app)

    return sit_down


@pytest.fixture
def searcher(app: ServedApp, searcher_at: Callable[..., Searcher]) -> Searcher:
    return searcher_at(app)


def test_a_search_is_played_stopped_reloaded_goes_on_and_its_best_opens_in_play(searcher: Searcher) -> None:
    """Stopped after a whole batch: of one under way nothing is kept, and a reload may take longer than a run waits."""
    searcher.open(SMALL)
    assert searcher.trials == 0
    searcher.press("Play").until("+d.trials >= a && d.best !== ''", BATCH).press("Pause").until_state("paused")
    run = searcher.stage["run"]
    searcher.page.reload()
    searcher.until("d.run === a[0] && +d.trials >= a[1]", [run, BATCH])
    searcher.press("Play").until("d.state === 'finished' && +d.trials === 48")
    assert 0.5 < float(searcher.stage["best"]) <= 1
    searcher.page.get_by_test_id("importance").locator("li").nth(1).wait_for()
    searcher.page.get_by_test_id("open-best").click()
    learner = Learner(searcher.page, searcher.app).until_state("ready")
    experiment, refused = Experiment.from_query(dict(parse_qsl(urlsplit(learner.page.url).query)))
    search, _ = Search.from_query(dict(part.split("=", 1) for part in SMALL.split("&")))
    assert refused == [] and search.could_try(experiment)


def test_a_search_goes_on_when_its_worker_is_killed(
    own_app: Callable[..., ServedApp], searcher_at: Callable[..., Searcher]
) -> None:
    app = own_app().wait_until_loaded(1)
    searcher = searcher_at(app).open(SMALL.replace("trials=48", "trials=1000"))
    searcher.press("Play").until("+d.trials >= 24")
    (worker,) = app.workers()
    worker.kill()
    searcher.until("+d.trials >= 72")
    assert searcher.stage["state"] == "playing"


def test_nothing_of_a_search_keeps_anybody_out(searcher: Searcher) -> None:
    searcher.open(SMALL).press("Play").until("+d.trials >= 24").press("Pause").until_state("paused")
    for scheme in SCHEMES:
        searcher.in_scheme(scheme)
        for tab in searcher.page.get_by_role("tab").all():
            tab.click()
            searcher.until_painted()
            assert faults(searcher.page) == [], (scheme, tab.text_content())


def test_best_history_trials_importance_and_play_are_on_one_screen(searcher: Searcher) -> None:
    page = searcher.open("dataset=spiral&search=learning_rate,width,depth,activation").page
    parts = (page.get_by_test_id(name) for name in ("best", "search-history", "importance", "view"))
    found = [page.get_by_role("button", name="Play"), *parts]
    for size in [(1280, 720), (1440, 900), (1024, 768)]:
        searcher.resize(size).expect_on_one_screen(*found)


def test_the_pages_and_the_transport_leave_each_other_room(searcher: Searcher) -> None:
    searcher.open(SMALL)
    for size in [(1024, 768), (844, 390), (390, 844)]:
        expect_room(searcher.resize(size), size[0])


def expect_room(searcher: Searcher, width: int) -> None:
    page = searcher.page
    links = [each.bounding_box() for each in page.locator(".st-key-pages a, .st-key-pages_together a").all()]
    buttons = [each.bounding_box() for each in page.locator(".kp-transport button:visible").all()]
    assert len(links) >= 4 and len(buttons) >= 3
    for link in links:
        assert link is not None and link["x"] >= 0 and link["x"] + link["width"] <= width
        for button in buttons:
            assert button is not None
            across = min(link["x"] + link["width"], button["x"] + button["width"]) - max(link["x"], button["x"])
            down = min(link["y"] + link["height"], button["y"] + button["height"]) - max(link["y"], button["y"])
            assert across <= 0 or down <= 0, "a link and a button lie over each other"
