"""Pictures of the epoch shown: its charts as SVG, and a card for slides and posts.

Pillow is loaded when a picture is wanted first.
"""

from __future__ import annotations

import re
from functools import partial

from playground.core.errors import Refused
from playground.core.naming import title_of
from playground.runtime.exports.export import Made, Making, Source, exports

SVG = "image/svg+xml"
CHARTS = ("boundary", "network", "loss", "accuracy")
NO_ACCURACY = "A regression has no accuracy: its loss is the chart to take."


def _chart(name: str, source: Source) -> Making:
    from playground.runtime.report.charts import boundary_chart, curve_charts, network_chart

    yield 0.0
    snapshot = source.snapshot
    match name:
        case "boundary":
            chart = boundary_chart(snapshot)
        case "network":
            chart = network_chart(snapshot)
        case _:
            chart = curve_charts(snapshot).get(name.capitalize(), "")
    if not chart:
        raise Refused(NO_ACCURACY)
    return Made(sized(chart).encode(), source.file(f"_{name}.svg"), SVG)


def sized(chart: str) -> str:
    """A chart that has a size of its own, as a file needs it; in a page it is as large as its place."""
    return re.sub(r'viewBox="0 0 (\d+) (\d+)"', r'viewBox="0 0 \1 \2" width="\1" height="\2"', chart, count=1)


for _name in CHARTS:
    exports(f"{_name}_svg")(partial(_chart, _name))


@exports("card")
def _card(source: Source) -> Making:
    from playground.figures.card import as_png, drawing
    from playground.runtime.card import card_of, figures_in_words

    snapshot = source.snapshot
    yield 0.0
    epoch, *figures = snapshot.history.figures_of(snapshot.displayed)[:5]
    title = title_of(source.experiment)
    card = card_of(title, snapshot.network, figures_in_words(int(epoch), *figures))._replace(link=source.page_link)
    yield 0.3
    drawn = None
    for picture in drawing(card):
        yield 0.5
        drawn = picture or drawn
    assert drawn is not None
    return Made(as_png(drawn), source.file("_card.png"), "image/png")
