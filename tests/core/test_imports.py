"""What importing the core costs."""

from __future__ import annotations

import subprocess
import sys

import pytest


def loaded_after(code: str) -> set[str]:
    program = f"{code}\nimport sys\nprint(*sys.modules)"
    out = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return set(out.stdout.split())


@pytest.mark.parametrize("name", ["tensorflow", "keras", "streamlit", "sklearn", "pandas", "plotly", "optuna"])
def test_importing_the_core_does_not_import(name: str, modules_of_core: set[str]) -> None:
    assert name not in modules_of_core


@pytest.fixture(scope="module")
def modules_of_core() -> set[str]:
    return loaded_after("import playground.core")


def test_the_sets_of_the_first_visit_do_without_scikit_learn() -> None:
    code = "from playground.core import Data, make_dataset\nmake_dataset(Data())"
    assert "sklearn" not in loaded_after(code)
