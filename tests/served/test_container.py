"""What the container asks to learn whether its server can train."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.served_app import ROOT, ServedApp, free_port

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the command is one of a shell")


def ends_well(port: int, base_path: str = "") -> bool:
    """Whether the check of the Dockerfile succeeds for a server on this port."""
    found = re.search(r"HEALTHCHECK .*\\\n\s+CMD (.+)", (ROOT / "Dockerfile").read_text())
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
