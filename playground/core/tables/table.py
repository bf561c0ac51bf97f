"""A table that was read: its columns, what is wrong with them, and what may be selected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from playground.core import words
from playground.core.datasets._record import Task
from playground.core.errors import TableError
from playground.core.tables.column import Column, Rows
from playground.core.tables.guessing import Guess, guess_of
from playground.core.tables.making import data_of
from playground.core.tables.selecting import Selection, select
from playground.core.tables.tasks import tasks_of

if TYPE_CHECKING:
    from playground.core.parts import Data


@dataclass(frozen=True, eq=False)
class Table:
    """A visitor's table.

    Attributes
    ----------
    columns : at least two
    problems : a sentence for each thing that is wrong, naming the first rows where it is
    rows : (rows,) the number of each row in the file; those of the header and of blank rows are left out
    overlong : numbers of the rows that have more cells than there are columns
    duplicates : numbers of the rows that are an earlier row once more
    header : whether the first row names the columns
    encoding : by Python's name
    separator : a comma, a semicolon or a tab
    decimal : what stands before the decimals of its numbers, a point or a comma
    """

    columns: tuple[Column, ...]
    problems: tuple[str, ...]
    rows: Rows
    overlong: Rows
    duplicates: Rows
    header: bool
    encoding: str
    separator: str
    decimal: str

    @cached_property
    def guess(self) -> Guess:
        """The target and the inputs to begin with."""
        return guess_of(self.columns)

    def column(self, name: str) -> Column:
        """The column of this name, or else the only one above which it stands. Raises TableError when there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        given = [column for column in self.columns if column.given == name != ""]
        if len(given) == 1:
            return given[0]
        raise TableError(f"There must be a column of the name. Got {words.quoted(name)}.")

    def tasks(self, target: str) -> tuple[Task, ...]:
        """What the column of this name may be the target of, the task that suggests itself first."""
        column = self.column(target)
        return tasks_of(column.values[column.filled])

    def selected(
        self,
        target: str,
        inputs: Sequence[str],
        drop: bool = False,
        drop_duplicates: bool = False,
        task: Task | None = None,
    ) -> Selection:
        """What a network learns from.

        Parameters
        ----------
        inputs : up to 30 columns of numbers
        drop : leave out rows with too many cells, or with a missing or bad one in a chosen column
        drop_duplicates : leave out rows that repeat earlier ones
        task : what to take the target for; None for what suggests itself, see `tasks`

        Raises
        ------
        TableError
            When a column does not fit, or `drop` is false and there are rows to drop; the sentence names them.
        """
        return select(self, target, inputs, drop, drop_duplicates, task)

    def to_data(
        self,
        target: str | None = None,
        inputs: Sequence[str] | None = None,
        drop: bool = False,
        drop_duplicates: bool = False,
        task: Task | None = None,
    ) -> Data:
        """The same as the data of an experiment.

        Parameters
        ----------
        target, inputs : by default as `guess` has them
        drop, drop_duplicates, task : as `selected` has them

        Raises
        ------
        TableError
            As `selected` does, or when no column will do, or there is more than can be packed.
        """
        target = target if target is not None else self.guess.target
        if target is None:
            raise TableError("A table must have a column that can be a target. Got none.")
        inputs = self._guessed(target) if inputs is None else inputs
        return data_of(self.selected(target, inputs, drop, drop_duplicates, task))

    def _guessed(self, target: str) -> list[str]:
        """The inputs to begin with for a target: those of the guess, if it is not one of them."""
        return [name for name in self.guess.inputs if name != self.column(target).name]
