"""One learner's run: a place in a training, and what its page wants to see of it."""

from __future__ import annotations

import time
from collections import Counter, deque
from collections.abc import Hashable

from playground.core.ending import Reason
from playground.core.experiment import Experiment
from playground.core.grid import Range
from playground.runtime.engine import Program, Weights
from playground.runtime.jobs import outcome
from playground.runtime.jobs.edits import edited_weights
from playground.runtime.jobs.frame import FramePainter
from playground.runtime.jobs.job import Kept, Saved
from playground.runtime.jobs.kinds import Beginning, Clock, kind
from playground.runtime.jobs.outcome import Progress
from playground.runtime.jobs.pacing import Pacing
from playground.runtime.jobs.trainings import Trainings
from playground.runtime.jobs.view_message import view_message
from playground.runtime.jobs.view_schedule import ViewSchedule
from playground.runtime.protocol import page
from playground.runtime.protocol.packing import pack
from playground.runtime.protocol.server import Ending, Probed, RefusedEdit, Standing, State
from playground.runtime.scene import first_view
from playground.runtime.views.answer import has_message
from playground.runtime.views.snapshot import Snapshot

EDITS_WAITING = 10
"""Older ones give way: nobody types so fast."""


class Run:
    """A run as its worker sees it. `turn` does one bounded piece of work; everything else only sets what is wanted.

    Attributes
    ----------
    experiment : with the rates in use
    training : which it may share with other runs of the same experiment
    last_epoch : its newest epoch; others may have come further
    computed : how often each part of what is seen has been computed: what is not shown is not
    """

    def __init__(
        self,
        trainings: Trainings,
        program: Program,
        experiment: Experiment,
        kept: Kept | None = None,
        epoch: int = 0,
        clock: Clock = time.monotonic,
    ) -> None:
        self.experiment = experiment
        self.pacing = Pacing(clock)
        self.computed: Counter[str] = Counter()
        self._trainings, self._program, self._limits = trainings, program, trainings.limits
        self._clock = clock
        self._shown: int | None = None
        """The epoch looked back at; None follows the newest."""
        self._until: int | None = None
        """The epoch to pause at."""
        self._dirty = self._urgent = True
        """The page does not show what it should; and it must not wait for more epochs."""
        self._plane: tuple[Range, Range] = first_view(experiment.data)
        self._show = page.Show()
        self._focus: page.Focus | None = None
        self._probe: page.Probe | None = None
        self._edits: deque[page.Edit] = deque(maxlen=EDITS_WAITING)
        self._painter = FramePainter(trainings.frames, self.computed)
        self._views = ViewSchedule(clock)
        self._ending_of: tuple[Hashable, Ending] | None = None
        if kept is None:
            self.training, self.last_epoch = trainings.join(experiment, program), 0
        else:
            self.training = trainings.resume(kept, program, epoch)
            # One that goes its own way was kept where its run was.
            self.last_epoch = min(epoch, self.training.newest) if self.training.shared else self.training.newest
            self._show_the_best()
            self.adjust(experiment)  # its rates may be newer than what was kept

    # What the page wants -------------------------------------------------------------------------------------------

    def hear(self, message: page.PageMessage) -> None:
        """Take in what the page says."""
        match message:
            case page.Credit():
                self.pacing.credit()
            case page.Hidden():
                self.pacing.hide()
            case page.Play(epochs_per_frame=epochs, until=until):
                self.play(epochs, until)
            case page.Speed(epochs_per_frame=epochs):
                self.pacing.epochs_per_frame = epochs
            case page.Pause():
                self.pause()
            case page.OneEpoch():
                self.step()
            case page.Rewind():
                self.rewind()
            case page.Scrub(epoch=epoch):
                self.scrub(epoch)
            case page.VisiblePlane(x1=x1, x2=x2):
                self.look(x1, x2)
            case page.Probe():
                self._probe = message  # the newest one is answered
            case page.Show():
                self.show(message)
            case page.Viewed():
                self._views.drawn()
            case page.Focus():
                self.focus(message)
            case page.Unfocus():
                self.focus(None)
            case page.Edit():
                self._edits.append(message)

    def play(self, epochs_per_frame: int, until: int | None = None) -> None:
        """Train from the newest epoch on; at the epoch `until`, pause."""
        self._until = until
        self.pacing.epochs_per_frame = epochs_per_frame
        self.pacing.playing = self.ended is None and not self._has_arrived
        self._look_at(None)

    @property
    def _has_arrived(self) -> bool:
        return self._until is not None and self.last_epoch >= self._until

    def pause(self) -> None:
        """Stop training, and forget steps asked for."""
        if self.pacing.playing:
            self._show_now()  # the page may have passed over the newest frame
        self.pacing.rest()

    def step(self) -> None:
        """Train one epoch."""
        self.pacing.playing, self._until = False, None
        self._look_at(None)
        if self.ended is None:
            self.pacing.steps_wanted += 1

    def rewind(self) -> None:
        """Back to epoch 0 and the same initial weights."""
        self.pause()
        self._edits.clear()
        self._shown = None
        self._join_anew()

    def scrub(self, epoch: int) -> None:
        """Pause and show an epoch trained before."""
        self.pause()
        self._look_at(epoch if epoch < self.last_epoch else None)

    def look(self, x1: Range, x2: Range) -> None:
        """Show another range of the plane."""
        self._plane = (x1, x2)
        self._show_now()

    def show(self, wanted: page.Show) -> None:
        """Compute another view from now on, or none."""
        before, self._show = self._show, wanted
        self._views.choose()
        if before != wanted:
            self._show_now()

    def focus(self, wanted: page.Focus | None) -> None:
        """Send the map of one neuron with each frame, or of none."""
        if wanted != self._focus:
            self._focus = wanted
            self._show_now()

    def adjust(self, experiment: Experiment) -> None:
        """Take over new rates, or more epochs; everything else of the experiment must be as it was."""
        self.experiment = experiment
        more = experiment.train.epochs > self.training.experiment.train.epochs
        if not more and experiment.rates == self.training.rates:
            return
        if self.last_epoch == 0 and not self.training.edited:
            self._join_anew()  # nothing is trained yet: it is simply another experiment
            return
        if more:
            self._go_on_for(experiment.train.epochs)
        if experiment.rates != self.training.rates:
            self._go_own_way()
            self.training.set_rates(experiment.rates)

    def _go_on_for(self, epochs: int) -> None:
        had_ended = self.ended is not None
        self.training = self._trainings.prolong(self.training, self.last_epoch, epochs)
        if had_ended and self.ended is None:
            self._shown = None  # what was restored at the end is not what it goes on from
        self._show_now()

    def welcome(self, credits: int) -> None:
        """A page has (re)connected: it knows no curve yet."""
        self.pacing.welcome(credits)
        self._painter.forget()
        self._views.start_over()
        self._show_now()

    def _look_at(self, epoch: int | None) -> None:
        if epoch != self._shown:
            self._shown = epoch
            self._show_now()

    def _show_now(self) -> None:
        self._dirty = self._urgent = True

    # The training it is in -----------------------------------------------------------------------------------------

    def _join_anew(self) -> None:
        self._trainings.leave(self.training)
        self.training, self.last_epoch = self._trainings.join(self.experiment, self._program), 0
        self._painter.forget()
        self._show_now()

    def _go_own_way(self) -> None:
        if self.training.shared:
            self.training = self._trainings.own(self.training, self.last_epoch)

    def leave(self) -> None:
        """Let go of the training."""
        self._trainings.leave(self.training)

    # How it stands -------------------------------------------------------------------------------------------------

    @property
    def ended(self) -> Reason | None:
        """Why there is nothing more to train for this run, or None."""
        return self.training.ended if self.last_epoch == self.training.newest and self.training.ready else None

    @property
    def progress(self) -> Progress:
        """How far it has come."""
        best = self.training.best if self.ended else self.last_epoch
        return Progress(self.last_epoch, best, self.ended, self.pacing.playing)

    @property
    def state(self) -> State:
        """What the stage's `data-state` says."""
        return outcome.state_of(self.progress)

    @property
    def standing(self) -> Standing:
        """State, a sentence for the states that need one, and the newest epoch."""
        run = self.progress
        sentence = outcome.sentence_of(run, self.experiment, self._limits.training_seconds)
        standing = Standing(state=outcome.state_of(run), message=sentence, last_epoch=run.epoch)
        if run.ended is not None:
            standing["ending"] = self._ending(run)
        return standing

    def _ending(self, run: Progress) -> Ending:
        """How it ended; looked at once, since it is asked for at every turn."""
        key = self.training.key, self.training.edits, run, self.experiment
        if self._ending_of is None or self._ending_of[0] != key:
            self._ending_of = key, outcome.ending_of(run, self.experiment, self.training.history.curves())
        return self._ending_of[1]

    @property
    def edited(self) -> bool:
        """Whether weights were changed by hand."""
        return self.training.edited

    @property
    def credits(self) -> int:
        """Frames that the page is ready for."""
        return self.pacing.credits

    @property
    def at_rest(self) -> bool:
        """Whether nothing will be trained until the page asks for it."""
        return self.pacing.at_rest

    # State ---------------------------------------------------------------------------------------------------------

    @property
    def version(self) -> tuple[Hashable, Hashable]:
        """What must be saved at once when it changes, and what may wait."""
        return (self.training.key, self.training.edits, self.training.rates), (self.last_epoch, self.ended)

    def save(self) -> Saved | None:
        """What has changed since the last call; None while the training is not where the run is."""
        if not self.training.ready:
            return None
        changes = self.training.changes()
        return Saved(self.training.key, self.last_epoch, *(changes or (None, None, False)))

    def settle(self) -> list[bytes]:
        """Make the edits that wait: they cannot be handed over."""
        packed = []
        while self._edits or not self.training.ready:
            packed += self._edit_or_catch_up()
        return packed

    # Work ----------------------------------------------------------------------------------------------------------

    @property
    def wants_turn(self) -> bool:
        """Whether there is something to train or to show now."""
        waiting = self._edits or self._probe or not self.training.ready
        return bool(waiting) or self._wants_training or self._frame_due or self._view_due

    def turn(self) -> list[bytes]:
        """Do one slice of work, and pack the frame and the view that are due."""
        if self._edits or not self.training.ready:
            return self._edit_or_catch_up()
        packed = [self._probed(self._probe)] if self._probe else []
        if self._wants_training:
            self._train()
        if self._frame_due:
            packed.append(self._frame())
        if self._view_due:
            packed.append(self._view())
        return packed

    def _edit_or_catch_up(self) -> list[bytes]:
        """One edit, or one slice of the way to where it can be made."""
        if not self.training.ready:
            self.training.advance()
            return []
        refusal = self._edit(self._edits.popleft())
        return [pack(RefusedEdit(type="refused", message=refusal))] if refusal else []

    def _edit(self, wanted: page.Edit) -> str:
        """Set one weight of the newest network; a sentence when that is refused."""
        if self._shown is not None:
            return "Weights can be edited at the newest epoch only. Move the scrubber to its end."
        try:
            weights = edited_weights(self._snapshot().network, wanted)
            self._go_own_way()
            if not self.training.ready:
                self._edits.appendleft(wanted)
                return ""
            self.training.edit(weights)
        except ValueError as refusal:
            return str(refusal)
        self._painter.replaced(self.last_epoch)
        self._show_now()
        return ""

    @property
    def _wants_training(self) -> bool:
        return self.pacing.wants_epoch and self.ended is None

    def _train(self) -> None:
        """One epoch further where others have trained it already, else a slice of the next one."""
        training, following = self.training, self.last_epoch + 1
        if training.newest < following:
            if not training.advance():
                return self._settle_if_ended()
        elif not training.history.keeps(following):
            return self._go_own_way()  # the others are so far ahead that it was let go
        self.last_epoch = following
        self.pacing.epoch_done()
        if self._shown is None:
            self._dirty = True
        if self._has_arrived:
            self.pause()
        self._settle_if_ended()

    def _settle_if_ended(self) -> None:
        if self.ended is not None:
            self.pacing.rest()
            self._show_the_best()
            self._show_now()

    def _show_the_best(self) -> None:
        """After early stopping with `restore_best` the network is that of an earlier epoch."""
        best = self.progress.best
        if best != self.last_epoch:
            self._shown = best

    @property
    def _frame_due(self) -> bool:
        return self._dirty and self.pacing.frame_due(self._urgent)

    def _frame(self) -> bytes:
        self.pacing.frame_sent()
        self._dirty = self._urgent = False
        return self._painter.frame(self._snapshot(), self.standing, self.training, self._show, self._focus)

    def _probed(self, probe: page.Probe) -> bytes:
        """A message with the exact output at one point, for the epoch on screen."""
        self._probe = None
        values = self._snapshot().network.predict([[probe.x1, probe.x2]])[0]
        return pack(Probed(type="probe", x1=probe.x1, x2=probe.x2, values=[float(v) for v in values]))

    @property
    def _view_due(self) -> bool:
        # Not by credits, as frames: a page that paints slowly has none left when a frame has gone.
        if not has_message(self._show.view) or self.pacing.hidden:
            return False
        return self._views.due(self._view_depends_on, self.pacing.playing)

    @property
    def _view_depends_on(self) -> Hashable:
        epoch = self.last_epoch if self._shown is None else self._shown
        playing = self.state == "playing"
        return epoch, self.last_epoch, self.training.edits, self._show, self._plane, playing, self.experiment

    def _view(self) -> bytes:
        options = self._show.view
        assert options is not None
        self._views.begin(self._view_depends_on)
        self.computed[options.name] += 1
        message, complete = view_message(self._snapshot(), options)
        self._views.end(complete)
        return message

    # What is seen --------------------------------------------------------------------------------------------------

    def _weights_shown(self) -> tuple[int, Weights]:
        epoch = self.last_epoch if self._shown is None else self._shown
        if self.state == "diverged":
            epoch = min(epoch, self.last_epoch - 1)
        return self.training.history.weights_at(epoch)

    def _snapshot(self) -> Snapshot:
        kept, weights = self._weights_shown()
        return Snapshot(
            engine=self._trainings.engine,
            program=self._program,
            experiment=self.experiment,
            history=self.training.history,
            epoch=kept,
            displayed=self.last_epoch if self._shown is None else kept,
            newest=self.last_epoch,
            weights=weights,
            x1=self._plane[0],
            x2=self._plane[1],
            shown_points=self._limits.shown_points,
            memory=self.training.memory,
            clock=self._clock,
        )


@kind("run")
def begin_run(trainings: Trainings, program: Program, beginning: Beginning, clock: Clock) -> Run:
    """A run begins, or is taken up."""
    return Run(trainings, program, *beginning, clock)
