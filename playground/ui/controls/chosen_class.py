"""Who this session is in a room, and what it was sent.

What a page says of itself comes from a browser: the rooms are asked each time whether they know it. What is shown of
its own and what a teacher has sent are two sides of the page, each with knobs and a run of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, Protocol

import streamlit as st
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from playground.classroom.codes import LONGEST_SECRET, read_code
from playground.classroom.command import Who
from playground.classroom.room import Sent
from playground.core.locked_controls import CONTROLS
from playground.core.query import link, of_link, texts_of
from playground.lessons import Lesson, load_bytes
from playground.lessons.addresses import LESSON, STEP, number_of
from playground.ui import address, chosen_run, hidden_controls, notices, shown_page
from playground.ui.controls import chosen, chosen_lesson, chosen_wall, known_lessons
from playground.ui.controls.chosen_lesson import Shown
from playground.ui.shown_page import CLASS, own
from playground.ui.too_long import LONGEST_LINK

ROOM, AS, GUEST = "room", "as", "guest"
"""What the address says."""
CODE, PLACE, TAKEN, STANDING, AT_OWN, IS_GUEST = "code", "place", "taken", "standing", "at_own", "is_guest"
OWN_SIDE = "_own"
ALWAYS_FREE = "epochs"
"""That a run goes on for more epochs is always up to the learner."""
UNREADABLE = "What was sent cannot be shown here: {reason} Tell your teacher."

Role = Literal["teacher", "learner", "projector"]


class Rooms(Protocol):
    """What the page asks of the rooms."""

    def recognise(self, code: str, role: str, secret: str) -> Who | None: ...  # noqa: D102
    def sent_to(self, who: Who) -> Sent | None: ...  # noqa: D102
    def open_to(self, who: Who) -> int | None: ...  # noqa: D102
    def is_paused(self, who: Who) -> bool: ...  # noqa: D102


@dataclass(frozen=True)
class Standing:
    """How a session stands in a room: who it is, and for a learner what was sent last and how far that is open."""

    who: Who
    sent: Sent | None = None
    open_to: int | None = None
    is_paused: bool = False


class Place(BaseModel):
    """Who a page says it is, and where it was: that counts for a session that does not know it yet.

    Attributes
    ----------
    sent : number of what was sent, to which `step` and `link` belong
    is_own : whether the learner wants to be at something of their own
    link, own_link : of the runs that were shown, of what was sent and of their own
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)
    code: str = Field(max_length=100)
    role: Role = "learner"
    secret: str = Field(default="", max_length=LONGEST_SECRET)
    sent: int = Field(default=0, ge=0)
    is_own: bool = False
    step: int = Field(default=1, ge=1, le=1000)
    link: str = Field(default="", max_length=LONGEST_LINK)
    own_link: str = Field(default="", max_length=LONGEST_LINK)


def take_address(given: Mapping[str, str | list[str]]) -> None:
    """Note which room the query of a link names; that somebody else's room was shown is forgotten."""
    asked = (texts_of(given.get(ROOM, "")) or [""])[0]
    code, said = "", []
    if asked:
        try:
            code = read_code(asked)
        except ValueError as refusal:
            said = [str(refusal)]
    notices.replace(said)
    _turn_to_room(code, GUEST in texts_of(given.get(AS, "")))


def hear(value: Any) -> None:
    """Note who a page says it is, and where; what is none of that says nothing. For use in callbacks."""
    address.keep()
    try:
        place = Place.model_validate(value)
    except ValidationError:
        return
    before = _place()
    _turn_to_room(place.code, is_guest() and bool(place.code))
    if before is not None and (before.role, before.secret) != (place.role, place.secret):
        st.session_state.pop(own(STANDING, CLASS), None)
    st.session_state[own(PLACE, CLASS)] = place
    if before is None or place.is_own != before.is_own:
        st.session_state[own(AT_OWN, CLASS)] = place.is_own


def code() -> str:
    """The room that is shown; empty where none is."""
    return str(st.session_state.get(own(CODE, CLASS), ""))


def is_guest() -> bool:
    """Whether a teacher looks at the room as a learner."""
    return bool(st.session_state.get(own(IS_GUEST, CLASS)))


def address_of() -> str:
    """The link of the room that is shown."""
    return link({ROOM: code(), **({AS: GUEST} if is_guest() else {})} if code() else {})


def standing(rooms: Rooms) -> Standing | None:
    """How this session stands in its room; None where the rooms have never known it.

    A learner whose room has closed, or whose server has started again and has yet to read its rooms, keeps what was
    shown. Whose place is taken away the page itself tells, and shows no secret any more.
    """
    place = _place()
    if place is None or not place.secret or place.code != code():
        return None
    found = rooms.recognise(place.code, place.role, place.secret)
    if found is not None:
        st.session_state[own(STANDING, CLASS)] = _standing_of(found, rooms)
    known: Standing | None = st.session_state.get(own(STANDING, CLASS))
    return known if found is not None or (known is not None and known.who.seat) else None


def _standing_of(who: Who, rooms: Rooms) -> Standing:
    if not who.seat:
        return Standing(who)
    return Standing(who, rooms.sent_to(who), rooms.open_to(who), rooms.is_paused(who))


def follow(now: Standing) -> bool:
    """Show what was sent to this learner last, or something of their own; whether it is their own.

    What is new is shown at once. What a page had before, of the same that was sent, goes on where it was.
    """
    place, sent = _place(), now.sent
    mine = (now.who.code, now.who.seat, 0 if sent is None else sent.number)
    if place is not None and mine != st.session_state.get(own(TAKEN, CLASS)):
        _take_up(now, place, mine)
    is_own = sent is None or bool(st.session_state.get(own(AT_OWN, CLASS)))
    shown_page.turn_to(OWN_SIDE if is_own else "")
    return is_own


def _take_up(now: Standing, place: Place, mine: tuple[str, int, int]) -> None:
    """What was sent is another than before, or this session knows nothing of it yet."""
    before: tuple[str, int, int] | None = st.session_state.get(own(TAKEN, CLASS))
    is_known = place.sent == mine[2]
    if before is None or before[:2] != mine[:2]:
        _begin_own(place.own_link)
    if now.sent is not None:
        shown_page.turn_to("")
        _take(now.sent, place if is_known else Place(code=place.code), now.open_to)
    st.session_state[own(AT_OWN, CLASS)] = is_known and place.is_own
    st.session_state[own(TAKEN, CLASS)] = mine


def _place() -> Place | None:
    found: Place | None = st.session_state.get(own(PLACE, CLASS))
    return found


def _turn_to_room(name: str, guest: bool) -> None:
    if (name, guest) == (code(), is_guest()):
        return
    for each in (PLACE, TAKEN, STANDING, AT_OWN):
        st.session_state.pop(own(each, CLASS), None)
    st.session_state[own(CODE, CLASS)], st.session_state[own(IS_GUEST, CLASS)] = name, guest


def _begin_own(last: str) -> None:
    shown_page.turn_to(OWN_SIDE)
    if last:
        chosen_run.take(of_link(last))


def _take(sent: Sent, was: Place, open_to: int | None) -> None:
    """Show what was sent, as the page had it before if it did."""
    chosen_lesson.close()
    chosen.lock(())
    hidden_controls.take({})
    if sent.kind == "lesson":
        _take_lesson(sent, was, open_to)
    elif sent.kind == "wall":
        chosen_wall.take(_freely_changed(sent, was.link))
        _lock_all_but(sent.free)
    else:
        chosen_run.take(_freely_changed(sent, was.link))
        _lock_all_but(sent.free)


def _freely_changed(sent: Sent, last: str) -> Mapping[str, str]:
    """The query of what was sent, with what a page had changed of it as far as that is free."""
    asked, changed = of_link(sent.link), of_link(last)
    if sent.free is None:
        return changed or asked
    free = {*sent.free, ALWAYS_FREE}
    return {**asked, **{name: text for name, text in changed.items() if name in free}}


def _lock_all_but(free: tuple[str, ...] | None) -> None:
    if free is not None:
        chosen.lock(tuple(name for name in CONTROLS if name not in {*free, ALWAYS_FREE}))


def _take_lesson(sent: Sent, was: Place, open_to: int | None) -> None:
    try:
        lesson = _lesson_of(sent)
    except ValueError as error:
        notices.replace([UNREADABLE.format(reason=str(error).splitlines()[0])])
        return
    # A name of its own: what a learner has answered elsewhere is nothing that the class has seen.
    taught = f"class/{code().lower()}_{sent.number}"
    asked = of_link(was.link or sent.link)
    first = was.step if was.link else number_of(asked.get(STEP, "1"), lesson) or 1
    most = len(lesson.steps) if open_to is None else min(open_to, len(lesson.steps))
    chosen_lesson.show(Shown(lesson, taught, max(1, min(first, most))), asked)


def _lesson_of(sent: Sent) -> Lesson:
    """Raises ValueError when there is none, with a sentence."""
    if sent.lesson:
        return load_bytes(sent.lesson.encode(), "lesson.md", host=address.host())
    name = of_link(sent.link).get(LESSON, "")
    found = known_lessons.find(name)
    if found is None:
        raise ValueError(known_lessons.refusal(name))
    return found[1]
