"""The report of a wall: its cells' boundaries along its axes, and a table of their figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.core.history import FIGURES
from playground.figures.drawings import picture_address
from playground.figures.shades import shaded
from playground.runtime.protocol.wall import ENDS
from playground.runtime.report.sheet import Words, loss, section, share, sheet, table, whole_link, words

MOST_ACROSS = 12
"""Cells side by side; where there are more, a row of the wall is told in several."""
LABEL, WIDE, HIGH = 22, 160, 170
"""Mm: of the names of rows, and what all cells of a page take at most."""
LEAST, MOST = 12, 50
"""Mm of a cell."""
ROWS_OF_A_PAGE = 24
"""Of a table that stays on one page."""
SAID = {"": "trains", "finished": "finished", "early_stopping": "stopped early", "diverged": "diverged"}


def of_wall(
    hello: Mapping[str, Any],
    frame: Mapping[str, Any],
    arrays: Mapping[str, NDArray[Any]],
    *,
    titles: Mapping[str, str] | None = None,
    settings: Words = (),
    title: str = "Wall",
    address: str = "",
) -> str:
    """The text of a report's file.

    Parameters
    ----------
    hello : the header of a wall's first message
    frame, arrays : header and arrays of a frame of it; of `figures` all epochs, (epochs, networks, 4), or the last
    titles : what knobs are called
    settings : in words what all of its networks share
    """
    titles = titles or {}
    rows, columns = _labels(hello["rows"], titles), _labels(hello["columns"], titles)
    several = f" of {hello['seeds']} seeds each" if hello["seeds"] > 1 else ""
    summary = f"{hello['networks']} networks in {len(hello['cells'])} cells{several} · epoch {frame['epoch']:,}"
    link = whole_link(hello["course"]["link"], address)
    many = max(len(rows), len(columns)) > MOST_ACROSS
    sections = [
        section("Settings", words([*settings, ("Link", link)])),
        section("Boundaries", _grid(hello, arrays, rows, columns), long=many),
        section("Figures", _figures(hello, arrays, rows, columns), long=len(hello["cells"]) > ROWS_OF_A_PAGE),
    ]
    return sheet(title, summary, sections)


def _labels(axis: Mapping[str, Any] | None, titles: Mapping[str, str]) -> list[str]:
    """Of each row or column what it is; one without a name where there is no axis."""
    if axis is None:
        return [""]
    name = titles.get(axis["knob"], axis["knob"].replace("_", " "))
    return [f"{name} {label}" for label in axis["labels"]]


def _grid(
    hello: Mapping[str, Any], arrays: Mapping[str, NDArray[Any]], rows: Sequence[str], columns: Sequence[str]
) -> str:
    found = []
    for start in range(0, len(columns), MOST_ACROSS):
        part = columns[start : start + MOST_ACROSS]
        side = min(max(HIGH / len(rows), LEAST), WIDE / len(part), MOST)
        across = f"grid-template-columns:{LABEL}mm repeat({len(part)},minmax(0,{side:.1f}mm))"
        head = "".join(f'<span class="head">{escape(each)}</span>' for each in part)
        for row, label in enumerate(rows):
            cells = range(row * len(columns) + start, row * len(columns) + start + len(part))
            pictures = "".join(
                _picture(hello, arrays, cell, f"{label} {columns[cell % len(columns)]}") for cell in cells
            )
            line = f'<div class="row" style="{across}"><span>{escape(label)}</span>{pictures}</div>'
            # the head goes with the first row, whatever page that comes to lie on
            top = f'<div class="row" style="{across}"><span></span>{head}</div>' if row == 0 else ""
            found.append(f'<div style="break-inside:avoid">{top}{line}</div>')
    return "".join(found)


def _picture(hello: Mapping[str, Any], arrays: Mapping[str, NDArray[Any]], cell: int, name: str) -> str:
    facts = hello["cells"][cell]
    lo, hi = map(float, arrays["ranges"][cell])
    classes = facts["n_classes"] if facts["task"] == "classification" else 0
    # of a regression the colours reach as far as the map: a wall's page has no points to go by either
    picture = shaded(arrays["maps"][cell, : facts["values"]], classes, lo, hi, (0.0, 1.0) if classes else (lo, hi))
    return f'<img src="{picture_address(picture)}" alt="{escape(name.strip() or "Boundary")}">'


def _figures(
    hello: Mapping[str, Any], arrays: Mapping[str, NDArray[Any]], rows: Sequence[str], columns: Sequence[str]
) -> str:
    classification = any(cell["task"] == "classification" for cell in hello["cells"])
    part = hello["cells"][0]["watched"]
    head = ["Cell", "Training loss", f"{part.capitalize()} loss"]
    head += ["Training accuracy", f"{part.capitalize()} accuracy"] if classification else []
    lines = _rows(hello, arrays, rows, columns, classification)
    return table([*head, "Epochs", "State"], lines)


def _rows(
    hello: Mapping[str, Any],
    arrays: Mapping[str, NDArray[Any]],
    rows: Sequence[str],
    columns: Sequence[str],
    classification: bool,
) -> Iterator[list[str]]:
    """Of each cell its figures; of several seeds the median, and least and most of the loss watched."""
    seeds = hello["seeds"]
    newest = _newest(arrays["figures"]).reshape(len(hello["cells"]), seeds, len(FIGURES))
    for cell, figures in enumerate(newest):
        name = ", ".join(filter(None, (rows[cell // len(columns)], columns[cell % len(columns)]))) or "the only one"
        middle = dict(zip(FIGURES, map(_median, figures.T), strict=True))
        watched = figures[:, FIGURES.index("val_loss")]
        spread = ""
        if seeds > 1 and np.isfinite(watched).any():
            spread = f" ({loss(float(np.nanmin(watched)))}–{loss(float(np.nanmax(watched)))})"
        told = [name, loss(middle["loss"]), loss(middle["val_loss"]) + spread]
        told += [share(middle["accuracy"]), share(middle["val_accuracy"])] if classification else []
        own = slice(cell * seeds, (cell + 1) * seeds)
        states = sorted({SAID[ENDS[end]] for end in arrays["ended"][own].tolist()})
        yield [*told, str(int(arrays["epochs_of"][own].max())), ", ".join(states)]


def _median(values: NDArray[np.floating]) -> float:
    finite = values[np.isfinite(values)]
    return float(np.median(finite)) if len(finite) else float("nan")


def _newest(figures: NDArray[np.float32]) -> NDArray[np.float64]:
    """Of each network its last figures that are numbers: those of one that has ended stay."""
    newest: NDArray[np.float64] = figures[-1].astype(np.float64)
    for row in figures[-2::-1]:
        if np.isfinite(newest).any(axis=1).all():
            break
        known = np.isfinite(newest).any(axis=1)
        newest[~known] = row[~known]
    return newest
