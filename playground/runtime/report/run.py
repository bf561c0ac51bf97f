"""The report of a run at one epoch."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from html import escape
from typing import Any

from playground.core.experiment import Experiment
from playground.core.history import best_of
from playground.core.inputs import plane_of
from playground.core.naming import in_a_line
from playground.core.settings import settings_of
from playground.core.slices import in_one_go
from playground.runtime.course import course_of
from playground.runtime.report.charts import (
    ACCURACY,
    LOSS,
    WATCHED_ACCURACY,
    WATCHED_LOSS,
    boundary_chart,
    curve_charts,
    network_chart,
)
from playground.runtime.report.sheet import loss, section, share, sheet, table, whole_link, words
from playground.runtime.scene import summary
from playground.runtime.views import diagnosis
from playground.runtime.views.picture import Picture, picture_of
from playground.runtime.views.snapshot import Snapshot


def of_run(snapshot: Snapshot, experiment: Experiment | None = None, **more: Any) -> str:
    """The text of a report's file, as `slices_of_run` makes it, in one go."""
    return in_one_go(slices_of_run(snapshot, experiment, **more))


def slices_of_run(
    snapshot: Snapshot,
    experiment: Experiment | None = None,
    *,
    edited: bool = False,
    title: str = "",
    address: str = "",
) -> Generator[float, None, str]:
    """Make the text of a report's file, a section a slice: each says which share is done, and the last gives the text.

    Parameters
    ----------
    snapshot : of the run, at the epoch to report
    experiment : what the run is, with the changes of its rates; a snapshot may have those in force at an epoch alone
    edited : whether weights were changed by hand, which the link then says
    title : else the run in a line
    address : of the page that plays the link of the run, `https://…`
    """
    experiment = experiment or snapshot.experiment
    course = course_of(experiment, edited)
    link = [("Link", whole_link(course["link"], address))] if experiment.fits_in_link else []
    yield 0.0
    picture = picture_of(snapshot, 0)
    makers: list[Callable[[], str]] = [
        lambda: section("Figures", _figures(snapshot)),
        lambda: section("Settings", words([*settings_of(experiment), *link])),
        lambda: section("Boundary", _boundary(snapshot, picture), kind="square"),
        lambda: section("Curves", "".join(_curves(snapshot))),
        lambda: section("Diagnosis", "".join(_diagnosis(snapshot))),
        lambda: section("Network", network_chart(snapshot, picture), kind="network"),
    ]
    sections: list[str] = []
    for make in makers:
        yield (1 + len(sections)) / (1 + len(makers))
        sections.append(make())
    return sheet(title or in_a_line(experiment), f"{summary(experiment)} · epoch {snapshot.displayed:,}", sections)


def _figures(snapshot: Snapshot) -> str:
    figures = snapshot.history.figures_of(snapshot.displayed)
    part = snapshot.experiment.data.watched.capitalize()
    regression = snapshot.experiment.data.task == "regression"
    rows = [("Training", loss(figures[LOSS]), share(figures[ACCURACY]))]
    rows += [(part, loss(figures[WATCHED_LOSS]), share(figures[WATCHED_ACCURACY]))]
    best = best_of(snapshot.curves())
    if best is not None:
        at = snapshot.history.figures_of(best.epoch)
        rows += [(f"{part}, least loss (epoch {best.epoch:,})", loss(best.loss), share(at[WATCHED_ACCURACY]))]
    head = ("Part", "Loss") if regression else ("Part", "Loss", "Accuracy")
    return table(head, [row[: len(head)] for row in rows])


def _boundary(snapshot: Snapshot, picture: Picture) -> str:
    held = plane_of(snapshot.experiment.data).held
    note = f'<p class="quiet">{escape(held)}</p>' if held else ""
    return boundary_chart(snapshot, picture) + note


def _curves(snapshot: Snapshot) -> Iterator[str]:
    yield f'<p class="quiet">Solid: training. Dashed: {snapshot.experiment.data.watched}.</p>'
    for name, chart in curve_charts(snapshot).items():
        yield f"<figure><figcaption>{name}</figcaption>{chart}</figure>"


def _diagnosis(snapshot: Snapshot) -> Iterator[str]:
    header, _arrays = diagnosis.look(snapshot, diagnosis.DiagnosisOptions())
    findings, looked = header["findings"], header["looked"]
    assert isinstance(findings, list) and isinstance(looked, list)
    if not findings:
        yield "<p>Nothing seems to be wrong.</p>"
    for each in findings:
        yield f"<p><strong>{escape(each['sentence'])}</strong> {escape(each['figure'])} {escape(each['advice'])}</p>"
    if looked:
        yield '<p class="quiet">Also looked at:</p>'
        yield words([(each["subject"], each["figure"]) for each in looked])
