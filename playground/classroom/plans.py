"""The plan of a room as a file: how it was set up and what was sent, to open a room with again."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import replace
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from playground.classroom.faults import first_fault
from playground.classroom.names import NO_LIST, NameRule, read_list
from playground.classroom.protocol.page import LONGEST_FILE, LONGEST_LINK, LONGEST_PLAN, Choices, Text
from playground.classroom.room import MOST_SENT, Room, Sent
from playground.classroom.sending import read_free, read_sent
from playground.core.errors import Refused

NO_PLAN = "A plan must be a file that a room's Results gave. {fault}"


class PlannedSent(BaseModel):
    """What is sent, by its link or the text of a lesson."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    link: str = Field(max_length=LONGEST_LINK)
    lesson: str = Field(default="", max_length=LONGEST_FILE)
    free: tuple[str, ...] | None = None
    question: Text = ""
    choices: Choices = ()


class Plan(BaseModel):
    """How a room is set up."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    kind: Literal["keras-playground room plan"] = "keras-playground room plan"
    version: Literal[1] = 1
    names: NameRule = "generated"
    listed: Annotated[tuple[str, ...], Field(max_length=200)] = ()
    approval: bool = False
    sent: Annotated[tuple[PlannedSent, ...], Field(max_length=MOST_SENT)] = ()


PLAN = TypeAdapter(Plan)


def plan_of(room: Room) -> str:
    """The plan of a room, JSON text; nobody who was in it is in it, but for a list of names that the teacher gave.

    What was sent several times lies ready once. Of more than a plan may have the newest are in it.
    """
    sent = tuple(dict.fromkeys(map(_planned, room.sent)))

    def text_from(first: int) -> str:
        plan = Plan(names=room.names, listed=room.listed, approval=room.approval, sent=sent[first:])
        return plan.model_dump_json(indent=1)

    text = text_from(0)
    if len(text) <= LONGEST_PLAN:
        return text
    return text_from(bisect_left(range(len(sent)), True, key=lambda first: len(text_from(first)) <= LONGEST_PLAN))


def _planned(sent: Sent) -> PlannedSent:
    return PlannedSent(link=sent.link, lesson=sent.lesson, free=sent.free, question=sent.question, choices=sent.choices)


def setup_of(text: str) -> Callable[[Room], Room]:
    """Sets a new room up by a plan; what was sent then lies ready, sent to nobody yet. As it is without one.

    Raises
    ------
    Refused
        When the text is no plan, or a link in it none of this playground, or a name in it none.
    """
    if not text:
        return lambda room: room
    try:
        plan = PLAN.validate_json(text)
    except (ValidationError, ValueError, RecursionError) as error:
        raise Refused(NO_PLAN.format(fault=_fault(error))) from error
    listed = _listed(plan)
    ready = tuple(_ready(number, planned) for number, planned in enumerate(plan.sent, 1))
    return lambda room: replace(
        room, names=plan.names, listed=listed, approval=plan.approval, sent=ready, sent_count=len(ready)
    )


def _listed(plan: Plan) -> tuple[str, ...]:
    """The names of the list, by the rules of one that is typed."""
    try:
        if plan.names == "listed" and not plan.listed:
            raise ValueError(NO_LIST)
        return read_list("\n".join(plan.listed)) if plan.listed else ()
    except ValueError as refusal:
        raise Refused(NO_PLAN.format(fault=f"listed: {refusal}")) from refusal


def _ready(number: int, planned: PlannedSent) -> Sent:
    found = read_sent(planned.link, planned.lesson)
    return Sent(
        number=number,
        kind=found.kind,
        link=found.link,
        title=found.title,
        to=(),
        free=read_free(planned.free),
        lesson=planned.lesson,
        steps=found.steps,
        question=planned.question.strip(),
        choices=planned.choices if planned.question.strip() else (),
    )


def _fault(error: Exception) -> str:
    return first_fault(error) if isinstance(error, ValidationError) else "It is no JSON."
