"""What a run has come to by the task of a lesson's step: said by the worker that trains it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from playground.core import Experiment, Train
from playground.core.wall import Wall
from playground.lessons.run import Run as RunSeen
from playground.lessons.task import Task
from playground.runtime.jobs import judging
from playground.runtime.jobs.judging import MOST_LOOKED_BACK, Seen
from playground.runtime.jobs.kinds import Beginning
from playground.runtime.protocol.packing import header_of
from playground.runtime.protocol.page import Edit, OneEpoch, PageMessage, Play, Rewind, Scrub
from playground.runtime.server.live_run import LiveRun
from playground.runtime.server.parked_runs import RECORDS, _record
from playground.runtime.worker.messages import Open, Tell, Welcome
from tests.channel_types import check_message

from .one_loop import OneLoop
from .peers import PATIENCE
from .wall_bench import WallBench

FIVE_EPOCHS = Task(checks=("epoch >= 3",), quotes=("epoch", "least val_loss"), answer="loss")
SHORT = Experiment(train=Train(epochs=5))


class Judged:
    """A run that a lesson judges, in a worker that only does sums."""

    def __init__(self, task: Task | None, experiment: Experiment = SHORT) -> None:
        self.bench = OneLoop()
        self.bench.order(Open("a", "run", Beginning(experiment, task=task)), Welcome("a", 2))
        self.bench.rounds()
        assert self.bench.compiled.acquire(timeout=PATIENCE)
        self.bench.rounds(10)

    def tell(self, *messages: PageMessage) -> Sequence[dict[str, Any]]:
        """Say something; the verdicts that come of it."""
        before = len(self.verdicts)
        for message in messages:
            self.bench.order(Tell("a", message))
            self.bench.rounds(30)
        return self.verdicts[before:]

    @property
    def verdicts(self) -> list[dict[str, Any]]:
        return [header for header in self.bench.pages["a"] if header["type"] == "verdict"]


def test_a_run_is_told_that_it_is_not_yet_there_and_then_that_it_is() -> None:
    run = Judged(FIVE_EPOCHS)
    (first,) = run.verdicts
    check_message(first, {})
    assert first["epoch"] == 0 and first["reached"] is False
    assert first["sentence"] == "not yet, because epoch is 0, wanted at least 3"
    said = run.tell(Play())
    assert [each["reached"] for each in said] == [each["epoch"] >= 3 for each in said]
    assert said[-1]["epoch"] == 5 and said[-1]["sentence"] == "reached"
    assert said[-1]["figures"]["epoch"] == "5"
    assert isinstance(said[-1]["answer"], float)


def test_looking_back_is_judged_by_the_newest_epoch_and_a_rewind_from_the_start() -> None:
    run = Judged(FIVE_EPOCHS)
    run.tell(Play())
    assert run.tell(Scrub(epoch=1)) == [], "nothing has changed of what the run has come to"
    assert [each["epoch"] for each in run.tell(Rewind())] == [0]


def test_what_was_reached_in_time_stays_so_when_the_time_is_over_until_a_rewind() -> None:
    run = Judged(Task(checks=("epoch >= 2", "epoch <= 3")))
    said = run.tell(Play())
    assert (said[-1]["epoch"], said[-1]["reached"], said[-1]["reached_at"]) == (5, True, 2)
    assert said[-1]["sentence"] == "reached"
    run.bench.order(Welcome("a", 2))
    run.bench.rounds(10)
    assert run.verdicts[-1]["reached_at"] == 2, "a page that comes back is told the same epoch"
    (anew,) = run.tell(Rewind())
    assert (anew["reached"], anew["reached_at"]) == (False, None)


def test_an_epoch_that_no_frame_has_shown_counts_too() -> None:
    run = Judged(Task(checks=("epoch >= 2", "epoch <= 3")))
    (said,) = run.tell(Play(epochs_per_frame=5))
    assert (said["epoch"], said["reached_at"]) == (5, 2)


def test_a_run_that_is_taken_up_again_knows_when_it_got_there() -> None:
    curves = np.zeros((MOST_LOOKED_BACK + 4, 6))
    curves[:, 0] = np.arange(len(curves))

    def verdict(*checks: str) -> Mapping[str, Any]:
        seen = Seen([RunSeen(curves)], lambda epoch: [RunSeen(curves[: epoch + 1])])
        (said,) = judging.Judged(Task(checks=checks)).say("taken up", Experiment(), lambda: seen)
        return header_of(said)

    assert verdict("epoch >= 700", "epoch <= 900")["reached_at"] == 700
    late = verdict(f"epoch >= {MOST_LOOKED_BACK + 2}")
    assert (late["reached"], late["reached_at"]) == (True, None), "no epoch is named that may be wrong"


def test_weights_that_were_edited_by_hand_count() -> None:
    run = Judged(Task(checks=("largest weight >= 50", "epoch >= 1")))
    run.tell(OneEpoch())
    assert not any(each["reached"] for each in run.verdicts)
    (said,) = run.tell(Edit(layer=1, unit=0, source=0, value=60.0))
    assert said["reached"] is True and said["epoch"] == 1


def test_a_run_that_nobody_judges_says_nothing() -> None:
    run = Judged(None)
    run.tell(Play())
    assert run.verdicts == []


def test_a_page_that_comes_back_is_told_again() -> None:
    run = Judged(FIVE_EPOCHS)
    run.tell(Play())
    before = len(run.verdicts)
    run.bench.order(Welcome("a", 2))
    run.bench.rounds(10)
    assert [each["sentence"] for each in run.verdicts[before:]] == ["reached"]


def test_a_check_that_has_no_meaning_for_what_the_learner_made_says_so() -> None:
    regression = Experiment.from_query({"dataset": "plane", "epochs": "5"})[0]
    (said,) = Judged(Task(checks=("val_accuracy >= 0.9",)), regression).verdicts
    assert said["reached"] is False
    assert said["sentence"].startswith("not yet, because with these settings the check")


def test_a_wall_is_judged_by_all_of_its_networks_and_each_keeps_its_weights() -> None:
    task = Task(
        checks=("learning_rate=0.3: all loss <= 1", "all epoch >= 2"), quotes=("largest weight[learning_rate=0.3]",)
    )
    bench = WallBench("samples=60&hidden=2&epochs=2&columns=learning_rate:0.01|0.3", task=task)
    bench.rest()
    assert bench.verdicts[0]["reached"] is False
    bench.rest(Play())
    last = bench.verdicts[-1]
    assert last["reached"] is True and last["epoch"] == 2
    assert float(last["figures"]["largest weight[learning_rate=0.3]"]) > 0


def test_a_wall_stays_reached_too_until_a_rewind() -> None:
    task = Task(checks=("all loss <= 5", "all epoch <= 1"))
    bench = WallBench("samples=60&hidden=2&epochs=3&columns=learning_rate:0.01|0.3", task=task)
    bench.rest(Play())
    last = bench.verdicts[-1]
    assert (last["epoch"], last["reached"], last["reached_at"]) == (3, True, 1)
    bench.rest(Rewind())
    assert (bench.verdicts[-1]["epoch"], bench.verdicts[-1]["reached_at"]) == (0, None)


def test_a_task_is_kept_with_its_run_on_disk() -> None:
    for subject in (SHORT, Wall(seeds=2)):
        record = _record(LiveRun(subject, task=FIVE_EPOCHS))
        assert RECORDS.validate_json(RECORDS.dump_json(record)).task == FIVE_EPOCHS
