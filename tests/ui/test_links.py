"""The page follows its address, names what it refuses, and survives anything a link may hold."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from playground.core import Experiment
from playground.core.knobs import PART_OF
from playground.ui.markdown import escaped

from .conftest import Page

SCRIPT = "<script>alert(1)</script>**bold** [x](javascript:alert(1)) $x$ :red[y]"


def test_a_link_is_restored_whole(page: Page) -> None:
    link = {
        "dataset": "spiral",
        "features": "x1,x2,sinx1",
        "hidden": "8,8",
        "activation": "relu",
        "l2": "0.01",
    }
    assert page.visit(link).query == link
    assert page.runs.held[page.token].to_query() == link


def test_back_restores_the_experiment_before(page: Page) -> None:
    page.visit({"dataset": "xor"}).turn("noise", 0.5)
    assert page.query == {"dataset": "xor", "noise": "0.5"}
    page.visit({"dataset": "xor"})
    assert page.query == {"dataset": "xor"}
    assert page.widget("knob_noise").value == 0.0


def test_a_second_click_that_carries_the_old_address_loses_nothing(page: Page) -> None:
    page.visit().turn("noise", 0.5)
    page.app.query_params = {}  # the browser has not heard of the new address yet
    page.turn("dataset", "xor")
    assert page.query == {"dataset": "xor", "noise": "0.5"}


@pytest.mark.parametrize("button", ["presets", "dismiss_notices", "new_data", "fake_new_weights", "fake_link"])
def test_no_button_that_carries_the_old_address_takes_back_what_was_clicked_before(page: Page, button: str) -> None:
    page.visit().turn("dataset", "blobs").turn("output", "tanh")
    page.turn("classes", 3)  # which do not agree: there is something to dismiss
    page.app.query_params = {}  # the browser has not heard of the new address yet
    page.click(button)
    assert page.query.items() >= {"dataset": "blobs", "classes": "3"}.items()


OF_EACH_KIND = ("dataset", "noise", "hidden", "standardize", "table")
"""Fields whose values are names, numbers, lists, truth and texts: what is said of others is said in the same way."""


@pytest.mark.parametrize(
    ("name", "text"),
    [
        *(pytest.param(name, "-1e9", id=f"{name}-range") for name in PART_OF),
        *(pytest.param(name, SCRIPT, id=f"{name}-script", marks=pytest.mark.slow) for name in PART_OF),
        *(pytest.param(name, "x" * 10_000, id=f"{name}-long", marks=pytest.mark.slow) for name in OF_EACH_KIND),
        *(pytest.param(name, ["1", "2"], id=f"{name}-twice", marks=pytest.mark.slow) for name in OF_EACH_KIND),
    ],
)
def test_each_bad_field_is_named_on_the_page_as_plain_text_and_left_at_its_default(
    page: Page, name: str, text: str | list[str]
) -> None:
    page.visit({name: text})
    assert page.query == {}
    assert name in page.notices
    assert len(page.notices) < 400
    assert not any(SCRIPT[:20] in element.value for element in (*page.app.markdown, *page.app.caption))
    assert not any("alert" in element.proto.body for element in page.app.get("html"))


@pytest.mark.parametrize("text", [SCRIPT, "x" * 10_000, ["1", "2"]], ids=["script", "long", "twice"])
def test_bad_fields_all_at_once_are_named_too(page: Page, text: str | list[str]) -> None:
    page.visit({name: text for name in PART_OF})
    assert page.query == {}
    assert all(name in page.notices for name in PART_OF)
    assert not any(SCRIPT[:20] in element.value for element in (*page.app.markdown, *page.app.caption))
    assert not any("alert" in element.proto.body for element in page.app.get("html"))


def test_an_unknown_field_is_named_and_leaves_the_address(page: Page) -> None:
    page.visit({"colour": "red", "noise": "0.1"})
    assert page.notices == "There is no knob called 'colour'."
    assert page.query == {"noise": "0.1"}


def test_refusals_stay_until_dismissed_or_something_is_changed(page: Page) -> None:
    page.visit({"noise": "7"}).run()
    assert "noise" in page.notices
    page.click("dismiss_notices")
    assert page.notices == ""
    page.visit({"noise": "8"}).turn("seed", 3)
    assert page.notices == ""


def test_knobs_that_contradict_each_other_are_settled_and_the_page_says_which_fell_back(page: Page) -> None:
    page.visit({"output": "tanh", "dataset": "blobs"}).turn("classes", 3)
    assert page.query == {"dataset": "blobs", "classes": "3"}
    assert page.notices == "output must be auto, softmax, sigmoids or linear for 3 classes. Got tanh."
    assert page.widget("knob_output").value == "auto"


def test_too_many_classes_for_the_dataset_fall_back(page: Page) -> None:
    page.visit({"dataset": "blobs", "classes": "6"}).turn("dataset", "classification")
    assert page.query == {"dataset": "classification"}
    assert page.notices == "classes must be in [2, 4] for classification. Got 6."


@pytest.mark.slow
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from([*PART_OF, "foo", "embed_"]), st.text(max_size=60), max_size=8))
def test_no_link_breaks_the_page(page: Page, link: dict[str, str]) -> None:
    page.visit(dict(link))
    experiment = page.runs.held[page.token]
    assert page.query == experiment.to_query()
    assert Experiment.from_query(page.query) == (experiment, [])


@given(st.text())
def test_escaped_text_keeps_its_words_and_has_no_bare_markup(text: str) -> None:
    shown = escaped(text)
    assert shown.replace("\\", "") == text.replace("\\", "")
    for sign in "*_`[]<>$#":
        assert shown.count(sign) == shown.count(f"\\{sign}")
