"""How a room stands, as each role may see it. What is private to the teacher is in no view but the teacher's."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from playground.classroom import names
from playground.classroom.answers import NOT_SHOWN, is_fit_to_show
from playground.classroom.contests import contest_views
from playground.classroom.live_room import LiveRoom
from playground.classroom.protocol.server import (
    AnsweredView,
    AnswerView,
    Bar,
    Bars,
    ProjectedView,
    ReachedView,
    RoomView,
    RulesView,
    SeatView,
    SentView,
    You,
)
from playground.classroom.room import Answer, Asked, Room, Seat, Sent
from playground.classroom.sending import step_of
from playground.lessons.predictions import Choices

MOST_BARS = 8
"""In one question; more could not be read from the last row."""
TIME_IS_UP_FOR = 300
"""Seconds after its end in which a countdown is still seen; no teacher has to stop it."""
UNSAVED = "What happens now is not saved. It will be saved when that is possible again."


def common(live: LiveRoom, now: float) -> RoomView:
    """What everybody may know, without a role's own part. `now` is in Unix seconds."""
    room = live.room
    counted = {number for number, seat in room.seats.items() if seat.admitted and not seat.guest}
    return RoomView(
        type="room",
        role="projector",
        code=room.code,
        state="closed" if room.closed_at(now) else room.state,
        learners=len(counted),
        connected=sum(state == "connected" and number in counted for number, state in live.states.items()),
        sent=None,
        open_to=room.open_to,
        closes_in=round(max(room.closes_at - now, 0.0)),
        timer_in=_timer_in(room, now),
        timer_seconds=room.timer_seconds,
        unsaved=UNSAVED if live.unsaved else "",
        contests=[],
    )


def for_learner(live: LiveRoom, number: int, now: float) -> RoomView:
    """What a learner sees: of seats their own alone; nothing sent and no challenges before they are let in."""
    view, room = common(live, now), live.room
    seat = room.seats[number]
    sent = room.sent_to(number) if seat.admitted else None
    view["role"] = "learner"
    view["sent"] = None if sent is None else _sent(sent)
    view["contests"] = contest_views(live.tables, number, live.scoring.get(seat.token, 0)) if seat.admitted else []
    view["you"] = You(
        seat=number,
        name=seat.name,
        spins=0 if room.names == "listed" else max(names.SPINS - seat.spins, 0),
        admitted=seat.admitted,
        note=seat.note,
        notes=seat.notes,
        step=seat.step,
        answered=[AnsweredView(sent=a.sent, step=a.step, asked=a.asked) for a in seat.answers],
    )
    return view


def for_teacher(live: LiveRoom, now: float) -> RoomView:
    """What those who teach see: everything but secrets."""
    view, room = common(live, now), live.room
    view["role"] = "teacher"
    view["sent"] = _sent(room.sent[-1]) if room.sent else None
    view["contests"] = contest_views(live.tables, None)
    view["seats"] = [_seat(live, seat) for seat in room.seats.values()]
    view["unsaved"] = live.unsaved  # with its cause, which is between a teacher and the host
    view["rules"] = RulesView(
        names=room.names, listed=list(room.listed), approval=room.approval, teachers=len(room.teachers)
    )
    view["projected"] = _projected(room)
    view["bars"] = [bars for sent in _talked_about(room) for bars in _bars(room, sent)]
    view["history"] = [_sent(sent) for sent in room.sent]
    return view


def for_projector(live: LiveRoom, now: float) -> RoomView:
    """What everybody in the room sees on the wall: numbers and pictures, no names, no answers of anybody."""
    view, room = common(live, now), live.room
    newest = _newest_to_all(room)
    view["sent"] = None if newest is None else {**_sent(newest), "link": "", "to": None, "free": None}
    view["contests"] = contest_views(live.tables, 0)
    view["projected"] = _projected(room)
    view["bars"] = (
        list(_bars(room, newest, is_public=True)) if newest is not None and room.projected.what == "answers" else []
    )
    return view


def _newest_to_all(room: Room) -> Sent | None:
    return next((sent for sent in reversed(room.sent) if sent.to is None), None)


def _talked_about(room: Room) -> list[Sent]:
    """The newest that was sent; before it, where it went to some only, the newest that went to all."""
    newest, to_all = room.sent[-1:], _newest_to_all(room)
    return [*([] if to_all is None or to_all in newest else [to_all]), *newest]


def _timer_in(room: Room, now: float) -> float | None:
    if room.timer_ends is None or now - room.timer_ends > TIME_IS_UP_FOR:
        return None
    return round(max(room.timer_ends - now, 0.0), 1)


def _sent(sent: Sent) -> SentView:
    return SentView(
        number=sent.number,
        kind=sent.kind,
        title=sent.title,
        link=sent.link,
        to=None if sent.to is None else list(sent.to),
        free=None if sent.free is None else list(sent.free),
        steps=sent.steps,
        question=sent.question,
        choices=list(sent.choices),
    )


def _seat(live: LiveRoom, seat: Seat) -> SeatView:
    seen = live.of_seat(seat.number)
    return SeatView(
        seat=seat.number,
        name=seat.name,
        state=live.states.get(seat.number, "away"),
        guest=seat.guest,
        step=seat.step,
        own=bool(live.room.sent) and seen.facts is not None and seen.sent == 0,
        note=seat.note,
        answers=[AnswerView(sent=a.sent, step=a.step, asked=a.asked, text=a.text) for a in seat.answers],
        reached=[ReachedView(sent=r.sent, step=r.step, reached=r.reached, sentence=r.sentence) for r in seat.reached],
    )


def _projected(room: Room) -> ProjectedView:
    shown = room.projected
    return ProjectedView(what=shown.what, pins=list(shown.pins), shown=shown.shown or 0, code=shown.code)


def _bars(room: Room, sent: Sent, is_public: bool = False) -> Iterator[Bars]:
    """The answers to what was sent, step by step; for the whole class without the texts that are not fit for it."""
    answers = [
        _as_shown(answer) if is_public else answer
        for seat in room.seats.values()
        if not seat.guest
        for answer in seat.answers
        if answer.sent == sent.number
    ]
    for step in sorted({answer.step for answer in answers}):
        of_step = [answer for answer in answers if answer.step == step]
        question, choices = _asked(sent, step)
        yield Bars(sent=sent.number, step=step, title=question, bars=_bars_of(of_step, choices))


def _as_shown(answer: Answer) -> Answer:
    return answer if is_fit_to_show(answer.text) else replace(answer, text=NOT_SHOWN)


def _asked(sent: Sent, number: int) -> tuple[str, tuple[str, ...]]:
    """The question beside what was sent, or the one of a lesson's step, and the answers to choose from."""
    step = step_of(sent, number)
    if step is None:
        return sent.question or f"Step {number}", sent.choices
    asked = [each for each in (step.predict, step.observe) if each is not None]
    choices = [choice for each in asked if isinstance(each, Choices) for choice in each.choices]
    return asked[0].question if asked else f"Step {number}", tuple(dict.fromkeys(choices))


def _bars_of(answers: list[Answer], choices: tuple[str, ...]) -> list[Bar]:
    counts: dict[Asked, Counter[str]] = {"predict": Counter(), "observe": Counter()}
    for answer in answers:
        counts[answer.asked][answer.text] += 1
    texts = {*choices, *(answer.text for answer in answers)}
    shown = _shown(texts, counts["predict"] + counts["observe"], choices)
    bars = [Bar(text=text, predicted=counts["predict"][text], observed=counts["observe"][text]) for text in shown]
    return bars if len(shown) == len(texts) else [*bars, _bar_of_others(texts - set(shown), counts)]


def _shown(texts: set[str], given: Counter[str], choices: tuple[str, ...]) -> list[str]:
    """The answers that have a bar of their own, in their order: all, or of too many those that were given most."""
    ordered = sorted(texts, key=lambda text: _order(text, choices))
    if len(ordered) <= MOST_BARS:
        return ordered
    most = set(sorted(ordered, key=lambda text: (text not in choices, -given[text]))[: MOST_BARS - 1])
    return [text for text in ordered if text in most]


def _bar_of_others(texts: set[str], counts: dict[Asked, Counter[str]]) -> Bar:
    predicted, observed = (sum(counts[asked][text] for text in texts) for asked in ("predict", "observe"))
    return Bar(text=f"{len(texts)} other answers", predicted=predicted, observed=observed)


def _order(text: str, choices: tuple[str, ...]) -> tuple[float, float, str]:
    """Choices as the teacher gave them, then numbers by their size, then the rest."""
    if text in choices:
        return (choices.index(text), 0.0, "")
    try:
        return (math.inf, float(text), text)
    except ValueError:
        return (math.inf, math.inf, text)
