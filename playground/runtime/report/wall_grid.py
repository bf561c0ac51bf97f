"""Cells of a wall as they stand on paper: in rows and columns that have titles, or each under a title of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from playground.runtime.wall_plan import WallPlan

LABEL, WIDE, HIGH = 22, 158, 170
"""Mm: of the names of rows, and what all cells of a page take at most."""
LEAST, MOST = 12, 50
"""Mm of a cell."""
GAP = 3
"""Mm between cells that have titles of their own."""


def grid(plan: WallPlan, pictures: Sequence[str]) -> str:
    """What is shown of each cell, in its place."""
    return "".join(_flat(plan, pictures) if plan.flat else _flowing(plan, pictures))


def _flat(plan: WallPlan, pictures: Sequence[str]) -> Iterator[str]:
    down, along = plan.axes
    yield f'<p class="quiet">{escape(plan.directions)}</p>'
    side = min(max(HIGH / len(down["labels"]), LEAST), WIDE / plan.across, MOST)
    across = f"grid-template-columns:{LABEL}mm repeat({plan.across},minmax(0,{side:.1f}mm))"
    head = "".join(f'<span class="head">{escape(each)}</span>' for each in along["labels"])
    for row, cells in enumerate(plan.rows_of_cells()):
        label = f"<span>{escape(down['labels'][row])}</span>"
        line = f'<div class="row" style="{across}">{label}{"".join(pictures[cell] for cell in cells)}</div>'
        # the head goes with the first row, whatever page that comes to lie on
        top = f'<div class="row" style="{across}"><span></span>{head}</div>' if row == 0 else ""
        yield f'<div style="break-inside:avoid">{top}{line}</div>'


def _flowing(plan: WallPlan, pictures: Sequence[str]) -> Iterator[str]:
    side = min((LABEL + WIDE) / plan.across - GAP, MOST)
    across = f"grid-template-columns:repeat({plan.across},minmax(0,{side:.1f}mm))"
    for cells in plan.rows_of_cells():
        figures = "".join(
            f"<figure><figcaption>{escape(plan.names[cell])}</figcaption>{pictures[cell]}</figure>" for cell in cells
        )
        yield f'<div class="row flowing" style="{across}">{figures}</div>'
