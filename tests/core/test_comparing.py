"""Experiments side by side: one wall has just these, or none does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.core import Experiment, load_presets
from playground.core.wall import Wall, wall_of


def experiments_of(*queries: dict[str, str]) -> list[Experiment]:
    return [Experiment.from_query(query)[0] for query in queries]


def test_what_differs_in_one_knob_is_on_the_columns_in_the_order_given() -> None:
    wall = wall_of(experiments_of({"noise": "0.5"}, {}, {"noise": "0.2"}))
    assert wall is not None
    assert wall.to_query() == {"columns": "noise:0.5|0|0.2"}


def test_what_differs_in_two_knobs_is_a_wall_if_each_pair_is_there() -> None:
    pairs = [{"noise": noise, "seed": seed} for noise in ("0", "0.5") for seed in ("1", "2")]
    wall = wall_of(experiments_of(*pairs))
    assert wall is not None
    assert wall.to_query() == {"rows": "noise:0|0.5", "columns": "seed:1|2"}
    assert list(wall.experiments) == experiments_of(*pairs)
    assert wall_of(experiments_of(*pairs[:3])) is None


def test_a_knob_that_makes_no_difference_to_some_is_no_difference() -> None:
    normal = {"init": "normal", "init_deviation": "10"}
    wall = wall_of(experiments_of({"init": "zeros"}, normal, {"init": "glorot"}))
    assert wall is not None
    assert wall.to_query() == {"init_deviation": "10", "columns": "init:zeros|normal|glorot"}


@pytest.mark.parametrize(
    "queries",
    [
        pytest.param([{}], id="one"),
        pytest.param([{}, {}], id="twice the same"),
        pytest.param([{}, {"noise": "0.5", "seed": "1", "l2": "0.1"}], id="three knobs"),
        pytest.param([{}, {"noise": "0.5", "seed": "1"}], id="two knobs at once"),
        pytest.param([{}, {"learning_rate_from_20": "0.3"}], id="a change on the way"),
        pytest.param([{"noise": "0.5"}, {"learning_rate_from_20": "0.3"}], id="a change and a knob"),
    ],
)
def test_other_experiments_have_no_wall_of_just_them(queries: list[dict[str, str]]) -> None:
    assert wall_of(experiments_of(*queries)) is None


@given(
    st.sampled_from(["noise:0|0.5", "hidden:none|4|8,8", "optimizer:sgd|adam", "dataset:xor|moons"]),
    st.sampled_from(["seed:1|2|3", "learning_rate:0.1|1", "batch_size:1|10"]),
)
def test_the_cells_of_a_wall_have_that_wall(rows: str, columns: str) -> None:
    wall = Wall.from_query({"rows": rows, "columns": columns})[0]
    found = wall_of(wall.experiments)
    assert found is not None
    assert set(found.experiments) == set(wall.experiments)


def test_a_wall_of_a_preset_has_a_cell_for_each_of_its_runs() -> None:
    walls = [(preset, wall_of([step.experiment for step in preset.steps])) for preset in load_presets()]
    assert all(len(wall.cells) == len(preset.steps) for preset, wall in walls if wall)
    assert sum(wall is not None for _, wall in walls) >= 8
