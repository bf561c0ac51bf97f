"""How slices are cut."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from playground.engine.pace import Pace

seconds = st.floats(1e-9, 10)


@given(st.integers(1, 300), st.integers(1, 20), seconds, seconds, st.lists(seconds, min_size=1))
def test_slices_cover_an_epoch_in_order_and_without_gaps(
    n_steps: int, n_chunks: int, step: float, chunk: float, asked: list[float]
) -> None:
    pace, done, slices = Pace(n_steps, n_chunks, step, chunk), (0, 0), 0
    while done != (n_steps, n_chunks):
        steps, chunks = pace.next_ranges(*done, asked[slices % len(asked)])
        assert (steps[0], chunks[0]) == done
        assert steps[1] > steps[0] or chunks[1] > chunks[0]
        assert chunks[1] == chunks[0] or steps[1] == n_steps
        pace.learn(steps, chunks, 0.01)
        done, slices = (steps[1], chunks[1]), slices + 1


def test_an_epoch_that_fits_is_one_slice() -> None:
    assert Pace(25, 1, 1e-5, 1e-4).next_ranges(0, 0, 0.02) == ((0, 25), (0, 1))


def test_a_slice_is_as_long_as_asked() -> None:
    assert Pace(1000, 1, 0.001, 0.001).next_ranges(100, 0, 0.0205) == ((100, 120), (0, 0))


def test_the_estimate_follows_what_slices_take() -> None:
    pace = Pace(1000, 1, 1e-6, 1e-6)
    for _ in range(50):
        steps, chunks = pace.next_ranges(0, 0, 0.02)
        pace.learn(steps, chunks, 0.001 * (steps[1] - steps[0]))
    assert 0.0009 < pace.step_seconds < 0.0011


def test_no_more_than_the_most_steps_are_done_at_once() -> None:
    pace = Pace(10, 1, 1e-6, 1e-6, most_steps=4)
    assert pace.next_ranges(0, 0, 0.02) == ((0, 4), (0, 0))
    assert pace.next_ranges(4, 0, 0.02) == ((4, 8), (0, 0))
    assert pace.next_ranges(8, 0, 0.02) == ((8, 10), (0, 1))
