"""The checks before a commit are those of .ci/run, and of the same tools."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
RUN = (ROOT / ".ci" / "run").read_text()


def test_what_pre_commit_runs_is_run_by_ci_too() -> None:
    hooks = (ROOT / ".pre-commit-config.yaml").read_text()
    entries = re.findall(r"^ +entry: (.+)$", hooks, re.MULTILINE)
    assert len(entries) == len(re.findall(r"^ +- id:", hooks, re.MULTILINE)) >= 5
    for entry in entries:
        assert entry.removesuffix(" --force-exclude") in RUN


def test_no_hook_comes_from_elsewhere() -> None:
    hooks = (ROOT / ".pre-commit-config.yaml").read_text()
    assert re.findall(r"repo: (.+)", hooks) == ["local"]
    assert set(re.findall(r"language: (.+)", hooks)) == {"system"}


@pytest.mark.parametrize("script", ["run", "javascript"])
def test_the_scripts_can_be_read_by_bash_and_started(script: str) -> None:
    path = ROOT / ".ci" / script
    subprocess.run(["bash", "-n", str(path)], check=True)
    assert path.stat().st_mode & 0o111
