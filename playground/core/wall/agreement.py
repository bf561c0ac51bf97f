"""Values of a wall that contradict the rest, and knobs that matter in none of its cells: which go, and why."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from playground.core import query, relevance
from playground.core.wall import shape
from playground.core.wall.cells import Cell
from playground.core.wall.draft import COLUMNS, ROWS, Draft, Place
from playground.core.wall.reading import named, short

CONDITIONS: Mapping[str, relevance.Condition] = {**relevance.CONDITIONS, shape.WIDTH: relevance.WITH_HIDDEN_LAYERS}
SIDES = (ROWS, COLUMNS)


def agreeing(draft: Draft) -> tuple[Draft, list[str]]:
    """The wall without what contradicts or matters nowhere, and a sentence for each value and each axis that goes.

    The value with the most cells in contradiction goes first; of equals one of the columns, and a later one. What is
    left may contradict in turn without an axis that went, so it is looked at until nothing goes.
    """
    sentences = []
    while (found := _without_contradictions(draft) or _without_idle(draft)) is not None:
        draft, said = found
        sentences += said
    return draft, [*sentences, *_idle_in_some(draft)]


def _without_contradictions(draft: Draft) -> tuple[Draft, list[str]] | None:
    cells = draft.cells()
    faults = {place: cell.contradictions[0] for place, cell in cells.items() if cell.contradictions}
    if not faults or not draft.axes:
        return None
    gone: dict[str, set[int]] = defaultdict(set)
    said = []
    while faults:
        side, index = _worst(draft, faults)
        gone[side].add(index)
        said.append(_left_out(draft, side, index, faults))
        faults = {place: fault for place, fault in faults.items() if place[SIDES.index(side)] != index}
    left = {side: axis.without(gone[side]) for side, axis in draft.axes.items()}
    none = [f"{side} are left out: none of their values agrees with the rest." for side in left if not left[side]]
    return draft.with_axes(left), [*named(said), *none]


def _worst(draft: Draft, faults: Mapping[Place, str]) -> tuple[str, int]:
    """The axis and the place on it of the value that goes first."""
    counts = Counter((SIDES.index(side), place[SIDES.index(side)]) for place in faults for side in draft.axes)
    side, index = max(counts, key=lambda each: (counts[each], each))
    return SIDES[side], index


def _left_out(draft: Draft, side: str, index: int, faults: Mapping[Place, str]) -> str:
    axis = draft.axes[side]
    fault = next(fault for place, fault in faults.items() if place[SIDES.index(side)] == index)
    return f"{side} are left without {axis.knob}={short(axis.labels[index])}: {fault}"


def _without_idle(draft: Draft) -> tuple[Draft, list[str]] | None:
    """The wall without the first axis whose knob matters in no cell; None when each matters somewhere."""
    cells = [*draft.cells().values()]
    for side, axis in draft.axes.items():
        if len(_idle(axis.knob, cells)) == len(cells):
            got = _got(CONDITIONS[axis.knob], cells[0])
            others = {other: draft.axes[other] for other in draft.axes if other != side}
            return draft.with_axes(others), [f"{_rule(axis.knob)}. Got {got}: {side} are left out."]
    return None


def _idle_in_some(draft: Draft) -> Iterator[str]:
    cells = [*draft.cells().values()]
    for axis in draft.axes.values():
        if idle := len(_idle(axis.knob, cells)):
            yield f"{_rule(axis.knob)}: it makes none in {idle} of {len(cells)} cells."


def _idle(knob: str, cells: list[Cell]) -> list[Cell]:
    if knob not in CONDITIONS:
        return []
    return [cell for cell in cells if not CONDITIONS[knob].holds(cell.values)]


def _rule(knob: str) -> str:
    return f"{knob} makes a difference only {CONDITIONS[knob].words}"


def _got(condition: relevance.Condition, cell: Cell) -> str:
    return ", ".join(f"{knob}={query.text_of(cell.values[knob])}" for knob in condition.decided_by)
