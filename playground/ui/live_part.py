"""The part of a page that trains: its run, shown by a component, or why there is none."""

from __future__ import annotations

from collections.abc import Callable

from playground.core.errors import Refused
from playground.lessons.task import Task
from playground.runtime.subjects import Subject
from playground.ui import address, current_run
from playground.ui.current_run import CurrentRun
from playground.ui.no_room import show_no_room
from playground.ui.web.component import Events


def run_of(
    subject: Subject, anew: bool = False, task: Task | None = None, locked: tuple[str, ...] = ()
) -> CurrentRun | Refused:
    """The session's run of a subject, as `current_run.run_of` has it, or why the server has no room for it."""
    try:
        return current_run.run_of(subject, anew=anew, task=task, locked=locked)
    except Refused as refusal:
        return refusal


def show_run(run: CurrentRun | Refused, show: Callable[..., Events], **more: object) -> None:
    """Show a run, or that there is no room for it.

    A page that had another run before may claim that one, and what is gone is begun anew.

    Parameters
    ----------
    show : callable
        Mounts the component. Takes the run's token, what all components of runs are told, and `more`.
    """
    if isinstance(run, Refused):
        show_no_room(run)
        return
    events = show(
        run.token,
        session=current_run.name_of_session(),
        claimed=current_run.answered_claim(),
        lost=run.lost,
        on_gone=address.keep,
        on_claim=current_run.claim,
        **more,
    )
    current_run.replace_gone(events, run)
