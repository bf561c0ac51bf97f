"""A link as an experiment of ours, and what of it has no equal here.

Names and defaults are those of `State` in https://github.com/tensorflow/playground/blob/master/src/state.ts, what they
do is in playground.ts beside it, and the data are those of dataset.ts, as our datasets are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from playground.core import hidden_controls
from playground.core.experiment import Experiment
from playground.core.page_view import MAPS
from playground.core.parts import Data, Model, Train
from playground.core.query import text_of
from playground.core.tensorflow_playground.fragment import FEATURES, HIDE, WITHOUT_INPUT, values_of
from playground.core.tensorflow_playground.hiding import hidden_controls as hidden_there
from playground.core.tensorflow_playground.settings import Settings
from playground.core.words import quoted

DATASETS = {"circle": "circle", "xor": "xor", "gauss": "gaussians", "spiral": "spiral"}
REGRESSION_DATASETS = {"reg-plane": "plane", "reg-gauss": "hills"}
ACTIVATIONS = {name: name for name in ("relu", "tanh", "sigmoid", "linear")}
REGULARIZATIONS = {"none": "", "L1": "l1", "L2": "l2"}
PROBLEMS = {"classification": False, "regression": True}
SAMPLES, REGRESSION_SAMPLES = 500, 1200
BY_CHANCE = ("xor", "circle")
"""Sets of which chance, or noise, says there how many points are in each class."""


class Reading(NamedTuple):
    """What a link of TensorFlow Playground is here.

    Attributes
    ----------
    experiment : of the same data, network and rates
    sentences : one for each thing that has no equal here, and for each that is refused
    look : how the page looks at it, in the words of our links
    hidden : the controls that are hidden, by the names of `core.hidden_controls`
    """

    experiment: Experiment
    sentences: list[str]
    look: Mapping[str, str]
    hidden: tuple[str, ...]

    @property
    def query(self) -> dict[str, str]:
        """The query of our own link to the same."""
        return {**self.experiment.to_query(), **self.look, **hidden_controls.write(self.hidden)}


def read_link(text: str) -> Reading:
    """What a link stands for: its part after the ``#``, or the whole address. Never raises."""
    values, refused_names = values_of(text)
    settings = Settings(values)
    regression = settings.choice("problem", PROBLEMS, "classification")
    experiment = Experiment(
        data=_data(settings, regression), model=_model(settings, values, regression), train=_train(settings)
    )
    look = _look(settings)
    hidden, not_hidden = hidden_there(values)
    notes = list(_without_equal(settings, values, experiment, look))
    return Reading(experiment, [*refused_names, *settings.refused, *notes, *not_hidden], look, hidden)


def _data(settings: Settings, regression: bool) -> Data:
    """Its sizes, and a share held back that leaves as many points to train on as there."""
    dataset = settings.choice("dataset", DATASETS, "circle")
    regression_dataset = settings.choice("regDataset", REGRESSION_DATASETS, "reg-plane")
    samples = REGRESSION_SAMPLES if regression else SAMPLES
    n_train = int(samples * settings.number("percTrainData", 50, 10, 95) / 100)
    return Data(
        dataset=regression_dataset if regression else dataset,
        samples=samples,
        noise=settings.noise(),
        test=(samples - n_train) / samples,
        data_seed=settings.seed(),
    )


def _model(settings: Settings, values: Mapping[str, str], regression: bool) -> Model:
    """Its loss, initial weights and regularisation are knobs here."""
    kind = settings.choice("regularization", REGULARIZATIONS, "none")
    rate = settings.number("regularizationRate", 0, 0, 10)
    return Model(
        features=_features(settings, values) or tuple(FEATURES.values())[:2],
        hidden=settings.network_shape((4, 2)),
        activation=(settings.choice("activation", ACTIVATIONS, "tanh"),),
        init="zeros" if settings.truth("initZero") else "playground",
        output="auto" if regression else "tanh",
        loss="half_squared",
        regularization="playground",
        l1=rate if kind == "l1" else 0,
        l2=rate if kind == "l2" else 0,
    )


def _features(settings: Settings, values: Mapping[str, str]) -> tuple[str, ...]:
    """The inputs; what is hidden is none."""
    return tuple(
        ours
        for name, ours in FEATURES.items()
        if settings.truth(name, default=name in ("x", "y")) and values.get(f"{name}{HIDE}") != "true"
    )


def _train(settings: Settings) -> Train:
    return Train(
        learning_rate=settings.number("learningRate", 0.03, 0, 100, above=True),
        batch_size=settings.whole_number("batchSize", 10, 1, 100_000),
        seed=settings.seed(),
    )


def _look(settings: Settings) -> dict[str, str]:
    """Test points and the colours of the plane."""
    return {
        "test_points": text_of(settings.truth("showTestData")),
        "map": MAPS[settings.truth("discretize")],
    }


def _without_equal(
    settings: Settings, values: Mapping[str, str], experiment: Experiment, look: Mapping[str, str]
) -> Iterator[str]:
    data, batch_size = experiment.data, experiment.train.batch_size
    if seed := settings.text("seed"):
        yield (
            f"seed={quoted(seed)} is seed {data.data_seed} here: other points, first weights and order of points, of "
            "the same kind."
        )
    if data.dataset in BY_CHANCE and (data.dataset == "xor" or data.noise > 0):
        yield f"Each class of {data.dataset} has half of the points here; there chance says how many."
    if left := data.n_train % batch_size:
        yield _of_a_rest(left, batch_size, data.n_train)
    if not _features(Settings(values), values):
        yield "There must be an input here, so x and y are. There is none in the link."
    for name in WITHOUT_INPUT:
        if settings.truth(name):
            yield f"{name} is no input here, nor is it there any more."
    if look["map"] != MAPS[0] and data.task == "regression":
        yield "discretize has no equal here for a regression: its colours stay as they are."
    if settings.truth("collectStats"):
        yield "collectStats has no equal here: nothing is collected."
    if tutorial := settings.text("tutorial"):
        yield f"tutorial={quoted(tutorial)} has no equal here: its text is not shown."
    if settings.truth("hideText"):
        yield "hideText has no equal here: there is no text below the page to hide."


def _of_a_rest(left: int, batch_size: int, n_train: int) -> str:
    if batch_size > n_train:
        return f"batchSize={batch_size} is more than {n_train} training points: one step here, none at all there."
    return (
        f"batchSize={batch_size} leaves {left} of {n_train} training points over: a step of their own here, there they "
        "count in the next epoch."
    )
