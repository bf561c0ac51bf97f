"""The decision boundary as data: points where the two best classes tie, found far more exactly than a grid can."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from playground.core.grid import Range, grid_points
from playground.core.inputs import plane_of
from playground.engine.boundary import scores_at

if TYPE_CHECKING:
    from playground.engine.network import Network

TOLERANCE = 1e-3
"""Greatest difference of the two scores at a tie (logits; outputs where these decide)."""
AIM = TOLERANCE / 10
MAX_STEPS = 60
MAX_SPLITS = 3
MOST = 4000
"""Edges looked at: a boundary with more, as of sines seen from far away, is noise on this grid."""

Floats = NDArray[np.float64]
Scores = Callable[[Floats], Floats]


class Ties(NamedTuple):
    """Where two classes tie: `points` (m, 2), `classes` (m, 2) with the lower one first, `differences` (m,).

    A difference is the score of the second class minus that of the first; the score is the logit.
    """

    points: Floats
    classes: NDArray[np.int64]
    differences: Floats


class _Edges(NamedTuple):
    """Straight pieces of the plane, each from a point where class `first` wins to one where `second` does."""

    start: Floats
    end: Floats
    first: NDArray[np.int64]
    second: NDArray[np.int64]


def ties_of(network: Network, x1: Range, x2: Range, n: int) -> Ties:
    """Points of the decision boundary: one on every edge of an n×n grid whose ends belong to different classes.

    At most `MOST` of them, evenly taken. Each is found by false position (Illinois) between the ends; where a third
    class wins at the tie, the edge is divided there. Empty for regression, and where one class has all of the plane.
    """
    if network.experiment.data.task == "regression":
        return _none()

    shown = plane_of(network.experiment.data)

    def scores(points: Floats) -> Floats:
        found = scores_at(network, shown.points(points)).astype(np.float64)
        return found if len(found) > 1 else np.concatenate([np.zeros_like(found), found])

    edges = _at_most(MOST, _crossed_edges(scores, grid_points(x1, x2, n), n))
    ties = [_none()]
    for _ in range(MAX_SPLITS):
        found, edges = _settle(scores, edges)
        ties.append(found)
    return Ties(*(np.concatenate(parts) for parts in zip(*ties, strict=True)))


def _none() -> Ties:
    return Ties(np.empty((0, 2)), np.empty((0, 2), np.int64), np.empty(0))


def _crossed_edges(scores: Scores, points: Floats, n: int) -> _Edges:
    """The grid's edges between neighbours of different classes."""
    winner = _winner(scores(points)).reshape(n, n)
    index = np.arange(n * n).reshape(n, n)
    pairs = np.concatenate(
        [
            np.column_stack([index[:, :-1].ravel(), index[:, 1:].ravel()]),
            np.column_stack([index[:-1].ravel(), index[1:].ravel()]),
        ]
    )
    first, second = winner.ravel()[pairs].T
    crossed = first != second
    start, end = pairs[crossed].T
    return _Edges(points[start], points[end], first[crossed], second[crossed])


def _at_most(count: int, edges: _Edges) -> _Edges:
    if len(edges.start) <= count:
        return edges
    taken = np.linspace(0, len(edges.start) - 1, count).astype(np.int64)
    return _Edges(edges.start[taken], edges.end[taken], edges.first[taken], edges.second[taken])


def _winner(scores: Floats) -> NDArray[np.int64]:
    return np.argmax(scores, axis=0)


def _settle(scores: Scores, edges: _Edges) -> tuple[Ties, _Edges]:
    """Ties on the edges, and the halves of those edges where a third class wins at the tie."""
    if not len(edges.start):
        return _none(), edges
    points, differences = _roots(scores, edges)
    winner = _winner(scores(points))
    third = (winner != edges.first) & (winner != edges.second)
    good = (np.abs(differences) <= TOLERANCE) & ~third
    swapped = edges.first > edges.second
    classes = np.sort(np.column_stack([edges.first, edges.second]), axis=1)
    found = Ties(points[good], classes[good], np.where(swapped, -differences, differences)[good])
    halves = [
        (edges.start[third], points[third], edges.first[third], winner[third]),
        (points[third], edges.end[third], winner[third], edges.second[third]),
    ]
    return found, _Edges(*(np.concatenate(parts) for parts in zip(*halves, strict=True)))


def _roots(scores: Scores, edges: _Edges) -> tuple[Floats, Floats]:
    """Where `second` minus `first` is nearest to 0 along each edge, and that difference."""
    rows = np.arange(len(edges.start))

    def difference(t: Floats) -> Floats:
        found = scores(edges.start + t[:, np.newaxis] * (edges.end - edges.start))
        return found[edges.second, rows] - found[edges.first, rows]

    low, high = np.zeros(len(rows)), np.ones(len(rows))
    below, above = difference(low), difference(high)
    best = np.where(np.abs(below) < np.abs(above), low, high)
    least = np.where(np.abs(below) < np.abs(above), below, above)
    before: NDArray[np.bool_] | None = None
    for _ in range(MAX_STEPS):
        if (np.abs(least) <= AIM).all():
            break
        spread = above - below
        t = np.where(spread > 0, low - below * (high - low) / np.where(spread > 0, spread, 1), (low + high) / 2)
        at = difference(t)
        better = np.abs(at) < np.abs(least)
        best, least = np.where(better, t, best), np.where(better, at, least)
        left = at < 0
        # Illinois: an end that stays for a second time counts half, so that it does not stay for ever.
        stays = left == before
        above = np.where(left, np.where(stays, above / 2, above), at)
        below = np.where(left, at, np.where(stays, below / 2, below))
        low, high, before = np.where(left, t, low), np.where(left, high, t), left
    return edges.start + best[:, np.newaxis] * (edges.end - edges.start), least
