"""What a worker gives turns to. A run is a job; a wall of networks will be another.

All modules are imported with the package: one that declares a kind of job (see `kinds`) needs no mention elsewhere.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

for _module in iter_modules(__path__):
    import_module(f"{__name__}.{_module.name}")
