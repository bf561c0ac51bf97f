"""Points drawn while a run is on the stage: the run begins anew with them, past the page's script, which is told later.

The script makes a run of whatever is asked of it, and takes a few hundred milliseconds for that. When points are drawn
nothing but the points changes, so the run itself can begin anew on the channel that it has.
"""

from __future__ import annotations

from playground.core.datasets import datasets_with
from playground.core.experiment import Experiment
from playground.runtime.server.live_run import LiveRun
from playground.runtime.subjects import Subject

POINTS = "points"


def may_be_redrawn(run: LiveRun) -> bool:
    """Whether a run may begin anew with other points: it has a worker, and no lesson, which says what may change."""
    drawn = isinstance(run.subject, Experiment) and run.subject.data.dataset in datasets_with(POINTS)
    return drawn and run.task is None and run.place is not None and not run.moving


def with_points(subject: Subject, points: str) -> Experiment | None:
    """The same experiment on other drawn points; None where the rest of it would not stay as it is."""
    if not isinstance(subject, Experiment):
        return None
    experiment, refused = Experiment.from_query({**subject.to_query(), POINTS: points})
    return None if refused else experiment
