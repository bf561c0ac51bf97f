"""What a run or an answer belongs to, and whether it counts there: a page only says so."""

from __future__ import annotations

from functools import lru_cache

from playground.classroom.answers import read_answer
from playground.classroom.room import Asked, Room, Seat, Sent
from playground.classroom.sending import step_of
from playground.core.errors import Refused
from playground.core.experiment import Experiment
from playground.core.parts import Data
from playground.core.query import of_link
from playground.core.wall import Wall
from playground.core.words import quoted
from playground.lessons.predictions import Choices
from playground.lessons.task import Task
from playground.runtime.subjects import Subject

OWN = (0, 0)
"""Something of the learner's own."""


def place_of(room: Room, seat: Seat, sent: int, step: int) -> tuple[int, int]:
    """Where a run counts that is said to be of this step: there, if the seat may be there, else as their own."""
    found = room.sent_numbered(sent)
    if found is None or not found.reaches(seat.number) or step > _last_step(room, found):
        return OWN
    return sent, step


def answer_as_noted(room: Room, seat: Seat, sent: Sent, step: int, asked: Asked, text: str) -> str:
    """The text of an answer to a question that was put to the seat: a choice as it stands there, others as read.

    Raises
    ------
    Refused
        When it is none, with a sentence.
    """
    # One that was given without a connection may come when something else is sent, of which other steps are open.
    last = _last_step(room, sent) if sent is room.sent_to(seat.number) else sent.steps
    if step > last:
        raise Refused(f"The step of an answer must be one that is open to you, in [0, {last}]. Got {step}.")
    choices = _choices(sent, step, asked)
    if choices:
        if text not in choices:
            raise Refused(f"An answer must be one of the choices of its question. Got {quoted(text)}.")
        return text
    try:
        return read_answer(text)
    except ValueError as refusal:
        raise Refused(str(refusal)) from refusal


def may_be_judged(sent: Sent | None, step: int, task: Task | None) -> bool:
    """Whether a verdict by this task is one on this step."""
    found = None if sent is None else step_of(sent, step)
    return found is not None and task == Task.of(found)


def is_on_its_data(sent: Sent | None, step: int, subject: Subject | None) -> bool:
    """Whether a run is on the data of what was sent, but for what of them is free."""
    run = _data_of(subject)
    if sent is None or run is None:
        return False
    found = step_of(sent, step)
    if found is None and sent.kind == "lesson":
        return False
    asked = _data_of_link(sent.link) if found is None else _data_of(found.subject)
    free = sent.free if found is None else found.free
    if free is None or "dataset" in free:
        return True
    return asked is not None and asked.model_copy(update=_only(run, free)) == run


def _last_step(room: Room, sent: Sent) -> int:
    """The last step of what was sent that is open; 0 of what has none."""
    return sent.steps if room.open_to is None else min(sent.steps, room.open_to)


def _choices(sent: Sent, step: int, asked: Asked) -> tuple[str, ...]:
    """The answers to choose from; none where the answer is free."""
    if not step:
        return sent.choices
    found = step_of(sent, step)
    question = None if found is None else found.predict if asked == "predict" else found.observe
    return question.choices if isinstance(question, Choices) else ()


@lru_cache(maxsize=64)
def _data_of_link(link: str) -> Data:
    """The data of the experiment, or the wall, of a link; a wall's are those that all its networks have."""
    return Experiment.from_query(of_link(link))[0].data


def _data_of(subject: object) -> Data | None:
    """The data of a run, or of a wall; None where it has none of its own."""
    if isinstance(subject, Wall):
        return subject.base.data
    return subject.data if isinstance(subject, Experiment) else None


def _only(data: Data, names: tuple[str, ...]) -> dict[str, object]:
    return {name: getattr(data, name) for name in names if name in Data.model_fields}
