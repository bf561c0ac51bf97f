"""Scripts and notebooks, run where nothing knows of the playground, print what the page shows."""

from __future__ import annotations

import json
import math
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import nbformat
import numpy as np
import pytest

from playground.core import Experiment, make_dataset
from playground.core.data_csv import csv_name
from playground.core.datasets import RECORDS
from playground.core.datasets._packed import packed
from playground.engine import Epoch, expand, targets
from playground.engine.export import data_file, notebook, script
from playground.engine.export.code import Piece
from playground.engine.export.data_code import data_piece, inputs_piece, targets_piece
from tests.engine.conftest import epochs_of, experiment_with

from .runs import RUNS, runs

ALONE = Path(__file__).parent / "alone"
FORMAT = Path(__file__).parents[3] / "playground" / "ui" / "static" / "web" / "format.js"
EPOCHS = {"circle": 0, "iris": 5}
"""Of the scripts that do not train to the end."""
MAIN = ["circle", "moons, dropout", "iris", "own table of numbers", "TensorFlow Playground, L1", "early stopping"]


@contextmanager
def running(program: str, folder: Path) -> Iterator[subprocess.Popen[str]]:
    """A program of the folder `alone`, without a path to the playground."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("TF_", "KERAS", "PYTHON"))}
    command = [sys.executable, "-I", str(ALONE / program), str(folder)]
    with subprocess.Popen(command, cwd=folder, env=clean, stderr=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def told_by(process: subprocess.Popen[str], folder: Path) -> dict[str, dict[str, Any]]:
    _, errors = process.communicate()
    assert process.returncode == 0, errors
    told: dict[str, dict[str, Any]] = json.loads((folder / "told.json").read_text(encoding="utf-8"))
    return told


def shown(experiment: Experiment, epoch: Epoch, folder: Path) -> str:
    """What the page shows of an epoch, as a script prints it; the page's own functions write the figures."""
    figures = [(epoch.loss, epoch.accuracy), (epoch.val_loss, epoch.val_accuracy)]
    as_kept = [[None if math.isnan(each) else float(np.float32(each)) for each in pair] for pair in figures]
    (folder / "figures.json").write_text(json.dumps(as_kept))
    node = [shutil.which("node") or "node", str(ALONE / "shown.mjs"), str(FORMAT), str(folder / "figures.json")]
    written = json.loads(subprocess.run(node, check=True, capture_output=True, text=True).stdout)
    lines = [f"epoch {epoch.epoch}"]
    for part, (loss, share) in zip(("train", experiment.data.watched), written, strict=True):
        accuracy = f", accuracy {share}" if share != "–" else ""
        lines.append(f"{part}: loss {loss}{accuracy}".replace("\u202f", " "))
    return "".join(f"{line}\n" for line in lines)


OTHERS = [name for name in runs() if name not in MAIN]
GROUPS = 4
"""Of the others, each run in one process."""


@pytest.mark.parametrize(
    "names",
    [MAIN, *(pytest.param(OTHERS[first::GROUPS], marks=pytest.mark.slow) for first in range(GROUPS))],
    ids=["main", *(f"others {group}" for group in range(GROUPS))],
)
def test_a_script_prints_what_the_page_shows_and_ends_with_its_weights(names: list[str], tmp_path: Path) -> None:
    chosen = {name: runs()[name] for name in names}
    epochs = [EPOCHS.get(name, experiment.train.epochs) for name, experiment in chosen.items()]
    for number, experiment in enumerate(chosen.values()):
        (tmp_path / f"{number:02}.py").write_text(script(experiment, epochs[number]), encoding="utf-8")
    with running("scripts.py", tmp_path) as process:
        found = [epochs_of(experiment) for experiment in chosen.values()]
        told = told_by(process, tmp_path)
    ends = [each[min(epoch, len(each) - 1)] for each, epoch in zip(found, epochs, strict=True)]
    assert len(told) == len(ends)
    for (name, experiment), end, made in zip(chosen.items(), ends, told.values(), strict=True):
        assert "fault" not in made, f"{name}: {made['fault']}"
        assert made["printed"] == shown(experiment, end, tmp_path), name
        np.testing.assert_allclose(
            made["weights"], np.concatenate([each.ravel() for each in end.weights]), rtol=1e-5, atol=1e-6, err_msg=name
        )


@pytest.mark.parametrize("name", ["by a formula", pytest.param("diabetes", marks=pytest.mark.slow)])
def test_a_notebook_prints_what_the_page_shows_and_draws(name: str, tmp_path: Path) -> None:
    experiment = runs()[name]
    (tmp_path / "0.ipynb").write_text(notebook(experiment, 8), encoding="utf-8")
    with running("notebooks.py", tmp_path) as process:
        end = epochs_of(experiment)[8]
        told = told_by(process, tmp_path)
    assert told["0"]["printed"] == shown(experiment, end, tmp_path)
    assert told["0"]["drawn"] > 1000


@pytest.mark.parametrize("epoch", [0, 5])
@pytest.mark.parametrize("name", ["circle", "iris", "drawn", "penalties after the step"])
def test_a_notebook_is_valid_and_equal_each_time(name: str, epoch: int) -> None:
    text = notebook(runs()[name], epoch)
    made = nbformat.reads(text, as_version=4)  # type: ignore[no-untyped-call]
    nbformat.validate(made)
    assert text == notebook(runs()[name], epoch)
    code = [cell for cell in made.cells if cell.cell_type == "code"]
    assert all(not cell.outputs and cell.execution_count is None for cell in code)
    for cell in code:
        compile(cell.source, cell.id, "exec")


def values_of(pieces: list[Piece]) -> dict[str, Any]:
    """What the names are when code has been run."""
    made: dict[str, Any] = {}
    for piece in pieces:
        exec("\n".join([*piece.imports, piece.code]), made)
    return made


def assert_the_code_gives_the_engines_points(experiment: Experiment) -> None:
    made = values_of([data_piece(experiment), inputs_piece(experiment), targets_piece(experiment)])
    data = make_dataset(experiment.data)
    watched = experiment.data.watched
    for part, X, y in (("train", data.X_train, data.y_train), (watched, *data.watched)):
        np.testing.assert_array_equal(made[f"inputs_{part}"], expand(experiment, X))
        assert made[f"inputs_{part}"].dtype == np.float32
        wanted = targets(experiment, y)
        assert np.shape(made[f"targets_{part}"]) == wanted.shape
        np.testing.assert_array_equal(np.asarray(made[f"targets_{part}"], wanted.dtype), wanted)


@pytest.mark.parametrize("name", [name for name in RECORDS if name != "own"])
def test_the_code_of_a_dataset_draws_its_points(name: str) -> None:
    fields = {"dataset": name, "samples": 90, "noise": 0.2, "data_seed": 11, "validation": 0.3, "balance": 0.3}
    assert_the_code_gives_the_engines_points(experiment_with(Experiment(), **fields))
    if RECORDS[name].max_classes:
        assert_the_code_gives_the_engines_points(experiment_with(Experiment(), **fields, classes=3))


@pytest.mark.parametrize("name", RUNS)
def test_the_code_of_a_run_gives_the_points_that_the_engine_trains_on(name: str) -> None:
    assert_the_code_gives_the_engines_points(runs()[name])


def test_a_column_that_never_changes_is_only_shifted() -> None:
    X = np.column_stack([np.full(30, 7.1), np.arange(30.0)])
    table = packed(X, np.arange(30) % 2, ["same", "other"], ["a", "b"], "kind")
    assert_the_code_gives_the_engines_points(experiment_with(Experiment(), dataset="own", table=table))


def test_names_that_are_no_plain_text_stay_as_they_are() -> None:
    X, y = np.arange(40.0).reshape(20, 2), np.arange(20) % 2
    table = packed(X, y, ['a "quoted" name', 'b\\n"""'], ['"""', "\\"], "kind, of what")
    assert_the_code_gives_the_engines_points(experiment_with(Experiment(), dataset="own", table=table))


def test_a_large_table_is_a_file_beside_the_script(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    X = np.random.default_rng(0).normal(size=(2000, 3))
    table = packed(X, X.sum(axis=1), ["a", "b", "c"], [], "total")
    experiment = experiment_with(Experiment(), dataset="own", table=table)
    content = data_file(experiment)
    assert content is not None
    (tmp_path / csv_name(experiment.data)).write_bytes(content)
    monkeypatch.chdir(tmp_path)
    assert len(script(experiment, 3)) < 10_000
    assert_the_code_gives_the_engines_points(experiment)
    assert data_file(runs()["own table"]) is None


@pytest.mark.parametrize("n", [30, 3000])
def test_classes_that_look_like_formulas_are_read_where_a_spreadsheet_would_not_calculate_them(
    n: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    X, classes = np.random.default_rng(0).normal(size=(n, 2)), ["=cmd|' /C calc'!A0", "-1", "-a", "'-a", "@b"]
    table = packed(X, np.arange(n) % 5, ["=1+1", "+x"], classes, "@kind")
    experiment = experiment_with(Experiment(), dataset="own", table=table)
    beside = data_file(experiment)
    assert (beside is not None) == (n == 3000)
    (tmp_path / csv_name(experiment.data)).write_bytes(beside or b"")
    monkeypatch.chdir(tmp_path)
    assert_the_code_gives_the_engines_points(experiment)
    assert "\n=" not in script(experiment, 0) and ",=" not in script(experiment, 0)


def test_scripts_are_as_a_formatter_has_them(tmp_path: Path) -> None:
    for number, experiment in enumerate(runs().values()):
        (tmp_path / f"{number}.py").write_text(script(experiment, 5), encoding="utf-8")
    ruff = [sys.executable, "-m", "ruff"]
    rules = ["--isolated", "--line-length=120"]
    checked = [*ruff, "check", *rules, "--select=E,F,W,I,UP,B,SIM", "--ignore=E402", str(tmp_path)]
    for command in (checked, [*ruff, "format", *rules, "--diff", str(tmp_path)]):
        done = subprocess.run(command, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout


def test_a_script_has_nothing_that_its_experiment_does_not_need() -> None:
    plain = script(runs()["circle"], 5)
    for word in ("features", "deviation", "penalty", "callbacks", "sklearn", "csv", "validation", "import playground"):
        assert word not in plain, word
    assert "shuffle=False" in plain and ".fit(" in plain


def test_a_script_of_the_untrained_network_does_not_train() -> None:
    assert ".fit(" not in script(runs()["circle"], 0)


def test_an_epoch_that_the_experiment_does_not_have_is_refused() -> None:
    with pytest.raises(ValueError, match=r"epoch must be in \[0, 12\]\. Got 13\."):
        script(runs()["circle"], 13)
