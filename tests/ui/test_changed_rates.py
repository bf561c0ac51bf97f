"""Rates changed while a network trains: the address says when, and the page says what is to come and what was."""

from __future__ import annotations

import pytest

from playground.lessons.presets import load_presets

from .conftest import Page


def captions(page: Page) -> str:
    return "\n".join(element.value for element in page.app.caption)


@pytest.fixture
def trained(page: Page) -> Page:
    """A visitor's run that has come to epoch 200."""
    page.visit({"dataset": "xor"})
    page.runs.epoch = 200
    return page


def test_a_rate_changed_while_it_trains_is_in_the_address_once_its_epoch_is_known(trained: Page) -> None:
    trained.turn("learning_rate", "0.3")
    assert trained.query == {"dataset": "xor"}
    assert trained.stages[-1]["link"] == "?dataset=xor"
    trained.told()
    assert trained.query == {"dataset": "xor", "learning_rate_from_200": "0.3"}
    assert trained.stages[-1]["link"] == "?dataset=xor&learning_rate_from_200=0.3"
    assert trained.runs.calls == ["open run-1", "adjust run-1"]


def test_the_page_says_what_the_rate_was_and_with_which_a_rewind_begins(trained: Page) -> None:
    trained.turn("learning_rate", "0.3")
    assert "until epoch" not in captions(trained)
    trained.told()
    assert "Learning rate: 0.03 until epoch 200, then 0.3. Rewind begins with 0.3." in captions(trained)
    assert trained.widget("knob_learning_rate").value == "0.3"


def test_two_changes_are_both_in_the_address(trained: Page) -> None:
    trained.turn("learning_rate", "0.3").told()
    trained.runs.epoch = 350
    trained.turn("l2", "0.01").told()
    assert trained.query == {"dataset": "xor", "learning_rate_from_200": "0.3", "l2_from_350": "0.01"}


def test_a_rewound_run_is_what_the_knobs_say(trained: Page) -> None:
    trained.turn("learning_rate", "0.3").told()
    trained.runs.links["run-1"] = "?dataset=xor&learning_rate=0.3"  # as its worker says after Rewind
    trained.click("fake_link")
    assert trained.query == {"dataset": "xor", "learning_rate": "0.3"}
    assert "until epoch" not in captions(trained)


def test_a_change_before_any_training_is_simply_another_experiment(page: Page) -> None:
    page.visit().turn("learning_rate", "0.3")
    assert page.query == {"learning_rate": "0.3"}


def test_another_knob_begins_with_the_rates_that_the_knobs_say(trained: Page) -> None:
    trained.turn("learning_rate", "0.3").told().turn("noise", 0.5)
    assert trained.query == {"dataset": "xor", "noise": "0.5", "learning_rate": "0.3"}
    assert trained.runs.calls[-2:] == ["open run-2", "close run-1"]


PLANNED = {"dataset": "xor", "learning_rate_from_200": "0.3", "l2_from_350": "0.01"}


def test_a_link_with_changes_opens_a_run_that_makes_them_and_the_knobs_say_what_is_to_come(page: Page) -> None:
    page.visit(PLANNED)
    assert page.query == page.runs.held[page.token].to_query() == PLANNED
    assert page.widget("knob_learning_rate").value == "0.03"
    assert "Learning rate: then 0.3 from epoch 200" in captions(page)
    assert "L2: then 0.01 from epoch 350" in captions(page)


def test_many_changes_to_come_are_counted(page: Page) -> None:
    page.visit({f"l2_from_{epoch}": str(epoch) for epoch in (1, 2, 3, 4, 5)})
    assert "L2: then 1 from epoch 1, 2 from epoch 2, 3 from epoch 3 and 2 more" in captions(page)


def test_a_change_to_come_can_be_dropped(page: Page) -> None:
    page.visit(PLANNED).click("drop_course_learning_rate")
    assert page.query == {"dataset": "xor", "l2_from_350": "0.01"}
    assert "Learning rate: then" not in captions(page)
    assert page.runs.calls == ["open run-1", "adjust run-1"]


def test_a_rate_that_is_turned_takes_the_place_of_what_was_to_come_of_it_alone(page: Page) -> None:
    page.visit(PLANNED).turn("learning_rate", "0.1")
    assert page.query == {"dataset": "xor", "learning_rate": "0.1", "l2_from_350": "0.01"}


def test_changes_to_come_outlast_other_knobs(page: Page) -> None:
    page.visit(PLANNED).turn("noise", 0.5)
    assert page.query == {**PLANNED, "noise": "0.5"}


def test_back_to_an_address_with_other_rates_opens_its_own_run(trained: Page) -> None:
    trained.turn("learning_rate", "0.3").told()
    trained.visit({"dataset": "xor"})
    assert trained.query == {"dataset": "xor"}
    assert trained.runs.calls == ["open run-1", "adjust run-1", "open run-2", "close run-1"]
    assert trained.runs.held["run-2"].to_query() == {"dataset": "xor"}


def test_forward_to_an_address_with_changes_opens_a_run_that_makes_them(trained: Page) -> None:
    trained.turn("learning_rate", "0.3").told()
    link = trained.query
    trained.visit({"dataset": "xor"}).visit(dict(link))
    assert trained.query == trained.runs.held[trained.token].to_query() == link


def test_the_address_of_the_run_that_is_there_keeps_it(trained: Page) -> None:
    trained.turn("learning_rate", "0.3").told()
    link = trained.query
    trained.app.session_state["play_address_written"] = None  # as if it came from somewhere else
    trained.visit(dict(link))
    assert "open run-2" not in trained.runs.calls
    assert trained.query == link


def test_a_preset_that_differs_in_a_rate_alone_opens_its_own_run(page: Page) -> None:
    (first, *_, last), *_ = (
        preset.steps
        for preset in load_presets()
        if preset.steps[0].experiment.same_but_rates(preset.steps[-1].experiment)
    )
    page.visit(dict(first.query))
    page.runs.epoch = 100
    *_, compare = (button.key for button in page.app.button if str(button.key).startswith("compare_step"))
    page.click(str(compare))
    assert page.query == last.query
    assert page.runs.held[page.token] == last.experiment
    assert page.runs.calls == ["open run-1", "open run-2", "close run-1"]


def test_a_bad_change_is_named_and_left_out(page: Page) -> None:
    page.visit({"learning_rate_from_200": "0", "l1_from_x": "1"})
    assert page.query == {}
    assert page.notices.splitlines() == [
        "learning_rate_from_200 must be in (0, 100]. Got 0.",
        "l1_from_ must be followed by an epoch in [1, 9999]. Got 'x'.",
    ]
