"""Learning signals of each layer over the epochs, the spread of its weights, and the learning rate."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
from pydantic import with_config

from playground import figures
from playground.core.history import CURVES
from playground.core.signals import Signals, weight_histograms
from playground.runtime.protocol.server import EXACTLY, ViewHeader
from playground.runtime.protocol.show import ViewOptions
from playground.runtime.views.answer import FIGURE, Looked, answers
from playground.runtime.views.packed_figure import packed_figure
from playground.runtime.views.snapshot import Snapshot

MOST_EPOCHS = 100
"""Signals of so many epochs are charted, evenly spread; those of the epoch shown always."""
SECONDS = 0.04
"""Computing may take so long before what is there is shown."""
BINS = 40

SERIES: Mapping[str, tuple[str, str]] = {
    "gradients": ("gradient_norms", "gradient_norms_figure"),
    "weights": ("weight_norms", "weight_norms_figure"),
    "updates": ("update_ratios", "update_ratios_figure"),
    "dead": ("dead", "dead_units_figure"),
    "saturated": ("saturated", "saturated_units_figure"),
}
"""Of each chart over the epochs the field of `Signals` and the name of its figure."""


class SignalsOptions(ViewOptions):
    """Which chart."""

    name: Literal["signals"] = "signals"
    chart: Literal["gradients", "weights", "updates", "dead", "saturated", "histograms", "rate"] = "gradients"


@with_config(EXACTLY)
class SignalsHeader(ViewHeader, total=False):
    """`layers`, their names, and the numbers of the chart.

    Of a series `epochs` (n,), `values` (n, layers) with null where there is none, `now` (layers,), the values at the
    epoch shown; `incomplete` while epochs are left out for want of time. Of histograms `edges` and `counts`.
    """

    layers: list[str]
    epochs: list[int]
    values: list[list[float | None]]
    now: list[float | None]
    incomplete: bool
    edges: list[float | None]
    counts: list[list[int]]


@answers(SignalsOptions, SignalsHeader, {"figure": FIGURE})
def look(snapshot: Snapshot, options: SignalsOptions) -> Looked:
    """The view of the signals."""
    if options.chart == "histograms":
        return _histograms(snapshot)
    if options.chart == "rate":
        return _rate(snapshot)
    return _series(snapshot, options.chart)


def layer_names(snapshot: Snapshot) -> list[str]:
    """What the Dense layers are called."""
    return [*(f"layer {k + 1}" for k in range(len(snapshot.experiment.model.hidden))), "output"]


def _series(snapshot: Snapshot, chart: str) -> Looked:
    name, figure_name = SERIES[chart]
    known, complete = _known(snapshot)
    epochs = sorted(known)
    values = np.array([getattr(known[epoch], name) for epoch in epochs])
    names = layer_names(snapshot)
    more = {"steps": _steps(snapshot)} if chart == "updates" else {}
    figure = getattr(figures, figure_name)(epochs, values, names, shown=snapshot.displayed, **more)
    header: dict[str, Any] = {"layers": names, "epochs": epochs, "values": _numbers(values)}
    header["now"] = _numbers(getattr(known[snapshot.epoch], name))
    if not complete:
        header["incomplete"] = True
    return header, {"figure": packed_figure(figure)}


def _known(snapshot: Snapshot) -> tuple[dict[int, Signals], bool]:
    """The signals of evenly spread epochs and of the one shown, as far as time allows; and whether that is all."""
    found: dict[int, Signals] = snapshot.memory.setdefault(("signals", _rates(snapshot)), {})
    wanted = _spread(snapshot)
    if snapshot.epoch not in found:
        found[snapshot.epoch] = _signals_at(snapshot, snapshot.epoch)
    deadline = snapshot.clock() + SECONDS  # from here on: the very first look is also the one that compiles
    for epoch in _coarse_to_fine(sorted(wanted)):
        if epoch not in found and snapshot.clock() < deadline:
            found[epoch] = _signals_at(snapshot, epoch)
    shown = {epoch: found[epoch] for epoch in {snapshot.epoch, *wanted} if epoch in found}
    return shown, wanted <= shown.keys()


def _rates(snapshot: Snapshot) -> tuple[float, float]:
    """The penalties have gradients of their own."""
    return snapshot.experiment.model.l1, snapshot.experiment.model.l2


def _spread(snapshot: Snapshot) -> set[int]:
    """At most `MOST_EPOCHS` kept epochs. Their distance is a power of two: as a run grows, some only fall away."""
    kept = snapshot.kept_epochs
    stride = 1
    while kept[-1] // stride > MOST_EPOCHS:
        stride *= 2
    return {epoch for epoch in kept if epoch % stride == 0}


def _coarse_to_fine(epochs: list[int]) -> list[int]:
    """The first and the last, then what halves the gaps, and so on: what is there first shows the whole run."""
    last = len(epochs) - 1
    places = sorted(range(len(epochs)), key=lambda place: -(place & -place) if 0 < place < last else -len(epochs))
    return [epochs[place] for place in places]


def _signals_at(snapshot: Snapshot, epoch: int) -> Signals:
    """The signals at a kept epoch; its updates since the kept epoch before, as the mean of an epoch."""
    kept, weights = snapshot.weights_of(epoch)
    before, weights_before = snapshot.weights_of(epoch - 1)
    earlier = (weights_before, kept - before) if before < kept else (None, 1)
    return snapshot.network_with(weights).signals(*earlier)


def _steps(snapshot: Snapshot) -> int:
    data, train = snapshot.experiment.data, snapshot.experiment.train
    return -(-data.n_train // train.batch_size)


def _histograms(snapshot: Snapshot) -> Looked:
    names = layer_names(snapshot)
    edges, counts = weight_histograms(snapshot.weights, BINS)
    figure = figures.weight_histograms_figure(edges, counts, names)
    header = {"layers": names, "edges": _numbers(edges), "counts": np.asarray(counts).tolist()}
    return header, {"figure": packed_figure(figure)}


def _rate(snapshot: Snapshot) -> Looked:
    curves = snapshot.curves()
    epochs, rates = curves[:, CURVES.index("epoch")], curves[:, CURVES.index("learning_rate")]
    figure = figures.learning_rate_figure(epochs, rates, shown=snapshot.displayed)
    return {"layers": [], "now": [float(rates[min(snapshot.displayed, len(rates) - 1)])]}, {
        "figure": packed_figure(figure)
    }


def _numbers(values: npt.NDArray[np.floating]) -> Any:
    """Nested lists in which None stands for what is no number: JSON has no other word for it."""
    numbers = values.astype(object)
    numbers[~np.isfinite(values)] = None
    return numbers.tolist()
