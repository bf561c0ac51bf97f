"""The data after each layer, with a slider that morphs it from the input to the output."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import ArrayLike, NDArray

from playground.figures.look import GRID, INK, TWO_COLORS, axis, class_name, color, layout, symbol

Floats = NDArray[np.float64]

MILLISECONDS = 40
"""Of a frame while it plays."""
MARGIN = 0.08
EYE = 1.6
"""From how far away the box is seen: names of the axes need room."""
SIZES = {2: 7, 3: 4}
SYMBOLS_3D = {"triangle-up": "diamond-open", "star": "x"}
"""What Plotly has no solid marker of."""


def layers_figure(
    stages: Sequence[str],
    coords: ArrayLike,
    y: ArrayLike,
    axes: Sequence[Sequence[str]] | None = None,
    ranges: ArrayLike | None = None,
    grid: ArrayLike | None = None,
    task: str = "classification",
    between: int = 9,
    title: str = "Data after each layer",
) -> go.Figure:
    """The points at each stage of a network, in two or three dimensions; Play and a slider lead through them.

    Parameters
    ----------
    stages : names of the S stages, input first
    coords : (S, n, 2) or (S, n, 3), where the points are at each stage
    y : (n,) classes 0 … K-1, or for regression the targets
    axes : of each stage the names of its 2 or 3 axes; default axis 1, axis 2, …
    ranges : (S, 2 or 3, 2), lower and upper end of each axis; default the extent of the points
    grid : (S, lines, points, 2 or 3), lines of the input plane at each stage
    between : frames from one stage to the next

    Raises
    ------
    ValueError
        When the shapes do not match.
    """
    coords, y = np.asarray(coords, dtype=np.float64), np.asarray(y)
    if coords.ndim != 3 or coords.shape[2] not in (2, 3) or coords.shape[:2] != (len(stages), len(y)):
        raise ValueError(f"coords must be ({len(stages)}, {len(y)}, 2 or 3). Got {coords.shape}.")
    lines = np.empty((len(stages), 0, 1, coords.shape[2])) if grid is None else np.asarray(grid, dtype=np.float64)
    if lines.ndim != 4 or (len(lines), lines.shape[3]) != (len(stages), coords.shape[2]):
        raise ValueError(f"grid must be ({len(stages)}, lines, points, {coords.shape[2]}). Got {lines.shape}.")
    ends = _extents(coords) if ranges is None else np.asarray(ranges, dtype=np.float64)
    names = axes or [[f"axis {d + 1}" for d in range(coords.shape[2])]] * len(stages)
    steps = [_Step(stages, names, coords, lines, ends, position) for position in _positions(len(stages), between)]
    figure = go.Figure(_traces(steps[0], y, task), _layout(title, steps, coords.shape[2]))
    figure.frames = [go.Frame(data=_moved(step, y, task), name=step.key, layout=step.layout()) for step in steps]
    return figure


class _Step:
    """One frame: everything at a position between 0, the input, and S-1, the output."""

    def __init__(
        self,
        stages: Sequence[str],
        names: Sequence[Sequence[str]],
        coords: Floats,
        lines: Floats,
        ends: Floats,
        position: float,
    ) -> None:
        low = min(int(position), max(len(stages) - 2, 0))
        high, share = min(low + 1, len(stages) - 1), position - low
        near = low if share < 0.5 else high
        self.stage = stages[near] if share in (0, 1) else f"{stages[low]} → {stages[high]}"
        self.axes, self.key = names[near], f"{position:.3f}"
        shares = _share_along(ends[low], ends[high], share)
        self.ends = ends[low] + (ends[high] - ends[low]) * shares[:, np.newaxis]
        self.points = coords[low] + (coords[high] - coords[low]) * shares
        self.lines = lines[low] + (lines[high] - lines[low]) * shares

    def layout(self) -> dict[str, Any]:
        """Axes of this frame."""
        each = [{"range": list(ends), "title": {"text": name}} for ends, name in zip(self.ends, self.axes, strict=True)]
        keyed = {f"{letter}axis": axis for letter, axis in zip("xyz", each, strict=False)}
        return keyed if len(each) == 2 else {"scene": keyed}


def _positions(n_stages: int, between: int) -> list[float]:
    """Every stage, and `between` positions from each to the next."""
    return [float(k) for k in np.linspace(0, n_stages - 1, (n_stages - 1) * (between + 1) + 1)]


def _share_along(low: Floats, high: Floats, share: float) -> Floats:
    """How far coordinates are between two stages when points move evenly on the screen: one number an axis.

    With w and v the widths of an axis at both, s·w / (s·w + (1-s)·v): the share of the width already left behind.
    """
    wide, narrow = (ends[:, 1] - ends[:, 0] for ends in (low, high))
    shares: Floats = share * wide / (share * wide + (1 - share) * narrow)
    return shares


def _extents(coords: Floats) -> Floats:
    """(S, d, 2): the points' extent at each stage and a margin."""
    held = np.nan_to_num(coords, nan=0, posinf=0, neginf=0)
    lo, hi = held.min(axis=1), held.max(axis=1)
    room = np.where(hi > lo, MARGIN * (hi - lo), 1.0)
    return np.stack([lo - room, hi + room], axis=-1)


def _traces(step: _Step, y: Any, task: str) -> list[Any]:
    """All traces with their looks, at one position."""
    kind = go.Scatter if step.points.shape[1] == 2 else go.Scatter3d
    looks = [_line_look(), *(_target_look(y, step) if task == "regression" else _class_looks(y, step))]
    return [kind(**look, **at) for look, at in zip(looks, _places(step, y, task), strict=True)]


def _moved(step: _Step, y: Any, task: str) -> list[Any]:
    kind = go.Scatter if step.points.shape[1] == 2 else go.Scatter3d
    return [kind(**at) for at in _places(step, y, task)]


def _places(step: _Step, y: Any, task: str) -> list[dict[str, Any]]:
    """Coordinates of each trace: the grid, then the points of each class, or all points of a regression."""
    ends_of_lines = np.full((len(step.lines), 1, step.lines.shape[2]), np.nan)
    grid = np.concatenate([step.lines, ends_of_lines], axis=1).reshape(-1, step.lines.shape[2])
    parts = [step.points] if task == "regression" else [step.points[y == k] for k in np.unique(y)]
    return [dict(zip("xyz", part.T, strict=False)) for part in (grid, *parts)]


def _line_look() -> dict[str, Any]:
    return {
        "mode": "lines",
        "line": {"color": INK, "width": 1},
        "opacity": 0.5,
        "hoverinfo": "skip",
        "showlegend": False,
    }


def _class_looks(y: Any, step: _Step) -> list[dict[str, Any]]:
    dimensions = step.points.shape[1]
    return [
        {
            "mode": "markers",
            "name": class_name(int(k)),
            "marker": {
                "color": color(int(k)),
                "symbol": _symbol(int(k), dimensions),
                "size": SIZES[dimensions],
                "line": {"width": 0.6, "color": "white"},
            },
        }
        for k in np.unique(y)
    ]


def _symbol(index: int, dimensions: int) -> str:
    return symbol(index) if dimensions == 2 else SYMBOLS_3D.get(symbol(index), symbol(index))


def _target_look(y: Any, step: _Step) -> list[dict[str, Any]]:
    reach = float(np.max(np.abs(y), initial=1e-12))
    marker = {"color": y, "colorscale": TWO_COLORS, "cmin": -reach, "cmax": reach, "size": SIZES[step.points.shape[1]]}
    marker |= {"line": {"width": 0.6, "color": "white"}, "colorbar": {"title": {"text": "target"}}}
    return [{"mode": "markers", "marker": marker, "showlegend": False}]


def _layout(title: str, steps: list[_Step], dimensions: int) -> dict[str, Any]:
    first = steps[0].layout()
    plain = layout(title, "", "")
    if dimensions == 2:
        named = {name: {**plain[name], **first[name], "zeroline": False} for name in ("xaxis", "yaxis")}
    else:
        box = {name: {**axis(""), **each, "backgroundcolor": GRID} for name, each in first["scene"].items()}
        named = {
            "scene": {**box, "aspectmode": "cube", "camera": {"eye": dict.fromkeys("xyz", EYE), "center": {"z": -0.15}}}
        }
        plain = {name: value for name, value in plain.items() if name not in ("xaxis", "yaxis")}
    margin = {**plain["margin"], "b": 110}
    return {**plain, **named, "margin": margin, "sliders": [_slider(steps)], "updatemenus": [_play(steps)]}


def _slider(steps: list[_Step]) -> dict[str, Any]:
    jump = {"mode": "immediate", "frame": {"duration": 0, "redraw": True}, "transition": {"duration": 0}}
    entries = [
        {
            "method": "animate",
            "args": [[step.key], jump],
            "label": step.stage,
            "value": step.key,
        }
        for step in steps
    ]
    names = {"currentvalue": {"font": {"color": INK}, "offset": 6}, "font": {"color": "rgba(0,0,0,0)"}}  # one is enough
    return {"steps": entries, "x": 0.12, "len": 0.88, "y": -0.1, "ticklen": 0, "minorticklen": 0, **names}


def _play(steps: list[_Step]) -> dict[str, Any]:
    run = {"frame": {"duration": MILLISECONDS, "redraw": True}, "transition": {"duration": 0}, "fromcurrent": True}
    stop = {"mode": "immediate", "frame": {"duration": 0, "redraw": True}}
    buttons = [
        {"label": "▶", "method": "animate", "args": [[step.key for step in steps], run]},
        {"label": "❚❚", "method": "animate", "args": [[None], stop]},
    ]
    where = {"x": 0, "xanchor": "left", "y": -0.2, "yanchor": "top"}
    return {"type": "buttons", "direction": "left", "showactive": False, "buttons": buttons, **where}
