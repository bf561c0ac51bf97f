"""The training of a wall: its parts in step, and what they leave behind."""

from __future__ import annotations

import pickle
import secrets
import time
from collections.abc import Callable, Hashable, Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from playground.core.history import FIGURES, History
from playground.runtime.engine import Floats32
from playground.runtime.jobs.handed_on import HandedOn
from playground.runtime.jobs.job import Kept
from playground.runtime.jobs.trained import trained
from playground.runtime.jobs.wall.member import Member
from playground.runtime.jobs.wall.plan import State
from playground.runtime.limits import Limits
from playground.runtime.protocol.wall import ENDS

DIVERGED = ENDS.index("diverged")


class WallTraining:
    """The parts of a wall in step.

    Attributes
    ----------
    key : of what is kept of it
    history : of each epoch the weights of all parts in a row, and the figures of all networks
    newest : the newest epoch that all have come to; -1 before the untrained networks have their figures
    ends, epochs : (networks,), why each has ended by then, a number of ENDS, and the newest epoch that it has
    """

    def __init__(self, parts: Sequence[Member], networks: int, limits: Limits, kept: Kept | None = None) -> None:
        self._parts, self.networks, self._limits = list(parts), networks, limits
        self._clock: Callable[[], float] = time.monotonic
        self._seconds = 0.0
        self._begin_anew()
        if kept is not None:
            self._restore(kept)

    def _begin_anew(self) -> None:
        self.key = secrets.token_hex(8)
        self.history = History(self._limits.wall_history_bytes, 1 + self.networks * len(FIGURES))
        self._handed_on = HandedOn(2 * self._limits.wall_history_bytes)
        self.newest = -1
        self.ends = np.zeros(self.networks, np.uint8)
        self.epochs = np.zeros(self.networks, np.int32)
        self.whole = False
        """Whether no part has been trained beyond the newest epoch."""
        self._saved: Hashable = None

    def _restore(self, kept: Kept) -> None:
        self.key = kept.key
        state: State = pickle.loads(kept.state)
        self._seconds = state.seconds
        self.history = History.restore(kept.logs, self._limits.wall_history_bytes)
        self.newest = self.history.kept_epochs[-1]
        self.whole = True
        for part, arrays in zip(self._parts, state.arrays, strict=True):
            part.n_arrays = arrays

    def rewind(self) -> None:
        """Back to the untrained networks, and as much time again."""
        for part in self._parts:
            part.rewind()
        self._seconds = 0.0
        self._begin_anew()

    @property
    def waiting(self) -> int:
        """Networks that cannot be trained yet."""
        return sum(len(part.places) for part in self._parts if part.waits)

    def take(self) -> bool:
        """Let one part take what has come for it; whether something had."""
        for part in self._parts:
            if part.take():
                if part.begun:  # it goes on from a checkpoint
                    self._note_ends(part)
                return True
        return False

    def _note_ends(self, part: Member) -> None:
        self.ends[part.places], self.epochs[part.places] = part.ends, part.epochs

    @property
    def ready(self) -> bool:
        """Whether all networks have come to the newest epoch, and can go on from it."""
        return self.newest >= 0 and not self.waiting

    @property
    def ended(self) -> bool:
        """Whether none has anything left to train."""
        return self.ready and (self.worn or all(part.begun and part.ended for part in self._parts))

    @property
    def worn(self) -> bool:
        """Whether it has had all the time that a run may have."""
        return self._seconds > self._limits.training_seconds

    @property
    def diverged(self) -> int:
        """How many networks have diverged."""
        return int(np.count_nonzero(self.ends == DIVERGED))

    def can_advance(self) -> bool:
        """Whether some part has something to do on the way to the next epoch."""
        return any(not part.waits and not self._has_arrived(part) for part in self._parts)

    def advance(self) -> bool:
        """One slice of one part that is behind; whether all have come to a new epoch with it."""
        behind = [part for part in self._parts if not part.waits and not self._has_arrived(part)]
        if behind:
            self.whole = False
            self._timed(behind[0])
            behind = behind if not self._has_arrived(behind[0]) else behind[1:]
        if behind or self.waiting:
            return False
        self._record()
        return True

    def _has_arrived(self, part: Member) -> bool:
        return part.begun and (part.epoch > self.newest or part.ended)

    def _timed(self, part: Member) -> None:
        began, before = self._clock(), sum(part.epochs) if part.begun else None
        try:
            part.advance()
        finally:
            self._seconds += self._clock() - began
        if before is not None:
            trained.add(sum(part.epochs) - before)

    def _record(self) -> None:
        figures = np.full((self.networks, len(FIGURES)), np.nan)
        for part in self._parts:
            figures[part.places] = part.figures
            self._note_ends(part)
        self.newest += 1
        weights = [part.weights for part in self._parts]
        for part, arrays in zip(self._parts, weights, strict=True):
            part.n_arrays = len(arrays)
        self.history.append(self.newest, [*chain(*weights)], [self.newest, *figures.ravel()])
        self.whole = True

    # What is seen of it --------------------------------------------------------------------------------------------

    def figures(self, start: int, most: int) -> NDArray[np.float32]:
        """(epochs, networks, figures) of at most so many epochs from `start` on."""
        rows = self.history.curves(start)[:most, 1:]
        return rows.reshape(len(rows), self.networks, len(FIGURES))

    def weights_at(self, epoch: int) -> tuple[int, list[tuple[Member, list[Floats32]]]]:
        """The epoch nearest to this one whose weights are kept, and those of each part that has any."""
        if self.newest < 0 or not len(self.history):
            return 0, [(part, part.weights) for part in self._parts if part.can_be_seen]
        kept, arrays = self.history.weights_at(epoch)
        found, at = [], 0
        for part in self._parts:
            if part.can_be_seen:
                found.append((part, arrays[at : at + part.n_arrays]))
            at += part.n_arrays
        return kept, found

    def network_weights(self) -> dict[int, Sequence[NDArray[np.float32]]]:
        """Of each network that has any the weights of the newest epoch, in real shapes."""
        begun = [part for part in self._parts if part.begun]
        return {place: own for part in begun for place, own in zip(part.places, part.of_each, strict=True)}

    # What is kept of it --------------------------------------------------------------------------------------------

    def changes(self) -> tuple[bytes, bytes, bool] | None:
        """The state, the history since the last call, and whether that is all of it; None when nothing has changed."""
        if self._saved == self.newest:
            return None
        checkpoints = [part.checkpoint() for part in self._parts]
        state = pickle.dumps(State(checkpoints, [part.n_arrays for part in self._parts], self._seconds))
        log, whole = self._handed_on.next(self.history)
        self._saved = self.newest
        return state, log, whole
