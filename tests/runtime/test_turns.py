"""What a run does in its turns, on a clock that the test moves."""

from __future__ import annotations

import pytest

from playground.core import Experiment, Train
from playground.runtime.jobs.kinds import Beginning
from playground.runtime.jobs.pacing import FRAME_SECONDS, LEAD_SECONDS, Pacing
from playground.runtime.jobs.run import EDITS_WAITING
from playground.runtime.protocol.packing import unpack
from playground.runtime.protocol.page import Credit, Edit, Hidden, Play, Probe
from playground.runtime.worker.seat import SAVE_SECONDS, Seat
from tests.runtime.arithmetic_engine import SLOW
from tests.runtime.peers import Clock
from tests.runtime.workbench import Workbench, messages_of


def types(packed: list[bytes]) -> list[str]:
    return [unpack(message)[0]["type"] for message in packed]


def test_at_full_speed_training_stops_soon_after_the_last_credit() -> None:
    bench = Workbench()
    run = bench.run()
    run.hear(Play(epochs_per_frame=0))
    run.hear(Credit())
    turns = [run.turn() for _ in range(20)]
    assert types(turns[0]) == ["frame"] and run.last_epoch == 10, "an epoch takes two slices"
    bench.clock.wait(LEAD_SECONDS * 0.9)
    assert run.wants_turn
    bench.clock.wait(LEAD_SECONDS * 0.2)
    assert not run.wants_turn


def test_at_full_speed_a_frame_is_due_now_and_then() -> None:
    pacing = Pacing(Clock(), playing=True, epochs_per_frame=0, credits=2)
    pacing.frame_sent()
    assert not pacing.frame_due(urgent=False)
    pacing.clock.wait(1.1 * FRAME_SECONDS)  # type: ignore[attr-defined]
    assert pacing.frame_due(urgent=False)


def test_who_does_not_look_stops_the_training() -> None:
    run = Workbench().run()
    messages_of(run)
    run.hear(Play(epochs_per_frame=1000))
    for _ in range(100):
        run.turn()
    run.hear(Hidden())
    assert not run.wants_turn and run.turn() == [] and 0 < run.last_epoch < 1000


def test_of_many_probes_the_newest_is_answered_in_its_turn() -> None:
    run = Workbench().run(Experiment(train=Train(seed=SLOW)))
    messages_of(run)
    for x in range(400):
        run.hear(Probe(x1=float(x), x2=0.0))
    answers = [unpack(message)[0] for message in run.turn()]
    assert [answer["x1"] for answer in answers if answer["type"] == "probe"] == [399.0]
    assert not run.wants_turn


def test_of_many_edits_one_is_made_after_the_other_and_the_oldest_give_way() -> None:
    run = Workbench().run()
    messages_of(run)
    for value in range(200):
        run.hear(Edit(layer=1, unit=0, source=0, value=float(value)))
    for _slice in range(2):
        run.turn()
    assert run.training.history.weights_at(0)[1][0].item() == 200 - EDITS_WAITING
    assert len(messages_of(run)) == 1, "only the last one is shown"
    assert run.training.history.weights_at(0)[1][0].item() == 199


@pytest.mark.parametrize("steps", [1, 3])
def test_a_run_at_rest_is_saved_at_once_and_one_that_plays_once_a_second(steps: int) -> None:
    bench = Workbench()
    run = bench.run()
    seat = Seat("a", "run", Beginning(Experiment()), clock=bench.clock)
    seat.take(run)
    assert seat.to_save() is None, "nothing is trained yet"
    for _ in range(steps):
        run.step()
        messages_of(run)
        assert seat.to_save() is not None and seat.to_save() is None
    run.hear(Play(epochs_per_frame=1))
    run.hear(Credit())
    epoch = run.last_epoch
    while run.last_epoch == epoch:
        run.turn()
    assert seat.to_save() is None
    bench.clock.wait(SAVE_SECONDS * 1.1)
    saved = seat.to_save()
    assert saved is not None and saved.epoch == epoch + 1
