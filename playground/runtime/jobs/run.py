"""One learner's run: a place in a training, and what its page wants to see of it."""

from __future__ import annotations

import time
from collections import Counter, deque
from collections.abc import Callable, Hashable, Iterator, Sequence
from functools import partial
from typing import Literal, TypeAlias

from playground.core.datasets import PLANE
from playground.core.ending import Reason
from playground.core.experiment import Experiment
from playground.core.grid import Range
from playground.core.inputs import plane_of
from playground.core.rates import MAX_CHANGES
from playground.lessons.run import Run as RunSeen
from playground.lessons.task import Task
from playground.runtime.course import showing
from playground.runtime.engine import Program, Weights
from playground.runtime.exports.export import Source
from playground.runtime.jobs import outcome
from playground.runtime.jobs.edits import edited_weights
from playground.runtime.jobs.exporting import Exporting
from playground.runtime.jobs.frame import FramePainter
from playground.runtime.jobs.job import Kept, Saved
from playground.runtime.jobs.judging import Judged, Seen
from playground.runtime.jobs.kinds import Beginning, Clock, Made, kind
from playground.runtime.jobs.outcome import Progress
from playground.runtime.jobs.played import Played
from playground.runtime.jobs.trainings import Trainings
from playground.runtime.jobs.view_message import view_message
from playground.runtime.jobs.view_schedule import ViewSchedule
from playground.runtime.protocol import page
from playground.runtime.protocol.packing import pack
from playground.runtime.protocol.server import Ending, Probed, RefusedEdit, Standing, State
from playground.runtime.scene import first_view
from playground.runtime.subjects import RUN, Subject
from playground.runtime.views.answer import has_message
from playground.runtime.views.snapshot import Snapshot

Work: TypeAlias = Literal["edit", "probe", "training", "frame", "view", "export"]
EDITS_WAITING = 10
"""Older ones give way: nobody types so fast."""
ENOUGH_CHANGES = (
    f"The rates of a run can change {MAX_CHANGES} times, and this one's have: it goes on as before. "
    "Rewind begins with the rates that are chosen."
)


class Run(Played):
    """A run as its worker sees it. `turn` does one bounded piece of work; everything else only sets what is wanted.

    Attributes
    ----------
    experiment : what the knobs of its page say, and what a rewind begins
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
        task: Task | None = None,
    ) -> None:
        self.experiment = experiment
        super().__init__(clock)
        self.computed: Counter[str] = Counter()
        self._trainings, self._program, self._limits = trainings, program, trainings.limits
        self._clock = clock
        self._plane: tuple[Range, Range] = first_view(experiment.data)
        self._show = page.Show()
        self._focus: page.Focus | None = None
        self._probe: page.Probe | None = None
        self._edits: deque[page.Edit] = deque()
        self._edit_under_way: tuple[page.Edit, Iterator[None]] | None = None
        self._doing: Work = "training"
        """What the turn under way is about."""
        self._packed: list[bytes] = []
        """What has come of it so far: a fault must not lose that."""
        self._painter = FramePainter(trainings.frames, self.computed)
        self._judged = Judged(task)
        self._views = ViewSchedule(clock)
        self._ending_of: tuple[Hashable, Ending] | None = None
        if kept is None:
            self.training, self.last_epoch = trainings.join(experiment, program), 0
        else:
            self.training = trainings.resume(kept, program, epoch)
            # One that goes its own way was kept where its run was.
            self.last_epoch = min(epoch, self.training.newest) if self.training.shared else self.training.newest
            self._show_the_best()
            self._adjust(experiment)  # its rates may be newer than what was kept

    # What the page wants -------------------------------------------------------------------------------------------

    def hear(self, message: page.PageMessage) -> None:
        """Take in what the page says."""
        match message:
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
                self.edit(message)
            case _:
                self.follow(message)

    def rewind(self) -> None:
        """Back to epoch 0 and the same initial weights."""
        self.pause()
        self._edits.clear()
        self._edit_under_way = self._shown = None
        if self.last_epoch or not self.training.shared or self.training.experiment != self.experiment.trained:
            self._join_anew()

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

    def edit(self, wanted: page.Edit) -> None:
        """Change a weight of the newest network."""
        self._edits.append(wanted)
        if len(self._edits) > EDITS_WAITING:
            self._edits.popleft()

    def adjust(self, subject: Subject) -> None:
        """Take over new rates, or more epochs; everything else of the experiment must be as it was."""
        assert isinstance(subject, Experiment)
        self._adjust(subject)

    def _adjust(self, experiment: Experiment) -> None:
        another_plane = self.experiment.showing(PLANE.of(experiment.data)) != self.experiment
        self.experiment = experiment
        if another_plane:
            self._painter.forget()
            self.look(*first_view(experiment.data))
        is_ = self.training.experiment
        to_be = is_.going_on_as(experiment.trained, self.last_epoch)
        more = experiment.train.epochs > is_.train.epochs
        if not more and to_be == is_:
            return
        if self.last_epoch == 0 and not self.training.edited:
            self._join_anew()  # nothing is trained yet: it is simply another experiment
            return
        if more:
            self._go_on_for(experiment.train.epochs)
        if len(to_be.changes) > MAX_CHANGES:
            self._packed.append(pack(RefusedEdit(type="refused", message=ENOUGH_CHANGES)))
        elif to_be.changes != is_.changes:
            self._go_own_way()
            self.training.follow(experiment.trained)

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
        self._judged.forget()
        self._exporting = None
        self._views.start_over()
        self._show_now()

    # The training it is in -----------------------------------------------------------------------------------------

    def _join_anew(self) -> None:
        if self._edit_under_way is not None:
            self._edits.appendleft(self._edit_under_way[0])
            self._edit_under_way = None
        self.training = self._trainings.exchange(self.training, self.experiment, self._program)
        self.last_epoch = 0
        self._judged.begin_anew()
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
    def newest(self) -> int:
        """Its newest epoch."""
        return self.last_epoch

    @property
    def is_over(self) -> bool:
        """Whether there is nothing more to train for this run."""
        return self.ended is not None

    @property
    def ended(self) -> Reason | None:
        """Why there is nothing more to train for this run, or None."""
        return self.training.ended if self.last_epoch == self.training.newest and self.training.ready else None

    @property
    def progress(self) -> Progress:
        """How far it has come."""
        best = self.training.best if self.ended else self.last_epoch
        return Progress(self.last_epoch, best, self.ended, self.pacing.playing, self.pacing.held)

    @property
    def state(self) -> State:
        """What the stage's `data-state` says."""
        return outcome.state_of(self.progress)

    @property
    def standing(self) -> Standing:
        """State, a sentence for the states that need one, and the newest epoch."""
        run = self.progress
        sentence = outcome.sentence_of(run, self.experiment, self._limits.training_seconds)
        course = self.training.course
        if plane := PLANE.of(self.experiment.data):
            course = showing(course, plane)
        standing = Standing(state=outcome.state_of(run), message=sentence, last_epoch=run.epoch, course=course)
        if run.ended is not None:
            standing["ending"] = self._ending(run)
        if run.held:
            standing["held"] = True
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

    # State ---------------------------------------------------------------------------------------------------------

    @property
    def version(self) -> tuple[Hashable, Hashable]:
        """What must be saved at once when it changes, and what may wait."""
        return (self.training.key, self.training.edits, self.training.experiment), (self.last_epoch, self.ended)

    def save(self) -> Saved | None:
        """What has changed since the last call; None while the training is not where the run is."""
        if not self.training.ready:
            return None
        changes = self.training.changes()
        return Saved(self.training.key, self.last_epoch, *(changes or (None, None, False)))

    @property
    def settled(self) -> bool:
        """Whether all edits are made and all steps taken, and the training is where the run is."""
        return self._is_right and not self._owes_steps

    @property
    def _is_right(self) -> bool:
        return self.training.ready and not self._edits and self._edit_under_way is None

    def settle(self) -> list[bytes]:
        """One slice of the edits and steps, which cannot be handed over, or of the way to where they can be made."""
        if self._come_to_rights() and self._owes_steps:
            self._do("training", self._train)
        return self._taken()

    # Work ----------------------------------------------------------------------------------------------------------

    @property
    def wants_turn(self) -> bool:
        """Whether there is something to train or to show now."""
        waiting = not self._is_right or self._probe is not None or bool(self._packed)
        return waiting or self._wants_epoch or self._frame_due or self._view_due or self._exporting is not None

    def turn(self) -> list[bytes]:
        """Do one slice of work, and pack the frame and the view that are due."""
        if self._come_to_rights():
            self._train_and_show()
        return self._taken()

    def _taken(self) -> list[bytes]:
        packed, self._packed = self._packed, []
        return packed

    def _come_to_rights(self) -> bool:
        """One slice of the training's way to where the run is, or of an edit; whether neither was left to do."""
        if not self.training.ready:
            self._do("training", self.training.advance)
        if not self.training.ready:
            return False
        if self._is_right:
            return True
        self._do("edit", self._edit)
        return False

    def _train_and_show(self) -> None:
        if self.ended is not None and not self.at_rest:
            self._settle_if_ended()  # it was told to play before it was known that there is nothing to train
        if self._probe is not None:
            self._do("probe", self._answer)
        if self._wants_epoch:
            self._do("training", self._train)
        if self._frame_due:
            self._do("frame", self._paint)
        if self._view_due:
            self._do("view", self._look)
        if self._exporting is not None:
            self._do("export", self._go_on_exporting)

    def _do(self, what: Work, work: Callable[[], object]) -> None:
        self._doing = what
        work()

    def drop(self) -> None:
        """Let go of what the turn that failed was about; nothing is owed to the page for it but a credit."""
        match self._doing:
            case "edit" if self._edits:
                self._edits.popleft()
            case "probe":
                self._probe = None
            case "frame":
                self._dirty = self._urgent = False
            case "export":
                self._exporting = None

    def _edit(self) -> None:
        """One slice of an edit."""
        wanted, slices = self._edit_under_way or self._begin_edit()
        self._edit_under_way = None
        try:
            for _slice in slices:
                self._edit_under_way = wanted, slices
                break
        except ValueError as refusal:
            self._packed.append(pack(RefusedEdit(type="refused", message=str(refusal))))
        except Exception:
            self._edits.appendleft(wanted)
            raise

    def _begin_edit(self) -> tuple[page.Edit, Iterator[None]]:
        wanted = self._edits.popleft()
        return wanted, self._make(wanted)

    def _make(self, wanted: page.Edit) -> Iterator[None]:
        """Set one weight of the newest network, slice by slice; a ValueError with a sentence when that is refused."""
        if self._shown is not None:
            raise ValueError("Weights can be edited at the newest epoch only. Move the scrubber to its end.")
        weights = edited_weights(self._snapshot().network, wanted)
        self._go_own_way()
        while not self.training.ready:
            yield
        yield from self.training.edit(weights)
        self._painter.replaced(self.last_epoch)
        self._show_now()

    def _train(self) -> None:
        """One epoch further where others have trained it already, else a slice of the next one."""
        training, following = self.training, self.last_epoch + 1
        if training.newest < following:
            if not training.advance():
                return self._settle_if_ended()
        elif not training.history.keeps(following):
            return self._go_own_way()  # the others are so far ahead that it was let go
        self.last_epoch = following
        self._came_further()
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

    def _paint(self) -> None:
        try:
            frame = self._painter.frame(self._snapshot(), self.standing, self.training, self._show, self._focus)
        except Exception:
            self._painter.forget()  # what it holds for sent was not
            raise
        self._dirty = self._urgent = False
        self.pacing.frame_sent()
        self._packed.append(frame)
        self._packed += self._judged.say(self._judged_by, self.training.experiment, self._seen)

    @property
    def _judged_by(self) -> Hashable:
        """What the verdict hangs on."""
        return self.training.key, self.training.edits, self.last_epoch, self.ended, self.training.experiment

    def _seen(self) -> Seen:
        """The run up to its newest epoch, whatever epoch is on screen; after a restore the network that counts."""
        history = self.training.history
        curves = history.curves()[: self.last_epoch + 1]
        newest = RunSeen(curves, history.weights_at(self.progress.best)[1], ended=self.ended is not None)
        return Seen([newest], lambda epoch: [RunSeen(curves[: epoch + 1], history.weights_at(epoch)[1])])

    def _answer(self) -> None:
        """The exact output at one point, for the epoch on screen."""
        probe = self._probe
        assert probe is not None
        network = self._snapshot().network
        values = network.predict(plane_of(network.experiment.data).points([[probe.x1, probe.x2]]))[0]
        answer = pack(Probed(type="probe", x1=probe.x1, x2=probe.x2, values=[float(v) for v in values]))
        self._probe = None
        self._packed.append(answer)

    @property
    def _view_due(self) -> bool:
        # Not by credits, as frames: a page that paints slowly has none left when a frame has gone.
        if not has_message(self._show.view) or self.pacing.hidden:
            return False
        return self._views.due(self._view_depends_on, self.pacing.plays)

    @property
    def _view_depends_on(self) -> Hashable:
        training, playing = self.training, self.state == "playing"
        epochs = self._epoch_wanted, self.last_epoch
        plane = self._plane, PLANE.of(self.experiment.data)
        return epochs, training.edits, self._show, plane, playing, training.experiment

    def _look(self) -> None:
        options = self._show.view
        assert options is not None
        depends_on = self._view_depends_on
        self._views.begin()
        self.computed[options.name] += 1
        message, complete = view_message(self._snapshot(), options)
        self._views.end(depends_on, complete)
        self._packed.append(message)

    def _go_on_exporting(self) -> None:
        self._packed += self._export()

    def _to_export(self, what: str, page_link: str) -> Exporting:
        return Exporting(what, partial(self._source, page_link), self._clock)

    def _source(self, page_link: str = "") -> Source:
        return Source(
            link=self.standing["course"]["link"],
            page_link=page_link,
            snapshot=self._snapshot(),
            experiment=self.training.experiment,
            edited=self.training.edited,
        )

    # What is seen --------------------------------------------------------------------------------------------------

    def _weights_shown(self) -> tuple[int, Weights]:
        epoch = self._epoch_wanted
        if self.state == "diverged":
            epoch = min(epoch, self.last_epoch - 1)
        return self.training.history.weights_at(epoch)

    def _snapshot(self) -> Snapshot:
        kept, weights = self._weights_shown()
        displayed = self.last_epoch if self._shown is None else kept
        return Snapshot(
            engine=self._trainings.engine,
            program=self._program,
            experiment=self.training.experiment.in_force(displayed).showing(PLANE.of(self.experiment.data)),
            history=self.training.history,
            epoch=kept,
            displayed=displayed,
            newest=self.last_epoch,
            weights=weights,
            x1=self._plane[0],
            x2=self._plane[1],
            shown_points=self._limits.shown_points,
            memory=self.training.memory,
            clock=self._clock,
        )


@kind(RUN)
def begin_run(trainings: Trainings, made: Sequence[Made], beginning: Beginning, clock: Clock) -> Run:
    """A run begins, or is taken up."""
    assert isinstance(beginning.subject, Experiment)
    program = made[0].result()
    return Run(trainings, program, beginning.subject, beginning.kept, beginning.epoch, clock, beginning.task)
