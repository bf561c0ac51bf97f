"""A link as a QR code."""

from __future__ import annotations

import numpy as np
import segno
from PIL import Image

from playground.figures.card.colors import GROUND, TEXT

LONGEST = 600
"""Characters: a longer link makes a code too fine to be read from a slide."""
QUIET = 2
"""Modules of white about it, which stands on white anyway."""


def link_code(link: str, size: int) -> Image.Image | None:
    """The code as a square of at most so many pixels; None for a link that is too long for one."""
    if not link or len(link) > LONGEST:
        return None
    modules = np.array([list(row) for row in segno.make_qr(link, error="m").matrix_iter(border=QUIET)], dtype=bool)
    if len(modules) > size:
        return None
    colors = np.where(modules[..., np.newaxis], TEXT, GROUND).astype(np.uint8)
    pixels = size // len(modules) * len(modules)  # whole pixels a module keep it sharp
    return Image.fromarray(colors).resize((pixels, pixels), Image.Resampling.NEAREST)
