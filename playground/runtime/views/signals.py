"""Learning signals of each layer over the epochs, the spread of its weights, and the learning rate."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from playground import figures
from playground.core.history import CURVES
from playground.core.signals import Signals, weight_histograms
from playground.runtime.messages import Show
from playground.runtime.snapshot import Snapshot
from playground.runtime.views.packed_figure import packed_figure

Packed = tuple[dict[str, Any], dict[str, npt.NDArray[Any]]]

MOST_EPOCHS = 100
"""Signals of so many epochs are charted, evenly spread; those of the epoch shown always."""
SECONDS = 0.03
"""Computing may take so long before what is there is shown."""
BINS = 40

SERIES: Mapping[str, tuple[str, Callable[..., Any]]] = {
    "gradients": ("gradient_norms", figures.gradient_norms_figure),
    "weights": ("weight_norms", figures.weight_norms_figure),
    "updates": ("update_ratios", figures.update_ratios_figure),
    "dead": ("dead", figures.dead_units_figure),
    "saturated": ("saturated", figures.saturated_units_figure),
}
"""Of each option the field of `Signals` and its figure."""


def view(snapshot: Snapshot, show: Show) -> Packed:
    """The view of the signals.

    `show.option` is "gradients" (the default), "weights", "updates", "dead", "saturated", "histograms" or "rate".

    Returns
    -------
    header
        `layers`, their names. Of a series `epochs` (n,), `values` (n, layers) with null where there is none, `now`
        (layers,), the values at the epoch shown; `incomplete` while epochs are left out for want of time.
    arrays
        `figure`, Plotly's JSON as uint8.
    """
    if show.option == "histograms":
        return _histograms(snapshot)
    if show.option == "rate":
        return _rate(snapshot)
    return _series(snapshot, show.option if show.option in SERIES else "gradients")


def layer_names(snapshot: Snapshot) -> list[str]:
    """What the Dense layers are called."""
    return [*(f"layer {k + 1}" for k in range(len(snapshot.experiment.model.hidden))), "output"]


def _series(snapshot: Snapshot, option: str) -> Packed:
    name, figure_of = SERIES[option]
    known, complete = _known(snapshot)
    epochs = sorted(known)
    values = np.array([getattr(known[epoch], name) for epoch in epochs])
    names = layer_names(snapshot)
    more = {"steps": _steps(snapshot)} if option == "updates" else {}
    figure = figure_of(epochs, values, names, shown=snapshot.displayed, **more)
    header: dict[str, Any] = {"layers": names, "epochs": epochs, "values": _numbers(values)}
    header["now"] = _numbers(getattr(known[snapshot.epoch], name))
    if not complete:
        header["incomplete"] = True
    return header, {"figure": packed_figure(figure)}


def _known(snapshot: Snapshot) -> tuple[dict[int, Signals], bool]:
    """The signals of evenly spread epochs and of the one shown, as far as time allows; and whether that is all."""
    found: dict[int, Signals] = snapshot.memory.setdefault(("signals", _rates(snapshot)), {})
    wanted = _spread(snapshot)
    deadline = time.monotonic() + SECONDS
    for epoch in [snapshot.epoch, *wanted]:
        if epoch not in found and (epoch == snapshot.epoch or time.monotonic() < deadline):
            found[epoch] = _signals_at(snapshot, epoch)
    shown = {epoch: found[epoch] for epoch in {snapshot.epoch, *wanted} if epoch in found}
    return shown, wanted <= shown.keys()


def _rates(snapshot: Snapshot) -> tuple[float, float]:
    """The penalties have gradients of their own."""
    return snapshot.experiment.model.l1, snapshot.experiment.model.l2


def _spread(snapshot: Snapshot) -> set[int]:
    """At most `MOST_EPOCHS` kept epochs. Their distance is a power of two: as a run grows, some only fall away."""
    kept = snapshot.history.kept_epochs
    stride = 1
    while kept[-1] // stride > MOST_EPOCHS:
        stride *= 2
    return {epoch for epoch in kept if epoch % stride == 0}


def _signals_at(snapshot: Snapshot, epoch: int) -> Signals:
    """The signals at a kept epoch; its updates since the kept epoch before, as the mean of an epoch."""
    kept, weights = snapshot.history.weights_at(epoch)
    before, weights_before = snapshot.history.weights_at(epoch - 1)
    earlier = (weights_before, kept - before) if before < kept else (None, 1)
    signals: Signals = snapshot.engine.layer_signals(snapshot.program, snapshot.experiment, weights, *earlier)
    return signals


def _steps(snapshot: Snapshot) -> int:
    data, train = snapshot.experiment.data, snapshot.experiment.train
    return -(-data.n_train // train.batch_size)


def _histograms(snapshot: Snapshot) -> Packed:
    names = layer_names(snapshot)
    edges, counts = weight_histograms(snapshot.weights, BINS)
    figure = figures.weight_histograms_figure(edges, counts, names)
    header = {"layers": names, "edges": _numbers(edges), "counts": np.asarray(counts).tolist()}
    return header, {"figure": packed_figure(figure)}


def _rate(snapshot: Snapshot) -> Packed:
    curves = snapshot.history.curves()
    epochs, rates = curves[:, CURVES.index("epoch")], curves[:, CURVES.index("learning_rate")]
    figure = figures.learning_rate_figure(epochs, rates, shown=snapshot.displayed)
    return {"layers": [], "now": [float(rates[min(snapshot.displayed, len(rates) - 1)])]}, {
        "figure": packed_figure(figure)
    }


def _numbers(values: npt.NDArray[np.floating]) -> Any:
    """Nested lists in which None stands for what is no number: JSON has no other word for it."""
    return np.where(np.isfinite(values), values, None).tolist()
