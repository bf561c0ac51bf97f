"""Whatever is done in a room, in whatever order, at one web process or at two: it is what a plain model says."""

from __future__ import annotations

import asyncio
import secrets
import tempfile
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any, ClassVar, TypeVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from playground.classroom.codes import digest
from playground.classroom.documents import from_stored
from playground.store.rooms import Rooms, open_rooms
from tests.classroom.in_process import Page, Server
from tests.postgres import PostgresServer

Answer = TypeVar("Answer")


class Classroom(RuleBasedStateMachine):
    """A room, its teacher, and learners who come and go; `seats` and the rest is the model."""

    environment: ClassVar[Callable[[], Mapping[str, str]]]
    processes: ClassVar[int] = 1
    learners = Bundle("learners")

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.env = type(self).environment()
        self.stores: list[Rooms] = []
        self.servers: list[Server] = []
        self.seats: dict[str, bool] = {}
        """Of each learner with a seat, by their secret, whether they are let in."""
        self.order: list[str] = []
        self.pages: dict[str, Page] = {}
        self.sent, self.state, self.approval, self.answers = 0, "open", False, dict[str, str]()
        self.code, self.key = "", ""
        self._start()

    def _start(self) -> None:
        self.stores = [open_rooms(self.env) for _ in range(self.processes)]
        self.servers = [Server(store) for store in self.stores]
        for server, store in zip(self.servers, self.stores, strict=True):
            server.rooms._loop = self.loop
            store.listen(server.rooms._hear_of_others)

    def wait(self, work: Awaitable[Answer]) -> Answer:
        async def whole() -> Answer:
            return await asyncio.wait_for(work, 60)

        return self.loop.run_until_complete(whole())

    def page(self, server: int) -> Page:
        """A page at one of the servers, which has heard by then of what was changed at the other."""
        asked = self.servers[server % self.processes]

        async def opened() -> Page:
            for live in asked.rooms._rooms.values():
                await asked.rooms._refresh_room(live)
            return asked.page(f"192.0.2.{secrets.randbelow(250)}")

        return self.wait(opened())

    @initialize()
    def open(self) -> None:
        page = self.page(0)
        opened = self.wait(page.ask("open"))
        self.code, self.key = opened["code"], opened["key"]
        self.wait(page.next("room"))
        self.wait(page.leave())

    def _teach(self, server: int, type_: str, **fields: Any) -> dict[str, Any]:
        page = self.page(server)
        said = self.wait(page.ask("enter", code=self.code, role="teacher", secret=self.key))
        assert said["type"] == "room", said
        answer = self.wait(page.ask(type_, **fields))
        self.wait(page.leave())
        return answer

    def _enter(self, server: int, secret: str) -> tuple[Page, dict[str, Any]]:
        page = self.page(server)
        return page, self.wait(page.ask("enter", code=self.code, role="learner", secret=secret))

    @rule(target=learners, server=st.integers(0, 1))
    def join(self, server: int) -> str:
        secret = secrets.token_urlsafe(16)
        page, said = self._enter(server, secret)
        if self.state == "closed":
            assert said["type"] == "gone"
        else:
            assert said["type"] == "lobby"
            said = self.wait(page.ask("join"))
            assert said["type"] == "room" and said["you"]["admitted"] is not self.approval
            self.seats[secret] = not self.approval
            self.order.append(secret)
            assert said["you"]["seat"] == len(self.order)
        self.wait(page.leave())
        return secret

    @rule(secret=learners, server=st.integers(0, 1))
    def come_back(self, secret: str, server: int) -> None:
        page, said = self._enter(server, secret)
        if secret in self.seats:
            assert said["type"] == "room" and said["state"] == self.state
            assert said["you"]["seat"] == self.order.index(secret) + 1
            assert (said["sent"] or {"number": 0})["number"] == (self.sent if self.seats[secret] else 0)
        else:
            assert said["type"] == ("gone" if self.state == "closed" else "lobby")
        self.wait(page.leave())

    @rule(secret=learners, server=st.integers(0, 1), text=st.text("ab c09é中<", max_size=20))
    def answer(self, secret: str, server: int, text: str) -> None:
        page, said = self._enter(server, secret)
        if said["type"] == "room":
            answer = self.wait(page.ask("answer", sent=max(self.sent, 1), asked="predict", text=text))
            noted = " ".join(text.split())
            if self.sent and self.seats[secret] and self.state != "closed" and noted:
                assert answer["type"] == "room"
                self.answers[secret] = noted
            else:
                assert answer["type"] == "not_done"
        self.wait(page.leave())

    @rule(secret=consumes(learners), server=st.integers(0, 1))
    def forget(self, secret: str, server: int) -> None:
        page, said = self._enter(server, secret)
        if said["type"] == "room":
            assert self.wait(page.ask("forget"))["type"] == "gone"
            del self.seats[secret]
            self.answers.pop(secret, None)
        self.wait(page.leave())

    @rule(secret=learners, server=st.integers(0, 1))
    def remove(self, secret: str, server: int) -> None:
        if secret not in self.order:
            return
        said = self._teach(server, "remove", seat=self.order.index(secret) + 1)
        if secret in self.seats and self.state != "closed":
            assert said["type"] == "room"
            del self.seats[secret]
            self.answers.pop(secret, None)
        else:
            assert said["type"] == "not_done"

    @rule(server=st.integers(0, 1))
    def send(self, server: int) -> None:
        said = self._teach(server, "send", link="?dataset=xor")
        assert said["type"] == ("not_done" if self.state == "closed" else "room")
        self.sent += said["type"] == "room"

    @rule(server=st.integers(0, 1), pauses=st.booleans())
    def pause(self, server: int, pauses: bool) -> None:
        said = self._teach(server, "pause_class" if pauses else "go_on")
        if self.state != "closed":
            self.state = "paused" if pauses else "open"
            assert said["state"] == self.state

    @rule(server=st.integers(0, 1), approval=st.booleans())
    def ask_for_approval(self, server: int, approval: bool) -> None:
        said = self._teach(server, "rules", approval=approval)
        if said["type"] == "room":
            self.approval = approval

    @rule(server=st.integers(0, 1))
    def admit_all(self, server: int) -> None:
        if self._teach(server, "admit")["type"] == "room":
            self.seats = dict.fromkeys(self.seats, True)

    @rule(server=st.integers(0, 1))
    def close(self, server: int) -> None:
        if len(self.order) > 3:
            self._teach(server, "close_room")
            self.state = "closed"

    @rule()
    def restart(self) -> None:
        self._stop()
        self._start()

    @invariant()
    def what_is_kept_is_what_the_model_says(self) -> None:
        if not self.code:
            return
        stored = self.stores[0].load(self.code)
        assert stored is not None
        room = from_stored(stored)
        assert {seat.token: seat.admitted for seat in room.seats.values()} == {
            digest(secret): admitted for secret, admitted in self.seats.items()
        }
        assert {seat.token: seat.answers[-1].text for seat in room.seats.values() if seat.answers} == {
            digest(secret): text for secret, text in self.answers.items()
        }
        assert (room.sent_count, room.state) == (self.sent, self.state)

    def _stop(self) -> None:
        for server in self.servers:
            self.wait(server.rooms.stop())

    def teardown(self) -> None:
        self._stop()
        self.loop.run_until_complete(self.loop.shutdown_default_executor())
        self.loop.close()


def _try(environment: Callable[[], Mapping[str, str]], processes: int, examples: int) -> None:
    machine = type("Room", (Classroom,), {"environment": staticmethod(environment), "processes": processes})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_one_process_with_sqlite_does_as_the_model(tmp_path: Path) -> None:
    _try(lambda: {"PLAYGROUND_ROOMS_FOLDER": tempfile.mkdtemp(dir=tmp_path)}, 1, 20)


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_one_process_with_postgres_does_as_the_model(postgres_server: PostgresServer) -> None:
    _try(lambda: {"DATABASE_URL": postgres_server.new_database()}, 1, 5)


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_two_processes_on_one_postgres_do_as_the_model(postgres_server: PostgresServer) -> None:
    _try(lambda: {"DATABASE_URL": postgres_server.new_database()}, 2, 8)
