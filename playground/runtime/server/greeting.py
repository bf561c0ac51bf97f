"""What a page of a run is told first."""

from __future__ import annotations

from typing import TypeAlias

from playground.core.challenge import Entry
from playground.core.comparison import Comparison
from playground.core.datasets import PLANE
from playground.core.experiment import Experiment
from playground.core.preview import Preview
from playground.core.rate_test import RateTest
from playground.core.search import Search
from playground.core.wall import Wall
from playground.runtime.protocol.finder import RatesHello
from playground.runtime.protocol.packing import Arrays
from playground.runtime.protocol.search import SearchHello
from playground.runtime.protocol.server import Hello
from playground.runtime.protocol.wall import WallHello
from playground.runtime.rates_scene import rates_scene_of
from playground.runtime.scene import scene_of
from playground.runtime.search_scene import search_scene_of
from playground.runtime.server.live_run import LiveRun
from playground.runtime.wall_scene import wall_scene_of

Greeting: TypeAlias = Hello | WallHello | RatesHello | SearchHello


def greeting_of(run: LiveRun, shown_points: int) -> tuple[Greeting, Arrays]:
    """What a page of this run is told first, but for how the run stands: the header and the arrays."""
    name = shown_name(run)
    match run.subject:
        case Wall() | Comparison() as wall:
            return wall_scene_of(wall, name), {}
        case RateTest() as test:
            return rates_scene_of(test, name), {}
        case Search() as search:
            return search_scene_of(search, name), {}
        case Experiment() as experiment:
            return scene_of(experiment, shown_points, name)
        case Preview() | Entry():
            raise TypeError("What is trained aside is for no page of a run.")


def shown_name(run: LiveRun) -> str:
    """By which a page tells that what it shows is another run, one that has begun anew, or another plane of it."""
    plane = PLANE.of(run.subject.data) if isinstance(run.subject, Experiment) else ()
    beginnings = [f"no{run.beginnings}"] if run.beginnings > 1 else []
    return "-".join([run.token[:8], *beginnings, *map(str, plane)])
