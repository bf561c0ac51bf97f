"""Cells of a wall as they stand on paper: in rows and columns that have titles, or each under a title of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from playground.runtime.report.sheet import section
from playground.runtime.wall_plan import WallPlan

LABEL, WIDE, HIGH = 22, 156, 140
"""Mm: of the names of rows, and what all cells of a page take at most."""
LEAST, MOST = 12, 44
"""Mm of a cell."""
GAP, TITLE = 3, 9
"""Mm between cells that have titles of their own, and of these titles."""
HIGHEST = 205
"""Mm of cells that stay together on one page, under their heading."""


def grid_section(title: str, note: str, plan: WallPlan, pictures: Sequence[str], high: float = 1.0) -> str:
    """A section with what is shown of each cell in its place.

    Parameters
    ----------
    note : above the cells
    high : of a picture, as a share of its width
    """
    cells = "".join(_flat(plan, pictures, high) if plan.flat else _flowing(plan, pictures))
    pitch = high * _side(plan, high) + (1.5 if plan.flat else GAP + TITLE)
    return section(title, note + cells, long=pitch * plan.n_rows > HIGHEST)


def _side(plan: WallPlan, high: float) -> float:
    """Mm of a cell from left to right."""
    if plan.flat:
        return min(max(HIGH / high / plan.n_rows, LEAST), WIDE / plan.across, MOST)
    return min((LABEL + WIDE) / plan.across - GAP, MOST)


def _flat(plan: WallPlan, pictures: Sequence[str], high: float) -> Iterator[str]:
    down, along = plan.axes
    yield f'<p class="quiet">{escape(plan.directions)}</p>'
    across = f"grid-template-columns:{LABEL}mm repeat({plan.across},minmax(0,{_side(plan, high):.1f}mm))"
    head = "".join(f'<span class="head">{escape(each)}</span>' for each in along["labels"])
    for row, cells in enumerate(plan.rows_of_cells()):
        label = f"<span>{escape(down['labels'][row])}</span>"
        line = f'<div class="row" style="{across}">{label}{"".join(pictures[cell] for cell in cells)}</div>'
        # the head goes with the first row, whatever page that comes to lie on
        top = f'<div class="row" style="{across}"><span></span>{head}</div>' if row == 0 else ""
        yield f'<div style="break-inside:avoid">{top}{line}</div>'


def _flowing(plan: WallPlan, pictures: Sequence[str]) -> Iterator[str]:
    across = f"grid-template-columns:repeat({plan.across},minmax(0,{_side(plan, 1.0):.1f}mm))"
    for cells in plan.rows_of_cells():
        figures = "".join(
            f"<figure><figcaption>{escape(plan.names[cell])}</figcaption>{pictures[cell]}</figure>" for cell in cells
        )
        yield f'<div class="row flowing" style="{across}">{figures}</div>'
