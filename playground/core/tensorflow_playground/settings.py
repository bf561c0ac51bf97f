"""Each setting of a link as the value that it stands for; what is refused stays what it is by default there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar
from zlib import crc32

from playground.core import knobs
from playground.core.parts import MAX_HIDDEN_LAYERS, MAX_SEED, MAX_UNITS
from playground.core.words import looks_like_a_number, number, quoted

Choice = TypeVar("Choice")
LONGEST_NUMBER = 40
SEEDS = 100_000
"""It draws a number below 1 as a seed, of five digits."""
MOST_NOISE, NOISE_BEYOND = 80, 50
"""Percent; of more it makes 50."""


class Settings:
    """What a link says.

    Attributes
    ----------
    refused : a sentence for each value that was asked for and is none: the rule, and the value
    """

    def __init__(self, values: Mapping[str, str]) -> None:
        self._values = values
        self.refused: list[str] = []

    def text(self, name: str) -> str:
        """What stands there, as it is; empty where nothing does."""
        return self._values.get(name, "")

    def choice(self, name: str, choices: Mapping[str, Choice], default: str) -> Choice:
        """One of some names, as what it stands for."""
        if name in self._values and self._values[name] not in choices:
            self._refuse(name, f"one of {', '.join(choices)}")
        return choices.get(self._values.get(name, default), choices[default])

    def truth(self, name: str, default: bool = False) -> bool:
        """On or off. There whatever is not `false` is true."""
        if not self._values.get(name, "").strip():
            return default
        if self._values[name] not in ("true", "false"):
            self._refuse(name, "true or false", "It is taken for true, as there.")
        return self._values[name] != "false"

    def number(self, name: str, default: float, least: float, most: float, above: bool = False) -> float:
        """A number from `least` (with `above`: from above it) to `most`."""
        if name not in self._values:
            return default
        value = _number(self._values[name])
        if value is not None and (least < value if above else least <= value) and value <= most:
            return value
        self._refuse(name, f"in {'(' if above else '['}{number(least)}, {number(most)}]")
        return default

    def whole_number(self, name: str, default: int, least: int, most: int) -> int:
        """A whole number from `least` to `most`."""
        if name not in self._values:
            return default
        value = _number(self._values[name])
        if value is not None and value == int(value) and least <= value <= most:
            return int(value)
        self._refuse(name, f"a whole number in [{least}, {most}]")
        return default

    def noise(self) -> float:
        """As a share. Beyond the ends of its range it is what it becomes there."""
        value = _number(self._values.get("noise", "0"))
        if value is not None and 0 <= value <= MOST_NOISE:
            return value / 100
        taken = NOISE_BEYOND if value is not None and value > MOST_NOISE else 0
        self._refuse("noise", f"in [0, {MOST_NOISE}]", f"It is taken for {taken}.")
        return taken / 100

    def network_shape(self, default: tuple[int, ...]) -> tuple[int, ...]:
        """The widths of the hidden layers; nothing stands for none of them."""
        text = self._values.get("networkShape")
        if text is None:
            return default
        widths = [_number(width) for width in text.split(",", MAX_HIDDEN_LAYERS)] if text else []
        if len(widths) <= MAX_HIDDEN_LAYERS and all(
            width is not None and width == int(width) and 1 <= width <= MAX_UNITS for width in widths
        ):
            return tuple(int(width or 0) for width in widths)
        self._refuse("networkShape", f"none or up to {MAX_HIDDEN_LAYERS} whole numbers in [1, {MAX_UNITS}]")
        return default

    def seed(self) -> int:
        """A whole number for the text that it has: the digits of 0.12345, and something of any other text."""
        text = self.text("seed")
        value = _number(text)
        if value is not None and 0 <= value < 1:
            return round(value * SEEDS)
        if value is not None and value == int(value) and 0 <= value <= MAX_SEED:
            return int(value)
        return crc32(text.encode("utf-8", "replace")) % MAX_SEED if text else int(knobs.default("seed"))

    def _refuse(self, name: str, allowed: str, then: str = "") -> None:
        sentence = f"{name} must be {allowed}. Got {quoted(self._values[name])}."
        self.refused.append(f"{sentence} {then}".strip())


def _number(text: str) -> float | None:
    """The number that a text stands for; None where it stands for none that is finite."""
    text = text.strip()
    if len(text) > LONGEST_NUMBER or not looks_like_a_number(text):
        return None
    value = float(text)
    return value if abs(value) < float("inf") else None
