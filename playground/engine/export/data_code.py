"""The data of an experiment as code: drawn, loaded or read, then split; and what the network is given of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from playground.core import heads
from playground.core.data_csv import csv_name, csv_of
from playground.core.datasets import RECORDS, make_dataset
from playground.core.datasets._counts import class_counts
from playground.core.experiment import Experiment
from playground.core.features import feature_columns
from playground.core.parts import Data
from playground.core.rounding import spread_or_1
from playground.core.spreadsheets import harmless
from playground.engine.export.code import Piece, constants, literal
from playground.engine.export.portable import features_of
from playground.engine.export.standing_alone import Alone, NotAloneError
from playground.engine.export.terms import computed
from playground.engine.inputs import SPARSE_LOSS

MOST_EMBEDDED = 32_000
"""Bytes of a table that is written into the code; a larger one is a file beside it."""
NUMPY = frozenset({"import numpy as np"})
OPERATIONS: Mapping[str, Callable[..., str]] = {
    **{sign: lambda a, b, sign=sign: f"({a} {sign} {b})" for sign in ("+", "-", "/")},
    "*": lambda a, b: f"{a} * {b}",
    "**": lambda a, b: f"{a}**{b}",
    "square": lambda a: f"{a}**2",
    "negative": lambda a: f"-{a}",
    **{name: lambda a, name=name: f"np.{name}({a})" for name in ("abs", "sin", "cos", "tanh", "exp", "log", "sqrt")},
}


def data_file(experiment: Experiment) -> bytes | None:
    """The CSV file that must lie beside the code, called as `csv_name` says; None where the code needs none."""
    if _source_of(experiment.data) is not None:
        return None
    table = csv_of(experiment.data)
    return table if len(table) > MOST_EMBEDDED else None


def parts_of(data: Data) -> list[str]:
    """The parts of the data by name, as they lie in it."""
    return ["train", *(["validation"] if data.n_validation else []), "test"]


def used_parts(data: Data) -> list[str]:
    """Those that the page shows figures of."""
    return ["train", data.watched]


# Drawing, loading, reading.


def data_piece(experiment: Experiment) -> Piece:
    """X and y of each part."""
    data = experiment.trained.data
    source = _source_of(data)
    return _read(data) if source is None else _drawn(data, source)


def _source_of(data: Data) -> tuple[Alone, str] | None:
    """The functions that draw or load the points, and a call; None where the points themselves must be written."""
    record = RECORDS[data.dataset]
    alone = Alone(data)
    try:
        if record.load is not None:
            return alone, f"{alone.add(record.load)}()"
        return None if record.given else (alone, f"{alone.add(record.sample)}({_counts(data)}, rng)")
    except NotAloneError:
        return None


def _counts(data: Data) -> str:
    counts = class_counts(data)
    return literal(counts)


def _drawn(data: Data, source: tuple[Alone, str]) -> Piece:
    alone, call = source
    dataset = RECORDS[data.dataset]
    names = parts_of(data)
    ends = [data.n_train, data.n_train + data.n_validation][: len(names) - 1]
    split = "".join(
        f"{', '.join(f'{what}_{name}' for name in names)} = np.split({what}, {literal(ends)})\n" for what in "Xy"
    )
    code = "\n\n".join([*([constants(alone.constants)] if alone.constants else []), *alone.functions])
    made = (
        f"rng = np.random.default_rng({data.data_seed})\n"
        f"X, y = {call}\n"
        f"order = rng.permutation(len(X))\n"
        f"X, y = X[order], y[order]\n{split}"
    )
    libraries = {"scikit-learn"} if any("sklearn" in line for line in alone.imports) else set()
    return Piece(
        "Data",
        f"{dataset.label}: {data.n_samples} points in random order, of which {data.n_train} are to train on.",
        f"{code}\n\n{made}",
        frozenset(alone.imports) | NUMPY,
        frozenset(libraries),
    )


def _read(data: Data) -> Piece:
    """From a table that names the part of each row."""
    table = csv_of(data)
    is_embedded = len(table) <= MOST_EMBEDDED
    where = "here" if is_embedded else f"in `{csv_name(data)}`"
    spelt = [harmless(name) for name in data.class_names]  # as the table has them
    classes = f"CLASSES = {literal(spelt)}\n" if spelt else ""
    target = "CLASSES.index(row[-2])" if classes else "float(row[-2])"
    split = "".join(f'X_{name}, y_{name} = X[part == "{name}"], y[part == "{name}"]\n' for name in used_parts(data))
    return Piece(
        "Data",
        f"{data.n_samples} points stand {where}, each with the part it is in; {data.n_train} are to train on.",
        f"{_embedded(table) if is_embedded else _beside(data)}{classes}\n{COLUMNS.format(target=target)}{split}",
        NUMPY | {"import csv"} | ({"import io"} if is_embedded else set()),
    )


COLUMNS = """\
names, *rows = rows
X = np.array([row[:-2] for row in rows], float)
y = np.array([{target} for row in rows])
part = np.array([row[-1] for row in rows])
"""


def _embedded(table: bytes) -> str:
    text = table.decode("utf-8-sig").replace("\r\n", "\n").replace("\\", "\\\\").replace('"""', '\\"\\"\\"')
    return f'TABLE = """\\\n{text}"""\nrows = list(csv.reader(io.StringIO(TABLE)))\n'


def _beside(data: Data) -> str:
    return (
        '# The file that "Data as CSV" gives on the page, put beside this one.\n'
        f'with open({literal(csv_name(data))}, encoding="utf-8-sig", newline="") as file:\n'
        "    rows = list(csv.reader(file))\n"
    )


# What the network is given, and what it is to say.


def inputs_piece(experiment: Experiment) -> Piece:
    """What the network is given of each part, and the function of points that makes it."""
    experiment = experiment.trained
    data, features = experiment.data, features_of(experiment)
    rounded = "" if RECORDS[data.dataset].tabular else ROUNDED
    blocks, words, chosen = [], [], f"X{rounded}"
    if features is not None:
        texts = [computed(term, OPERATIONS, {"x1": "x1", "x2": "x2"}) for term in features]
        blocks.append(FEATURES.format(features=", ".join(texts), rounded=rounded))
        words.append(f"The network is given {', '.join(f'`{text}`' for text in texts)} of a point (x1, x2).")
        chosen = "features(X)"
    if experiment.standardizes:
        blocks.append(_scale(experiment, chosen))
        words.append("Inputs are shifted to mean 0 and scaled to deviation 1, as measured on the training points.")
        given = f"(({chosen} - mean) / deviation){ROUNDED}"
    else:
        given = chosen if rounded else f"{chosen}{ROUNDED}"
    blocks.append(PREPARED.format(given=given))
    parts = used_parts(data)
    blocks.append(f"{_each(parts, 'inputs_{}')} = {_each(parts, 'prepared(X_{})')}\n")
    words = words or ["The network is given the points as they are."]
    return Piece("Inputs", " ".join(words), "\n\n".join(blocks), NUMPY if features else frozenset())


ROUNDED = '.astype("float32")'
FEATURES = '''\
def features(X):
    """What is computed of points."""
    x1, x2 = X.T
    return np.stack([{features}], axis=1){rounded}
'''
PREPARED = '''\
def prepared(X):
    """What the network is given of points."""
    return {given}
'''


def _scale(experiment: Experiment, chosen: str) -> str:
    code = (
        f"measured = {chosen.replace('X', 'X_train')}\n"
        "mean, deviation = measured.mean(axis=0, dtype=float), measured.std(axis=0, dtype=float)\n"
    )
    X = make_dataset(experiment.data).X_train
    columns = feature_columns(X, experiment.model.features) if experiment.data.uses_features else X
    if (spread_or_1(columns) != columns.std(axis=0)).any():
        code += "deviation[deviation <= 1e-12 * abs(mean)] = 1  # of what never changes\n"
    return code


def targets_piece(experiment: Experiment) -> Piece:
    """What `y` of each part becomes for the loss."""
    parts = used_parts(experiment.data)
    target, words, imports = _target(experiment)
    code = ""
    if experiment.data.scales_target:
        scaled = f"{_each(parts, 'y_{}')} = {_each(parts, '(y_{} - middle) / spread')}\n"
        code = f"middle, spread = y_train.mean(), y_train.std()\n{scaled}"
        words = f"The target is standardised, too: losses are told on that scale. {words}"
    code += "".join(f"targets_{part} = {target.format(part)}\n" for part in parts)
    return Piece("Targets", words, code, imports)


def _target(experiment: Experiment) -> tuple[str, str, frozenset[str]]:
    data, model = experiment.data, experiment.model
    if heads.has_unit_per_class(data, model):
        if experiment.loss == SPARSE_LOSS:
            return "y_{}", "The loss takes the number of the class.", frozenset()
        words = "The loss takes a number for each class: 1 for the class of the point, 0 for the others."
        return f"keras.utils.to_categorical(y_{{}}, {data.n_classes})", words, frozenset({"import keras"})
    column = 'y_{}.astype("float32")[:, np.newaxis]'
    if heads.has_signed_targets(data, model):
        return f"2 * {column} - 1", "The output is to be −1 for class 0 and +1 for class 1.", NUMPY
    return column, "The network has one output, so the targets are a column.", NUMPY


def _each(parts: list[str], pattern: str) -> str:
    return ", ".join(pattern.format(part) for part in parts)
