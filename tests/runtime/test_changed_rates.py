"""A run whose rates are changed while it trains says what it is: the link it tells gives the same run again."""

from __future__ import annotations

from typing import cast

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.core import MAX_CHANGES, Experiment, RateChange, Rates
from playground.core.query import of_link
from playground.runtime.jobs.job import Kept, Saved
from playground.runtime.jobs.kinds import Beginning
from playground.runtime.jobs.run import Run
from playground.runtime.protocol import page
from playground.runtime.protocol.server import Standing
from playground.runtime.server.live_run import LiveRun
from playground.runtime.worker.seat import Seat
from tests.runtime.runs import open_run
from tests.runtime.workbench import Workbench, curve, messages_of, train

PLAIN = Experiment()
FASTER, SLOWER = PLAIN.with_rates(Rates(0.5, 0, 0)), PLAIN.with_rates(Rates(0.01, 0, 0.2))


def link_of(run: Run) -> str:
    return run.standing["course"]["link"]


def opened(link: str) -> Experiment:
    experiment, refused = Experiment.from_query(of_link(link))
    assert refused == []
    return experiment


def replayed(link: str, epochs: int) -> list[list[float]]:
    """The curve of the run that a link opens."""
    run = Workbench().run(opened(link))
    return curve([*messages_of(run), *train(run, epochs)])


def changed(run: Run) -> list[list[float]]:
    """The curve of a run that is changed at epochs 20 and 35, to epoch 50."""
    sent = [*messages_of(run), *train(run, 20)]
    run.adjust(FASTER)
    sent += train(run, 15)
    run.adjust(SLOWER)
    return curve(sent + train(run, 15))


def test_the_link_of_a_run_with_two_live_changes_gives_the_same_run() -> None:
    run = Workbench().run()
    rows = changed(run)
    assert link_of(run) == "?learning_rate_from_20=0.5&learning_rate_from_35=0.01&l2_from_35=0.2"
    assert replayed(link_of(run), 50) == rows
    assert [rows[epoch][5] for epoch in (20, 21, 35, 36)] == pytest.approx([0.03, 0.5, 0.5, 0.01])


def test_a_page_is_told_where_the_rates_change_and_to_what() -> None:
    run = Workbench().run()
    changed(run)
    assert run.standing["course"]["turns"] == [
        {"epoch": 20, "text": "rate 0.5"},
        {"epoch": 35, "text": "rate 0.01, L2 0.2"},
    ]


def test_who_leaves_a_common_training_tells_the_link_of_its_own_and_the_others_theirs() -> None:
    bench = Workbench()
    ahead, leaving = bench.run(), bench.run()
    train(ahead, 80)
    rows = changed(leaving)
    assert replayed(link_of(leaving), 50) == rows
    assert link_of(ahead) == "?"


def test_who_open_one_link_with_changes_share_a_training_and_see_what_it_says() -> None:
    experiment = opened("?learning_rate_from_20=0.5&l2_from_35=0.2")
    bench = Workbench()
    ahead, behind = bench.run(experiment), bench.run(experiment)
    rows = curve([*messages_of(ahead), *train(ahead, 50)])
    assert ahead.training is behind.training
    assert [rows[epoch][5] for epoch in (20, 21, 50)] == pytest.approx([0.03, 0.5, 0.5])
    assert curve([*messages_of(behind), *train(behind, 50)]) == rows


def test_a_change_before_any_training_is_simply_another_experiment() -> None:
    run = Workbench().run()
    run.adjust(FASTER)
    assert link_of(run) == "?learning_rate=0.5"
    assert run.training.shared


def test_a_rewound_run_begins_with_the_rates_that_are_chosen_and_its_link_says_so() -> None:
    run = Workbench().run()
    changed(run)
    run.rewind()
    assert link_of(run) == "?l2=0.2&learning_rate=0.01"
    assert [row[5] for row in curve(train(run, 2))] == pytest.approx([0.01, 0.01, 0.01])


def test_a_rewound_run_of_a_link_makes_its_changes_again() -> None:
    link = "?learning_rate_from_20=0.5"
    run = Workbench().run(opened(link))
    train(run, 30)
    run.rewind()
    assert link_of(run) == link
    assert [row[5] for row in curve(train(run, 22))[20:]] == pytest.approx([0.03, 0.5, 0.5])


def test_a_rate_turned_on_the_way_leaves_the_changes_of_the_others_that_are_to_come() -> None:
    run = Workbench().run(opened("?learning_rate_from_40=0.5"))
    sent = [*messages_of(run), *train(run, 20)]
    run.adjust(opened("?l2=0.1&learning_rate_from_40=0.5"))
    rows = curve(sent + train(run, 30))
    assert link_of(run) == "?l2_from_20=0.1&learning_rate_from_40=0.5"
    assert [rows[epoch][5] for epoch in (40, 41)] == pytest.approx([0.03, 0.5])


@pytest.mark.parametrize(("epoch", "link"), [(20, "?"), (60, "?learning_rate_from_40=0.5&learning_rate_from_60=0.03")])
def test_a_change_that_is_dropped_is_not_made_or_taken_back(epoch: int, link: str) -> None:
    run = Workbench().run(opened("?learning_rate_from_40=0.5"))
    train(run, epoch)
    run.adjust(PLAIN)
    rows = curve(train(run, 10))
    assert link_of(run) == link
    assert rows[-1][5] == pytest.approx(0.03)


def kept(run: Run) -> Kept:
    saved = cast(Saved, run.save())
    assert saved.state is not None and saved.log is not None
    return Kept(saved.key, saved.state, (saved.log,))


def test_a_run_taken_up_elsewhere_keeps_its_changes_and_makes_them_once() -> None:
    run = Workbench().run()
    sent = [*messages_of(run), *train(run, 20)]
    run.adjust(FASTER)
    sent += train(run, 10)
    elsewhere = Workbench().run(FASTER, kept(run), 30)
    assert link_of(elsewhere) == link_of(run) == "?learning_rate_from_20=0.5"
    assert curve(sent + train(elsewhere, 20)) == replayed("?learning_rate_from_20=0.5", 50)


def test_a_rate_changed_while_a_run_was_under_way_holds_from_where_it_is_taken_up() -> None:
    run = Workbench().run()
    train(run, 20)
    elsewhere = Workbench().run(FASTER, kept(run), 20)
    train(elsewhere, 5)
    assert link_of(elsewhere) == "?learning_rate_from_20=0.5"


def test_weights_edited_by_hand_stay_out_of_the_link_which_says_so() -> None:
    run = Workbench().run()
    changed(run)
    run.hear(page.Edit(layer=1, unit=0, source=0, value=3.0))
    messages_of(run)
    assert link_of(run) == "?learning_rate_from_20=0.5&learning_rate_from_35=0.01&l2_from_35=0.2&edited=true"


def test_more_changes_than_a_link_holds_are_refused_in_words() -> None:
    run = Workbench().run()
    for change in range(MAX_CHANGES + 1):
        train(run, 1)
        run.adjust(PLAIN.with_rates(Rates(1 + change / 100, 0, 0)))
    (refusal,) = [header for header, _ in messages_of(run) if header["type"] == "refused"]
    assert refusal["message"].startswith("The rates of a run can change 50 times, and this one's have")
    assert len(opened(link_of(run)).changes) == MAX_CHANGES
    assert opened(link_of(run)).rates_at(9_999).learning_rate == 1.49


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 12), st.sampled_from([PLAIN, FASTER, SLOWER])), max_size=6))
def test_whatever_is_changed_whenever_the_link_gives_the_same_run(steps: list[tuple[int, Experiment]]) -> None:
    run = Workbench().run()
    sent = messages_of(run)
    for epochs, experiment in steps:
        sent += train(run, epochs)
        run.adjust(experiment)
    sent += train(run, 3)
    assert replayed(link_of(run), int(run.last_epoch)) == curve(sent)


def test_a_seat_tells_a_changed_course_at_once() -> None:
    seat = Seat("job", "run", Beginning(PLAIN))
    seat.take(Workbench().run())
    assert cast(Standing, seat.news())["course"]["link"] == "?"
    assert seat.news() is None
    train(cast(Run, seat.job), 7)
    seat.news()
    seat.adjust(FASTER)
    assert cast(Standing, seat.news())["course"]["link"] == "?learning_rate_from_7=0.5"


# As the server knows it ------------------------------------------------------------------------------------------


def test_an_untrained_run_is_simply_the_experiment_with_other_rates() -> None:
    run = LiveRun(PLAIN)
    assert run.course_with(FASTER)["link"] == "?learning_rate=0.5"
    run.adjust(FASTER)
    assert run.standing["course"]["link"] == "?learning_rate=0.5"


@pytest.mark.parametrize("message", [page.Play(epochs_per_frame=1), page.OneEpoch()])
def test_a_run_that_may_have_been_trained_is_what_it_was_until_its_worker_says_otherwise(
    message: page.PageMessage,
) -> None:
    run = LiveRun(PLAIN)
    run.tell(message)
    run.adjust(FASTER)
    assert run.standing["course"]["link"] == "?"


# With the real engine --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("leaves", [False, True], ids=["alone", "leaving others"])
def test_a_real_run_with_two_live_changes_opened_by_its_link_has_the_same_weights_bit_for_bit(leaves: bool) -> None:
    run = open_run(PLAIN)
    if leaves:
        ahead = Run(run._trainings, run._program, PLAIN)
        train(ahead, 60)
    train(run, 20)
    run.adjust(FASTER)
    train(run, 15)
    run.adjust(SLOWER)
    train(run, 15)
    experiment = opened(link_of(run))
    assert experiment.changes == (
        RateChange(20, "learning_rate", 0.5),
        RateChange(35, "learning_rate", 0.01),
        RateChange(35, "l2", 0.2),
    )
    again = open_run(experiment)
    train(again, 50)
    assert run.training.history.kept_epochs == again.training.history.kept_epochs
    for epoch in range(51):
        _, ours = run.training.history.weights_at(epoch)
        _, theirs = again.training.history.weights_at(epoch)
        for one, other in zip(ours, theirs, strict=True):
            np.testing.assert_array_equal(one, other)
    np.testing.assert_array_equal(run.training.history.curves(), again.training.history.curves())
