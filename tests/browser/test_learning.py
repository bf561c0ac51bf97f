"""The main job in a real browser: open a link, press Play, watch a real Keras model learn."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from tests.served_app import Learner, ServedApp

NODES = ".js-plotly-plot, .js-plotly-plot .main-svg, .js-plotly-plot .xy"


def query_of(learner: Learner) -> dict[str, str]:
    return {key: values[0] for key, values in parse_qs(urlsplit(learner.page.url).query).items()}


def test_a_first_visit_shows_the_untrained_network_and_play_trains_it(learner: Learner) -> None:
    learner.open()
    learner.until("+d.frames >= 1")
    assert learner.epoch == 0
    learner.press("Play").until_state("playing").until_epoch(30).press("Pause").until_state("paused")
    assert learner.stage["epoch"] == learner.stage["frames"] or learner.frames >= 20


@pytest.mark.slow
def test_the_page_is_there_while_tensorflow_loads(
    own_app: Callable[..., ServedApp], learner_at: Callable[..., Learner]
) -> None:
    learner = learner_at(own_app()).open(state=None)
    stage = learner.page.locator("[data-testid=stage]")
    expect(stage).to_contain_text("TensorFlow is loading")
    assert learner.stage["state"] == "loading"
    expect(stage.locator(".scatterlayer path.point").first).to_be_visible()
    learner.press("Play").until_epoch(5)


def test_step_rewind_and_the_space_bar(learner: Learner) -> None:
    learner.open()
    learner.press("Step").until("d.epoch === '1'").press("Step").until("d.epoch === '2'").until_state("paused")
    learner.press("Rewind").until("d.epoch === '0'").until_state("ready")
    learner.page.keyboard.press("Space")
    learner.until_state("playing").until_epoch(3)
    learner.page.keyboard.press("Space")
    learner.until_state("paused")


def test_a_changed_learning_rate_keeps_the_run_and_other_knobs_start_a_new_one_that_plays_on(
    learner: Learner,
) -> None:
    learner.open({"noise": "0.1"}).press("Play").until_epoch(20)
    run = learner.stage["run"]
    learner.page.get_by_role("combobox", name="Learning rate").click()
    learner.page.get_by_role("option", name="0.1", exact=True).click()
    learner.page.wait_for_url("**learning_rate_from_*=0.1**")
    before = learner.epoch
    learner.until_epoch(before + 20)
    assert learner.stage["run"] == run
    learner.page.get_by_role("button", name="New data").click()
    learner.until("d.run !== a", run).until_state("playing")
    learner.until_epoch(5)
    assert query_of(learner).keys() == {"noise", "data_seed", "learning_rate"}


@pytest.mark.slow
def test_a_rate_changed_while_it_trains_is_in_the_link_which_gives_the_same_run_again(
    learner: Learner, app: ServedApp, learner_at: Callable[..., Learner]
) -> None:
    words = "[data-testid=curves-words]"
    figures = "() => [...document.querySelectorAll('.kp-figures [data-figure]')].map((cell) => cell.textContent)"
    learner.open({"dataset": "xor"}).press("Play").until_epoch(20)
    learner.page.get_by_role("combobox", name="Learning rate").click()
    learner.page.get_by_role("option", name="0.3", exact=True).click()
    learner.page.wait_for_url("**learning_rate_from_*=0.3**")
    query = query_of(learner)
    (name,) = query.keys() - {"dataset"}
    changed_at = int(name.removeprefix("learning_rate_from_"))
    learner.until_epoch(changed_at + 20).press("Pause").until_state("paused")
    expect(learner.page.locator(words)).to_have_text(f"Changed on the way: rate 0.3 from epoch {changed_at}.")
    expect(learner.page.locator(".st-key-training")).to_contain_text(f"0.03 until epoch {changed_at}, then 0.3")
    epoch = learner.epoch

    again = learner_at(app).open(query)
    expect(again.page.locator(".st-key-training")).to_contain_text(f"then 0.3 from epoch {changed_at}")
    again.press("Play").until_epoch(epoch).press("Pause").until_state("paused")
    for each in (learner, again):
        scrubber = each.page.get_by_role("slider", name="Epoch shown")
        scrubber.fill(str(epoch))
        each.until(f"+d.epoch === {epoch}")
    assert again.page.evaluate(figures) == learner.page.evaluate(figures)
    assert query_of(again) == query

    learner.press("Rewind").until("d.epoch === '0'")
    learner.page.wait_for_url("**learning_rate=0.3")
    expect(learner.page.locator(words)).to_have_text("")


@pytest.mark.slow
def test_new_weights_changes_the_seed_in_the_link(learner: Learner) -> None:
    learner.open()
    run = learner.stage["run"]
    learner.press("New weights").until("d.run !== a", run).until_state("ready")
    assert "seed" in query_of(learner)


@pytest.mark.slow
def test_back_and_forward_go_between_experiments_and_the_tab_is_named_once(learner: Learner) -> None:
    page = learner.page
    page.add_init_script("""window.titles = []; new MutationObserver(() => {
        if (document.title !== titles.at(-1)) titles.push(document.title);
    }).observe(document, {subtree: true, childList: true, characterData: true});""")
    first = learner.open("dataset=xor&hidden=8,8").stage["run"]
    second = learner.press("New weights").until("d.run !== a", first).until_state("ready").stage["run"]
    expect(page).to_have_url(re.compile(r"dataset=xor&hidden=8(,|%2C)8&seed=\d+$"))
    page.go_back()
    third = learner.until("d.run !== a", second).until_state("ready").stage["run"]
    expect(page).to_have_url(re.compile(r"dataset=xor&hidden=8(,|%2C)8$"))
    page.go_forward()
    learner.until("d.run !== a", third).until_state("ready")
    expect(page).to_have_url(re.compile(r"&seed=\d+$"))
    assert page.evaluate("titles").count("Keras Playground") == 1 and "Play" not in page.evaluate("titles")


@pytest.mark.slow
def test_the_charts_are_never_remounted_and_zoom_survives(learner: Learner) -> None:
    learner.open().press("Play").until_epoch(5)
    learner.page.evaluate(
        """nodes => {
            window.kept = [...document.querySelectorAll(nodes)];
            window.blank = 0;
            const look = () => {
                const map = document.querySelector('[data-testid=stage] [data-testid=boundary-map]');
                const middle = map?.checkVisibility() && map.getContext('2d').getImageData(50, 50, 1, 1).data;
                if (middle?.[3] !== 255) window.blank += 1;
                requestAnimationFrame(look);
            };
            look();
        }""",
        NODES,
    )
    chart = learner.page.locator("[data-testid=stage] .js-plotly-plot").first
    box = chart.bounding_box()
    assert box is not None
    learner.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    learner.page.mouse.wheel(0, -400)
    ranges = "() => document.querySelector('[data-testid=stage] .js-plotly-plot')._fullLayout.xaxis.range"
    learner.page.wait_for_function(f"(({ranges})()[1] - ({ranges})()[0]) < 11.5")
    zoomed = learner.page.evaluate(ranges)
    learner.until_epoch(learner.epoch + 60)
    assert learner.page.evaluate(ranges) == pytest.approx(zoomed)
    assert learner.page.evaluate("nodes => window.kept.every(n => n.isConnected)", NODES)
    assert learner.page.evaluate("() => window.blank") == 0


@pytest.mark.slow
def test_a_link_with_bad_values_names_them_and_runs_with_the_defaults(learner: Learner) -> None:
    learner.open({"learning_rate": "-1", "dataset": "<script>alert(1)</script>", "foo": "x" * 1_000, "noise": "0.2"})
    body = learner.page.locator("body")
    expect(body).to_contain_text("learning_rate must be in (0, 100]")
    expect(body).to_contain_text("<script>alert(1)</script>")
    expect(body).to_contain_text("foo")
    assert query_of(learner) == {"noise": "0.2"}
    learner.press("Step").until("d.epoch === '1'")


def test_a_diverging_run_stops_with_its_epoch_and_the_advice(learner: Learner) -> None:
    learner.open({"dataset": "plane", "learning_rate": "50", "hidden": "8", "activation": "linear"})
    learner.press("Play").until_state("diverged")
    stage = learner.page.locator("[data-testid=stage]")
    expect(stage).to_contain_text("learning rate")
    expect(stage).to_contain_text(f"epoch {learner.stage['epoch']}")


@pytest.mark.slow
def test_a_run_finishes_at_its_epochs(learner: Learner) -> None:
    learner.open({"epochs": "25"}).press("Play").until_state("finished")
    assert learner.epoch == 25


@pytest.mark.slow
def test_reopening_a_link_gives_the_same_experiment(app: ServedApp, learner_at: Callable[..., Learner]) -> None:
    query = {"dataset": "spirals", "classes": "3", "hidden": "8,8", "activation": "relu", "optimizer": "adam"}
    first = learner_at(app).open(query)
    again = learner_at(app).open(urlsplit(first.page.url).query)
    assert query_of(again) == query_of(first) == query


def test_a_phone_shows_everything_one_below_the_other_and_cuts_no_speed(
    app: ServedApp, learner_at: Callable[..., Learner]
) -> None:
    learner = learner_at(app, (390, 844)).open()
    learner.press("Play").until_epoch(5)
    wide = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert learner.page.evaluate(wide) <= 0
    for size in ((390, 844), (844, 390), (760, 400)):
        learner.resize(size).expect_readable_speeds()
