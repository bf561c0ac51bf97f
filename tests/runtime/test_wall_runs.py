"""A wall in a worker: networks in step, seen together, with the real engine."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from playground.core.grid import grid_points
from playground.core.history import FIGURES
from playground.engine import compile_program, make_network, train, train_wall
from playground.runtime.protocol import page
from playground.runtime.protocol.wall import ENDS
from playground.runtime.scene import scene_of
from playground.runtime.wall_scene import planes_of, wall_scene_of
from tests.channel_types import check_message
from tests.runtime.test_any_message import messages
from tests.runtime.wall_bench import WallBench, wall_of

MIXED = "samples=40&hidden=3,2&rows=learning_rate:0.01|0.1&columns=dropout:0|0.2&seeds=2"
"""Four networks in one stack, and four that train alone."""
COMPARED = "|".join(
    [
        "samples=40&runs=dataset:circle;hidden:3",
        "dataset:xor;hidden:3,2;dropout:0.2",
        "dataset:blobs;classes:3;hidden:4",
        "dataset:hills;hidden:4,2,2;batch_norm:true",
        "dataset:circle;hidden:3;learning_rate:0.1;learning_rate_from_2:1",
        "dataset:circle;hidden:none;epochs:3",
    ]
)
"""Datasets, tasks and depths of all kinds; dropout and batch normalisation train alone."""
DIVERGING = "dataset=plane&samples=30&hidden=2&columns=learning_rate:0.01|100&activation=linear&output=linear"


@pytest.fixture(scope="module")
def small() -> WallBench:
    return WallBench("samples=30&hidden=2&epochs=5&columns=learning_rate:0.01|100&seeds=2")


def figures_of(epochs: list[object]) -> np.ndarray:
    return np.array([[getattr(each, name) for name in FIGURES] for each in epochs])


def test_the_networks_of_a_wall_are_what_they_are_alone_and_keep_step() -> None:
    bench = WallBench(MIXED)
    bench.rest()
    header, _arrays = bench.train(3)
    assert (header["epoch"], header["last_epoch"], len(bench.figures)) == (3, 3, 4)
    for place, experiment in enumerate(bench.wall.experiments):
        alone = [epoch for epoch, _ in zip(train(experiment), range(4), strict=False)]
        own = np.array(bench.figures)[:, place]
        assert np.allclose(own, figures_of(list(alone)), rtol=1e-4, atol=1e-6), experiment


def test_the_maps_are_what_each_network_predicts_over_its_plane() -> None:
    bench = WallBench(MIXED.replace("&seeds=2", ""))
    bench.rest()
    _header, arrays = bench.train(2)
    wall = bench.wall
    *_, last = [items for items, _ in zip(train_wall(wall.experiments), range(3), strict=False)]
    n = arrays["maps"].shape[-1]
    for place, (experiment, plane) in enumerate(zip(wall.experiments, planes_of(wall), strict=True)):
        network = make_network(compile_program(experiment), experiment, last[place].weights)
        expected = network.predict(grid_points(*plane, n)).reshape(n, n)
        assert np.abs(arrays["maps"][place, 0] / 255 - expected).max() < 0.01
    assert arrays["ranges"].tolist() == [[0.0, 1.0]] * 4


def test_untrained_networks_are_seen_before_what_trains_them_is_there() -> None:
    bench = WallBench("samples=40&columns=learning_rate:0.01|0.1&seeds=2", make=False)
    (header, arrays), *_ = bench.rest()
    assert (header["state"], header["waiting"], len(arrays["figures"])) == ("loading", 4, 0)
    assert len(np.unique(arrays["maps"])) == 1, "nothing is known yet"
    bench.make([0])
    header, arrays = bench.rest()[-1]
    assert (header["state"], header["waiting"]) == ("loading", 4) and len(np.unique(arrays["maps"])) > 10
    untrained = arrays["maps"]
    bench.make([1])
    header, arrays = bench.rest()[-1]
    assert (header["state"], header["waiting"], len(bench.figures)) == ("ready", 0, 1)
    assert np.array_equal(arrays["maps"], untrained)


def test_a_wall_plays_from_frame_to_frame_and_pauses() -> None:
    bench = WallBench("samples=40&columns=learning_rate:0.01|0.1")
    bench.rest()
    frames = bench.rest(page.Play(epochs_per_frame=3, until=9))
    assert [header["epoch"] for header, _ in frames if header["epoch"]] == [3, 6, 9]
    assert bench.run.state == "paused" and len(bench.figures) == 10


def test_paused_just_after_a_frame_its_page_is_shown_that_epoch_again() -> None:
    bench = WallBench("samples=40&columns=learning_rate:0.01|0.1")
    bench.rest()
    bench.run.hear(page.Play(epochs_per_frame=1))
    while len(bench.figures) < 2:
        bench.turn()
    (header, _arrays), *_ = bench.rest(page.Pause())  # the page may have passed over the frame before
    assert (header["state"], header["epoch"]) == ("paused", 1)


def test_an_epoch_gone_by_is_seen_as_it_was_and_the_next_one_follows_the_newest() -> None:
    bench = WallBench("samples=40&columns=learning_rate:0.01|0.1")
    bench.rest()
    first = bench.train(1)[1]["maps"]
    bench.train(4)
    header, arrays = bench.rest(page.Scrub(epoch=1))[-1]
    assert (header["epoch"], header["last_epoch"]) == (1, 5) and np.array_equal(arrays["maps"], first)
    assert bench.train(1)[0]["epoch"] == 6


def test_rewound_and_trained_again_it_is_the_same() -> None:
    bench = WallBench(MIXED)
    bench.rest()
    before = bench.train(3)[1]["maps"]
    figures = np.array(bench.figures)
    header, _ = bench.rest(page.Rewind())[-1]
    assert (header["epoch"], header["last_epoch"], len(bench.figures)) == (0, 0, 1)
    assert np.array_equal(bench.train(3)[1]["maps"], before)
    assert np.array_equal(np.array(bench.figures), figures)


def test_taken_up_from_what_was_kept_it_goes_on_as_it_would_have() -> None:
    bench = WallBench(MIXED)
    bench.rest()
    bench.train(2)
    kept = bench.kept()
    bench.train(2)
    successor = WallBench(MIXED, kept, make=False)
    assert successor.run.state == "loading" and successor.run.training.newest == 2
    successor.make(range(len(successor.recipes)))
    successor.rest()
    assert (successor.run.state, len(successor.figures)) == ("paused", 3)
    successor.train(2)
    assert np.array_equal(np.array(successor.figures), np.array(bench.figures))


def test_one_that_was_taken_up_and_rewound_before_its_programs_came_begins_anew() -> None:
    bench = WallBench(MIXED)
    bench.rest()
    untrained = bench.figures[0]
    bench.train(2)
    successor = WallBench(MIXED, bench.kept(), make=False)
    successor.rest(page.Rewind())
    successor.make(range(len(successor.recipes)))
    successor.rest()
    assert successor.run.state == "ready" and np.array_equal(successor.figures[0], untrained)


def test_what_has_diverged_is_told_and_stops_no_other() -> None:
    bench = WallBench(DIVERGING)
    bench.rest()
    header, arrays = bench.rest(page.Play(epochs_per_frame=0, until=60))[-1]
    assert header["state"] == "paused" and header["epoch"] == 60
    assert [ENDS[end] for end in arrays["ended"]] == ["", "diverged"]
    assert arrays["epochs_of"][0] == 60 > arrays["epochs_of"][1]
    assert np.isfinite(bench.figures[-1][0, 0]) and not np.isfinite(bench.figures[-1][1, 0])


def test_a_wall_of_which_all_have_ended_says_how() -> None:
    bench = WallBench("samples=30&hidden=2&rows=epochs:2|3&columns=learning_rate:0.01|0.1")
    bench.rest()
    header, arrays = bench.rest(page.Play(epochs_per_frame=1))[-1]
    assert (header["state"], header["epoch"]) == ("finished", 3)
    assert [ENDS[end] for end in arrays["ended"]] == ["finished"] * 4 and arrays["epochs_of"].tolist() == [2, 2, 3, 3]


def test_several_seeds_are_seen_as_their_mean_with_where_they_disagree_and_opened_each() -> None:
    bench = WallBench("samples=40&hidden=3&columns=learning_rate:0.01|0.1&seeds=3")
    bench.rest()
    bench.train(3)
    header, arrays = bench.rest(page.OpenCell(cell=1))[-1]
    assert header["opened"] == 1
    seeds = arrays["seed_maps"][:, 0].astype(float)
    assert np.abs(seeds.mean(axis=0) - arrays["maps"][1, 0]).max() <= 1
    says_one = (seeds > 127.5).mean(axis=0)
    minority = np.minimum(says_one, 1 - says_one)
    near = (np.abs(seeds - 127.5) < 1).any(axis=0)
    assert np.abs(arrays["spread"][1] / 255 - minority)[~near].max() < 0.01
    assert arrays["disagreement"][1] == pytest.approx(arrays["spread"][1].mean() / 255, abs=0.01)
    assert "seed_maps" not in bench.rest(page.OpenCell(cell=None))[-1][1]


def test_cells_of_several_tasks_are_seen_together() -> None:
    bench = WallBench("samples=60&hidden=2&columns=dataset:circle|blobs&classes=3")
    bench.rest()
    _header, arrays = bench.train(1)
    assert arrays["maps"].shape[:2] == (2, 3)
    assert not arrays["maps"][0, 1:].any(), "two classes have one map"
    assert np.abs(arrays["maps"][1].astype(int).sum(axis=0) - 255).max() <= 2, "probabilities sum to 1"


def test_what_a_page_is_told_first_is_what_the_channel_declares() -> None:
    wall = wall_of(MIXED)
    hello = wall_scene_of(wall, "name")
    check_message(dict(hello), {})
    assert (hello["networks"], hello["seeds"], len(hello["cells"]), len(hello["links"])) == (8, 2, 4, 8)
    assert hello["rows"] is not None and hello["rows"]["scale"] == "log"


def test_a_page_is_told_what_each_cell_holds_fixed_as_the_page_of_one_network_is() -> None:
    wall = wall_of("plane=3,4&columns=dataset:iris|moons")
    cells = wall_scene_of(wall)["cells"]
    facts = [scene_of(each, 100).header["experiment"] for each in wall.experiments]
    assert [(cell["axes"], cell["held"]) for cell in cells] == [(each["axes"], each["held"]) for each in facts]
    assert "sepal length" in cells[0]["held"] and not cells[1]["held"]


def test_a_page_is_told_the_names_of_what_is_compared_and_who_has_which_value_of_what_differs() -> None:
    hello = wall_scene_of(wall_of("samples=40&runs=l2:0;init:zeros|l2:0.1;init:normal;init_deviation:10&names=plain|"))
    check_message(dict(hello), {})
    assert hello["rows"] is None and hello["columns"] is not None
    assert hello["columns"]["knob"] == "run"
    assert hello["columns"]["labels"] == ["plain", "init normal, l2 0.1"]
    told = {each["axis"]["knob"]: (each["axis"]["labels"], each["at"]) for each in hello["differences"]}
    assert told == {"init": (["zeros", "normal"], [0, 1]), "l2": (["0", "0.1"], [0, 1])}
    changed = wall_scene_of(wall_of("runs=same|learning_rate_from_9:0.3"))
    check_message(dict(changed), {})
    (change,) = changed["differences"]
    assert (change["axis"]["knob"], change["axis"]["labels"], change["at"]) == (
        "learning_rate_from_9",
        ["0.3"],
        [-1, 0],
    )


def test_different_things_that_are_compared_train_each_as_it_does_alone() -> None:
    bench = WallBench(COMPARED)
    bench.rest()
    _header, arrays = bench.rest(page.Play(epochs_per_frame=1, until=5))[-1]
    runs = bench.wall.experiments
    assert arrays["maps"].shape[:2] == (len(runs), 3)
    assert [ENDS[end] for end in arrays["ended"]] == ["", "", "", "", "", "finished"]
    for place, experiment in enumerate(runs):
        alone = figures_of([epoch for epoch, _ in zip(train(experiment), range(6), strict=False)])
        own = np.array(bench.figures)[: len(alone), place]
        assert len(alone) == min(experiment.train.epochs, 5) + 1
        assert np.allclose(own, alone, rtol=1e-4, atol=1e-6, equal_nan=True), experiment


def test_a_comparison_is_taken_up_from_what_was_kept() -> None:
    bench = WallBench(COMPARED)
    bench.rest()
    bench.train(2)
    kept = bench.kept()
    bench.train(1)
    successor = WallBench(COMPARED, kept)
    successor.rest()
    successor.train(1)
    assert np.array_equal(np.array(successor.figures), np.array(bench.figures), equal_nan=True)


@settings(max_examples=60, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
@given(st.lists(messages | st.just(page.OneEpoch()) | st.just(page.Rewind()), max_size=8))
def test_whatever_a_page_says_the_wall_goes_on(small: WallBench, told: list[page.PageMessage]) -> None:
    small.rest(*told, page.Pause())
    small.rest(page.Rewind())
    small.train(1)
    assert small.run.training.newest == 1
