"""Those who see what goes to the page of a run."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from playground.core import Experiment
from playground.lessons.task import Task
from playground.runtime import Limits
from playground.runtime.protocol.packing import type_of, unpack
from playground.runtime.server.watching import Watchers
from tests.runtime.peers import Server, serving, until, with_train
from tests.runtime.test_drawn_anew import SECOND, drawn, redrawn

KILL = getattr(signal, "SIGKILL", signal.SIGTERM)


def on_server(story: Callable[[Server], Awaitable[None]], **limits: Any) -> None:
    async def told() -> None:
        async with serving(Limits(**{"workers": 1, **limits})) as server:
            await story(server)

    asyncio.run(told())


def headers_of(messages: list[bytes]) -> list[dict[str, Any]]:
    return [unpack(message)[0] for message in messages]


def test_who_watches_sees_what_the_page_is_sent_in_order() -> None:
    async def story(server: Server) -> None:
        token = server.runs.open(with_train(epochs=20), task=Task(checks=("epoch >= 3",)))
        seen: list[bytes] = []
        assert server.runs.watch(token, seen.append) is not None
        got: list[dict[str, Any]] = []
        async with server.page(token) as page:
            got.append(page.hello[0])
            await page.say("play", epochs_per_frame=1)
            while page.state != "finished" or got[-1]["type"] != "verdict" or not got[-1]["reached"]:
                got.append((await page.read())[0])
                if got[-1]["type"] == "frame":
                    await page.say("credit")
            await page.say("probe", x1=1.0, x2=1.0)
            while got[-1]["type"] != "probe":
                got.append((await page.read())[0])
        assert headers_of(seen) == got
        assert {type_of(message) for message in seen} >= {"hello", "status", "frame", "verdict"}

    on_server(story)


def test_nobody_copies_what_is_watched() -> None:
    watchers, message = Watchers(), b"\x02\x00\x00\x00{}"
    seen: list[bytes] = []
    watchers.add(seen.append)
    watchers.show(message)
    assert seen[0] is message


def test_several_watch_and_each_may_end_it_even_while_a_message_is_shown() -> None:
    watchers = Watchers()
    seen: list[str] = []

    def first(_message: bytes) -> None:
        seen.append("first")
        end_second()

    end_first = watchers.add(first)
    end_second = watchers.add(lambda _message: seen.append("second"))
    watchers.add(lambda _message: seen.append("third"))
    watchers.show(b"")
    assert seen == ["first", "third"], "one that was ended is not told any more"
    end_first()
    end_first()
    watchers.show(b"")
    assert seen == ["first", "third", "third"]
    assert watchers


def test_who_fails_is_let_go_with_one_word_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    async def story(server: Server) -> None:
        token, other = server.runs.open(Experiment()), server.runs.open(with_train(seed=5))
        calls: list[bytes] = []
        seen: list[bytes] = []

        def faulty(message: bytes) -> None:
            calls.append(message)
            raise RuntimeError("a fault of one who watches")

        server.runs.watch(token, faulty)
        server.runs.watch(token, seen.append)
        async with server.page(token) as page, server.page(other) as neighbour:
            for each in (page, neighbour):
                await each.say("play", epochs_per_frame=1)
                await each.until_epoch(20)
        assert len(calls) == 1 and len(seen) > 20

    with caplog.at_level(logging.ERROR):
        on_server(story)
    assert [record.exc_info is not None for record in caplog.records if "watched a run" in record.message] == [True]


def test_watching_keeps_no_run_alive_gives_no_frames_and_counts_as_no_page() -> None:
    async def story(server: Server) -> None:
        token = server.runs.open(Experiment())
        seen: list[bytes] = []
        server.runs.watch(token, seen.append)
        assert not server.runs.is_watched(token) and server.runs.learners == 0
        await server.loaded(1)
        async with server.page(token, credits=0) as page:
            await page.say("play", epochs_per_frame=1)
            await page.until_state("playing")
            await page.say("probe", x1=0.0, x2=0.0)
            await page.next("probe")
            assert not any(type_of(message) == "frame" for message in seen), "the page has asked for none"
        await until(lambda: not server.runs.is_watched(token))
        before = len(seen)
        server.clock.wait(server.limits.idle_seconds + 1)
        server.runs.sweep()
        await until(lambda: server.runs.counts()["parked"] == 1)
        assert len(seen) == before, "without a page there is nothing to see"
        server.clock.wait(server.limits.parked_seconds + 1)
        server.runs.sweep()
        assert not server.runs.exists(token)
        assert server.runs.watch(token, seen.append) is None

    on_server(story)


def test_watching_outlasts_parking_another_worker_another_page_and_a_beginning_anew() -> None:
    async def story(server: Server) -> None:
        token = server.runs.open(drawn())
        seen: list[bytes] = []
        server.runs.watch(token, seen.append)

        async def advances(page: Any) -> None:
            before = len(seen)
            await page.say("step")
            await page.next("frame")
            await until(lambda: any(type_of(message) == "frame" for message in seen[before:]))

        async with server.page(token) as page:
            await page.next("frame")
            await advances(page)
            await page.say("hidden")
            run = server.runs.get(token)
            assert run is not None
            await until(lambda: run.hidden)
            server.clock.wait(server.limits.idle_seconds + 1)
            server.runs.sweep()
            await until(lambda: run.parked)
            await page.say("credit")
            await page.say("credit")
            await page.next("frame")
            await advances(page)
            await redrawn(page, SECOND)
            await page.next("frame")
            await advances(page)
            for pid in server.worker_pids():
                os.kill(pid, KILL)
            await page.next("frame")
            await advances(page)
        async with server.page(token) as page:
            await page.next("frame")
            await advances(page)
        assert [header["type"] for header in headers_of(seen)].count("hello") == 3, "two greetings, and other points"

    on_server(story)


def test_how_a_run_stands_is_told_as_a_copy() -> None:
    async def story(server: Server) -> None:
        token = server.runs.open(Experiment())
        standing = server.runs.standing_of(token)
        assert standing is not None and standing["last_epoch"] == 0
        standing["last_epoch"] = 7
        again = server.runs.standing_of(token)
        assert again is not None and again["last_epoch"] == 0
        assert server.runs.standing_of("no token") is None

    on_server(story)
