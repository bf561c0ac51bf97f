"""The words of the live channel: what a page may say, and how an answer is packed.

A page sends JSON text; the server sends binary messages: a little-endian uint32 with the header's length, the header
as UTF-8 JSON, then the bytes of the arrays named in the header, back to back.
"""

from __future__ import annotations

import json
import math
import struct
from collections.abc import Mapping
from typing import Annotated, Any, Literal

import numpy as np
import numpy.typing as npt
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from playground.core.parts import MAX_HIDDEN_LAYERS, MAX_UNITS

AS_FAST_AS_IT_GOES = 0
FARTHEST = 1e6

Coordinate = Annotated[float, Field(ge=-FARTHEST, le=FARTHEST)]


def _ascending(bounds: tuple[float, float]) -> tuple[float, float]:
    if not bounds[1] - bounds[0] >= 1e-6:
        raise ValueError("the upper bound must exceed the lower one by at least 1e-6")
    return bounds


Bounds = Annotated[tuple[Coordinate, Coordinate], AfterValidator(_ascending)]


class Message(BaseModel):
    """What all messages share: nothing unknown, nothing infinite."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Credit(Message):
    """The page has painted, and is ready for one more frame."""

    type: Literal["credit"]


class Hidden(Message):
    """The tab is out of sight: nothing is wanted until the next credit."""

    type: Literal["hidden"]


class Play(Message):
    """Train, with so many epochs a frame; 0 is as fast as it goes."""

    type: Literal["play"]
    epochs_per_frame: int = Field(default=1, ge=0, le=1000)


class Speed(Message):
    """Another number of epochs a frame."""

    type: Literal["speed"]
    epochs_per_frame: int = Field(ge=0, le=1000)


class Pause(Message):
    """Stop after the epoch under way."""

    type: Literal["pause"]


class Step(Message):
    """Train one epoch, then pause."""

    type: Literal["step"]


class Rewind(Message):
    """Go back to the untrained network with the same weights."""

    type: Literal["rewind"]


class Scrub(Message):
    """Pause and show an earlier epoch."""

    type: Literal["scrub"]
    epoch: int = Field(ge=0, le=10_000)


class View(Message):
    """The visible range of the plane."""

    type: Literal["view"]
    x1: Bounds
    x2: Bounds


class Probe(Message):
    """The exact output at one point is wanted."""

    type: Literal["probe"]
    x1: Coordinate
    x2: Coordinate


class Show(Message):
    """What is to be seen beside the boundary: one view at most, and rings round misclassified points.

    `option` chooses within a view, `part` the points it is about; a view passes over what it does not know.
    """

    type: Literal["show"]
    view: Literal["none", "network", "layers", "probabilities", "errors", "signals", "diagnosis"] = "none"
    option: str = Field(default="", max_length=24)
    part: Literal["train", "validation", "test"] = "test"
    rings: bool = False


class Viewed(Message):
    """The page has drawn a view, and is ready for a newer one."""

    type: Literal["viewed"]


class Focus(Message):
    """One neuron's map is wanted in the main chart: layer 0 is the inputs, then hidden layers, then the outputs."""

    type: Literal["focus"]
    layer: int = Field(ge=0, le=MAX_HIDDEN_LAYERS + 1)
    unit: int = Field(ge=0, lt=MAX_UNITS)


class Unfocus(Message):
    """The network's own answer again."""

    type: Literal["unfocus"]


class Edit(Message):
    """Another value for a weight of the newest network, or for a neuron's bias when `source` is None."""

    type: Literal["edit"]
    layer: int = Field(ge=1, le=MAX_HIDDEN_LAYERS + 1)
    unit: int = Field(ge=0, lt=MAX_UNITS)
    source: int | None = Field(default=None, ge=0, lt=MAX_UNITS)
    value: float = Field(ge=-FARTHEST, le=FARTHEST)


PageMessage = (
    Credit
    | Hidden
    | Play
    | Speed
    | Pause
    | Step
    | Rewind
    | Scrub
    | View
    | Probe
    | Show
    | Viewed
    | Focus
    | Unfocus
    | Edit
)
_PAGE_MESSAGE: TypeAdapter[PageMessage] = TypeAdapter(Annotated[PageMessage, Field(discriminator="type")])


def read_message(text: str) -> PageMessage | None:
    """The message in `text`, or None when it is none of those a page may send."""
    try:
        return _PAGE_MESSAGE.validate_json(text)
    except (ValidationError, ValueError, RecursionError):
        return None


def pack(header: Mapping[str, Any], arrays: Mapping[str, npt.NDArray[Any]] | None = None) -> bytes:
    """One binary message; numbers that JSON cannot hold (NaN, infinity) become null."""
    arrays = arrays or {}
    described = [{"name": name, "dtype": str(a.dtype), "shape": a.shape} for name, a in arrays.items()]
    text = json.dumps({**{k: _finite(v) for k, v in header.items()}, "arrays": described}, allow_nan=False).encode()
    bodies = (np.ascontiguousarray(a).tobytes() for a in arrays.values())
    return b"".join((struct.pack("<I", len(text)), text, *bodies))


def unpack(message: bytes) -> tuple[dict[str, Any], dict[str, npt.NDArray[Any]]]:
    """The header and arrays of a packed message: the inverse of `pack`."""
    (length,) = struct.unpack_from("<I", message)
    header = json.loads(message[4 : 4 + length])
    offset, arrays = 4 + length, {}
    for described in header.pop("arrays"):
        dtype, shape = np.dtype(described["dtype"]), described["shape"]
        count = math.prod(shape)
        arrays[described["name"]] = np.frombuffer(message, dtype, count, offset).reshape(shape)
        offset += count * dtype.itemsize
    return header, arrays


def _finite(value: Any) -> Any:
    return None if isinstance(value, float) and not math.isfinite(value) else value
