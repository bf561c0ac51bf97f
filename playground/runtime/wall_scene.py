"""What a page is told when it connects to a wall: its axes, and what each cell is."""

from __future__ import annotations

from typing import NamedTuple

from playground.core import heads
from playground.core.comparison import Comparison, Difference
from playground.core.experiment import Experiment
from playground.core.grid import Range
from playground.core.inputs import plane_of
from playground.core.parts import Data
from playground.core.query import link
from playground.core.wall import Axis
from playground.runtime.course import course_of
from playground.runtime.protocol.wall import RUN_AXIS, WallAxis, WallCell, WallDifference, WallHello
from playground.runtime.scene import first_view, summary
from playground.runtime.subjects import Many

Plane = tuple[Range, Range]


class Layout(NamedTuple):
    """Where the cells stand, and by what they differ."""

    rows: WallAxis | None
    columns: WallAxis | None
    differences: list[WallDifference]


def wall_scene_of(wall: Many, run: str = "") -> WallHello:
    """The first message about a wall, but for how it stands."""
    planes, layout = planes_of(wall), _laid_out(wall)
    return WallHello(
        type="wall",
        run=run,
        networks=len(wall.experiments),
        seeds=wall.seeds,
        rows=layout.rows,
        columns=layout.columns,
        differences=layout.differences,
        cells=[_cell(cell, plane) for cell, plane in zip(wall.cells, planes, strict=True)],
        links=[link(experiment.to_query()) for experiment in wall.experiments],
        epochs=max(cell.train.epochs for cell in wall.cells),
        state="loading",
        message="",
        last_epoch=0,
        course=course_of(wall),
    )


def planes_of(wall: Many) -> list[Plane]:
    """The part of the plane that each cell shows; cells of the same data show the same."""
    planes: dict[Data, Plane] = {}
    for cell in wall.cells:
        if cell.data not in planes:
            planes[cell.data] = first_view(cell.data)
    return [planes[cell.data] for cell in wall.cells]


def _laid_out(wall: Many) -> Layout:
    if isinstance(wall, Comparison):
        return Layout(rows=None, columns=_runs(wall), differences=[_difference(each) for each in wall.differences])
    rows, columns = (None if axis is None else _axis(axis, axis.knob) for axis in (wall.rows, wall.columns))
    return Layout(rows=rows, columns=columns, differences=[])


def _axis(axis: Axis, knob: str) -> WallAxis:
    return WallAxis(knob=knob, scale=axis.scale, labels=list(axis.labels), positions=list(axis.positions))


def _runs(comparison: Comparison) -> WallAxis:
    """The runs as an axis, which no knob is called like."""
    names = list(comparison.names)
    return WallAxis(knob=RUN_AXIS, scale="names", labels=names, positions=[float(place) for place in range(len(names))])


def _difference(difference: Difference) -> WallDifference:
    at = [-1 if place is None else place for place in difference.places]
    return WallDifference(axis=_axis(difference.axis, difference.knob), at=at)


def _cell(experiment: Experiment, plane: Plane) -> WallCell:
    data, shown = experiment.data, plane_of(experiment.data)
    return WallCell(
        dataset=data.dataset,
        task=data.task,
        n_classes=data.n_classes,
        values=heads.output_units(data, experiment.model),
        watched=data.watched,
        epochs=experiment.train.epochs,
        x1=plane[0],
        x2=plane[1],
        axes=shown.titles,
        held=shown.held,
        summary=summary(experiment),
    )
