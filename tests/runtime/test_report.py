"""Reports of a run and of a wall: what they say, and that nothing of them is cut when they are printed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Browser

from playground.core.history import History
from playground.core.settings import settings_of
from playground.figures.panels import Sheet, sheet_svg
from playground.runtime.report import of_run, of_wall, slices_of_run
from playground.runtime.report.wall_diagnosis import diagnosis_of
from playground.runtime.report.wall_grid import grid_section
from playground.runtime.report.wall_words import findings_of, shared, varied
from playground.runtime.scene import layers_in_words
from playground.runtime.views.snapshot import Snapshot
from playground.runtime.wall_plan import WallPlan
from playground.runtime.wall_scene import wall_scene_of
from tests import axe
from tests.chromium import headless_chromium
from tests.runtime.views import snapshot_of
from tests.runtime.wall_bench import wall_of

HOSTILE = "<script>alert(1)</script>"
PAPERS = {"A4": (210, 297), "Letter": (215.9, 279.4)}
MARGINS = (26, 28)
"""Mm left and right, above and below."""
PX = 96 / 25.4


def run_snapshot(**fields: Any) -> Snapshot:
    """A run of nine epochs, whose figures are easy to know."""
    look = snapshot_of(**fields)
    history = History(10**7)
    for epoch in range(9):
        weights = [weight * (epoch + 1) / 9 for weight in look.weights]
        history.append(epoch, weights, [epoch, 1 / (1 + epoch), 0.5 + epoch / 20, 0.4, 0.75, 0.03])
    return replace(look, history=history)


def run_report(**fields: Any) -> str:
    return of_run(run_snapshot(**fields), address="https://there.example/")


def test_a_report_is_made_a_section_at_a_time() -> None:
    made: list[str] = []

    def slices() -> Iterator[float]:
        made.append((yield from slices_of_run(run_snapshot(), address="https://there.example/")))

    shares = list(slices())
    assert made == [run_report()]
    assert shares == sorted(shares) and len(shares) > made[0].count("<section") and 0 <= shares[0] < shares[-1] < 1


def wall_report(query: str, title: str = "A wall") -> str:
    """Of a wall whose networks have figures by their places; those of the first one are no numbers."""
    wall = wall_of(query)
    hello = dict(wall_scene_of(wall))
    cells, networks = len(wall.cells), len(wall.experiments)
    figures = np.tile(np.arange(networks, dtype=np.float32)[:, None] / networks, (3, 1, 4))
    figures[:, 0] = np.nan
    arrays = {
        "maps": np.random.default_rng(0).integers(0, 256, (cells, 1, 20, 20), np.uint8),
        "ranges": np.tile(np.array([0.0, 1.0], np.float32), (cells, 1)),
        "figures": figures,
        "ended": np.array([3, *[1] * (networks - 1)], np.uint8),
        "epochs_of": np.full(networks, 2, np.int32),
    }
    return of_wall(hello, {"epoch": 2}, arrays, titles={"learning_rate": "Rate"}, title=title)


def test_a_run_is_told_with_the_figures_of_the_epoch_shown() -> None:
    look = run_snapshot()
    text = of_run(replace(look, displayed=4, epoch=4), address="https://there.example/play?x=1")
    assert "epoch 4" in text and "<td>Training</td><td>0.2000</td><td>70.0 %</td>" in text
    assert "<td>Test</td><td>0.4000</td><td>75.0 %</td>" in text and "Adam" in text
    assert f'aria-label="Decision boundary at epoch {4}"' in text
    assert re.search(r"<dt>Link</dt><dd>https://there\.example/play\?[a-z]", text)
    for layer in layers_in_words(look.experiment):
        assert f">{layer}<" in text
    assert text.count("<section") == 6 and "<script" not in text


def test_a_regression_has_no_accuracy_and_wide_layers_say_what_is_not_drawn() -> None:
    text = run_report(dataset="hills", hidden=(12,))
    assert "Accuracy" not in text and "12 tanh (+4)" in text


def test_a_wall_is_told_cell_by_cell_and_several_seeds_by_mean_and_spread() -> None:
    text = wall_report("rows=learning_rate:0.01|0.1&columns=optimizer:sgd|adam&seeds=3&samples=60")
    assert text.count("<img ") == 4 and "12 networks in 4 cells of 3 seeds each · epoch 2" in text
    of_first = '<th scope="row">0.01</th><th scope="row">sgd</th><td>0.1250\n(0.0833–0.1667)</td>'
    assert of_first in text, "of the seeds that have a number"
    assert '<th scope="col" class="of">Rate</th><th scope="col" class="of">Optimizer</th>' in text
    assert "<td>1 diverged at epoch 2, 2 finished</td>" in text
    assert '<th scope="row">0.01</th><th scope="row">sgd</th><th scope="row">1</th><td>–</td>' in text
    assert "Best by mean test accuracy: Rate 0.1, optimizer adam (83.3 %)." in text


def test_the_curves_of_all_cells_are_on_one_scale() -> None:
    text = wall_report("columns=learning_rate:0.01|0.1|1&samples=60")
    assert text.count('aria-label="Loss of ') == text.count('aria-label="Accuracy of ') == 3
    assert "All on one scale: epoch 0 to 2 across, 0.1 to 1 up, logarithmic." in text
    regression = wall_report("dataset=hills&columns=learning_rate:0.01|0.1&samples=60")
    assert "Accuracy" not in regression and regression.count('aria-label="Loss of ') == 2


def test_what_the_networks_of_a_wall_differ_in_and_share_is_told_apart() -> None:
    wall = wall_of("dataset=moons&noise=0.2&rows=depth:1|2&columns=learning_rate:0.01|0.1&seeds=2&hidden=4&samples=60")
    plan = WallPlan(wall_scene_of(wall), {})
    differs = dict(varied(wall, plan))
    assert differs == {
        "Depth": "1; 2",
        "Learning rate": "0.01; 0.1",
        "Seeds": "2 of each, 0 to 1",
        "Hidden layers": "4 Tanh; 4, 4 Tanh",
    }
    same = dict(shared(wall))
    assert same["Data"] == "Moons, noise 0.2" and "Seed" not in same and not set(same) & set(differs)
    every = {setting.name for cell in wall.cells for setting in settings_of(cell)}
    assert every - {"Seed"} <= set(same) | set(differs)


def test_what_only_some_runs_of_a_comparison_have_is_among_what_differs() -> None:
    comparison = wall_of("runs=dropout:0.2;hidden:3|hidden:3,2&samples=60")
    plan = WallPlan(wall_scene_of(comparison), {})
    assert "Between layers" not in dict(shared(comparison))
    assert dict(varied(comparison, plan))["Dropout"] == "0.2; 0"


def test_what_is_wrong_is_told_once_with_the_cells_that_have_it() -> None:
    wall = wall_of("columns=learning_rate:0.01|100&seeds=2&samples=60&epochs=30")
    figures = np.full((31, 4, 4), 0.5, np.float32)
    figures[20:, 2:] = np.nan
    found = [[each.kind for each in of] for of in findings_of(wall, figures, np.array([30, 30, 20, 20]))]
    assert found == [[], [], ["diverged"], ["diverged"]]
    findings = list(findings_of(wall, figures, np.array([30, 30, 20, 20])))
    text = "".join(diagnosis_of(WallPlan(wall_scene_of(wall), {}), findings))
    assert "Diverged: 2 of 4 networks</strong> (Learning rate 100 (2 of 2 seeds))" in text
    assert "Of Learning rate 100, seed 1 of 2: The loss has exploded" in text and "at epoch 20" in text


def test_what_others_wrote_is_text() -> None:
    text = of_run(run_snapshot(), title=HOSTILE, address=HOSTILE)
    assert HOSTILE not in text and "<script" not in text
    assert "<script" not in wall_report("rows=seed:1|2&samples=60", title=HOSTILE)
    hello = wall_scene_of(wall_of("runs=same|learning_rate:0.3&samples=60"))
    assert hello["columns"] is not None
    hello["columns"]["labels"] = [HOSTILE, "plain"]
    plan = WallPlan(hello, {})
    assert "<script" not in grid_section("Loss", "", plan, ["", ""])
    assert "<script" not in sheet_svg(Sheet(HOSTILE, 2, titles=plan.names), ["", ""])


# Printed -------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with headless_chromium() as chromium:
        yield chromium


TOO_LARGE = """([height]) => {
    const found = [];
    const fits = node => node.getBoundingClientRect().height <= height;
    for (const section of document.querySelectorAll("section")) {
        const rows = "long" in section.dataset ? [...section.querySelectorAll(".row, tr")] : [section];
        found.push(...rows.filter(row => !fits(row) || getComputedStyle(row).breakInside !== "avoid"));
    }
    for (const node of document.querySelectorAll("body *"))
        if (!node.closest("svg") && node.scrollWidth > node.clientWidth + 1 && node.clientWidth) found.push(node);
    if (document.documentElement.scrollWidth > innerWidth) found.push(document.body);
    for (const drawing of document.querySelectorAll("svg")) {
        const around = drawing.getBoundingClientRect();
        const inside = box => box.left >= around.left - 1 && box.right <= around.right + 1
            && box.top >= around.top - 1 && box.bottom <= around.bottom + 1;
        found.push(...[...drawing.querySelectorAll("text")].filter(text => !inside(text.getBoundingClientRect())));
    }
    return found.map(node => node.outerHTML.slice(0, 200));
}"""


@pytest.mark.parametrize("paper", PAPERS)
def test_nothing_is_cut_on_paper(browser: Browser, tmp_path: Path, paper: str) -> None:
    width, height = ((side - margin) * PX for side, margin in zip(PAPERS[paper], MARGINS, strict=True))
    many = "rows=learning_rate:0.001|0.003|0.01|0.03|0.1|0.3|1&columns=batch_size:1|2|5|10|20|32|64|128"
    seeds = "rows=hidden:2|8,8|8,8,8,8,8,8,8,8&columns=learning_rate:0.01|0.1|3|100&seeds=3"
    long = "runs=dataset:circle;hidden:64,64,64,64,64,64,64,64;activation:leaky_relu|dataset:xor;hidden:3;l2:0.01|same"
    page = browser.new_page(viewport={"width": int(width), "height": int(height)})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if request.url.startswith("http") else None)
    for name, text, pages in (
        ("run", run_report(hidden=(8,) * 8, features=("x1", "x2", "x1sq", "x2sq", "x1x2", "sinx1", "sinx2")), 2),
        ("table", run_report(dataset="breast_cancer", hidden=(4,)), 2),
        ("layers", run_report(hidden=(64,) * 8, activation=("leaky_relu",)), 2),
        ("wall", wall_report(many + "&samples=60"), 2),
        ("seeds", wall_report(seeds + "&samples=60"), 3),
        ("comparison", wall_report(long + "&samples=60"), 2),
        ("line", wall_report("rows=seed:" + "|".join(map(str, range(40))) + "&samples=60"), 3),
    ):
        file = tmp_path / f"{name}.html"
        file.write_text(text, encoding="utf-8")
        page.goto(file.as_uri())
        page.emulate_media(media="print")
        assert page.evaluate(TOO_LARGE, [height]) == []
        printed = page.pdf(path=tmp_path / f"{name}.pdf", format=paper, print_background=True)
        assert len(re.findall(rb"/Type\s*/Page\b", printed)) >= pages
    page.emulate_media(media="screen")
    assert axe.faults(page) == [] and asked == []
    page.close()
