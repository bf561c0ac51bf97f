"""What a link hides, as what is hidden here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from playground.core.tensorflow_playground.fragment import FEATURES, HIDE, MOST_UNKNOWN_NAMED, called
from playground.core.words import quoted

KINDS, RATES = "regularization", "regularizationRate"
CONTROLS: Mapping[str, tuple[str, ...]] = {
    "showTestData": ("test_points",),
    "discretize": ("map",),
    "playButton": ("play",),
    "stepButton": ("step",),
    "resetButton": ("rewind", "new_weights"),
    "learningRate": ("learning_rate",),
    "activation": ("activation",),
    "dataset": ("dataset",),
    "percTrainData": ("test",),
    "noise": ("noise",),
    "batchSize": ("batch_size",),
    "numHiddenLayers": ("hidden",),
}
"""Ours for each of its controls, but for those of regularisation and of the problem."""


def hidden_controls(values: Mapping[str, str]) -> tuple[tuple[str, ...], list[str]]:
    """Our names of the controls that a link hides, and a sentence for what cannot be hidden as it is there."""
    asked = {name.removesuffix(HIDE): value for name, value in values.items() if name.endswith(HIDE)}
    hidden = [name for name, value in asked.items() if value == "true"]
    refused = [
        f"{called(name + HIDE)} must be true or false. Got {quoted(value)}. It is taken for false, as there."
        for name, value in asked.items()
        if value not in ("true", "false")
    ]
    ours = [control for name in hidden for control in CONTROLS.get(name, ())]
    ours += _penalties(hidden, values.get(KINDS, "none"))
    return tuple(dict.fromkeys(ours)), [
        *refused[:MOST_UNKNOWN_NAMED],
        *list(_without_equal(hidden))[:MOST_UNKNOWN_NAMED],
    ]


def _penalties(hidden: list[str], kind: str) -> Iterator[str]:
    """Here each kind of penalty has a rate of its own: with the kind goes what is not in use, with the rate all."""
    rates = {"L1": ["l1"], "L2": ["l2"]}
    if RATES in hidden:
        yield from ("l1", "l2")
    elif KINDS in hidden:
        yield from (rate for rate in ("l1", "l2") if rate not in rates.get(kind, []))
    if KINDS in hidden:
        yield "regularization"


def _without_equal(hidden: list[str]) -> Iterator[str]:
    for name in hidden:
        if name == "problem" and "dataset" not in hidden:
            yield "problem is hidden there: here the problem is that of the dataset, which stays."
        elif name == "numHiddenLayers":
            yield "numHiddenLayers is hidden there: here the number of layers is hidden with their widths."
        elif name in FEATURES:
            yield f"{name} is hidden there, and no input: here it is no input, and can be chosen."
        elif name not in (*CONTROLS, KINDS, RATES, "problem"):
            yield f"There is nothing here to hide that {quoted(name)} stands for."
