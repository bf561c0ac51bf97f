"""How processes share the tests."""

from __future__ import annotations

from pathlib import Path

from tests.conftest import DRIVEN, LONG, next_file

LEFT = ["tests/core/test_a.py", "tests/stage/test_b.py", "tests/browser/test_c.py", "tests/stage/test_d.py", LONG[1]]


def order(left: list[str], drives: bool) -> list[str]:
    taken: list[str] = []
    while len(taken) < len(left):
        taken.append(next_file([file for file in left if file not in taken], drives))
    return taken


def test_who_drives_a_browser_does_so_folder_by_folder_and_then_helps_with_what_is_longest() -> None:
    assert order(LEFT, drives=True) == [LEFT[2], LEFT[1], LEFT[3], LONG[1], LEFT[0]]


def test_who_does_not_begins_with_what_is_longest_and_drives_one_when_nothing_else_is_left() -> None:
    assert order(LEFT, drives=False) == [LONG[1], LEFT[0], LEFT[2], LEFT[1], LEFT[3]]


def test_every_name_is_one_of_a_file_or_folder() -> None:
    assert [name for name in (*DRIVEN, *LONG) if not (Path(__file__).parents[1] / name).exists()] == []
