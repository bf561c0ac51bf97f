"""Files of moving pictures, written picture by picture: GIF and APNG. All pictures have one palette.

Of a picture that follows another only the rectangle that changed is stored.
"""

from __future__ import annotations

import io
import struct
import zlib
from typing import Protocol

import numpy as np
from PIL import Image, ImageChops

PNG = b"\x89PNG\r\n\x1a\n"
GIF_HEAD = 13
"""Bytes before the palette."""
IMAGE, END = b"\x2c", b"\x3b"
Box = tuple[int, int, int, int]


class Writer(Protocol):
    """Takes pictures one by one; `size` are the bytes so far, `content` is the file."""

    @property
    def size(self) -> int:
        """Bytes so far."""

    def add(self, picture: Image.Image, milliseconds: int) -> None:
        """One more picture, with a palette, and how long it is shown."""

    def content(self) -> bytes:
        """The whole file."""


def changed(before: Image.Image | None, picture: Image.Image) -> Box:
    """The rectangle in which a picture is another; at least a pixel."""
    if before is None:
        return 0, 0, picture.width, picture.height
    plain = [Image.fromarray(np.asarray(each)) for each in (before, picture)]
    return ImageChops.difference(*plain).getbbox() or (0, 0, 1, 1)


class Gif:
    """A GIF that is played for ever."""

    def __init__(self) -> None:
        self._before: Image.Image | None = None
        self._parts: list[bytes] = []
        self.size = 0

    def add(self, picture: Image.Image, milliseconds: int) -> None:
        """One more picture."""
        box = changed(self._before, picture)
        alone = _alone(picture.crop(box))
        if self._before is None:
            self._put(_gif_head(alone) + b"\x21\xff\x0bNETSCAPE2.0\x03\x01\x00\x00\x00")
        self._before = picture
        image = bytearray(alone[alone.index(IMAGE, _after_palette(alone)) : -1])
        image[1:5] = struct.pack("<HH", *box[:2])
        self._put(b"\x21\xf9\x04\x04" + struct.pack("<H", milliseconds // 10) + b"\x00\x00" + bytes(image))

    def content(self) -> bytes:
        """The whole file."""
        return b"".join([*self._parts, END])

    def _put(self, part: bytes) -> None:
        self._parts.append(part)
        self.size += len(part)


def _alone(picture: Image.Image) -> bytes:
    """A GIF of one picture, its palette as it is."""
    out = io.BytesIO()
    picture.save(out, format="GIF", optimize=False)
    return out.getvalue()


def _after_palette(gif: bytes) -> int:
    return GIF_HEAD + 3 * (2 << (gif[10] & 7))


def _gif_head(gif: bytes) -> bytes:
    """Size and palette, of a GIF whose pictures have more than one."""
    return b"GIF89a" + gif[6 : _after_palette(gif)]


class Apng:
    """A PNG that is played for ever; who cannot play it shows its first picture."""

    def __init__(self) -> None:
        self._before: Image.Image | None = None
        self._parts: list[bytes] = []
        self._numbered = self._pictures = 0
        self._head = b""
        self.size = 0

    def add(self, picture: Image.Image, milliseconds: int) -> None:
        """One more picture."""
        box = changed(self._before, picture)
        pixels = np.asarray(picture.crop(box))
        rows = np.pad(pixels, ((0, 0), (1, 0)))  # each begins with the number of its filter, which is none
        packed = zlib.compress(rows.tobytes(), 6)
        width, height = box[2] - box[0], box[3] - box[1]
        place = struct.pack(">IIIIHHBB", width, height, box[0], box[1], milliseconds, 1000, 0, 0)
        self._put(b"fcTL", self._number() + place)
        if self._before is None:
            palette = bytes(picture.getpalette() or ())
            size = struct.pack(">IIBBBBB", picture.width, picture.height, 8, 3, 0, 0, 0)
            self._head = PNG + _chunk(b"IHDR", size) + _chunk(b"PLTE", palette)
            self._put(b"IDAT", packed)
        else:
            self._put(b"fdAT", self._number() + packed)
        self._before = picture
        self._pictures += 1

    def content(self) -> bytes:
        """The whole file."""
        played = _chunk(b"acTL", struct.pack(">II", self._pictures, 0))
        return b"".join([self._head, played, *self._parts, _chunk(b"IEND", b"")])

    def _number(self) -> bytes:
        self._numbered += 1
        return struct.pack(">I", self._numbered - 1)

    def _put(self, kind: bytes, content: bytes) -> None:
        self._parts.append(_chunk(kind, content))
        self.size += len(self._parts[-1])


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
