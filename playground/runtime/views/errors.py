"""Where the network is wrong and how often: confusion, scores, ROC, calibration, residuals, true and predicted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from playground.core import evaluation
from playground.core.parts import Data
from playground.figures import calibration_figure, confusion_figure, residuals_figure, roc_figure
from playground.runtime.messages import Show
from playground.runtime.snapshot import Snapshot
from playground.runtime.views.packed_figure import packed_figure

Packed = tuple[dict[str, Any], dict[str, npt.NDArray[Any]]]

MOST_POINTS = 10_000
"""Of a longer part so many points are judged, the first ones."""
OPTIONS: Mapping[str, tuple[str, ...]] = {
    "classification": ("matrix", "roc", "calibration", "parts", "truth"),
    "regression": ("residuals", "truth"),
}
"""What can be looked at, the first one by default."""
NOT_FINITE = "The network's outputs are not finite numbers, so there is nothing to judge."


class _Judged(NamedTuple):
    """Points X (n, 2), targets y (n,) and what the network says of them, values (n, K); `data` they come from."""

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


def view(snapshot: Snapshot, show: Show) -> Packed:
    """The view of the errors.

    `show.part` names the points; `show.option` is "matrix", "roc", "calibration", "parts" or "truth" for a
    classification, "residuals" or "truth" for a regression. An option of the other task gives the first one.

    Returns
    -------
    header
        `option` and `part` as they are shown, `points` judged `of` all points of the part; the numbers of the option:
        see the functions below. `note` instead of a picture where there is none to draw.
    arrays
        `figure`, Plotly's JSON as uint8; or for "truth" the points `X` (m, 2), `y` and `says` (m,), float32. "parts"
        needs none: it is drawn from the frames.
    """
    data = snapshot.experiment.data
    options = OPTIONS[data.task]
    option = show.option if show.option in options else options[0]
    part, X, y = _points(snapshot, show.part)
    base = {"option": option, "part": part, "points": min(len(X), MOST_POINTS), "of": len(X)}
    if option == "parts":
        return base, {}
    judged = _judge(snapshot, X[:MOST_POINTS], y[:MOST_POINTS])
    if not np.isfinite(judged.values).all():
        return {**base, "note": NOT_FINITE}, {}
    header, arrays = _VIEWS[option](judged)
    return {**base, **header}, arrays


def _points(snapshot: Snapshot, part: str) -> tuple[str, npt.NDArray[np.float64], npt.NDArray[Any]]:
    """The part that is there, and its X and y."""
    dataset = snapshot.data
    if not len(getattr(dataset, f"X_{part}", ())):
        part = "test"
    return part, getattr(dataset, f"X_{part}"), getattr(dataset, f"y_{part}")


def _judge(snapshot: Snapshot, X: npt.NDArray[np.float64], y: npt.NDArray[Any]) -> _Judged:
    values = snapshot.engine.predict(snapshot.program, snapshot.experiment, snapshot.weights, X)
    data = snapshot.experiment.data
    share = max(1, round(snapshot.shown_points * len(X) / data.samples))
    drawn = min(len(X), share, snapshot.shown_points)
    if snapshot.experiment.output != "linear":
        return _Judged(X, y, values, data, drawn, values[:, -1], "p")
    # Values are cut off at 0 and 1, and what is beyond would count as equal.
    outputs = snapshot.engine.layer_outputs(snapshot.program, snapshot.experiment, snapshot.weights, X).outputs
    return _Judged(X, y, values, data, drawn, outputs[:, -1] - outputs[:, 0] * (outputs.shape[1] > 1), "output")


def _matrix(judged: _Judged) -> Packed:
    """`counts` (K, K), and the scores of `evaluation.scores` by their names."""
    classes = judged.data.n_classes
    counts = evaluation.confusion(judged.y, judged.says, classes)
    scores = evaluation.scores(judged.y, judged.says, classes)
    numbers = {name: value.tolist() if isinstance(value, np.ndarray) else value for name, value in _named(scores)}
    names = None if classes <= 3 else [str(k) for k in range(classes)]
    return {"counts": counts.tolist(), **numbers}, {"figure": packed_figure(confusion_figure(counts, names))}


def _named(scores: evaluation.Scores) -> Any:
    return scores._asdict().items()


def _roc(judged: _Judged) -> Packed:
    """`auc`, for two classes."""
    if judged.data.n_classes != 2:
        return {"note": "A ROC curve is for two classes. The matrix shows which of several are taken for another."}, {}
    found = evaluation.roc(judged.y, judged.ranks)
    if found is None:
        return {"note": "All these points belong to one class: a ROC curve needs both."}, {}
    return {"auc": found.auc}, {"figure": packed_figure(roc_figure(found, threshold=judged.ranked_by))}


def _calibration(judged: _Judged) -> Packed:
    """Of two classes that of class 1; of more, how often the class decided for is right: `predicted`, `observed`."""
    if judged.data.n_classes == 2:
        found = evaluation.calibration(judged.y, judged.values[:, -1])
        figure = calibration_figure(found)
    else:
        found = evaluation.calibration(judged.says == judged.y, judged.values.max(axis=1))
        names = "mean probability of the predicted class", "share predicted rightly"
        figure = calibration_figure(found, "Calibration", *names)
    header = {"predicted": found.predicted.tolist(), "observed": found.observed.tolist(), "bins": len(found.points)}
    return header, {"figure": packed_figure(figure)}


def _residuals(judged: _Judged) -> Packed:
    """`mae` and `r2` of all points; the first `drawn` of them are in the chart."""
    found = evaluation.residuals(judged.y, judged.says)
    drawn = judged.drawn
    figure = residuals_figure(judged.says[:drawn], found._replace(residuals=found.residuals[:drawn]))
    return {"mae": found.mae, "r2": found.r2, "drawn": drawn}, {"figure": packed_figure(figure)}


def _truth(judged: _Judged) -> Packed:
    """`wrong` of a classification, `mae` and `r2` of a regression, over all points; `drawn` of them are sent."""
    n = judged.drawn
    shown = {"X": judged.X[:n], "y": judged.y[:n], "says": judged.says[:n]}
    arrays = {name: values.astype(np.float32) for name, values in shown.items()}
    if judged.data.task == "regression":
        found = evaluation.residuals(judged.y, judged.says)
        return {"mae": found.mae, "r2": found.r2, "drawn": n}, arrays
    return {"wrong": int(np.count_nonzero(judged.says != judged.y)), "drawn": n}, arrays


_VIEWS: Mapping[str, Callable[[_Judged], Packed]] = {
    "matrix": _matrix,
    "roc": _roc,
    "calibration": _calibration,
    "residuals": _residuals,
    "truth": _truth,
}
