"""What of a table a network learns from: arrays, once target and inputs are chosen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, get_args

import numpy as np
from numpy.typing import NDArray

from playground.core import words
from playground.core.datasets._limits import MAX_CLASSES, MAX_INPUTS, MIN_ROWS
from playground.core.datasets._record import Task
from playground.core.errors import TableError
from playground.core.tables.column import Column, Rows
from playground.core.tables.problems import named, the_value
from playground.core.tables.tasks import classes_of, tasks_of

if TYPE_CHECKING:
    from playground.core.tables.table import Table


@dataclass(frozen=True, eq=False)
class Selection:
    """A target and inputs of a table, whole rows alone.

    Attributes
    ----------
    target, inputs : the names of the columns
    task : what the target is taken for
    X : (rows, inputs) float64, each finite as a float32 too
    y : (rows,) int64 class, or float64 value
    classes : the name of each class, sorted, numbers by their size; none for regression
    rows : (rows,) their numbers in the file
    left_out : numbers of the rows that were dropped
    """

    target: str
    inputs: tuple[str, ...]
    task: Task
    X: NDArray[np.float64]
    y: NDArray[Any]
    classes: tuple[str, ...]
    rows: Rows
    left_out: Rows


def select(
    table: Table, target: str, inputs: Sequence[str], drop: bool, drop_duplicates: bool, task: Task | None
) -> Selection:
    """What `Table.selected` returns."""
    goal = _target(table, target)
    given = _inputs(table, _listed(inputs), goal)
    whole = np.logical_and.reduce([column.filled for column in (goal, *given)])
    whole &= ~np.isin(table.rows, table.overlong)
    if not drop and not whole.all():
        _refuse_gaps(table.rows[~whole])
    kept = whole & ~np.isin(table.rows, table.duplicates) if drop_duplicates else whole
    if (count := np.count_nonzero(kept)) < MIN_ROWS:
        raise TableError(f"At least {MIN_ROWS} rows must have all of the chosen cells. Got {count}.")
    values = goal.values[kept]
    chosen = _task(goal.name, values, task)
    classes, y = classes_of(values) if chosen == "classification" else ((), values)
    X = np.stack([column.values[kept] for column in given], axis=1)
    names = tuple(column.name for column in given)
    return Selection(goal.name, names, chosen, X, y, classes, table.rows[kept], table.rows[~kept])


def _target(table: Table, name: str) -> Column:
    column = table.column(name)
    if column.kind == "empty":
        raise TableError(f"The target must hold values. Got {words.quoted(name)}, which is empty.")
    if column.kind == "constant":
        said = f"{words.quoted(name)}, which holds nothing but {words.quoted(the_value(column))}"
        raise TableError(f"The target must hold two or more different values. Got {said}.")
    return column


def _listed(names: object) -> tuple[str, ...]:
    """Names of inputs in their order. One text is none: its letters would be taken for names."""
    if isinstance(names, str | bytes) or not isinstance(names, Iterable):
        raise TableError(f"Inputs must be a list of names. Got {words.quoted(names)}.")
    return tuple(names)


def _inputs(table: Table, names: Sequence[str], target: Column) -> list[Column]:
    if not 1 <= len(names) <= MAX_INPUTS:
        raise TableError(f"There must be 1 to {MAX_INPUTS} inputs. Got {len(names)}.")
    columns = [table.column(name) for name in names]
    for place, column in enumerate(columns):
        if column in columns[:place]:
            raise TableError(f"Each input must be named once. Got {words.quoted(column.name)} twice.")
        if column is target:
            raise TableError(f"The target must not be an input. Got {words.quoted(column.name)} as both.")
    for column in columns:
        if column.kind != "number":
            raise TableError(f"An input must hold numbers that vary. Got {words.quoted(column.name)}: {_held(column)}.")
    return columns


def _held(column: Column) -> str:
    if column.kind == "constant":
        return f"it holds nothing but {words.quoted(the_value(column))}"
    return "it is empty" if column.kind == "empty" else "it holds names"


def _refuse_gaps(rows: Rows) -> None:
    rule = "Every row must have all of the chosen cells, and no more cells than the table has columns"
    others = "this one" if len(rows) == 1 else f"these {len(rows):,}"
    raise TableError(f"{rule}. Got others in {named(rows)}: leave out {others}, or choose other columns.")


def _task(target: str, values: NDArray[Any], task: Task | None) -> Task:
    if task not in (None, *get_args(Task)):
        raise TableError(f"The task must be one of {', '.join(get_args(Task))}. Got {words.quoted(task)}.")
    tasks = tasks_of(values)
    if tasks and task in (None, *tasks):
        return task or tasks[0]
    if task == "regression" and values.dtype != np.float64:
        raise TableError(f"The target of regression must hold numbers. Got {words.quoted(target)}: it holds names.")
    count = len(np.unique(values))
    if task == "regression" or (values.dtype == np.float64 and count < 2):
        raise TableError(
            f"The target must hold two or more different values. Got {count} in {words.quoted(target)}, "
            f"of {len(values):,} rows."
        )
    raise TableError(f"The target must have 2 to {MAX_CLASSES} classes. Got {count:,} in {words.quoted(target)}.")
