"""The run of what is chosen, with all that a link may say of it: as Play shows it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from playground.core import Experiment, page_view
from playground.core.errors import Refused
from playground.core.query import EDITED, EDITED_SENTENCE, of_link
from playground.ui import address, asked_view, hidden_controls, locked_controls, notices, tensorflow_playground
from playground.ui.controls import change_network, chosen
from playground.ui.current_run import CurrentRun
from playground.ui.live_part import run_of, show_run
from playground.ui.web.addresses import addresses
from playground.ui.web.component import Events


def take(link_followed: Mapping[str, str | list[str]]) -> None:
    """Choose all that a link says, which may be one of TensorFlow Playground."""
    asked, sentences = tensorflow_playground.as_ours(link_followed)
    chosen.take(page_view.without(asked))
    asked_view.take(asked)
    hidden_controls.take(asked)
    locked_controls.take(asked)
    notices.add(sentences)


def run_of_chosen(experiment: Experiment) -> CurrentRun | Refused:
    """The session's run of the experiment that is chosen."""
    run = run_of(experiment, anew=chosen.is_of_a_link(), locked=chosen.locked())
    if isinstance(run, Refused):
        return run
    chosen.is_opened(run.link)
    if EDITED.keys() & of_link(run.link).keys():
        notices.take_back(EDITED_SENTENCE)  # a run that was taken up again has them
    return run


def show_chosen(run: CurrentRun | Refused, stage: Callable[..., Events], view: tuple[str, ...] = ()) -> None:
    """Show that run on the `stage`, looked at first with this `view`."""
    show_run(
        run,
        stage,
        plotly=addresses().plotly,
        link=run.link if isinstance(run, CurrentRun) else None,
        view=view,
        look=asked_view.asked(),
        hide=hidden_controls.hidden(),
        lock=chosen.locked(),
        on_new_weights=_new_weights,
        on_network=change_network.note,
        on_link=address.keep,
    )


def _new_weights() -> None:
    chosen.choose_new_seed("seed")
