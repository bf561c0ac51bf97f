"""What a step may point at, how it may look at a run, and what a learner may be free to change."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import playground
from playground.core import knobs

POINTED_AT: Mapping[str, str] = MappingProxyType(
    {
        "boundary": "the chart of the plane with the points",
        "legend": "the legend of that chart",
        "network": "the diagram of the network",
        "curves": "the curves of loss and accuracy",
        "play": "the button that plays and pauses",
        "step": "the button that trains one epoch",
        "rewind": "the button that goes back to epoch 0",
        "new_weights": "the button that draws other initial weights",
        "speed": "the choice of how many epochs a frame takes",
        "scrubber": "the slider over the epochs trained so far",
        "epoch": "the number of the epoch shown, and its figures",
        "tabs": "the tabs of the views below the charts",
        "settings": "the knobs at the side",
    }
)
"""The parts of the page that `points_at` may name, and what each is."""

PAGES: frozenset[str] = frozenset({"", "play", "explore", "search", "compare", "learn", "class"})
"""What the address of a page ends in; that of the first one in nothing, too."""

WEIGHTS = "weights"
FREE: frozenset[str] = frozenset(knobs.PART_OF) | {WEIGHTS}
"""What `free` may name: every knob, and the weights, which are edited in the diagram."""

_VIEWS = Path(playground.__file__).parent / "ui" / "static" / "stage" / "views"
TABS: tuple[str, ...] = tuple(sorted(path.stem.removesuffix("_view") for path in _VIEWS.glob("*_view.js")))
"""The tabs that `view` may name: a view is a module there, and is named nowhere else."""
