"""Counting the seeds for which something holds."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from .seeds import Seeds, TooFew, at_least

PAIRS = [(1, 1), (2, 2), (3, 3), (4, 4)]


def counted(k: int, holds: set[int]) -> tuple[Callable[..., None], list[int]]:
    """A test that holds for some first seeds, and those that it was tried with."""
    tried: list[int] = []

    @at_least(k, of=PAIRS)
    def test(seeds: Seeds) -> None:
        tried.append(seeds[0])
        assert seeds[0] in holds

    return test, tried


@pytest.mark.parametrize(
    ("k", "holds", "tried"), [(4, {1, 2, 3, 4}, [1, 2, 3, 4]), (2, {1, 2, 3}, [1, 2]), (2, {2, 4}, [1, 2, 3, 4])]
)
def test_enough_seeds_are_enough_and_no_more_are_tried(k: int, holds: set[int], tried: list[int]) -> None:
    test, seen = counted(k, holds)
    test()
    assert seen == tried


@pytest.mark.parametrize(
    ("k", "holds", "tried"), [(2, {4}, [1, 2, 3]), (1, set(), [1, 2, 3, 4]), (4, {1, 2, 4}, [1, 2, 3])]
)
def test_too_few_are_a_failure_that_names_them(k: int, holds: set[int], tried: list[int]) -> None:
    test, seen = counted(k, holds)
    with pytest.raises(TooFew, match=rf"hold for {k} of 4") as caught:
        test()
    assert seen == tried
    assert all(f"{(seed, seed)}: " in str(caught.value) for seed in set(tried) - holds)


@pytest.mark.parametrize("more", [1, 2])
@at_least(1, of=PAIRS)
def test_other_arguments_and_the_name_stay(more: int, tmp_path: object, seeds: Seeds) -> None:
    assert more in (1, 2) and tmp_path and seeds == (1, 1)


def test_what_is_no_assertion_is_no_outcome() -> None:
    @at_least(1, of=PAIRS)
    def broken(seeds: Seeds) -> None:
        raise KeyError(seeds)

    with pytest.raises(KeyError):
        broken()
