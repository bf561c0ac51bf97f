"""Walls: many experiments that are trained in step, made from one along two axes and over seeds."""

from playground.core.wall.axis import MAX_NETWORKS, Axis, Scale
from playground.core.wall.draft import COLUMNS, ROWS, SEEDS
from playground.core.wall.offers import offered
from playground.core.wall.proof import proof_of, rounded
from playground.core.wall.shape import DEPTH, WIDTH
from playground.core.wall.typed import values_of
from playground.core.wall.wall import NAMES, Wall

__all__ = [
    "COLUMNS",
    "DEPTH",
    "MAX_NETWORKS",
    "NAMES",
    "ROWS",
    "SEEDS",
    "WIDTH",
    "Axis",
    "Scale",
    "Wall",
    "offered",
    "proof_of",
    "rounded",
    "values_of",
]
