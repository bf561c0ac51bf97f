"""What can be seen beside the boundary, each a pure function of a snapshot: (header, arrays) of a message.

Only the view a page shows is ever computed. The modules are imported when first needed: they bring Plotly along.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any, TypeAlias

import numpy.typing as npt

from playground.runtime.messages import Show
from playground.runtime.snapshot import Snapshot

Packed: TypeAlias = tuple[dict[str, Any], dict[str, npt.NDArray[Any]]]
ViewFunction: TypeAlias = Callable[[Snapshot, Show], Packed]

_MODULES: Mapping[str, str] = {
    name: f"playground.runtime.views.{name}" for name in ("layers", "probabilities", "errors", "signals", "diagnosis")
}
"""Each module has a function `view(snapshot, show)`."""


def has_message(name: str) -> bool:
    """Whether a view comes as a message of its own; the network diagram comes with every frame."""
    return name in _MODULES


def compute(snapshot: Snapshot, show: Show) -> Packed:
    """The view that `show` names."""
    view: ViewFunction = import_module(_MODULES[show.view]).view
    return view(snapshot, show)


def load() -> None:
    """Import all views, so that the first one shown does not hold up training."""
    for module in _MODULES.values():
        import_module(module)
