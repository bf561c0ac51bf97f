"""Scores of challenges as the server gives them: few at once, few that wait, and nothing hidden goes to a page."""

from __future__ import annotations

import asyncio
import json
import struct
import time
from collections.abc import Awaitable, Callable
from typing import Any

import numpy as np
import pytest

from playground.core import Data, Experiment, Train
from playground.core.challenge import Challenge, Entry, Score, hidden_points
from playground.core.errors import Refused
from playground.core.wall import Wall
from playground.runtime import Limits
from playground.runtime.protocol.packing import type_of
from playground.runtime.protocol.page import Edit
from playground.runtime.server.challenges import (
    ALL_WAIT,
    FAILED,
    NO_NETWORK,
    NO_RUN,
    ONE_AT_A_TIME,
    ONE_SEED,
    Challenges,
)
from playground.runtime.server.live_run import LiveRun
from tests.runtime.arithmetic_engine import DIES, UNBUILDABLE
from tests.runtime.peers import Server, serving, until, with_train

LIMITS = Limits(workers=1, scores_at_once=2, scores_waiting=3, score_seconds=30.0)
BEST = Challenge("best_accuracy", None, 7)
SCORE = Score(0.9, 3, 25)


class FakeWorkers:
    """Takes runs, and says what becomes of them when the test wants it."""

    def __init__(self, refusal: str = "") -> None:
        self.refusal = refusal
        self.runs: list[LiveRun] = []
        self.taken: list[LiveRun] = []

    def get(self, token: str) -> LiveRun | None:
        return None

    def train_aside(self, run: LiveRun) -> None:
        if self.refusal:
            raise Refused(self.refusal)
        self.runs.append(run)
        self.taken.append(run)

    def end_aside(self, run: LiveRun) -> None:
        if run in self.runs:
            self.runs.remove(run)

    def say(self, run: LiveRun, **said: object) -> None:
        run.send(json.dumps(said or {"score": SCORE.to_texts()}).encode())


def run(test: Callable[[], Awaitable[None]]) -> None:
    async def whole() -> None:
        await test()

    asyncio.run(whole())


def task(asking: Awaitable[Score]) -> asyncio.Future[Score]:
    return asyncio.ensure_future(asking)


async def settled() -> None:
    for _ in range(20):
        await asyncio.sleep(0)


def test_few_are_computed_at_once_few_wait_and_the_others_are_refused_in_words() -> None:
    async def test() -> None:
        workers = FakeWorkers()
        challenges = Challenges(workers, LIMITS)
        asking = [task(challenges.score(with_train(seed=n), 5, BEST, f"seat {n}")) for n in range(10)]
        await settled()
        assert len(workers.runs) == 2
        refused = [each.exception() for each in asking if each.done()]
        assert [str(each) for each in refused] == [ALL_WAIT.format(at_once=2, waiting=3)] * 5
        while any(not each.done() for each in asking):
            for each in list(workers.runs):
                workers.say(each)
            await settled()
            assert len(workers.runs) <= 2
        assert [each.result() for each in asking if each.exception() is None] == [SCORE] * 5
        assert challenges.computed == 5

    run(test)


def test_of_one_visitor_one_is_computed_at_a_time_and_nobody_counts_as_none() -> None:
    async def test() -> None:
        workers = FakeWorkers()
        challenges = Challenges(workers, LIMITS)
        first = task(challenges.score(with_train(seed=1), 5, BEST, "seat"))
        nobody = [task(challenges.score(with_train(seed=n), 5, BEST)) for n in (2, 3)]
        await settled()
        with pytest.raises(Refused, match=ONE_AT_A_TIME):
            await challenges.score(with_train(seed=4), 5, BEST, "seat")
        while not all(each.done() for each in (first, *nobody)):
            for each in list(workers.runs):
                workers.say(each)
            await settled()
        again = task(challenges.score(with_train(seed=4), 5, BEST, "seat"))
        await settled()
        workers.say(workers.runs[0])
        assert await again == SCORE

    run(test)


def test_who_enters_the_same_gets_the_same_and_it_is_computed_once() -> None:
    async def test() -> None:
        workers = FakeWorkers()
        challenges = Challenges(workers, LIMITS)
        asking = [task(challenges.score(Experiment(), 5, BEST, f"seat {n}")) for n in range(30)]
        await settled()
        assert len(workers.taken) == 1
        workers.say(workers.runs[0])
        assert await asyncio.gather(*asking) == [SCORE] * 30
        assert await challenges.score(Experiment(), 5, BEST) == SCORE and len(workers.taken) == 1
        others = [(Experiment(), 6, BEST), (Experiment(), 5, Challenge("best_accuracy", None, 8))]
        for entry in others:
            task(challenges.score(*entry))
        await settled()
        assert len(workers.taken) == 3, "other epochs, or other points, are another entry"

    run(test)


def test_whoever_asked_and_has_gone_leaves_no_place_taken() -> None:
    async def test() -> None:
        workers = FakeWorkers()
        challenges = Challenges(workers, LIMITS)
        asking = task(challenges.score(Experiment(), 5, BEST, "seat"))
        await settled()
        asking.cancel()
        await settled()
        workers.say(workers.runs[0])
        await settled()
        assert not workers.runs
        assert await challenges.score(Experiment(), 5, BEST, "seat") == SCORE

    run(test)


def test_what_is_refused_or_fails_is_said_in_words_and_may_be_asked_again() -> None:
    async def test() -> None:
        workers = FakeWorkers(refusal="This server's memory is full.")
        challenges = Challenges(workers, LIMITS)
        with pytest.raises(Refused, match="memory is full"):
            await challenges.score(Experiment(), 5, BEST, "seat")
        workers.refusal = ""
        for said, sentence in (({"refused": "It took too long."}, "It took too long."), ({}, FAILED)):
            asking = task(challenges.score(Experiment(), 5, BEST, "seat"))
            await settled()
            if said:
                workers.say(workers.runs[0], **said)
            else:
                workers.runs[0].say("failed", "whatever")
            with pytest.raises(Refused, match=sentence):
                await asking
            assert not workers.runs
        for data in (Data(dataset="hills"), Data(dataset="drawn"), Data(dataset="iris")):
            with pytest.raises(Refused, match="A challenge must be"):
                await challenges.score(Experiment(data=data), 5, BEST, "seat")
        assert len(workers.taken) == 2

    run(test)


def test_one_that_does_not_come_in_its_time_is_given_up() -> None:
    async def test() -> None:
        workers = FakeWorkers()
        challenges = Challenges(workers, Limits(score_seconds=0.02))
        with pytest.raises(Refused, match=r"no time to compute the score within 0\.02 seconds"):
            await challenges.score(Experiment(), 5, BEST, "seat")
        assert not workers.runs

    run(test)


def test_no_more_epochs_count_than_the_experiment_has() -> None:
    async def test() -> None:
        workers = FakeWorkers()
        task(Challenges(workers, LIMITS).score(with_train(epochs=9), 10_000, BEST))
        await settled()
        subject = workers.taken[0].subject
        assert isinstance(subject, Entry) and subject.epochs == 9

    run(test)


# With workers.


def on_server(story: Callable[[Server, Challenges], Awaitable[None]]) -> None:
    async def told() -> None:
        async with serving(LIMITS, seconds=time.monotonic) as server:
            await server.loaded(1)
            await story(server, Challenges(server.runs, LIMITS))

    asyncio.run(told())


def test_a_run_is_scored_beside_its_playing_page_which_hears_nothing_of_it() -> None:
    async def story(server: Server, challenges: Challenges) -> None:
        token = server.runs.open(with_train(epochs=10_000))
        async with server.page(token) as page:
            await page.say("play", epochs_per_frame=1)
            await page.until_epoch(20)
            before = len(page.frames)
            watching = asyncio.ensure_future(page.until_state("finished"))
            score = await challenges.score_run(token, BEST, "seat")
            assert 0 < score.accuracy < 1 and not score.edited
            await until(lambda: len(page.frames) > before)
            watching.cancel()
        await until(lambda: server.pool.counts()["runs"] <= 1)

    on_server(story)


def test_a_run_whose_weights_were_edited_is_judged_as_it_is_and_not_from_other_seeds() -> None:
    async def story(server: Server, challenges: Challenges) -> None:
        token = server.runs.open(Experiment())
        async with server.page(token) as page:
            await page.say("step")
            await page.until_epoch(1)
            await page.say("edit", **Edit(layer=1, unit=0, source=0, value=-3.0).model_dump(exclude={"type"}))
            while not page.frames[-1][0]["edited"]:
                await page.next("frame")
            await until(lambda: "edited" in str(server.runs.link_of(token)))
            run = server.runs.get(token)
            assert run is not None
            await until(lambda: run.kept is not None)
            score = await challenges.score_run(token, BEST, "seat")
            assert score.edited and score.epoch == 1
            with pytest.raises(Refused, match=ONE_SEED[:40]):
                await challenges.score_run(token, Challenge("most_robust", None, 7), "seat")

    on_server(story)


def test_what_is_no_run_of_one_network_is_refused() -> None:
    async def story(server: Server, challenges: Challenges) -> None:
        with pytest.raises(Refused, match=NO_RUN[:30]):
            await challenges.score_run("no token", BEST)
        wall = Wall.from_query({"seeds": "2"})[0]
        with pytest.raises(Refused, match=NO_NETWORK[:30]):
            await challenges.score_run(server.runs.open(wall), BEST)

    on_server(story)


@pytest.mark.parametrize("train", [{"batch_size": UNBUILDABLE}, {"seed": DIES}])
def test_a_network_that_fails_is_refused_and_the_server_goes_on(train: dict[str, Any]) -> None:
    async def story(server: Server, challenges: Challenges) -> None:
        with pytest.raises(Refused, match=FAILED[:30]):
            await challenges.score(Experiment(train=Train(**train)), 5, BEST, "seat")
        await challenges.score(with_train(seed=2), 5, BEST, "seat")

    on_server(story)


# Nothing hidden goes to a page.


@pytest.mark.slow
def test_no_message_to_a_page_holds_a_hidden_point_or_a_seed() -> None:
    challenge = Challenge("most_robust", None, 8_391_234_567_890_123_457)
    experiment = Experiment(data=Data(samples=100), train=Train(epochs=400))
    views = ["network", "probabilities", "errors", "layers", "signals", "diagnosis"]
    seen: list[bytes] = []

    async def story() -> None:
        async with serving(LIMITS, engine="playground.engine", seconds=time.monotonic) as server:
            await server.loaded(1)
            challenges = Challenges(server.runs, LIMITS)
            token = server.runs.open(experiment)
            server.runs.watch(token, seen.append)
            async with server.page(token) as page:
                await page.say("play", epochs_per_frame=1)
                await page.until_epoch(10)
                asking = [task(challenges.score_run(token, each)) for each in (challenge, BEST)]
                for view in views:
                    await page.say("show", view={"name": view}, rings=True)
                    await page.next("view" if view != "network" else "frame")
                    await page.say("viewed")
                await page.say("probe", x1=0.5, x2=0.5)
                await page.next("probe")
                pumping = asyncio.ensure_future(page.until_state("failed"))
                scores = await asyncio.gather(*asking)
                pumping.cancel()
            assert len(scores[0].of_seeds) == 5

    asyncio.run(story())
    assert {type_of(message) for message in seen} >= {"hello", "frame", "status", "view", "probe"}
    everything = b"".join(seen)
    own = _as_bytes(np.asarray(experiment_points(experiment)))
    assert sum(each in everything for each in own) >= len(own) // 2, "the search finds what is there"
    for each in (challenge, BEST):
        X, _y = hidden_points(experiment.data, each.seed)
        assert not any(found in everything for found in _as_bytes(X))
    for seed in (challenge.seed, *challenge.seeds):
        assert str(seed).encode() not in everything
        assert struct.pack("<q", seed) not in everything


def experiment_points(experiment: Experiment) -> Any:
    from playground.core import make_dataset

    return make_dataset(experiment.data).X_train


def _as_bytes(X: np.ndarray) -> list[bytes]:
    """Each point as it would stand in an array of a message, in either precision."""
    return [row.tobytes() for dtype in (np.float32, np.float64) for row in X.astype(dtype)]
