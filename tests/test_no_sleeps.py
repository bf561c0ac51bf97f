"""Tests await what they wait for: none sleeps and hopes, and none asks how long something took on this machine."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

TESTS = Path(__file__).parent
SLEEPS = {"sleep", "wait_for_timeout"}
CLOCKS = {"monotonic", "perf_counter", "time", "process_time", "monotonic_ns", "perf_counter_ns"}

ALLOWED: dict[str, str] = {
    "served_app.py ServedApp.wait": "looks at a condition again and again, until it holds",
    "served_app.py Learner.wait": "the same, while Playwright hears what the page does",
    "runtime/peers.py until.watch": "looks at a condition again and again, until it holds",
    "runtime/arithmetic_engine/__init__.py": "an engine that is slow on purpose",
    "room/conftest.py Visitor.wait": "looks at a condition again and again, until it holds",
    "stage/conftest.py Mounted.wait_for_peer": "looks at a condition again and again, until it holds",
    "browser/test_whole_lesson.py": "says how long things took, and judges nothing by it",
    "in_class.py": "the same; and looks at a condition again and again, until it holds",
    "served/test_restart.py Learner.learn": "a page that tries again to connect, as pages do",
    "engine/test_stacked.py test_calls_that_begin_elsewhere_in_an_epoch_compile_nothing_anew": (
        "processor time in units of another, of which it would be a hundred"
    ),
    "stage/fake_peer.py": "a server that takes its time on purpose",
}
"""Files, or functions in them, that may sleep or look at a clock, and why."""


class _Uses(ast.NodeVisitor):
    """Where a tree names a sleep, or asserts something of a clock."""

    def __init__(self) -> None:
        self.inside: list[str] = []
        self.found: list[tuple[int, str]] = []

    def _enter(self, node: ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        self.inside.append(node.name)
        self.generic_visit(node)
        self.inside.pop()

    visit_ClassDef = visit_FunctionDef = visit_AsyncFunctionDef = _enter

    def visit_Call(self, node: ast.Call) -> None:
        if not _is_sleep_of_0(node):
            self.generic_visit(node)

    def visit_Attribute(self, node: ast.Attribute) -> None:
        if node.attr in SLEEPS:
            self._note(node)
        self.generic_visit(node)

    def visit_Name(self, node: ast.Name) -> None:
        if node.id in SLEEPS - {"sleep"}:
            self._note(node)

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        if node.module in ("time", "asyncio") and {alias.name for alias in node.names} & (SLEEPS | CLOCKS):
            self._note(node)

    def visit_Assert(self, node: ast.Assert) -> None:
        if any(isinstance(part, ast.Attribute) and _is_clock(part) for part in ast.walk(node)):
            self._note(node)
        self.generic_visit(node)

    def _note(self, node: ast.expr | ast.stmt) -> None:
        self.found.append((node.lineno, ".".join(self.inside)))


def _is_sleep_of_0(node: ast.Call) -> bool:
    """A turn for other tasks waits for no outcome."""
    return (
        isinstance(node.func, ast.Attribute)
        and node.func.attr == "sleep"
        and [ast.unparse(each) for each in node.args] == ["0"]
    )


def _is_clock(node: ast.Attribute) -> bool:
    return node.attr in CLOCKS and isinstance(node.value, ast.Name) and node.value.id == "time"


def _uses() -> Iterator[tuple[str, int, str]]:
    for path in sorted(TESTS.rglob("*.py")):
        uses = _Uses()
        uses.visit(ast.parse(path.read_text()))
        yield from ((path.relative_to(TESTS).as_posix(), *found) for found in uses.found)


def test_nothing_sleeps_until_an_outcome_or_judges_by_the_clock() -> None:
    found = [f"{file}:{line} {name}" for file, line, name in _uses() if not {file, f"{file} {name}"} & set(ALLOWED)]
    assert found == []


def test_what_is_allowed_is_there() -> None:
    places = Counter(place for file, _, name in _uses() for place in (file, f"{file} {name}"))
    assert [place for place in ALLOWED if not places[place]] == []


def test_a_sleep_and_a_judgement_by_the_clock_are_found() -> None:
    code = """
import time
async def one(page):
    await asyncio.sleep(0)
    page.wait_for_timeout(100)
class Two:
    def three(self, sleep=time.sleep):
        assert time.monotonic() - start < 5
"""
    uses = _Uses()
    uses.visit(ast.parse(code))
    assert uses.found == [(5, "one"), (7, "Two.three"), (8, "Two.three")]
