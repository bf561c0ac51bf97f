"""Rules that join fields of an experiment: a field in its own range can still contradict another."""

from __future__ import annotations

from collections.abc import Iterator

from playground.core import heads
from playground.core.datasets import data_disagreements
from playground.core.parts import Data, Model

ONE_UNIT_OUTPUTS = frozenset({"sigmoid", "tanh", "softmax1"})


def disagreements(data: Data, model: Model) -> Iterator[tuple[str, str]]:
    """Yield (field to blame, sentence that states the rule and the value) for each rule broken.

    Setting the blamed field to its default removes that disagreement; later ones assume it was.
    """
    yield from data_disagreements(data)
    if len(model.activation) not in (1, len(model.hidden)):
        yield (
            "activation",
            f"activation must be one name, or one for each of the {len(model.hidden)} hidden layers. "
            f"Got {len(model.activation)} names.",
        )
    yield from _head_disagreements(data, model)


def _head_disagreements(data: Data, model: Model) -> Iterator[tuple[str, str]]:
    output, loss = heads.resolve_output(data, model), heads.resolve_loss(data, model)
    if output in ONE_UNIT_OUTPUTS and data.n_classes > 2:
        yield (
            "output",
            f"output must be auto, softmax, sigmoids or linear for {data.n_classes} classes. Got {output}.",
        )
        return
    if output == "sigmoids" and data.task == "regression":
        yield (
            "output",
            "output must be auto, linear, sigmoid, softmax, softmax1 or tanh for regression. Got sigmoids.",
        )
        return
    allowed = heads.losses_of(data, model)
    if loss not in allowed:
        yield (
            "loss",
            f"loss must be auto or one of {', '.join(sorted(allowed))} for {output} output. Got {loss}.",
        )
