"""What a wall has come to, as a page that prints well."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

from numpy.typing import NDArray

from playground.core.diagnosis import Finding
from playground.runtime.exports.export import Made, Making, part
from playground.runtime.exports.wall import Maps, WallSource, wall_exports

LOOKED, DIAGNOSED = 0.4, 0.6
"""Shares that are done when the maps, and then the diagnosis, are there."""
NETWORKS_AT_ONCE = 4
"""In a slice of time."""


@wall_exports("report")
def _report(source: WallSource) -> Making:
    from playground.runtime.report import slices_of_wall  # which loads Pillow
    from playground.runtime.report.wall import Told
    from playground.runtime.report.wall_words import shared, title_of_wall, varied
    from playground.runtime.wall_plan import WallPlan

    hello = source.hello
    yield 0.0
    maps = yield from part(source.look(), 0.0, LOOKED)
    findings = yield from part(_findings(source), LOOKED, DIAGNOSED)
    told = Told(
        varied=varied(source.of, WallPlan(hello, {})),
        settings=shared(source.of),
        findings=findings,
        title=title_of_wall(source.of),
        address=source.address,
    )
    making = slices_of_wall(hello, source.epoch, arrays_of(source, maps), told)
    text = yield from part(making, DIAGNOSED, 1.0)
    return Made(text.encode(), source.file("_report.html"), "text/html")


def arrays_of(source: WallSource, maps: Maps) -> dict[str, NDArray[Any]]:
    """What a frame of it has."""
    return {
        "maps": maps.maps,
        "ranges": maps.ranges,
        "figures": source.figures,
        "ended": source.ends,
        "epochs_of": source.epochs,
    }


def _findings(source: WallSource) -> Generator[float, None, list[tuple[Finding, ...]]]:
    from playground.runtime.report.wall_words import findings_of

    found = []
    for each in findings_of(source.of, source.figures, source.epochs):
        found.append(each)
        if len(found) % NETWORKS_AT_ONCE == 0:
            yield len(found) / len(source.of.experiments)
    return found
