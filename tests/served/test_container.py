"""The container without a container: what its Dockerfile does is done in a clean folder, and its server serves.

And what it asks to learn whether its server can train.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tests.dockerfile import Container, instructions
from tests.served_app import ROOT, ServedApp, free_port
from tests.stream_client import Visitor

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the command is one of a shell")
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")


def ends_well(port: int, base_path: str = "") -> bool:
    """Whether the check of the Dockerfile succeeds for a server on this port."""
    found = re.search(r"HEALTHCHECK .*\\\n\s+CMD (.+)", DOCKERFILE)
    assert found is not None
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "PORT": str(port), "STREAMLIT_SERVER_BASE_URL_PATH": base_path}
    return subprocess.run(["sh", "-c", found[1]], env=environment, capture_output=True, check=False).returncode == 0


@pytest.mark.parametrize("base_path", ["", "class/room"])
def test_the_check_of_the_container_asks_the_server_s_health(base_path: str) -> None:
    app = ServedApp({"STREAMLIT_SERVER_BASE_URL_PATH": base_path}).start()
    try:
        assert app.health() == 200
        assert ends_well(app.port, base_path)
    finally:
        app.stop()


def test_the_check_of_the_container_fails_where_nobody_answers() -> None:
    assert not ends_well(free_port())


@pytest.fixture(name="container")
def built() -> Iterator[Container]:
    """A clean folder that anybody may look into, with what the Dockerfile puts into its image."""
    root = Path(tempfile.mkdtemp())
    root.chmod(0o755)
    yield Container(root).build(DOCKERFILE)
    shutil.rmtree(root)


def without_rights_to_write(folder: Path) -> None:
    """Nobody may change or add a file below the folder."""
    for each in [folder, *folder.rglob("*")]:
        if not each.is_symlink():
            each.chmod(each.stat().st_mode & ~0o222)


def started(container: Container, **environment: str) -> ServedApp:
    """Its command, run as its user."""
    app = ServedApp(root=container.folder)
    app.command = container.as_its_user(container.command)
    app.environment = {**container.variables(), "PLAYGROUND_WORKERS": "1", **environment, "PORT": str(app.port)}
    return app.start().wait_until_loaded()


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can be somebody else")
def test_a_user_whom_the_image_does_not_know_serves_too_and_keeps_no_runs(container: Container) -> None:
    """As on Hugging Face, where all containers run as user 1000."""
    container.user = 1000
    app = started(container, PLAYGROUND_RUNS_FOLDER="none")
    try:
        assert app.web_process().uids().effective == 1000
        with Visitor(app) as visitor:
            visitor.run()
            assert visitor.token
        assert app.health() == 200
        assert "Traceback" not in app.read_log()
        assert not any(container.place("/var/lib/keras-playground").iterdir())
    finally:
        app.stop()


@pytest.mark.slow
def test_what_the_dockerfile_does_serves_as_its_user_from_files_that_nobody_can_change(container: Container) -> None:
    assert container.user != 0
    assert container.skipped == ["pip install -r requirements.txt", "pip check", *container.skipped[2:]]
    without_rights_to_write(container.folder)
    before = {path: path.stat().st_mtime_ns for path in container.folder.rglob("*")}
    nowhere = container.root / "no" / "home"
    app = started(container, HOME=str(nowhere))
    try:
        family = [app.web_process(), *app.web_process().children(recursive=True)]
        wanted = container.user if os.geteuid() == 0 else os.geteuid()
        assert {each.uids().effective for each in family} == {wanted}
        with Visitor(app) as visitor:
            visitor.run()
            assert visitor.token
        kept = Path(app.environment["PLAYGROUND_RUNS_FOLDER"])
        app.wait(lambda: any(kept.iterdir()))
        assert kept.stat().st_mode & 0o077 == 0
        assert ends_well(app.port)
        assert "Runs will not outlast" not in app.read_log() and "Traceback" not in app.read_log()
        assert {path: path.stat().st_mtime_ns for path in container.folder.rglob("*")} == before
        assert not nowhere.exists()
    finally:
        app.stop()
    assert not any(each.is_running() and each.status() != psutil.STATUS_ZOMBIE for each in family)


def test_the_container_ends_in_a_user_who_is_not_root() -> None:
    said = list(instructions(DOCKERFILE))
    users = [rest for name, rest in said if name == "USER"]
    assert users and users[-1] not in ("root", "0")
    assert [name for name, _ in said].index("USER") < [name for name, _ in said].index("CMD")
    assert any(name == "HEALTHCHECK" for name, _ in said)
