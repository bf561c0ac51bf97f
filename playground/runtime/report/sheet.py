"""The file of a report: sections one after the other, none cut by the end of a page where it fits on one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

import numpy as np

Words = Sequence[tuple[str, str]]
"""What is called what: pairs of plain texts."""

LONG = 90
"""Characters of a text that is set over the whole width."""

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
STYLE = """
@page { margin: 14mm 13mm; }
* { box-sizing: border-box; }
html { color-scheme: light; background: #fff; color: #31333f; font: 400 10.5pt/1.4 system-ui, sans-serif; }
body { max-width: 186mm; margin: 0 auto; padding: 10px 12px; }
body { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
h1 { font-size: 17pt; line-height: 1.25; margin: 0 0 2pt; overflow-wrap: anywhere; }
h2 { font-size: 12.5pt; margin: 0 0 5pt; break-after: avoid; }
section { margin: 14pt 0 0; }
section:not([data-long]) { break-inside: avoid; }
p { margin: 0 0 4pt; overflow-wrap: anywhere; }
.quiet { color: #5c6069; }
.quiet:not(:last-child) { break-after: avoid; }
dl { display: grid; grid-template-columns: 1fr 1fr; gap: 2pt 16pt; margin: 0; }
dl > div { display: flex; gap: 7pt; min-width: 0; break-inside: avoid; }
dl > .wide { grid-column: 1 / -1; }
dt { flex: none; color: #5c6069; }
dd { margin: 0; min-width: 0; overflow-wrap: anywhere; }
svg { display: block; width: 100%; height: auto; }
.square svg { width: min(100%, 104mm); margin: 0 auto; }
.network svg { max-height: 190mm; }
figure { margin: 0 0 8pt; break-inside: avoid; }
figcaption { font-weight: 600; }
table { border-collapse: collapse; width: 100%; font-size: 9.5pt; font-variant-numeric: tabular-nums; }
table.of { font-size: 9pt; }
table.of :is(th, td) { padding-inline: 3pt; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
tbody tr:first-child { break-after: avoid; }
th, td { text-align: right; padding: 2pt 5pt; border-bottom: .5pt solid #d3d5da; font-weight: 400; }
th, td { overflow-wrap: break-word; }
td:not(:first-child, :last-child) { white-space: pre; }
td:first-child { overflow-wrap: anywhere; }
th[scope="col"] { color: #5c6069; }
th:first-child, td:first-child, th[scope="row"], th.of { text-align: left; }
.row { display: grid; gap: 4pt; align-items: center; break-inside: avoid; margin-bottom: 4pt; font-size: 9pt; }
.row span { min-width: 0; overflow-wrap: anywhere; }
.row .head { text-align: center; }
.row img { display: block; width: 100%; aspect-ratio: 1; image-rendering: auto; border: .5pt solid #d3d5da; }
.row.flowing { align-items: end; gap: 3mm; margin-bottom: 3mm; }
.row figure { margin: 0; min-width: 0; }
.row figcaption { font-weight: 400; line-height: 1.25; margin-bottom: 1pt; overflow-wrap: anywhere; }
@media print { body { max-width: none; padding: 0; } }
@media (max-width: 600px) { dl { grid-template-columns: 1fr; } section { overflow-x: auto; } }
"""


def sheet(title: str, summary: str, sections: Iterable[str]) -> str:
    """The whole file."""
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title)} – report</title>
<style>{STYLE}</style>
</head>
<body>
<main>
<header><h1>{escape(title)}</h1><p class="quiet">{escape(summary)}</p></header>
{"".join(sections)}
</main>
</body>
</html>
"""


def section(title: str, content: str, *, kind: str = "", long: bool = False) -> str:
    """A section; a long one may go on over the next pages, but between its rows alone."""
    marks = (f' class="{kind}"' if kind else "") + (" data-long" if long else "")
    return f"<section{marks}><h2>{escape(title)}</h2>{content}</section>"


def words(pairs: Words) -> str:
    """A list of what is called what; long texts have a line of their own."""
    return "<dl>" + "".join(map(_pair, pairs)) + "</dl>"


def _pair(pair: tuple[str, str]) -> str:
    name, text = map(escape, pair)
    wide = ' class="wide"' if len(pair[1]) > LONG else ""
    return f"<div{wide}><dt>{name}</dt><dd>{text}</dd></div>"


def table(head: Sequence[str], rows: Iterable[Sequence[str]], names: int = 0) -> str:
    """A table whose head is repeated on each page; the first so many columns say what a row is of."""
    of = ' class="of"'
    top = "".join(f'<th scope="col"{of * (i < names)}>{escape(each)}</th>' for i, each in enumerate(head))
    body = "".join(f"<tr>{_cells(row, names)}</tr>" for row in rows)
    kind = ' class="of"' if names else ""
    return f"<table{kind}><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>"


def _cells(row: Sequence[str], names: int) -> str:
    of = "".join(f'<th scope="row">{escape(each).replace(",", ",<wbr>")}</th>' for each in row[:names])
    return of + "".join(f"<td>{escape(each)}</td>" for each in row[names:])


def loss(value: float | None) -> str:
    """A loss as the page shows it."""
    if value is None or not np.isfinite(value):
        return "–"
    if value >= 1e4 or 0 < value < 1e-4:
        digits, power = f"{value:.2e}".split("e")
        return f"{digits}e{int(power):+d}"
    return f"{value:.{1 if value >= 100 else 2 if value >= 10 else 4}f}"


def share(value: float | None) -> str:
    """An accuracy as the page shows it."""
    return "–" if value is None or not np.isfinite(value) else f"{100 * value:.1f} %"


def whole_link(link: str, address: str) -> str:
    """The link of a run, with the address of the page in front where that is known."""
    known = address.startswith(("https://", "http://"))
    return address.split("?")[0].split("#")[0] + link if known else link
