"""An entry to a challenge in its worker: its score is Keras's own, in bounded turns with breaks."""

from __future__ import annotations

import json
from concurrent.futures import Future
from typing import Any, cast

import keras
import numpy as np
import pytest
from sklearn.metrics import accuracy_score

import playground.engine as real_engine
from playground.core import Experiment
from playground.core.challenge import SEEDS, Challenge, Entry, Score, hidden_points
from playground.engine import build_model, expand
from playground.runtime import Limits
from playground.runtime.engine import Engine
from playground.runtime.jobs.challenge import SHARE, WORK_SECONDS, EntryJob
from playground.runtime.jobs.job import Kept
from playground.runtime.jobs.kinds import KINDS, Beginning, Made
from playground.runtime.jobs.trainings import Trainings
from playground.runtime.protocol.page import Edit
from playground.runtime.server.keeping import Keeping
from playground.runtime.subjects import ENTRY, key_of, kind_of
from tests.engine.conftest import KerasFit
from tests.runtime import arithmetic_engine
from tests.runtime.peers import Clock
from tests.runtime.runs import OpenRun

SEED = 4711


class Waiting(Clock):
    """A clock on which every look takes a thousandth of a second."""

    def __call__(self) -> float:
        self.now += 0.001
        return self.now


def begun(entry: Entry, engine: Any = real_engine, kept: Kept | None = None, clock: Clock | None = None) -> EntryJob:
    beginning = Beginning(entry, kept, entry.epochs)
    made: list[Made] = []
    for recipe in KINDS[ENTRY].recipes("job", beginning):
        made.append(Future())
        made[-1].set_result(recipe.make(cast(Engine, engine)))
    trainings = Trainings(cast(Engine, engine), Limits())
    job = KINDS[ENTRY].begin(trainings, made, beginning, clock or Waiting())
    assert isinstance(job, EntryJob)
    return job


def said_by(job: EntryJob) -> dict[str, Any]:
    """What comes of it, turn by turn."""
    said: list[bytes] = []
    while not job.at_rest:
        said += job.turn() if job.wants_turn else []
    assert job.standing["state"] == "finished"
    (packed,) = said
    found: dict[str, Any] = json.loads(packed)
    return found


def score_of(entry: Entry, **options: Any) -> Score:
    return Score.from_texts(said_by(begun(entry, **options))["score"])


def experiment_of(link: str) -> Experiment:
    experiment, refused = Experiment.from_query(dict(part.split("=", 1) for part in link.split("&")))
    assert refused == []
    return experiment


class Rates(keras.callbacks.Callback):  # type: ignore[misc]
    """Keras's own training with the experiment's changes of rates, judged by scikit-learn after each epoch."""

    def __init__(self, experiment: Experiment, challenge: Challenge) -> None:
        super().__init__()
        self._experiment = experiment
        X, self._y = hidden_points(experiment.data, challenge.seed)
        self._inputs = expand(experiment, X)
        self.accuracies: list[float] = []

    def on_train_begin(self, logs: Any = None) -> None:
        self._judge()

    def on_epoch_begin(self, epoch: int, logs: Any = None) -> None:
        self.model.optimizer.learning_rate = self._experiment.rates_at(epoch).learning_rate

    def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
        self._judge()

    def _judge(self) -> None:
        outputs = np.asarray(self.model(self._inputs, training=False))
        called = outputs.argmax(axis=1) if outputs.shape[1] > 1 else outputs[:, 0] > 0.5
        self.accuracies.append(accuracy_score(self._y, called))


def accuracies_of(experiment: Experiment, epochs: int, challenge: Challenge) -> np.ndarray:
    """The accuracy on the hidden points after each epoch of `keras.Model.fit`, the untrained network first."""
    rates = Rates(experiment, challenge)
    KerasFit(experiment).run(epochs, callbacks=[rates])
    return np.array(rates.accuracies)


ENTRIES = {
    "two classes, a changed rate": ("samples=200&learning_rate=0.01&learning_rate_from_8=0.3&epochs=500", 25),
    "three classes": ("dataset=blobs&classes=3&deviation=1.6&samples=120&optimizer=adam&hidden=6", 20),
    "noise and another part": ("dataset=moons&noise=0.2&samples=150&validation=0.3&learning_rate=0.1", 15),
    "batch normalisation": ("dataset=xor&samples=100&batch_norm=true&learning_rate=0.1", 12),
}


@pytest.mark.parametrize("name", ENTRIES)
def test_a_score_is_that_of_keras_fit_on_the_same_hidden_points(name: str) -> None:
    link, epochs = ENTRIES[name]
    experiment, target = experiment_of(link), 0.8
    challenge = Challenge("fewest_epochs", target, SEED)
    score = score_of(Entry(experiment, epochs, challenge))
    oracle = accuracies_of(experiment, epochs, challenge)
    assert score.accuracy == pytest.approx(oracle.max(), abs=0.004)
    assert oracle[score.epoch] == pytest.approx(oracle.max(), abs=0.008)
    assert not (oracle[: score.epoch] > score.accuracy + 0.004).any(), "the first such epoch"
    if oracle.max() > target + 0.01:
        assert score.reached is not None and oracle[score.reached] >= target - 0.008
        assert not (oracle[: score.reached] >= target + 0.008).any()
    assert score.parameters == sum(int(np.prod(v.shape)) for v in build_model(experiment).trainable_variables)
    assert score.of_seeds == () and not score.edited


@pytest.mark.parametrize("link", ["samples=120&learning_rate=0.1", "samples=60&learning_rate=0.1&batch_norm=true"])
def test_from_five_seeds_each_is_what_keras_makes_of_it_and_the_worst_counts(link: str) -> None:
    experiment, challenge, epochs = experiment_of(link), Challenge("most_robust", None, SEED), 8
    entry = Entry(experiment, epochs, challenge)
    score = score_of(entry)
    oracles = [accuracies_of(each, epochs, challenge) for each in entry.experiments]
    assert [each.train.seed for each in entry.experiments] == list(challenge.seeds) and len(oracles) == SEEDS
    assert np.allclose(score.of_seeds, [each.max() for each in oracles], atol=0.006)
    assert score.accuracy == min(score.of_seeds)


def test_a_network_that_ends_early_or_diverges_is_judged_by_what_it_was_till_then() -> None:
    early = score_of(
        Entry(experiment_of("samples=60&patience=2&epochs=400&learning_rate=1"), 300, Challenge("best_accuracy"))
    )
    assert 0 < early.accuracy <= 1 and early.epoch < 300
    wild = "samples=60&hidden=4,4&activation=relu&output=linear&loss=hinge&learning_rate=100&init=normal"
    diverged = score_of(Entry(experiment_of(wild), 50, Challenge("best_accuracy")))
    assert 0 <= diverged.accuracy <= 1


@pytest.mark.parametrize("kind", ["best_accuracy", "most_robust"])
def test_an_untrained_network_has_a_score_too(kind: Any) -> None:
    experiment = experiment_of("samples=60")
    score = score_of(Entry(experiment, 0, Challenge(kind, None, SEED)))
    assert score.epoch == 0 and len(score.of_seeds) == (SEEDS if kind == "most_robust" else 0)


def test_edited_weights_are_judged_as_they_are_and_marked(open_run: OpenRun) -> None:
    experiment = experiment_of("samples=60&hidden=3&learning_rate=0.1")
    run = open_run(experiment)
    for _ in range(3):
        run.step()
        _finish(run)
    run.hear(Edit(layer=1, unit=0, source=1, value=2.5))
    _finish(run)
    saved = run.save()
    assert saved is not None
    keep = Keeping().take(saved)
    assert keep is not None
    challenge = Challenge("fewest_parameters", 0.3, SEED)
    score = score_of(Entry(experiment, saved.epoch, challenge, as_it_is=True), kept=keep.value())
    model = build_model(experiment)
    epoch, weights = run.training.history.weights_at(run.last_epoch)
    assert any((np.asarray(each) == 2.5).any() for each in weights)
    model.set_weights(weights)
    X, y = hidden_points(experiment.data, SEED)
    outputs = np.asarray(model(expand(experiment, X), training=False))[:, 0]
    assert score.accuracy == pytest.approx(accuracy_score(y, outputs > 0.5), abs=0.002)
    assert (score.epoch, score.reached, score.edited) == (epoch, epoch, True)


def _finish(run: Any) -> None:
    for _ in range(10_000):
        run.pacing.credits = 2
        if not run.wants_turn:
            return
        run.turn()


# Its share


class Slow(arithmetic_engine.Trainer):
    """Every slice takes as long as the test says."""

    seconds = 0.02
    clock = Clock()

    def slices(self, seconds: float = 0.02) -> Any:
        for each in super().slices(seconds):
            self.clock.wait(self.seconds)
            yield each


class SlowEngine:
    """The arithmetic engine with slow slices, on a clock that only they move."""

    def __init__(self, seconds: float) -> None:
        self.clock = Clock()
        trainer = type("Trainer", (Slow,), {"seconds": seconds, "clock": self.clock})
        names = {name: each for name, each in vars(arithmetic_engine).items() if not name.startswith("_")}
        self.__dict__.update({**names, "make_trainer": trainer})


def test_it_takes_no_more_than_its_share_of_the_time() -> None:
    engine = SlowEngine(0.02)
    job = begun(Entry(Experiment(), 50, Challenge("best_accuracy")), engine, clock=engine.clock)
    began, worked = engine.clock.now, 0.0
    while not job.at_rest:
        if job.wants_turn:
            before = engine.clock.now
            job.turn()
            worked += engine.clock.now - before
            assert worked <= SHARE * (engine.clock.now - began) + 0.02 + 1e-9, "but for the turn under way"
        else:
            engine.clock.wait(0.001)
    assert worked > 1.0


def test_what_takes_too_long_is_refused_with_what_can_be_done() -> None:
    engine = SlowEngine(1.0)
    job = begun(Entry(Experiment(), 500, Challenge("best_accuracy")), engine, clock=engine.clock)
    said: list[bytes] = []
    while not said:
        engine.clock.wait(10.0)
        said = job.turn()
    assert json.loads(said[0])["refused"].startswith(
        "A challenge must be trained again by the server within 30 seconds"
    )
    assert WORK_SECONDS <= job.seconds <= WORK_SECONDS + 2


def test_data_without_other_points_are_refused_in_words() -> None:
    experiment = experiment_of("dataset=blobs&deviation=0")
    assert "has no others" in said_by(begun(Entry(experiment, 5, Challenge("best_accuracy"))))["refused"]


def test_an_entry_is_a_job_of_its_own_with_the_program_of_its_experiment() -> None:
    entry = Entry(Experiment(), 5, Challenge("best_accuracy", None, SEED))
    assert kind_of(entry) == ENTRY and key_of(entry) == key_of(entry.experiment)
    assert entry.to_query() == Experiment().to_query(), "what is logged of it tells no seed"
