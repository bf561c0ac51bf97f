"""Every knob has a widget that takes what a link may hold, and every widget writes the link."""

from __future__ import annotations

from typing import Any

import pytest

from playground.core import Experiment, bounds, choices
from playground.core.datasets import Elsewhere, own_knobs
from playground.core.knobs import PART_OF, default
from playground.core.relevance import matters
from playground.lessons.presets import load_presets
from playground.ui.controls import datasets
from playground.ui.controls.words import CHOICES, KNOBS, PICKS

from .conftest import Page

# Knob, a link in which it matters, what the widget is given, what the link then says.
TURNS: list[tuple[str, dict[str, str], Any, str]] = [
    ("dataset", {}, "spiral", "spiral"),
    ("samples", {}, "777", "777"),
    ("noise", {}, 0.25, "0.25"),
    ("test", {}, 0.3, "0.3"),
    ("validation", {}, 0.2, "0.2"),
    ("classes", {"dataset": "blobs"}, 5, "5"),
    ("data_seed", {}, 17, "17"),
    ("factor", {"dataset": "circles"}, 0.5, "0.5"),
    ("gap", {"dataset": "parabolas"}, 1.5, "1.5"),
    ("slope", {"dataset": "parabolas"}, 0.8, "0.8"),
    ("deviation", {"dataset": "blobs"}, 2.5, "2.5"),
    ("centers", {"dataset": "blobs"}, "0, 0, 15, 15", "0,0,15,15"),
    ("rule", {"dataset": "formula"}, "x1 > x2", "x1 > x2"),
    ("separation", {"dataset": "classification"}, 2.0, "2"),
    ("balance", {}, 0.9, "0.9"),
    ("scaled", {"dataset": "iris"}, False, "false"),
    ("reach", {"dataset": "spirals"}, "12.5", "12.5"),
    ("features", {}, ["x1x2", "x1"], "x1,x1x2"),
    ("standardize", {}, True, "true"),
    ("activation", {}, "relu", "relu"),
    ("init", {}, "he", "he"),
    ("init_deviation", {"init": "normal"}, "0.007", "0.007"),
    ("dropout", {}, 0.2, "0.2"),
    ("batch_norm", {}, True, "true"),
    ("l1", {}, "0.0125", "0.0125"),
    ("l2", {}, "10", "10"),
    ("regularization", {}, "playground", "playground"),
    ("output", {}, "tanh", "tanh"),
    ("loss", {}, "mse", "mse"),
    ("optimizer", {}, "adam", "adam"),
    ("learning_rate", {}, "0.042", "0.042"),
    ("momentum", {"optimizer": "nesterov"}, "0.99", "0.99"),
    ("schedule", {}, "cosine", "cosine"),
    ("schedule_factor", {"schedule": "exponential"}, "7", "7"),
    ("schedule_epochs", {"schedule": "step"}, 25, "25"),
    ("batch_size", {}, "33", "33"),
    ("epochs", {}, "61", "61"),
    ("seed", {}, 4, "4"),
    ("patience", {}, 20, "20"),
    ("min_delta", {"patience": "5"}, "0.02", "0.02"),
    ("restore_best", {"patience": "5"}, True, "true"),
]


def test_every_field_is_turned_here() -> None:
    elsewhere = {name for name, knob in own_knobs().items() if isinstance(knob.shown, Elsewhere)}
    assert {name for name, *_ in TURNS} | {"hidden"} | elsewhere == set(PART_OF)


@pytest.mark.parametrize(("name", "link", "value", "text"), TURNS, ids=[name for name, *_ in TURNS])
def test_turning_a_knob_changes_the_link_and_the_run(
    page: Page, name: str, link: dict[str, str], value: Any, text: str
) -> None:
    page.visit(link).turn(name, value)
    assert page.query == {**link, name: text}
    assert page.runs.held[page.token] == Experiment.from_query({**link, name: text})[0]
    assert page.notices == ""


@pytest.mark.parametrize(("name", "link", "value", "text"), TURNS, ids=[name for name, *_ in TURNS])
def test_a_link_turns_the_knob(page: Page, name: str, link: dict[str, str], value: Any, text: str) -> None:
    page.visit({**link, name: text})
    shown = page.widget(f"knob_{name}").value
    if name == "features":
        assert sorted(shown) == sorted(value)
    else:
        assert shown == (text if isinstance(value, str) else value)
    assert page.query == {**link, name: text}


def test_every_knob_has_a_label_and_help_and_every_choice_a_label() -> None:
    assert set(KNOBS) == set(PART_OF)
    assert all(words.label and words.help.endswith(".") for words in KNOBS.values())
    for name in PART_OF:
        assert set(choices(name)) == set(CHOICES.get(name, {}))


def test_every_value_offered_can_be_chosen() -> None:
    for name, texts in PICKS.items():
        for text in texts:
            assert Experiment.from_query({name: text})[1] == []


def test_every_dataset_has_a_picture() -> None:
    pictures = {path.stem for path in datasets.THUMBNAILS.glob("*.svg")}
    assert pictures == set(choices("dataset"))


@pytest.mark.parametrize("name", ["data_seed", "seed", "patience"])
def test_number_widgets_take_exactly_the_range_of_the_field(page: Page, name: str) -> None:
    widget = page.visit().widget(f"knob_{name}")
    assert (widget.min, widget.max) == bounds(name)


@pytest.mark.parametrize("name", ["noise", "test", "validation", "dropout", "balance"])
def test_sliders_span_exactly_the_range_of_the_field(page: Page, name: str) -> None:
    widget = page.visit().widget(f"knob_{name}")
    assert (widget.min, widget.max) == bounds(name)


def test_the_number_of_layers_and_each_width_and_activation_can_be_chosen(page: Page) -> None:
    page.visit().put("knob_layers", 4)
    assert page.query == {"hidden": "4,2,2,2"}
    page.put("knob_width_1", 128)
    assert page.query == {"hidden": "4,128,2,2"}
    page.put("knob_activation_each", True).put("knob_activation_2", "relu")
    assert page.query == {"hidden": "4,128,2,2", "activation": "tanh,tanh,relu,tanh"}
    page.put("knob_layers", 3)
    assert page.query == {"hidden": "4,128,2", "activation": "tanh,tanh,relu"}
    page.put("knob_activation_each", False)
    assert page.query == {"hidden": "4,128,2"}
    page.put("knob_layers", 0)
    assert page.query == {"hidden": "none"}
    assert not page.has("knob_activation")
    page.put("knob_layers", 8)
    assert page.query == {"hidden": ",".join(["4"] * 8)}
    assert page.widget("knob_layers").max == 8


def test_a_linear_pair_before_the_output_is_a_layer_that_can_be_switched_on_and_off(page: Page) -> None:
    page.visit({"hidden": "6", "activation": "relu"})
    assert page.widget("knob_linear_pair").value is False
    page.put("knob_linear_pair", True)
    assert page.query == {"hidden": "6,2", "activation": "relu,linear"}
    assert page.runs.held[page.token].model.activations == ("relu", "linear")
    page.put("knob_linear_pair", False)
    assert page.query == {"hidden": "6", "activation": "relu"}


def test_a_linear_pair_joins_layers_with_activations_of_their_own_and_all_linear_ones(page: Page) -> None:
    page.visit({"hidden": "4,8", "activation": "tanh,relu"}).put("knob_linear_pair", True)
    assert page.query == {"hidden": "4,8,2", "activation": "tanh,relu,linear"}
    page.put("knob_linear_pair", False)
    assert page.query == {"hidden": "4,8", "activation": "tanh,relu"}
    page.visit({"hidden": "4", "activation": "linear"}).put("knob_linear_pair", True)
    assert page.query == {"activation": "linear"}


def test_a_linear_pair_can_be_the_only_hidden_layer(page: Page) -> None:
    page.visit({"hidden": "none"}).put("knob_linear_pair", True)
    assert page.query == {"hidden": "2", "activation": "linear"}
    page.put("knob_linear_pair", False)
    assert page.query == {"hidden": "none"}
    page.put("knob_layers", 1)
    assert page.query == {"hidden": "4"}


@pytest.mark.parametrize(
    ("link", "shown"),
    [
        ({}, False),
        ({"hidden": "2"}, False),
        ({"hidden": "8,3", "activation": "relu,linear"}, False),
        ({"hidden": "2,4", "activation": "linear,relu"}, False),
        ({"hidden": "8,2", "activation": "relu,linear"}, True),
        ({"activation": "linear"}, True),
    ],
)
def test_the_switch_of_the_linear_pair_shows_how_the_layers_end(page: Page, link: dict[str, str], shown: bool) -> None:
    assert page.visit(link).widget("knob_linear_pair").value is shown


def test_without_room_for_a_linear_pair_its_switch_is_off_limits_and_says_why(page: Page) -> None:
    reason = "There is no room for another layer: a network has at most 8 hidden layers."
    page.visit({"hidden": ",".join(["4"] * 8)})
    assert page.widget("knob_linear_pair").disabled
    assert reason in [caption.value for caption in page.app.caption]
    page.put("knob_layers", 7)
    assert not page.widget("knob_linear_pair").disabled
    assert reason not in [caption.value for caption in page.app.caption]
    page.put("knob_linear_pair", True)
    assert page.query["hidden"] == "4,4,4,4,4,4,4,2"
    assert not page.widget("knob_linear_pair").disabled


def test_knobs_that_do_not_matter_are_hidden_leave_the_link_and_keep_their_value(page: Page) -> None:
    page.visit({"optimizer": "momentum", "momentum": "0.5"}).turn("optimizer", "adam")
    assert not page.has("knob_momentum")
    assert page.query == {"optimizer": "adam"}
    page.turn("optimizer", "nesterov")
    assert page.widget("knob_momentum").value == "0.5"
    assert page.query == {"optimizer": "nesterov", "momentum": "0.5"}


def test_no_preset_holds_a_knob_that_does_not_matter() -> None:
    for preset in load_presets():
        for step in preset.steps:
            parts = (step.experiment.data, step.experiment.model, step.experiment.train)
            values = {name: value for part in parts for name, value in part}
            assert all(matters(name, values) for name in step.query)


def test_a_typed_value_out_of_range_is_refused_with_the_rule_and_changes_nothing(page: Page) -> None:
    page.visit().turn("learning_rate", "0")
    assert page.notices == "learning_rate must be in (0, 100]. Got 0."
    assert page.query == {}
    assert page.widget("knob_learning_rate").value == "0.03"
    page.turn("learning_rate", "fast")
    assert page.notices == "learning_rate must be in (0, 100]. Got 'fast'."
    page.turn("learning_rate", "100")
    assert page.notices == ""
    assert page.query == {"learning_rate": "100"}


def test_a_rule_that_leaves_one_class_is_refused_and_the_one_before_stays(page: Page) -> None:
    before = {"dataset": "formula", "rule": "x1 > x2"}
    page.visit(before).turn("rule", "x1 > 7")
    assert page.notices.startswith("rule must give class 1 at least 1 % of the square from -6 to 6")
    assert page.query == before
    assert page.widget("knob_rule").value == "x1 > x2"


def test_the_last_feature_cannot_be_taken_away(page: Page) -> None:
    page.visit({"features": "x1"}).turn("features", [])
    assert "features must be" in page.notices
    assert page.widget("knob_features").value == ["x1"]
    assert page.query == {"features": "x1"}


@pytest.mark.parametrize(("dataset", "drawn"), [("xor", True), ("formula", True), ("iris", False), ("drawn", False)])
def test_it_is_said_what_the_seed_of_the_data_does(page: Page, dataset: str, drawn: bool) -> None:
    says = page.visit({"dataset": dataset}).widget("knob_data_seed").help
    assert ("draws other points" in says, "splits them otherwise" in says) == (drawn, not drawn)


def test_new_data_draws_another_seed(page: Page) -> None:
    page.visit().click("new_data")
    assert set(page.query) == {"data_seed"}
    assert 0 < int(page.query["data_seed"]) < 10_000


def test_defaults_leave_the_link_empty(page: Page) -> None:
    page.visit({"noise": "0.5"}).turn("noise", default("noise"))
    assert page.query == {}


def test_what_is_read_aloud_holds_no_markup_and_every_help_has_a_name(page: Page) -> None:
    app = page.visit().app
    widgets = (*app.selectbox, *app.number_input, *app.slider, *app.toggle, *app.button_group, *app.text_input)
    assert len(widgets) > 20
    assert not [each.label for each in widgets if set("*_`[") & set(each.label)]
    assert not [each.value for each in app.subheader if each.proto.help], "its button would be called Help alone"
