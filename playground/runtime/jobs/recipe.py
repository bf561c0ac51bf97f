"""Recipes: what a job needs made that takes long, and so is made in the compiling thread of its worker."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, NamedTuple, TypeAlias

from playground.runtime.engine import Engine


class Recipe(NamedTuple):
    """Something that takes long to make and is made in the compiling thread of a worker.

    Attributes
    ----------
    key : equal for recipes that make the same
    make : makes it
    of : the `key_of` the subject that it is made for, by which a fault is laid at its door
    shared : whether all who ask for the key get the same one; else it is its job's own, and goes with it
    """

    key: str
    make: Callable[[Engine], Any]
    of: str
    shared: bool = True


Made: TypeAlias = Future[Any]
