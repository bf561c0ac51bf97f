"""Decisions that the last bits of a number cannot turn."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.core.features import Scaler
from playground.core.rounding import are_alike, spread_or_1, without_last_bits

floats = st.floats(-(2.0**100), 2.0**100, width=32)


@given(floats)
def test_the_last_bits_are_a_millionth_at_most(value: float) -> None:
    (kept,) = without_last_bits([value])
    assert kept == pytest.approx(value, rel=1e-6, abs=0)


@given(floats, floats)
def test_order_stays(one: float, other: float) -> None:
    low, high = without_last_bits(sorted([one, other]))
    assert low <= high


def test_one_and_the_float32_below_it_are_the_same() -> None:
    ones = np.nextafter(np.float32(1), np.array([0, 1, 2], np.float32))
    assert len(set(ones.tolist())) == 3
    assert without_last_bits(ones).tolist() == [1, 1, 1]


def test_numbers_are_alike_to_rounding() -> None:
    assert are_alike([0.1 + 0.2, 0.3])
    assert are_alike([0.0, 0.0])
    assert not are_alike([0.3, 0.3 + 1e-9])
    assert not are_alike([0.0, 1e-300])


def test_a_column_that_differs_by_rounding_is_only_shifted() -> None:
    columns = np.array([[0.3, 1e-9, 5.0], [0.1 + 0.2, 3e-9, 5.0]])
    np.testing.assert_allclose(spread_or_1(columns), [1, 1e-9, 1])
    scaled = Scaler.fit(columns).transform(columns)
    assert np.abs(scaled[:, [0, 2]]).max() < 1e-12
    np.testing.assert_allclose(scaled[:, 1], [-1, 1])
