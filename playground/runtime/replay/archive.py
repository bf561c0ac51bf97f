"""What a replay holds, as one packed message that a browser unpacks itself.

The arrays of all frames are stacked, and laid out so that deflate finds little in them:

- maps, (frames, K, n, n): each byte less what the three neighbours above and before it foretell. Nothing is lost.
- maps of neurons, (frames, neurons, m, m): in every second place, in 64 steps, less those of the frame before
- weights and biases, (4, frames, numbers): float32 to four digits, the first bytes of all, then the second ones, …
- the border, (2, 2, vertices): x1 and x2 in `STEPS` steps of the plane less the one before; low bytes, then high ones

`archive.js` is the inverse.
"""

from __future__ import annotations

import zlib
from collections.abc import Generator, Mapping, Sequence
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from playground.runtime.protocol.packing import pack

Message: TypeAlias = tuple[Mapping[str, Any], Mapping[str, NDArray[Any]]]
"""The header of a message and its arrays."""
Bytes: TypeAlias = NDArray[np.uint8]

STEPS = 4094
GAP = 4095
"""What stands for the end of a line."""
FINEST = np.uint32(0xFFFFF000)
"""The bits of a float32 that are kept: 11 of its fraction."""
LEVEL = 6
SLICE = 1 << 18
"""Bytes that are packed at once: some 30 ms."""
OF_A_FRAME = ("epoch", "lo", "hi", "network")


def archive(hello: Message, frames: Sequence[Message], curves: NDArray[np.float32]) -> Generator[None, None, bytes]:
    """The packed bytes of a replay, slice by slice."""
    first = frames[0][0]
    plane = {"x1": first["x1"], "x2": first["x2"]}  # the page may have looked at another part of it
    header = {"type": "replay", "hello": {**hello[0], **plane}, "frames": [_header(frame) for frame, _ in frames]}
    maps = []
    for _, arrays in frames:
        maps.append(foretold(arrays["map"]))
        yield
    message = pack(header, {**hello[1], "curves": curves, "maps": np.stack(maps), **_stacked(frames)})
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = []
    for start in range(0, len(message), SLICE):
        packed.append(packer.compress(message[start : start + SLICE]))
        yield
    return b"".join([*packed, packer.flush()])


def _header(frame: Mapping[str, Any]) -> dict[str, object]:
    return {name: frame[name] for name in OF_A_FRAME if name in frame}


def _stacked(frames: Sequence[Message]) -> dict[str, NDArray[np.generic]]:
    (first, arrays) = frames[0]
    found = _lines([each["lines"] for _, each in frames], (first["x1"], first["x2"]))
    if "links" in arrays:
        found["links"] = planes(np.stack([each["links"] for _, each in frames]))
        found["biases"] = planes(np.stack([each["biases"] for _, each in frames]))
    if "neurons" in arrays:
        found["neurons"] = followed(np.stack([each["neurons"] for _, each in frames]))
    if "inputs" in arrays:
        found["inputs"] = arrays["inputs"]
    return found


def curves_of(frames: Sequence[Message]) -> NDArray[np.float32]:
    """The rows of all epochs: each frame has those that the page lacked."""
    whole = frames[0][1]["curves"]
    for header, arrays in frames[1:]:
        whole = np.concatenate([whole[: header["curves_start"]], arrays["curves"]])
    return whole


def foretold(maps: Bytes) -> Bytes:
    """Maps (…, n, n) less what their neighbours foretell: left plus above less above left."""
    across = np.diff(maps, axis=-1, prepend=np.zeros_like(maps[..., :1]))
    return np.diff(across, axis=-2, prepend=np.zeros_like(across[..., :1, :]))


def followed(maps: Bytes) -> Bytes:
    """Maps (frames, neurons, m, m) in every second place and in 64 steps, less those of the frame before."""
    coarse = maps[..., ::2, ::2] >> 2
    return np.diff(coarse, axis=0, prepend=np.zeros_like(coarse[:1]))


def planes(values: NDArray[np.float32]) -> Bytes:
    """Numbers to four digits, byte by byte: (4, …)."""
    rounded = (values.view(np.uint32) + (~FINEST + 1) // 2) & FINEST
    finite = np.where(np.isfinite(values), rounded, values.view(np.uint32))
    return np.moveaxis(finite.astype("<u4").view(np.uint8).reshape(*values.shape, 4), -1, 0)


def _lines(lines: Sequence[NDArray[np.float32]], plane: Sequence[Sequence[float]]) -> dict[str, NDArray[np.generic]]:
    """All borders one after the other, and the number of vertices of each."""
    counts = np.array([len(each) for each in lines], np.int32)
    least, most = np.array(plane, np.float64).T
    along = (np.concatenate(lines).astype(np.float64) - least) / (most - least)
    gaps = ~np.isfinite(along).all(axis=1, keepdims=True)
    steps = np.where(gaps, GAP, np.rint(np.clip(np.where(gaps, 0, along), 0, 1) * STEPS)).astype(np.uint16)
    moved = np.diff(steps, axis=0, prepend=np.zeros((1, 2), np.uint16)).T
    return {"vertices": counts, "lines": np.stack([moved & 0xFF, moved >> 8]).astype(np.uint8)}
