"""Values to offer for an axis of each knob."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from playground.core import knobs, query
from playground.core.datasets import OwnKnob, Picks, Slider, Switch, own_knobs
from playground.core.experiment import Experiment
from playground.core.wall.agreement import CONDITIONS
from playground.core.wall.axis import KNOBS, value_of
from playground.core.wall.cells import cell
from playground.core.wall.typed import spaced

_SMALL = "0|0.0001|0.001|0.01|0.1"
_SEEDS = "0|1|2|3|4"
OFFERED: Mapping[str, str] = {
    "samples": "50|100|200|500|1000",
    "noise": "0|0.1|0.2|0.3|0.5",
    "test": "0.1|0.2|0.5|0.8",
    "validation": "0|0.1|0.2|0.3",
    "classes": "2|3|4|5|6",
    "data_seed": _SEEDS,
    "balance": "0.1|0.3|0.5|0.7|0.9",
    "features": "x1,x2|x1sq,x2sq|x1,x2,x1x2|x1,x2,sinx1,sinx2|x1,x2,x1sq,x2sq,x1x2,sinx1,sinx2",
    "hidden": "none|4|8|4,4|8,8|8,8,8",
    "init_deviation": "0.01|0.1|1|10",
    "dropout": "0|0.1|0.2|0.3|0.5",
    "l1": _SMALL,
    "l2": _SMALL,
    "learning_rate": "0.003|0.01|0.03|0.1|0.3",
    "momentum": "0|0.5|0.9|0.99",
    "schedule_factor": "0.01|0.1|0.5|2|10",
    "schedule_epochs": "10|30|100|300",
    "batch_size": "1|10|32|100|1000",
    "epochs": "20|100|300|1000",
    "seed": _SEEDS,
    "patience": "0|5|20|100",
    "min_delta": "0|0.0001|0.001|0.01",
    "depth": "1|2|3|4|5",
    "width": "2|4|8|16",
}
"""Of knobs that are numbers or lists. Those that are names or truth values offer all they may be."""
STEPS = 5
"""Values offered of a slider that one dataset alone has."""


def offered(experiment: Experiment, among: Iterable[str] = KNOBS) -> dict[str, tuple[str, ...]]:
    """For each knob (of those `among`) that makes a good axis of a wall of `experiment`, values as a link spells them.

    Each value agrees with the experiment as it is. A knob that does not matter for it, or has fewer than two values
    to offer, is left out.
    """
    agreeing = {knob: _agreeing(experiment, knob) for knob in among}
    return {knob: texts for knob, texts in agreeing.items() if len(texts) > 1}


def _agreeing(experiment: Experiment, knob: str) -> tuple[str, ...]:
    now = cell(experiment, ()).values
    if knob in CONDITIONS and not CONDITIONS[knob].holds(now):
        return ()
    texts = _texts(knob)
    return tuple(text for text in texts if not cell(experiment, ((knob, value_of(knob, text)),)).contradictions)


def _texts(knob: str) -> tuple[str, ...]:
    if knob in OFFERED:
        return tuple(OFFERED[knob].split("|"))
    if knob in own_knobs():
        return _own_texts(own_knobs()[knob])
    if knobs.schema(knob)["type"] == "boolean":
        return tuple(map(query.text_of, (False, True)))
    return knobs.choices(knob)


def _own_texts(knob: OwnKnob[object]) -> tuple[str, ...]:
    if isinstance(knob.shown, Picks):
        return knob.shown.texts
    if isinstance(knob.shown, Switch):
        return tuple(map(query.text_of, (False, True)))
    return spaced(*knobs.bounds(knob.name), STEPS) if isinstance(knob.shown, Slider) else ()
