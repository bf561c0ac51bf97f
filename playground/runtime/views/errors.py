"""Where the network is wrong and how often: confusion, scores, ROC, calibration, residuals, true and predicted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal, NamedTuple

import numpy as np
import numpy.typing as npt
from pydantic import with_config

from playground import figures
from playground.core import evaluation
from playground.core.inputs import plane_of
from playground.core.parts import Data
from playground.runtime.protocol.server import EXACTLY, Array, ViewHeader
from playground.runtime.protocol.show import ViewOptions
from playground.runtime.views.answer import FIGURE, Looked, answers
from playground.runtime.views.packed_figure import packed_figure
from playground.runtime.views.snapshot import Snapshot

MOST_POINTS = 10_000
"""Of a longer part so many points are judged, the first ones."""
Chart = Literal["matrix", "roc", "calibration", "parts", "truth", "residuals"]
Part = Literal["train", "validation", "test"]
CHARTS: Mapping[str, tuple[Chart, ...]] = {
    "classification": ("matrix", "roc", "calibration", "parts", "truth"),
    "regression": ("residuals", "truth"),
}
"""What can be looked at, the first one by default."""
NOT_FINITE = "The network's outputs are not finite numbers, so there is nothing to judge."


class ErrorsOptions(ViewOptions):
    """Which chart, of which points; a chart of the other task gives the first one of this task."""

    name: Literal["errors"] = "errors"
    chart: Chart = "matrix"
    part: Part = "test"


@with_config(EXACTLY)
class ErrorsHeader(ViewHeader, total=False):
    """`chart` and `part` as they are shown, `points` judged `of` all points of the part, and the chart's numbers.

    `note` instead of a picture where there is none to draw. For the numbers see the functions below.
    """

    chart: Chart
    part: Part
    points: int
    of: int
    note: str
    counts: list[list[int]]
    accuracy: float
    precision: list[float]
    recall: list[float]
    f1: list[float]
    support: list[int]
    macro_precision: float
    macro_recall: float
    macro_f1: float
    auc: float
    predicted: list[float]
    observed: list[float]
    bins: int
    mae: float
    r2: float | None
    drawn: int
    wrong: int


ARRAYS = {
    "figure": FIGURE,
    "X": Array("float32", ("drawn", 2), optional=True),
    "y": Array("float32", ("drawn",), optional=True),
    "says": Array("float32", ("drawn",), optional=True),
}


class _Judged(NamedTuple):
    """Points X (n, inputs), targets y (n,) and what the network says of them, values (n, K); `data` they come from."""

    X: npt.NDArray[np.float64]
    y: npt.NDArray[Any]
    values: npt.NDArray[np.float32]
    data: Data
    drawn: int
    """How many of the points a page draws."""
    ranks: npt.NDArray[np.float32]
    """(n,): by what the points are ranked for a ROC curve."""
    ranked_by: str

    @property
    def says(self) -> npt.NDArray[Any]:
        """Class or number that the network gives each point."""
        if self.data.task == "regression":
            return self.values[:, 0]
        return evaluation.predicted_classes(self.values)


@answers(ErrorsOptions, ErrorsHeader, ARRAYS)
def look(snapshot: Snapshot, options: ErrorsOptions) -> Looked:
    """The view of the errors.

    The arrays are `figure`; or for "truth" the points `X`, `y` and `says`. "parts" needs none: it is drawn from the
    frames.
    """
    data = snapshot.experiment.data
    charts = CHARTS[data.task]
    chart = options.chart if options.chart in charts else charts[0]
    part, X, y = _points(snapshot, options.part)
    base = {"chart": chart, "part": part, "points": min(len(X), MOST_POINTS), "of": len(X)}
    if chart == "parts":
        return base, {}
    judged = _judge(snapshot, X[:MOST_POINTS], y[:MOST_POINTS])
    if not np.isfinite(judged.values).all():
        return {**base, "note": NOT_FINITE}, {}
    header, arrays = _LOOKS[chart](judged)
    return {**base, **header}, arrays


def _points(snapshot: Snapshot, part: Part) -> tuple[Part, npt.NDArray[np.float64], npt.NDArray[Any]]:
    """The part that is there, and its X and y."""
    dataset = snapshot.data
    if not len(getattr(dataset, f"X_{part}", ())):
        part = "test"
    return part, getattr(dataset, f"X_{part}"), getattr(dataset, f"y_{part}")


def _judge(snapshot: Snapshot, X: npt.NDArray[np.float64], y: npt.NDArray[Any]) -> _Judged:
    values = snapshot.network.predict(X)
    data = snapshot.experiment.data
    share = max(1, round(snapshot.shown_points * len(X) / data.n_samples))
    drawn = min(len(X), share, snapshot.shown_points)
    if snapshot.experiment.output != "linear":
        return _Judged(X, y, values, data, drawn, values[:, -1], "p")
    # Values are cut off at 0 and 1, and what is beyond would count as equal.
    outputs = snapshot.network.layers(X).outputs
    return _Judged(X, y, values, data, drawn, outputs[:, -1] - outputs[:, 0] * (outputs.shape[1] > 1), "output")


def _matrix(judged: _Judged) -> Looked:
    """`counts` (K, K), and the scores of `evaluation.scores` by their names."""
    classes = judged.data.n_classes
    counts = evaluation.confusion(judged.y, judged.says, classes)
    scores = evaluation.scores(judged.y, judged.says, classes)
    numbers = {name: value.tolist() if isinstance(value, np.ndarray) else value for name, value in _named(scores)}
    named = judged.data.given is not None or classes <= 3
    names = judged.data.class_names if named else [str(k) for k in range(classes)]
    return {"counts": counts.tolist(), **numbers}, {"figure": packed_figure(figures.confusion_figure(counts, names))}


def _named(scores: evaluation.Scores) -> Any:
    return scores._asdict().items()


def _roc(judged: _Judged) -> Looked:
    """`auc`, for two classes."""
    if judged.data.n_classes != 2:
        return {"note": "A ROC curve is for two classes. The matrix shows which of several are taken for another."}, {}
    found = evaluation.roc(judged.y, judged.ranks)
    if found is None:
        return {"note": "All these points belong to one class: a ROC curve needs both."}, {}
    figure = figures.roc_figure(found, threshold=judged.ranked_by, positive=judged.data.class_names[1])
    return {"auc": found.auc}, {"figure": packed_figure(figure)}


def _calibration(judged: _Judged) -> Looked:
    """Of two classes that of class 1; of more, how often the class decided for is right: `predicted`, `observed`."""
    if judged.data.n_classes == 2:
        found = evaluation.calibration(judged.y, judged.values[:, -1])
        positive = judged.data.class_names[1]
        about = f"mean probability of {positive}", f"share of {positive}"
        figure = figures.calibration_figure(found, "Calibration", *about)
    else:
        found = evaluation.calibration(judged.says == judged.y, judged.values.max(axis=1))
        names = "mean probability of the predicted class", "share predicted rightly"
        figure = figures.calibration_figure(found, "Calibration", *names)
    header = {"predicted": found.predicted.tolist(), "observed": found.observed.tolist(), "bins": len(found.points)}
    return header, {"figure": packed_figure(figure)}


def _residuals(judged: _Judged) -> Looked:
    """`mae` and `r2` of all points; the first `drawn` of them are in the chart."""
    found = evaluation.residuals(judged.y, judged.says)
    drawn = judged.drawn
    figure = figures.residuals_figure(judged.says[:drawn], found._replace(residuals=found.residuals[:drawn]))
    return {"mae": found.mae, "r2": found.r2, "drawn": drawn}, {"figure": packed_figure(figure)}


def _truth(judged: _Judged) -> Looked:
    """`wrong` of a classification, `mae` and `r2` of a regression, over all points; `drawn` of them are sent."""
    n = judged.drawn
    shown = {"X": plane_of(judged.data).coordinates(judged.X[:n]), "y": judged.y[:n], "says": judged.says[:n]}
    arrays = {name: values.astype(np.float32) for name, values in shown.items()}
    if judged.data.task == "regression":
        found = evaluation.residuals(judged.y, judged.says)
        return {"mae": found.mae, "r2": found.r2, "drawn": n}, arrays
    return {"wrong": int(np.count_nonzero(judged.says != judged.y)), "drawn": n}, arrays


_LOOKS: Mapping[str, Callable[[_Judged], Looked]] = {
    "matrix": _matrix,
    "roc": _roc,
    "calibration": _calibration,
    "residuals": _residuals,
    "truth": _truth,
}
