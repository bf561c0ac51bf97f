"""The signals and the diagnosis as a page gets them: Keras's own numbers, at any epoch, only when asked for."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import tensorflow as tf

from playground.core import Data, Experiment, Model, Train, learning_rate_at, make_dataset
from playground.engine import build_model, configure_process, expand, targets
from playground.runtime.jobs.run import Run
from playground.runtime.protocol.page import Edit, Show
from playground.runtime.protocol.show import ViewOptions
from playground.runtime.views import signals
from tests.runtime.runs import OpenRun
from tests.runtime.workbench import Message, messages_of, train

configure_process()


@pytest.fixture(autouse=True)
def no_view_is_costly(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a loaded machine the first one would be, and the rest would keep a learner waiting."""
    monkeypatch.setattr("playground.runtime.jobs.view_schedule.COSTLY_SECONDS", 60.0)


DATA = Data(samples=60)
EXPERIMENT = Experiment(data=DATA, model=Model(hidden=(5, 3), activation=("relu", "tanh")))


def show(run: Run, view: str, **options: Any) -> Message:
    """The last message of a view once all of it is computed."""
    run.show(Show(view=ViewOptions.known[view].model_validate({"name": view, **options})))
    return [each for each in messages_of(run) if each[0]["type"] == "view"][-1]


def vectors(arrays: list[Any]) -> list[np.ndarray]:
    """Kernel and bias of each layer as one vector."""
    pairs = zip(arrays[::2], arrays[1::2], strict=True)
    return [np.concatenate([np.ravel(kernel), np.ravel(bias)]).astype(np.float64) for kernel, bias in pairs]


def keras_gradients(experiment: Experiment, weights: list[Any]) -> list[Any]:
    model, data = build_model(experiment), make_dataset(experiment.data)
    model.set_weights(weights)
    x, y = expand(experiment, data.X_train), targets(experiment, data.y_train)
    with tf.GradientTape() as tape:
        loss = model.compute_loss(x, y, model(x, training=False))
    return tape.gradient(loss, model.trainable_variables)


@pytest.mark.parametrize("option", ["gradients", "weights", "updates"])
def test_series_are_those_of_gradient_tape_and_of_the_weights(open_run: OpenRun, option: str) -> None:
    run = open_run(EXPERIMENT)
    train(run, 12)
    header, arrays = show(run, "signals", chart=option)
    assert header["layers"] == ["layer 1", "layer 2", "output"]
    assert header["epochs"] == list(range(13)) and "incomplete" not in header
    for epoch, values in zip(header["epochs"], header["values"], strict=True):
        weights = run.training.history.weights_at(epoch)[1]
        if option == "updates":
            if epoch == 0:
                assert values == [None] * 3
                continue
            before = vectors(run.training.history.weights_at(epoch - 1)[1])
            moved = [np.linalg.norm(a - b) for a, b in zip(vectors(weights), before, strict=True)]
            expected = [m / np.linalg.norm(b) for m, b in zip(moved, before, strict=True)]
        else:
            arrays_ = keras_gradients(EXPERIMENT, weights) if option == "gradients" else weights
            expected = [np.linalg.norm(vector) for vector in vectors(arrays_)]
        np.testing.assert_allclose(values, expected, rtol=1e-4)
    figure = json.loads(bytes(arrays["figure"]))
    assert len(figure["data"]) == 3


def test_scrubbing_moves_the_mark_and_gives_that_epochs_values(open_run: OpenRun) -> None:
    run = open_run(EXPERIMENT)
    train(run, 12)
    whole = show(run, "signals", chart="weights")[0]
    run.scrub(4)
    header, arrays = show(run, "signals", chart="weights")
    assert header["epoch"] == 4
    assert header["now"] == whole["values"][4]
    marks = [shape["x0"] for shape in json.loads(bytes(arrays["figure"]))["layout"]["shapes"]]
    assert marks == [4]


def test_of_a_long_run_evenly_spread_epochs_and_the_one_shown_are_computed(open_run: OpenRun) -> None:
    run = open_run(EXPERIMENT)
    train(run, 210)
    run.scrub(133)
    epochs = show(run, "signals", chart="dead")[0]["epochs"]
    assert len(epochs) <= 102 and {0, 133, 208} <= set(epochs)
    steps = np.diff([epoch for epoch in epochs if epoch != 133])
    assert (steps == steps[0]).all()


def test_an_edit_forgets_what_was_computed(open_run: OpenRun) -> None:
    run = open_run(EXPERIMENT)
    train(run, 3)
    before = show(run, "signals", chart="weights")[0]["now"]
    run.hear(Edit(layer=1, unit=0, value=100.0))
    assert show(run, "signals", chart="weights")[0]["now"][0] > 99 > before[0]


def test_dead_and_saturated_shares_are_given_where_they_mean_something(open_run: OpenRun) -> None:
    run = open_run(EXPERIMENT)
    train(run, 1)
    dead, saturated = (show(run, "signals", chart=option)[0]["now"] for option in ("dead", "saturated"))
    assert [value is None for value in dead] == [False, True, True]
    assert [value is None for value in saturated] == [True, False, False]


def test_histograms_hold_every_weight_and_the_rate_is_the_schedules(open_run: OpenRun) -> None:
    schedule = Train(schedule="exponential", schedule_epochs=5)
    experiment = Experiment(data=DATA, model=EXPERIMENT.model, train=schedule)
    run = open_run(experiment)
    train(run, 8)
    header, _arrays = show(run, "signals", chart="histograms")
    kernels = [weight for weight in run.training.history.weights_at(8)[1] if weight.ndim == 2]
    for counts, kernel in zip(header["counts"], kernels, strict=True):
        np.testing.assert_array_equal(counts, np.histogram(kernel, header["edges"])[0])
        assert sum(counts) == kernel.size
    header, arrays = show(run, "signals", chart="rate")
    assert header["now"] == [pytest.approx(learning_rate_at(schedule, 7))]
    assert json.loads(bytes(arrays["figure"]))["data"]


def test_the_first_look_also_compiles_and_yet_shows_more_than_one_epoch(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]

    def signals_at(snapshot: Any, epoch: int) -> str:
        now[0] += 0.001 if now[0] else 1.0
        return f"signals of epoch {epoch}"

    monkeypatch.setattr(signals, "_signals_at", signals_at)
    snapshot: Any = SimpleNamespace(
        experiment=EXPERIMENT, epoch=12, kept_epochs=list(range(13)), memory={}, clock=lambda: now[0]
    )
    known, complete = signals._known(snapshot)
    assert list(sorted(known)) == list(range(13)) and complete


def test_a_healthy_diagnosis_tells_what_was_looked_at(open_run: OpenRun) -> None:
    run = open_run(EXPERIMENT)
    train(run, 30)
    header, _arrays = show(run, "diagnosis")
    loss = next(each["figure"] for each in header["looked"] if each["kind"] == "diverged")
    assert f"to {run.training.history.curves()[30, 1]:.3g}" in loss
    gradients = [
        np.linalg.norm(vector)
        for vector in vectors(keras_gradients(EXPERIMENT, run.training.history.weights_at(30)[1]))
    ]
    share = next(each["figure"] for each in header["looked"] if each["kind"] == "vanishing_gradient")
    assert f"{gradients[0] / max(gradients[1:]):.2g} times" in share
    assert {each["kind"] for each in header["looked"]}.isdisjoint(each["kind"] for each in header["findings"])


def test_a_diagnosis_names_what_is_wrong_at_the_epoch_shown(open_run: OpenRun) -> None:
    query = {"dataset": "plane", "hidden": "none", "learning_rate": "0.3"}
    experiment, refused = Experiment.from_query(query)
    assert not refused
    run = open_run(experiment)
    assert show(run, "diagnosis")[0]["findings"] == []
    run.play(1)
    messages_of(run)
    assert run.state == "diverged"
    (finding,) = show(run, "diagnosis")[0]["findings"]
    assert finding["kind"] == "diverged" and finding["change"]["learning_rate"]
    assert all(finding[part] for part in ("sentence", "figure", "advice", "chart"))
    run.scrub(0)
    assert show(run, "diagnosis")[0]["findings"] == []
    changed, refused = Experiment.from_query({**query, **finding["change"]})
    assert not refused and changed != experiment
