"""How many epochs this process has trained, which a worker tells with every sign of life."""

from __future__ import annotations


class Trained:
    """A count that only grows. A worker is a process, and trains in one thread, so one is enough for all its jobs."""

    def __init__(self) -> None:
        self.epochs = 0

    def add(self, epochs: int) -> None:
        """So many more; of networks that train in step each counts."""
        self.epochs += epochs


trained = Trained()
