"""What can be taken away of a run, each made of a source in slices; one module a kind or a few that are alike.

A module declares each file with `exports`, and needs no mention anywhere else: all modules of this package are imported
with it.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

for _module in iter_modules(__path__):
    import_module(f"{__name__}.{_module.name}")
