"""What is said of a run that has ended, from its curves alone."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.core import Experiment, Train
from playground.core.ending import MOST_EPOCHS, Reason, advice_of, more_epochs, why_no_more
from playground.core.history import best_of

SHORT = Experiment(train=Train(epochs=40))


def curves(val_losses: list[float], losses: list[float] | None = None) -> np.ndarray:
    """Rows with these losses; accuracies and rates do not matter here."""
    n = len(val_losses)
    rows = np.full((n, 6), 0.5, np.float32)
    rows[:, 0], rows[:, 1], rows[:, 3] = np.arange(n), losses or val_losses, val_losses
    return rows


def test_the_best_epoch_is_the_one_with_the_least_loss_of_the_part_watched() -> None:
    assert best_of(curves([3.0, 1.5, 0.5, 0.75], [4.0, 3.0, 2.0, 1.0])) == (2, 0.5)
    assert best_of(curves([3.0, 1.5, math.inf, math.nan])) == (1, 1.5)
    assert best_of(curves([math.nan])) is None


def test_while_the_loss_falls_more_epochs_are_advised() -> None:
    falling = [math.exp(-epoch / 40) for epoch in range(61)]
    assert advice_of(SHORT, curves(falling)) == ("The test loss still falls: more epochs may bring it further down.")


def test_once_it_has_settled_more_epochs_are_not() -> None:
    settled = [0.2 + math.exp(-epoch / 3) for epoch in range(61)]
    assert "has settled: more epochs would change little" in advice_of(SHORT, curves(settled))


def test_where_it_has_risen_since_its_best_the_advice_is_that_of_overfitting() -> None:
    rising = [abs(epoch - 20) / 20 + 0.5 for epoch in range(61)]
    falling = [math.exp(-epoch / 20) for epoch in range(61)]
    advice = advice_of(SHORT, curves(rising, falling))
    assert advice.startswith("Since about epoch 20 ") and "L2" in advice


def test_a_loss_that_is_no_number_any_more_has_its_advice_elsewhere() -> None:
    assert advice_of(SHORT, curves([1.0, 2.0, math.nan])) == ""


@pytest.mark.parametrize(("epochs", "more"), [(1, 1), (7, 5), (40, 20), (200, 200), (300, 200), (9_900, 100)])
def test_a_round_number_of_epochs_is_offered_up_to_as_many_as_it_had(epochs: int, more: int) -> None:
    assert more_epochs(Experiment(train=Train(epochs=epochs)), "finished") == more


@pytest.mark.parametrize(
    ("train", "ended", "words"),
    [
        ({"epochs": 40, "schedule": "cosine"}, "finished", "cosine"),
        ({"epochs": MOST_EPOCHS}, "finished", "10,000 epochs"),
        ({"epochs": 40, "patience": 3}, "early_stopping", "Early stopping"),
        ({"epochs": 40}, "diverged", "no number"),
        ({"epochs": 40}, "worn", "time"),
    ],
)
def test_where_more_epochs_would_not_be_the_same_run_none_are_offered_and_the_reason_is_said(
    train: dict[str, object], ended: Reason, words: str
) -> None:
    experiment = Experiment(train=Train.model_validate(train))
    assert more_epochs(experiment, ended) == 0
    assert words in why_no_more(experiment, ended)


@given(st.integers(1, MOST_EPOCHS))
def test_what_is_offered_is_within_the_knob_s_range_and_a_run_may_become_it(epochs: int) -> None:
    experiment = Experiment(train=Train(epochs=epochs))
    more = more_epochs(experiment, "finished")
    assert (more == 0) == (epochs == MOST_EPOCHS)
    longer = Experiment(train=Train(epochs=epochs + more))
    assert experiment.may_become(longer)
    assert not longer.may_become(experiment) or more == 0


def test_a_run_does_not_become_one_that_would_have_been_another() -> None:
    cosine = Experiment(train=Train(epochs=40, schedule="cosine"))
    assert not cosine.may_become(cosine.with_epochs(80))
    assert not SHORT.may_become(Experiment(train=Train(epochs=80, seed=1)))
    assert SHORT.may_become(Experiment(train=Train(epochs=80, learning_rate=0.3)))
