"""Programs that tests need, installed where they may be: as root on Debian and its kin."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

INSTALL_SECONDS = 600


def install(*packages: str) -> None:
    """Install Debian packages where there is apt-get. Whether it worked shows in what is there afterwards."""
    if not shutil.which("apt-get"):
        return
    as_root = [] if os.geteuid() == 0 else ["sudo", "-n"]
    run([*as_root, "apt-get", "update"])
    run([*as_root, "apt-get", "install", "--yes", "--no-install-recommends", *packages])


def run(command: list[str]) -> None:
    """Run an installer. Whether it worked shows in what is there afterwards."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        subprocess.run(command, env=environment, timeout=INSTALL_SECONDS, check=False, stdin=subprocess.DEVNULL)
    except (OSError, subprocess.TimeoutExpired) as error:
        print(f"{' '.join(command)}: {error}", file=sys.stderr)
