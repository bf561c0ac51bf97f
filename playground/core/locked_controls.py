"""Knobs that a link may lock: `lock=learning_rate,dataset`. They are shown and stay as the link has them."""

from __future__ import annotations

from collections.abc import Mapping

from playground.core import knobs, named_controls

NAME = "lock"
WEIGHTS = "weights"
"""Those of the network, which are edited by hand otherwise."""
CONTROLS: tuple[str, ...] = (*knobs.PART_OF, WEIGHTS)
RULE = f"{NAME} must be knobs, or {WEIGHTS}"


def read(query: Mapping[str, str | list[str]]) -> tuple[tuple[str, ...], list[str]]:
    """What the query of a link locks, each once, and a sentence for what of it is refused.

    Never raises, whatever strings the query holds.
    """
    return named_controls.read(NAME, query, CONTROLS, RULE)


def write(locked: tuple[str, ...]) -> dict[str, str]:
    """What a link says of it; nothing where nothing is locked."""
    return named_controls.write(NAME, locked)
