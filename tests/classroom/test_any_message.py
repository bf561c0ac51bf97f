"""Whatever a page says, it is answered with a sentence or done, and nobody else notices."""

from __future__ import annotations

import asyncio
import json
import secrets
from typing import Any, get_args

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from playground.classroom.protocol.page import RoomMessage
from tests.classroom.in_process import Server
from tests.classroom.memory_store import MemoryStore
from tests.runtime.peers import Clock

values: st.SearchStrategy[Any] = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 300),
    st.floats(),
    st.text(max_size=40),
    st.lists(st.integers(-1, 9), max_size=3),
    st.lists(st.text(max_size=9), max_size=3),
    st.sampled_from(["?dataset=xor", "?lesson=first_look&step=1", {"kind": "best_accuracy"}]),
)


@st.composite
def messages(draw: st.DrawFn) -> str:
    """A message of one of the kinds, with some of its fields and values of any kind in them."""
    kind: type[BaseModel] = draw(st.sampled_from(get_args(RoomMessage)))
    fields = {name: draw(values) for name in kind.model_fields if name != "type" and draw(st.booleans())}
    text = json.dumps({"type": kind.model_fields["type"].default, **fields})
    return draw(st.sampled_from([text, text, text, text[: draw(st.integers(0, len(text)))]]))


class Class:
    """A room with a teacher and a learner, and somebody who says anything."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.server = Server(MemoryStore(), self.clock)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(["teacher", "learner", "projector", "nobody"]), st.lists(messages(), max_size=12))
def test_anything_said_is_done_or_refused_and_another_learner_goes_on(role: str, said: list[str]) -> None:
    async def story() -> None:
        room = Class()
        owner = room.server.page()
        opened = await owner.ask("open")
        other = room.server.page()
        secret = secrets.token_urlsafe(16)
        await other.ask("enter", code=opened["code"], role="learner", secret=secret)
        await other.ask("join")
        page = room.server.page()
        key = {"teacher": opened["key"], "projector": opened["projector"]}.get(role, secrets.token_urlsafe(16))
        if role != "nobody":
            await page.ask("enter", code=opened["code"], role=role, secret=key)
        if role == "learner":
            await page.ask("join")
        for text in said:
            room.clock.wait(1.0)
            page.wire.say(text)
        page.wire.say("not json")
        while True:
            answer = await page.next()
            if answer["type"] == "not_done" and "JSON" in answer["message"]:
                break
        await room.server.beat()
        back = room.server.page()
        answer = await back.ask("enter", code=opened["code"], role="learner", secret=secret)
        assert answer["type"] in ("room", "lobby", "gone")
        if role != "teacher":
            assert answer["type"] == "room" and answer["you"]["seat"] == 1
        assert not page.serving.done()

    asyncio.run(story())
