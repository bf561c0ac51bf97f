"""Source text as it travels: without the comments that stand on lines of their own. They are for who reads the files.

Lines keep their numbers, so that what a browser says of a line is true of the file. No string goes over several lines
here; a test holds that.
"""

from __future__ import annotations

import re
from pathlib import Path

_BLOCK = re.compile(r"^[ \t]*/\*(?:(?!\*/).)*\*/[ \t]*$", re.DOTALL | re.MULTILINE)
_LINE = re.compile(r"^[ \t]*//.*$", re.MULTILINE)
_OF = {".js": (_BLOCK, _LINE), ".css": (_BLOCK,)}


def bare_source(path: Path) -> bytes:
    """What is sent of a file."""
    patterns = _OF.get(path.suffix)
    if patterns is None:
        return path.read_bytes()
    text = path.read_text(encoding="utf-8")
    for pattern in patterns:
        text = pattern.sub(lambda comment: "\n" * comment[0].count("\n"), text)
    return text.encode()
