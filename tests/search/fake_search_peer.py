"""A server that speaks the live channel's protocol about trials known by formula: the search's peer in tests."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from playground.core.history import FIGURES
from playground.core.search import ENOUGH, STATES
from tests.stage.fake_peer import FakePeer, FakeRun, pack

RATE = {"knob": "learning_rate", "scale": "log", "low": 0.001, "high": 1.0, "labels": []}
WIDTH = {"knob": "width", "scale": "log", "low": 2.0, "high": 16.0, "labels": []}
DEPTH = {"knob": "depth", "scale": "linear", "low": 1.0, "high": 4.0, "labels": []}
ACTIVATION = {"knob": "activation", "scale": "names", "low": 0.0, "high": 2.0, "labels": ["relu", "tanh", "sigmoid"]}
L2 = {"knob": "l2", "scale": "log_with_zero", "low": 1e-5, "high": 0.1, "labels": []}
RUNGS = (34, 100, 300)
UNDER_WAY = 6
"""Trials that have been asked and have not ended."""


@dataclass
class FakeSearch(FakeRun):
    """Trials of which every third goes on to the next rung; a credit is worth `trials_a_frame` of them while it plays.

    Whatever a trial comes to follows from its number alone. Those in `diverging` have diverged; all of them if it is
    "all". A second of its time passes with each frame, `seconds_a_frame` of them.
    """

    knobs: tuple[dict[str, Any], ...] = (RATE, WIDTH, DEPTH, ACTIVATION)
    trials: int = 200
    seconds: int = 60
    seeds: int = 1
    regression: bool = False
    watched: str = "test"
    diverging: Any = ()
    trials_a_frame: int = 4
    seconds_a_frame: float = 1.0
    ended: int = 0
    used: float = 0.0
    links_sent: int = 0
    played: list[int | None] = field(default_factory=list)
    held_at: int | None = None  # more trials do not end

    # ------------------------------------------------------------ what the trials come to

    @property
    def asked(self) -> int:
        return min(self.trials, self.ended + UNDER_WAY)

    def is_lost(self, trial: int) -> bool:
        return self.diverging == "all" or trial in self.diverging

    def rungs_of(self, trial: int) -> int:
        """How many rungs a trial comes to."""
        return 3 if trial % 9 == 4 else 2 if trial % 3 == 1 else 1

    def tried(self) -> np.ndarray:
        """(trials, knobs)."""
        places = np.random.default_rng(0).random((self.trials, len(self.knobs)))[: self.asked]
        columns = []
        for knob, at in zip(self.knobs, places.T, strict=True):
            low, high = knob["low"], knob["high"]
            if knob["scale"] == "names":
                columns.append(np.floor(at * len(knob["labels"])))
            elif knob["scale"] == "linear":
                columns.append(np.floor(low + at * (high - low + 1)))
            else:
                rounded = [float(f"{value:.3g}") for value in low * (high / low) ** at]
                zero = at < 0.2 if knob["scale"] == "log_with_zero" else np.zeros(len(at), bool)
                columns.append(np.where(zero, 0, rounded))
        return np.stack(columns, axis=1)

    def states(self) -> np.ndarray:
        names = [
            "running"
            if trial >= self.ended
            else "diverged"
            if self.is_lost(trial)
            else "complete"
            if self.rungs_of(trial) == 3
            else "pruned"
            for trial in range(self.asked)
        ]
        return np.array([STATES.index(name) for name in names], np.uint8)

    def epochs_of(self) -> np.ndarray:
        return np.array(
            [RUNGS[self.rungs_of(trial) - 1] if trial < self.ended else 0 for trial in range(self.asked)], np.int32
        )

    def figures(self) -> np.ndarray:
        """(trials, seeds, figures): the farther a trial comes and the later it was asked, the better."""
        trial = np.arange(self.asked)[:, None]
        rungs = np.array([[self.rungs_of(each)] for each in range(self.asked)])
        good = 0.55 + 0.1 * rungs + 0.1 * trial / self.trials - 0.01 * np.arange(self.seeds)
        loss = 1.2 * (1 - good)
        share = np.full_like(good, np.nan) if self.regression else good
        found = np.stack([loss, share + 0.01, loss + 0.03, share], axis=-1)
        found[self.ended :] = np.nan
        for each in range(self.asked):
            if self.is_lost(each):
                found[each, :, [0, 2]] = 1e30
                found[each, 0] = np.nan
        return found.astype(np.float32)

    def bests(self) -> list[int]:
        best, found = -1, []
        merits = -self.figures()[:, :, FIGURES.index("val_loss")].mean(axis=1)
        for trial in range(self.asked):
            if trial < self.ended and not self.is_lost(trial) and (best < 0 or merits[trial] > merits[best]):
                best = trial
            found.append(best)
        return found

    def link_of(self, trial: int) -> str:
        values = zip(self.knobs, self.tried()[trial], strict=True)
        named = [(knob["knob"], knob["labels"][int(at)] if knob["labels"] else f"{at:g}") for knob, at in values]
        return "?" + "&".join(f"{name}={text}" for name, text in named)

    # ------------------------------------------------------------ messages

    def standing(self) -> dict[str, Any]:
        course = {"link": "?search", "turns": []}
        return {"state": self.state, "message": self.message, "last_epoch": self.ended, "course": course}

    def hello(self) -> bytes:
        self.links_sent = 0
        header = {
            "type": "search",
            "run": f"run-{self.token}",
            "task": "regression" if self.regression else "classification",
            "watched": self.watched,
            "knobs": list(self.knobs),
            "sampler": "tpe",
            "trials": self.trials,
            "seconds": self.seconds,
            "seeds": self.seeds,
            "rungs": list(RUNGS),
        }
        return pack({**header, **self.standing()}, {})

    def frame(self) -> bytes:
        names = [STATES[state] for state in self.states()]
        first, self.links_sent = self.links_sent, self.asked
        bests = self.bests()
        shares = np.arange(len(self.knobs), 0, -1) / sum(range(len(self.knobs) + 1))
        header = {
            "type": "trials",
            "state": self.state,
            "message": self.message,
            "last_epoch": self.ended,
            "seconds": self.used,
            "counts": {name: names.count(name) for name in STATES},
            "best": bests[-1] if bests and bests[-1] >= 0 else None,
            "links_start": first,
            "links": [self.link_of(trial) for trial in range(first, self.asked)],
            "importance": {knob["knob"]: float(share) for knob, share in zip(self.knobs, shares, strict=True)}
            if self.ended >= ENOUGH
            else {},
        }
        arrays = {
            "values": self.tried(),
            "states": self.states(),
            "epochs": self.epochs_of(),
            "figures": self.figures(),
            "bests": np.array(bests, np.int32),
        }
        return pack(header, {name: np.ascontiguousarray(array) for name, array in arrays.items()})

    # ------------------------------------------------------------ behaviour

    def handle(self, message: dict[str, Any]) -> bytes | None:
        if message["type"] == "play":
            self.played.append(message.get("until"))
            self.until = message.get("until") or self.seconds
            self.received.append((0.0, message))
            if self.ended < self.trials:
                self.state, self.message = "playing", ""
            return self.status()
        if message["type"] == "rewind":
            self.received.append((0.0, message))
            self.state, self.message, self.ended, self.used, self.pending = "ready", "", 0, 0.0, True
            self.links_sent = 0
            return self.status()
        return super().handle(message)

    def advance(self) -> None:
        most = self.trials if self.held_at is None else self.held_at
        self.ended = min(most, self.ended + self.trials_a_frame)
        self.used += self.seconds_a_frame
        lost = sum(map(self.is_lost, range(self.ended)))
        if self.ended < self.trials and self.used < (self.until or self.seconds):
            return
        self.state = "diverged" if lost == self.ended else "finished"
        if self.state == "diverged":
            self.message = (
                f"A search needs trials whose loss stays a number. Got {lost} that have all diverged: "
                "lower the learning rate, or search it."
            )
        elif self.ended < self.trials:
            self.message = f"Its {self.until or self.seconds} seconds are over after {self.ended} trials."


if __name__ == "__main__":
    peer = FakePeer().start()
    searches: dict[str, dict[str, Any]] = {
        "default": {"seconds_per_frame": 0.3, "diverging": (3, 17, 40)},
        "seeds": {"seeds": 3, "knobs": (RATE, L2)},
        "lost": {"diverging": "all", "trials": 30},
        "regression": {"regression": True},
        "most": {"trials": 1000, "trials_a_frame": 100},
    }
    for name, settings in searches.items():
        peer.put(FakeSearch(name, **settings))
        print(f"{peer.url}?component=search&token={name}")
    peer.thread.join()
