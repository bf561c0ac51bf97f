"""A function of ours as it is written, but so that it stands alone: what it reads of an experiment becomes constants.

What is taught of a dataset is thereby what draws it. Annotations go, and the functions that it calls come with it.
"""

from __future__ import annotations

import ast
import builtins
import inspect
import sys
import textwrap
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

from playground.core.datasets import OwnKnob
from playground.core.formulas import classes_by, python_of, read_rule

RULE = "rule"
CLASSES_BY = f'''\
def {classes_by.__name__}({RULE}, X):
    """1 where the rule holds, else 0."""
    with np.errstate(all="ignore"):
        return {RULE}(*X.T).astype(int)
'''
"""What stands for `classes_by` where a rule is a function."""
SHADOWED = frozenset({"data", "train"})
"""Parameters that an experiment's part goes by: what is read of it becomes a constant."""
_CONSTANTS = (bool, int, float, str, tuple)


class NotAloneError(Exception):
    """A function needs what cannot be written down for it."""


@dataclass
class Alone:
    """Functions that stand alone, in an order in which each one's own come first.

    Parameters
    ----------
    part : the part of an experiment that they read, as their parameter called `data` or `train`
    inlined : functions whose calls are written as this makes them of their arguments' texts

    Attributes
    ----------
    imports : lines
    constants : by the name that the functions have for them
    functions : the text of each
    """

    part: Any
    inlined: Mapping[Callable[..., Any], Callable[..., str]] = field(default_factory=dict)
    imports: set[str] = field(default_factory=set)
    constants: dict[str, Any] = field(default_factory=dict)
    functions: list[str] = field(default_factory=list)
    _names: dict[Any, str] = field(default_factory=dict)

    def add(self, function: Any) -> str:
        """Take in a function or a class, and what it needs; its name.

        Raises
        ------
        NotAloneError
            When it reads what is neither a constant, a library's nor a function of ours.
        """
        function = inspect.unwrap(function)
        if function in self._names:
            return self._names[function]
        name = self._names[function] = function.__name__.lstrip("_")
        if function is classes_by:
            self.imports.add("import numpy as np")
            self.functions.append(CLASSES_BY)
            return name
        module = sys.modules[function.__module__]
        source = inspect.getsource(module)
        node = _definition(source, function.__name__)
        edits = _Edits(source)
        self._define(node, edits, vars(module), name)
        self.functions.append(textwrap.dedent(edits.text(node)))
        return name

    # What is changed of a definition.

    def _define(self, node: ast.AST, edits: _Edits, known: Mapping[str, Any], name: str) -> None:
        parts: list[ast.AST] = []
        if isinstance(node, ast.FunctionDef):
            names = [each.arg for each in node.args.args if each.arg not in SHADOWED]
            edits.sign(node, f"def {name}({', '.join(names)})")
            parts = [*node.body]
        if isinstance(node, ast.ClassDef):
            parts = [*node.bases, *node.body]
        for part in parts:
            self._visit(part, edits, known)

    def _visit(self, node: ast.AST, edits: _Edits, known: Mapping[str, Any]) -> None:
        match node:
            case ast.FunctionDef():
                self._define(node, edits, known, node.name)
            case ast.Import() | ast.ImportFrom():
                self.imports.add(ast.unparse(node))
                edits.drop_line(node)
            case ast.AnnAssign(value=ast.AST() as value):
                edits.replace_between(node.target, value, " = ")
                self._visit(value, edits, known)
            case ast.IfExp(test=test) if (found := self._chosen(test, known)) is not None:
                edits.keep_only(node, node.body if found else node.orelse)
                self._visit(node.body if found else node.orelse, edits, known)
            case ast.Call():
                self._call(node, edits, known)
            case ast.Attribute(value=ast.Name(id=part), attr=attribute) if part in SHADOWED:
                edits.replace(node, self._constant(attribute.upper(), getattr(self.part, attribute)))
            case ast.Name(id=name, ctx=ast.Load()):
                self._name(node, name, edits, known)
            case _:
                for child in ast.iter_child_nodes(node):
                    self._visit(child, edits, known)

    def _call(self, node: ast.Call, edits: _Edits, known: Mapping[str, Any]) -> None:
        if (knob := _knob_read(node, known)) is not None:
            edits.replace(node, self._constant(_name_of(node), knob.of(self.part)))
            return
        called = known.get(node.func.id) if isinstance(node.func, ast.Name) else None
        if called is read_rule:
            edits.replace(node, self._rule(node, known))
        elif _hashable(called) in self.inlined:
            edits.replace(node, self.inlined[_hashable(called)](*(self._text(each, known) for each in node.args)))
        else:
            dropped = [each for each in node.args if _takes_a_part(node.func) and _is_a_part(each)]
            edits.drop_from(node.args, lambda each: each in dropped)
            for child in [node.func, *(each for each in node.args if each not in dropped), *node.keywords]:
                self._visit(child, edits, known)

    def _name(self, node: ast.Name, name: str, edits: _Edits, known: Mapping[str, Any]) -> None:
        if name in SHADOWED:
            raise NotAloneError(f"It passes on all of {name}.")
        if name not in known:
            return  # of its own, or of Python
        value = known[name]
        if isinstance(value, ModuleType):
            self.imports.add(f"import {value.__name__}" + (f" as {name}" if name != value.__name__ else ""))
        elif _is_of_the_package(value, known["__name__"]):
            edits.replace(node, self.add(value))
        elif isinstance(value, _CONSTANTS):
            edits.replace(node, self._constant(name.lstrip("_"), value))
        else:
            raise NotAloneError(f"It needs {name}.")

    # What stands for what is read.

    def _constant(self, name: str, value: Any) -> str:
        if not isinstance(value, _CONSTANTS) or self.constants.setdefault(name, value) != value:
            raise NotAloneError(f"{name} cannot be a constant.")
        return name

    def _chosen(self, test: ast.AST, known: Mapping[str, Any]) -> bool | None:
        """Whether a condition holds, where it is a knob alone."""
        knob = _knob_read(test, known)
        return bool(knob.of(self.part)) if knob else None

    def _rule(self, node: ast.Call, known: Mapping[str, Any]) -> str:
        knob = _knob_read(node.args[0], known)
        if knob is None:
            raise NotAloneError("A rule must be a knob's.")
        written = python_of(read_rule(knob.of(self.part)))
        self.functions.append(f'def {RULE}(x1, x2):\n    """Where class 1 is."""\n    return {written}\n')
        self.imports.add("import numpy as np")
        return RULE

    def _text(self, node: ast.expr, known: Mapping[str, Any]) -> str:
        """An expression by itself."""
        source = ast.unparse(node)
        edits = _Edits(source)
        self._visit(ast.parse(source, mode="eval").body, edits, known)
        return edits.text()


def _definition(source: str, name: str) -> ast.FunctionDef | ast.ClassDef:
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name == name:
            return node
    raise NotAloneError(f"{name} must be written at the top of its module.")


def _is_a_part(node: ast.AST) -> bool:
    return isinstance(node, ast.Name) and node.id in SHADOWED


def _takes_a_part(function: ast.AST) -> bool:
    """Whether a function that is called is one of ours, whose parameter goes, too."""
    return isinstance(function, ast.IfExp) or (isinstance(function, ast.Name) and not hasattr(builtins, function.id))


def _is_of_the_package(value: Any, module: str) -> bool:
    """Whether it is a function or a class of the package that a module is in."""
    own = inspect.isfunction(inspect.unwrap(value)) if callable(value) else False
    return (own or inspect.isclass(value)) and str(value.__module__).split(".")[0] == module.split(".")[0]


def _hashable(value: Any) -> Any:
    return value if inspect.isfunction(value) else None


def _knob_read(node: ast.AST, known: Mapping[str, Any]) -> OwnKnob[Any] | None:
    """The knob whose value `KNOB.of(data)` is."""
    match node:
        case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr="of")) if isinstance(known.get(name), OwnKnob):
            knob: OwnKnob[Any] = known[name]
            return knob
    return None


def _name_of(node: ast.Call) -> str:
    match node.func:
        case ast.Attribute(value=ast.Name(id=name)):
            return name
    raise NotAloneError("A knob must have a name.")


class _Edits:
    """Changes to a source, by places in its bytes, as `ast` counts."""

    def __init__(self, source: str) -> None:
        self._source = source.encode()
        lines = self._source.splitlines(keepends=True)
        self._starts = [0]
        for line in lines:
            self._starts.append(self._starts[-1] + len(line))
        self._edits: list[tuple[int, int, bytes]] = []

    def text(self, node: ast.FunctionDef | ast.ClassDef | None = None) -> str:
        """The source of a definition, without decorators, as changed; by default all of it."""
        start, end = self._lines(node) if node else (0, len(self._source))
        parts, at = [], start
        for first, last, new in sorted(self._edits):
            if start <= first and last <= end:
                parts += [self._source[at:first], new]
                at = last
        return b"".join([*parts, self._source[at:end]]).decode()

    def replace(self, node: ast.AST, new: str) -> None:
        """Write something else for it."""
        self._edits.append((self._start(node), self._end(node), new.encode()))

    def sign(self, node: ast.FunctionDef, new: str) -> None:
        """Write another signature, which has no annotations and no defaults."""
        first = self._start(node.body[0])
        self._edits.append((self._start(node), self._source.rindex(b":", 0, first), new.encode()))

    def replace_between(self, first: ast.AST, second: ast.AST, new: str) -> None:
        self._edits.append((self._end(first), self._start(second), new.encode()))

    def keep_only(self, node: ast.AST, part: ast.AST) -> None:
        """Of an expression the part alone; parentheses around the whole go, too."""
        start, end = self._start(node), self._end(node)
        if self._source[start - 1 : start] == b"(" and self._source[end : end + 2] == b")(":
            start, end = start - 1, end + 1
        self._edits += [(start, self._start(part), b""), (self._end(part), end, b"")]

    def drop_line(self, node: ast.AST) -> None:
        """And an empty one after it."""
        line: int = node.lineno  # type: ignore[attr-defined]
        last: int = node.end_lineno  # type: ignore[attr-defined]
        empty = last + 1 < len(self._starts) and not self._source[self._starts[last] : self._starts[last + 1]].strip()
        self._edits.append((self._starts[line - 1], self._starts[last + empty], b""))

    def drop_from(self, nodes: list[Any], which: Callable[[Any], bool]) -> None:
        """Some of a list with commas."""
        for start, end in self._listed(nodes, which):
            self._edits.append((start, end, b""))

    def _listed(self, nodes: list[Any], which: Callable[[Any], bool]) -> Iterator[tuple[int, int]]:
        for place, node in enumerate(nodes):
            if not which(node):
                continue
            if place + 1 < len(nodes):
                yield self._start(node), self._start(nodes[place + 1])
            else:
                yield (self._end(nodes[place - 1]) if place else self._start(node)), self._end(node)

    def _lines(self, node: ast.FunctionDef | ast.ClassDef) -> tuple[int, int]:
        return self._starts[node.lineno - 1], self._starts[node.end_lineno or node.lineno]

    def _start(self, node: Any) -> int:
        return self._starts[node.lineno - 1] + int(node.col_offset)

    def _end(self, node: Any) -> int:
        return self._starts[node.end_lineno - 1] + int(node.end_col_offset)
