"""Runs of a class that is paused: nothing is trained, whatever their pages say, until they are woken."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from playground.core import Experiment, Train
from playground.runtime.jobs.outcome import HELD
from playground.runtime.jobs.search import SearchRun
from playground.runtime.jobs.wall import WallRun
from playground.runtime.protocol import page
from tests.runtime import arithmetic_engine
from tests.runtime.loop_host import OneRun
from tests.runtime.search_bench import SearchBench
from tests.runtime.test_search_runs import SMALL
from tests.runtime.wall_bench import WallBench

LONG = Experiment(train=Train(epochs=10_000))
Act = Callable[[OneRun], Awaitable[None] | None]

PLAY, CREDIT = page.Play(epochs_per_frame=1), page.Credit()
WISHES: dict[type[page.PageMessage], bool] = {
    page.Play: True,
    page.Pause: False,
    page.OneEpoch: False,
    page.Rewind: False,
    page.Scrub: False,
}
"""Whether a page that has said this last wants the run to play."""
says = st.sampled_from(
    [
        *[PLAY, page.Play(epochs_per_frame=3), page.Pause(), page.OneEpoch(), page.Rewind(), page.Scrub(epoch=1)],
        *[page.Speed(epochs_per_frame=2), page.Hidden(), page.Probe(x1=0.0, x2=1.0), page.Show(rings=False)],
        *[page.VisiblePlane(x1=(-1.0, 1.0), x2=(0.0, 2.0)), CREDIT, CREDIT, CREDIT],
    ]
)


def _rest(run: OneRun) -> None:
    run.runs.rest(run.token)


def _wake(run: OneRun) -> None:
    run.runs.wake(run.token)


def _reconnect(run: OneRun) -> None:
    run.disconnect()
    run.connect()


events: dict[str, Act] = {
    "rest": _rest,
    "wake": _wake,
    "reconnect": _reconnect,
    "park": OneRun.park,
    "kill the worker": OneRun.kill_worker,
    "restart the server": OneRun.restart,
}
steps = st.lists(
    st.one_of(*[says] * 3, st.sampled_from(["rest", "wake"]), st.sampled_from(list(events))), min_size=3, max_size=25
)


class Model:
    """What is asked of the run: whether it rests, and whether it is to play when it does not."""

    def __init__(self, rests: bool) -> None:
        self.rests, self.plays = rests, False

    def follow(self, step: page.PageMessage | str) -> None:
        if isinstance(step, str):
            self.rests = {"rest": True, "wake": False}.get(step, self.rests)
        else:
            self.plays = WISHES.get(type(step), self.plays)


@settings(database=None, deadline=None, derandomize=True, max_examples=150, suppress_health_check=list(HealthCheck))
@given(steps, st.booleans(), st.booleans())
def test_while_it_rests_nothing_is_trained_and_then_it_plays_exactly_if_its_page_wanted_that_last(
    steps: list[page.PageMessage | str], hasty: bool, rests: bool
) -> None:
    async def story(folder: Path) -> None:
        run, model = OneRun(folder, LONG), Model(rests)
        await run.begin(rests)
        try:
            for step in steps:
                await _take(run, model, step, hasty)
            await _looks(run, model)
            run.runs.wake(run.token)
            model.rests = False
            await _looks(run, model)
        finally:
            await run.runs.stop()

    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(story(Path(folder)))


async def _take(run: OneRun, model: Model, step: page.PageMessage | str, hasty: bool) -> None:
    before = arithmetic_engine.epochs_trained
    model.follow(step)
    if isinstance(step, str):
        await (events[step](run) or asyncio.sleep(0))
    else:
        run.say(step)
    if not hasty:  # else what is said, and what becomes of it, overtake one another
        await run.settle()
        assert not model.rests or arithmetic_engine.epochs_trained == before, step


async def _looks(run: OneRun, model: Model) -> None:
    """A page sees what is asked of the run, whether it paints or not."""
    await run.settle()
    assert not model.rests or run.run.standing["message"] == HELD
    at_first = arithmetic_engine.epochs_trained
    await _paints(run, 1)  # one that was parked is taken up, and trains the steps that were asked for meanwhile
    before = arithmetic_engine.epochs_trained
    await _paints(run, 2)
    standing = run.runs.standing_of(run.token)
    assert standing is not None and standing.get("held", False) == model.rests
    if model.rests:
        assert (standing["state"], standing["message"]) == ("paused", HELD)
        assert arithmetic_engine.epochs_trained == at_first
    elif model.plays:
        assert (standing["state"], standing["message"]) == ("playing", "")
        assert arithmetic_engine.epochs_trained > before
    else:
        assert standing["state"] == ("paused" if standing["last_epoch"] else "ready") and standing["message"] == ""
        assert arithmetic_engine.epochs_trained == before


def in_a_folder(folder: Path, story: Callable[[OneRun], Awaitable[None]], experiment: Experiment = LONG) -> None:
    async def told() -> None:
        run = OneRun(folder, experiment)
        await run.begin()
        await story(run)
        await run.runs.stop()

    asyncio.run(told())


async def _paints(run: OneRun, times: int = 3) -> None:
    for _ in range(times):
        run.say(CREDIT)
        await run.settle()


def test_its_page_is_told_and_sees_the_newest_epoch_and_may_look_around(tmp_path: Path) -> None:
    async def story(run: OneRun) -> None:
        run.say(PLAY)
        await _paints(run, 5)
        assert run.runs.rest(run.token)
        await _paints(run)
        status = [each for each in run.page.headers if each["type"] == "status"][-1]
        assert (status["state"], status["message"], status["held"]) == ("paused", HELD, True)
        frame = [each for each in run.page.headers if each["type"] == "frame"][-1]
        assert (frame["state"], frame["message"], frame["held"]) == ("paused", HELD, True)
        assert frame["epoch"] == run.run.standing["last_epoch"] > 0
        run.say(page.Scrub(epoch=1))
        run.say(page.Probe(x1=0.5, x2=0.5))
        await _paints(run)
        assert run.page.headers[-1]["type"] in ("frame", "probe")
        assert [each["epoch"] for each in run.page.headers if each["type"] == "frame"][-1] == 1
        run.say(PLAY)
        await _paints(run)
        run.runs.wake(run.token)
        await _paints(run)
        status = [each for each in run.page.headers if each["type"] == "status"][-1]
        assert (status["state"], status["message"]) == ("playing", "") and "held" not in status

    in_a_folder(tmp_path, story)


def test_steps_asked_for_while_it_rests_or_just_before_are_not_made_up_for(tmp_path: Path) -> None:
    async def story(run: OneRun) -> None:
        await _paints(run)
        for _ in range(3):
            run.say(page.OneEpoch())
        run.runs.rest(run.token)
        for _ in range(3):
            run.say(page.OneEpoch())
        run.park()
        run.say(page.OneEpoch())
        await _paints(run)
        run.runs.wake(run.token)
        before = arithmetic_engine.epochs_trained
        await _paints(run)
        assert arithmetic_engine.epochs_trained == before

    in_a_folder(tmp_path, story)


def test_it_stops_at_the_epoch_it_was_to_stop_at_after_a_rest_on_the_way(tmp_path: Path) -> None:
    async def story(run: OneRun) -> None:
        run.say(page.Play(epochs_per_frame=1, until=6))
        await _paints(run, 3)
        run.runs.rest(run.token)
        await _paints(run, 3)
        at = run.run.standing
        run.runs.wake(run.token)
        await _paints(run, 8)
        assert at["state"] == "paused" and run.page.headers[-1]["state"] == "paused"
        assert [each["epoch"] for each in run.page.headers if each["type"] == "frame"][-1] == 6

    in_a_folder(tmp_path, story)


def test_one_that_has_ended_says_why_and_rests_when_it_is_rewound(tmp_path: Path) -> None:
    async def story(run: OneRun) -> None:
        run.say(PLAY)
        await _paints(run, 5)
        assert run.run.standing["state"] == "finished"
        run.runs.rest(run.token)
        await _paints(run)
        assert run.run.standing["state"] == "finished"
        run.say(page.Rewind())
        run.say(PLAY)
        await _paints(run)
        assert (run.run.standing["state"], run.run.standing["message"]) == ("paused", HELD)

    in_a_folder(tmp_path, story, Experiment(train=Train(epochs=3)))


def test_one_that_begins_anew_rests_still(tmp_path: Path) -> None:
    async def story(run: OneRun) -> None:
        run.say(PLAY)
        await _paints(run)
        run.runs.rest(run.token)
        await run.settle()
        before = arithmetic_engine.epochs_trained
        run.runs.begin_anew(run.run, Experiment(train=Train(epochs=10_000, seed=3)))
        assert (run.run.standing["state"], run.run.standing["message"]) == ("paused", HELD)
        await _paints(run)
        assert (run.run.standing["state"], run.run.standing["message"]) == ("paused", HELD)
        assert arithmetic_engine.epochs_trained == before
        run.runs.wake(run.token)
        await _paints(run)
        assert run.run.standing["state"] == "playing" and arithmetic_engine.epochs_trained > before

    in_a_folder(tmp_path, story)


def test_no_such_run_rests(tmp_path: Path) -> None:
    async def story(run: OneRun) -> None:
        assert not run.runs.rest("no token") and not run.runs.wake("no token")

    in_a_folder(tmp_path, story)


@pytest.mark.parametrize("ahead", [0, 2])
def test_the_networks_of_a_wall_rest_and_go_on(ahead: int) -> None:
    wall = WallBench("samples=30&hidden=2&epochs=500&columns=learning_rate:0.01|0.1")
    wall.rest()
    for _ in range(ahead):
        wall.train(1)
    wall.run.hear(page.Play(epochs_per_frame=1))
    wall.run.hold(True)
    wall.rest(page.Play(epochs_per_frame=0), page.OneEpoch(), page.Play(epochs_per_frame=1))
    assert wall.run.newest == ahead
    standing = wall.run.standing
    assert (standing["state"], standing["message"], standing.get("held")) == ("paused", HELD, True)
    wall.run.hold(False)
    assert wall.run.standing["state"] == "playing"
    while wall.run.newest < ahead + 3:
        wall.run.pacing.credits = 2
        wall.turn()


def test_a_search_rests_and_its_time_stands_meanwhile() -> None:
    search = SearchBench(f"{SMALL}&trials=5")
    search.run.hear(page.Play())
    search.turns(12)
    search.run.hold(True)
    at = search.run.standing["last_epoch"], search.run._watch.seconds
    search.run.hear(page.Play())
    search.turns()
    standing = search.run.standing
    assert (standing["state"], standing["message"], standing.get("held")) == ("paused", HELD, True)
    assert (standing["last_epoch"], search.run._watch.seconds) == at
    assert search.frames[-1][0]["held"] is True
    search.run.hold(False)
    search.turns()
    assert search.run.standing["state"] == "finished"


wall_steps = st.lists(st.one_of(says, st.sampled_from([True, False])), min_size=3, max_size=12)
FEW_TURNS = 4


@pytest.fixture(scope="module")
def wall() -> WallBench:
    return WallBench("samples=20&hidden=2&epochs=10000&columns=learning_rate:0.01|0.1&batch_size=20")


@pytest.fixture(scope="module")
def search() -> SearchBench:
    return SearchBench(f"{SMALL}&trials=5")


@settings(database=None, deadline=None, derandomize=True, max_examples=30, suppress_health_check=list(HealthCheck))
@given(wall_steps)
def test_no_network_of_a_wall_that_rests_is_trained_whatever_its_page_says(
    wall: WallBench, steps: list[page.PageMessage | bool]
) -> None:
    plays = _goes_through(wall.run, steps, lambda: wall.run.newest, lambda: _turns(wall))
    assert wall.run.standing["state"] == ("playing" if plays else "paused" if wall.run.newest else "ready")
    before = wall.run.newest
    _turns(wall)
    assert (wall.run.newest > before) == plays


def _turns(wall: WallBench) -> None:
    for _ in range(FEW_TURNS):
        wall.run.hear(CREDIT)
        if wall.run.wants_turn:
            wall.turn()


@settings(database=None, deadline=None, derandomize=True, max_examples=30, suppress_health_check=list(HealthCheck))
@given(wall_steps)
def test_a_search_that_rests_is_not_at_work_whatever_its_page_says(
    search: SearchBench, steps: list[page.PageMessage | bool]
) -> None:
    run = search.run
    asked = [step for step in steps if not isinstance(step, (page.OneEpoch, page.Scrub))]  # of which a search has none
    plays = _goes_through(run, asked, lambda: run._watch.seconds, lambda: search.turns(FEW_TURNS))
    if run.standing["state"] not in ("finished", "loading"):
        assert (run.standing["state"] == "playing") == plays


def _goes_through(
    job: WallRun | SearchRun,
    steps: Sequence[page.PageMessage | bool],
    come: Callable[[], float],
    work: Callable[[], None],
) -> bool:
    """Let a job hear all this and be held or not; whether its page wants it to play when it is held no more."""
    job.hold(False)
    job.hear(page.Rewind())
    work()
    held = plays = False
    for step in steps:
        if isinstance(step, bool):
            held = step
            job.hold(step)
        elif not (held and isinstance(step, page.OneEpoch)):  # which the server takes for Pause then
            plays = WISHES.get(type(step), plays)
            job.hear(step)
        before = come()
        work()
        if held:
            assert come() <= before and job.standing["state"] in ("paused", "loading", "finished")
    job.hold(False)
    work()
    return plays
