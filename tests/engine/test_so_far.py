"""An epoch that `train` and `train_wall` yield carries the curves of its run so far."""

from __future__ import annotations

import numpy as np

from playground.core import Experiment
from playground.core.history import CURVES
from playground.engine import Epoch, train, train_wall

from .conftest import experiment_with


def assert_carried(epochs: list[Epoch], lasts: list[int]) -> None:
    rows = {epoch.epoch: [getattr(epoch, name) for name in CURVES] for epoch in epochs}
    for epoch, last in zip(epochs, lasts, strict=True):
        assert epoch.curves is not None
        np.testing.assert_array_equal(epoch.curves, [rows[number] for number in range(last + 1)])


def test_an_epoch_carries_those_before_it_and_itself() -> None:
    epochs = list(train(experiment_with(Experiment(), hidden=(), samples=40, epochs=70)))
    assert_carried(epochs, list(range(71)))
    assert epochs[3].curves is not None
    assert not epochs[3].curves.flags.writeable


def test_so_do_the_members_of_a_wall_and_one_that_has_ended_stays_as_it_was() -> None:
    short, long = (experiment_with(Experiment(), hidden=(), samples=40, epochs=epochs) for epochs in (2, 4))
    alone = experiment_with(Experiment(), hidden=(), samples=40, epochs=3, batch_norm=True)
    members = list(zip(*train_wall([short, long, alone]), strict=True))
    for epochs, ends in zip(members, (2, 4, 3), strict=True):
        assert_carried(list(epochs), [min(number, ends) for number in range(5)])
