"""Which networks of a wall, or a comparison, stand for all of them on a small picture."""

from __future__ import annotations

from urllib.parse import parse_qs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.core.comparison import Comparison
from playground.core.few_networks import MOST_NETWORKS, MOST_PROGRAMS, Few, all_of, columns_for, few_of, spread
from playground.core.stacks import stacks_of
from playground.core.wall import Wall


def few(query: str) -> Few | None:
    return few_of(Wall.from_query(parse_qs(query))[0])


def test_a_small_wall_is_shown_whole_as_it_stands() -> None:
    found = few("rows=learning_rate:0.1|0.3&columns=width:2|4|8")
    assert found is not None and (found.columns, found.networks) == (3, 6)
    assert found.runs.names == ("0.1 · 2", "0.1 · 4", "0.1 · 8", "0.3 · 2", "0.3 · 4", "0.3 · 8")
    assert [run.experiment.model.hidden for run in found.runs.runs[:3]] == [(2, 2), (4, 4), (8, 8)]


def test_of_a_large_wall_rows_and_columns_are_spread_from_the_first_to_the_last() -> None:
    rates = "|".join(str(n / 100) for n in range(1, 9))
    found = few(f"rows=learning_rate:{rates}&columns=width:1|2|3|4|5|6|7&seeds=3")
    assert found is not None and (found.columns, found.networks, len(found.runs.runs)) == (4, 168, 12)
    assert found.runs.names[:4] == ("0.01 · 1", "0.01 · 3", "0.01 · 5", "0.01 · 7")
    assert found.runs.names[-1] == "0.08 · 7"


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("seeds=3&seed=7", ("seed 7", "seed 8", "seed 9")),
        ("rows=learning_rate:0.1|0.3&seeds=5", ("0.1", "0.3")),
        ("columns=dataset:xor|moons", ("xor", "moons")),
    ],
)
def test_they_are_called_by_what_tells_them_apart(query: str, names: tuple[str, ...]) -> None:
    found = few(query)
    assert found is not None and found.runs.names == names


def test_one_network_is_no_wall() -> None:
    assert few("") is None and few("rows=learning_rate:0.1") is None


def test_cells_that_are_the_same_are_shown_once() -> None:
    found = few("rows=activation:relu|tanh&columns=depth:0|1")  # without layers the activation makes no difference
    assert found is not None and len(found.runs.runs) == 3


def test_those_that_cannot_train_as_one_are_few() -> None:
    found = few("rows=depth:0|1|2|3|4|5|6")
    assert found is not None and [len(run.experiment.model.hidden) for run in found.runs.runs] == [0, 3, 6]
    runs = Comparison.from_query({"runs": "|".join(f"batch_size:{n};seed:{n}" for n in range(1, 11))})[0]
    assert runs is not None and len(all_of(runs).runs.runs) == MOST_PROGRAMS and all_of(runs).networks == 10


@given(
    st.lists(st.sampled_from(["0.1", "0.2", "0.3", "0.01", "1"]), max_size=5),
    st.sampled_from(["", "width:1|2|3|4|5|6|7|8", "dropout:0|0.1|0.2", "depth:0|1|2|3|4", "batch_size:1|2|3|4|5|6"]),
    st.integers(1, 20),
)
def test_they_are_networks_of_the_wall_and_few_programs_train_them(rates: list[str], other: str, seeds: int) -> None:
    asked = {"rows": f"learning_rate:{'|'.join(rates)}", "columns": other, "seeds": str(seeds)}
    wall = Wall.from_query(asked)[0]
    found = few_of(wall)
    if found is None:
        return
    experiments = found.runs.experiments
    assert 2 <= len(experiments) <= MOST_NETWORKS and {*experiments} <= {*wall.experiments}
    stacks, alone = stacks_of(experiments)
    assert len(stacks) + len({experiments[place].model.dropout for place in alone}) <= MOST_PROGRAMS


@given(st.integers(1, 300), st.integers(1, 12))
def test_places_are_spread_evenly(count: int, most: int) -> None:
    places = spread(count, most)
    assert len(places) == min(count, most) == len(set(places)) and places == sorted(places)
    assert places[0] == 0 and (len(places) == 1 or places[-1] == count - 1)


def test_a_square_has_room_for_them() -> None:
    assert [columns_for(n) for n in (1, 2, 4, 5, 9, 10, 12)] == [1, 2, 2, 3, 3, 4, 4]
