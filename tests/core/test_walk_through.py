"""CONTRIBUTING.md says which files to touch: no other source file may name a dataset, a feature or an optimizer."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = [
    path
    for folder in ("playground", "app.py")
    for path in ([ROOT / folder] if folder.endswith(".py") else sorted((ROOT / folder).rglob("*")))
    if path.suffix in (".py", ".js", ".css") and path.name not in ("facts.js", "knobs.js")  # made from the others
]

NEW_DATASET = '''
"""A dataset that a test adds."""
import numpy as np
from pydantic import Field
from playground.core.datasets._counts import labels
from playground.core.datasets._record import OwnKnob, Record, Slider

HEIGHT = OwnKnob("height", float, Field(default=2.0, ge=0, le=4), "Height", "How far apart the stripes lie.", Slider(1))

def stripes(data, counts, rng):
    y = labels(counts)
    return np.column_stack([rng.normal(0, 1, len(y)), y * HEIGHT.of(data)]), y

RECORD = Record(name="stripes", label="Stripes", place=999, sample=stripes, max_classes=3, knobs=(HEIGHT,))
'''
USE = """
from playground.core import Data, Experiment, choices, make_dataset, rule
from playground.core.relevance import matters
from playground.ui.controls.words import CHOICES, KNOBS

link = {"dataset": "stripes", "classes": "3", "height": "3"}
experiment, refused = Experiment.from_query(link)
assert refused == [] and experiment.to_query() == link
X, y = make_dataset(experiment.data)[:2]
assert set(y) == {0, 1, 2} and (X[:, 1] == 3 * y).all()
assert choices("dataset")[-1] == "stripes" and CHOICES["dataset"]["stripes"] == "Stripes"
assert KNOBS["height"].label == "Height" and rule("height") == "height must be in [0, 4]"
assert matters("height", {"dataset": "stripes"}) and not matters("height", {"dataset": "xor"})
assert Experiment.from_query({**link, "classes": "4"})[1] == ["classes must be in [2, 3] for stripes. Got 4."]
"""
ENTRY = '    "lion": Optimizer("Lion", has_momentum=True),\n'
USE_OPTIMIZER = """
from playground.core import Experiment
from playground.core.relevance import matters
from playground.ui.controls.words import CHOICES

assert CHOICES["optimizer"]["lion"] == "Lion" and matters("momentum", {"optimizer": "lion"})
link = {"optimizer": "lion", "momentum": "0.5"}
assert Experiment.from_query(link)[0].to_query() == link
"""


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """The sources that a newcomer would change."""
    for name in ("core", "figures", "lessons", "runtime", "store", "ui"):
        shutil.copytree(ROOT / "playground" / name, tmp_path / "playground" / name)
    shutil.copy(ROOT / "playground" / "__init__.py", tmp_path / "playground")
    return tmp_path


def run(code: str, tree: Path) -> None:
    done = subprocess.run([sys.executable, "-c", code], cwd=tree, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_a_dataset_is_added_with_one_file(tree: Path) -> None:
    (tree / "playground/core/datasets/stripes.py").write_text(NEW_DATASET, encoding="utf-8")
    run(USE, tree)


def test_an_optimizer_is_added_to_the_core_with_one_entry(tree: Path) -> None:
    path = tree / "playground/core/optimizers.py"
    table = path.read_text(encoding="utf-8")
    path.write_text(table.replace("\n}\nWITH", f"\n{ENTRY}}}\nWITH"), encoding="utf-8")
    run(USE_OPTIMIZER, tree)


@pytest.mark.parametrize(
    ("name", "files"),
    [
        ("parabolas", {"playground/core/datasets/parabolas.py"}),
        ("checkerboard", {"playground/core/datasets/checkerboard.py"}),
        ("adagrad", {"playground/core/optimizers.py", "playground/engine/build.py"}),
        ("squared_hinge", {"playground/core/losses.py", "playground/core/heads.py", "playground/engine/build.py"}),
        ("he_uniform", {"playground/core/layers.py", "playground/engine/build.py"}),
    ],
)
def test_only_the_files_of_the_walk_through_name_it(name: str, files: set[str]) -> None:
    naming = {
        path.relative_to(ROOT).as_posix()
        for path in SOURCES
        if re.search(rf"\b{name}\b", path.read_text(encoding="utf-8"))
    }
    assert naming == files


def test_the_walk_through_names_files_that_exist() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    named = re.findall(r"`((?:playground|tests|\.ci)/[\w./]+)`", text)
    assert named
    assert [name for name in named if not (ROOT / name).exists()] == []
