"""What a wall needs made, and the parts that come of it."""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from playground.core.experiment import Experiment
from playground.core.stacks import stacks_of
from playground.core.wall import MAX_NETWORKS
from playground.runtime.engine import Engine
from playground.runtime.jobs.job import Kept
from playground.runtime.jobs.kinds import Beginning, Made, Recipe, program_of
from playground.runtime.jobs.wall.alone import Alone
from playground.runtime.jobs.wall.member import Member
from playground.runtime.jobs.wall.stack import Stack
from playground.runtime.subjects import Many, Subject, key_of
from playground.runtime.wall_scene import planes_of

SIZES = ((4, 96), (12, 64), (64, 32), (MAX_NETWORKS, 24))
"""For up to so many networks a map has so many points along each side: with more each is seen smaller."""


class State(NamedTuple):
    """What is pickled of a wall at the end of an epoch; its history travels apart."""

    checkpoints: list[bytes]
    """Of each part, pickled,"""
    arrays: list[int]
    """and how many the weights of each are in the history."""
    seconds: float


class Plan(NamedTuple):
    """The networks of a wall by the parts that they form: places of the stacks, and of those that train alone."""

    stacks: list[list[int]]
    alone: list[int]


@lru_cache(maxsize=16)
def plan_of(wall: Many) -> Plan:
    """How a wall is trained."""
    return Plan(*stacks_of(wall.experiments))


def map_size(wall: Many) -> int:
    """Points along each side of a cell's map."""
    return next(n for networks, n in SIZES if len(wall.experiments) <= networks)


def recipes_of(job: str, beginning: Beginning) -> list[Recipe]:
    """First what the untrained networks are seen with, then what trains them: of each stack, of each one alone."""
    wall = beginning.subject
    assert isinstance(wall, Many)
    key, plan = key_of(wall), plan_of(wall)
    looks = [Recipe(f"{job} look {k}", _look(wall, places), key, shared=False) for k, places in enumerate(plan.stacks)]
    trainers = [
        Recipe(f"{job} stack {k}", _trainer(wall, places, beginning.kept, k), key, shared=False)
        for k, places in enumerate(plan.stacks)
    ]
    alone = [program_of(wall.experiments[place])._replace(of=key) for place in plan.alone]
    return [*looks, *trainers, *alone]


def ahead(subject: Subject) -> Recipe:
    """The programs of all stacks of a wall, for `recipes_of` to find."""
    assert isinstance(subject, Many)
    key = key_of(subject)
    members = [_members(subject, places) for places in plan_of(subject).stacks]
    return Recipe(key, lambda engine: [engine.compile_stack(each) for each in members], of=key)


def parts_of(wall: Many, engine: Engine, made: Sequence[Made], kept: Kept | None) -> list[Member]:
    """The parts of a wall, each with what comes of its recipes."""
    plan, state = plan_of(wall), state_of(kept)
    n = len(plan.stacks)
    stacks: list[Member] = [Stack(places, made, k, n + k) for k, places in enumerate(plan.stacks)]
    return [*stacks, *_alone(wall, engine, made, state)]


def _alone(wall: Many, engine: Engine, made: Sequence[Made], state: State | None) -> Iterator[Member]:
    plan = plan_of(wall)
    planes = planes_of(wall) if plan.alone else []
    first = len(plan.stacks)
    for k, place in enumerate(plan.alone):
        checkpoint = None if state is None else state.checkpoints[first + k]
        plane = planes[place // wall.seeds]
        yield Alone(engine, wall.experiments[place], place, plane, map_size(wall), made, 2 * first + k, checkpoint)


def state_of(kept: Kept | None) -> State | None:
    """The state that was kept of a wall."""
    return None if kept is None else pickle.loads(kept.state)


def _members(wall: Many, places: Sequence[int]) -> list[Experiment]:
    return [wall.experiments[place] for place in places]


def _look(wall: Many, places: Sequence[int]) -> Any:
    def make(engine: Engine) -> Any:
        planes = planes_of(wall)
        members = _members(wall, places)
        return engine.look_at_stack(members, [planes[place // wall.seeds] for place in places], map_size(wall))

    return make


def _trainer(wall: Many, places: Sequence[int], kept: Kept | None, stack: int) -> Any:
    def make(engine: Engine) -> Any:
        state = state_of(kept)
        checkpoint = None if state is None else pickle.loads(state.checkpoints[stack])
        return engine.make_stack(_members(wall, places), checkpoint)

    return make
