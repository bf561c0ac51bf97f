"""What is said of a run's whole course: the link that gives it again, and where its rates change."""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby

from playground.core import query, words
from playground.core.experiment import Experiment
from playground.core.rates import SHORT_WORDS, RateChange
from playground.runtime.protocol.server import Course, Turn
from playground.runtime.subjects import Subject


def course_of(subject: Subject, edited: bool = False) -> Course:
    """The course of a run of this; its link says so when weights were `edited` by hand."""
    asked = {**subject.to_query(), **(query.EDITED if edited else {})}
    changes = subject.changes if isinstance(subject, Experiment) else ()
    by_epoch = groupby(changes, key=lambda change: change.epoch)
    turns = [Turn(epoch=epoch, text=", ".join(map(_in_words, changes))) for epoch, changes in by_epoch]
    return Course(link=query.link(asked), turns=turns)


def _in_words(change: RateChange) -> str:
    return f"{SHORT_WORDS[change.name]} {words.number(change.value)}"


def showing(course: Course, plane: tuple[int, ...]) -> Course:
    """The same course with a link to another plane of it."""
    return Course(link=_link_showing(course["link"], plane), turns=course["turns"])


@lru_cache(maxsize=64)
def _link_showing(text: str, plane: tuple[int, ...]) -> str:
    asked = query.of_link(text)
    experiment, _refused = Experiment.from_query(asked)
    edited = {name: asked[name] for name in query.EDITED if name in asked}
    return query.link({**experiment.showing(plane).to_query(), **edited})
