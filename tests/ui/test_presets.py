"""Presets: one click each, each an ordinary link."""

from __future__ import annotations

from urllib.parse import parse_qsl

import pytest

from playground.core import Experiment
from playground.core.heads import mistake
from playground.core.query import link
from playground.lessons.presets import Preset, load_presets
from playground.ui.controls import datasets
from playground.ui.presets_picker import preset_of, steps_of

from .conftest import Page

ALL = "All side by side"
L2 = "l2"
OVERFITTING = "overfitting"


def test_the_picker_names_every_preset_with_its_question_runs_and_links(page: Page) -> None:
    page.visit().click("presets")
    shown = "\n".join(element.value for element in (*page.app.markdown, *page.app.caption)).replace("\\", "")
    labels = [button.label.replace("\\", "") for button in page.app.button]
    links = {(each.proto.url, each.proto.label.replace("\\", "")) for each in page.app.get("link_button")}
    for number, preset in enumerate(load_presets(), start=1):
        assert f"{number}. {preset.name}" in shown
        assert preset.question in shown
        for step in preset.steps:
            assert step.label in labels
            assert (link(step.query), f"Link to {step.label}") in links


def test_the_picker_shows_each_preset_once_with_a_picture_of_its_data(page: Page) -> None:
    page.visit().click("presets")
    pictures = [each.value for each in page.app.markdown if each.value.startswith("![")]
    assert pictures == [datasets.picture(preset.steps[0].experiment.data.dataset) for preset in load_presets()]
    runs = [each.key for each in page.app.button if "_step_" in (each.key or "")]
    assert len(runs) == len(set(runs)) == sum(len(preset.steps) for preset in load_presets())


@pytest.mark.parametrize("index", range(len(load_presets())), ids=[preset.name for preset in load_presets()])
def test_one_click_opens_a_run_and_the_address_is_its_ordinary_link(page: Page, index: int) -> None:
    preset = load_presets()[index]
    page.visit({"noise": "0.7", "seed": "3"}).click("presets").click(f"preset_{index}_step_0")
    assert page.query == preset.steps[0].query
    assert page.runs.held[page.token] == preset.steps[0].experiment
    assert page.notices == ""


def test_an_open_preset_asks_its_question_and_offers_its_other_runs(page: Page) -> None:
    preset = load_presets()[0]
    page.visit(dict(preset.steps[0].query))
    assert any(preset.name in element.value for element in page.app.markdown)
    page.click("compare_step_1")
    assert page.query == preset.steps[1].query


@pytest.mark.parametrize("preset", load_presets(), ids=[preset.name for preset in load_presets()])
def test_compare_opens_all_runs_of_a_preset_side_by_side_by_their_names(page: Page, preset: Preset) -> None:
    page.visit(dict(preset.steps[-1].query)).follow(ALL)  # the first run of one is the first of another too
    assert page.comparison.experiments == tuple(step.experiment for step in preset.steps)
    assert page.walls[-1]["names"] == tuple(step.label for step in preset.steps)
    assert page.query == steps_of(preset).to_query() and page.notices == ""


def test_compare_marks_the_run_on_screen_and_closes_when_another_was_chosen(page: Page) -> None:
    page.visit(dict(load_presets()[0].steps[0].query))
    assert [each.key for each in page.app.button if "(shown)" in each.label] == ["compare_step_0"]
    page.app.session_state["compare"] = True
    page.run().click("compare_step_1")
    assert page.app.session_state["compare"] is False
    assert [each.key for each in page.app.button if "(shown)" in each.label] == ["compare_step_1"]


def test_a_run_of_two_presets_asks_the_question_of_the_one_it_was_opened_from(page: Page) -> None:
    first, second = (preset for preset in load_presets() if preset.lesson in (OVERFITTING, L2))
    assert first.steps[0].query == second.steps[0].query
    page.visit(dict(second.steps[1].query)).click("compare_step_0")
    assert page.query == first.steps[0].query
    assert any(second.name in element.value for element in page.app.markdown)
    page.click("compare_step_1")
    assert page.query == second.steps[1].query


def test_what_tells_the_answer_is_called_so_and_lies_apart_from_the_runs(page: Page) -> None:
    preset = load_presets()[0]
    page.visit(dict(preset.steps[0].query))
    answers = [each for each in page.app.get("popover") if each.proto.popover.label == "Answer"]
    assert [text.value.replace("\\", "") for each in answers for text in each.markdown] == [preset.answer]
    (runs,) = [each for each in page.app.get("popover") if each.proto.popover.label == "Compare"]
    assert preset.answer not in [text.value.replace("\\", "") for text in runs.markdown]


def test_a_preset_does_not_tell_its_answer_before_it_is_asked_for(page: Page) -> None:
    (preset,) = [each for each in load_presets() if each.lesson == "one_unit_softmax"]
    sentence = mistake(preset.steps[0].experiment.data, preset.steps[0].experiment.model)
    page.visit(dict(preset.steps[0].query))
    assert [warning.value.replace("\\", "") for warning in page.app.warning] == [sentence]
    (answer,) = [each for each in page.app.get("popover") if each.proto.popover.label == "Answer"]
    assert len(answer.warning) == 1, "the only one is inside the answer"


def test_the_question_goes_when_the_experiment_is_another(page: Page) -> None:
    page.visit(dict(load_presets()[0].steps[0].query)).turn("noise", 0.4)
    assert not page.has("compare_step_1")


def test_every_link_reads_back_as_its_run() -> None:
    for preset in load_presets():
        for step in preset.steps:
            assert dict(parse_qsl(link(step.query)[1:])) == step.query
            found = preset_of(step.experiment)
            assert found is not None
            assert found[1].query == step.query


def test_a_classic_mistake_is_called_one(page: Page) -> None:
    page.visit({"output": "softmax1"})
    experiment = Experiment.from_query({"output": "softmax1"})[0]
    assert [warning.value.replace("\\", "") for warning in page.app.warning] == [
        mistake(experiment.data, experiment.model)
    ]
    page.turn("output", "auto")
    assert not page.app.warning


def test_presets_whose_point_the_test_points_are_open_with_them(page: Page) -> None:
    shows = [preset.lesson for preset in load_presets() if all(step.switches for step in preset.steps)]
    assert shows == [OVERFITTING, L2, "regression"]
    page.visit(dict(load_presets()[0].steps[0].query))
    assert page.stages[-1]["view"] == ()
    (overfitting,) = [preset for preset in load_presets() if preset.lesson == shows[0]]
    page.visit(dict(overfitting.steps[0].query))
    assert page.stages[-1]["view"] == ("test_points",)
