"""How much a table may hold that a network learns from."""

from __future__ import annotations

import numpy as np

MAX_ROWS = 100_000
MIN_ROWS = 2
MAX_INPUTS = 30
MAX_CLASSES = 20
MAX_NAME = 60
"""Characters of the name of an input or a class."""
MAX_NUMBER = float(np.finfo(np.float32).max)
"""What a network computes with holds no more."""
