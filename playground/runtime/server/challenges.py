"""Scores of challenges: computed by the server from what it trains itself, on points that no page is told.

Few are computed at a time and few wait: the others are refused in words and may come again. Each takes a bounded share
of its worker's time, and a bounded time in all (`jobs.challenge`), so that those who play feel little of it.
"""

from __future__ import annotations

import asyncio
import json
from collections import OrderedDict
from collections.abc import Hashable
from typing import Protocol

from playground.core.challenge import Challenge, Entry, Score
from playground.core.errors import Refused
from playground.core.experiment import Experiment
from playground.core.query import EDITED, of_link
from playground.runtime.limits import Limits
from playground.runtime.server.aside import AsideRun, Workers, message_of
from playground.runtime.server.live_run import LiveRun
from playground.runtime.server.visitors import Visitor
from playground.runtime.subjects import RUN

IN_MEMORY = 256
"""Scores that are known still: who enters the same again gets the same."""
VISITOR = Visitor(name="challenges")
"""For a worker all entries are one visitor's: their networks are compiled in turn with those of others."""

NO_RUN = "A challenge must be entered with a run that is there. Got none: open the network again."
NO_NETWORK = "A challenge must be entered with one network, not with a wall or a search: open it in Play."
UNTRAINED = "Edited weights must have reached the server before they can be judged. Try again in a moment."
ONE_SEED = "A network whose weights were edited by hand cannot be trained again from other seeds: rewind it first."
ONE_AT_A_TIME = "The server computes one score at a time for each learner. Wait for the last one."
ALL_WAIT = "This server computes {at_once} scores at once, and as many wait as may ({waiting}). Try again in a minute."
FAILED = "The score could not be computed: the network cannot be trained on the server."
IN_VAIN = "There was no time to compute the score within {seconds:g} seconds. Try again when fewer networks train."


class Runs(Workers, Protocol):
    """The server's runs."""

    def get(self, token: str) -> LiveRun | None:
        """The run with this token."""


class Challenges:
    """Computes scores. All of it is called on the event loop's thread.

    Limits: `scores_at_once`, `scores_waiting`, `score_seconds`; one at a time for each `visitor`.
    """

    def __init__(self, runs: Runs, limits: Limits) -> None:
        self._runs, self._limits = runs, limits
        self._turns = asyncio.Semaphore(limits.scores_at_once)
        self._under_way: dict[Hashable, asyncio.Task[Score]] = {}
        self._visitors: set[str] = set()
        self._known: OrderedDict[Entry, Score] = OrderedDict()
        self.computed = 0
        """Scores computed by workers so far."""

    async def score(self, experiment: Experiment, epochs: int, challenge: Challenge, visitor: str = "") -> Score:
        """The score of an experiment, its changes of rates included, trained anew for so many epochs.

        Parameters
        ----------
        epochs : as many as the learner's run has come to
        visitor : whose entry it is; an empty one is nobody's, and not counted

        Raises
        ------
        Refused
            When there is none; the message is a sentence for the learner.
        """
        entry = Entry(experiment.trained, max(min(epochs, experiment.train.epochs), 0), challenge)
        refusal = challenge.refusal_of(experiment)
        if refusal is not None:
            raise Refused(refusal)
        if entry in self._known:
            self._known.move_to_end(entry)
            return self._known[entry]
        return await self._computed(entry, AsideRun(entry, visitor=VISITOR, failure=FAILED), visitor)

    async def score_kept(self, token: str, challenge: Challenge, visitor: str = "") -> Score:
        """The score of a run's network as it is, not trained anew: for weights that were edited, which count apart.

        It is that of its newest epoch, as kept about a second ago, or of the edit that came last.

        Raises
        ------
        Refused
            When there is none, too of `most_robust`, which has no meaning here; the message is a sentence.
        """
        run = self._run(token)
        assert isinstance(run.subject, Experiment)
        refusal = ONE_SEED if challenge.kind == "most_robust" else challenge.refusal_of(run.subject)
        refusal = UNTRAINED if refusal is None and run.kept is None else refusal
        if refusal is not None:
            raise Refused(refusal)
        entry = Entry(run.subject.trained, run.kept_epoch, challenge, as_it_is=True)
        aside = AsideRun(entry, visitor=VISITOR, failure=FAILED, kept=run.kept, kept_epoch=run.kept_epoch)
        return await self._computed(aside, aside, visitor)

    async def score_run(self, token: str, challenge: Challenge, visitor: str = "") -> Score:
        """The score of what a run has come to: trained anew by its whole course, or as it is where it was edited.

        Raises
        ------
        Refused
            When there is none; the message is a sentence for the learner.
        """
        run = self._run(token)
        asked = of_link(run.standing["course"]["link"])
        if EDITED.keys() & asked.keys():
            return await self.score_kept(token, challenge, visitor)
        experiment, _refused = Experiment.from_query(asked)
        return await self.score(experiment, run.standing["last_epoch"], challenge, visitor)

    def _run(self, token: str) -> LiveRun:
        run = self._runs.get(token)
        if run is None:
            raise Refused(NO_RUN)
        if run.kind != RUN or not isinstance(run.subject, Experiment):
            raise Refused(NO_NETWORK)
        return run

    async def _computed(self, key: Hashable, run: AsideRun, visitor: str) -> Score:
        """What comes of a run; whoever enters the same meanwhile waits for the same."""
        if visitor and visitor in self._visitors:
            raise Refused(ONE_AT_A_TIME)
        self._visitors.add(visitor)
        try:
            return await asyncio.shield(self._under_way.get(key) or self._begin(key, run))
        finally:
            self._visitors.discard(visitor)

    def _begin(self, key: Hashable, run: AsideRun) -> asyncio.Task[Score]:
        limits = self._limits
        if len(self._under_way) >= limits.scores_at_once + limits.scores_waiting:
            raise Refused(ALL_WAIT.format(at_once=limits.scores_at_once, waiting=limits.scores_waiting))
        computing = self._under_way[key] = asyncio.create_task(self._compute(run))
        computing.add_done_callback(lambda done: self._done(key, done))
        return computing

    def _done(self, key: Hashable, computing: asyncio.Task[Score]) -> None:
        del self._under_way[key]
        if not computing.cancelled() and computing.exception() is None and isinstance(key, Entry):
            self._remember(key, computing.result())  # whoever asked may have gone

    async def _compute(self, run: AsideRun) -> Score:
        seconds = self._limits.score_seconds
        async with self._turns:
            try:
                said = json.loads(await asyncio.wait_for(message_of(run, self._runs), seconds))
            except asyncio.TimeoutError:
                raise Refused(IN_VAIN.format(seconds=seconds)) from None
        if "refused" in said:
            raise Refused(said["refused"])
        self.computed += 1
        return Score.from_texts(said["score"])

    def _remember(self, entry: Entry, score: Score) -> None:
        self._known[entry] = score
        if len(self._known) > IN_MEMORY:
            self._known.popitem(last=False)
