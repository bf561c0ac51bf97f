"""A challenge."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Challenge:
    """A challenge."""

    kind: str
    target: float = 0.0
    seed: int = 0

    @classmethod
    def from_texts(cls, texts: Mapping[str, str]) -> Challenge:
        """From texts."""
        return cls(texts.get("kind", ""))

    def to_texts(self) -> dict[str, str]:
        """As texts."""
        return {"kind": self.kind}

    @property
    def title(self) -> str:
        """A title."""
        return self.kind

    @property
    def sentence(self) -> str:
        """A sentence."""
        return self.kind

    def better(self, one: float, other: float) -> bool:
        """Whether one is better."""
        return one > other
