"""Runs of one experiment share one training, and none of them can tell."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.core import Experiment, Train
from playground.runtime.jobs import checkpoints
from playground.runtime.jobs.job import Kept, Saved
from playground.runtime.jobs.run import Run
from playground.runtime.protocol.page import Edit, Scrub
from playground.runtime.server.keeping import Keep, Keeping
from tests.runtime import arithmetic_engine
from tests.runtime.workbench import Workbench, curve, frame_of, messages_of, train

SHORT = Experiment(train=Train(epochs=20))
FASTER = Experiment(train=Train(learning_rate=0.5))


@pytest.fixture(autouse=True)
def count() -> None:
    arithmetic_engine.epochs_trained = 0


def trained() -> int:
    return arithmetic_engine.epochs_trained


def edit(value: float) -> Edit:
    return Edit(layer=1, unit=0, source=0, value=value)


def alone(epochs: int, at: int = -1, change: Any = None) -> list[list[float]]:
    """The curve of a run that has its worker for itself, changed after an epoch."""
    run = Workbench().run()
    sent = messages_of(run)
    for epoch in range(epochs):
        if epoch == at:
            change(run)
        sent += train(run, 1)
    return curve(sent)


def test_what_one_has_trained_the_others_are_shown() -> None:
    bench = Workbench()
    runs = [bench.run() for _ in range(5)]
    for run in runs:
        assert curve([*messages_of(run), *train(run, 40)]) == alone(40)
    assert trained() == 40 + 5 * 40, "once for all, and once for each of the five that were alone"


def test_each_has_its_own_epoch_and_looks_back_for_itself() -> None:
    bench = Workbench()
    ahead, behind = bench.run(), bench.run()
    train(ahead, 30)
    sent = train(behind, 3)
    header, arrays = sent[-1]
    assert (header["epoch"], header["last_epoch"], len(curve([*sent]))) == (3, 3, 4)
    assert arrays["map"][0, 0, 0] == 3
    behind.hear(Scrub(epoch=20))
    messages_of(behind)
    assert behind.standing["last_epoch"] == 3
    ahead.hear(Scrub(epoch=7))
    header, arrays = frame_of(ahead)
    assert (header["epoch"], header["last_epoch"], arrays["map"][0, 0, 0]) == (7, 30, 7)


def test_a_frame_is_made_once_for_all_who_watch() -> None:
    bench = Workbench()
    runs = [bench.run() for _ in range(3)]
    arithmetic_engine.pictures_made = 0
    for run in runs:
        train(run, 20)
    assert arithmetic_engine.pictures_made == 21


def test_a_changed_rate_leaves_the_others_what_they_have() -> None:
    bench = Workbench()
    runs = [bench.run() for _ in range(3)]
    sent = [messages_of(run) for run in runs]
    for number, run in enumerate(runs):
        sent[number] += train(run, 25 if number else 60)
    runs[1].adjust(FASTER)
    for number in (1, 2):
        sent[number] += train(runs[number], 35)
    assert curve(sent[0]) == curve(sent[2]) == alone(60)
    assert curve(sent[1]) == alone(60, at=25, change=lambda run: run.adjust(FASTER))
    assert [row[5] for row in curve(sent[1])[25:27]] == pytest.approx([0.03, 0.5])
    assert sum_of_rates(runs[1]) == pytest.approx(25 * 0.03 + 35 * 0.5)


def sum_of_rates(run: Run) -> float:
    """By which a run has been trained so far, as the arithmetic engine's bias has it."""
    return float(run.training.history.weights_at(run.last_epoch)[1][1].item())


def test_an_edit_leaves_the_others_what_they_have_and_is_made_where_its_run_is() -> None:
    bench = Workbench()
    one, other = bench.run(), bench.run()
    train(one, 50)
    sent = [*messages_of(other), *train(other, 33)]
    other.hear(edit(200.0))
    header, arrays = frame_of(other)
    assert (header["epoch"], header["edited"], arrays["map"][0, 0, 0]) == (33, True, 200)
    sent += train(other, 5)
    assert curve(sent) == alone(38, at=33, change=lambda run: run.hear(edit(200.0)))
    assert not one.edited and frame_of_shown(one, 33) == 33
    assert frame_of_shown(other, 33) == 200 and frame_of_shown(other, 12) == 12


def frame_of_shown(run: Run, epoch: int) -> int:
    run.hear(Scrub(epoch=epoch))
    _header, arrays = frame_of(run)
    return int(arrays["map"][0, 0, 0])


def test_who_leaves_a_training_that_restored_an_earlier_epoch_comes_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checkpoints, "FIRST_STRIDE", 3)  # it ends where a state would be kept
    restoring = Experiment(train=Train(seed=arithmetic_engine.RESTORES, patience=3, restore_best=True))
    bench = Workbench()
    one, other = bench.run(restoring), bench.run(restoring)
    for run in (one, other):
        train(run, 6)
    assert one.standing["state"] == other.standing["state"] == "finished"
    one.hear(Scrub(epoch=6))
    one.hear(edit(99.0))
    header, arrays = frame_of(one)
    assert (header["edited"], header["epoch"], arrays["map"][0, 0, 0]) == (True, 6, 99)
    assert not other.edited


def test_who_leaves_is_trained_anew_from_the_nearest_state_only() -> None:
    bench = Workbench()
    ahead, leaving = bench.run(), bench.run()
    train(ahead, 100)
    train(leaving, 57)
    before = trained()
    leaving.adjust(FASTER)
    train(leaving, 10)
    assert trained() - before == 10 + 7


def test_thirty_on_one_link_cost_little_more_than_one_and_two_that_leave() -> None:
    bench = Workbench()
    runs = [bench.run() for _ in range(30)]
    for place, run in enumerate(runs):
        train(run, 50)
        if place == 10:
            run.adjust(FASTER)
        if place == 20:
            run.hear(edit(7.0))
        train(run, 150)
    assert trained() <= 1.1 * (200 + 2 * 150)


def test_a_lone_run_that_is_changed_trains_nothing_twice() -> None:
    run = Workbench().run()
    train(run, 25)
    run.adjust(FASTER)
    run.hear(edit(9.0))
    train(run, 25)
    assert trained() == 50


def test_rewind_returns_to_the_common_training() -> None:
    bench = Workbench()
    one, other = bench.run(), bench.run()
    train(one, 30)
    train(other, 10)
    other.hear(edit(200.0))
    train(other, 5)
    other.rewind()
    before = trained()
    header, arrays = frame_of(other)
    assert (header["epoch"], header["last_epoch"], header["edited"], header["curves_start"]) == (0, 0, False, 0)
    assert len(arrays["curves"]) == 1
    assert curve([(header, arrays), *train(other, 30)]) == alone(30)
    assert trained() - before == 30, "alone; in the common training all was there"


def test_a_rate_changed_before_anything_is_trained_is_another_experiment() -> None:
    bench = Workbench()
    faster, other = bench.run(FASTER), bench.run()
    other.adjust(FASTER)
    assert other.training is faster.training
    assert curve([*messages_of(other), *train(other, 5)])[0][5] == pytest.approx(0.5)


def test_where_the_history_is_thinned_who_is_behind_goes_on_alone() -> None:
    # Two weights an epoch: room for 12 epochs.
    bench = Workbench(history_bytes=100)
    ahead, behind = bench.run(), bench.run()
    train(ahead, 60)
    sent = [*messages_of(behind), *train(behind, 40)]
    assert curve(sent) == alone(40)
    shown = [(header["epoch"], int(arrays["map"][0, 0, 0])) for header, arrays in sent if header["type"] == "frame"]
    assert all(epoch == weight for epoch, weight in shown) and shown[-1][0] == 40


class Server:
    """Keeps what runs save, as the server does."""

    def __init__(self) -> None:
        self.kept: dict[str, tuple[bytes, list[bytes]]] = {}

    def keep(self, saved: Saved | None) -> Saved:
        assert saved is not None
        if saved.state is not None and saved.log is not None:
            logs = [] if saved.whole else self.kept[saved.key][1]
            self.kept[saved.key] = saved.state, [*logs, saved.log]
        return saved

    def value(self, saved: Saved) -> Kept:
        state, logs = self.kept[saved.key]
        return Kept(saved.key, state, tuple(logs))


def test_a_dead_worker_s_runs_share_their_training_again() -> None:
    server, bench = Server(), Workbench()
    runs = [bench.run() for _ in range(3)]
    for epochs, run in zip((30, 20, 10), runs, strict=True):
        train(run, epochs)
    runs[2].hear(edit(99.0))
    train(runs[2], 4)
    saved = [server.keep(run.save()) for run in runs]
    before = trained()
    bench = Workbench()
    resumed = [bench.run(Experiment(), server.value(each), each.epoch) for each in saved]
    assert [run.last_epoch for run in resumed] == [30, 20, 14]
    assert resumed[0].training is resumed[1].training and resumed[2].training is not resumed[0].training
    assert resumed[2].edited and frame_of_shown(resumed[2], 10) == 99
    for run, epochs in zip(resumed[:2], (10, 20), strict=True):
        rows = curve([*messages_of(run), *train(run, epochs)])
        assert rows == alone(40)
    assert trained() - before == 10 + 2 * 40


def test_what_one_who_left_had_kept_is_kept_anew_by_those_who_stay() -> None:
    bench, keeping = Workbench(), Keeping()
    one, other = bench.run(), bench.run()
    train(one, 30)
    train(other, 20)
    first = keep(keeping, one)
    assert first is not None
    one.leave()
    del first  # the server lets go of what no run holds
    held = keep(keeping, other)
    train(other, 15)
    kept = keep(keeping, other)
    assert held is kept
    assert kept is not None
    value = kept.value()
    assert value is not None
    resumed = Workbench().run(Experiment(), value, 35)
    assert curve([*messages_of(resumed), *train(resumed, 5)]) == alone(40)


def test_a_part_of_what_nobody_holds_any_more_is_not_taken_for_the_whole() -> None:
    keeping = Keeping()
    assert keeping.take(Saved("a", 5, b"state", b"later part", whole=False)) is None
    assert keeping.take(Saved("a", 5)) is None


def keep(keeping: Keeping, run: Run) -> Keep | None:
    saved = run.save()
    assert saved is not None
    return keeping.take(saved)


def test_a_run_taken_up_with_a_newer_rate_leaves_at_its_own_epoch() -> None:
    server, bench = Server(), Workbench()
    one, other = bench.run(), bench.run()
    train(one, 30)
    train(other, 12)
    server.keep(one.save())
    saved = server.keep(other.save())
    resumed = Workbench().run(FASTER, server.value(saved), saved.epoch)
    rows = curve([*messages_of(resumed), *train(resumed, 10)])
    assert rows == alone(22, at=12, change=lambda run: run.adjust(FASTER))


def test_more_epochs_for_all_on_one_link_are_trained_once() -> None:
    bench = Workbench()
    runs = [bench.run(SHORT) for _ in range(4)]
    sent = [[*messages_of(run), *train(run, 20)] for run in runs]
    assert [run.state for run in runs] == ["finished"] * 4
    for run in runs[:3]:
        run.adjust(SHORT.with_epochs(50))
    assert [run.state for run in runs] == ["paused"] * 3 + ["finished"]
    for number, run in enumerate(runs[:3]):
        sent[number] += train(run, 30)
        assert curve(sent[number]) == alone(50)
        assert run.state == "finished"
    assert len({id(run.training) for run in runs[:3]}) == 1 and runs[3].last_epoch == 20
    assert trained() == 20 + 3 * 50 + 30, "once for all, and once for each of the three that were alone"


def test_who_opens_the_longer_link_shares_the_training_that_was_prolonged() -> None:
    bench = Workbench()
    run = bench.run(SHORT)
    train(run, 20)
    run.adjust(SHORT.with_epochs(50))
    other = bench.run(SHORT.with_epochs(50))
    assert other.training is run.training
    assert curve([*messages_of(other), *train(other, 30)]) == alone(30)


def test_a_run_that_had_finished_goes_on_when_it_is_taken_up_with_more_epochs() -> None:
    server, bench = Server(), Workbench()
    run = bench.run(SHORT)
    train(run, 20)
    saved = server.keep(run.save())
    resumed = Workbench().run(SHORT.with_epochs(40), server.value(saved), saved.epoch)
    assert resumed.state == "paused"
    assert curve([*messages_of(resumed), *train(resumed, 20)]) == alone(40)
    again = server.keep(resumed.save())
    assert Workbench().run(SHORT.with_epochs(40), server.value(again), again.epoch).state == "finished"


def test_more_epochs_and_another_rate_come_in_either_order() -> None:
    runs = [Workbench().run(SHORT) for _ in range(2)]
    for run in runs:
        train(run, 20)
    runs[0].adjust(SHORT.with_epochs(40))
    runs[0].adjust(SHORT.with_epochs(40).with_rates(FASTER.rates))
    runs[1].adjust(SHORT.with_rates(FASTER.rates))
    runs[1].adjust(SHORT.with_epochs(40).with_rates(FASTER.rates))
    for run in runs:
        train(run, 20)
    assert [sum_of_rates(run) for run in runs] == [pytest.approx(20 * 0.03 + 20 * 0.5)] * 2


ACTIONS = st.lists(
    st.tuples(
        st.integers(0, 3), st.sampled_from(["train", "train", "rate", "edit", "rewind", "look back", "leave", "more"])
    ),
    max_size=30,
)


@given(ACTIONS)
@settings(max_examples=60)
def test_whatever_others_do_a_run_is_as_if_it_were_alone(actions: list[tuple[int, str]]) -> None:
    together = Workbench(history_bytes=2000)
    shared = [together.run(SHORT) for _ in range(4)]
    lonely = [Workbench(history_bytes=2000).run(SHORT) for _ in range(4)]
    seen: list[tuple[list[Any], list[Any]]] = [([], []) for _ in range(4)]
    for number, action in actions:
        for run, sent in zip((shared[number], lonely[number]), seen[number], strict=True):
            sent += messages_of(run)
            act(run, action)
            sent += messages_of(run)
    assert [sum_of_rates(run) for run in shared] == [sum_of_rates(run) for run in lonely]
    for in_company, by_itself in seen:
        assert curve(in_company) == curve(by_itself)
        for (header, arrays), (other_header, other_arrays) in zip(in_company, by_itself, strict=True):
            assert without_counts(header) == without_counts(other_header)
            assert all(np.array_equal(arrays[name], other_arrays[name]) for name in other_arrays)


def act(run: Run, action: str) -> None:
    match action:
        case "train":
            train(run, 7)
        case "rate":
            run.adjust(run.experiment.with_rates(FASTER.rates))
        case "more":
            run.adjust(run.experiment.with_epochs(run.experiment.train.epochs + 10))
        case "edit":
            run.hear(edit(run.last_epoch + 0.5))
        case "rewind":
            run.rewind()
        case "look back":
            run.hear(Scrub(epoch=run.last_epoch // 2))
        case "leave":
            run.hear(Scrub(epoch=0))


def without_counts(header: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in header.items() if name != "computed"}
