"""A wall that was asked for, whether it keeps to the rules or not."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from typing import Any, NamedTuple

from playground.core.experiment import Experiment
from playground.core.wall.axis import Axis
from playground.core.wall.cells import Cell, Settings, cell

ROWS, COLUMNS, SEEDS = "rows", "columns", "seeds"

Place = tuple[int, int]
"""A row and a column."""


class Draft(NamedTuple):
    """The parts of a wall."""

    base: Experiment
    rows: Axis | None
    columns: Axis | None
    seeds: int

    @property
    def axes(self) -> dict[str, Axis]:
        """The axes there are, by what they are called."""
        return {name: axis for name, axis in ((ROWS, self.rows), (COLUMNS, self.columns)) if axis}

    def with_axes(self, axes: Mapping[str, Axis | None]) -> Draft:
        """The same with these axes alone, by what they are called."""
        return self._replace(rows=axes.get(ROWS), columns=axes.get(COLUMNS))

    @property
    def knobs(self) -> tuple[str, ...]:
        """The knobs on the axes."""
        return tuple(axis.knob for axis in self.axes.values())

    @property
    def shape(self) -> tuple[int, int]:
        """The number of rows and of columns."""
        return len(self.rows or (0,)), len(self.columns or (0,))

    def settings(self) -> dict[Place, Settings]:
        """The value of each axis in each cell, row by row."""
        along: list[list[tuple[tuple[str, Any], ...]]] = [
            [((axis.knob, value),) for value in axis.values] if axis else [()] for axis in (self.rows, self.columns)
        ]
        return {
            (row, column): along[0][row] + along[1][column]
            for row, column in product(range(len(along[0])), range(len(along[1])))
        }

    def cells(self) -> dict[Place, Cell]:
        """The cells, row by row."""
        return {place: cell(self.base, settings) for place, settings in self.settings().items()}
