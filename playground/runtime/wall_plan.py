"""Where the cells of a wall stand in what is printed of it, and what they are called."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from playground.core.comparison.differences import in_words
from playground.runtime.protocol.wall import RUN_AXIS

MOST_ACROSS = 12
"""Cells side by side."""
Hello = Mapping[str, Any]


def is_classification(hello: Hello) -> bool:
    """Whether any of its cells tells classes apart."""
    return any(cell["task"] == "classification" for cell in hello["cells"])


def part_of(hello: Hello) -> str:
    """The part beside training: of all cells, or a word for either."""
    parts = {cell["watched"] for cell in hello["cells"]}
    return str(parts.pop()) if len(parts) == 1 else "held back"


@dataclass(frozen=True)
class WallPlan:
    """What a page is told first of a wall, as words.

    Attributes
    ----------
    hello : the header of the wall's first message
    titles : what knobs are called; else as a link calls them, in words
    """

    hello: Hello
    titles: Mapping[str, str]

    @property
    def axes(self) -> list[Mapping[str, Any]]:
        """Rows and columns, of those that there are; of a comparison none."""
        both = (self.hello["rows"], self.hello["columns"])
        return [axis for axis in both if axis is not None and axis["knob"] != RUN_AXIS]

    @property
    def flat(self) -> bool:
        """Whether cells stand in rows and columns that have titles; else each has its own."""
        return len(self.axes) == 2 and self.n_columns <= MOST_ACROSS

    @property
    def across(self) -> int:
        """Cells side by side."""
        if self.flat:
            return self.n_columns
        cells = len(self.hello["cells"])
        return min(cells, 4 if cells <= 12 else 6 if cells <= 48 else 8)

    @property
    def directions(self) -> str:
        """What changes in which direction; only of a flat one."""
        down, along = self.axes
        return f"Across: {self.title_of(along)}. Down: {self.title_of(down)}."

    @property
    def n_columns(self) -> int:
        """Of the wall."""
        columns = self.hello["columns"]
        return 1 if columns is None else len(columns["labels"])

    @cached_property
    def names(self) -> list[str]:
        """Of each cell: `Learning rate 0.01, depth 2`."""
        return [self._name(cell) for cell in range(len(self.hello["cells"]))]

    @cached_property
    def members(self) -> list[str]:
        """Of each network: its cell, and which of its seeds."""
        seeds = self.hello["seeds"]
        if seeds == 1:
            return self.names
        return [f"{name}, seed {seed + 1} of {seeds}" for name in self.names for seed in range(seeds)]

    def networks_of(self, cell: int) -> slice:
        """Where the networks of a cell are among all."""
        return slice(cell * self.hello["seeds"], (cell + 1) * self.hello["seeds"])

    @property
    def heads(self) -> list[str]:
        """What tells cells apart in a table, column by column: the knobs on axes, or what the runs are called."""
        return [self.title_of(axis) for axis in self.axes] or ["Run" if self.hello["differences"] else "Cell"]

    def told_apart(self, cell: int) -> list[str]:
        """What a cell has in these columns."""
        return [axis["labels"][self._place(axis, cell)] for axis in self.axes] or [self.names[cell]]

    def settings_of(self, cell: int) -> Iterator[tuple[str, str]]:
        """Of each axis its knob, and its value in a cell as a link spells it."""
        for axis in self.axes:
            yield axis["knob"], axis["labels"][self._place(axis, cell)]
        for difference in self.hello["differences"]:
            at = difference["at"][cell]
            yield difference["axis"]["knob"], "" if at < 0 else difference["axis"]["labels"][at]

    def title_of(self, axis: Mapping[str, Any]) -> str:
        """What the knob of an axis is called."""
        title = self.titles.get(axis["knob"], in_words(axis["knob"]))
        return title[:1].upper() + title[1:]

    def _place(self, axis: Mapping[str, Any], cell: int) -> int:
        return cell // self.n_columns if axis is self.hello["rows"] else cell % self.n_columns

    def _name(self, cell: int) -> str:
        columns = self.hello["columns"]
        if columns is not None and columns["knob"] == RUN_AXIS:
            return str(columns["labels"][cell])
        parts = [f"{self.title_of(axis)} {axis['labels'][self._place(axis, cell)]}" for axis in self.axes]
        return ", ".join([*parts[:1], *map(_lower, parts[1:])]) or "The only one"

    @property
    def n_rows(self) -> int:
        """Rows as they stand."""
        return math.ceil(len(self.hello["cells"]) / self.across)

    def rows_of_cells(self) -> Iterator[range]:
        """The cells, row by row as they stand."""
        cells = len(self.hello["cells"])
        for row in range(self.n_rows):
            yield range(row * self.across, min((row + 1) * self.across, cells))


def _lower(title: str) -> str:
    """A title within a sentence: "L2" stays as it is."""
    return title if title[1:2].isupper() or title[1:2].isdigit() else title[:1].lower() + title[1:]
