"""The proof of a learning rate: the rate, lower ones and higher ones, each trained from several seeds."""

from __future__ import annotations

from playground.core.change_links import is_change
from playground.core.experiment import Experiment
from playground.core.wall.draft import COLUMNS, SEEDS
from playground.core.wall.wall import Wall
from playground.core.words import number

FACTORS = (0.1, 0.3, 1.0, 3.0, 10.0)
EPOCHS = 30
PROOF_SEEDS = 8


def proof_of(experiment: Experiment, rate: float) -> Wall:
    """The wall that shows how `rate` does beside lower and higher ones.

    A rate that is out of the range of a learning rate is left out; changes of the rate on the way would blur what it
    is worth, so there are none.
    """
    base = {name: text for name, text in experiment.to_query().items() if not _changes_the_rate(name)}
    rates = "|".join(number(rounded(factor * rate)) for factor in FACTORS)
    axis = f"learning_rate:{rates}"
    return Wall.from_query({**base, "epochs": str(EPOCHS), COLUMNS: axis, SEEDS: str(PROOF_SEEDS)})[0]


def rounded(rate: float) -> float:
    """A rate as people write it: three digits say enough."""
    return float(f"{rate:.3g}")


def _changes_the_rate(name: str) -> bool:
    return is_change(name) and name.startswith("learning_rate")
