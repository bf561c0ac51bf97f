"""Experiments side by side: the wall that has just these, where there is one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from playground.core import change_links, knobs, query
from playground.core.experiment import Experiment
from playground.core.relevance import matters
from playground.core.wall.axis import Axis
from playground.core.wall.wall import Wall

Settings = dict[str, Any]
CHANGES = "changes"


def wall_of(experiments: Sequence[Experiment]) -> Wall | None:
    """The wall with one network for each of these experiments and no other; None where there is none.

    They may differ in one knob, which is on the columns, or in two if there is one of each pair of values. Knobs that
    make no difference to an experiment may have any value in the wall. The values come in the order of the experiments.
    """
    settings = [_settings(experiment) for experiment in experiments]
    differing = [name for name in knobs.PART_OF if len({each[name] for each in settings if name in each}) > 1]
    if not 1 <= len(differing) <= 2 or not all(each.keys() >= {*differing} for each in settings):
        return None
    *rows, columns = [Axis(name, tuple(dict.fromkeys(each[name] for each in settings))) for name in differing]
    base, refused = Experiment.from_query(_shared(settings, differing, experiments[0]))
    try:
        wall = Wall(base, rows=rows[0] if rows else None, columns=columns)
    except ValueError:
        return None
    return None if refused or not _are_those(wall, settings) else wall


def _settings(experiment: Experiment) -> Settings:
    """The knobs that make a difference to an experiment, and the changes of its rates."""
    values = {**dict(experiment.data), **dict(experiment.model), **dict(experiment.train)}
    return {**{name: value for name, value in values.items() if matters(name, values)}, CHANGES: experiment.changes}


def _shared(settings: Sequence[Settings], differing: Sequence[str], first: Experiment) -> Mapping[str, str]:
    """The query of what all have."""
    together = {name: value for each in settings for name, value in each.items() if name not in (*differing, CHANGES)}
    different = {name: query.text_of(value) for name, value in together.items() if value != knobs.default(name)}
    return {**different, **change_links.write(first.changes)}


def _are_those(wall: Wall, settings: Sequence[Settings]) -> bool:
    cells = [_settings(cell) for cell in wall.cells]
    return len(cells) == len(settings) and all(each in cells for each in settings)
