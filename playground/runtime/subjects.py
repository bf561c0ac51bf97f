"""What a job may be about: one experiment, or a wall of them."""

from __future__ import annotations

import hashlib
from typing import TypeAlias

from playground.core.architecture import program_key
from playground.core.experiment import Experiment
from playground.core.stacks import stack_shape, stacks_of
from playground.core.wall import Wall

Subject: TypeAlias = Experiment | Wall
RUN, WALL = "run", "wall"
"""The kinds of jobs, by what they are about."""


def kind_of(subject: Subject) -> str:
    """The kind of job that a subject makes."""
    return WALL if isinstance(subject, Wall) else RUN


def key_of(subject: Subject) -> str:
    """What is compiled for a subject: equal keys, equal programs. Rates, which may change, are no part of it."""
    if isinstance(subject, Experiment):
        return program_key(subject)
    experiments = subject.experiments
    stacks, alone = stacks_of(experiments)
    shapes = [stack_shape([experiments[place] for place in places]) for places in stacks]
    own = sorted({program_key(experiments[place]) for place in alone})
    return "wall " + hashlib.sha256(repr((shapes, own)).encode()).hexdigest()[:16]
