"""The rooms of this server: who is in them, what is sent to whom and when."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from typing import Any, TypeVar

import numpy as np

from playground.classroom import belonging, views
from playground.classroom.codes import digest, new_code, new_secret
from playground.classroom.command import Command, Judged, Recorded, Role, Who
from playground.classroom.keeping import Keeping
from playground.classroom.live_room import LiveRoom, Seen
from playground.classroom.peer import Peer
from playground.classroom.protocol.page import Run
from playground.classroom.protocol.server import Gone, TileFacts, Tiles
from playground.classroom.room import DAY, ROOM_DAYS, Reached, Room, Sent
from playground.classroom.seat_run import SeatRun
from playground.core.errors import Refused
from playground.runtime.server.live_runs import LiveRuns
from playground.store.rooms import Rooms as Store
from playground.store.rooms import Taken, Unreachable

BEAT = 0.2
"""Seconds between two looks at what is news."""
TILES_EVERY, NOTES_EVERY, SAVES_EVERY, FORGETS_EVERY = 0.6, 2.0, 2.0, 3600.0
MOST_ROOMS = 500
UNUSED_AFTER = 600.0
"""Seconds without anybody, after which a room is held by the store alone."""
FULL = f"This server holds {MOST_ROOMS} open rooms, and has them. Try again later."
REMOVED = "Your teacher has taken your place away. You may ask for one again."
FORGOTTEN = "You have left, and what was kept about you is deleted."
CLOSED = "This room is closed."
_PRIVATE: TileFacts = TileFacts(
    seat=0, state="", epoch=0, accuracy=None, best=None, task="classification", n_classes=2, edited=False, stuck="",
    reached=None, sentence="", link="", title="", cells=0, values=0, lo=0.0, hi=0.0, ended="",
)  # fmt: skip
"""Of a tile what the projector is not told is as here."""
_KEPT_PRIVATE = ("stuck", "reached", "sentence", "link", "edited")

log = logging.getLogger(__name__)
Answer = TypeVar("Answer")


class Rooms:
    """The rooms by code. What is for the pages' scripts may be called from any thread; all else on the event loop."""

    def __init__(
        self,
        store: Store,
        runs: LiveRuns,
        clock: Callable[[], float] = time.monotonic,
        unix: Callable[[], float] = time.time,
    ) -> None:
        self.runs = runs
        self.clock, self.unix = clock, unix
        self._store, self._keeping = store, Keeping(store)
        self._rooms: dict[str, LiveRoom] = {}
        self._loading: dict[str, asyncio.Task[LiveRoom | None]] = {}
        self._under_way: set[asyncio.Task[Any]] = set()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._hearts: list[asyncio.Task[None]] = []
        self._due: dict[str, float] = {}

    # Its life ------------------------------------------------------------------------------------------------------

    async def start(self) -> None:
        """Look after the rooms from now on."""
        self._loop = asyncio.get_running_loop()
        self._store.listen(self._hear_of_others)
        self._hearts = [asyncio.create_task(self._beat(each)) for each in (self._show, self._write)]

    async def stop(self) -> None:
        """Write what is not written, and end."""
        for heart in self._hearts:
            heart.cancel()
        await asyncio.gather(*self._hearts, return_exceptions=True)
        await asyncio.gather(*self._under_way, return_exceptions=True)
        await self._keeping.probe()
        for live in self._rooms.values():
            await self._keeping.save(live)
            await self._keeping.note(live)
        await asyncio.to_thread(self._keeping.close)

    # For the pages' scripts, from their threads --------------------------------------------------------------------

    def recognise(self, code: str, role: str, secret: str) -> Who | None:
        """Who shows this secret in the room of this code; None for everything unknown, closed, or not let in."""
        live = self._rooms.get(code)
        return None if live is None else self._who(live.room, role, digest(secret), self.unix())

    def sent_to(self, who: Who) -> Sent | None:
        """What this seat got last."""
        live = self._rooms.get(who.code)
        return None if live is None else live.room.sent_to(who.seat)

    def open_to(self, who: Who) -> int | None:
        """The last step of a lesson that learners may go to; None where all are open."""
        live = self._rooms.get(who.code)
        return None if live is None else live.room.open_to

    def is_paused(self, who: Who) -> bool:
        """Whether the training of the class rests."""
        live = self._rooms.get(who.code)
        return live is not None and live.paused_runs

    @staticmethod
    def _who(room: Room, role: str, token: str, unix: float) -> Who | None:
        if role == "teacher" and token in room.teachers:
            return Who(room.code, "teacher")
        if role == "projector" and room.projects(token):
            return Who(room.code, "projector")
        seat = room.seat_of(token) if role == "learner" and not room.closed_at(unix) else None
        return Who(room.code, "learner", seat.number) if seat is not None and seat.admitted else None

    # For the channel, on the event loop ----------------------------------------------------------------------------

    async def open(self, setup: Callable[[Room], Room]) -> tuple[LiveRoom, str, str]:
        """Open a room, set up like this; the room, its teacher's key and its projector's, which nobody is told again.

        Raises
        ------
        Refused
            When there are too many.
        """
        now = self.unix()
        if sum(not live.room.closed_at(now) for live in self._rooms.values()) >= MOST_ROOMS:
            raise Refused(FULL)
        key, projector = new_secret(), new_secret()
        while True:
            room = Room(
                code=new_code(),
                opened_at=now,
                closes_at=now + ROOM_DAYS * DAY,
                teachers=(digest(key),),
                projector=digest(projector),
            )
            with contextlib.suppress(Taken):
                live = await self._keeping.create(setup(room))
                live.used_at = self.clock()
                self._rooms[room.code] = live
                return live, key, projector

    async def find(self, code: str) -> LiveRoom | None:
        """The room of this code.

        Raises
        ------
        Refused
            When rooms cannot be read now.
        """
        if code in self._rooms:
            return self._rooms[code]
        if code not in self._loading:
            self._loading[code] = loading = self._to_its_end(self._keeping.load(code))
            loading.add_done_callback(lambda _done: self._loading.pop(code))
        live = await asyncio.shield(self._loading[code])  # others wait for it, too
        if live is not None:
            live = self._rooms.setdefault(code, live)
            self._follow(live)
            live.used_at = self.clock()
        return live

    async def who(self, live: LiveRoom, role: Role, token: str) -> Who | None:
        """Who in the room shows a secret with this digest; a seat may have yet to be let in.

        Somebody unknown may have come in at another server just now, so the room is read again.
        """
        found = self._found(live, role, token)
        if found is None:
            await self._refresh_room(live)
            found = self._found(live, role, token)
        return found

    def _found(self, live: LiveRoom, role: Role, token: str) -> Who | None:
        if role == "learner":
            seat = live.room.seat_of(token)
            return None if seat is None else Who(live.room.code, role, seat.number)
        return self._who(live.room, role, token, self.unix())

    def enter(self, live: LiveRoom, peer: Peer) -> None:
        """A page is in the room from now on."""
        live.peers.add(peer)
        live.used_at = self.clock()
        live.take_states(self.clock(), self.unix())
        live.is_news = True

    def leave(self, live: LiveRoom, peer: Peer) -> None:
        """A page has gone; its seat stays."""
        live.peers.discard(peer)
        live.used_at = self.clock()
        self.look_at(live, peer, 0)
        live.take_states(self.clock(), self.unix())

    async def change(self, live: LiveRoom, command: Command) -> None:
        """Let a command come into effect, and everything that follows from it, also where its page goes meanwhile.

        Raises
        ------
        Refused
            When it cannot be done, with a sentence.
        """
        await asyncio.shield(self._to_its_end(self._change(live, command)))

    async def _change(self, live: LiveRoom, command: Command) -> None:
        await self._keeping.change(live, command)
        self._follow(live)

    def _to_its_end(self, work: Coroutine[Any, Any, Answer]) -> asyncio.Task[Answer]:
        """Do it, whoever waits for it."""
        task = asyncio.create_task(work)
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)
        return task

    def watch(self, live: LiveRoom, number: int, said: Run) -> bool:
        """A seat's page shows this run now: what it comes to is seen in the room. Whether that is news."""
        subject = self.runs.subject_of(said.token)
        seen = live.of_seat(number)
        if subject is None:
            return False
        sent, step = belonging.place_of(live.room, live.room.seats[number], said.sent, said.step)
        if live.paused_runs:
            self._rest(seen, said.token)
        else:  # the class may have gone on while nobody knew of this run
            self.runs.wake(said.token)
        if _is_watched(seen, said.token, sent, step):
            return False
        before = seen.run
        self._unwatch(seen)
        run = SeatRun(said.token, sent, step, subject)
        if (best := seen.bests.get((sent, step))) is not None:
            run.best = best
            run.facts["best"] = best.value
        if before is not None and before.token == said.token:
            run.take_over(before)
        seen.run, seen.end = run, self.runs.watch(said.token, run.hear)
        seen.sent, live.is_news = sent, True
        return True

    def look_at(self, live: LiveRoom, peer: Peer, number: int) -> None:
        """Let a teacher's page look over the shoulder of a seat; over nobody's with 0."""
        before = live.seen.get(peer.looks_at)
        peer.looks_at, peer.has_gap = number, True
        for seen in (before, live.seen.get(number)):
            if seen is not None and seen.run is not None:
                seen.run.heard = self._shoulder(live, seen) if live.lookers_at(seen) else None

    def tell(self, live: LiveRoom, peer: Peer) -> None:
        """Tell one page how the room stands, if it does not know."""
        header = self._view_for(live, peer)
        if header is None:
            return
        peer.say(header)

    # Following what was changed ------------------------------------------------------------------------------------

    def _follow(self, live: LiveRoom) -> None:
        """Bring what is live here to where the room stands now."""
        before, room = live.followed, live.room
        live.followed = room
        numbers = {seat.token: seat.number for seat in room.seats.values()}
        moved = {}
        for number, seat in before.seats.items():
            if seat.token not in numbers:
                self._send_away(live, number)
            elif numbers[seat.token] != number:
                moved[number] = numbers[seat.token]
        if moved:
            self._move(live, moved)
        is_paused = room.state == "paused" and not room.closed_at(self.unix())
        if is_paused != live.paused_runs:
            live.paused_runs = is_paused
            for seen in live.seen.values():
                self._pause(seen, is_paused)
        live.take_states(self.clock(), self.unix())

    @staticmethod
    def _move(live: LiveRoom, moved: Mapping[int, int]) -> None:
        """Seats have other numbers: while the database was away, another server had given out the same ones."""
        seen = {number: live.seen.pop(number) for number in moved if number in live.seen}
        live.seen.update({moved[number]: each for number, each in seen.items()})
        live.gone.update(moved)
        for each in seen.values():
            each.is_told = each.is_noted = False
        for peer in live.peers:
            if peer.who is not None and peer.who.seat in moved:
                peer.who = peer.who._replace(seat=moved[peer.who.seat])
            peer.looks_at = moved.get(peer.looks_at, peer.looks_at)

    def _rest(self, seen: Seen, token: str) -> None:
        seen.resting.add(token)
        self.runs.rest(token)

    def _pause(self, seen: Seen, is_paused: bool) -> None:
        """Let the runs of a seat rest, or all go on that do: its page may have shown several meanwhile."""
        if is_paused and seen.run is not None:
            self._rest(seen, seen.run.token)
        elif not is_paused:
            for token in seen.resting:
                self.runs.wake(token)
            seen.resting.clear()

    def _send_away(self, live: LiveRoom, number: int) -> None:
        seen = live.seen.pop(number, None)
        live.gone.add(number)
        if seen is not None:
            self._pause(seen, False)
            self._unwatch(seen)
        for peer in list(live.peers_of(number)):
            sentence = FORGOTTEN if peer.leaves else REMOVED
            peer.who = None
            peer.say(Gone(type="gone", message=sentence, removed=not peer.leaves))

    @staticmethod
    def _unwatch(seen: Seen) -> None:
        if seen.end is not None:
            seen.end()
        seen.run, seen.end = None, None

    def _shoulder(self, live: LiveRoom, seen: Seen) -> Callable[[bytes], None]:
        """Passes messages on to those who look over the shoulder; whoever missed some gets all curves again."""

        def heard(message: bytes) -> None:
            run = seen.run
            if run is None:
                return
            for peer in live.lookers_at(seen):
                if peer.is_crowded:
                    peer.has_gap = True
                elif message is run.newest:
                    peer.send(run.whole() if peer.has_gap else message)
                    peer.has_gap = False
                else:
                    peer.send(message)

        return heard

    # The heart -----------------------------------------------------------------------------------------------------

    async def _beat(self, look_after: Callable[[], Awaitable[None]]) -> None:
        while True:
            await asyncio.sleep(BEAT)
            try:
                await look_after()
            except Exception:  # the next one may work, and without any nobody is told anything
                log.exception("The rooms could not be looked after")

    async def _show(self) -> None:
        """Tell everybody what is news; nothing here waits for the database."""
        for live in list(self._rooms.values()):
            self._tell_all(live)
        if self._is_due("tiles", TILES_EVERY):
            for live in self._rooms.values():
                self._send_tiles(live)

    async def _write(self) -> None:
        """Let the database have what is new."""
        for live in list(self._rooms.values()):
            await self._record_verdicts(live)
        if self._is_due("saves", SAVES_EVERY):
            await self._keeping.probe()
            await asyncio.gather(*(self._save(live) for live in list(self._rooms.values())))
            self._put_down(self.clock())
        if self._is_due("forgets", FORGETS_EVERY):
            await self._keeping.forget_old(self.unix())

    def _is_due(self, what: str, seconds: float) -> bool:
        now = self.clock()
        if now - self._due.get(what, -seconds) < seconds:
            return False
        self._due[what] = now
        return True

    async def _save(self, live: LiveRoom) -> None:
        if live.is_stale:
            await self._refresh_room(live)
        await self._keeping.save(live)
        self._follow(live)
        await self._keeping.note(live)

    def _put_down(self, now: float) -> None:
        for code, live in list(self._rooms.items()):
            is_saved = not live.pending and live.is_kept
            if not live.peers and is_saved and now - live.used_at > UNUSED_AFTER:
                for seen in live.seen.values():
                    self._unwatch(seen)
                del self._rooms[code]

    def _tell_all(self, live: LiveRoom) -> None:
        live.take_states(self.clock(), self.unix())
        if live.is_over != live.room.closed_at(self.unix()):  # it has closed by itself
            live.is_over, live.is_news = not live.is_over, True
            self._follow(live)
        if not live.is_news:
            return
        live.is_news = False
        for peer in list(live.peers):
            self.tell(live, peer)

    def _view_for(self, live: LiveRoom, peer: Peer) -> Any:
        now = self.unix()
        match peer.who:
            case Who(role="teacher"):
                return views.for_teacher(live, now)
            case Who(role="projector"):
                return views.for_projector(live, now)
            case Who(role="learner", seat=number) if number in live.room.seats:
                return views.for_learner(live, number, now)
        return None

    def _send_tiles(self, live: LiveRoom) -> None:
        watched, now = live.is_watched, self.clock()
        for seen in live.seen.values():
            if seen.run is not None and watched:
                seen.run.diagnose(now)
            seen.take(lambda run: self._counts(live.room, run))
        if not watched:
            return
        every = [number for number, seen in live.seen.items() if seen.facts is not None]
        new = [number for number in every if not live.seen[number].is_told]
        for peer in live.peers:
            if peer.who is None or peer.who.seat:
                continue
            if peer.is_crowded:
                peer.has_tiles = False  # it is told all when it has read some
                continue
            self._say_tiles(live, peer, new if peer.has_tiles else every, whole=not peer.has_tiles)
            peer.has_tiles = True
        live.gone.clear()
        for number in new:
            live.seen[number].is_told = True

    @staticmethod
    def _say_tiles(live: LiveRoom, peer: Peer, numbers: list[int], whole: bool) -> None:
        """Tell of tiles; the projector of none of a guest, and of those that have gone, which a teacher sees anyway."""
        is_private = peer.who is not None and peer.who.role == "projector"
        tiles: list[TileFacts] = []
        maps = [np.empty(0, np.uint8)]
        for number in numbers:
            seen, seat = live.seen[number], live.room.seats.get(number)
            assert seen.facts is not None
            facts: TileFacts = {**seen.facts, "seat": number}
            if is_private and (seat is None or seat.guest):
                continue
            if is_private:
                facts = {**facts, **{name: _PRIVATE[name] for name in _KEPT_PRIVATE}}  # type: ignore[literal-required, typeddict-item]
            tiles.append(facts)
            maps.append(seen.map.reshape(-1))
        if is_private and not whole:
            tiles += [{**_PRIVATE, "seat": number} for number in live.gone]
        if tiles or whole:
            peer.say(Tiles(type="tiles", tiles=tiles, whole=whole), {"maps": np.concatenate(maps)})

    def _counts(self, room: Room, run: SeatRun) -> bool:
        """Whether the best of a run is one of what it belongs to; what somebody trains of their own always is."""
        sent, subject = room.sent_numbered(run.sent), self.runs.subject_of(run.token)
        return not run.sent or belonging.is_on_its_data(sent, run.step, subject or run.subject)

    async def _record_verdicts(self, live: LiveRoom) -> None:
        for number, seen in list(live.seen.items()):
            run, seat = seen.run, live.room.seats.get(number)
            if run is None or seat is None or not run.verdict_is_new:
                continue
            run.verdict_is_new = False
            reached, sentence = run.facts["reached"], run.facts["sentence"]
            step = run.step or seat.step
            sent, task = live.room.sent_numbered(run.sent), self.runs.task_of(run.token)
            if reached is not None and belonging.may_be_judged(sent, step, task):
                with contextlib.suppress(Refused):
                    await self.record(live, seat.token, Judged(Reached(run.sent, step, reached, sentence)))

    async def record(self, live: LiveRoom, token: str, said: Recorded) -> None:
        """Note what the server has found out about the seat of a token.

        Raises
        ------
        Refused
            When the seat has gone meanwhile, or the room is closed.
        """
        seat = live.room.seat_of(token)
        number = 0 if seat is None else seat.number
        await self.change(live, Command(Who(live.room.code, "server", number), said, token, self.unix()))

    # Other servers -------------------------------------------------------------------------------------------------

    def _hear_of_others(self, code: str, part: str) -> None:
        """Another server has changed something; called from a thread."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._note_others, code, part)

    def _note_others(self, code: str, part: str) -> None:
        for live in self._rooms.values():
            if code in (live.room.code, "*"):
                if part == "room":
                    live.is_stale = True
                self._refreshing = asyncio.create_task(self._refresh(live))

    async def _refresh_room(self, live: LiveRoom) -> None:
        await self._keeping.refresh(live)
        self._follow(live)

    async def _refresh(self, live: LiveRoom) -> None:
        if live.is_stale:
            await self._refresh_room(live)
        with contextlib.suppress(Unreachable):  # it has gone again, and every room is asked for when it is back
            await self._keeping.recall(live)


_current: Rooms | None = None


def rooms() -> Rooms:
    """The rooms of this server.

    Raises
    ------
    RuntimeError
        When it has none.
    """
    if _current is None:
        raise RuntimeError("This server has no rooms: the page must be served by app.py, streamlit run app.py")
    return _current


def set_rooms(made: Rooms | None) -> None:
    """Let these be the rooms that `rooms` returns."""
    global _current
    _current = made


def _is_watched(seen: Seen, token: str, sent: int, step: int) -> bool:
    """Whether it is known that a page shows this run."""
    run = seen.run
    return run is not None and (run.token, run.sent, run.step) == (token, sent, step)
