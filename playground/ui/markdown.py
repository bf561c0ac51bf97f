"""Plain text for places where Streamlit reads markdown."""

from __future__ import annotations

import re

_SPECIAL = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~:$&])")


def escaped(text: str) -> str:
    """`text` so that markdown shows it as it is."""
    return _SPECIAL.sub(r"\\\1", text)
