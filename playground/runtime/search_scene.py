"""What a page is told when it connects to a search."""

from __future__ import annotations

from playground.core.search import Range, Search
from playground.runtime.course import course_of
from playground.runtime.protocol.search import SearchHello, SearchKnob


def search_scene_of(search: Search, run: str = "") -> SearchHello:
    """The first message about a search, but for how it stands."""
    data = search.base.data
    return SearchHello(
        type="search",
        run=run,
        task=data.task,
        watched=data.watched,
        knobs=[_knob(each) for each in search.ranges],
        sampler=search.sampler,
        trials=search.trials,
        seconds=search.seconds,
        seeds=search.seeds,
        rungs=list(search.rungs),
        state="loading",
        message="",
        last_epoch=0,
        course=course_of(search),
    )


def _knob(each: Range) -> SearchKnob:
    high = float(len(each.choices) - 1) if each.choices else float(each.high)
    return SearchKnob(knob=each.knob, scale=each.scale, low=float(each.low), high=high, labels=list(each.choices))
