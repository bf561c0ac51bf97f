"""The kinds of jobs there are, by name: a module of this package declares its own with `kind`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeAlias

from playground.core.experiment import Experiment
from playground.lessons.task import Task
from playground.runtime.jobs.job import Job, Kept
from playground.runtime.jobs.recipe import Made as Made
from playground.runtime.jobs.recipe import Recipe as Recipe
from playground.runtime.jobs.trainings import Trainings
from playground.runtime.subjects import Subject, key_of


class Beginning(NamedTuple):
    """What a job begins from: what it is about, what was kept of it and the epoch it had come to, if any.

    `task` is what a lesson wants to know of it.
    """

    subject: Subject
    kept: Kept | None = None
    epoch: int = 0
    task: Task | None = None


Clock: TypeAlias = Callable[[], float]
Begin: TypeAlias = Callable[[Trainings, Sequence[Made], Beginning, Clock], Job]


class Kind(NamedTuple):
    """How jobs of a kind begin.

    Attributes
    ----------
    recipes : what a job with this name needs made, the first to be made first
    ahead : what helps a job that will come to this worker later; its key is the `key_of` its subject
    begin : begins a job with what is made of its recipes
    at_once : whether it begins before that is there, and looks itself what has come
    """

    recipes: Callable[[str, Beginning], Sequence[Recipe]]
    ahead: Callable[[Subject], Recipe]
    begin: Begin
    at_once: bool = False


KINDS: dict[str, Kind] = {}


def program_of(subject: Subject) -> Recipe:
    """The program of an experiment, which all who train its architecture share."""
    assert isinstance(subject, Experiment)
    key = key_of(subject)
    return Recipe(key, lambda engine: engine.compile_program(subject), of=key)


def _one_program(_job: str, beginning: Beginning) -> Sequence[Recipe]:
    return [program_of(beginning.subject)]


def kind(
    name: str,
    recipes: Callable[[str, Beginning], Sequence[Recipe]] = _one_program,
    ahead: Callable[[Subject], Recipe] = program_of,
    at_once: bool = False,
) -> Callable[[Begin], Begin]:
    """Make a function the way in which jobs of this kind begin; by default they need their experiment's program."""

    def known(begin: Begin) -> Begin:
        KINDS[name] = Kind(recipes, ahead, begin, at_once)
        return begin

    return known
