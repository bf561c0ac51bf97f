"""What is said of a run's whole course: the link that gives it again, and where its rates change."""

from __future__ import annotations

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
