"""Points that nobody has seen: of the same distribution as a run's, and none of them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import ks_2samp

from playground.core import Data
from playground.core.datasets._make import points_of
from playground.core.datasets._registry import RECORDS
from playground.core.errors import Refused
from playground.core.hidden_points import hidden_points

GENERATED = [name for name in RECORDS if Data.model_construct(dataset=name).given is None]
VARIANTS = [
    {"dataset": "blobs", "classes": 4, "deviation": 0.5},
    {"dataset": "blobs", "classes": 2, "centers": (0, 0, 3, 1), "balance": 0.2},
    {"dataset": "classification", "classes": 4, "data_seed": 3, "noise": 0.1},
    {"dataset": "classification", "data_seed": 11, "balance": 0.1, "noise": 0.3},
    {"dataset": "spirals", "classes": 5, "reach": 20.0},
    {"dataset": "parabolas", "slope": 2.0},
    {"dataset": "formula", "rule": "x1^2 + x2^2 - 9 > 0", "balance": 0.7},
    *[{"dataset": name} for name in GENERATED],
]
SAMPLES = 6000
"""So many tell two distributions apart that differ where it matters."""


@pytest.mark.parametrize("noise", [0.0, 0.25])
@pytest.mark.parametrize("fields", VARIANTS, ids=lambda fields: "-".join(map(str, fields.values())))
def test_they_are_of_the_distribution_of_the_run_s_points(fields: dict[str, object], noise: float) -> None:
    data = Data(**{"noise": noise, "samples": SAMPLES, **fields})
    X, y = points_of(data)
    hidden_X, hidden_y = hidden_points(data, seed=5, n=SAMPLES)
    assert hidden_X.shape == X.shape and hidden_X.dtype == X.dtype and hidden_y.dtype == y.dtype
    if data.task == "regression":
        assert ks_2samp(y, hidden_y).pvalue > 1e-4
        groups = [(X, hidden_X)]
    else:
        shares, hidden_shares = (np.bincount(each, minlength=data.n_classes) / SAMPLES for each in (y, hidden_y))
        assert np.allclose(shares, hidden_shares, atol=0.03)
        groups = [(X[y == k], hidden_X[hidden_y == k]) for k in range(data.n_classes)]
    for own, hidden in groups:
        for a, b in ((own[:, 0], hidden[:, 0]), (own[:, 1], hidden[:, 1]), (own.sum(axis=1), hidden.sum(axis=1))):
            assert ks_2samp(a, b).pvalue > 1e-4


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(GENERATED),
    st.sampled_from([0.0, 0.3]),
    st.sampled_from([20, 500, 999, 1000, 5000]),
    st.integers(0, 2**63 - 1),
)
def test_none_of_them_is_in_any_part_of_the_run(dataset: str, noise: float, samples: int, seed: int) -> None:
    data = Data(dataset=dataset, noise=noise, samples=samples, validation=0.2)
    X, _y = hidden_points(data, seed)
    own, _ = points_of(data)
    assert len(X) == 1000
    near = np.abs(X[:, np.newaxis].astype(np.float32) - own[np.newaxis].astype(np.float32)).max(axis=2)
    assert near.min() > 0, "not even as the network sees them"


def test_equal_seeds_give_equal_points_and_others_give_others_even_without_noise() -> None:
    for name in GENERATED:
        data = Data(dataset=name)
        (X, y), (same_X, same_y), (other, _) = (hidden_points(data, seed) for seed in (1, 1, 2))
        assert np.array_equal(X, same_X) and np.array_equal(y, same_y)
        assert not np.isin(X.round(9).view(np.complex128), other.round(9).view(np.complex128)).all()


@pytest.mark.parametrize("dataset", [name for name in RECORDS if name not in GENERATED])
def test_of_points_that_are_given_there_are_no_others(dataset: str) -> None:
    with pytest.raises(Refused, match=r"and of “.+” there are none but those of the run\."):
        hidden_points(Data.model_construct(dataset=dataset), 1)


def test_where_all_points_are_one_there_are_no_others() -> None:
    with pytest.raises(Refused, match="“Blobs” with these settings has no others"):
        hidden_points(Data(dataset="blobs", deviation=0.0), 1)
