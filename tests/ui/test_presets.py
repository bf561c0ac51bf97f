"""Presets: one click each, each an ordinary link."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl

import pytest

from playground.core import Experiment, load_presets
from playground.core.heads import mistake
from playground.core.query import link
from playground.ui.presets_picker import preset_of

from .conftest import Page


def test_the_picker_names_every_preset_with_its_question_runs_and_links(page: Page) -> None:
    page.visit().click("presets")
    shown = "\n".join(element.value for element in (*page.app.markdown, *page.app.caption)).replace("\\", "")
    labels = [button.label.replace("\\", "") for button in page.app.button]
    for preset in load_presets():
        assert preset.name in shown
        assert preset.question in shown
        for step in preset.steps:
            assert step.label in labels
            assert f"]({link(step.query)})" in re.sub(r"\\", "", shown)


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
