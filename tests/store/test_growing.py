"""States and logs on disk, cut off at any moment."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from playground.store.folder import Folder
from playground.store.growing import GrowingStates
from playground.store.place import runs_folder

STEP = st.tuples(st.binary(max_size=30), st.binary(max_size=30), st.booleans())


class Cut(Exception):
    """The power goes."""


class FailingFolder(Folder):
    """Carries out so many changes, and half of the next one."""

    changes = 10**9

    def _spend(self) -> bool:
        self.changes -= 1
        return self.changes >= 0

    def replace(self, name: str, content: bytes) -> None:
        if not self._spend():
            raise Cut
        super().replace(name, content)

    def append(self, name: str, content: bytes) -> None:
        if not self._spend():
            super().append(name, content[: len(content) // 2])
            raise Cut
        super().append(name, content)

    def remove(self, name: str) -> None:
        if not self._spend():
            raise Cut
        super().remove(name)


def expected(steps: list[tuple[bytes, bytes, bool]]) -> tuple[bytes, list[bytes]] | None:
    state, logs = None, list[bytes]()
    for newest, part, whole in steps:
        state, logs = newest, [*([] if whole else logs), part]
    return None if state is None else (state, logs)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(steps=st.lists(STEP, min_size=1, max_size=6), changes=st.integers(0, 30))
def test_after_a_cut_at_any_moment_there_is_a_state_with_the_log_that_belongs_to_it(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[bytes, bytes, bool]], changes: int
) -> None:
    path = tmp_path_factory.mktemp("states")
    folder = FailingFolder(path)
    states, done = GrowingStates(folder), 0
    folder.changes = changes
    try:
        for state, part, whole in steps:
            states.save("key", state, part, whole)
            done += 1
    except Cut:
        pass
    found = GrowingStates(Folder(path)).load("key")
    possible = [expected(steps[:done]), expected(steps[: done + 1])]
    assert found in possible


def test_what_is_forgotten_is_gone(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    states = GrowingStates(folder)
    states.save("key", b"state", b"log", True)
    states.save("other", b"state", b"log", True)
    GrowingStates(folder).forget("key")
    assert states.load("key") is None
    assert states.load("other") == (b"state", [b"log"])
    assert {entry.name.partition(".")[0] for entry in folder.entries()} == {"other"}


@pytest.mark.parametrize("name", ["../up", "a/b", "", ".hidden", "a.b.c.d", "a" * 90])
def test_a_name_never_leads_out_of_the_folder(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="name must be made of"):
        Folder(tmp_path).replace(name, b"")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other rights")
def test_the_folder_is_the_users_alone(tmp_path: Path) -> None:
    place = tmp_path / "runs"
    place.mkdir(mode=0o755)
    Folder(place)
    assert stat.S_IMODE(os.stat(place).st_mode) == 0o700


def test_the_environment_names_the_folder_or_none(tmp_path: Path) -> None:
    named = runs_folder(8501, {"PLAYGROUND_RUNS_FOLDER": str(tmp_path / "here")})
    by_default = runs_folder(8501, {"XDG_STATE_HOME": str(tmp_path)})
    assert named is not None
    assert by_default is not None
    assert named.path == tmp_path / "here"
    assert by_default.path == tmp_path / "keras-playground" / "runs-8501"
    assert runs_folder(8501, {"PLAYGROUND_RUNS_FOLDER": "none"}) is None


def test_a_folder_that_cannot_be_made_is_done_without(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert runs_folder(8501, {"PLAYGROUND_RUNS_FOLDER": str(tmp_path / "file" / "runs")}) is None
