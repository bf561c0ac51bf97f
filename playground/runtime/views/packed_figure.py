"""A figure on its way to a page."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt


def packed_figure(figure: Any) -> npt.NDArray[np.uint8]:
    """A figure's JSON as bytes, without the template that Plotly adds: the page has a look of its own."""
    figure.update_layout(template=None)
    return np.frombuffer(figure.to_json(validate=False, engine="json").encode(), np.uint8)
