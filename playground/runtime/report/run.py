"""The report of a run at one epoch."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

import numpy as np

from playground.core import heads
from playground.core.experiment import Experiment
from playground.core.history import CURVES, best_of
from playground.core.inputs import plane_of
from playground.core.settings import in_a_line, input_in_words, settings_of
from playground.figures.animation import Ground, Still
from playground.figures.drawings import boundary_svg, curves_svg, network_svg
from playground.figures.shades import target_range
from playground.runtime.course import course_of
from playground.runtime.report.sheet import loss, section, share, sheet, table, whole_link, words
from playground.runtime.scene import layers_in_words, scene_of, summary
from playground.runtime.views import diagnosis
from playground.runtime.views.picture import Picture, picture_of
from playground.runtime.views.snapshot import Snapshot

LOSS, ACCURACY, WATCHED_LOSS, WATCHED_ACCURACY = (CURVES.index(name) for name in CURVES[1:5])


def of_run(
    snapshot: Snapshot,
    experiment: Experiment | None = None,
    *,
    edited: bool = False,
    title: str = "",
    address: str = "",
) -> str:
    """The text of a report's file.

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
    picture = picture_of(snapshot, 0)
    sections = [
        section("Figures", _figures(snapshot)),
        section("Settings", words([*settings_of(experiment), *link])),
        section("Boundary", _boundary(snapshot, picture), kind="square"),
        section("Curves", "".join(_curves(snapshot))),
        section("Diagnosis", "".join(_diagnosis(snapshot))),
        section("Network", _network(snapshot, picture), kind="network"),
    ]
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
    points, data = scene_of(snapshot.experiment, snapshot.shown_points).points, snapshot.experiment.data
    y = points["train_y"]
    target = target_range(y) if data.task == "regression" else (0.0, 1.0)
    ground = Ground(snapshot.x1, snapshot.x2, points["train_x"], y, data.n_classes, target)
    still = Still(snapshot.displayed, None, picture.arrays["map"], picture.lo, picture.hi, picture.arrays["lines"])
    held = plane_of(data).held
    note = f'<p class="quiet">{escape(held)}</p>' if held else ""
    axes = [input_in_words(title) for title in plane_of(data).titles]
    return boundary_svg(ground, still, axes) + note


def _curves(snapshot: Snapshot) -> Iterator[str]:
    curves = snapshot.curves().astype(np.float64)
    part = snapshot.experiment.data.watched
    yield f'<p class="quiet">Solid: training. Dashed: {part}.</p>'
    yield _figure("Loss", curves_svg("Loss", curves[:, 0], curves[:, LOSS], curves[:, WATCHED_LOSS]))
    if snapshot.experiment.data.task == "classification":
        accuracy = curves_svg("Accuracy", curves[:, 0], curves[:, ACCURACY], curves[:, WATCHED_ACCURACY], top_value=1.0)
        yield _figure("Accuracy", accuracy)


def _figure(name: str, chart: str) -> str:
    return f"<figure><figcaption>{name}</figcaption>{chart}</figure>"


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


def _network(snapshot: Snapshot, picture: Picture) -> str:
    assert picture.network is not None
    experiment = snapshot.experiment
    outputs = heads.output_units(experiment.data, experiment.model)
    units = [*(column["units"] for column in picture.network["columns"]), list(range(outputs))]
    more = [all_of - len(drawn) for all_of, drawn in zip((*experiment.model.hidden, outputs), units, strict=True)]
    names = layers_in_words(experiment)
    arrays = picture.arrays
    inputs = [input_in_words(name) for name in experiment.inputs]
    return network_svg(inputs, units, arrays["links"], arrays["biases"], names, more)
