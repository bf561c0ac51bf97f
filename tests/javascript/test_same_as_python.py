"""What both the page and the server make of a text is the same: a run's name, a cell that no spreadsheet calculates."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

from playwright._impl._driver import compute_driver_executable

from playground.core.naming import name_of
from playground.core.query import of_link
from playground.core.spreadsheets import harmless
from tests.core.test_spreadsheets import FORMULAS, OTHERS

LINKS = [
    "?",
    "?dataset=spiral&hidden=8,8&activation=relu&optimizer=adam&learning_rate=0.03",
    "?hidden=8,8,8,8,8&noise=0.2&batch_size=32&l2=0.01&learning_rate_from_200=0.3&l1_from_9=0.1",
    "?hidden=none&dataset=hills&features=x1,x1sq",
    "?hidden=8,8,8,4&activation=relu,tanh,relu,elu&schedule=cosine&early_stopping=true",
    "?dataset=nowhere&activation=odd&optimizer=none&hidden=x",
]
MODULES = Path(__file__).parents[2] / "playground/ui/static/web"


def in_javascript(module: str, function: str, texts: list[str]) -> list[str]:
    """What a function of a module makes of each of the texts."""
    address = (MODULES / module).as_uri()
    script = (
        f'import {{ {function} }} from "{address}"; '
        f"console.log(JSON.stringify({json.dumps(texts)}.map((text) => {function}(text))))"
    )
    node = os.fspath(compute_driver_executable()[0])
    ran = subprocess.run(
        [node, "--input-type=module", "-e", script], capture_output=True, text=True, check=False, timeout=60
    )
    assert ran.returncode == 0, ran.stderr
    made: list[str] = json.loads(ran.stdout)
    return made


def test_python_and_javascript_call_a_run_the_same() -> None:
    assert in_javascript("run_name.js", "nameOf", LINKS) == [name_of(of_link(link)) for link in LINKS]


def test_python_and_javascript_guard_the_same_cells_from_a_spreadsheet() -> None:
    texts = FORMULAS + OTHERS
    assert in_javascript("csv.js", "harmless", texts) == [harmless(text) for text in texts]
