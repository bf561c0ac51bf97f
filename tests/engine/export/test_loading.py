"""What an export needs is loaded by who asks for it, not at the start of a worker or a page."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import playground.engine.export

FOLDER = Path(playground.engine.export.__file__).parent
LATE = {"nbformat", "onnx"}


def test_the_package_loads_nothing_before_a_name_is_asked_for() -> None:
    code = "import sys, playground.engine.export; print(*{'keras', 'tensorflow', 'onnx', 'nbformat'} & {*sys.modules})"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.split() == []


def test_libraries_for_one_format_are_loaded_inside_the_function_that_writes_it() -> None:
    within: set[str] = set()
    for path in FOLDER.glob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        assert not LATE & _imported(tree.body), path.name
        within |= LATE & _imported(list(ast.walk(tree)))
    assert within == LATE


def test_every_name_is_there() -> None:
    for name in playground.engine.export.__all__:
        assert callable(getattr(playground.engine.export, name))


def _imported(nodes: list[ast.stmt] | list[ast.AST]) -> set[str]:
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}
    return {name.split(".")[0] for name in names}
