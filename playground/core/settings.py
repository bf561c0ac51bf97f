"""An experiment in words: what a report and a replay say of it beside its link."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any, NamedTuple

from playground.core import knobs, query, words
from playground.core.datasets._record import Elsewhere, OwnKnob
from playground.core.datasets._registry import RECORDS
from playground.core.experiment import Experiment
from playground.core.features import FEATURE_RECORDS
from playground.core.layers import ACTIVATIONS, INITS
from playground.core.losses import LOSSES
from playground.core.optimizers import OPTIMIZERS
from playground.core.parts import Data, Model, Train
from playground.core.rates import SHORT_WORDS
from playground.core.regularization import REGULARIZATIONS

MOST_NAMED = 8
"""Of the inputs of a table; of more the number is told."""
OUTPUTS = {"sigmoids": "sigmoid, a unit for each class", "softmax1": "softmax of one unit"}

_FEATURES = {each.name: each.label for each in FEATURE_RECORDS}


class Setting(NamedTuple):
    """What is set, and how: plain texts."""

    name: str
    text: str


def settings_of(experiment: Experiment) -> list[Setting]:
    """All that decides the run of an experiment; what is off is left out."""
    return [
        *_data(experiment.data),
        *_network(experiment),
        *_penalties(experiment.model),
        *_training(experiment),
        *_changes(experiment),
    ]


def input_in_words(name: str) -> str:
    """What the page calls an input or an axis: x₁ for x1, and the columns of a table by their names."""
    return _FEATURES.get(name, name)


def _data(data: Data) -> Iterator[Setting]:
    record = RECORDS[data.dataset]
    noise = f", noise {words.number(data.noise)}" if data.noise and not data.given else ""
    balance = f", {data.balance:.0%} in class 0" if data.balance != knobs.default("balance") and not data.given else ""
    turned = [knob for knob in record.knobs if knob.of(data) != knobs.default(knob.name)]
    own = "".join(f", {_own(knob, data)}" for knob in turned if not isinstance(knob.shown, Elsewhere))
    yield Setting("Data", f"{record.label}{noise}{balance}{own}")
    held = f", {data.n_validation} for validation" if data.n_validation else ""
    yield Setting("Points", f"{data.n_train} to train{held}, {data.n_test} to test; seed {data.data_seed}")


def _own(knob: OwnKnob[Any], data: Data) -> str:
    """A knob that one dataset alone has."""
    value = knob.of(data)
    label = knob.label.lower()
    if isinstance(value, bool):
        return f"{label} {'on' if value else 'off'}"
    return f"{label} {query.text_of(value).replace(',', ', ')}"


def _network(experiment: Experiment) -> Iterator[Setting]:
    model = experiment.model
    names = [input_in_words(name) for name in experiment.inputs]
    inputs = ", ".join(names) if len(names) <= MOST_NAMED else f"{len(names)} columns"
    yield Setting("Inputs", inputs + (", standardised" if experiment.standardizes else ""))
    yield Setting("Hidden layers", _layers(model) or "none")
    more = [f"dropout {words.number(model.dropout)}"] if model.dropout else []
    more += ["batch normalisation"] if model.batch_norm else []
    if more:
        yield Setting("Between layers", ", ".join(more))
    if model.init != knobs.default("init"):
        spread = f", standard deviation {words.number(model.init_deviation)}" if model.init == "normal" else ""
        yield Setting("Initial weights", INITS[model.init] + spread)
    yield Setting("Output", OUTPUTS.get(experiment.output, experiment.output))
    yield Setting("Loss", LOSSES[experiment.loss].label)


def _layers(model: Model) -> str:
    """`8, 8 ReLU`, or `8 ReLU, 4 Tanh`."""
    layers = zip(model.hidden, model.activations, strict=True)
    groups = [(name, [str(units) for units, _name in group]) for name, group in groupby(layers, lambda each: each[1])]
    return ", ".join(f"{', '.join(units)} {ACTIVATIONS[name]}" for name, units in groups)


def _penalties(model: Model) -> Iterator[Setting]:
    rates = [f"{name.upper()} {words.number(getattr(model, name))}" for name in ("l1", "l2") if getattr(model, name)]
    if rates:
        yield Setting("Regularisation", f"{', '.join(rates)}; {REGULARIZATIONS[model.regularization]}")


def _training(experiment: Experiment) -> Iterator[Setting]:
    train = experiment.train
    yield Setting("Optimizer", _optimizer(train))
    yield Setting("Learning rate", words.number(train.learning_rate) + _schedule(train))
    whole = train.batch_size >= experiment.data.n_train
    yield Setting("Batch size", "all training points" if whole else str(train.batch_size))
    yield Setting("Epochs", f"up to {train.epochs:,}")
    if train.patience:
        best = ", then the best weights" if train.restore_best else ""
        delta = f" by more than {words.number(train.min_delta)}" if train.min_delta else ""
        yield Setting("Early stopping", f"after {train.patience} epochs without less loss{delta}{best}")
    yield Setting("Seed", str(train.seed))


def _optimizer(train: Train) -> str:
    optimizer = OPTIMIZERS[train.optimizer]
    return optimizer.label + (f" ({words.number(train.momentum)})" if optimizer.has_momentum else "")


def _schedule(train: Train) -> str:
    match train.schedule:
        case "constant":
            return ""
        case "cosine":
            return ", along a cosine to 0"
        case name:
            how = "steps" if name == "step" else "exponentially"
            return f", times {words.number(train.schedule_factor)} in {train.schedule_epochs} epochs ({how})"


def _changes(experiment: Experiment) -> Iterator[Setting]:
    for change in experiment.changes:
        yield Setting(f"From epoch {change.epoch}", f"{SHORT_WORDS[change.name]} {words.number(change.value)}")
