"""The live channel in turns: nothing is lost or heard twice, whatever turns are, and a page that goes is noticed."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import json
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from playground.core import Experiment
from playground.runtime import Limits
from playground.runtime.protocol.closing import CloseCode
from playground.runtime.protocol.packing import unpack
from playground.runtime.protocol.piping import MOST_CHANNELS, ChannelSaid, Exchange
from playground.runtime.server import pipe as pipe_module
from playground.runtime.server.pipe import ABNORMAL, BYTES_A_TURN, PATIENCE_SECONDS, Pipe
from playground.runtime.server.pipes import Pipes
from tests.runtime.peers import PATIENCE, Clock, Server, serving, until

LIMITS = Limits(workers=1)


class TurnPage:
    """A page that speaks in turns, as `web/pipe.js` does."""

    def __init__(self, pipes: Pipes, token: str, session: str = "a", name: str = "channel") -> None:
        self.pipes, self.token, self.session, self.name = pipes, token, session, name
        self.texts: list[str] = []
        self.first = self.heard = self.turns = 0
        self.messages: list[tuple[dict[str, Any], dict[str, Any]]] = []
        self.code: int | None = None
        self.there = True

    def say(self, type_: str, **fields: Any) -> None:
        self.texts.append(json.dumps({"type": type_, **fields}))

    def said(self, ended: bool = False) -> ChannelSaid:
        return ChannelSaid(token=self.token, first=self.first, texts=tuple(self.texts), heard=self.heard, ended=ended)

    async def turn(self, ended: bool = False, heard: bool = True) -> None:
        """One turn, whose answer may be lost."""
        self.turns += 1
        exchange = Exchange(number=self.turns, channels={self.name: self.said(ended)})
        answer = (await asyncio.to_thread(self.pipes.exchange, self.session, exchange, 0.05, lambda: self.there))[
            self.name
        ]
        if not heard:
            return
        passed = max(0, answer["heard"] - self.first)
        del self.texts[:passed]
        self.first += passed
        for message in answer["messages"][max(0, self.heard - answer["first"]) :]:
            self.heard += 1
            self.messages.append(unpack(base64.b64decode(message)))
            if self.messages[-1][0]["type"] == "frame":
                self.say("credit")
        self.code = answer["code"]

    async def until(self, condition: Callable[[], object]) -> None:
        async def take_turns() -> None:
            while not condition():
                await self.turn()

        await asyncio.wait_for(take_turns(), PATIENCE)

    def headers(self, type_: str) -> list[dict[str, Any]]:
        return [header for header, _ in self.messages if header["type"] == type_]


@contextlib.asynccontextmanager
async def piped(limits: Limits = LIMITS) -> AsyncIterator[tuple[Server, Pipes]]:
    async with serving(limits) as server:
        yield server, Pipes(server.runs, limits)


def tell(story: Callable[[Server, Pipes], Any], limits: Limits = LIMITS) -> None:
    async def told() -> None:
        async with piped(limits) as (server, pipes):
            await story(server, pipes)

    asyncio.run(told())


def test_a_page_in_turns_sees_every_epoch_and_its_pause_holds() -> None:
    async def story(server: Server, pipes: Pipes) -> None:
        page = TurnPage(pipes, server.runs.open(Experiment()))
        page.say("credit")
        page.say("credit")
        page.say("play", epochs_per_frame=1)
        await page.until(lambda: page.headers("frame") and page.headers("frame")[-1]["epoch"] >= 30)
        assert page.headers("hello")[0]["summary"] == "2 inputs → 4 tanh → 2 tanh → 1 sigmoid"
        page.say("pause")
        await page.until(lambda: page.messages[-1][0].get("state") == "paused")
        epochs = [header["epoch"] for header in page.headers("frame")]
        assert epochs == sorted(epochs) and set(range(31)) <= set(epochs)

    tell(story)


def test_answers_that_are_lost_come_again_and_nothing_twice() -> None:
    async def story(server: Server, pipes: Pipes) -> None:
        page = TurnPage(pipes, server.runs.open(Experiment()))
        page.say("credit")
        page.say("credit")
        page.say("play", epochs_per_frame=1)
        for turn in range(60):
            await page.turn(heard=turn % 3 == 2)
        page.say("pause")
        await page.until(lambda: page.messages[-1][0].get("state") == "paused")
        assert len(page.headers("hello")) == 1
        epochs = [header["epoch"] for header in page.headers("frame") if header["state"] == "playing"]
        assert epochs == sorted(set(epochs)) and len(epochs) >= 10

    tell(story)


def test_a_run_that_is_not_there_and_a_channel_that_is_gone_are_said() -> None:
    async def story(server: Server, pipes: Pipes) -> None:
        page = TurnPage(pipes, "no such run")
        await page.until(lambda: page.code)
        assert page.code == CloseCode.GONE
        of_another_server = TurnPage(pipes, server.runs.open(Experiment()), name="before")
        of_another_server.heard = 7
        await of_another_server.turn()
        assert of_another_server.code == ABNORMAL

    tell(story)


def test_a_page_that_ends_its_channel_leaves_its_run_to_another() -> None:
    async def story(server: Server, pipes: Pipes) -> None:
        token = server.runs.open(Experiment())
        page = TurnPage(pipes, token)
        await page.until(lambda: page.headers("hello"))
        assert server.runs.is_watched(token)
        await page.turn(ended=True)
        await until(lambda: not server.runs.is_watched(token))

    tell(story)


def test_a_page_that_says_nothing_more_has_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipe_module, "PATIENCE_SECONDS", 0.2)

    async def story(server: Server, pipes: Pipes) -> None:
        token = server.runs.open(Experiment())
        page = TurnPage(pipes, token)
        await page.until(lambda: page.headers("hello"))
        await until(lambda: not server.runs.is_watched(token))

    tell(story)


def test_a_page_whose_connection_has_ended_has_gone() -> None:
    async def story(server: Server, pipes: Pipes) -> None:
        token = server.runs.open(Experiment())
        page = TurnPage(pipes, token)
        await page.until(lambda: page.headers("hello"))
        page.there = False
        await until(lambda: not server.runs.is_watched(token))

    tell(story)


def test_of_two_pages_at_a_run_the_later_one_has_it() -> None:
    async def story(server: Server, pipes: Pipes) -> None:
        token = server.runs.open(Experiment())
        first, second = TurnPage(pipes, token, "a"), TurnPage(pipes, token, "b")
        await first.until(lambda: first.headers("hello"))
        await second.until(lambda: second.headers("hello"))
        await first.until(lambda: first.code)
        assert first.code == CloseCode.TAKEN

    tell(story)


def test_a_session_has_few_channels() -> None:
    async def story(server: Server, pipes: Pipes) -> None:
        token = server.runs.open(Experiment())
        for k in range(MOST_CHANNELS):
            await TurnPage(pipes, token, name=f"channel {k}").turn()
        one_more = TurnPage(pipes, token, name="one more")
        await one_more.turn()
        assert one_more.code == ABNORMAL
        other = TurnPage(pipes, server.runs.open(Experiment()), "another visitor")
        await other.until(lambda: other.headers("hello"))

    tell(story)


def test_a_message_that_is_too_long_ends_the_page_that_sent_it_alone() -> None:
    async def story(server: Server, pipes: Pipes) -> None:
        neighbour = TurnPage(pipes, server.runs.open(Experiment()), "neighbour")
        page = TurnPage(pipes, server.runs.open(Experiment()))
        await page.until(lambda: page.headers("hello"))
        page.texts.append("x" * (LIMITS.message_bytes + 1))
        await page.until(lambda: page.code)
        assert page.code == CloseCode.TOO_LARGE
        await neighbour.until(lambda: neighbour.headers("hello"))

    tell(story)


Turn = st.tuples(st.integers(0, 3), st.integers(0, 3), st.booleans(), st.booleans())
"""How many texts and messages are new, whether the server hears the turn, and whether the page hears the answer."""


@given(st.lists(Turn, max_size=30))
def test_what_both_say_is_heard_once_and_in_order_over_turns_that_get_lost(turns: list[Any]) -> None:
    async def story() -> None:
        pipe = Pipe("token", asyncio.Event(), lambda: True, Clock())
        said = sent = first = 0
        heard_of_page: list[str] = []
        heard_of_server: list[str] = []
        unheard: list[str] = []
        for texts, messages, arrives, answered in [*turns, (0, 0, True, True), (0, 0, True, True)]:
            unheard += [str(said + k) for k in range(texts)]
            said += texts
            for _ in range(min(messages, pipe_module.WAITING - len(pipe._unheard))):
                await pipe.send_bytes(str(sent).encode())
                sent += 1
            if not arrives:
                continue
            pipe.hear(ChannelSaid(token="token", first=first, texts=tuple(unheard), heard=len(heard_of_server)))
            answer = pipe.answer()
            if answered:
                passed = max(0, answer["heard"] - first)
                unheard, first = unheard[passed:], first + passed
                news = answer["messages"][max(0, len(heard_of_server) - answer["first"]) :]
                heard_of_server += [base64.b64decode(each).decode() for each in news]
        while not pipe._texts.empty():
            heard_of_page.append((await pipe.receive())["text"])
        assert heard_of_page == [str(k) for k in range(said)]
        assert heard_of_server == [str(k) for k in range(sent)]

    asyncio.run(story())


def test_a_turn_holds_no_more_than_streamlit_sends() -> None:
    async def story() -> None:
        pipe = Pipe("token", asyncio.Event(), lambda: True, Clock())
        for _ in range(4):
            await pipe.send_bytes(b"x" * (BYTES_A_TURN // 2))
        assert len(pipe.answer()["messages"]) == 2
        pipe.hear(ChannelSaid(token="token", first=0, heard=2))
        assert (pipe.answer()["first"], len(pipe.answer()["messages"])) == (2, 2)

    asyncio.run(story())


def test_the_channel_waits_while_a_page_takes_no_turns() -> None:
    async def story() -> None:
        clock = Clock()
        pipe = Pipe("token", asyncio.Event(), lambda: True, clock)
        for _ in range(pipe_module.WAITING):
            await pipe.send_bytes(b"x")
        sending = asyncio.create_task(pipe.send_bytes(b"x"))
        await asyncio.sleep(0)
        assert not sending.done()
        pipe.hear(ChannelSaid(token="token", first=0, heard=1))
        await asyncio.wait_for(sending, PATIENCE)
        clock.wait(PATIENCE_SECONDS + 1)
        assert (await pipe.receive())["type"] == "websocket.disconnect"

    asyncio.run(story())


@pytest.mark.parametrize(
    "said",
    [
        {"number": -1, "channels": {}},
        {"number": 1, "channels": {"": {"token": "t", "first": 0, "heard": 0}}},
        {"number": 1, "channels": {"a": {"token": "t" * 65, "first": 0, "heard": 0}}},
        {"number": 1, "channels": {str(k): {"token": "t", "first": 0, "heard": 0} for k in range(MOST_CHANNELS + 1)}},
        {"number": 1, "channels": {"a": {"token": "t", "first": 0, "heard": 0, "texts": ["x"] * 257}}},
        {"number": 1, "channels": {"a": {"token": "t", "first": 0, "heard": 0, "texts": [{}]}}},
    ],
)
def test_what_is_no_turn_is_refused(said: Any) -> None:
    with pytest.raises(ValidationError):
        Exchange.model_validate(said)
