"""Whatever is done to rooms, by two servers in turn, they are what a dictionary would be; and both hear of it."""

from __future__ import annotations

import queue
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from playground.store.rooms import Progress, Rooms, Stored, Taken, open_rooms
from tests.postgres import PostgresServer

PATIENCE = 60.0
LAST = "END"
NAMES = ("ABCDEF", "GHKLMN", "a-b_9")
CODES = st.sampled_from(NAMES)
NUMBERS = st.integers(0, 5)
TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20)  # JSON has no NUL in it
TIMES = st.floats(0, 1e11, allow_subnormal=False)
SEATS = st.dictionaries(NUMBERS, TEXTS, max_size=4)
PROGRESS = st.builds(Progress, TEXTS, st.binary(max_size=20), TIMES)
SERVERS = st.sampled_from([0, 1])


class Refused(Exception):
    """What a command may raise."""


class RoomsByModel(RuleBasedStateMachine):
    """Two servers, which may be one."""

    def __init__(self, servers: tuple[Rooms, Rooms], restart: Callable[[], tuple[Rooms, Rooms]]) -> None:
        super().__init__()
        self.servers, self.restart = servers, restart
        self.rooms: dict[str, Stored] = {}
        self.noted: dict[str, dict[int, Progress]] = {}

    @rule(server=SERVERS, code=CODES, document=TEXTS, seats=SEATS, closes_at=TIMES)
    def create(self, server: int, code: str, document: str, seats: Mapping[int, str], closes_at: float) -> None:
        stored = Stored(code, document, seats, closes_at)
        if code in self.rooms:
            with pytest.raises(Taken):
                self.servers[server].create(stored)
        else:
            self.servers[server].create(stored)
            self.rooms[code], self.noted[code] = stored, {}

    @rule(server=SERVERS, code=CODES, document=st.none() | TEXTS, seats=SEATS, gone=st.sets(NUMBERS), closes_at=TIMES)
    def change(
        self, server: int, code: str, document: str | None, seats: Mapping[int, str], gone: set[int], closes_at: float
    ) -> None:
        def changed(room: Stored) -> Stored:
            kept = {number: text for number, text in {**room.seats, **seats}.items() if number not in gone}
            text = room.document if document is None else document
            return replace(room, document=text, seats=kept, closes_at=closes_at)

        found = self.servers[server].change(code, changed)
        if code in self.rooms:
            before = self.rooms[code]
            self.rooms[code] = replace(changed(before), version=before.version + 1)
            left = self.rooms[code].seats
            self.noted[code] = {number: one for number, one in self.noted[code].items() if number in left}
        assert found == self.rooms.get(code)

    @rule(server=SERVERS, code=CODES)
    def refuse(self, server: int, code: str) -> None:
        def refused(_: Stored) -> Stored:
            raise Refused

        if code in self.rooms:
            with pytest.raises(Refused):
                self.servers[server].change(code, refused)
        else:
            assert self.servers[server].change(code, refused) is None

    @rule(server=SERVERS, code=CODES, progress=st.dictionaries(NUMBERS, PROGRESS, max_size=4))
    def note(self, server: int, code: str, progress: Mapping[int, Progress]) -> None:
        self.servers[server].note(code, progress)
        if code in self.rooms:
            self.noted[code].update({n: one for n, one in progress.items() if n in self.rooms[code].seats})

    @rule(server=SERVERS, code=CODES)
    def remove(self, server: int, code: str) -> None:
        self.servers[server].remove(code)
        self.rooms.pop(code, None)
        self.noted.pop(code, None)

    @rule(server=SERVERS, before=TIMES)
    def remove_closed(self, server: int, before: float) -> None:
        closed = sorted(code for code, room in self.rooms.items() if room.closes_at < before)
        assert sorted(self.servers[server].remove_closed(before)) == closed
        for code in closed:
            del self.rooms[code], self.noted[code]

    @rule()
    def start_again(self) -> None:
        self.servers = self.restart()

    @invariant()
    def all_find_what_was_done(self) -> None:
        for server in dict.fromkeys(self.servers):
            for code in NAMES:
                assert server.load(code) == self.rooms.get(code)
                assert server.progress(code) == self.noted.get(code, {})


def rooms_of_one(folder: Path) -> Callable[[], tuple[Rooms, Rooms]]:
    """Makes one server of the folder, and ends that before."""
    running: list[Rooms] = []

    def restart() -> tuple[Rooms, Rooms]:
        while running:
            running.pop().close()
        running.append(open_rooms({"PLAYGROUND_ROOMS_FOLDER": str(folder)}))
        return running[0], running[0]

    return restart


MANY = pytest.param(40, marks=pytest.mark.slow)


@pytest.mark.parametrize("examples", [15, MANY])
def test_with_sqlite_rooms_are_what_a_dictionary_would_be(examples: int) -> None:
    with TemporaryDirectory() as folder:
        restart = rooms_of_one(Path(folder))

        def machine() -> RoomsByModel:
            servers = restart()
            for code in NAMES:
                servers[0].remove(code)
            return RoomsByModel(servers, restart)

        run_state_machine_as_test(
            machine,  # type: ignore[arg-type]  # Hypothesis calls it a factory
            settings=settings(max_examples=examples, stateful_step_count=30),
        )
        restart()[0].close()


@pytest.mark.parametrize("examples", [10, MANY])
def test_two_servers_with_one_postgresql_are_what_a_dictionary_would_be(
    postgres_server: PostgresServer, examples: int
) -> None:
    environment = {"DATABASE_URL": postgres_server.new_database()}
    running: list[Rooms] = []
    heard: queue.Queue[str] = queue.Queue()
    listening = open_rooms(environment)
    listening.listen(lambda code, part: heard.put(code))

    def restart() -> tuple[Rooms, Rooms]:
        while running:
            running.pop().close()
        running.extend([open_rooms(environment), open_rooms(environment)])
        return running[0], running[1]

    def heard_by_now() -> set[str]:
        """Of whom the third server has heard; a room that is made now is the last of it."""
        running[0].create(Stored(LAST, "", {}, 0.0))
        running[0].remove(LAST)
        codes = list(iter(lambda: heard.get(timeout=PATIENCE), LAST))
        assert heard.get(timeout=PATIENCE) == LAST
        return set(codes)

    class AndIsHeard(RoomsByModel):
        def teardown(self) -> None:
            assert set(self.rooms) <= heard_by_now() <= set(NAMES)

    def machine() -> RoomsByModel:
        servers = restart()
        for code in NAMES:
            servers[0].remove(code)
        heard_by_now()
        return AndIsHeard(servers, restart)

    run_state_machine_as_test(
        machine,  # type: ignore[arg-type]
        settings=settings(max_examples=examples, stateful_step_count=30),
    )
    for rooms in (*running, listening):
        rooms.close()
