"""A run is called the same by the page as by whoever shows its link."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

from playwright._impl._driver import compute_driver_executable

from playground.core.naming import name_of
from playground.core.query import of_link

LINKS = [
    "?",
    "?dataset=spiral&hidden=8,8&activation=relu&optimizer=adam&learning_rate=0.03",
    "?hidden=8,8,8,8,8&noise=0.2&batch_size=32&l2=0.01&learning_rate_from_200=0.3&l1_from_9=0.1",
    "?hidden=none&dataset=hills&features=x1,x1sq",
    "?hidden=8,8,8,4&activation=relu,tanh,relu,elu&schedule=cosine&early_stopping=true",
    "?dataset=nowhere&activation=odd&optimizer=none&hidden=x",
]
MODULE = Path(__file__).parents[2] / "playground/ui/static/web/run_name.js"


def test_python_and_javascript_call_a_run_the_same() -> None:
    script = (
        f'import {{ nameOf }} from "{MODULE.as_uri()}"; console.log(JSON.stringify({json.dumps(LINKS)}.map(nameOf)))'
    )
    node = os.fspath(compute_driver_executable()[0])
    ran = subprocess.run(
        [node, "--input-type=module", "-e", script], capture_output=True, text=True, check=False, timeout=60
    )
    assert ran.returncode == 0, ran.stderr
    assert json.loads(ran.stdout) == [name_of(of_link(link)) for link in LINKS]
