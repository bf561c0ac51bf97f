"""What a page is told when it connects to a wall: its axes, and what each cell is."""

from __future__ import annotations

from playground.core import heads
from playground.core.experiment import Experiment
from playground.core.grid import Range
from playground.core.parts import Data
from playground.core.query import link
from playground.core.wall import Axis, Wall
from playground.runtime.course import course_of
from playground.runtime.protocol.wall import WallAxis, WallCell, WallHello
from playground.runtime.scene import first_view, summary

Plane = tuple[Range, Range]


def wall_scene_of(wall: Wall, run: str = "") -> WallHello:
    """The first message about a wall, but for how it stands."""
    planes = planes_of(wall)
    return WallHello(
        type="wall",
        run=run,
        networks=len(wall.experiments),
        seeds=wall.seeds,
        rows=_axis(wall.rows),
        columns=_axis(wall.columns),
        cells=[_cell(cell, plane) for cell, plane in zip(wall.cells, planes, strict=True)],
        links=[link(experiment.to_query()) for experiment in wall.experiments],
        epochs=max(cell.train.epochs for cell in wall.cells),
        state="loading",
        message="",
        last_epoch=0,
        course=course_of(wall),
    )


def planes_of(wall: Wall) -> list[Plane]:
    """The part of the plane that each cell shows; cells of the same data show the same."""
    planes: dict[Data, Plane] = {}
    for cell in wall.cells:
        if cell.data not in planes:
            planes[cell.data] = first_view(cell.data)
    return [planes[cell.data] for cell in wall.cells]


def _axis(axis: Axis | None) -> WallAxis | None:
    if axis is None:
        return None
    return WallAxis(knob=axis.knob, scale=axis.scale, labels=list(axis.labels), positions=list(axis.positions))


def _cell(experiment: Experiment, plane: Plane) -> WallCell:
    data = experiment.data
    return WallCell(
        task=data.task,
        n_classes=data.n_classes,
        values=heads.output_units(data, experiment.model),
        watched=data.watched,
        epochs=experiment.train.epochs,
        x1=plane[0],
        x2=plane[1],
        summary=summary(experiment),
    )
