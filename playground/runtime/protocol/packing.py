"""The bytes of a server's messages.

A message is a little-endian uint32 with the header's length, the header as UTF-8 JSON, then the bytes of the arrays
named in the header's `arrays`, back to back. Numbers that JSON cannot hold (NaN, infinity), at any depth, become null.
"""

from __future__ import annotations

import json
import math
import re
import struct
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray
from pydantic_core import to_json

Header: TypeAlias = Mapping[str, object]
"""One of the types that `server` declares, or what goes into one."""
Arrays: TypeAlias = Mapping[str, NDArray[np.generic]]


class Body(NamedTuple):
    """Arrays as they travel: how each is described in a header, and the bytes of all. Made once, sent many times."""

    described: tuple[Mapping[str, object], ...] = ()
    content: bytes = b""


_TYPE = re.compile(rb'.{4}{"type":"(\w+)"', re.DOTALL)
_name = cache(str)  # of a type of numbers: NumPy takes longer to spell it than to copy its numbers


def body_of(arrays: Arrays) -> Body:
    """Arrays made ready to travel."""
    described = tuple({"name": name, "dtype": _name(a.dtype), "shape": a.shape} for name, a in arrays.items())
    return Body(described, b"".join(a.tobytes() for a in arrays.values()))


def pack(header: Header, arrays: Arrays | None = None, bodies: Iterable[Body] = ()) -> bytes:
    """One binary message, of arrays and of arrays that are ready to travel."""
    parts = [body_of(arrays or {}), *bodies]
    described = [each for part in parts for each in part.described]
    text = to_json({**header, "arrays": described}, inf_nan_mode="null")
    return b"".join((struct.pack("<I", len(text)), text, *(part.content for part in parts)))


def type_of(message: bytes) -> str:
    """The type of a packed message whose header begins with it, read without the rest; else an empty text."""
    found = _TYPE.match(message)
    return found[1].decode() if found else ""


def header_end(message: bytes) -> int:
    """Where the header of a packed message ends, and its first array begins."""
    return 4 + int(struct.unpack_from("<I", message)[0])


def header_of(message: bytes) -> dict[str, Any]:
    """The header of a packed message, in which its arrays are described."""
    found: dict[str, Any] = json.loads(message[4 : header_end(message)])
    return found


def unpack(message: bytes) -> tuple[dict[str, Any], dict[str, NDArray[Any]]]:
    """The header and arrays of a packed message: the inverse of `pack`."""
    header, offset = header_of(message), header_end(message)
    arrays: dict[str, NDArray[Any]] = {}
    for described in header.pop("arrays"):
        dtype, shape = np.dtype(described["dtype"]), described["shape"]
        count = math.prod(shape)
        arrays[described["name"]] = np.frombuffer(message, dtype, count, offset).reshape(shape)
        offset += count * dtype.itemsize
    return header, arrays
