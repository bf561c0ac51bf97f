"""What can be seen besides the boundary, each a pure function of a snapshot; one module a view.

A module declares its options, its message and the function that makes it (see `answer.answers`), and needs no mention
anywhere else: all modules of this package are imported with it. They import Plotly only when they draw.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

for _module in iter_modules(__path__):
    import_module(f"{__name__}.{_module.name}")
