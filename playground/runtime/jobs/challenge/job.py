"""An entry to a challenge: trained anew as its run was, in short turns with long breaks, and judged by hidden points.

Nobody plays it, so it waits for no credits; nothing of it is kept. What it says is for the server alone, and holds
neither points nor seeds.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from playground.core.challenge import Entry, hidden_points
from playground.core.errors import Refused
from playground.runtime.engine import Engine, Program
from playground.runtime.jobs.aside import Aside
from playground.runtime.jobs.challenge.judge import HiddenPoints, Judge
from playground.runtime.jobs.challenge.networks import AsItIs, Come, InStep, InTurn, Networks, may_be_a_stack
from playground.runtime.jobs.kinds import Beginning, Clock, Made, Recipe, kind, program_of
from playground.runtime.jobs.trainings import Trainings
from playground.runtime.subjects import ENTRY, Subject

SHARE = 1 / 3
"""Of its worker's time it takes no more, however little others do: who plays loses so much of the pace at most."""
WORK_SECONDS = 30.0
"""All its turns together take about as much, and no more: what has not come to its end by then is refused."""
TOO_LONG = (
    "A challenge must be trained again by the server within {seconds:g} seconds of work. This network was at epoch "
    "{epoch:,} of {epochs:,} by then: train it for fewer epochs, or make it smaller."
)


class EntryJob(Aside):
    """An entry as its worker sees it.

    Attributes
    ----------
    seconds : of work so far
    """

    def __init__(self, entry: Entry, networks: Networks, engine: Engine, made: Sequence[Made], clock: Clock) -> None:
        super().__init__(entry)
        self.seconds = 0.0
        self._entry, self._networks, self._engine, self._clock = entry, networks, engine, clock
        self._program: Program = made[0].result()
        points: HiddenPoints | str = made[1].result()
        self._judge = None if isinstance(points, str) else Judge(entry, points)
        self._refusal = points if isinstance(points, str) else ""
        self._to_judge: list[Come] = []
        """What has been trained, and not been looked at."""
        self._rests_until = 0.0

    @property
    def wants_turn(self) -> bool:
        """Whether there is something left to do, and its break is over."""
        return super().wants_turn and self._clock() >= self._rests_until

    def turn(self) -> list[bytes]:
        """Train for a slice, or look at what has come of one; the last one gives the score, or why there is none."""
        began = self._clock()
        try:
            return self._work()
        finally:
            took = self._clock() - began
            self.seconds += took
            self._rests_until = began + took / SHARE

    def _work(self) -> list[bytes]:
        if self._judge is None:
            return self._end({"refused": self._refusal})
        if self._networks.done and not self._to_judge:
            return self._end({"score": self._judge.score().to_texts()})
        if self.seconds > WORK_SECONDS:
            epoch, epochs = self._networks.epoch, self._entry.epochs
            return self._end({"refused": TOO_LONG.format(seconds=WORK_SECONDS, epoch=epoch, epochs=epochs)})
        if self._to_judge:
            place, epoch, weights = self._to_judge[0]
            network = self._engine.make_network(self._program, self._entry.experiments[place], weights)
            self._judge.look(place, epoch, network)
            del self._to_judge[0]
        else:
            self._to_judge = list(self._networks.advance())
        return []

    def _end(self, said: object) -> list[bytes]:
        self._sent = True
        return [json.dumps(said).encode()]


def _recipes(job: str, beginning: Beginning) -> Sequence[Recipe]:
    """The program that looks at each network, and trains those that train alone; the points; and a stack."""
    entry = _entry_of(beginning.subject)
    program = program_of(entry.experiment)
    recipes = [program, Recipe(f"{job} points", lambda _engine: _points(entry), of=program.key, shared=False)]
    if may_be_a_stack(entry):
        stack = Recipe(
            f"{job} stack", lambda engine: engine.make_stack(entry.experiments), of=program.key, shared=False
        )
        recipes.append(stack)
    return recipes


def _points(entry: Entry) -> HiddenPoints | str:
    """The hidden points, or the sentence by which they are refused."""
    try:
        return HiddenPoints(*hidden_points(entry.experiment.data, entry.challenge.seed))
    except Refused as refusal:
        return str(refusal)


def _ahead(subject: Subject) -> Recipe:
    return program_of(_entry_of(subject).experiment)


def _entry_of(subject: Subject) -> Entry:
    assert isinstance(subject, Entry)
    return subject


@kind(ENTRY, recipes=_recipes, ahead=_ahead)
def begin_entry(trainings: Trainings, made: Sequence[Made], beginning: Beginning, clock: Clock) -> EntryJob:
    """An entry begins."""
    entry, engine = _entry_of(beginning.subject), trainings.engine
    return EntryJob(entry, _networks(entry, trainings, made, beginning), engine, made, clock)


def _networks(entry: Entry, trainings: Trainings, made: Sequence[Made], beginning: Beginning) -> Networks:
    program: Program = made[0].result()
    if entry.as_it_is:
        assert beginning.kept is not None
        return AsItIs(trainings.engine, program, trainings.limits, beginning.kept, beginning.epoch)
    if may_be_a_stack(entry):
        return InStep(entry, made[2].result())
    return InTurn(entry, trainings.engine, program)
