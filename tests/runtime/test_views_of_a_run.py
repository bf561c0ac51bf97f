"""What a run sends beside the boundary: the diagram, a neuron in focus, rings, views; only what is shown."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np
import pytest

from playground.core import Data, Experiment, Model, Train, axis, expand_features, grid_points, make_dataset
from playground.core.features import FEATURES
from playground.engine import build_model, configure_process, expand
from playground.runtime.jobs.job import Kept
from playground.runtime.jobs.run import Run
from playground.runtime.protocol.packing import unpack
from playground.runtime.protocol.page import Credit, Edit, Focus, Hidden, Show, Viewed, VisiblePlane
from playground.runtime.protocol.show import ViewOptions
from playground.runtime.scene import shown_counts
from playground.runtime.views import answer
from playground.runtime.views.errors import ErrorsOptions
from playground.runtime.views.network import NetworkOptions
from tests.runtime.peers import Clock
from tests.runtime.runs import OpenRun
from tests.runtime.workbench import frame_of, messages_of, train

configure_process()
NETWORK = Show(view=NetworkOptions())
SMALL = Data(samples=60)
NAMES = tuple(FEATURES)


def keras_layers(experiment: Experiment, weights: list[Any], X: Any) -> list[np.ndarray]:
    model = build_model(experiment)
    model.set_weights(weights)
    outputs = [layer.output for layer in model.layers if layer.name.startswith(("hidden_", "output"))]
    found = keras.Model(model.inputs, outputs).predict(expand(experiment, X), verbose=0, batch_size=4096)
    return found if isinstance(found, list) else [found]


def test_the_diagram_shows_what_keras_says_of_every_neuron_and_the_weights_themselves(open_run: OpenRun) -> None:
    experiment = Experiment(
        data=SMALL, model=Model(hidden=(4, 3), activation=("tanh", "relu"), features=("x1", "x1x2"))
    )
    run = open_run(experiment)
    run.show(NETWORK)
    train(run, 3)
    run.look((-3.0, 4.0), (-5.0, 5.0))
    header, arrays = frame_of(run)
    _epoch, weights = run.training.history.weights_at(3)
    maps = keras_layers(experiment, weights, grid_points((-3.0, 4.0), (-5.0, 5.0), 24))[:2]
    columns = header["network"]["columns"]
    assert [column["units"] for column in columns] == [[0, 1, 2, 3], [0, 1, 2]]
    assert columns[0]["reach"] == 1.0
    expected = np.concatenate([m.T.reshape(-1, 24, 24) / c["reach"] for m, c in zip(maps, columns, strict=True)])
    shown = arrays["neurons"].astype(float) / 127.5 - 1
    assert np.abs(shown - np.clip(expected, -1, 1)).max() <= 0.5 / 127.5 + 1e-5
    np.testing.assert_array_equal(arrays["links"], np.concatenate([w.ravel() for w in weights[::2]]))
    np.testing.assert_array_equal(arrays["biases"], np.concatenate(weights[1::2]))


def test_all_inputs_have_maps_sent_once_for_each_view_of_the_plane(open_run: OpenRun) -> None:
    run = open_run(Experiment(data=SMALL))
    run.show(NETWORK)
    header, arrays = frame_of(run)
    reaches = np.array([each["reach"] for each in header["network"]["inputs"]])
    expected = expand_features(grid_points((-6, 6), (-6, 6), 24), NAMES).T.reshape(-1, 24, 24)
    shown = (arrays["inputs"].astype(float) / 127.5 - 1) * reaches[:, None, None]
    limit = reaches[:, None, None]
    assert (np.abs(shown - np.clip(expected, -limit, limit)) <= limit / 250).all()
    assert not any("inputs" in arrays for _header, arrays in train(run, 3))
    run.look((-1.0, 1.0), (-1.0, 1.0))
    assert "inputs" in frame_of(run)[1]
    run.welcome(1)
    assert "inputs" in frame_of(run)[1]


def test_what_is_not_shown_is_never_computed(open_run: OpenRun) -> None:
    run = open_run(Experiment(data=SMALL))
    train(run, 3)
    assert set(run.computed) == {"boundary"}
    run.show(NETWORK)
    train(run, 2)
    run.show(Show())
    counts = dict(run.computed)
    frames = train(run, 3)
    assert {**counts, "boundary": run.computed["boundary"]} == dict(run.computed)
    assert counts["network"] >= 2
    assert all("network" not in header for header, _arrays in frames)


def test_looking_back_shows_bit_for_bit_what_was_shown_live(open_run: OpenRun) -> None:
    run = open_run(Experiment(data=SMALL, model=Model(hidden=(12, 9), activation=("relu",))))
    run.show(Show(view=NetworkOptions(), rings=True))
    live = {header["epoch"]: (header, arrays) for header, arrays in [*messages_of(run), *train(run, 40)]}
    for epoch in (0, 1, 2, 3, 7, 8, 31, 33, 39):
        run.scrub(epoch)
        header, arrays = frame_of(run)
        assert header["epoch"] == epoch
        assert header["network"]["columns"] == live[epoch][0]["network"]["columns"]
        for name in ("map", "lines", "neurons", "links", "biases", "wrong"):
            np.testing.assert_array_equal(arrays[name], live[epoch][1][name])


def test_a_wide_layer_shows_its_most_active_neurons_and_pages_through_all(open_run: OpenRun) -> None:
    experiment = Experiment(data=SMALL, model=Model(hidden=(20,), activation=("relu",)))
    run = open_run(experiment)
    run.show(NETWORK)
    header, arrays = frame_of(run)
    X = make_dataset(SMALL).X_train
    activity = np.abs(keras_layers(experiment, run.training.history.weights_at(0)[1], X)[0]).mean(axis=0)
    shown = header["network"]["columns"][0]["units"]
    assert sorted(np.argsort(-activity)[:8].tolist()) == shown
    assert arrays["neurons"].shape == (8, 24, 24) and arrays["links"].shape == (2 * 8 + 8,)
    seen = set(shown)
    for page in (1, 2):
        run.show(Show(view=NetworkOptions(page=page)))
        seen |= set(frame_of(run)[0]["network"]["columns"][0]["units"])
    assert seen == set(range(20))
    run.show(Show(view=NetworkOptions(page=3)))
    assert frame_of(run)[0]["network"]["columns"][0]["units"] == shown


@pytest.mark.parametrize("layer, unit", [(0, 4), (1, 3), (2, 1), (3, 0)])
def test_the_neuron_in_focus_comes_as_keras_computes_it_with_all_its_weights(
    open_run: OpenRun, layer: int, unit: int
) -> None:
    experiment = Experiment(data=SMALL)
    run = open_run(experiment)
    train(run, 2)
    run.focus(Focus(layer=layer, unit=unit))
    header, arrays = frame_of(run)
    focus, n = header["focus"], 64
    weights = run.training.history.weights_at(2)[1]
    points = grid_points((-6, 6), (-6, 6), n)
    layers = [expand_features(points, NAMES), *keras_layers(experiment, weights, points)]
    expected = np.clip(layers[layer][:, unit].reshape(n, n), focus["lo"], focus["hi"])
    step = (focus["hi"] - focus["lo"]) / 255
    shown = focus["lo"] + step * arrays["focus_map"][0]
    assert np.abs(shown - expected).max() <= 0.51 * step
    if layer:
        np.testing.assert_array_equal(arrays["incoming"], weights[2 * layer - 2][:, unit])
        assert focus["bias"] == weights[2 * layer - 1][unit]
    run.focus(None)
    assert "focus" not in frame_of(run)[0]


def test_a_neuron_that_does_not_exist_is_passed_over(open_run: OpenRun) -> None:
    run = open_run(Experiment(data=SMALL))
    for layer, unit in ((1, 4), (3, 1), (9, 0), (0, 7)):
        run.focus(Focus(layer=layer, unit=unit))
        assert "focus" not in frame_of(run)[0]


def test_rings_mark_the_points_that_keras_gets_wrong(open_run: OpenRun) -> None:
    data = Data(samples=60, dataset="xor")
    experiment = Experiment(data=data)
    run = open_run(experiment, shown_points=40)
    run.show(Show(rings=True))
    train(run, 5)
    wrong = train(run, 1)[-1][1]["wrong"]
    points = make_dataset(data)
    shown = shown_counts(data, 40)
    n_train, n_test = shown["train"], shown["test"]
    X = np.concatenate([points.X_train[:n_train], points.X_test[:n_test]])
    y = np.concatenate([points.y_train[:n_train], points.y_test[:n_test]])
    p = keras_layers(experiment, run.training.history.weights_at(6)[1], X)[-1][:, 0]
    np.testing.assert_array_equal(wrong, (p > 0.5) != y)
    assert 0 < wrong.sum() < len(wrong)


def test_an_edited_weight_is_shown_kept_and_trained_on(open_run: OpenRun) -> None:
    run = open_run(Experiment(data=SMALL))
    run.show(NETWORK)
    train(run, 3)
    run.hear(Edit(layer=2, unit=1, source=3, value=1.25))
    run.hear(Edit(layer=1, unit=0, value=-2.0))
    header, arrays = frame_of(run)
    assert (header["epoch"], header["edited"]) == (3, True)
    assert arrays["links"][2 * 4 + 3 * 2 + 1] == 1.25 and arrays["biases"][0] == -2
    assert len(arrays["curves"]) == 1 and arrays["curves"][0, 0] == 3  # its figures are sent anew
    assert header["loss"] == pytest.approx(float(arrays["curves"][0, 1]))
    train(run, 1)
    run.scrub(3)
    assert frame_of(run)[1]["biases"][0] == -2
    saved = run.save()
    assert saved is not None and saved.state is not None and saved.log is not None
    resumed = open_run(Experiment(data=SMALL), Kept(saved.key, saved.state, (saved.log,)), saved.epoch)
    assert resumed.edited
    resumed.scrub(3)
    resumed.show(NETWORK)
    assert frame_of(resumed)[1]["biases"][0] == -2
    run.rewind()
    assert frame_of(run)[0]["edited"] is False


@pytest.mark.parametrize(
    "edit, words",
    [
        ({"layer": 4, "unit": 0}, "layer must be in [1, 3]. Got 4."),
        ({"layer": 1, "unit": 4}, "one of 2 to one of 4"),
        ({"layer": 2, "unit": 0, "source": 4}, "one of 4 to one of 2"),
    ],
)
def test_a_weight_that_does_not_exist_is_refused_with_the_rule(
    open_run: OpenRun, edit: dict[str, Any], words: str
) -> None:
    run = open_run(Experiment(data=SMALL))
    run.hear(Edit(value=1.0, **edit))
    assert words in refusal_of(run) and not run.edited


def refusal_of(run: Run) -> str:
    (refused,) = [header for header, _arrays in messages_of(run) if header["type"] == "refused"]
    return str(refused["message"])


def test_an_earlier_epoch_is_not_edited(open_run: OpenRun) -> None:
    run = open_run(Experiment(data=SMALL))
    train(run, 3)
    run.scrub(1)
    run.hear(Edit(layer=1, unit=0, value=1.0))
    assert "newest epoch" in refusal_of(run)
    assert not run.edited


def test_a_fault_in_a_view_is_said_and_the_run_goes_on(open_run: OpenRun, monkeypatch: Any, caplog: Any) -> None:
    run = open_run(Experiment(data=SMALL))
    messages_of(run)

    def fail(*_arguments: Any) -> Any:
        raise RuntimeError("no such view")

    monkeypatch.setattr(answer, "compute", fail)
    run.show(Show(view=ErrorsOptions()))
    faults = [header for header, _arrays in messages_of(run) if header["type"] == "view"]
    assert faults[0]["fault"] == "This view could not be computed."
    assert train(run, 2)[-1][0]["epoch"] == 2
    assert "no such view" in caplog.text


def test_a_view_waits_until_the_page_has_drawn_the_last_one(open_run: OpenRun, monkeypatch: Any) -> None:
    monkeypatch.setattr(answer, "compute", lambda snapshot, options: ({}, {}))
    run = open_run(Experiment(data=SMALL))
    run.show(Show(view=ErrorsOptions()))
    run.pacing.credits = 4
    types = [unpack(message)[0]["type"] for message in run.turn()]
    assert types == ["frame", "view"]
    run.scrub(0)
    run.step()
    sent = []
    for _ in range(50):
        run.pacing.credits = 4
        sent += [unpack(message)[0] for message in run.turn()]
    assert [each["type"] for each in sent] == ["frame"]
    run.hear(Viewed())
    run.pacing.credits = 4
    assert unpack(run.turn()[0])[0]["epoch"] == 1
    assert not run.wants_turn


def test_a_costly_view_leaves_others_their_time_and_a_cheap_one_follows_the_scrubber(
    open_run: OpenRun, monkeypatch: Any
) -> None:
    seconds = 0.0
    run = open_run(Experiment(data=SMALL))
    clock = run.pacing.clock
    assert isinstance(clock, Clock)

    def compute(snapshot: Any, options: ViewOptions) -> Any:
        clock.wait(seconds)
        return {}, {}

    monkeypatch.setattr(answer, "compute", compute)
    train(run, 3)
    run.show(Show(view=ErrorsOptions()))

    def views_of(epoch: int) -> int:
        run.scrub(epoch)
        return sum(header["type"] == "view" for header, _arrays in messages_of(run))

    assert [views_of(epoch) for epoch in (0, 1, 2)] == [1, 1, 1]
    seconds = 0.2
    assert [views_of(epoch) for epoch in (0, 1, 2)] == [1, 0, 0]
    clock.wait(0.7)
    assert not run.wants_turn, "a fifth of the time is for views: 0.2 s take one"
    clock.wait(0.4)
    assert [header["epoch"] for header, _arrays in messages_of(run)] == [2]


def test_a_page_that_paints_slowly_still_gets_its_view_while_the_network_trains(
    open_run: OpenRun, monkeypatch: Any
) -> None:
    monkeypatch.setattr(answer, "compute", lambda snapshot, options: ({}, {}))
    run = open_run(Experiment(data=SMALL))
    messages_of(run)
    run.play(1)
    run.show(Show(view=ErrorsOptions()))
    kinds = []
    for _ in range(20):
        run.pacing.credits = 0
        run.hear(Credit())  # one at a time: each is spent on a frame
        while run.wants_turn and "view" not in kinds:
            kinds += [unpack(message)[0]["type"] for message in run.turn()]
    assert "view" in kinds


def test_a_hidden_page_gets_no_view(open_run: OpenRun, monkeypatch: Any) -> None:
    monkeypatch.setattr(answer, "compute", lambda snapshot, options: ({}, {}))
    run = open_run(Experiment(data=SMALL))
    messages_of(run)
    run.hear(Hidden())
    run.show(Show(view=ErrorsOptions()))
    assert not run.wants_turn and run.turn() == []
    run.hear(Credit())
    assert [unpack(message)[0]["type"] for message in run.turn()] == ["frame", "view"]


def test_the_view_range_of_the_plane_is_that_of_every_map(open_run: OpenRun) -> None:
    run = open_run(Experiment(data=SMALL, train=Train(seed=3)))
    run.show(NETWORK)
    view = VisiblePlane(x1=(0.0, 2.0), x2=(1.0, 3.0))
    run.look(view.x1, view.x2)
    header, arrays = frame_of(run)
    x1 = axis(0.0, 2.0, 24)
    reach = header["network"]["inputs"][0]["reach"]
    shown = (arrays["inputs"][0, 0].astype(float) / 127.5 - 1) * reach
    assert np.abs(shown - np.clip(x1, -reach, reach)).max() < reach / 200
