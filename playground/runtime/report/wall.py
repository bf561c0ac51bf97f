"""The report of a wall: what its networks differ in and share, how they fared, and what each says over the plane."""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from html import escape
from typing import Any, NamedTuple

from playground.core.diagnosis import Finding
from playground.core.slices import in_one_go
from playground.core.wall.results import Summed, newest_figures, summed
from playground.figures.panels import LOW, SIDE, panel_svg
from playground.runtime.report.sheet import Words, section, sheet, whole_link, words
from playground.runtime.report.wall_charts import CURVES, curves_of_cells, pictures_of
from playground.runtime.report.wall_diagnosis import diagnosis_of
from playground.runtime.report.wall_figures import (
    DIVERGED,
    Arrays,
    best_of_cells,
    table_of_cells,
    table_of_networks,
)
from playground.runtime.report.wall_grid import grid_section
from playground.runtime.wall_plan import Hello, WallPlan, is_classification

ROWS_OF_A_PAGE = 32
"""Of a table that stays on one page; those of several seeds are twice as high."""
OF_SEEDS = "Means over the seeds that have a number, and below them the least and the greatest of these."


class Told(NamedTuple):
    """What is said of a wall beside what its page is told.

    Attributes
    ----------
    titles : what knobs are called
    varied, settings : in words what its networks differ in, and what all of them share
    findings : of each network what its curves say is wrong; None where nobody has looked
    title : else just `Wall`
    address : of the page that plays its link, `https://…`
    """

    titles: Mapping[str, str] = {}
    varied: Words = ()
    settings: Words = ()
    findings: Sequence[Sequence[Finding]] | None = None
    title: str = "Wall"
    address: str = ""


def of_wall(hello: Hello, frame: Mapping[str, Any], arrays: Arrays, **told: Any) -> str:
    """The text of a report's file.

    Parameters
    ----------
    hello : the header of a wall's first message
    frame, arrays : header and arrays of a frame of it; of `figures` all epochs, (epochs, networks, 4), or the last
    told : as `Told` has it
    """
    return in_one_go(slices_of_wall(hello, frame["epoch"], arrays, Told(**told)))


def slices_of_wall(hello: Hello, epoch: int, arrays: Arrays, told: Told) -> Generator[float, None, str]:
    """The same in slices of time; each says which share of its part is done."""
    plan = WallPlan(hello, told.titles)
    boundaries = yield from _boundaries(plan, arrays)
    curves = yield from _curves(plan, arrays)
    link = ("Link", whole_link(hello["course"]["link"], told.address))
    sections = [
        *([section("What differs", words(told.varied))] if told.varied else []),
        section("What all share", words([*told.settings, link])),
        boundaries,
        _figures(plan, arrays),
        *curves,
        *(
            []
            if told.findings is None
            else [section("Diagnosis", "".join(diagnosis_of(plan, told.findings)), long=True)]
        ),
        *([section("Every network", table_of_networks(plan, arrays), long=True)] if hello["seeds"] > 1 else []),
    ]
    return sheet(told.title, _summary(hello, epoch), sections)


def _summary(hello: Hello, epoch: int) -> str:
    several = f" of {hello['seeds']} seeds each" if hello["seeds"] > 1 else ""
    return f"{hello['networks']} networks in {len(hello['cells'])} cells{several} · epoch {epoch:,}"


def _boundaries(plan: WallPlan, arrays: Arrays) -> Generator[float, None, str]:
    addresses = yield from pictures_of(plan.hello, arrays)
    pictures = [f'<img src="{each}" alt="{escape(name)}">' for each, name in zip(addresses, plan.names, strict=True)]
    held = dict.fromkeys(cell["held"] for cell in plan.hello["cells"] if cell["held"])
    return grid_section("Boundaries", "".join(map(_quiet, held)), plan, pictures)


def _curves(plan: WallPlan, arrays: Arrays) -> Generator[float, None, list[str]]:
    sections = []
    for name in CURVES:
        if name == "Accuracy" and not is_classification(plan.hello):
            continue
        panels, note = yield from curves_of_cells(plan.hello, arrays, name)
        drawn = [panel_svg(panel, LOW, f"{name} of {of}") for panel, of in zip(panels, plan.names, strict=True)]
        sections.append(grid_section(name, _quiet(note), plan, drawn, LOW / SIDE))
    return sections


def _figures(plan: WallPlan, arrays: Arrays) -> str:
    cells, seeds = _of_cells(plan, arrays), plan.hello["seeds"]
    notes = [best_of_cells(plan, cells), OF_SEEDS if seeds > 1 else ""]
    long = len(cells) > (ROWS_OF_A_PAGE if seeds == 1 else ROWS_OF_A_PAGE / 2)
    above = "".join(_quiet(each) for each in notes if each)
    return section("Figures", above + table_of_cells(plan, arrays, cells), long=long)


def _of_cells(plan: WallPlan, arrays: Arrays) -> list[dict[str, Summed]]:
    return summed(newest_figures(arrays["figures"], arrays["ended"] == DIVERGED), len(plan.hello["cells"]))


def _quiet(sentence: str) -> str:
    return f'<p class="quiet">{escape(sentence)}</p>'
