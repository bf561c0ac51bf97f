"""The messages of channels as TypeScript declarations, made from the Python types.

``static/web/messages.d.ts`` is of the live channel, ``static/room/messages.d.ts`` of that of a room.
"""

from __future__ import annotations

import types
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from typing_extensions import NotRequired, Required, get_type_hints, is_typeddict

from playground.classroom.protocol.page import RoomMessage
from playground.classroom.protocol.server import ROOM_MESSAGES
from playground.runtime import views as _views  # noqa: F401  declares the messages of all views
from playground.runtime.protocol.exporting import EXPORT_MESSAGES
from playground.runtime.protocol.finder import FINDER_MESSAGES
from playground.runtime.protocol.lesson import LESSON_MESSAGES
from playground.runtime.protocol.page import PageMessage
from playground.runtime.protocol.search import SEARCH_MESSAGES
from playground.runtime.protocol.server import MESSAGES, Array, Declared
from playground.runtime.protocol.show import ViewOptions
from playground.runtime.protocol.wall import WALL_MESSAGES
from playground.runtime.views.answer import VIEWS

BUFFERS = {"uint8": "Uint8Array", "int32": "Int32Array", "float32": "Float32Array", "float64": "Float64Array"}
HEAD = "// Made from the Python declarations by `python -m playground.ui.web.facts`: change them there."


def declarations() -> str:
    """The text for the live channel."""
    writer = _Writer()
    _write_members(writer, PageMessage)
    for options in ViewOptions.known.values():
        writer.name_of(options)
    for name, declared in _declared():
        writer.message(name, declared)
    wanted = " | ".join(options.__name__ for options in ViewOptions.known.values())
    tail = [_union("PageMessage", PageMessage), f"export type ViewWanted = {wanted};"]
    return "\n\n".join([HEAD, *writer.blocks.values(), *tail]) + "\n"


def room_declarations() -> str:
    """The text for the channel of a room."""
    writer = _Writer()
    _write_members(writer, RoomMessage)
    for name, declared in ROOM_MESSAGES.items():
        writer.message(f"{name.title().replace('_', '')}Message", declared)
    return "\n\n".join([HEAD, *writer.blocks.values(), _union("Said", RoomMessage)]) + "\n"


def _write_members(writer: _Writer, messages: Any) -> None:
    for member in get_args(messages):
        writer.name_of(member)


def _union(name: str, messages: Any) -> str:
    return f"export type {name} = {' | '.join(member.__name__ for member in get_args(messages))};"


def _declared() -> Iterator[tuple[str, Declared]]:
    for name, declared in {
        **MESSAGES,
        **WALL_MESSAGES,
        **FINDER_MESSAGES,
        **SEARCH_MESSAGES,
        **LESSON_MESSAGES,
        **EXPORT_MESSAGES,
    }.items():
        yield f"{name.capitalize()}Message", declared
    for options, view in VIEWS.items():
        yield f"{options.__name__.removesuffix('Options')}Message", view.message


class _Writer:
    """Collects the declarations of types as they are met."""

    def __init__(self) -> None:
        self.blocks: dict[str, str] = {}

    def message(self, name: str, declared: Declared) -> None:
        header = self.name_of(declared.header)
        arrays = "".join(f"    {each}{self._array(array)};\n" for each, array in declared.arrays.items())
        self.blocks[name] = f"export interface {name} {{\n  header: {header};\n  arrays: {{\n{arrays}  }};\n}}"

    @staticmethod
    def _array(array: Array) -> str:
        shape = ", ".join("number" for _ in array.shape)
        return f"{'?' if array.optional else ''}: {{ data: {BUFFERS[array.dtype]}; shape: [{shape}] }}"

    def name_of(self, kind: type) -> str:
        """The name of a declared type, its declaration being written when it is first met."""
        name = kind.__name__
        if name not in self.blocks:
            self.blocks[name] = ""  # keeps its place, and ends a circle
            self.blocks[name] = self._interface(name, self._fields(kind))
        return name

    def _interface(self, name: str, fields: Mapping[str, str]) -> str:
        lines = "".join(f"  {field}: {kind};\n" for field, kind in fields.items())
        return f"export interface {name} {{\n{lines}}}"

    def _fields(self, kind: type) -> dict[str, str]:
        if issubclass(kind, BaseModel):
            required = {"type", "name"}
            return {
                name + ("" if name in required or field.is_required() else "?"): self._written(field.annotation)
                for name, field in kind.model_fields.items()
            }
        optional = set(getattr(kind, "__optional_keys__", ()))
        fields = {}
        for name, hint in get_type_hints(kind, include_extras=True).items():
            origin: Any = get_origin(hint)
            may_lack = name in optional or origin is NotRequired
            fields[name + ("?" if may_lack else "")] = self._written(hint)
        return fields

    def _written(self, hint: Any) -> str:
        """A Python type as TypeScript writes it."""
        plain = {str: "string", int: "number", float: "number", bool: "boolean", type(None): "null", Any: "any"}
        if hint in plain:
            return plain[hint]
        origin: Any = get_origin(hint)
        arguments = get_args(hint)
        if origin is Literal:
            return " | ".join(f'"{value}"' if isinstance(value, str) else str(value) for value in arguments)
        if origin in (Annotated, NotRequired, Required):
            return self._written(arguments[0])
        if origin in (Union, types.UnionType):
            return " | ".join(dict.fromkeys(self._written(each) for each in arguments))
        if origin is tuple and arguments[-1] is not ...:
            return f"[{', '.join(map(self._written, arguments))}]"
        if origin in (list, tuple):
            return f"Array<{self._written(arguments[0])}>"
        if origin is dict:
            return f"Record<string, {self._written(arguments[1])}>"
        if hint is ViewOptions:
            return "ViewWanted"
        if is_typeddict(hint) or (isinstance(hint, type) and issubclass(hint, BaseModel)):
            return self.name_of(hint)
        raise TypeError(f"there is no TypeScript for {hint}")
