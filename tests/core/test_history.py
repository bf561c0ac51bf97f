"""The history of a run: what is kept, thinned, handed on and restored."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.core import History, Mark

SHAPES = ((2, 3), (3,), (3, 1), (1,), ())
ROW_BYTES = 4 * (6 + 3 + 3 + 1 + 1)
PLENTY = 10**9


def weights(epoch: int) -> list[np.ndarray]:
    rng = np.random.default_rng(epoch)
    return [np.asarray(rng.normal(size=shape), np.float32) for shape in SHAPES]


def row(epoch: int) -> tuple[float, ...]:
    return (epoch, 1 / (epoch + 1), 0.5, 2.0, float("nan"), 0.03)


def record(history: History, epochs: Sequence[int]) -> History:
    for epoch in epochs:
        history.append(epoch, weights(epoch), row(epoch))
    return history


def assert_kept(history: History, epoch: int, kept: int) -> None:
    found, arrays = history.weights_at(epoch)
    assert found == kept
    assert [a.shape for a in arrays] == list(SHAPES)
    for array, expected in zip(arrays, weights(kept), strict=True):
        np.testing.assert_array_equal(array, expected)


def assert_same(one: History, two: History) -> None:
    assert one.kept_epochs == two.kept_epochs
    np.testing.assert_array_equal(one.curves(), two.curves())
    for epoch in one.kept_epochs:
        assert_kept(two, epoch, epoch)


def test_within_budget_every_epoch_is_kept() -> None:
    history = record(History(PLENTY), range(1000))
    assert len(history) == 1000
    for epoch in (0, 1, 255, 256, 257, 999):
        assert_kept(history, epoch, epoch)


def test_over_budget_every_second_then_fourth_epoch_is_kept_and_always_the_ends() -> None:
    history = record(History(10 * ROW_BYTES), range(10))
    assert list(history.kept_epochs) == list(range(10))
    record(history, [10])
    assert list(history.kept_epochs) == [0, 2, 4, 6, 8, 10]
    record(history, range(11, 24))
    assert list(history.kept_epochs) == [0, 4, 8, 12, 16, 20, 23]
    assert_kept(history, 15, 12)
    assert_kept(history, 23, 23)
    assert_kept(history, 99, 23)
    assert_kept(history, -1, 0)


@given(st.integers(0, 40), st.integers(1, 300))
def test_whatever_the_budget_it_holds_and_the_ends_are_kept(rows: int, epochs: int) -> None:
    history = record(History(rows * ROW_BYTES), range(epochs))
    assert len(history) <= max(rows, 2)
    assert len(history) >= min(epochs, max(rows // 2, 1))
    assert_kept(history, 0, 0)
    assert_kept(history, epochs, epochs - 1)
    assert len(history.curves()) == epochs


def test_curves_are_never_thinned_and_can_be_read_from_any_row() -> None:
    history = record(History(3 * ROW_BYTES), range(700))
    expected = np.array([row(epoch) for epoch in range(700)], np.float32)
    np.testing.assert_array_equal(history.curves(), expected)
    np.testing.assert_array_equal(history.curves(650), expected[650:])
    assert history.curves(700).shape == (0, 6)
    assert history.curves().dtype == np.float32


def test_what_is_handed_out_is_a_copy() -> None:
    history = record(History(PLENTY), range(3))
    history.weights_at(1)[1][0][:] = 99
    history.curves()[:] = 99
    assert_kept(history, 1, 1)
    assert history.curves()[0, 2] == 0.5


def test_what_is_recorded_is_a_copy() -> None:
    history, arrays = History(PLENTY), weights(0)
    history.append(0, arrays, row(0))
    arrays[0][:] = 99
    assert_kept(history, 0, 0)


def test_an_empty_history_has_no_curves_and_no_weights() -> None:
    history = History(PLENTY)
    assert history.curves().shape == (0, 6)
    with pytest.raises(LookupError):
        history.weights_at(0)


def test_epochs_must_rise() -> None:
    history = record(History(PLENTY), range(3))
    with pytest.raises(ValueError, match=r"epoch must be above the newest one, 2. Got 2."):
        record(history, [2])


def test_a_cleared_history_starts_again_even_for_another_network() -> None:
    history = record(History(4 * ROW_BYTES), range(50))
    history.clear()
    assert len(history) == 0
    assert len(history.curves()) == 0
    history.append(0, [np.ones((7, 7), np.float32)], row(0))
    assert history.weights_at(0)[1][0].shape == (7, 7)


def test_a_run_can_go_on_from_an_earlier_epoch() -> None:
    history = record(History(PLENTY), range(10))
    _, mark = history.changes_since(None)
    history.forget_after(5)
    assert history.kept_epochs == tuple(range(6))
    np.testing.assert_array_equal(history.curves()[:, 0], range(6))
    _, mark = history.changes_since(mark)
    assert mark.full
    record(history, [6])
    assert_kept(history, 6, 6)
    history.forget_after(6)
    assert not history.changes_since(mark)[1].full


def test_a_network_without_weights_can_be_recorded() -> None:
    history = History(0)
    for epoch in range(5):
        history.append(epoch, [], row(epoch))
    assert history.weights_at(4) == (4, [])


@given(st.integers(2, 30), st.lists(st.integers(0, 25), max_size=8))
def test_changes_handed_on_bit_by_bit_restore_the_whole(rows: int, batches: list[int]) -> None:
    history = History(rows * ROW_BYTES)
    mark: Mark | None = None
    blobs: list[bytes] = []
    epoch = 0
    for batch in batches:
        record(history, range(epoch, epoch + batch))
        epoch += batch
        blob, mark = history.changes_since(mark)
        blobs = [blob] if mark.full else [*blobs, blob]
        restored = History.restore(blobs, rows * ROW_BYTES)
        assert_same(history, restored)
        # the restored history goes on like the first, and its marks are still good
        record(restored, range(epoch, epoch + 7))
        later, _ = restored.changes_since(mark)
        again = record(History.restore(blobs, rows * ROW_BYTES), range(epoch, epoch + 7))
        assert_same(restored, again)
        assert later == again.changes_since(mark)[0]


def test_changes_hold_only_what_is_new() -> None:
    history = record(History(PLENTY), range(1000))
    first, mark = history.changes_since(None)
    assert mark.full
    record(history, [1000])
    second, mark = history.changes_since(mark)
    assert not mark.full
    assert len(second) < 500 < len(first)


def test_after_a_thinning_everything_is_handed_on() -> None:
    history = record(History(10 * ROW_BYTES), range(10))
    _, mark = history.changes_since(None)
    record(history, [10])
    blob, mark = history.changes_since(mark)
    assert mark.full
    assert_same(history, History.restore([blob], 10 * ROW_BYTES))


def test_restoring_with_a_smaller_budget_thins() -> None:
    history = record(History(PLENTY), range(100))
    restored = History.restore([history.changes_since(None)[0]], 10 * ROW_BYTES)
    assert restored.kept_epochs == (0, 16, 32, 48, 64, 80, 96, 99)
    assert len(restored.curves()) == 100


def test_restoring_nothing_is_an_empty_history() -> None:
    assert len(History.restore([], PLENTY)) == 0
    empty, _ = History(PLENTY).changes_since(None)
    assert_same(record(History.restore([empty], PLENTY), range(3)), record(History(PLENTY), range(3)))


def test_the_newest_epoch_can_be_replaced_and_a_reader_gets_it_alone() -> None:
    history = History(10_000)
    for epoch in range(3):
        history.append(epoch, [np.full(2, epoch)], [epoch, 0, 0, 0, 0, 0])
    first, mark = history.changes_since(None)
    history.replace_newest([np.full(2, 9.5)], [2, 7, 0, 0, 0, 0])
    changes, mark = history.changes_since(mark.without_newest())
    assert not mark.full and len(changes) < len(first)
    for each in (history, History.restore([first, changes], 10_000)):
        assert each.kept_epochs == (0, 1, 2)
        np.testing.assert_array_equal(each.weights_at(2)[1][0], [9.5, 9.5])
        np.testing.assert_array_equal(each.weights_at(1)[1][0], [1, 1])
        assert each.curves(2)[0, 1] == 7
    with pytest.raises(LookupError):
        History(100).replace_newest([np.zeros(2)], [0] * 6)
