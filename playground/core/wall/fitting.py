"""What a wall must keep to, and how one that does not is made to: a sentence for each thing that goes.

The rules are gone through in the order of `RULES`. None of them adds anything.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from playground.core import words
from playground.core.parts import MAX_SEED
from playground.core.rates import RATE_FIELDS
from playground.core.wall import shape
from playground.core.wall.agreement import agreeing
from playground.core.wall.axis import MAX_NETWORKS
from playground.core.wall.draft import COLUMNS, ROWS, SEEDS, Draft
from playground.core.wall.reading import SEEDS_RULE
from playground.core.wall.size import few_points, few_weights

SET_HIDDEN_LAYERS = ({"hidden", shape.DEPTH}, {"hidden", shape.WIDTH})
"""Pairs of which one undoes the other. Depth and width go together."""


def fitted(draft: Draft) -> tuple[Draft, list[str]]:
    """The wall that keeps to the rules, a sentence for each thing that goes, and remarks on what stays."""
    sentences = []
    for rule in RULES:
        draft, said = rule(draft)
        sentences += said
    return draft, sentences


def _different_knobs(draft: Draft) -> tuple[Draft, list[str]]:
    """The columns go where both axes set the same."""
    knobs = draft.knobs
    if len(knobs) < 2 or (knobs[0] != knobs[1] and set(knobs) not in SET_HIDDEN_LAYERS):
        return draft, []
    rule = f"{ROWS} and {COLUMNS} must set different knobs"
    return draft._replace(columns=None), [f"{rule}. Got {knobs[0]} and {knobs[1]}: {COLUMNS} are left out."]


def _seeds_of_one(draft: Draft) -> tuple[Draft, list[str]]:
    """An axis of seeds names each one: counting on from them would train some twice."""
    if draft.seeds == 1 or "seed" not in draft.knobs:
        return draft, []
    return draft._replace(seeds=1), [f"{SEEDS} must be 1 where seed is on an axis. Got {draft.seeds}."]


def _steady_rates(draft: Draft) -> tuple[Draft, list[str]]:
    """A rate on an axis stays what it is there: what the base plans for it would undo the differences."""
    said = []
    base = draft.base
    for rate in sorted(set(draft.knobs) & set(RATE_FIELDS)):
        kept = tuple(change for change in base.changes if change.name != rate)
        if dropped := len(base.changes) - len(kept):
            said.append(f"{rate} must not change on the way where it is on an axis. Got {_changes(dropped)}.")
            base = base.with_rates(base.rates, kept)
    return draft._replace(base=base), said


def _whole_seeds(draft: Draft) -> tuple[Draft, list[str]]:
    if 1 <= draft.seeds <= MAX_NETWORKS:
        return draft, []
    return draft._replace(seeds=1), [words.refusal(SEEDS, SEEDS_RULE, draft.seeds)]


def _few_cells(draft: Draft) -> tuple[Draft, list[str]]:
    """The columns go where even one seed would be too many networks. An axis alone never is."""
    rows, columns = draft.shape
    if rows * columns <= MAX_NETWORKS:
        return draft, []
    got = f"Got {rows} rows × {columns} columns = {rows * columns}"
    return draft._replace(columns=None), [f"{_MOST}. {got}: {COLUMNS} are left out."]


def _few_networks(draft: Draft) -> tuple[Draft, list[str]]:
    """As many seeds as there is room for."""
    cells = math.prod(draft.shape)
    if cells * draft.seeds <= MAX_NETWORKS:
        return draft, []
    seeds = MAX_NETWORKS // cells
    got = f"Got {cells} cells × {draft.seeds} seeds = {cells * draft.seeds}"
    return draft._replace(seeds=seeds), [f"{_MOST}. {got}: {SEEDS} are {seeds}."]


def _seeds_in_range(draft: Draft) -> tuple[Draft, list[str]]:
    """As many seeds as there are from the base's on."""
    first, seeds = draft.base.train.seed, draft.seeds
    if first + seeds - 1 <= MAX_SEED:
        return draft, []
    room = MAX_SEED - first + 1
    got = f"Got {seeds} seeds from {first} on: {SEEDS} are {room}"
    return draft._replace(seeds=room), [f"The last seed must be at most {MAX_SEED}. {got}."]


def _changes(count: int) -> str:
    return "1 planned change, which is left out" if count == 1 else f"{count} planned changes, which are left out"


_MOST = f"A wall must have at most {MAX_NETWORKS} networks"
RULES: tuple[Callable[[Draft], tuple[Draft, list[str]]], ...] = (
    _different_knobs,
    _whole_seeds,
    _seeds_of_one,
    _steady_rates,
    _few_cells,
    _few_networks,
    _seeds_in_range,
    agreeing,
    few_weights,
    few_points,
)
