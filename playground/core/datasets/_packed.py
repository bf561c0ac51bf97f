"""A table as one text, which a link, an experiment file and every process can hold: packed, and unpacked with care.

The text is a version, then base64url of zlib of lines: the names as JSON, a line of numbers for each input, and one for
the target. Numbers are the shortest that read back as the same float64.
"""

from __future__ import annotations

import json
import re
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.core.datasets._limits import MAX_CLASSES, MAX_INPUTS, MAX_NAME, MAX_NUMBER, MAX_ROWS, MIN_ROWS
from playground.core.datasets._record import Given
from playground.core.errors import TableError

VERSION = "1"
MOST_IN_A_LINK = 4096
"""Characters of a packed table that a link holds; a larger one is taken along as an experiment file."""
MAX_PACKED = 8 * 2**20
"""Characters of a packed table."""
MAX_UNPACKED = 32 * 2**20
"""Bytes of its lines."""
LEVEL = 6
"""Of zlib: more takes seconds of a large table for hardly less."""
_PLAIN = re.compile(r"[0-9eE+.,-]+")
_NAMES = {"inputs", "classes", "target"}


@dataclass(frozen=True, eq=False)
class Points:
    """What a network learns from.

    Attributes
    ----------
    given : how many points, and the names of classes and inputs
    X : (n, inputs) float64
    y : (n,) int64 class, or float64 value; not to be written to, nor is X
    """

    given: Given
    X: NDArray[np.float64]
    y: NDArray[Any]


def packed(X: NDArray[np.float64], y: NDArray[Any], inputs: Sequence[str], classes: Sequence[str], target: str) -> str:
    """The text of a table.

    Parameters
    ----------
    X : (n, inputs) float64, finite
    y : (n,) the place of each class among `classes`, or a float64 where there are none

    Raises
    ------
    TableError
        When it would be longer than `MAX_PACKED`.
    """
    names = json.dumps({"inputs": list(inputs), "classes": list(classes), "target": target}, ensure_ascii=False)
    lines = [names, *map(_line, (*X.T, y))]
    text = VERSION + urlsafe_b64encode(zlib.compress("\n".join(lines).encode(), LEVEL)).rstrip(b"=").decode()
    if len(text) > MAX_PACKED:
        raise TableError(f"A table must have at most {MAX_PACKED:,} characters when packed. Got {len(text):,}.")
    return text


@lru_cache(maxsize=4)
def unpacked(text: str) -> Points:
    """The table that a text holds.

    Raises
    ------
    ValueError
        When it holds none, or one that is larger than a table may be. It says which rule is broken.
    """
    names, *columns = _lines(text)
    inputs, classes, target = _names(names)
    if len(columns) != len(inputs) + 1:
        raise ValueError("a packed table must have a column for each of its names")
    X = np.stack([_numbers(column) for column in columns[:-1]], axis=1)
    y: NDArray[Any] = _numbers(columns[-1])
    if len(y) != len(X):
        raise ValueError("the columns of a packed table must be equally long")
    if classes:
        y = _places(y, len(classes))
    if not MIN_ROWS <= len(y) <= MAX_ROWS:
        raise ValueError(f"a packed table must have {MIN_ROWS} to {MAX_ROWS:,} rows")
    for array in (X, y):
        array.setflags(write=False)
    return Points(Given(len(y), classes, inputs, target), X, y)


def _lines(text: str) -> list[str]:
    if not text.startswith(VERSION) or len(text) > MAX_PACKED or not text.isascii():
        raise ValueError(f"a packed table must begin with {VERSION} and be short enough")
    encoded = text[len(VERSION) :]
    content = urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4))
    unpacker = zlib.decompressobj()
    try:
        lines = unpacker.decompress(content, MAX_UNPACKED)
    except zlib.error as error:
        raise ValueError("a packed table must be whole") from error
    if not unpacker.eof or unpacker.unused_data:
        raise ValueError(f"a packed table must be whole, and at most {MAX_UNPACKED:,} bytes when unpacked")
    found = lines.decode().split("\n", MAX_INPUTS + 3)
    if not 3 <= len(found) <= MAX_INPUTS + 2:
        raise ValueError(f"a packed table must have 1 to {MAX_INPUTS} inputs")
    return found


def _names(line: str) -> tuple[tuple[str, ...], tuple[str, ...], str]:
    if len(line) > (MAX_INPUTS + MAX_CLASSES + 1) * 8 * MAX_NAME:
        raise ValueError(f"a name must have at most {MAX_NAME} characters")
    try:
        found = json.loads(line)
    except RecursionError as error:
        raise ValueError("names must be lists") from error
    if not isinstance(found, dict) or found.keys() != _NAMES:
        raise ValueError("names must be those of inputs, classes and target")
    inputs, classes = _all_names(found["inputs"]), _all_names(found["classes"])
    (target,) = _all_names([found["target"]])
    if not 1 <= len(inputs) <= MAX_INPUTS or len(classes) == 1 or len(classes) > MAX_CLASSES:
        raise ValueError(f"a packed table must have 1 to {MAX_INPUTS} inputs, and none or 2 to {MAX_CLASSES} classes")
    return inputs, classes, target


def _all_names(names: object) -> tuple[str, ...]:
    if not isinstance(names, list) or not all(map(_is_a_name, names)) or len(set(names)) != len(names):
        raise ValueError("names must be different, short and one line each")
    return tuple(names)


def _is_a_name(name: object) -> bool:
    return isinstance(name, str) and 1 <= len(name) <= MAX_NAME and name.isprintable()


def _line(column: NDArray[Any]) -> str:
    """Its numbers, each as short as it can be: 1 rather than 1.0."""
    return (",".join(map(repr, column.tolist())) + ",").replace(".0,", ",")[:-1]


def _numbers(line: str) -> NDArray[np.float64]:
    """The numbers of a line; a few million are read in a second, so they are not looked at one by one."""
    if not _PLAIN.fullmatch(line):
        raise ValueError("a packed table must hold plain numbers alone")
    values = np.array(list(map(float, line.split(",", MAX_ROWS))), np.float64)
    if not (np.abs(values) <= MAX_NUMBER).all():
        raise ValueError(f"numbers must be at most {MAX_NUMBER:.1e} in size")
    return values


def _places(y: NDArray[np.float64], count: int) -> NDArray[np.int64]:
    places = y.astype(np.int64) if np.all((y >= 0) & (y < count)) else np.full(len(y), -1)
    if not np.array_equal(places, y) or len(np.unique(places)) != count:
        raise ValueError("a class must be one of those that are named, and each must come")
    return places
