"""The optimizers a learner may choose. The engine's table says which of Keras's each one is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Optimizer(NamedTuple):
    """What the page calls it, and whether the knob `momentum` matters to it."""

    label: str
    has_momentum: bool = False


OPTIMIZERS: Mapping[str, Optimizer] = {
    "sgd": Optimizer("SGD"),
    "momentum": Optimizer("Momentum", has_momentum=True),
    "nesterov": Optimizer("Nesterov", has_momentum=True),
    "rmsprop": Optimizer("RMSprop"),
    "adagrad": Optimizer("Adagrad"),
    "adadelta": Optimizer("Adadelta"),
    "adam": Optimizer("Adam"),
    "adamw": Optimizer("AdamW"),
    "nadam": Optimizer("Nadam"),
}
WITH_MOMENTUM: tuple[str, ...] = tuple(name for name, optimizer in OPTIMIZERS.items() if optimizer.has_momentum)
