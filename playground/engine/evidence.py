"""The evidence of a diagnosis, collected from a run's history: a pure function of its weights and curves."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from dataclasses import replace

from playground.core.diagnosis import Evidence, Look, attainable_of
from playground.core.experiment import Experiment
from playground.core.history import History
from playground.core.inputs import sampled, seen_by
from playground.engine.inputs import expand
from playground.engine.looks import LAYER_ROWS
from playground.engine.network import Network, make_network

FIRST_LOOKS_KEPT = 16


def collect_evidence(program: object, experiment: Experiment, history: History, epoch: int) -> Evidence:
    """What a diagnosis of a run at `epoch` needs, over the first 1,024 training points at most.

    Parameters
    ----------
    experiment : with the rates in use, if they were changed while it trained
    history : of this run; of its weights the kept epochs nearest below will do
    epoch : the epoch shown

    Raises
    ------
    LookupError
        When the history is empty.
    TypeError
        When the program is not one that `compile_program` made.
    """
    shown, weights = history.weights_at(epoch)
    network = make_network(program, experiment, weights)
    curves = history.curves()
    data = sampled(experiment.trained.data)
    X, y = data.X_train[:LAYER_ROWS], data.y_train[:LAYER_ROWS]
    return Evidence(
        experiment=experiment,
        curves=curves[curves[:, 0] <= max(epoch, shown)],
        looks=_looks(network, history, shown),
        inputs=expand(experiment, X),
        y=y,
        values=network.predict(X),
        attainable=attainable_of(seen_by(experiment)),
    )


def _looks(network: Network, history: History, shown: int) -> tuple[Look, ...]:
    """At the first kept epoch and at the one shown, whose network is given."""
    first = history.kept_epochs[0]
    looks = [_first_look(replace(network, weights=history.weights_at(first)[1]), first)]
    if shown > first:
        before, weights_before = history.weights_at(shown - 1)
        looks.append(Look(shown, network.signals(weights_before, shown - before, LAYER_ROWS)))
    return tuple(looks)


_first_looks: OrderedDict[tuple[Experiment, bytes], Look] = OrderedDict()
_first_looks_lock = threading.Lock()


def _first_look(network: Network, epoch: int) -> Look:
    """The look at a run's first epoch, taken once for all its epochs: half of the cost of a diagnosis."""
    key = network.experiment, hashlib.sha256(b"".join(weight.tobytes() for weight in network.weights)).digest()
    with _first_looks_lock:
        if key not in _first_looks:
            _first_looks[key] = Look(epoch, network.signals(most_points=LAYER_ROWS))
        _first_looks.move_to_end(key)
        while len(_first_looks) > FIRST_LOOKS_KEPT:
            _first_looks.popitem(last=False)
        return _first_looks[key]._replace(epoch=epoch)
