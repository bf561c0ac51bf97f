"""Pictures of a wall: all boundaries, or all curves, side by side under their titles."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from playground.core.errors import Refused
from playground.runtime.exports.export import Made, Making, part
from playground.runtime.exports.pictures import NO_ACCURACY, SVG, sized
from playground.runtime.exports.wall import WallSource, wall_exports
from playground.runtime.exports.wall_report import arrays_of

if TYPE_CHECKING:
    from playground.figures.panels import Sheet
    from playground.runtime.report.wall_figures import Arrays

CHARTS = ("Loss", "Accuracy")
LOOKED = 0.7
"""The share that is done when the maps are there."""


@wall_exports("boundaries_svg")
def _boundaries(source: WallSource) -> Making:
    from playground.figures.panels import SIDE, picture_panel, sheet_svg
    from playground.runtime.report.wall_charts import pictures_of

    maps = yield from part(source.look(), 0.0, LOOKED)
    pictures = yield from part(pictures_of(source.hello, arrays_of(source, maps)), LOOKED, 1.0)
    held = dict.fromkeys(cell["held"] for cell in source.hello["cells"] if cell["held"])
    panels = [picture_panel(each) for each in pictures]
    text = sheet_svg(_sheet(source, "boundaries", *held), panels, SIDE)
    return Made(sized(text).encode(), source.file("_boundaries.svg"), SVG)


def _sheet(source: WallSource, what: str, *notes: str) -> Sheet:
    """All cells in their places, with what the picture is of."""
    from playground.figures.panels import Sheet
    from playground.runtime.report.wall_words import title_of_wall
    from playground.runtime.wall_plan import WallPlan

    plan = WallPlan(source.hello, {})
    title = f"{title_of_wall(source.of)} · {what} · epoch {source.epoch:,}"
    if not plan.flat:
        return Sheet(title, plan.across, titles=plan.names, notes=notes)
    down, along = plan.axes
    return Sheet(title, plan.across, rows=down["labels"], columns=along["labels"], notes=[plan.directions, *notes])


def _curves(name: str, source: WallSource) -> Making:
    from playground.figures.panels import LOW, sheet_svg
    from playground.runtime.report.wall_charts import curves_of_cells
    from playground.runtime.wall_plan import is_classification

    if name == "Accuracy" and not is_classification(source.hello):
        raise Refused(NO_ACCURACY)
    arrays: Arrays = {"figures": source.figures, "ended": source.ends}
    panels, note = yield from curves_of_cells(source.hello, arrays, name)
    text = sheet_svg(_sheet(source, name.lower(), note), panels, LOW)
    return Made(sized(text).encode(), source.file(f"_{name.lower()}.svg"), SVG)


for _name in CHARTS:
    wall_exports(f"{_name.lower()}_svg")(partial(_curves, _name))
