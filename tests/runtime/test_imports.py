"""What the web process loads before it answers."""

from __future__ import annotations

import pytest

from tests.core.test_imports import loaded_after


@pytest.fixture(scope="module")
def modules() -> set[str]:
    return loaded_after("import playground.runtime, playground.runtime.server.routes, playground.ui.pages._main")


@pytest.mark.parametrize("name", ["tensorflow", "keras", "sklearn", "scipy", "pandas", "optuna"])
def test_the_server_starts_without(name: str, modules: set[str]) -> None:
    assert name not in modules
