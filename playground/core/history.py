"""What is remembered of a run: its weights at many epochs and its curves at every epoch."""

from __future__ import annotations

import itertools
import json
import math
import struct
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

CURVES: tuple[str, ...] = ("epoch", "loss", "accuracy", "val_loss", "val_accuracy", "learning_rate")
"""The columns of the curves."""
FIGURES: tuple[str, ...] = CURVES[1:5]
"""Those of them that say how good a network is."""
CHUNK_BYTES = 1 << 18


class Best(NamedTuple):
    """The epoch with the least loss of the part watched."""

    epoch: int
    loss: float


def best_of(curves: Floats) -> Best | None:
    """The best epoch of (n, 6) curves; None where no loss is a number."""
    losses = curves[:, CURVES.index("val_loss")]
    if not np.isfinite(losses).any():
        return None
    row = int(np.nanargmin(np.where(np.isfinite(losses), losses, np.nan)))
    return Best(int(curves[row, 0]), float(losses[row]))


class Mark(NamedTuple):
    """How far a history has been handed on: what `changes_since` gives and takes."""

    generation: int
    rows: int
    curves: int
    full: bool
    """The bytes that came with this mark hold everything: earlier ones are no longer needed."""

    def without_newest(self) -> Mark:
        """As if the newest epoch had not been handed on."""
        return self._replace(rows=max(self.rows - 1, 0), curves=max(self.curves - 1, 0))


class _Rows:
    """A growing float32 matrix, in chunks so that growing copies nothing."""

    def __init__(self, width: int) -> None:
        self.width = width
        self._chunk_rows = max(1, min(256, CHUNK_BYTES // max(4 * width, 1)))
        self._chunks: list[Floats] = []
        self._length = 0

    def __len__(self) -> int:
        return self._length

    def __getitem__(self, index: int) -> Floats:
        chunk, row = divmod(index, self._chunk_rows)
        values: Floats = self._chunks[chunk][row]
        return values

    def add(self) -> Floats:
        """A new last row, to be filled in."""
        if self._length == len(self._chunks) * self._chunk_rows:
            self._chunks.append(np.empty((self._chunk_rows, self.width), np.float32))
        self._length += 1
        return self[self._length - 1]

    def truncate(self, length: int) -> None:
        self._length = min(length, self._length)
        del self._chunks[-(-self._length // self._chunk_rows) :]

    def keep(self, indices: Sequence[int]) -> None:
        """Only the rows at these rising indices, moved up in place."""
        for to, index in enumerate(indices):
            self[to][:] = self[index]
        self.truncate(len(indices))

    def since(self, start: int) -> Floats:
        """A copy of the rows from `start` on, (rows, width)."""
        chunk, row = divmod(min(start, self._length), self._chunk_rows)
        chunks = [np.empty((0, self.width), np.float32), *self._chunks[chunk:]]
        return np.concatenate(chunks)[row : self._length - chunk * self._chunk_rows]

    def extend(self, rows: Floats) -> None:
        for row in rows:
            self.add()[:] = row


class History:
    """Weights and curves of one run, in rising epochs.

    Weights are kept within a budget: when they exceed it, only every 2nd epoch is kept, then every 4th, and
    so on, but always the first and the newest. Curves are never thinned.

    Parameters
    ----------
    budget_bytes : what all kept weights may take; the first and the newest are kept in any case.
    columns : figures of an epoch, the first of which is its number
    """

    def __init__(self, budget_bytes: int, columns: int = len(CURVES)) -> None:
        self.budget_bytes = budget_bytes
        self._columns = columns
        self._generation = 0
        self._forget()

    def __len__(self) -> int:
        """Number of epochs whose weights are kept."""
        return len(self._epochs)

    @property
    def kept_epochs(self) -> tuple[int, ...]:
        """The epochs whose weights are kept, rising."""
        return tuple(self._epochs)

    def keeps(self, epoch: int) -> bool:
        """Whether the weights of this very epoch are kept."""
        place = bisect_right(self._epochs, epoch)
        return place > 0 and self._epochs[place - 1] == epoch

    def clear(self) -> None:
        """Forget everything, as for a run that starts again."""
        self._generation += 1
        self._forget()

    def forget_after(self, epoch: int) -> None:
        """Forget the epochs above `epoch`, as for a run that goes on from there."""
        rows = bisect_right(self._epochs, epoch)
        curves = int(np.count_nonzero(self._curves.since(0)[:, 0] <= epoch))
        if curves < len(self._curves):
            self._generation += 1
            del self._epochs[rows:]
            self._rows.truncate(rows)
            self._curves.truncate(curves)

    def append(self, epoch: int, weights: Sequence[NDArray[np.floating]], curve_row: Sequence[float]) -> None:
        """Remember an epoch.

        Parameters
        ----------
        weights : the model's arrays; each epoch has the same shapes. They are copied.
        curve_row : the figures; of a run, those that `CURVES` names.

        Raises
        ------
        ValueError
            When the epoch is not above the newest one.
        """
        if self._epochs and epoch <= self._epochs[-1]:
            raise ValueError(f"epoch must be above the newest one, {self._epochs[-1]}. Got {epoch}.")
        if not self._epochs:
            self._set_shapes([w.shape for w in weights])
        with np.errstate(over="ignore"):  # a diverging loss may leave float32
            self._curves.add()[:] = curve_row
        if self._newest_is_extra():
            row = self._rows[len(self._rows) - 1]
            self._epochs[-1] = epoch
        else:
            row = self._rows.add()
            self._epochs.append(epoch)
        self._fill(row, weights)
        self._thin()

    def replace_newest(self, weights: Sequence[NDArray[np.floating]], curve_row: Sequence[float]) -> None:
        """Other weights and figures for the newest epoch, as for a network changed by hand.

        Who has been handed the newest epoch gets it anew with its mark's `without_newest`.

        Raises
        ------
        LookupError
            When nothing is remembered.
        """
        if not self._epochs:
            raise LookupError("a history must hold an epoch. Got an empty one.")
        self._fill(self._rows[len(self._rows) - 1], weights)
        with np.errstate(over="ignore"):
            self._curves[len(self._curves) - 1][:] = curve_row

    def weights_at(self, epoch: int) -> tuple[int, list[Floats]]:
        """The kept epoch nearest below or at `epoch` (else the first one) and a copy of its weights.

        Raises
        ------
        LookupError
            When nothing is remembered.
        """
        if not self._epochs:
            raise LookupError("a history must hold an epoch. Got an empty one.")
        index = max(bisect_right(self._epochs, epoch) - 1, 0)
        flat = self._rows[index].copy()
        return self._epochs[index], [
            flat[at].reshape(shape) for at, shape in zip(self._places, self._shapes, strict=True)
        ]

    def figures_of(self, epoch: int) -> list[float]:
        """The figures of an epoch, by default those that `CURVES` names."""
        figures: list[float] = self._curves[epoch].tolist()
        return figures

    def curves(self, start: int = 0) -> Floats:
        """The curves from row `start` on, (epochs, columns) float32, by default with the columns `CURVES`."""
        return self._curves.since(start)

    def changes_since(self, mark: Mark | None) -> tuple[bytes, Mark]:
        """What a reader who has everything up to `mark` lacks, and the mark it will then have.

        After a thinning, or without a mark, that is everything and the new mark says `full`.
        """
        full = mark is None or mark.generation != self._generation
        rows, curves = (0, 0) if mark is None or full else (mark.rows, mark.curves)
        header = {
            "full": full,
            "generation": self._generation,
            "stride": self._stride,
            "shapes": self._shapes,
            "rows": rows,
            "epochs": self._epochs[rows:],
            "curves": curves,
            "columns": self._columns,
        }
        text = json.dumps(header).encode()
        body = self._rows.since(rows).tobytes() + self._curves.since(curves).tobytes()
        lasting = len(self._rows) - self._newest_is_extra()  # the extra row will be overwritten
        return struct.pack("<I", len(text)) + text + body, Mark(self._generation, lasting, len(self._curves), full)

    @classmethod
    def restore(cls, blobs: Sequence[bytes], budget_bytes: int) -> History:
        """The history whose changes were handed on as `blobs`, oldest first. Its marks stay valid."""
        history = cls(budget_bytes)
        for blob in blobs:
            history._apply(blob)
        history._thin()
        return history

    def _forget(self) -> None:
        self._stride = 1
        self._epochs: list[int] = []
        self._curves = _Rows(self._columns)
        self._set_shapes([])

    def _set_shapes(self, shapes: Sequence[Sequence[int]]) -> None:
        self._shapes = [tuple(shape) for shape in shapes]
        ends = np.cumsum([0, *(math.prod(shape) for shape in self._shapes)]).tolist()
        self._places = [slice(*ends) for ends in itertools.pairwise(ends)]
        self._rows = _Rows(ends[-1])

    def _fill(self, row: Floats, weights: Sequence[NDArray[np.floating]]) -> None:
        for array, at in zip(weights, self._places, strict=True):
            row[at] = array.ravel()

    def _on_stride(self, epoch: int) -> bool:
        return (epoch - self._epochs[0]) % self._stride == 0

    def _newest_is_extra(self) -> bool:
        """Whether the newest epoch is kept only because it is the newest."""
        return bool(self._epochs) and not self._on_stride(self._epochs[-1])

    def _thin(self) -> None:
        most = max(2, self.budget_bytes // max(4 * self._rows.width, 1))
        while len(self._epochs) > most:
            self._generation += 1
            self._stride *= 2
            last = len(self._epochs) - 1
            kept = [i for i, epoch in enumerate(self._epochs) if i == last or self._on_stride(epoch)]
            self._rows.keep(kept)
            self._epochs = [self._epochs[i] for i in kept]

    def _apply(self, blob: bytes) -> None:
        (length,) = struct.unpack_from("<I", blob)
        header = json.loads(blob[4 : 4 + length])
        if header["full"]:
            self._columns = header["columns"]
            self._forget()
        if not self._epochs:
            self._set_shapes(header["shapes"])
        self._generation, self._stride = header["generation"], header["stride"]
        values = np.frombuffer(blob, np.float32, offset=4 + length)
        n_weights = len(header["epochs"]) * self._rows.width
        self._epochs[header["rows"] :] = header["epochs"]
        self._rows.truncate(header["rows"])
        self._rows.extend(values[:n_weights].reshape(len(header["epochs"]), self._rows.width))
        self._curves.truncate(header["curves"])
        self._curves.extend(values[n_weights:].reshape(-1, self._columns))
