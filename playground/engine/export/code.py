"""Code as it is put together: pieces, each with what it imports and what it is about."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import keras

LONGEST_LINE = 110


@dataclass(frozen=True)
class Piece:
    """Lines that belong together.

    Attributes
    ----------
    title : what they are about
    words : what a notebook says of them, in Markdown
    code : the lines
    imports : lines that it needs at the top
    packages : distributions whose versions it needs, beside Keras and TensorFlow
    """

    title: str
    words: str
    code: str
    imports: frozenset[str] = frozenset()
    packages: frozenset[str] = frozenset()


def sorted_imports(lines: Iterable[str]) -> str:
    """Import lines as a formatter has them: the standard library's, then the others'."""
    lines = sorted(set(lines), key=lambda line: (line.startswith("from"), line))
    own = [line for line in lines if line.split()[1] in ("csv", "io", "math", "os")]
    others = [line for line in lines if line not in own]
    return "\n\n".join("\n".join(block) for block in (own, sorted(others, key=_module)) if block)


def _module(line: str) -> tuple[bool, str]:
    return line.startswith("from"), line


def constants(values: Mapping[str, Any]) -> str:
    """An assignment a line."""
    return "".join(f"{name} = {literal(value)}\n" for name, value in values.items())


def literal(value: Any) -> str:
    """The value in Python."""
    if isinstance(value, str):
        return text_literal(value)
    if isinstance(value, tuple | list):
        inner = ", ".join(map(literal, value))
        one = "," if isinstance(value, tuple) and len(value) == 1 else ""
        return f"[{inner}]" if isinstance(value, list) else f"({inner}{one})"
    return repr(value).replace("e+", "e")


def text_literal(value: str) -> str:
    """In double quotes, as formatters have it, wherever that needs no more escapes."""
    plain = repr(value)
    return f'"{plain[1:-1]}"' if '"' not in value and "\\'" not in plain else plain


def construction(made: Any, place: str = "", **other: Any) -> str:
    """The call that makes this object of Keras, with what differs from its defaults.

    Parameters
    ----------
    place : what the module is called that offers it
    other : values to write in any case, instead of those that the object has
    """
    kind = type(made)
    defaults = {name: each.default for name, each in inspect.signature(kind).parameters.items()}
    config = {**made.get_config(), **other}
    given = {name: value for name, value in config.items() if name in other or defaults.get(name, value) != value}
    arguments = [
        f"{name}={literal(value)}"
        for name, value in given.items()
        # Objects within it are as they are by default: what else is chosen here are numbers and names.
        if name not in ("name", "dtype") and not isinstance(value, dict)
    ]
    return f"{place or f'keras.{_place_of(made)}'}.{kind.__name__}({', '.join(arguments)})"


def call(function: str, arguments: list[str], indent: str = "", room: int = LONGEST_LINE) -> str:
    """A call in one line, or where that is too long with a line for each argument."""
    line = f"{function}({', '.join(arguments)})"
    if len(indent) + len(line) <= room:
        return line
    return f"{function}(\n" + "".join(f"{indent}    {each},\n" for each in arguments) + f"{indent})"


def _place_of(made: Any) -> str:
    """The module in which Keras offers it."""
    for place in ("initializers", "regularizers", "optimizers", "losses", "layers"):
        if getattr(getattr(keras, place), type(made).__name__, None) is type(made):
            return place
    raise NotImplementedError(f"Keras must offer what is written down. Got {type(made).__name__}.")
