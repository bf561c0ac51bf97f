"""What a job may be about: an experiment, a wall, a comparison, a rate test, a search, a picture, or an entry."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from playground.core.architecture import program_key
from playground.core.challenge import Entry
from playground.core.comparison import Comparison
from playground.core.experiment import Experiment
from playground.core.preview import Preview
from playground.core.rate_test import RateTest
from playground.core.search import Search
from playground.core.stacks import stack_shape, stacks_of
from playground.core.wall import Wall

Many: TypeAlias = Wall | Comparison
"""Experiments that are trained in step, each in a cell: one kind of job."""
Subject: TypeAlias = Experiment | Many | RateTest | Search | Preview | Entry
RUN, WALL, FINDER, SEARCH, PREVIEW, ENTRY = "run", "wall", "finder", "search", "preview", "challenge"
"""The kinds of jobs, by what they are about."""


def kind_of(subject: Subject) -> str:
    """The kind of job that a subject makes."""
    match subject:
        case Wall() | Comparison():
            return WALL
        case RateTest():
            return FINDER
        case Search():
            return SEARCH
        case Preview():
            return PREVIEW
        case Entry():
            return ENTRY
        case Experiment():
            return RUN


def key_of(subject: Subject) -> str:
    """What is compiled for a subject: equal keys, equal programs. Rates, which may change, are no part of it."""
    match subject:
        case Experiment():
            return program_key(subject)
        case Entry():
            return program_key(subject.experiment)
        case Preview():
            return key_of(subject.experiment if subject.few is None else subject.few.runs)
        case RateTest():
            return _short("rates", stack_shape(subject.members))
        case Wall() | Comparison():
            return _short("wall", *_programs(subject.experiments))
        case Search():
            return _short("search", program_key(subject.base), subject.ranges)


def _programs(experiments: Sequence[Experiment]) -> Iterator[object]:
    """What tells the programs of a wall."""
    stacks, alone = stacks_of(experiments)
    for places in stacks:
        yield stack_shape([experiments[place] for place in places])
    yield sorted({program_key(experiments[place]) for place in alone})


def _short(kind: str, *parts: object) -> str:
    return f"{kind} {hashlib.sha256(repr(parts).encode()).hexdigest()[:16]}"
