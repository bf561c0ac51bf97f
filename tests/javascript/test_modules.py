"""The stage's pure modules under Node's own test runner; the Node is the one that Playwright brings."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from playwright._impl._driver import compute_driver_executable

HERE = Path(__file__).parent


@pytest.mark.parametrize("file", sorted(HERE.glob("*.test.mjs")), ids=lambda path: path.name)
def test_module(file: Path) -> None:
    node = os.fspath(compute_driver_executable()[0])
    ran = subprocess.run([node, "--test", str(file)], capture_output=True, text=True, check=False, timeout=120)
    assert ran.returncode == 0, ran.stdout + ran.stderr
