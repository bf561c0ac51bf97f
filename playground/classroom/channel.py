"""The socket of a room: one WebSocket a page, whose first message says who it is."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import secrets
from typing import get_args

from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from playground.classroom import answers_to, plans
from playground.classroom.applying import see_that_may_say
from playground.classroom.codes import digest, is_secret, new_secret, read_code
from playground.classroom.command import Command, Who
from playground.classroom.handing_in import HandingIn
from playground.classroom.learning import offered
from playground.classroom.live_room import LiveRoom
from playground.classroom.names import SPINS, is_taken
from playground.classroom.peer import GOODBYE_SECONDS, Peer
from playground.classroom.protocol import page, server
from playground.classroom.rooms import Rooms
from playground.classroom.tries import Tries
from playground.core.challenge import LARGEST_SEED
from playground.core.errors import Refused
from playground.runtime.limits import Limits
from playground.runtime.protocol.closing import CloseCode
from playground.runtime.qr import qr_svg
from playground.runtime.server.allowance import Allowance
from playground.runtime.server.challenges import Challenges
from playground.runtime.server.channel import OriginRule
from playground.runtime.server.visitors import address_of

log = logging.getLogger(__name__)
MESSAGES_PER_SECOND, BURST = 20.0, 80
LONGEST_MESSAGE = page.LONGEST_PLAN + 50_000
"""Characters: a plan, and what is said with it."""
NO_ROOM = "There is no open room with the code {code}. Look at the code again, or ask your teacher."
NO_KEY = "This is not a link of somebody who teaches in the room {code}, or the room is no longer kept."
NO_PLACE = "You have no place in this room any more. You may ask for one again."
FIRST = "The first message must open a room or enter one."
TOO_MUCH = f"A page may say {MESSAGES_PER_SECOND:.0f} things a second. What came beyond that was not done."
FAULT = "That could not be done: there is a fault in the server, which is in its log."
SILENT_AFTER = 15.0
"""Seconds without a word, after which a connection is ended: its page sleeps, or is gone without a goodbye."""


class RoomChannel:
    """The WebSocket endpoint."""

    def __init__(self, rooms: Rooms, challenges: Challenges, limits: Limits, may_connect: OriginRule) -> None:
        self._rooms, self._limits, self._may_connect = rooms, limits, may_connect
        self._handing_in = HandingIn(rooms, challenges)
        self._tries = Tries(rooms.clock)

    async def connect(self, socket: WebSocket) -> None:
        """Serve one connection."""
        if not self._may_connect(socket.headers.get("origin"), socket.headers.get("host")):
            await socket.close(CloseCode.REFUSED)
            return
        await socket.accept()
        forwarded, other_end = socket.headers.getlist("x-forwarded-for"), socket.client.host if socket.client else None
        peer = Peer(self._rooms.clock(), address_of(other_end, forwarded, self._limits.proxies))
        await _Conversation(self._rooms, self._handing_in, self._tries, peer, socket).hold()


class _Conversation:
    """One connection, from its first message to its end."""

    def __init__(self, rooms: Rooms, handing_in: HandingIn, tries: Tries, peer: Peer, socket: WebSocket) -> None:
        self._handing_in = handing_in
        self._rooms, self._tries, self._peer, self._socket = rooms, tries, peer, socket
        self._live: LiveRoom | None = None
        self._allowance = Allowance(MESSAGES_PER_SECOND, BURST, rooms.clock)

    async def hold(self) -> None:
        ends = (self._peer.deliver(self._socket), self._peer.until_too_slow(self._socket), self._listen())
        tasks = [asyncio.create_task(each) for each in ends]
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            if self._live is not None:
                self._rooms.leave(self._live, self._peer)
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            if self._socket.application_state is WebSocketState.CONNECTED:
                with contextlib.suppress(RuntimeError, WebSocketDisconnect, asyncio.TimeoutError):
                    await asyncio.wait_for(self._socket.close(), GOODBYE_SECONDS)

    async def _listen(self) -> None:
        while True:
            try:
                received = await asyncio.wait_for(self._socket.receive(), SILENT_AFTER)
            except asyncio.TimeoutError:
                return
            if received["type"] == "websocket.disconnect":
                return
            text = received.get("text")
            if text is None or len(text) > LONGEST_MESSAGE:
                self._peer.dismiss(CloseCode.TOO_LARGE)
                return
            self._peer.heard_at = self._rooms.clock()
            if not self._allowance.take():
                self._refuse(TOO_MUCH)
                continue
            message = page.read_message(text)
            if isinstance(message, str):
                self._refuse(message)
                continue
            try:
                await self._hear(message)
            except Refused as refusal:
                self._refuse(str(refusal), message)
            except Exception:  # whatever it was, nobody else's page notices, and this one goes on
                log.exception("What a page of a room said could not be done: %s", type(message).__name__)
                self._refuse(FAULT, message)

    def _refuse(self, sentence: str, message: page.RoomMessage | None = None) -> None:
        refused = server.RefusedInRoom(type="not_done", message=sentence)
        if isinstance(message, page.GiveAnswer):
            refused["answer"] = server.AnsweredView(sent=message.sent, step=message.step, asked=message.asked)
        self._peer.say(refused)

    async def _hear(self, message: page.RoomMessage) -> None:
        match message:
            case page.Here():
                return
            case page.OpenRoom():
                await self._open(message)
            case page.Enter():
                await self._enter(message)
            case _ if self._live is None:
                self._refuse(FIRST)
            case page.Join() if self._peer.who is None and self._peer.token:
                await self._join(self._live, message)
            case page.Spin() if self._peer.who is None and self._peer.token:
                self._peer.spins = min(self._peer.spins + 1, SPINS)
                self._lobby(self._live)
            case _ if self._peer.who is None:
                self._refuse(NO_PLACE)
            case _:
                await self._obey(self._live, self._peer.who, message)

    # Coming in -----------------------------------------------------------------------------------------------------

    async def _open(self, message: page.OpenRoom) -> None:
        self._tries.open_one(self._peer.address)
        setup = await asyncio.to_thread(plans.setup_of, message.plan)  # a long one is read for a second or more
        live, key, projector = await self._rooms.open(setup)
        self._peer.say(server.Opened(type="opened", code=live.room.code, key=key, projector=projector))
        self._be_in(live, Who(live.room.code, "teacher"), digest(key))

    async def _enter(self, message: page.Enter) -> None:
        try:
            code = read_code(message.code)
        except ValueError as refusal:
            raise Refused(str(refusal)) from refusal
        if not is_secret(message.secret):
            raise Refused("A page must show a secret of 16 to 64 characters.")
        live, token = await self._found(code), digest(message.secret)
        who = None if live is None else await self._rooms.who(live, message.role, token)
        if who is None:
            # Only here, with nothing to wait for until the try counts: however many are tried at once, no answer says
            # more than the tries of the address allow. Whoever is known comes in whatever others have tried.
            self._tries.take(self._peer.address)
            if live is None or message.role != "learner" or live.room.closed_at(self._rooms.unix()):
                sentence = NO_ROOM if message.role == "learner" else NO_KEY
                self._peer.say(server.Gone(type="gone", message=sentence.format(code=code), removed=False))
                return
            self._tries.give_back(self._peer.address)
        assert live is not None
        self._peer.guest = message.guest and await self._is_teachers(live, message.key)
        self._be_in(live, who, token)

    async def _found(self, code: str) -> LiveRoom | None:
        try:
            return await self._rooms.find(code)
        except Refused:  # while rooms cannot be read, those that this server holds are not to be found by trying either
            self._tries.take(self._peer.address)
            raise

    async def _is_teachers(self, live: LiveRoom, key: str) -> bool:
        return await self._rooms.who(live, "teacher", digest(key)) is not None

    def _be_in(self, live: LiveRoom, who: Who | None, token: str) -> None:
        if self._live is not None and self._live is not live:
            self._rooms.leave(self._live, self._peer)
        self._peer.who, self._peer.token, self._live = who, token, live
        self._peer.has_tiles, self._peer.leaves, self._peer.run = False, False, ""
        self._rooms.enter(live, self._peer)
        if who is None:
            self._lobby(live)
        else:
            self._rooms.tell(live, self._peer)

    def _lobby(self, live: LiveRoom) -> None:
        room, taken, peer = live.room, set(live.room.names_taken()), self._peer
        peer.offered = offered(room, peer.token, peer.spins)
        peer.say(
            server.Lobby(
                type="lobby",
                code=room.code,
                rule=room.names,
                offered=peer.offered,
                spins=SPINS - peer.spins,
                names=[name for name in room.listed if not is_taken(name, taken)] if room.names == "listed" else [],
                approval=room.approval and not peer.guest,
                guest=peer.guest,
                kept=answers_to.kept_in_words(room),
            )
        )

    async def _join(self, live: LiveRoom, message: page.Join) -> None:
        learner = Who(live.room.code, "learner")
        await self._rooms.change(live, self._command(live, learner, message, made=self._peer.offered))
        self._be_in(live, await self._rooms.who(live, "learner", self._peer.token), self._peer.token)

    # Being there ---------------------------------------------------------------------------------------------------

    async def _obey(self, live: LiveRoom, who: Who, message: object) -> None:
        peer = self._peer
        see_that_may_say(who.role, message)
        match message:
            case page.Run() if not live.room.seats[who.seat].admitted:
                pass  # nothing of theirs is seen, or counts
            case page.Run():
                peer.run = message.token
                if self._rooms.watch(live, who.seat, message):
                    # They see the run that is shown now, from its greeting.
                    for looker in live.lookers_at(live.of_seat(who.seat)):
                        answers_to.look_at(self._rooms, live, looker, who.seat)
            case page.LookAt(seat=seat):
                answers_to.look_at(self._rooms, live, peer, seat or 0)
            case page.DrawLink(link=link):
                peer.say(server.LinkDrawn(type="link_drawn", link=link, svg=qr_svg(link).decode()))
            case page.ShowResults():
                peer.say(answers_to.results(live))
            case page.ShowKept():
                peer.say(answers_to.kept_about(live, who.seat))
            case page.NewKey():
                key = new_secret()
                await self._rooms.change(live, self._command(live, who, message, made=digest(key)))
                peer.say(server.NewKeyMade(type="new_key", role=message.role, key=key))
            case page.SetChallenge():
                seed = str(secrets.randbelow(LARGEST_SEED))
                await self._rooms.change(live, self._command(live, who, message, made=seed))
            case page.HandIn():
                self._handing_in.take(live, peer, message.challenge)
            case page.Forget():
                for each in live.peers_of(who.seat):
                    each.leaves = True
                await self._rooms.change(live, self._command(live, who, message))
            case _ if isinstance(message, get_args(page.TeachersMessage) + get_args(page.LearnersMessage)):
                await self._rooms.change(live, self._command(live, who, message))
        if peer.who is not None:
            self._rooms.tell(live, peer)

    def _command(self, live: LiveRoom, who: Who, message: object, made: str = "") -> Command:
        peer = self._peer
        return Command(who, message, peer.token, self._rooms.unix(), peer.guest, made)  # type: ignore[arg-type]
