"""What is wrong with the networks of a wall: each thing once, with those that have it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from html import escape
from typing import NamedTuple

from playground.core.diagnosis import Finding
from playground.runtime.wall_plan import WallPlan

MOST_NAMED = 12
"""Cells that are told by their names."""
BY_CURVES = (
    "By the curves alone. Of a network that is opened in Play, Diagnosis looks into the layers too, for dead units and "
    "vanishing gradients."
)


class Of(NamedTuple):
    """A network, and a finding on it."""

    network: int
    finding: Finding


def diagnosis_of(plan: WallPlan, findings: Sequence[Sequence[Finding]]) -> Iterator[str]:
    """Of each network the findings on it, as paragraphs."""
    by_kind: dict[str, list[Of]] = {}
    for network, found in enumerate(findings):
        for finding in found:
            by_kind.setdefault(finding.kind, []).append(Of(network, finding))
    if not by_kind:
        yield "<p>Nothing seems to be wrong.</p>"
    for kind, found_in in by_kind.items():
        title = f"{kind.replace('_', ' ').capitalize()}: {len(found_in)} of {len(findings)} networks"
        yield f'<div style="break-inside:avoid">{_paragraphs(plan, title, found_in)}</div>'
    yield f'<p class="quiet">{BY_CURVES}</p>'


def _paragraphs(plan: WallPlan, title: str, found: Sequence[Of]) -> str:
    """Which networks have it, and what was seen of the first of them."""
    first, of = found[0].finding, f"Of {plan.members[found[0].network]}: " if len(found) > 1 else ""
    return (
        f"<p><strong>{escape(title)}</strong> ({escape(_listed(plan, found))}).</p>"
        f"<p>{escape(of + first.sentence)} {escape(first.figure)} {escape(first.advice)}</p>"
    )


def _listed(plan: WallPlan, found: Sequence[Of]) -> str:
    """The cells that have it, and with how many of their seeds."""
    seeds = plan.hello["seeds"]
    counts = Counter(each.network // seeds for each in found)
    names = [plan.names[cell] + (f" ({count} of {seeds} seeds)" if seeds > 1 else "") for cell, count in counts.items()]
    more = len(names) - MOST_NAMED
    return "; ".join([*names[:MOST_NAMED], *([f"{more} more"] if more > 0 else [])])
