"""Walls: what a link of one opens, what each refusal says, and that nothing else is lost."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from playground.core import Experiment, bounds, choices
from playground.core.datasets import Picks, Slider, Switch, own_knobs
from playground.core.knobs import PART_OF
from playground.core.page_view import NAMES as VIEW_NAMES
from playground.core.parts import MAX_SEED
from playground.core.relevance import matters
from playground.core.wall import MAX_NETWORKS, NAMES, Axis, Wall, offered, values_of
from playground.core.wall.axis import KNOBS, LOGARITHMIC
from playground.core.wall.offers import OFFERED
from playground.core.wall.shape import SCHEMAS
from playground.lessons.presets import load_presets


def opened(**query: str) -> Wall:
    wall, refused = Wall.from_query(query)
    assert refused == []
    return wall


def links(wall: Wall) -> list[dict[str, str]]:
    return [experiment.to_query() for experiment in wall.experiments]


def several(count: int, knob: str = "noise") -> str:
    return f"{knob}:" + "|".join(str((place + 1) / 1000) for place in range(count))


# What a link opens -----------------------------------------------------------------------------------------------


def test_without_axes_a_wall_is_its_base() -> None:
    wall = opened(dataset="xor")
    assert wall.experiments == (Experiment.from_query({"dataset": "xor"})[0],)
    assert (wall.n_rows, wall.n_columns, wall.seeds) == (1, 1, 1)
    assert wall == Wall(wall.base)
    assert Wall.from_query({}) == (Wall(), [])


def test_the_experiments_go_row_by_row_with_the_seeds_innermost() -> None:
    wall = opened(dataset="xor", seed="7", rows="hidden:4|8,8", columns="learning_rate:0.01|0.1", seeds="3")
    assert links(wall) == [
        {"dataset": "xor", "hidden": hidden, "learning_rate": rate, "seed": seed}
        for hidden in ("4", "8,8")
        for rate in ("0.01", "0.1")
        for seed in ("7", "8", "9")
    ]
    assert (wall.n_rows, wall.n_columns, wall.seeds) == (2, 2, 3)


def test_the_seeds_train_on_the_same_data() -> None:
    wall = opened(data_seed="5", seeds="20")
    assert [experiment.train.seed for experiment in wall.experiments] == list(range(20))
    assert {experiment.data for experiment in wall.experiments} == {wall.base.data}


def test_every_place_and_label_is_that_of_its_experiment() -> None:
    wall = opened(rows="hidden:4|8,8", columns="learning_rate:0.01|0.1|1", seeds="2")
    assert wall.rows is not None and wall.columns is not None
    for index, experiment in enumerate(wall.experiments):
        row, column, seed = wall.place(index)
        assert experiment.model.hidden == wall.rows.values[row]
        assert experiment.train.learning_rate == wall.columns.values[column]
        assert experiment.train.seed == seed
        assert wall.label(index) == {
            "hidden": wall.rows.labels[row],
            "learning_rate": wall.columns.labels[column],
            "seed": str(seed),
        }
    with pytest.raises(IndexError, match=r"^index must be in \[0, 11\]\. Got 12\.$"):
        wall.place(12)


def test_with_one_seed_a_label_does_not_name_it() -> None:
    assert opened(rows="l2:0|0.1").label(1) == {"l2": "0.1"}


def test_one_axis_may_be_either() -> None:
    rows, columns = opened(rows="noise:0|0.1"), opened(columns="noise:0|0.1")
    assert rows.experiments == columns.experiments
    assert (rows.n_rows, rows.n_columns, columns.n_rows, columns.n_columns) == (2, 1, 1, 2)


def test_a_link_holds_what_differs_and_values_as_a_link_spells_them() -> None:
    wall, refused = Wall.from_query(
        {"rows": " hidden : 8 , 8 || none", "columns": "learning_rate:1e-1|.03|1.0", "seeds": "1", "noise": "0"}
    )
    assert wall.to_query() == {"rows": "hidden:8,8|none", "columns": "learning_rate:0.1|0.03|1"}
    assert refused == ["rows must name each value once. Got none twice."]


def test_planned_changes_of_rates_stay_in_every_network() -> None:
    wall = opened(rows="hidden:4|8", columns="l2:0|0.1", learning_rate_from_200="0.3")
    assert all(experiment.rates_at(200).learning_rate == 0.3 for experiment in wall.experiments)
    assert Wall.from_query(wall.to_query()) == (wall, [])


def test_planned_changes_of_a_rate_on_an_axis_go() -> None:
    wall, refused = Wall.from_query(
        {"rows": "learning_rate:0.1|1", "learning_rate_from_9": "5", "learning_rate_from_20": "6", "l2_from_9": "0.1"}
    )
    assert refused == [
        "learning_rate must not change on the way where it is on an axis. Got 2 planned changes, which are left out."
    ]
    assert links(wall) == [{"learning_rate": rate, "l2_from_9": "0.1"} for rate in ("0.1", "1")]


# Depth and width -------------------------------------------------------------------------------------------------


def test_depth_keeps_the_first_widths_and_repeats_the_last() -> None:
    wall = opened(hidden="8,4", rows="depth:0|1|2|4")
    assert [experiment.model.hidden for experiment in wall.experiments] == [(), (8,), (8, 4), (8, 4, 4, 4)]


def test_depth_takes_activations_of_each_layer_along() -> None:
    wall = opened(hidden="8,4", activation="relu,tanh", rows="depth:0|1|3")
    assert [experiment.model.activations for experiment in wall.experiments] == [
        (),
        ("relu",),
        ("relu", "tanh", "tanh"),
    ]


def test_width_is_that_of_every_hidden_layer() -> None:
    wall = opened(hidden="8,4", rows="width:2|16")
    assert [experiment.model.hidden for experiment in wall.experiments] == [(2, 2), (16, 16)]


@pytest.mark.parametrize("hidden", ["8,4", "none"])
def test_depth_and_width_make_the_same_networks_on_either_axis(hidden: str) -> None:
    one = opened(hidden=hidden, rows="depth:1|2|3", columns="width:2|4")
    other = opened(hidden=hidden, rows="width:2|4", columns="depth:1|2|3")
    assert [experiment.model.hidden for experiment in one.experiments] == [
        (units,) * layers for layers in (1, 2, 3) for units in (2, 4)
    ]
    assert set(one.experiments) == set(other.experiments)
    assert [wall.to_query()["rows"] for wall in (one, other)] == ["depth:1|2|3", "width:2|4"]


def test_depth_and_width_are_no_knobs_of_an_experiment() -> None:
    assert not set(SCHEMAS) & set(PART_OF)
    assert Experiment.from_query({"depth": "2"})[1] == ["There is no knob called 'depth'."]


def test_no_name_of_a_wall_is_that_of_a_knob_or_of_the_view() -> None:
    assert not set(NAMES) & {*KNOBS, *VIEW_NAMES}


# What is refused -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "kept", "sentences"),
    [
        ({"rows": "colour:1|2"}, {}, ["There is no knob called 'colour': rows are left out."]),
        (
            {"rows": "", "columns": "noise:0|1"},
            {"columns": "noise:0|1"},
            [
                "rows must be a knob, a colon and its values, like learning_rate:0.01|0.1. Got '': rows are left out.",
            ],
        ),
        (
            {"columns": "hidden:"},
            {},
            [
                "columns must be a knob, a colon and its values, like learning_rate:0.01|0.1. "
                "Got 'hidden:': columns are left out."
            ],
        ),
        ({"rows": ["noise:0", "noise:1"]}, {}, ["rows is given twice; it may be given once."]),
        ({"seeds": ["2", "2", "2"]}, {}, ["seeds is given 3 times; it may be given once."]),
        ({"noise": ["1", "1"], "seeds": "2"}, {"seeds": "2"}, ["noise is given twice; it may be given once."]),
        (
            {"rows": "learning_rate:0|0.1|fast"},
            {"rows": "learning_rate:0.1"},
            ["learning_rate must be in (0, 100]. Got 0.", "learning_rate must be in (0, 100]. Got 'fast'."],
        ),
        (
            {"rows": "depth:9|1.5|2", "columns": "width:0|4"},
            {"rows": "depth:2", "columns": "width:4"},
            [
                "depth must be a whole number in [0, 8]. Got 9.",
                "depth must be a whole number in [0, 8]. Got 1.5.",
                "width must be a whole number in [1, 128]. Got 0.",
            ],
        ),
        (
            {"rows": "noise:2", "dataset": "xor"},
            {"dataset": "xor"},
            ["noise must be in [0, 1]. Got 2.", "rows must hold a value of noise. Got none: rows are left out."],
        ),
        (
            {"rows": "noise:0.1|0.10|0.2|.1"},
            {"rows": "noise:0.1|0.2"},
            ["rows must name each value once. Got 0.1 3 times."],
        ),
        (
            {"rows": "noise:0|1", "columns": "noise:0.5"},
            {"rows": "noise:0|1"},
            ["rows and columns must set different knobs. Got noise and noise: columns are left out."],
        ),
        (
            {"rows": "depth:1|2", "columns": "hidden:4|8"},
            {"rows": "depth:1|2"},
            ["rows and columns must set different knobs. Got depth and hidden: columns are left out."],
        ),
        ({"seeds": "0"}, {}, ["seeds must be a whole number in [1, 256]. Got 0."]),
        ({"seeds": "257"}, {}, ["seeds must be a whole number in [1, 256]. Got 257."]),
        ({"seeds": "2.0"}, {}, ["seeds must be a whole number in [1, 256]. Got 2.0."]),
        ({"seeds": "many"}, {}, ["seeds must be a whole number in [1, 256]. Got 'many'."]),
        (
            {"seeds": "20", "seed": str(MAX_SEED - 4)},
            {"seeds": "5", "seed": str(MAX_SEED - 4)},
            ["The last seed must be at most 2147483647. Got 20 seeds from 2147483643 on: seeds are 5."],
        ),
        (
            {"seeds": "20", "rows": "seed:1|5"},
            {"rows": "seed:1|5"},
            ["seeds must be 1 where seed is on an axis. Got 20."],
        ),
        (
            {"rows": "activation:relu|tanh", "hidden": "none", "columns": "noise:0|1"},
            {"hidden": "none", "columns": "noise:0|1"},
            ["activation makes a difference only with a hidden layer. Got hidden=none: rows are left out."],
        ),
        (
            {"rows": "width:2|4", "hidden": "none"},
            {"hidden": "none"},
            ["width makes a difference only with a hidden layer. Got hidden=none: rows are left out."],
        ),
        (
            {"columns": "momentum:0|0.5"},
            {},
            [
                "momentum makes a difference only with optimizer=momentum or nesterov. "
                "Got optimizer=sgd: columns are left out."
            ],
        ),
        (
            {"columns": "balance:0.1|0.5", "dataset": "blobs", "classes": "3"},
            {"dataset": "blobs", "classes": "3"},
            [
                "balance makes a difference only with points of two classes drawn at random. "
                "Got dataset=blobs, classes=3: columns are left out."
            ],
        ),
        (
            {"rows": "hidden:8|8,8", "activation": "relu,tanh"},
            {"rows": "hidden:8,8", "activation": "relu,tanh"},
            [
                "rows are left without hidden=8: activation must be one name, or one for each of the 1 hidden layers. "
                "Got 2 names."
            ],
        ),
        (
            {"rows": "output:auto|tanh", "columns": "loss:auto|mse|binary_crossentropy|hinge"},
            {"rows": "output:auto|tanh", "columns": "loss:auto|mse|hinge"},
            [
                "columns are left without loss=binary_crossentropy: loss must be auto or one of half_squared, hinge, "
                "mae, mse, squared_hinge for tanh output. Got binary_crossentropy."
            ],
        ),
        (
            {"rows": "output:tanh", "columns": "classes:2|3|4", "dataset": "blobs"},
            {"columns": "classes:2|3|4", "dataset": "blobs"},
            [
                "rows are left without output=tanh: output must be auto, softmax, sigmoids or linear for 3 classes. "
                "Got tanh.",
                "rows are left out: none of their values agrees with the rest.",
            ],
        ),
    ],
)
def test_what_is_refused_is_said_by_its_rule_and_all_else_stays(
    query: dict[str, Any], kept: dict[str, str], sentences: list[str]
) -> None:
    wall, refused = Wall.from_query(query)
    assert refused == sentences
    assert wall.to_query() == kept


def test_a_knob_that_matters_in_some_cells_stays_and_the_others_are_counted() -> None:
    wall, said = Wall.from_query({"rows": "optimizer:sgd|momentum|nesterov", "columns": "momentum:0.5|0.9"})
    assert len(wall.experiments) == 6
    assert said == [
        "momentum makes a difference only with optimizer=momentum or nesterov: it makes none in 2 of 6 cells."
    ]


def test_an_axis_that_an_idle_one_held_up_is_looked_at_again() -> None:
    wall, refused = Wall.from_query(
        {"hidden": "8,8", "activation": "relu,tanh", "rows": "hidden:none", "columns": "activation:relu"}
    )
    assert [sentence.split(":")[0] for sentence in refused] == [
        "activation makes a difference only with a hidden layer. Got hidden=none",
        "rows are left without hidden=none",
        "rows are left out",
    ]
    assert wall.to_query() == {"hidden": "8,8", "activation": "relu,tanh"}


# Bounds ----------------------------------------------------------------------------------------------------------


def test_as_many_networks_as_there_may_be_are_made() -> None:
    wall = opened(rows=several(16), columns=several(16, "l2"))
    assert len(set(wall.experiments)) == MAX_NETWORKS == 256
    assert len(set(opened(seeds="256").experiments)) == 256
    assert len(set(opened(rows=several(256)).experiments)) == 256


def test_of_too_many_networks_seeds_go_first() -> None:
    wall, refused = Wall.from_query({"rows": several(7), "columns": several(5, "l2"), "seeds": "20"})
    assert refused == ["A wall must have at most 256 networks. Got 35 cells × 20 seeds = 700: seeds are 7."]
    assert (wall.n_rows, wall.n_columns, wall.seeds) == (7, 5, 7)


def test_where_one_seed_is_too_many_the_columns_go() -> None:
    wall, refused = Wall.from_query({"rows": several(20), "columns": several(13, "l2"), "seeds": "20"})
    assert refused == [
        "A wall must have at most 256 networks. Got 20 rows × 13 columns = 260: columns are left out.",
        "A wall must have at most 256 networks. Got 20 cells × 20 seeds = 400: seeds are 12.",
    ]
    assert (wall.n_rows, wall.n_columns, wall.seeds) == (20, 1, 12)


def test_many_thousands_of_values_are_counted_and_not_read() -> None:
    wall, refused = Wall.from_query({"rows": "noise:" + "0|" * 1_000_000, "columns": "x" * 1_000_000})
    assert wall == Wall()
    assert refused[0] == "rows must hold at most 256 values. Got 1000001: rows are left out."
    assert refused[1].endswith(f"Got '{'x' * 40}'… (1000000 characters): columns are left out.")


def test_a_value_of_ten_thousand_characters_is_quoted_in_short() -> None:
    _, refused = Wall.from_query({"rows": f"noise:{'9' * 10_240}|{'x' * 10_240}|0", "seeds": "9" * 10_240})
    assert refused == [
        f"noise must be in [0, 1]. Got '{'9' * 40}'… (10240 characters).",
        f"noise must be in [0, 1]. Got '{'x' * 40}'… (10240 characters).",
        f"seeds must be a whole number in [1, 256]. Got '{'9' * 40}'… (10240 characters).",
    ]


def test_a_crowd_of_refused_values_gets_a_bounded_number_of_sentences() -> None:
    _, refused = Wall.from_query({"rows": "noise:" + "|".join(str(place + 2) for place in range(200))})
    assert len(refused) == 22
    assert refused[-2:] == [
        "180 more values are left out.",
        "rows must hold a value of noise. Got none: rows are left out.",
    ]


def test_a_crowd_of_contradictions_gets_a_bounded_number_of_sentences() -> None:
    widths = "|".join(f"{units}" for units in range(1, 101))
    wall, refused = Wall.from_query({"activation": "relu,tanh", "rows": f"hidden:{widths}|8,8"})
    assert refused[-1] == "80 more values are left out."
    assert len(refused) == 21
    assert wall.to_query()["rows"] == "hidden:8,8"


# For all links ---------------------------------------------------------------------------------------------------

NUMBERS = ["0", "-0", "0.1", "1e-3", ".5", "2", "3", "10", "1e999", "nan", "1_0", "٣", ""]
texts = (
    st.text(st.characters(exclude_categories=()), max_size=30)
    | st.sampled_from([*NUMBERS, "none", "8,8", "8,8,8", "relu,tanh", "x1", "x1,x1", "true", "9" * 10_240, "|", ":"])
    | st.sampled_from([name for knob in PART_OF for name in choices(knob)])
)
knobs_or_not = st.sampled_from(KNOBS) | st.sampled_from(["hidden", "activation", "depth", "width", "learning_rate"])
axes = st.tuples(knobs_or_not | texts, st.lists(texts, max_size=8).map("|".join)).map(":".join)
offers = st.sampled_from([*OFFERED, "activation", "dataset", "output", "loss", "optimizer"]).map(
    lambda knob: f"{knob}:{OFFERED.get(knob) or '|'.join(choices(knob))}"
)
anything = texts | axes | offers


@st.composite
def mappings(draw: Callable[..., Any]) -> dict[str, Any]:
    base = st.dictionaries(st.sampled_from([*PART_OF, "learning_rate_from_9", "l2_from_3"]) | texts, texts, max_size=4)
    said = {name: anything | st.lists(anything, max_size=2) for name in NAMES}
    return {**draw(base), **draw(st.fixed_dictionaries({}, optional=said))}


@settings(max_examples=300, deadline=None)
@given(mappings())
@example({"rows": [], "columns": [], "seeds": []})
@example({"rows": "features:x1|\ud800", "\ud800": "\x00"})
def test_no_query_raises_and_the_wall_it_opens_round_trips(mapping: dict[str, Any]) -> None:
    wall, refused = Wall.from_query(mapping)
    again, said = Wall.from_query(wall.to_query())
    assert again == wall
    assert all("makes a difference only" in sentence for sentence in said)
    assert set(said) <= set(refused)
    assert all(sentence.isprintable() and len(sentence) < 500 for sentence in refused)
    assert len(wall.experiments) == wall.n_rows * wall.n_columns * wall.seeds <= MAX_NETWORKS
    assert all(Experiment.from_query(each.to_query()) == (each, []) for each in wall.experiments)


@settings(max_examples=100, deadline=None)
@given(st.fixed_dictionaries({"rows": offers, "columns": offers, "seeds": st.sampled_from(["1", "3"])}))
def test_an_axis_that_is_cut_or_left_out_is_said(query: dict[str, str]) -> None:
    wall, refused = Wall.from_query(query)
    for name, axis in (("rows", wall.rows), ("columns", wall.columns)):
        if axis is None or axis.text != query[name]:
            assert any(name in sentence for sentence in refused)


def test_each_experiment_is_the_base_with_the_values_of_its_label() -> None:
    wall = opened(dataset="spiral", rows="batch_size:5|20", columns="activation:relu|elu", seeds="2")
    for index, experiment in enumerate(wall.experiments):
        assert Experiment.from_query({"dataset": "spiral", **wall.label(index)}) == (experiment, [])


# A wall made in Python -------------------------------------------------------------------------------------------


def test_a_wall_made_of_its_parts_is_that_of_its_link() -> None:
    made = Wall(Experiment(), Axis("hidden", ((4,), (8, 8))), Axis("learning_rate", (0.01, 0.1)), 3)
    assert made == opened(rows="hidden:4|8,8", columns="learning_rate:0.01|0.1", seeds="3")


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: Axis("colour", (1,)), "There is no knob called 'colour'."),
        (lambda: Axis("noise", ()), "An axis must have 1 to 256 values. Got 0."),
        (lambda: Axis("noise", (0.1, 0.1)), "The values of an axis must differ. Got (0.1, 0.1)."),
        (lambda: Wall(seeds=0), "seeds must be a whole number in [1, 256]. Got 0."),
        (
            lambda: Wall(rows=Axis("noise", (2.0,))),
            "rows are left without noise=2: noise must be in [0, 1]. Got 2.",
        ),
        (
            lambda: Wall(rows=Axis("momentum", (0.5,))),
            "momentum makes a difference only with optimizer=momentum or nesterov. Got optimizer=sgd: "
            "rows are left out.",
        ),
    ],
)
def test_what_is_no_wall_cannot_be_made(make: Callable[[], object], sentence: str) -> None:
    with pytest.raises(ValueError) as refusal:
        make()
    assert str(refusal.value) == sentence


# Axes ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("knob", "values", "scale", "positions"),
    [
        ("learning_rate", (0.001, 0.1, 10.0), "log", (-3, -1, 1)),
        ("l2", (0.0, 0.001, 0.01, 0.1), "log_with_zero", (-4, -3, -2, -1)),
        ("l2", (0.1, 0.0, 0.001), "log_with_zero", (-1, -5, -3)),
        ("l2", (0.0, 0.01), "log_with_zero", (-3, -2)),
        ("l2", (0.0,), "linear", (0,)),
        ("noise", (0.0, 0.1, 0.5), "linear", (0, 0.1, 0.5)),
        ("depth", (1, 2, 5), "linear", (1, 2, 5)),
        ("width", (2, 4, 8), "log", (math.log10(2), math.log10(4), math.log10(8))),
        ("hidden", ((4,), (8, 8)), "names", (0, 1)),
        ("batch_norm", (False, True), "names", (0, 1)),
        ("activation", (("relu",), ("tanh",)), "names", (0, 1)),
    ],
)
def test_the_values_of_an_axis_stand_apart_by_its_scale(
    knob: str, values: tuple[Any, ...], scale: str, positions: tuple[float, ...]
) -> None:
    axis = Axis(knob, values)
    assert axis.scale == scale
    assert axis.positions == pytest.approx(positions)


def test_logarithmic_axes_are_of_knobs_that_are_numbers_and_never_below_zero() -> None:
    assert set(KNOBS) >= LOGARITHMIC
    assert all(bounds(knob)[0] >= 0 for knob in LOGARITHMIC - set(SCHEMAS))


# What is offered -------------------------------------------------------------------------------------------------

BASES = [
    Experiment(),
    *(step.experiment for preset in load_presets() for step in preset.steps),
    *(Experiment.from_query({"dataset": name})[0] for name in choices("dataset")),
    Experiment.from_query({"hidden": "none"})[0],
    Experiment.from_query({"hidden": "8,4,2", "activation": "relu,tanh,elu", "learning_rate_from_9": "1"})[0],
]


@pytest.mark.parametrize("base", BASES, ids=lambda base: str(sorted(base.to_query().items()))[:60])
def test_what_is_offered_is_an_axis_as_it_is(base: Experiment) -> None:
    for knob, texts in offered(base).items():
        query = {**base.to_query(), "rows": f"{knob}:{'|'.join(texts)}"}
        wall, refused = Wall.from_query(query)
        assert wall.rows is not None and wall.rows.labels == texts
        assert not [sentence for sentence in refused if "planned change" not in sentence]


def test_every_knob_that_matters_is_offered_but_where_a_list_of_the_base_settles_it() -> None:
    for base in BASES:
        values = {**dict(base.data), **dict(base.model), **dict(base.train)}
        mattering = {knob for knob in PART_OF if matters(knob, values)}
        by_centers = {"classes"} if "centers" in base.to_query() else set()
        by_activations = {"hidden"} if len(base.model.activation) > 1 else set()
        not_on_axes = {knob for knob in own_knobs() if not isinstance(own_knobs()[knob].shown, Slider | Picks | Switch)}
        assert mattering - set(offered(base)) <= not_on_axes | by_centers | by_activations


def test_every_value_offered_is_one_its_knob_may_hold() -> None:
    for knob, texts in OFFERED.items():
        refused = Wall.from_query({"rows": f"{knob}:{texts}"})[1]
        assert all(sentence.startswith(f"{knob} makes a difference only") for sentence in refused)


def test_without_hidden_layers_no_width_and_no_activation_is_offered() -> None:
    names = offered(Experiment.from_query({"hidden": "none"})[0])
    assert not {"width", "activation", "dropout", "batch_norm"} & set(names)
    assert "depth" in names


# What is typed ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("knob", "text", "values"),
    [
        ("learning_rate", "0.01 | 0.1|1", "0.01|0.1|1"),
        ("noise", "0.1..0.5", "0.1|0.2|0.3|0.4|0.5"),
        ("noise", "0.125..0.5 x3", "0.125|0.31|0.5"),
        ("noise", "0.5..0.1 x 3", "0.5|0.3|0.1"),
        ("learning_rate", "log 0.001..1 x7", "0.001|0.0032|0.01|0.032|0.1|0.32|1"),
        ("learning_rate", "LOG 0.001..1 X4", "0.001|0.01|0.1|1"),
        ("l2", "0|log 1e-3..1 x4", "0|0.001|0.01|0.1|1"),
        ("depth", "1..5", "1|2|3|4|5"),
        ("depth", "1..3", "1|2|3"),
        ("batch_size", "log 1..100", "1|3|10|32|100"),
        ("hidden", "4|8, 8", "4|8, 8"),
        ("activation", "relu..tanh", "relu..tanh"),
        ("noise", "much", "much"),
        ("noise", "0.5..0.505 x6", "0.5|0.501|0.502|0.503|0.504|0.505"),
    ],
)
def test_lists_and_ranges_are_read(knob: str, text: str, values: str) -> None:
    assert values_of(text, knob) == tuple(values.split("|"))


@pytest.mark.parametrize("text", ["a..b", "..", "1..2 of 3", "1..2x3", "1..nan", "0.1..1e999", "log ..3", "1..2..3"])
def test_what_is_no_range_is_refused_by_the_rule(text: str) -> None:
    with pytest.raises(ValueError, match=r"^A range must be two numbers and how many values, like .*\. Got '.*'\.$"):
        values_of(text, "l2")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("log 0..1", "The ends of a log range must be above 0. Got 'log 0..1'."),
        ("0..1 x1", "A range must have 2 to 256 values. Got 1."),
        ("0..1 x257", "A range must have 2 to 256 values. Got 257."),
        ("0..1 x200|1..2 x200", "An axis must have 1 to 256 values. Got 399."),
        ("|" * 999_999, "An axis must have 1 to 256 values. Got 1000000."),
    ],
)
def test_a_range_that_cannot_be_is_refused(text: str, sentence: str) -> None:
    with pytest.raises(ValueError) as refusal:
        values_of(text, "noise")
    assert str(refusal.value) == sentence


@given(anything | st.lists(st.sampled_from(["log ", "0.1", "..", "5", " x3", "|", "-1"])).map("".join), knobs_or_not)
def test_whatever_is_typed_is_read_or_refused_in_a_sentence(text: str, knob: str) -> None:
    try:
        values = values_of(text, knob)
    except ValueError as refusal:
        assert str(refusal).isprintable() and len(str(refusal)) < 300
    else:
        assert 1 <= len(set(values)) == len(values) <= MAX_NETWORKS


def test_what_is_offered_reads_back_as_if_it_were_typed() -> None:
    for knob, texts in offered(Experiment()).items():
        assert values_of("|".join(texts), knob) == texts


@pytest.mark.parametrize(
    ("link", "seeds", "rows", "columns", "sentence"),
    [
        ("hidden=128,128&seeds=256", 234, 1, 1, "4,000,000 weights in all. Got 4,358,400: seeds are 234."),
        ("hidden=128,128,128&rows=l1:0|1&columns=l2:0|0.1|1&seeds=30", 19, 2, 3, "weights in all"),
        ("samples=100000&rows=data_seed:0|1|2|3|4|5|6|7&columns=noise:0|0.1|0.2|0.3|0.4|0.5|0.6", 1, 8, 1, "points"),
    ],
)
def test_a_wall_that_is_too_much_in_all_is_made_smaller(
    link: str, seeds: int, rows: int, columns: int, sentence: str
) -> None:
    wall, refused = Wall.from_query(dict(part.split("=", 1) for part in link.split("&")))
    assert (wall.seeds, wall.n_rows, wall.n_columns) == (seeds, rows, columns)
    assert len(refused) == 1 and sentence in refused[0]
