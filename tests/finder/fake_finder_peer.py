"""A server that speaks the live channel's protocol about analytic losses of a range test: the peer in tests."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from playground.core.rate_finder import found_rates, published_rates, range_test_rates
from tests.stage.fake_peer import FakePeer, FakeRun, pack

SEEDS = 8


@dataclass
class FakeTest(FakeRun):
    """Networks whose loss falls about the rate 0.03 and explodes above 1; those in `diverging` have none from there.

    A credit is worth `points_a_frame` points while it trains.
    """

    state: str = "playing"
    published: bool = False
    planned: int = 2400
    reached: int = 0
    points_a_frame: int = 400
    held_at: int | None = None  # it trains no further
    diverging: dict[int, int] = field(default_factory=dict)  # from which point on each network has no loss

    @property
    def rates(self) -> np.ndarray:
        return published_rates(self.planned) if self.published else range_test_rates(count=self.planned)

    def losses(self) -> np.ndarray:
        """(seeds, points so far)."""
        rates = self.rates[: self.reached]
        fall = 0.65 / (1 + (rates / 0.03) ** 1.6)
        rise = np.minimum((rates / 1.2) ** 4, 1e6)
        noise = np.random.default_rng(0).normal(1, 0.12, (SEEDS, self.planned))[:, : self.reached]
        losses = ((0.05 + fall + rise) * noise).astype(np.float32)
        for seed, point in self.diverging.items():
            losses[seed, point:] = np.nan
        return losses

    def standing(self) -> dict[str, Any]:
        course = {"link": "?", "turns": []}
        return {"state": self.state, "message": self.message, "last_epoch": 0, "course": course}

    def hello(self) -> bytes:
        rates = self.rates
        span = {"least": float(rates[0]), "most": float(rates[-1])}
        header = {"type": "rates", "run": f"run-{self.token}", "seeds": SEEDS, "planned": self.planned, **span}
        return pack({**header, "published": self.published, **self.standing()}, {})

    def frame(self) -> bytes:
        losses = self.losses()
        found = found_rates(self.rates, losses)
        curves = {"median": found.median, "smoothed": found.smoothed, "low": found.low, "high": found.high}
        arrays = {name: values.astype(np.float32) for name, values in curves.items()}
        standing = {"state": self.state, "message": self.message, "last_epoch": 0}
        header = {"type": "losses", **standing, "points": self.reached, "suggested": found.suggested}
        return pack(header, {"rates": self.rates[: self.reached], "losses": losses, **arrays})

    def advance(self) -> None:
        end = self.planned if self.held_at is None else self.held_at
        self.reached = min(end, self.reached + self.points_a_frame)
        if self.reached == self.planned:
            self.state = "finished"

    async def serve(self, websocket: Any) -> None:
        if self.held_at is not None and self.reached >= self.held_at:
            self.state = "paused"
        await super().serve(websocket)


if __name__ == "__main__":
    peer = FakePeer().start()
    tests: dict[str, dict[str, Any]] = {
        "default": {"seconds_per_frame": 0.3},
        "diverged": {"diverging": {1: 2000, 4: 2100, 6: 2200}},
        "published": {"published": True, "planned": 500},
    }
    for name, settings in tests.items():
        peer.put(FakeTest(name, **settings))
        print(f"{peer.url}?component=finder&token={name}")
    peer.thread.join()
