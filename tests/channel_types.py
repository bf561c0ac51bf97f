"""The live channel held against its declaration: every message, both ways, by whoever sends it."""

from __future__ import annotations

from functools import cache
from typing import Any

from numpy.typing import NDArray
from pydantic import TypeAdapter

from playground.runtime import views  # noqa: F401  declares the messages of all views
from playground.runtime.protocol import page
from playground.runtime.protocol.exporting import EXPORT_MESSAGES
from playground.runtime.protocol.finder import FINDER_MESSAGES
from playground.runtime.protocol.lesson import LESSON_MESSAGES
from playground.runtime.protocol.search import SEARCH_MESSAGES
from playground.runtime.protocol.server import MESSAGES, Declared
from playground.runtime.protocol.show import ViewOptions
from playground.runtime.protocol.wall import WALL_MESSAGES
from playground.runtime.views.answer import VIEWS

DECLARED = {
    **MESSAGES,
    **WALL_MESSAGES,
    **FINDER_MESSAGES,
    **SEARCH_MESSAGES,
    **LESSON_MESSAGES,
    **EXPORT_MESSAGES,
}


def check_message(header: dict[str, Any], arrays: dict[str, NDArray[Any]]) -> None:
    """Fail unless a message is just what its type declares: no field and no array more or less."""
    check_declared(_declared(header), header, arrays)


def check_declared(declared: Declared, header: dict[str, Any], arrays: dict[str, NDArray[Any]]) -> None:
    """Fail unless a message is just what this declares."""
    _adapter(declared.header).validate_python(header)
    required = {name for name, array in declared.arrays.items() if not array.optional}
    assert required <= arrays.keys() <= declared.arrays.keys(), f"{header['type']} has {sorted(arrays)}"
    lengths: dict[str, int] = {}
    for name, array in arrays.items():
        wanted = declared.arrays[name]
        assert str(array.dtype) == wanted.dtype, f"{name} is {array.dtype}"
        assert len(array.shape) == len(wanted.shape), f"{name} has the shape {array.shape}"
        for length, dimension in zip(array.shape, wanted.shape, strict=True):
            same = dimension if isinstance(dimension, int) else lengths.setdefault(dimension, length)
            assert length == same, f"{dimension} of {name} is {length}, not {same}"


def page_message(type_: str, **fields: Any) -> str:
    """The JSON of a page's message, made by its declared type."""
    return page.ANY.validate_python({"type": type_, **fields}).model_dump_json()


def _declared(header: dict[str, Any]) -> Declared:
    if header["type"] != "view":
        return {
            **MESSAGES,
            **WALL_MESSAGES,
            **FINDER_MESSAGES,
            **SEARCH_MESSAGES,
            **LESSON_MESSAGES,
            **EXPORT_MESSAGES,
        }[header["type"]]
    options = ViewOptions.known[header["view"]["name"]]
    options.model_validate(header["view"])
    return VIEWS[options].message


@cache
def _adapter(header: type) -> TypeAdapter[Any]:
    return TypeAdapter(header)
