"""A page and its run, over a real WebSocket, with worker processes and an engine whose every frame is known."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, cast

import pytest
import websockets
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.websockets import WebSocketState

from playground.core import Data, Experiment
from playground.core.errors import Refused
from playground.runtime import Limits, LiveRuns, Pool
from playground.runtime.protocol.closing import CloseCode
from playground.runtime.scene import scene_of
from playground.runtime.server import channel, greeting
from tests.runtime.arithmetic_engine import RESTORES, SLOW
from tests.runtime.peers import PATIENCE, Page, Server, serving, until, with_train

ONE_WORKER = Limits(workers=1)


def on_server(story: Any, limits: Limits = ONE_WORKER) -> None:
    """Run a story about a server."""

    async def tell() -> None:
        async with serving(limits) as server:
            await story(server)

    asyncio.run(tell())


def weight_of(arrays: dict[str, Any]) -> int:
    return int(arrays["map"][0, 0, 0])


def test_a_page_is_greeted_with_the_points_and_the_untrained_network() -> None:
    async def story(server: Server) -> None:
        token = server.runs.open(Experiment(data=Data(samples=5000, test=0.2)))
        async with server.page(token) as page:
            header, arrays = page.hello
            assert header["summary"] == "2 inputs → 4 tanh → 2 tanh → 1 sigmoid"
            assert arrays["train_x"].shape == (800, 2) and arrays["test_y"].shape == (200,)
            header, arrays = await page.next("frame")
            assert (header["epoch"], header["state"], weight_of(arrays)) == (0, "ready", 0)
            assert arrays["curves"].shape == (1, 6)

    on_server(story)


def test_play_shows_every_epoch_and_pause_holds() -> None:
    async def story(server: Server) -> None:
        token = server.runs.open(Experiment())
        async with server.page(token) as page:
            await page.next("frame")
            await page.say("play", epochs_per_frame=1)
            await page.until_epoch(30)
            await page.say("pause")
            await page.until_state("paused")
            assert await page.is_quiet()
            *played, resting = [header["epoch"] for header, _ in page.frames]
            assert played == list(range(len(played)))
            assert resting in (
                played[-1],
                played[-1] + 1,
            )  # at rest it is shown again: the page may have passed it over
            assert all(weight_of(arrays) == header["epoch"] for header, arrays in page.frames)

    on_server(story)


def test_the_curves_hold_every_epoch_at_full_speed() -> None:
    async def story(server: Server) -> None:
        token = server.runs.open(with_train(epochs=3000))
        async with server.page(token) as page:
            await page.next("frame")
            await page.say("play", epochs_per_frame=0)
            await page.until_epoch(3000)
            rows: list[float] = []
            for header, arrays in page.frames:
                del rows[header["curves_start"] :]
                rows.extend(arrays["curves"][:, 0].tolist())
            assert rows == list(range(3001))
            assert len(page.frames) < 1000

    on_server(story)


def test_without_credits_training_stops() -> None:
    async def story(server: Server) -> None:
        token = server.runs.open(Experiment())
        async with server.page(token, credits=0) as page:
            await page.say("play", epochs_per_frame=1)
            await page.until_state("playing")
            await page.say("credit")
            first, _ = await page.read()
            await page.say("credit")
            second, _ = await page.read()
            assert await page.is_quiet()
            await page.say("pause")
            header, _ = await page.next("status")
            assert (first["last_epoch"], second["last_epoch"], header["last_epoch"]) == (0, 1, 1)


def test_step_trains_one_epoch_and_rewind_returns_to_the_same_weights() -> None:
    async def story(server: Server) -> None:
        token = server.runs.open(with_train(seed=7))
        async with server.page(token) as page:
            await page.next("frame")
            for epoch in (1, 2, 3):
                await page.say("step")
                header, arrays = await page.until_epoch(epoch)
                assert (header["epoch"], weight_of(arrays)) == (epoch, 7 + epoch)
            assert await page.is_quiet()
            await page.say("rewind")
            header, arrays = await page.next("frame")
            assert (header["epoch"], weight_of(arrays), header["curves_start"]) == (0, 7, 0)

    on_server(story)


def test_scrubbing_shows_an_earlier_epoch_and_play_goes_on_from_the_newest() -> None:
    async def story(server: Server) -> None:
        token = server.runs.open(Experiment())
        async with server.page(token) as page:
            await page.next("frame")
            await page.say("play", epochs_per_frame=5)
            await page.until_epoch(50)
            await page.say("scrub", epoch=12)
            await page.until_state("paused")
            while (shown := await page.next("frame"))[0]["epoch"] != 12:
                pass
            assert weight_of(shown[1]) == 12 and shown[0]["last_epoch"] >= 50
            assert shown[0]["loss"] == pytest.approx(1 / 13, rel=1e-6)
            await page.say("play", epochs_per_frame=1)
            header, _ = await page.next("frame")
            assert header["epoch"] >= 50

    on_server(story)


def test_the_visible_range_and_a_probe_are_answered_while_paused() -> None:
    async def story(server: Server) -> None:
        token = server.runs.open(with_train(seed=3))
        async with server.page(token) as page:
            await page.next("frame")
            await page.say("view", x1=[-1, 1], x2=[-2, 2])
            header, arrays = await page.next("frame")
            assert (header["x1"], header["x2"]) == ([-1, 1], [-2, 2])
            assert arrays["lines"].tolist() == [[-1, -2], [1, 2]]
            await page.say("probe", x1=0.5, x2=1.5)
            header, _ = await page.next("probe")
            assert (header["x1"], header["x2"], header["values"]) == (0.5, 1.5, [3.0])

    on_server(story)


def test_a_changed_rate_keeps_the_run_and_its_epoch() -> None:
    async def story(server: Server) -> None:
        token = server.runs.open(Experiment())
        async with server.page(token) as page:
            await page.next("frame")
            await page.say("play", epochs_per_frame=1)
            await page.until_epoch(5)
            server.runs.adjust(token, with_train(learning_rate=0.5))
            header, _ = await page.until_epoch(40)
            assert header["learning_rate"] == pytest.approx(0.5)
            with pytest.raises(ValueError, match="Only learning_rate"):
                server.runs.adjust(token, with_train(optimizer="adam"))

    on_server(story)


def test_a_finished_run_says_how_it_ended_and_goes_on_with_more_epochs() -> None:
    async def story(server: Server) -> None:
        token = server.runs.open(with_train(epochs=20))
        async with server.page(token) as page:
            await page.say("play", epochs_per_frame=0)
            header = await page.until_state("finished")
            ending = header["ending"] if header["type"] == "status" else (await page.next("status"))[0]["ending"]
            assert (ending["epoch"], ending["more"], ending["no_more"]) == (20, 20, "")
            assert ending["loss"] == ending["best_loss"] == pytest.approx(2 / 21)
            server.runs.adjust(token, with_train(epochs=40))
            header = await page.until_state("paused")
            assert "ending" not in header
            await page.say("play", epochs_per_frame=0)
            await page.until_epoch(40)
        async with server.page(token) as page:
            assert page.hello[0]["ending"]["epoch"] == 40
            with pytest.raises(ValueError, match="epochs can grow"):
                server.runs.adjust(token, with_train(epochs=30))

    on_server(story)


def test_play_until_an_epoch_pauses_there_whatever_happens_on_the_way() -> None:
    async def story(server: Server) -> None:
        token = server.runs.open(Experiment())
        async with server.page(token) as page:
            await page.say("play", epochs_per_frame=0, until=120)
            await page.until_epoch(120)
            assert page.last["last_epoch"] == 120 and await page.is_quiet()
            await _park(server, page, token)
            await page.say("credit")
            header, _ = await page.next("frame")
            assert (header["state"], header["last_epoch"]) == ("paused", 120)
            await page.say("play", epochs_per_frame=1)
            await page.until_epoch(130)
            await page.say("play", epochs_per_frame=1, until=7)
            await page.until_state("paused")

    on_server(story)


def test_play_until_an_epoch_outlasts_a_worker() -> None:
    async def story(server: Server) -> None:
        token = server.runs.open(with_train(seed=SLOW))
        async with server.page(token) as page:
            await page.say("play", epochs_per_frame=0, until=400)
            await page.until_epoch(20)
            os.kill(server.worker_pids()[0], signal.SIGKILL)
            await page.until_epoch(400)
            assert page.last["last_epoch"] == 400 and await page.is_quiet()

    on_server(story)


@given(st.none() | st.integers() | st.text(max_size=80) | st.binary(max_size=9) | st.lists(st.text()) | st.floats())
@settings(max_examples=50)
def test_whatever_is_taken_for_a_token_is_none_of_a_run(token: object) -> None:
    runs = LiveRuns(Pool(lambda: pytest.fail("no worker is asked for"), ONE_WORKER), ONE_WORKER)
    assert runs.subject_of(token) is None
    assert not runs.is_watched(str(token))


def test_a_token_tells_its_run_s_experiment_and_whether_a_page_is_there() -> None:
    async def story(server: Server) -> None:
        token = server.runs.open(with_train(seed=3))
        assert server.runs.subject_of(token) == with_train(seed=3)
        assert not server.runs.is_watched(token)
        async with server.page(token) as page:
            server.runs.adjust(token, with_train(seed=3, learning_rate=0.5))
            await page.next("frame")
            assert server.runs.subject_of(token) == with_train(seed=3, learning_rate=0.5)
            assert server.runs.is_watched(token)
        await until(lambda: not server.runs.is_watched(token))
        server.runs.close(token)
        assert server.runs.subject_of(token) is None

    on_server(story)


def test_a_diverging_run_pauses_with_its_epoch_and_the_advice() -> None:
    async def story(server: Server) -> None:
        token = server.runs.open(with_train(seed=15))
        async with server.page(token) as page:
            await page.next("frame")
            await page.say("play", epochs_per_frame=1)
            header, arrays = await page.until_epoch(5)
            assert header["state"] == "diverged" and header["loss"] is None
            assert "epoch 5" in header["message"] and "learning rate" in header["message"]
            assert weight_of(arrays) == 15 + 4  # the last network whose loss was a number

    on_server(story)


def test_a_diverged_run_stays_so_when_it_is_parked_or_its_worker_dies() -> None:
    async def story(server: Server) -> None:
        token = server.runs.open(with_train(seed=15))
        async with server.page(token) as page:
            await page.next("frame")
            await page.say("play", epochs_per_frame=1)
            await page.until_state("diverged")
            os.kill(server.worker_pids()[0], signal.SIGKILL)
            await until(lambda: not server.worker_pids())
            seen = len(page.frames)
            await server.loaded(1)
            await page.say("credit")
            while len(page.frames) <= seen:
                header, _ = await page.next("frame")
            assert (header["state"], header["last_epoch"]) == ("diverged", 5)
            await _park(server, page, token)
            await page.say("credit")
            header, arrays = await page.next("frame")
            assert (header["state"], header["last_epoch"]) == ("diverged", 5)
            assert "epoch 5" in header["message"] and weight_of(arrays) == 15 + 4

    on_server(story)


def test_early_stopping_shows_the_restored_network_and_keeps_the_whole_curve() -> None:
    async def story(server: Server) -> None:
        token = server.runs.open(with_train(seed=RESTORES, patience=3, restore_best=True))
        async with server.page(token) as page:
            await page.next("frame")
            await page.say("play", epochs_per_frame=1)
            await page.until_state("finished")
            for _ in range(2):
                while page.frames[-1][0]["state"] != "finished":
                    await page.next("frame")
                header, arrays = page.frames[-1]
                assert (header["epoch"], header["last_epoch"]) == (3, 6)
                assert weight_of(arrays) == RESTORES + 3 and "epoch 3 are restored" in header["message"]
                assert header["curves_start"] + len(arrays["curves"]) == 7
                await _park(server, page, token)
                page.frames.append(({"state": "parked"}, {}))
                await page.say("credit")

    on_server(story)


def test_early_stopping_names_the_part_it_watched() -> None:
    async def story(server: Server) -> None:
        for validation, part in ((0, "test"), (0.2, "validation")):
            stopping = with_train(seed=RESTORES, patience=3)
            token = server.runs.open(stopping.model_copy(update={"data": Data(validation=validation)}))
            async with server.page(token) as page:
                await page.say("play", epochs_per_frame=1)
                header = await page.until_state("finished")
                assert header["message"].startswith(f"Early stopping: the {part} loss has not improved for 3 epochs.")

    on_server(story)


def test_a_run_may_train_for_so_long_and_says_when_it_has() -> None:
    async def story(server: Server) -> None:
        token = server.runs.open(with_train(seed=SLOW))
        async with server.page(token) as page:
            await page.next("frame")
            await page.say("play", epochs_per_frame=1)
            assert "at most 0.005 minutes" in (await page.until_state("finished"))["message"]
            last = page.frames[-1][0]["epoch"]
            await _park(server, page, token)
            await page.say("play", epochs_per_frame=1)
            await page.say("credit")
            header, _ = await page.next("frame")
            assert (header["state"], header["last_epoch"]) == ("finished", last), "waking gives it no more time"
            await page.say("rewind")
            await page.say("play", epochs_per_frame=1)
            await page.until_state("playing")
            await page.until_epoch(5)

    on_server(story, Limits(workers=1, training_seconds=0.3))


async def _park(server: Server, page: Page, token: str) -> None:
    await page.say("hidden")
    await until(lambda: server.runs.get(token).hidden)  # type: ignore[union-attr]
    server.clock.wait(60)
    server.runs.sweep()
    await until(lambda: server.runs.counts()["parked"] == 1)


@pytest.mark.parametrize("fault", [{"batch_size": 13}, {"seed": 14}])
def test_a_run_that_fails_says_so_and_the_others_go_on(fault: dict[str, int]) -> None:
    async def story(server: Server) -> None:
        good, bad = server.runs.open(Experiment()), server.runs.open(with_train(**fault))
        async with server.page(good) as page, server.page(bad) as unlucky:
            await page.next("frame")
            await page.say("play", epochs_per_frame=1)
            await unlucky.say("play", epochs_per_frame=1)
            assert (await unlucky.until_state("failed"))["state"] == "failed"
            before = len(page.frames)
            await page.until_epoch(before + 50)

    on_server(story)


def test_a_killed_worker_is_replaced_and_its_runs_go_on_from_their_last_state() -> None:
    async def story(server: Server) -> None:
        await server.loaded(2)
        tokens = [server.runs.open(with_train(seed=seed, batch_size=10 * seed)) for seed in (1, 2)]
        async with server.page(tokens[0]) as page, server.page(tokens[1]) as other:
            for each in (page, other):
                await each.next("frame")
                await each.say("play", epochs_per_frame=1)
            await asyncio.gather(page.until_epoch(60), other.until_epoch(60))
            run = server.runs.get(tokens[0])
            await asyncio.wait_for(_saved(server, page, tokens[0]), 10)
            victim = run.place.host.pid  # type: ignore[union-attr]
            saved_at = page.frames[-1][0]["epoch"]
            os.kill(victim, signal.SIGKILL)
            seen = len(page.frames)
            await page.until_epoch(saved_at + 200)
            epochs = [header["epoch"] for header, _ in page.frames[seen:]]
            assert min(epochs) > 0, "the run went on, it did not start again"
            assert all(weight_of(a) == (1 + h["epoch"]) % 256 for h, a in page.frames[seen:])
            gaps = [b - a for a, b in pairwise(epochs)]
            assert sum(gap != 1 for gap in gaps) <= 1
            header, arrays = page.frames[-1]
            assert header["curves_start"] + len(arrays["curves"]) == header["last_epoch"] + 1
            steady = [header["epoch"] for header, _ in other.frames]
            await other.until_epoch(steady[-1] + 50)
            steady = [header["epoch"] for header, _ in other.frames]
            assert steady == list(range(len(steady))), "the other worker's run noticed nothing"

    on_server(story, Limits(workers=2))


async def _saved(server: Server, page: Page, token: str) -> None:
    while not server.runs.get(token).kept:  # type: ignore[union-attr]
        await page.next("frame")


def test_a_run_that_kills_its_worker_again_and_again_is_given_up_and_others_recover() -> None:
    async def story(server: Server) -> None:
        good, bad = server.runs.open(Experiment()), server.runs.open(with_train(seed=16))
        async with server.page(good) as page, server.page(bad) as deadly:
            await page.next("frame")
            await page.say("play", epochs_per_frame=1)
            await page.until_epoch(5)
            await deadly.say("play", epochs_per_frame=1)

            async def others() -> None:
                await page.until_epoch(page.frames[-1][0]["epoch"] + 200)

            await deadly.until_state("failed")
            await asyncio.wait_for(others(), 30)

    on_server(story)


def test_a_worker_that_has_grown_is_replaced_without_the_run_noticing() -> None:
    async def story(server: Server) -> None:
        token = server.runs.open(Experiment())
        async with server.page(token) as page:
            await page.next("frame")
            first = server.worker_pids()
            await page.say("play", epochs_per_frame=1)
            for samples in (100, 200, 300):
                await _visit(server, Experiment(data=Data(samples=samples)))
            await until_async(page, lambda: server.worker_pids() and not set(server.worker_pids()) & set(first))
            second = server.worker_pids()
            await page.until_epoch(page.frames[-1][0]["epoch"] + 200)
            epochs = [header["epoch"] for header, _ in page.frames]
            assert [b - a for a, b in pairwise(epochs) if b - a not in (0, 1)] == []
            assert page.state == "playing"
            assert server.worker_pids() == second, "what is in use has grown as well, but is no reason"

    on_server(story, Limits(workers=1, worker_growth_bytes=-1, programs=1, spent_programs=2))


async def _visit(server: Server, experiment: Experiment) -> None:
    token = server.runs.open(experiment)
    async with server.page(token) as page:
        await page.next("frame")
    server.runs.close(token)


async def until_async(page: Page, condition: Any) -> None:
    async def paint() -> None:
        while not condition():
            await page.next("frame")

    await asyncio.wait_for(paint(), 60)


def test_a_hidden_run_is_parked_and_wakes_where_it_was() -> None:
    async def story(server: Server) -> None:
        token = server.runs.open(Experiment())
        async with server.page(token) as page:
            await page.next("frame")
            await page.say("play", epochs_per_frame=1)
            header, _ = await page.until_epoch(25)
            await _park(server, page, token)
            assert server.runs.counts()["runs"] == 0
            for _ in range(2):
                await page.say("credit")
            await page.until_epoch(header["last_epoch"] + 10)
            epochs = [h["epoch"] for h, _ in page.frames]
            assert max(b - a for a, b in pairwise(epochs)) <= 1

    on_server(story)


def test_a_page_that_reconnects_finds_its_run_and_its_whole_curve() -> None:
    async def story(server: Server) -> None:
        token = server.runs.open(Experiment())
        async with server.page(token) as page:
            await page.next("frame")
            await page.say("play", epochs_per_frame=1)
            header, _ = await page.until_epoch(20)
        async with server.page(token) as page:
            again, arrays = await page.next("frame")
            if again["curves_start"]:  # was on its way to the page before
                again, arrays = await page.next("frame")
            assert again["epoch"] >= header["epoch"] and again["curves_start"] == 0
            assert len(arrays["curves"]) == again["last_epoch"] + 1

    on_server(story)


def test_a_second_page_takes_the_run_over() -> None:
    async def story(server: Server) -> None:
        token = server.runs.open(Experiment())
        async with server.page(token) as first, server.page(token) as second:
            await second.next("frame")
            with pytest.raises(websockets.ConnectionClosed) as closed:
                while True:
                    await first.read()
            assert closed.value.rcvd.code == 4409  # type: ignore[union-attr]

    on_server(story)


class SlowScene:
    """The first scene that is asked for is made when the test says so."""

    def __init__(self) -> None:
        self.asked, self.go, self.made = threading.Event(), threading.Event(), threading.Event()

    def __call__(self, *asked: Any) -> Any:
        if self.asked.is_set():
            return scene_of(*asked)
        self.asked.set()
        assert self.go.wait(PATIENCE)
        self.made.set()
        return scene_of(*asked)


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Iterator[SlowScene]:
    scene = SlowScene()
    monkeypatch.setattr(greeting, "scene_of", scene)
    yield scene
    scene.go.set()


@pytest.mark.parametrize("cut", [True, False], ids=["one that was cut", "one that waits"])
def test_who_was_not_greeted_yet_takes_no_run_from_one_that_came_later(slow: SlowScene, cut: bool) -> None:
    async def story(server: Server) -> None:
        token = server.runs.open(Experiment())
        url = f"ws://127.0.0.1:{server.port}/_playground/live/{token}"
        async with websockets.connect(url) as first:
            await until(slow.asked.is_set)
            if cut:
                first.transport.abort()
            async with server.page(token) as later:
                await later.next("frame")
                slow.go.set()
                await until(slow.made.is_set)
                if not cut:
                    with pytest.raises(websockets.ConnectionClosed) as ended:
                        await first.recv()
                    assert ended.value.rcvd is not None and ended.value.rcvd.code == CloseCode.TAKEN
                assert await later.is_quiet()

    on_server(story)


def test_who_leaves_before_being_greeted_is_let_go_at_once(slow: SlowScene) -> None:
    class Leaving:
        """A socket whose page leaves while its scene is being made."""

        application_state = WebSocketState.DISCONNECTED

        def __init__(self, token: str) -> None:
            self.headers: dict[str, str] = {}
            self.path_params = {"token": token}

        async def accept(self) -> None:
            pass

        async def receive(self) -> dict[str, str]:
            await until(slow.asked.is_set)
            return {"type": "websocket.disconnect"}

    async def story(server: Server) -> None:
        token = server.runs.open(Experiment())
        live = channel.LiveChannel(server.runs, server.limits, lambda origin, host: True)
        await asyncio.wait_for(live.connect(cast(Any, Leaving(token))), PATIENCE)
        assert not slow.made.is_set()
        slow.go.set()

    on_server(story)


def test_what_a_page_says_before_it_is_greeted_is_heard(slow: SlowScene) -> None:
    async def story(server: Server) -> None:
        token = server.runs.open(Experiment())
        url = f"ws://127.0.0.1:{server.port}/_playground/live/{token}"
        async with websockets.connect(url, max_size=None) as connection:
            page = Page(connection)
            await page.say("credit")
            await page.say("step")
            await until(slow.asked.is_set)
            slow.go.set()
            header, _arrays = await page.next("frame")
            while header["epoch"] != 1:
                header, _arrays = await page.next("frame")

    on_server(story)


def test_an_unknown_token_is_told_that_its_run_is_gone() -> None:
    async def story(server: Server) -> None:
        url = f"ws://127.0.0.1:{server.port}/_playground/live/nobody-knows-this"
        async with websockets.connect(url) as connection:
            with pytest.raises(websockets.ConnectionClosed) as closed:
                await connection.recv()
        assert closed.value.rcvd.code == 4404  # type: ignore[union-attr]

    on_server(story)


def test_a_foreign_origin_is_refused_before_the_connection_stands() -> None:
    async def story(server: Server) -> None:
        token = server.runs.open(Experiment())
        with pytest.raises(websockets.InvalidStatus):
            async with server.page(token, origin="http://elsewhere.example"):
                pass
        async with server.page(token, origin=f"http://127.0.0.1:{server.port}") as page:
            await page.next("frame")

    on_server(story)


@pytest.mark.parametrize("message", ["x" * 5000, "é" * 2500], ids=["letters", "bytes"])
def test_an_oversized_message_ends_only_its_own_connection(message: str) -> None:
    async def story(server: Server) -> None:
        tokens = [server.runs.open(Experiment()) for _ in range(2)]
        async with server.page(tokens[0]) as loud, server.page(tokens[1]) as calm:
            await calm.next("frame")
            await calm.say("play", epochs_per_frame=1)
            await loud.connection.send(message)
            with pytest.raises(websockets.ConnectionClosed) as closed:
                while True:
                    await loud.read()
            assert closed.value.rcvd.code == 1009  # type: ignore[union-attr]
            await calm.until_epoch(50)

    on_server(story)


def test_a_flooding_page_does_not_slow_another() -> None:
    async def story(server: Server) -> None:
        tokens = [server.runs.open(Experiment()) for _ in range(2)]
        async with server.page(tokens[0]) as loud, server.page(tokens[1]) as calm:
            await calm.next("frame")
            await calm.say("play", epochs_per_frame=1)

            async def flood() -> None:
                for _ in range(20_000):
                    await loud.say("step")

            flooding = asyncio.create_task(flood())
            await calm.until_epoch(100)
            await flooding
            newest = max((h["last_epoch"] for h, _ in loud.frames), default=0)
            assert newest <= server.limits.message_burst, "what is beyond the allowance is dropped"

    on_server(story)


def test_the_server_refuses_more_runs_than_it_may_hold() -> None:
    async def story(server: Server) -> None:
        for _ in range(2):
            server.runs.open(Experiment())
        with pytest.raises(Refused, match="at most 2 networks"):
            server.runs.open(Experiment())

    on_server(story, Limits(workers=1, runs=2))


def test_a_run_closed_under_its_page_does_not_come_back() -> None:
    async def story(server: Server) -> None:
        token = server.runs.open(Experiment())
        async with server.page(token) as page:
            await page.next("frame")
            await page.say("play", epochs_per_frame=1)
            await page.until_epoch(5)
            server.runs.close(token)
            for _ in range(5):
                await page.say("credit")
            async with server.page(server.runs.open(with_train(seed=1))) as later:
                await later.next("frame")  # orders come one after the other, so the last credit has come
                server.runs.close(later.token)
            await until(lambda: server.runs.counts()["runs"] == 0)
            assert server.runs.counts() == {"workers": 1, "runs": 0, "waiting": 0, "parked": 0}

    on_server(story)


def test_a_probe_still_on_its_way_does_not_wake_a_hidden_run() -> None:
    async def story(server: Server) -> None:
        token = server.runs.open(Experiment())
        async with server.page(token) as page:
            await page.next("frame")
            await page.say("hidden")
            await page.say("probe", x1=0.0, x2=0.0)
            await page.next("probe")
            assert server.runs.get(token).hidden  # type: ignore[union-attr]

    on_server(story)


def test_a_rate_changed_while_parked_is_kept() -> None:
    async def story(server: Server) -> None:
        token = server.runs.open(Experiment())
        async with server.page(token) as page:
            await page.next("frame")
            await page.say("play", epochs_per_frame=1)
            header, _ = await page.until_epoch(10)
            await _park(server, page, token)
            server.runs.adjust(token, with_train(learning_rate=0.5))
            await page.say("credit")
            header, _ = await page.until_epoch(header["last_epoch"] + 20)
            assert header["learning_rate"] == pytest.approx(0.5)

    on_server(story)


def test_a_page_that_vanishes_counts_as_hidden() -> None:
    async def story(server: Server) -> None:
        token = server.runs.open(with_train(seed=SLOW, epochs=10_000))
        async with server.page(token) as page:
            await page.next("frame")
            await page.say("play", epochs_per_frame=1000)
        await until(lambda: server.runs.get(token).hidden)  # type: ignore[union-attr]
        async with server.page(token, credits=0) as page:
            assert (await page.until_state("playing"))["last_epoch"] < 1000
            assert await page.is_quiet()

    on_server(story)


def test_credits_have_an_allowance_of_their_own() -> None:
    async def story(server: Server) -> None:
        token = server.runs.open(Experiment())
        async with server.page(token) as page:
            await page.next("frame")
            await page.say("play", epochs_per_frame=1)
            await page.until_epoch(100)

    on_server(story, Limits(workers=1, messages_per_second=0.1, message_burst=200))


def test_an_edit_is_shown_and_one_that_cannot_be_made_is_refused_with_the_rule() -> None:
    async def story(server: Server) -> None:
        token = server.runs.open(Experiment())
        async with server.page(token) as page:
            await page.next("frame")
            await page.say("edit", layer=1, unit=0, source=0, value=77.0)
            header, arrays = await page.next("frame")
            assert (header["edited"], weight_of(arrays)) == (True, 77)
            await page.say("edit", layer=9, unit=0, source=0, value=1.0)
            header, _ = await page.next("refused")
            assert header["message"] == "layer must be in [1, 1]. Got 9."
            await page.say("rewind")
            header, arrays = await page.next("frame")
            assert (header["edited"], weight_of(arrays)) == (False, 0)

    on_server(story)


def test_what_is_locked_cannot_be_changed_on_the_channel_either_and_all_else_goes_on() -> None:
    async def story(server: Server) -> None:
        token = server.runs.open(Experiment())
        server.runs.lock(token, ("weights", "learning_rate"))
        async with server.page(token) as page:
            await page.next("frame")
            await page.say("edit", layer=1, unit=0, source=0, value=77.0)
            header, _ = await page.next("refused")
            assert header["message"] == "The weights of this run are locked: nothing was changed."
            await page.say("step")
            await page.until_epoch(1)
            header, arrays = page.frames[-1]
            assert not header["edited"] and weight_of(arrays) == 1
            server.runs.lock(token, ())
            await page.say("edit", layer=1, unit=0, source=0, value=77.0)
            header, arrays = await page.next("frame")
            assert (header["edited"], weight_of(arrays)) == (True, 77)

    on_server(story)


def test_an_edited_run_that_was_parked_keeps_its_edit() -> None:
    async def story(server: Server) -> None:
        token = server.runs.open(Experiment())
        async with server.page(token) as page:
            await page.next("frame")
            await page.say("edit", layer=1, unit=0, source=0, value=77.0)
            await page.next("frame")
            await _park(server, page, token)
            await page.say("credit")
            header, _arrays = await page.next("frame")
            assert header["edited"]

    on_server(story)


def test_a_full_server_gives_away_the_place_of_a_run_without_a_page() -> None:
    async def story(server: Server) -> None:
        left = server.runs.open(Experiment())
        watched = server.runs.open(Experiment())
        async with server.page(watched):
            server.clock.wait(60)
            new = server.runs.open(Experiment())
            assert [server.runs.exists(token) for token in (left, watched, new)] == [False, True, True]

    on_server(story, Limits(workers=1, runs=2))


JUNK = st.one_of(
    st.text(max_size=200),
    st.dictionaries(st.text(max_size=8), st.integers() | st.floats() | st.none() | st.text(max_size=8)).map(repr),
    st.sampled_from(
        [
            '{"type":"play","epochs_per_frame":-1}',
            '{"type":"play","epochs_per_frame":1e99}',
            '{"type":"view","x1":[1,0],"x2":[0,1]}',
            '{"type":"view","x1":[0,1e300],"x2":[0,NaN]}',
            '{"type":"scrub","epoch":1.5}',
            '{"type":"show","view":{"name":"everything"}}',
            '{"type":"show","view":{"name":"errors","chart":7}}',
            '{"type":"focus","layer":-1,"unit":0}',
            '{"type":"edit","layer":1,"unit":0,"value":NaN}',
            '{"type":"edit","layer":1,"unit":0,"source":127,"value":1e6}',
            '{"type":"open"}',
            '{"type":"tell"}',
            '{"type":["credit"]}',
            "[" * 3000,
            "null",
        ]
    ),
)


def test_junk_is_dropped_and_the_run_goes_on() -> None:
    @given(st.lists(JUNK, max_size=20))
    @settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    def hears(junk: list[str]) -> None:
        async def story(server: Server) -> None:
            token = server.runs.open(Experiment())
            async with server.page(token) as page:
                await page.next("frame")
                for text in junk:
                    await page.connection.send(text)
                await page.connection.send(b"\x00\xff")
                await page.say("step")
                header, _ = await page.until_epoch(1)
                assert header["last_epoch"] == 1

        on_server(story)

    hears()
