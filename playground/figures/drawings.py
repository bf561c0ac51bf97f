"""Charts as SVG, for what is printed: arrays in, text out. Colours are those of a light page; text is escaped."""

from __future__ import annotations

import base64
import io
import itertools
from collections.abc import Sequence
from html import escape

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from playground.figures.animation import CIRCLE, SHAPES, Ground, Still, outline
from playground.figures.shades import Bytes, point_colors, shaded

INK, MUTED, GRID, LINE, TEST = "#31333f", "#5c6069", "#d3d5da", "#20242c", "#a8327c"
NEGATIVE, POSITIVE = "#f59322", "#0877bd"
SIDE = 400
EDGES = (46, 10, 10, 34)
"""Left, top, right and bottom of a chart."""
MOST_VERTICES = 600
"""Of a curve: of each stretch of epochs the least and the greatest value."""
TICKS = (1, 2, 5, 10)
LABEL, STEP = 60.0, 190.0
"""Of the network: least room for the names of the inputs, and most from layer to layer."""
WIDE, NARROW = 1000.0, 150.0
"""Of all layers together; and the step from layer to layer below which every second name is lower."""
CHARACTER = 7.2
"""Of a name: what a character takes, in a wide font."""
LONGEST_NAME, LONGEST_AXIS, SHORT_AXIS = 32, 48, 3
"""Characters of an input's name, and of an axis's; and of one that fits before the picture as it stands."""
UPRIGHT = 18
"""Room for the name of an axis that runs along it."""
Place = tuple[float, float]


def picture_address(picture: Bytes) -> str:
    """A picture (n, m, 3) as an address that holds it."""
    out = io.BytesIO()
    Image.fromarray(picture).save(out, format="PNG")
    return f"data:image/png;base64,{base64.b64encode(out.getvalue()).decode()}"


def boundary_svg(ground: Ground, still: Still, axes: Sequence[str] = ("x₁", "x₂")) -> str:
    """The plane of an epoch: its picture, its border and the points."""
    left, top, right, bottom = EDGES
    upward = _shortened(axes[1], LONGEST_AXIS) if len(axes) > 1 else ""
    width, height = SIDE + left + right, SIDE + top + bottom
    picture = picture_address(shaded(still.map, ground.classes, still.lo, still.hi, ground.target))
    parts = [
        f'<image href="{picture}" x="{left}" y="{top}" width="{SIDE}" height="{SIDE}" preserveAspectRatio="none"/>',
        f'<path d="{path(_placed(still.lines, ground))}" fill="none" stroke="{LINE}" stroke-width="2"/>',
        *_points(ground),
        *_across(ground.x1, SIDE, top + SIDE, _shortened(axes[0], LONGEST_AXIS)),
        *_up(ground.x2, SIDE, top, upward if len(upward) <= SHORT_AXIS else "", grid=0),
        f'<rect x="{left}" y="{top}" width="{SIDE}" height="{SIDE}" fill="none" stroke="{GRID}"/>',
    ]
    if len(upward) > SHORT_AXIS:
        parts = [_upright(upward, top), f'<g transform="translate({UPRIGHT},0)">', *parts, "</g>"]
        width += UPRIGHT
    return svg(width, height, f"Decision boundary at epoch {still.epoch}", parts)


def _upright(title: str, top: float) -> str:
    """The name of an axis along it, from below to above."""
    turned = f'text-anchor="end" fill="{MUTED}" transform="translate(13,{top}) rotate(-90)"'
    return f"<text {turned}>{escape(title)}</text>"


def _shortened(title: str, most: int) -> str:
    return title if len(title) <= most else f"{title[: most - 1]}…"


def curves_svg(title: str, epochs: NDArray[np.floating], train: NDArray[np.floating], held: NDArray[np.floating],
               top_value: float | None = None) -> str:  # fmt: skip
    """Two curves over the epochs: of training, and dashed those of the part held back."""
    left, top, right, bottom = EDGES
    width, height = 2 * SIDE, 200
    finite = np.concatenate([train[np.isfinite(train)], held[np.isfinite(held)], [0.0]])
    most = top_value or round_up(float(np.quantile(finite, 0.995)) * 1.05)
    span = (float(epochs[0]), float(max(epochs[-1], epochs[0] + 1)))
    parts = [
        *_up((0.0, most), height, top, "", grid=width),
        *_across(span, width, top + height, "epoch"),
        f'<clipPath id="{escape(title)}"><rect x="{left}" y="{top - 2}" width="{width}" height="{height + 4}"/>'
        "</clipPath>",
    ]
    for values, color, dash in ((train, INK, ""), (held, TEST, ' stroke-dasharray="6 4"')):
        x, y = _thinned(epochs, values)
        places = np.column_stack([left + width * (x - span[0]) / (span[1] - span[0]), top + height * (1 - y / most)])
        parts.append(
            f'<path d="{path(places)}" fill="none" stroke="{color}" stroke-width="2"{dash} '
            f'clip-path="url(#{escape(title)})"/>'
        )
    return svg(width + left + right, height + top + bottom, title, parts)


def network_svg(
    inputs: Sequence[str], units: Sequence[Sequence[int]], links: NDArray[np.floating], biases: NDArray[np.floating],
    names: Sequence[str], more: Sequence[int] = (),
) -> str:  # fmt: skip
    """A network: a circle for each neuron drawn, a line for each weight, its colour the sign and its width the size.

    Parameters
    ----------
    inputs : their names
    units : of each hidden layer and the output the neurons drawn
    links, biases : layer by layer, weights (from, to) row by row
    names : of each of these layers
    more : of each of these layers the neurons that are not drawn
    """
    inputs = [_shortened(name, LONGEST_NAME) for name in inputs]
    counts = [len(inputs), *map(len, units)]
    step = min(STEP, WIDE / len(units))
    left = max(LABEL, CHARACTER * max(map(len, inputs)) + 30)
    places, pitch, height = _columns(counts, left, step)
    ends = [(a, b) for before, after in itertools.pairwise(places) for a in before for b in after]
    parts = [_link(*a, *b, float(weight)) for (a, b), weight in zip(ends, links, strict=True)]
    neurons = list(itertools.chain.from_iterable(places[1:]))
    parts += [_neuron(*place, pitch / 3, 0.0) for place in places[0]]
    parts += [_neuron(*place, pitch / 3, float(bias)) for place, bias in zip(neurons, biases, strict=True)]
    parts += [text(name, x - pitch / 3 - 6, y + 4, "end") for name, (x, y) in zip(inputs, places[0], strict=True)]
    for layer, name in enumerate(names):
        rest = f" (+{more[layer]})" if more and more[layer] else ""
        lower = 15 if step < NARROW and layer % 2 else 0
        parts.append(text(name + rest, left + step * (layer + 1), height - 23 + lower, "middle"))
    return svg(left + step * (len(places) - 1) + 60, height, "Network", parts)


def _columns(counts: Sequence[int], left: float, step: float) -> tuple[list[list[Place]], float, float]:
    """Where the neurons of each layer lie, how far apart they are, and the height of all."""
    pitch = max(13.0, min(34.0, 300 / max(counts)))
    room = pitch * max(counts)
    places = [
        [(left + step * layer, 20 + (room - pitch * count) / 2 + pitch * (row + 0.5)) for row in range(count)]
        for layer, count in enumerate(counts)
    ]
    return places, pitch, room + 65


def _neuron(x: float, y: float, radius: float, bias: float) -> str:
    share = min(1.0, abs(bias) ** 0.5) if np.isfinite(bias) else 0.0
    circle = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}"'
    color = NEGATIVE if bias < 0 else POSITIVE
    return f'{circle} fill="#e8eaeb" stroke="{MUTED}"/>{circle} fill="{color}" fill-opacity="{share:.2f}"/>'


# Pieces ----------------------------------------------------------------------------------------------------


def svg(width: float, height: float, title: str, parts: Sequence[str]) -> str:
    """A drawing of this size."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" role="img" '
        f'aria-label="{escape(title)}" font-family="system-ui, sans-serif" font-size="12">{"".join(parts)}</svg>'
    )


def _link(x0: float, y0: float, x1: float, y1: float, weight: float) -> str:
    if not np.isfinite(weight):
        return ""
    middle = (x0 + x1) / 2
    width, share = 0.3 + 2.5 * min(4.0, abs(weight)) ** 0.5, 0.2 + 0.7 * min(1.0, abs(weight))
    return (
        f'<path d="M{x0:.1f},{y0:.1f}C{middle:.1f},{y0:.1f} {middle:.1f},{y1:.1f} {x1:.1f},{y1:.1f}" fill="none" '
        f'stroke="{NEGATIVE if weight < 0 else POSITIVE}" stroke-width="{width:.1f}" stroke-opacity="{share:.2f}"/>'
    )


def text(words: str, x: float, y: float, anchor: str, color: str = INK) -> str:
    """A line of text."""
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{color}">{escape(words)}</text>'


def _placed(X: NDArray[np.floating], ground: Ground) -> NDArray[np.float64]:
    (a, b), (c, d) = ground.x1, ground.x2
    along = np.column_stack([(X[:, 0] - a) / (b - a), (d - X[:, 1]) / (d - c)]).astype(np.float64)
    return SIDE * along + EDGES[:2]


def path(places: NDArray[np.floating]) -> str:
    """Lines through places (n, 2), with a gap where one is no number."""
    found, command = [], "M"
    for x, y in places.tolist():
        if not (np.isfinite(x) and np.isfinite(y)):
            command = "M"
            continue
        found.append(f"{command}{x:.1f},{y:.1f}")
        command = "L"
    return "".join(found)


def _points(ground: Ground) -> list[str]:
    radius = max(2.2, 4 * min(1.0, float(np.sqrt(350 / max(len(ground.y), 1)))))
    found = []
    colors = point_colors(ground.y, ground.classes, ground.target)
    for place, color, target in zip(_placed(ground.X, ground), colors, ground.y, strict=True):
        inside = (place >= EDGES[:2]) & (place <= np.add(EDGES[:2], SIDE))
        if inside.all():
            corners = place + radius * outline(int(target) % SHAPES if ground.classes else CIRCLE)
            fill = "#" + "".join(f"{part:02x}" for part in color.tolist())
            found.append(f'<path d="{path(corners)}Z" fill="{fill}" stroke="#fff" stroke-width=".8"/>')
    return found


def _across(span: tuple[float, float], width: float, base: float, title: str) -> list[str]:
    left = EDGES[0]
    found = [text(title, left + width, base + 31, "end", MUTED)]
    for value in _ticks(span):
        x = left + width * (value - span[0]) / (span[1] - span[0])
        found.append(f'<path d="M{x:.1f},{base}v4" stroke="{MUTED}"/>')
        found.append(text(_number(value), x, base + 17, "middle", MUTED))
    return found


def _up(span: tuple[float, float], height: float, top: float, title: str, grid: float) -> list[str]:
    left = EDGES[0]
    found = [text(title, 2, top + 12, "start", MUTED)] if title else []
    for value in _ticks(span):
        y = top + height * (1 - (value - span[0]) / (span[1] - span[0]))
        found.append(f'<path d="M{left - 4},{y:.1f}h{grid + 4}" stroke="{GRID}"/>')
        found.append(text(_number(value), left - 7, y + 4, "end", MUTED))
    return found


def _ticks(span: tuple[float, float]) -> list[float]:
    step = round_up((span[1] - span[0]) / 6)
    first = int(np.ceil(span[0] / step - 1e-9))
    return [i * step for i in range(first, int(np.floor(span[1] / step + 1e-9)) + 1)]


def _number(value: float) -> str:
    return f"{value:.6g}".replace("-", "−")


def round_up(least: float) -> float:
    """The least round number that is not below this one."""
    if not least > 0 or not np.isfinite(least):
        return 1.0
    power = 10.0 ** np.floor(np.log10(least))
    return float(next(step for step in TICKS if step * power >= least * (1 - 1e-9)) * power)


def _thinned(x: NDArray[np.floating], y: NDArray[np.floating]) -> tuple[NDArray[np.floating], NDArray[np.floating]]:
    if len(x) <= MOST_VERTICES:
        return x, y
    ends = np.linspace(0, len(x), MOST_VERTICES // 2 + 1).astype(int)
    kept = {0, len(x) - 1}
    for start, end in itertools.pairwise(ends):
        part = np.nan_to_num(y[start:end], nan=0.0)
        kept |= {int(start + part.argmin()), int(start + part.argmax())}
    rows = sorted(kept)
    return x[rows], y[rows]
