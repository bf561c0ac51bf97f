"""The text of a file, and the encoding it was found in."""

from __future__ import annotations

import codecs
import math
import re

from playground.core.errors import TableError
from playground.core.tables.formats import RULE, refuse_other_formats

MAX_MEGABYTES = 10
MAX_BYTES = MAX_MEGABYTES * 2**20
LOOKED_AT = 4096
"""Bytes at the beginning in which the zero bytes of UTF-16 are counted."""
BYTE_ORDER_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
UNREADABLE = "\ufffd"
"""What stands for a letter that is not in the encoding."""
MARK = "\ufeff"
"""The byte order mark, once more where programs have added another."""
END_OF_FILE = "\x1a"
"""What old programs put at the end."""
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


def bytes_of(content: object) -> bytes:
    """`content`, if it is bytes of some kind. Raises TableError for what is none: a text says no encoding."""
    if isinstance(content, bytes | bytearray | memoryview):
        return bytes(content)
    raise TableError(f"A table must be given as the bytes of its file. Got {type(content).__name__}.")


def decoded(content: bytes) -> tuple[str, str]:
    """The text, its lines parted by line feeds, and its encoding by Python's name.

    Bytes that are UTF-8 are hardly ever meant as anything else. What is not is taken for Latin-1, in Windows's
    extension of it if it is in that: files said to be in Latin-1 mostly are, but it has no letter for five bytes.

    Raises
    ------
    TableError
        When there is too much of it, or none, or it is no text.
    """
    if len(content) > MAX_BYTES:
        megabytes = math.ceil(len(content) / 2**20 * 10) / 10  # up, or just too many would be as many as allowed
        raise TableError(f"A table must have at most {MAX_MEGABYTES} MB. Got {megabytes} MB.")
    refuse_other_formats(content)
    text, encoding = _decoded(content)
    text = _plain(text)
    if not text.strip():
        raise TableError("A table must have rows. Got an empty file.")
    _refuse_control_characters(text)
    return text, encoding


def _plain(text: str) -> str:
    """The text with one kind of line break, and without marks at its ends, which pandas reads in its own ways."""
    return text.replace("\r\n", "\n").replace("\r", "\n").lstrip(MARK).rstrip(END_OF_FILE)


def _decoded(content: bytes) -> tuple[str, str]:
    for mark, encoding in BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return _marked(content[len(mark) :], encoding), encoding
    utf_16 = _unmarked_utf_16(content)
    found = (utf_16 and _in(content, utf_16)) or _in(content, "utf-8") or _mostly_utf_8(content)
    return found or _in(content, "cp1252") or (content.decode("latin-1"), "latin-1")


def _marked(content: bytes, encoding: str) -> str:
    found = _in(content, encoding)
    if found is None:
        raise TableError(f"A table marked as {encoding.upper()} must be in it. Got bytes that are not.")
    return found[0]


def _in(content: bytes, encoding: str) -> tuple[str, str] | None:
    """The text and the encoding, if it is in it."""
    try:
        return content.decode(encoding), encoding
    except UnicodeDecodeError:
        return None


def _unmarked_utf_16(content: bytes) -> str | None:
    """UTF-16 by its zero bytes: those of Latin letters, digits and separators are every other one."""
    seen = content[:LOOKED_AT]
    even, odd = seen[::2].count(0), seen[1::2].count(0)
    if len(content) % 2 or max(even, odd) < len(seen) / 8 or min(even, odd) > max(even, odd) / 10:
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _mostly_utf_8(content: bytes) -> tuple[str, str] | None:
    """UTF-8 with a few bytes that are not; None where most of the letters beyond ASCII are not."""
    text = content.decode("utf-8", errors="replace")
    beyond = sum(map(len, _BEYOND_ASCII.findall(text)))
    return (text, "utf-8") if beyond > 2 * text.count(UNREADABLE) else None


def _refuse_control_characters(text: str) -> None:
    found = _CONTROL.search(text)
    if found:
        called = "a null byte" if found[0] == "\x00" else f"the control character {found[0]!r}"
        line = text.count("\n", 0, found.start()) + 1
        raise TableError(f"{RULE}. Got {called} in line {line}, as files of other kinds have.")
