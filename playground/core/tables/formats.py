"""Files that are no text, told by how they begin. None is opened: what is packed small may be large."""

from __future__ import annotations

import re

from playground.core.errors import TableError

RULE = "A table must be plain text, as CSV or TSV"
SAVE_AS = "save the sheet as CSV and take that"
UNPACK = "unpack it and take the table in it"
FORMATS: tuple[tuple[bytes, str, str], ...] = (
    (rb"PK\x03\x04", "a zip archive or a workbook (.xlsx, .ods)", SAVE_AS),
    (rb"PK\x05\x06", "an empty zip archive", UNPACK),
    (rb"\x1f\x8b", "a gzip file", UNPACK),
    (rb"BZh[1-9]1AY&SY", "a bzip2 file", UNPACK),
    (rb"\xfd7zXZ\x00", "an xz file", UNPACK),
    (rb"7z\xbc\xaf\x27\x1c", "a 7z archive", UNPACK),
    (rb"Rar!\x1a\x07", "a RAR archive", UNPACK),
    (rb"\x28\xb5\x2f\xfd", "a zstd file", UNPACK),
    (rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a workbook (.xls)", SAVE_AS),
    (rb"%PDF-[0-9]", "a PDF document", SAVE_AS),
)
"""A pattern of the first bytes, what begins so, and what to do."""


def refuse_other_formats(content: bytes) -> None:
    """Raise TableError when `content` begins as an archive, a workbook or a document does."""
    for beginning, called, advice in FORMATS:
        if re.match(beginning, content):
            raise TableError(f"{RULE}. Got {called}: {advice}.")
