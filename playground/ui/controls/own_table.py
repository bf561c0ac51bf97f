"""Your own table: a file or pasted rows, what of them is learnt, and what is wrong with them."""

from __future__ import annotations

import hashlib
from typing import NamedTuple

import numpy as np
import streamlit as st

from playground.core import Table, TableError, experiment_file, read_table
from playground.core.datasets import own
from playground.core.parts import Task
from playground.core.tables import MAX_BYTES, MAX_INPUTS
from playground.ui.controls import chosen
from playground.ui.controls.downloads import TOO_LARGE
from playground.ui.markdown import escaped

OPEN, READ, ERROR = "own_table_open", "own_table_read", "own_table_error"
FILE, PASTED, TARGET, TASK, INPUTS, DROP, REPEATS, USE = (
    f"own_table_{name}" for name in ("file", "pasted", "target", "task", "inputs", "drop", "repeats", "use")
)
MOST_PASTED = 20_000
"""Characters: a page's messages are bounded, files are not among them."""
PREVIEW_ROWS = 5
PREVIEW_COLUMNS = 8
LONGEST_CELL = 18
MEGABYTES = MAX_BYTES // 2**20


class Choice(NamedTuple):
    """What is to be learnt of a table."""

    target: str
    inputs: tuple[str, ...]
    drop: bool
    drop_duplicates: bool
    task: Task | None


def open_own_table() -> None:
    """Open the dialog; for use in callbacks."""
    st.session_state[OPEN] = True


def show_own_table() -> None:
    """The way to another table, where one is chosen; and the dialog while it is open."""
    if chosen.values()["dataset"] == own.NAME:
        st.button(
            "Another table or file",
            key="another_table",
            icon=":material/upload_file:",
            on_click=open_own_table,
            disabled=chosen.is_fixed("table", "dataset"),
        )
        if not chosen.experiment().fits_in_link:
            st.caption(TOO_LARGE)
    if st.session_state.get(OPEN):
        _dialog()


def _close() -> None:
    """What was read is needed no more, and may be large."""
    for name in (READ, ERROR):
        st.session_state.pop(name, None)
    st.session_state[OPEN] = False


@st.dialog("Your own table", width="large", on_dismiss=_close)
def _dialog() -> None:
    if not st.session_state.get(OPEN):  # it was used, and this is not yet the whole page
        st.rerun()
    content = _given()
    if content is None:
        return
    if experiment_file.looks_like_one(content):
        _show_experiment(content)
        return
    table, targets = _read(content)
    if isinstance(table, str):
        st.error(escaped(table), icon=":material/block:")
    else:
        _show_table(table, targets)


def _given() -> bytes | None:
    """What was chosen, dropped or pasted; a file outweighs what was pasted."""
    file = st.file_uploader(
        f"A CSV or TSV file of at most {MEGABYTES} MB, or an experiment file",
        key=FILE,
        max_upload_size=MEGABYTES,
        help="The first row may name the columns. A cell is parted from the next by a comma, a semicolon or a tab.",
    )
    if file is not None:
        return bytes(file.getvalue())
    pasted: str = st.text_area(
        "Or paste rows", key=PASTED, height=96, max_chars=MOST_PASTED, placeholder="height,weight,kind\n1.7,65,a"
    )
    return pasted.encode() if pasted.strip() else None


def _read(content: bytes) -> tuple[Table | str, list[str]]:
    """The table, or why it is none, and the columns that can be targets; read once while it stays the same."""
    name = hashlib.sha256(content).hexdigest()
    known = st.session_state.get(READ)
    if known is None or known[0] != name:
        try:
            table: Table | str = read_table(content)
        except TableError as refusal:
            table = str(refusal)
        targets = [] if isinstance(table, str) else [each.name for each in table.columns if table.tasks(each.name)]
        known = st.session_state[READ] = (name, table, targets)
    found: tuple[Table | str, list[str]] = known[1:]
    return found


def _show_experiment(content: bytes) -> None:
    st.text("This is an experiment file: it brings all knobs along.")
    st.button("Open this experiment", key=USE, type="primary", on_click=_open_experiment, args=(content,))
    _show_error()


def _open_experiment(content: bytes) -> None:
    try:
        experiment, refused = experiment_file.load(content)
    except TableError as refusal:
        st.session_state[ERROR] = str(refusal)
        return
    chosen.take_experiment(experiment, refused)
    _close()


def _show_table(table: Table, targets: list[str]) -> None:
    st.text(f"{len(table.rows):,} rows, {len(table.columns)} columns. The first rows:")
    st.code(_preview(table), language=None)
    if table.problems:
        st.text("\n".join(table.problems))
    choice = _choose(table, targets)
    if choice is not None:
        st.button("Use this table", key=USE, type="primary", on_click=_use, args=(table, choice))
    _show_error()


def _choose(table: Table, targets: list[str]) -> Choice | None:
    if not targets:
        st.error("No column can be a target: it must hold numbers that vary, or 2 to 20 classes.")
        return None
    guess = table.guess.target
    target = st.selectbox(
        "Target: what is to be learnt",
        targets,
        index=targets.index(guess) if guess in targets else 0,
        key=TARGET,
        filter_mode=None,
    )
    tasks = table.tasks(target)
    task = tasks[0]
    if len(tasks) > 1:
        task = st.segmented_control(
            "It is", tasks, default=task, required=True, format_func=_TASKS.__getitem__, key=f"{TASK}_{target}"
        )
    numbers = [column.name for column in table.columns if column.kind == "number" and column.name != target]
    guessed = [name for name in table.guess.inputs if name in numbers] or numbers[:2]
    inputs = st.multiselect(
        f"Inputs: 1 to {MAX_INPUTS} columns of numbers",
        numbers,
        default=guessed,
        key=f"{INPUTS}_{target}",
        max_selections=MAX_INPUTS,
    )
    drop, repeats = _leave_out(table, [target, *inputs])
    return Choice(target, tuple(inputs), drop, repeats, task)


_TASKS: dict[str, str] = {"classification": "a class of a few", "regression": "a number"}


def _leave_out(table: Table, names: list[str]) -> tuple[bool, bool]:
    """Whether rows with gaps, and rows that repeat others, are to be left out: only when it is said."""
    whole = np.logical_and.reduce([table.column(name).filled for name in names]) & ~np.isin(table.rows, table.overlong)
    gaps = int(np.count_nonzero(~whole))
    drop = bool(gaps) and st.checkbox(
        f"Leave out the {_rows(gaps)} with missing or bad cells in these columns", key=DROP
    )
    count = len(table.duplicates)
    which = "1 row that repeats an earlier one" if count == 1 else f"{count:,} rows that repeat earlier ones"
    repeats = bool(count) and st.checkbox(f"Leave out the {which}", key=REPEATS)
    return drop, repeats


def _rows(count: int) -> str:
    return "1 row" if count == 1 else f"{count:,} rows"


def _use(table: Table, choice: Choice) -> None:
    try:
        data = table.to_data(*choice)
    except TableError as refusal:
        st.session_state[ERROR] = str(refusal)
        return
    chosen.choose(dataset=own.NAME, table=own.TABLE.of(data), plane=())
    _close()


def _show_error() -> None:
    if sentence := st.session_state.pop(ERROR, None):
        st.error(escaped(sentence), icon=":material/block:")


def _preview(table: Table) -> str:
    """The names and first rows in columns, as plain text."""
    shown = table.columns[:PREVIEW_COLUMNS]
    cells = [[column.name, *map(_cell, column.values[:PREVIEW_ROWS].tolist())] for column in shown]
    short = [[_cut(cell) for cell in column] for column in cells]
    widths = [max(map(len, column)) for column in short]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        for row in zip(*short, strict=True)
    ]
    return "\n".join(line + ("  …" if len(shown) < len(table.columns) else "") for line in lines)


def _cell(value: object) -> str:
    if isinstance(value, float):
        return "" if value != value else f"{value:g}"
    return str(value)


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_CELL else f"{text[: LONGEST_CELL - 1]}…"
