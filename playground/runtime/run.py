"""One run inside a worker: a trainer, its history, and what its page wants to see."""

from __future__ import annotations

import logging
import pickle
import time
from collections import Counter
from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from playground.core.experiment import Experiment
from playground.core.history import History
from playground.runtime import messages, views
from playground.runtime.diagram import Diagram, focus_piece
from playground.runtime.limits import Limits
from playground.runtime.messages import AS_FAST_AS_IT_GOES, Edit, Focus, Show
from playground.runtime.mistakes import mistakes
from playground.runtime.quantised import quantised
from playground.runtime.scene import first_view
from playground.runtime.snapshot import Snapshot

FRAME_SECONDS = 0.03
"""At full speed a frame is due this often: more would only take time from training."""
LEAD_SECONDS = 0.25
"""At full speed training may go on this long without a credit, to bridge the page's painting."""
VIEW_SECONDS = 0.15
"""While a network trains, a view is sent this often at most,"""
VIEW_SHARE = 0.2
"""and may take this share of the time."""
COSTLY_SECONDS = 0.15
"""Views that take longer keep to their share at rest, too."""
MAX_CREDITS = 4
SLICE_SECONDS = 0.02

Range = tuple[float, float]

log = logging.getLogger(__name__)


class Run:
    """A run as its worker sees it. `turn` does one bounded piece of work; everything else only sets what is wanted."""

    def __init__(self, engine: Any, program: Any, experiment: Experiment, saved: list[bytes], limits: Limits) -> None:
        self.experiment = experiment
        self.playing = False
        self.epochs_per_frame = 1
        self.credits = 0
        self._engine = engine
        self._program = program
        self._limits = limits
        self._steps_wanted = 0
        self._epochs_since_frame = 0
        self._last_frame = 0.0
        self._shown: int | None = None
        self._rows_sent = 0
        self._dirty = True
        """The page does not show what it should."""
        self._urgent = True
        """And it must not wait for more epochs."""
        self._view = first_view(experiment.data)
        self._show = Show(type="show")
        self._focus: Focus | None = None
        self._diagram = Diagram()
        self._hidden = False
        self._page_has_drawn = True
        """The page is ready for another view."""
        self._view_sent: tuple[Any, ...] | None = None
        self._view_cost = self._view_done_at = 0.0
        """Seconds that the last view took, and when it was there."""
        self.computed: Counter[str] = Counter()
        """How often each view has been computed: what is not shown is not."""
        self._start(saved)

    def _start(self, saved: list[bytes]) -> None:
        start: tuple[Any, float, bool] = pickle.loads(saved[0]) if saved else (None, 0.0, False)
        checkpoint, self._seconds_trained, self.edited = start
        self._edits = 0
        self._memory: dict[Any, Any] = {}
        self._diagram.forget()
        self._trainer = self._engine.Trainer(self.experiment, self._program, checkpoint)
        self._slices: Iterator[Any] = self._trainer.slices(SLICE_SECONDS)
        self._touched = bool(saved)
        if saved:
            self.history = History.restore(saved[1:], self._limits.history_bytes)
            self.history.forget_after(self._trainer.last_epoch)
            self._show_the_best()
            self.adjust(self.experiment)  # its rates may be newer than the checkpoint
        else:
            self.history = History(self._limits.history_bytes)
            self._record(self._trainer.current)

    # What the page wants -------------------------------------------------------------------------------------------

    def play(self, epochs_per_frame: int) -> None:
        """Train from the newest epoch on."""
        self.epochs_per_frame = epochs_per_frame
        self.playing = self._ended is None
        self._look_at(None)

    def pause(self) -> None:
        """Stop training, and forget steps asked for."""
        if self.playing:
            self._show_now()  # the page may have passed over the newest frame
        self.playing = False
        self._steps_wanted = 0

    def step(self) -> None:
        """Train one epoch."""
        self.playing = False
        self._look_at(None)
        if self._ended is None:
            self._steps_wanted += 1

    def rewind(self) -> bool:
        """Back to epoch 0 and the same initial weights; whether anything had been trained."""
        self.pause()
        self._shown = None
        self._rows_sent = 0
        self._show_now()
        was_trained = self._touched
        if was_trained:
            self._slices.close()  # type: ignore[attr-defined]
            self._start([])
        return was_trained

    def scrub(self, epoch: int) -> None:
        """Pause and show an epoch trained before."""
        self.pause()
        self._look_at(epoch if epoch < self.last_epoch else None)

    def look(self, x1: Range, x2: Range) -> None:
        """Show another range of the plane."""
        self._view = (x1, x2)
        self._show_now()

    def show(self, wanted: Show) -> None:
        """Compute another view from now on, or none."""
        before, self._show = self._show, wanted
        self._page_has_drawn, self._view_sent = True, None
        self._view_cost = min(self._view_cost, VIEW_SHARE * VIEW_SECONDS)
        if (before.view, before.option, before.rings) != (wanted.view, wanted.option, wanted.rings):
            self._show_now()

    def viewed(self) -> None:
        """The page has drawn the view it was sent."""
        self._page_has_drawn = True

    def focus(self, wanted: Focus | None) -> None:
        """Send the map of one neuron with each frame, or of none."""
        if wanted != self._focus:
            self._focus = wanted
            self._show_now()

    def edit(self, wanted: Edit) -> str:
        """Set one weight of the newest network; a sentence when that is refused, else an empty one."""
        if self._shown is not None:
            return "Weights can be edited at the newest epoch only. Move the scrubber to its end."
        weights = self.history.weights_at(self.last_epoch)[1]
        layers = self._engine.dense_weights(self.experiment, weights)
        if wanted.layer > len(layers):
            return f"layer must be in [1, {len(layers)}]. Got {wanted.layer}."
        place, kernel, _bias = layers[wanted.layer - 1]
        sources, units = kernel.shape
        if wanted.unit >= units or (wanted.source is not None and wanted.source >= sources):
            return f"A weight of layer {wanted.layer} must lead from one of {sources} to one of {units} neurons."
        if wanted.source is None:
            weights[place + 1][wanted.unit] = wanted.value
        else:
            weights[place][wanted.source, wanted.unit] = wanted.value
        return self._take_edited(weights)

    def _take_edited(self, weights: list[npt.NDArray[np.float32]]) -> str:
        try:
            epoch = self._trainer.edit(weights)
        except ValueError as refusal:
            return str(refusal)
        self.history.replace_newest(epoch.weights, _curve_row(epoch))
        self._rows_sent = min(self._rows_sent, epoch.epoch)
        self._slices = self._trainer.slices(SLICE_SECONDS)
        self.edited = self._touched = True
        self._edits += 1
        self._memory = {}
        self._diagram.forget()
        self._show_now()
        return ""

    def adjust(self, experiment: Experiment) -> None:
        """Take over new rates; everything else of the experiment must be as it was."""
        self.experiment = experiment
        model = experiment.model
        self._trainer.set_rates(learning_rate=experiment.train.learning_rate, l1=model.l1, l2=model.l2)

    def welcome(self, credits: int) -> None:
        """A page has (re)connected: it knows no curve yet."""
        self.credits = credits
        self._hidden = False
        self._rows_sent = 0
        self._diagram.forget()
        self._page_has_drawn, self._view_sent = True, None
        self._show_now()

    def credit(self) -> None:
        """The page is ready for one more frame."""
        self.credits = min(self.credits + 1, MAX_CREDITS)
        self._hidden = False

    def hide(self) -> None:
        """Nobody looks: train no further, and compute no view."""
        self.credits = 0
        self._hidden = True
        self._steps_wanted = 0

    def probe(self, x1: float, x2: float) -> bytes:
        """A packed message with the exact output at one point, for the epoch on screen."""
        values = self._engine.predict(self._program, self.experiment, self._weights_shown()[1], np.array([[x1, x2]]))
        return messages.pack({"type": "probe", "x1": x1, "x2": x2, "values": [float(v) for v in values[0]]})

    def _look_at(self, epoch: int | None) -> None:
        if epoch != self._shown:
            self._shown = epoch
            self._show_now()

    def _show_now(self) -> None:
        self._dirty = self._urgent = True

    # State ---------------------------------------------------------------------------------------------------------

    @property
    def _ended(self) -> str | None:
        """Why there is nothing more to train, or None."""
        if self._trainer.ended is None and self._seconds_trained > self._limits.training_seconds:
            return "worn"
        ended: str | None = self._trainer.ended
        return ended

    @property
    def state(self) -> str:
        """What the stage's `data-state` says."""
        ended = self._ended
        if ended is not None:
            return "diverged" if ended == "diverged" else "finished"
        if self.playing:
            return "playing"
        return "ready" if self.last_epoch == 0 else "paused"

    @property
    def message(self) -> str:
        """A sentence for the states that need one."""
        ended, epoch = self._ended, self.last_epoch
        if ended == "diverged" and epoch == 0:
            return "The loss is not a number before any training: output, loss and initial weights do not go together."
        if ended == "diverged":
            return f"The loss stopped being a number at epoch {epoch}: the run diverged. Lower the learning rate."
        if ended == "early_stopping":
            best = self._trainer.current.epoch
            restored = f" The weights of epoch {best} are restored." if best != epoch else ""
            part, patience = self.experiment.data.watched, self.experiment.train.patience
            return f"Early stopping: the {part} loss has not improved for {patience} epochs.{restored}"
        if ended == "worn":
            limit = _duration(self._limits.training_seconds)
            return f"This server trains a run for at most {limit}: it ended at epoch {epoch}."
        return ""

    @property
    def at_rest(self) -> bool:
        """Whether nothing will be trained until the page asks for it."""
        return not self.playing and not self._steps_wanted

    @property
    def last_epoch(self) -> int:
        """The newest epoch trained."""
        return int(self._trainer.last_epoch)

    def save(self, mark: Any) -> tuple[bytes, bytes, bool, Any]:
        """The checkpoint, the history since `mark`, whether that is the whole history, and the new mark."""
        changes, new_mark = self.history.changes_since(mark)
        state = self._trainer.checkpoint(), self._seconds_trained, self.edited
        return pickle.dumps(state), changes, new_mark.full, new_mark

    # Work ----------------------------------------------------------------------------------------------------------

    @property
    def wants_turn(self) -> bool:
        """Whether there is something to train or to show now."""
        return self._wants_training() or self._frame_due() or self._view_due()

    def turn(self) -> list[bytes]:
        """Do one slice of training, and pack the frame and the view that are due."""
        if self._wants_training():
            self._train_a_slice()
        packed = [self._frame()] if self._frame_due() else []
        if self._view_due():
            packed.append(self._packed_view())
        return packed

    def _wants_training(self) -> bool:
        if self._ended is not None:
            return False
        if self._steps_wanted:
            return True
        if not self.playing:
            return False
        if self.epochs_per_frame == AS_FAST_AS_IT_GOES:
            return self.credits > 0 or time.monotonic() - self._last_frame < LEAD_SECONDS
        return self.credits > 0 and self._epochs_since_frame < self.epochs_per_frame

    def _train_a_slice(self) -> None:
        self._touched = True
        started = time.monotonic()
        epoch = next(self._slices, None)
        self._seconds_trained += time.monotonic() - started
        if epoch is not None:
            self._finish_epoch(epoch)
        if self._ended is not None:
            self._settle()

    def _finish_epoch(self, epoch: Any) -> None:
        self._record(epoch)
        self._epochs_since_frame += 1
        self._steps_wanted = max(self._steps_wanted - 1, 0)
        if self._shown is None:
            self._dirty = True

    def _settle(self) -> None:
        self.playing = False
        self._steps_wanted = 0
        self._show_the_best()
        self._show_now()

    def _show_the_best(self) -> None:
        """After early stopping with `restore_best` the network is that of an earlier epoch."""
        best = self._trainer.current.epoch
        if best != self.last_epoch:
            self._shown = best

    def _record(self, epoch: Any) -> None:
        self.history.append(epoch.epoch, epoch.weights, _curve_row(epoch))

    def _frame_due(self) -> bool:
        if not self._dirty or self.credits <= 0:
            return False
        if self._urgent or not self.playing:
            return True
        if self.epochs_per_frame == AS_FAST_AS_IT_GOES:
            return time.monotonic() - self._last_frame >= FRAME_SECONDS
        return self._epochs_since_frame >= self.epochs_per_frame

    def _weights_shown(self) -> tuple[int, list[npt.NDArray[np.float32]]]:
        epoch = self.last_epoch if self._shown is None else self._shown
        if self.state == "diverged":
            epoch = min(epoch, self.last_epoch - 1)
        return self.history.weights_at(epoch)

    def _snapshot(self) -> Snapshot:
        kept, weights = self._weights_shown()
        return Snapshot(
            engine=self._engine,
            program=self._program,
            experiment=self.experiment,
            history=self.history,
            epoch=kept,
            displayed=self.last_epoch if self._shown is None else kept,
            newest=self.last_epoch,
            weights=weights,
            x1=self._view[0],
            x2=self._view[1],
            shown_points=self._limits.shown_points,
            memory=self._memory,
        )

    def _frame(self) -> bytes:
        self.credits -= 1
        self._dirty = self._urgent = False
        self._epochs_since_frame = 0
        self._last_frame = time.monotonic()
        snapshot = self._snapshot()
        curves = self.history.curves(self._rows_sent)
        header: dict[str, Any] = {
            "type": "frame",
            "epoch": snapshot.displayed,
            "last_epoch": self.last_epoch,
            "state": self.state,
            "message": self.message,
            "edited": self.edited,
            **self._figures(snapshot.displayed),
            "x1": snapshot.x1,
            "x2": snapshot.x2,
            "curves_start": self._rows_sent,
        }
        self._rows_sent += len(curves)
        arrays: dict[str, npt.NDArray[Any]] = {"curves": curves}
        for piece in self._pieces(snapshot):
            header |= piece[0]
            arrays |= piece[1]
        return messages.pack({**header, "computed": self.computed}, arrays)

    def _pieces(self, snapshot: Snapshot) -> Iterator[tuple[dict[str, Any], dict[str, npt.NDArray[Any]]]]:
        """What a frame holds of the network: its boundary, and what else is shown."""
        self.computed["boundary"] += 1
        yield boundary_piece(snapshot)
        if self._show.view == "network":
            self.computed["network"] += 1
            yield self._diagram.piece(snapshot, _page(self._show.option))
        if self._show.rings:
            self.computed["rings"] += 1
            yield {}, {"wrong": mistakes(snapshot)}
        focused = focus_piece(snapshot, self._focus) if self._focus is not None else None
        if focused is not None:
            self.computed["focus"] += 1
            yield focused

    # Views that come as messages of their own ----------------------------------------------------------------------

    def _view_due(self) -> bool:
        # Not by credits, as frames: a page that paints slowly has none left when a frame has gone.
        if not views.has_message(self._show.view) or not self._page_has_drawn or self._hidden:
            return False
        if self._view_now() == self._view_sent:
            return False
        return time.monotonic() - self._view_done_at >= self._view_pause()

    def _view_pause(self) -> float:
        """Seconds between two views: none at rest, where a learner scrubs, unless they keep other runs waiting."""
        share = self._view_cost / VIEW_SHARE
        if self.playing:
            return max(VIEW_SECONDS, share)
        return share if self._view_cost > COSTLY_SECONDS else 0.0

    def _view_now(self) -> tuple[Any, ...]:
        """What the view depends on."""
        epoch = self.last_epoch if self._shown is None else self._shown
        return epoch, self.last_epoch, self._edits, self._show, self._view, self.state == "playing", self.experiment

    def _packed_view(self) -> bytes:
        self._view_sent, self._page_has_drawn = self._view_now(), False
        self.computed[self._show.view] += 1
        started = time.monotonic()
        snapshot = self._snapshot()
        header, arrays = _view(snapshot, self._show)
        self._view_done_at = time.monotonic()
        self._view_cost = self._view_done_at - started
        base = {
            "type": "view",
            "view": self._show.view,
            "option": self._show.option,
            "part": self._show.part,
            "epoch": snapshot.displayed,
            "last_epoch": self.last_epoch,
        }
        if header.get("incomplete"):
            self._view_sent = None  # it took its share of the time, and goes on when the page has drawn what is there
        return messages.pack({**base, **header}, arrays)

    def _figures(self, epoch: int) -> dict[str, float]:
        _epoch, loss, accuracy, val_loss, val_accuracy, rate = map(float, self.history.curves(epoch)[0])
        names = ("loss", "accuracy", "val_loss", "val_accuracy", "learning_rate")
        return dict(zip(names, (loss, accuracy, val_loss, val_accuracy, rate), strict=True))


def _duration(seconds: float) -> str:
    """A time in words: hours, or minutes when it is less than one."""
    number, unit = (seconds / 3600, "hour") if seconds >= 3600 else (seconds / 60, "minute")
    return f"{number:.3g} {unit}{'' if number == 1 else 's'}"


def boundary_piece(snapshot: Snapshot) -> tuple[dict[str, Any], dict[str, npt.NDArray[Any]]]:
    """The network's answer over the plane, and its border."""
    boundary = snapshot.engine.view_boundary(
        snapshot.program, snapshot.experiment, snapshot.weights, snapshot.x1, snapshot.x2
    )
    map_, lo, hi = quantised(boundary.values, snapshot.experiment.data.task)
    return {"lo": lo, "hi": hi}, {"map": map_, "lines": boundary.lines}


def _view(snapshot: Snapshot, show: Show) -> views.Packed:
    """The view asked for; a fault in it is said in its place, and the run goes on."""
    try:
        return views.compute(snapshot, show)
    except Exception:
        log.exception("The view %s failed: %s", show.view, snapshot.experiment.to_query())
        return {"fault": "This view could not be computed."}, {}


def _page(option: str) -> int:
    """Which neurons of wide layers the diagram shows, eight at a time."""
    return int(option) if option.isascii() and option.isdecimal() else 0


def _curve_row(epoch: Any) -> tuple[float, ...]:
    return (epoch.epoch, epoch.loss, epoch.accuracy, epoch.val_loss, epoch.val_accuracy, epoch.learning_rate)
