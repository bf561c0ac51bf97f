"""The pages: each module without a leading underscore declares one as its `PAGE`, and does nothing on import."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from playground.ui.pages._record import Page

__all__ = ["Page", "all_pages"]


def all_pages() -> list[Page]:
    """Every page, in the order of the navigation; the first one lies at the root."""
    names = [module.name for module in iter_modules(__path__) if not module.name.startswith("_")]
    pages: list[Page] = [import_module(f"{__name__}.{name}").PAGE for name in names]
    return sorted(pages, key=lambda page: page.place)
