"""When a training has come to its end: after its epochs, or by early stopping."""

from __future__ import annotations

from dataclasses import replace

from playground.core.parts import Train
from playground.engine.epoch import Ended, Epoch, Patience


class Stopping:
    """The end of one training.

    Attributes
    ----------
    train : what it is trained by
    patience : how far early stopping has come
    """

    def __init__(self, train: Train, patience: Patience = Patience()) -> None:  # noqa: B008  a value
        self.train, self.patience = train, patience

    def after(self, epoch: int, val_loss: float, newest: Epoch | None = None) -> Ended | None:
        """Why it ends after this epoch, or None; to be asked once an epoch, of one with finite losses.

        Parameters
        ----------
        newest : the epoch, where the best one is to be restored
        """
        if self.train.patience and self._is_lost(val_loss, newest):
            return "early_stopping"
        return "finished" if epoch >= self.train.epochs else None

    def _is_lost(self, val_loss: float, newest: Epoch | None) -> bool:
        """Early stopping as `keras.callbacks.EarlyStopping` watches val_loss; it does not see epoch 0."""
        if val_loss + self.train.min_delta < self.patience.least:
            self.patience = Patience(val_loss, newest if self.train.restore_best else None, 0)
            return False
        self.patience = replace(self.patience, waited=self.patience.waited + 1)
        return self.patience.waited >= self.train.patience
