"""A search in a worker: batch after batch of trials, with the real engine."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from playground.core import Experiment
from playground.core.history import FIGURES
from playground.core.query import of_link
from playground.core.search import BATCH, STATES, Asker, Search
from playground.engine import train
from playground.runtime.protocol import page
from playground.runtime.search_scene import search_scene_of
from playground.runtime.subjects import key_of, kind_of
from tests.channel_types import check_message
from tests.runtime.search_bench import SearchBench, search_of
from tests.runtime.test_any_message import messages

SMALL = "samples=40&hidden=3&batch_size=20&search=learning_rate,width&search_epochs=30&seconds=1000"
DIVERGING = "dataset=plane&samples=30&hidden=2&activation=linear&output=linear&learning_rate=100&search=width&trials=5"


@pytest.fixture(scope="module")
def played() -> SearchBench:
    bench = SearchBench(f"{SMALL}&trials={2 * BATCH + 4}&seeds=2")
    bench.play()
    return bench


def test_a_search_asks_trains_and_tells_until_it_has_all_its_trials(played: SearchBench) -> None:
    header, arrays = played.frames[-1]
    trials = played.search.trials
    assert header["state"] == "finished" and header["last_epoch"] == trials == len(played.links)
    assert header["counts"]["running"] == 0 and sum(header["counts"].values()) == trials
    assert arrays["figures"].shape == (trials, 2, 4) and np.isfinite(arrays["figures"]).all()
    assert set(arrays["epochs"]) == set(played.search.rungs)
    assert sum(header["importance"].values()) == pytest.approx(1)


def test_it_is_seen_on_its_way(played: SearchBench) -> None:
    counts = [header["last_epoch"] for header, _ in played.frames]
    assert counts == sorted(counts) and len(set(counts)) > 3
    assert {header["state"] for header, _ in played.frames} >= {"playing", "finished"}
    bests = played.frames[-1][1]["bests"]
    accuracy = played.frames[-1][1]["figures"][:, :, FIGURES.index("val_accuracy")].mean(axis=1)
    assert bests[-1] == played.frames[-1][0]["best"] and accuracy[bests[-1]] == accuracy.max()
    assert (np.diff(accuracy[bests]) >= 0).all(), "the best becomes no worse"


def test_a_trial_is_what_its_link_trains_alone(played: SearchBench) -> None:
    arrays = played.frames[-1][1]
    for number in (0, int(np.argmax(arrays["epochs"])), len(played.links) - 1):
        experiment, refused = Experiment.from_query(of_link(played.links[number]))
        assert refused == [] and experiment == played.search.experiments(played.run.ledger.records[number].trial)[0]
        alone = next(each for each in train(experiment) if each.epoch == arrays["epochs"][number])
        wanted = [getattr(alone, name) for name in FIGURES]
        assert np.allclose(arrays["figures"][number, 0], wanted, rtol=1e-3, atol=1e-5)


@pytest.mark.parametrize("knobs", ["features,l2", "hidden,init", "optimizer,momentum"])
def test_each_mix_of_knobs_trains_what_its_links_train_alone(knobs: str) -> None:
    link = "samples=40&hidden=3&batch_size=20&optimizer=momentum&learning_rate=0.01&search_epochs=30&trials=5"
    bench = SearchBench(f"{link}&search={knobs}&sampler=random&seconds=1000")
    _header, arrays = bench.play()
    assert max(arrays["epochs"]) == 30
    for number, its in enumerate(bench.links):
        experiment, refused = Experiment.from_query(of_link(its))
        assert refused == []
        alone = next(each for each in train(experiment) if each.epoch == arrays["epochs"][number])
        wanted = [getattr(alone, name) for name in FIGURES]
        assert np.allclose(arrays["figures"][number, 0], wanted, rtol=1e-3, atol=1e-5), its


def test_the_same_search_again_gives_the_same_trials_however_slow_it_is(played: SearchBench) -> None:
    again = SearchBench(f"{SMALL}&trials={2 * BATCH + 4}&seeds=2")
    for _ in range(200):
        again.run.hear(page.Play())
        again.turns(most=7)
        again.run.hear(page.Pause())
        again.clock.wait(5.0)
    again.play()
    assert again.links == played.links
    for name in ("values", "states", "epochs", "bests"):
        assert np.array_equal(again.frames[-1][1][name], played.frames[-1][1][name])


def test_taken_up_after_a_batch_it_goes_on_as_it_would_have(played: SearchBench) -> None:
    bench = SearchBench(f"{SMALL}&trials={2 * BATCH + 4}&seeds=2")
    bench.run.hear(page.Play())
    while bench.run.version[1] != BATCH:
        bench.turns(most=1)
    bench.turns(most=9)
    successor = SearchBench(f"{SMALL}&trials={2 * BATCH + 4}&seeds=2", bench.kept())
    assert successor.run.standing["last_epoch"] == BATCH
    successor.play()
    assert successor.links == played.links
    assert np.array_equal(successor.frames[-1][1]["states"], played.frames[-1][1]["states"])
    assert np.allclose(successor.frames[-1][1]["figures"], played.frames[-1][1]["figures"], rtol=1e-4)


def test_nobody_looks_and_nothing_is_trained() -> None:
    bench = SearchBench(f"{SMALL}&trials=4")
    bench.run.hear(page.Play())
    bench.turns(most=5)
    bench.run.hear(page.Hidden())
    seconds = bench.run.standing
    assert not bench.run.wants_turn
    bench.clock.wait(1e6)
    assert not bench.run.wants_turn and bench.run.standing == seconds, "nor does its time pass"
    bench.turns()
    assert bench.run.standing["state"] == "finished"


def test_it_waits_for_play_and_pauses() -> None:
    bench = SearchBench(f"{SMALL}&trials=4")
    bench.turns()
    assert (bench.run.standing["state"], bench.run.standing["last_epoch"]) == ("ready", 0)
    bench.run.hear(page.Play())
    bench.turns(most=4)
    bench.run.hear(page.Pause())
    bench.turns()
    assert bench.run.standing["state"] == "paused" and bench.frames[-1][0]["state"] == "paused"


def test_when_its_time_is_over_it_says_so_and_play_goes_on_for_longer() -> None:
    bench = SearchBench(f"{SMALL.replace('1000', '1')}&trials={BATCH}")
    header, _ = bench.play()
    assert header["state"] == "finished" and header["last_epoch"] < BATCH
    assert header["message"].startswith("Its 1 seconds are over after")
    header, _ = bench.play(until=1000)
    assert (header["state"], header["last_epoch"], header["message"]) == ("finished", BATCH, "")


def test_a_search_in_which_all_diverge_ends_with_a_sentence() -> None:
    header, arrays = SearchBench(DIVERGING).play()
    assert header["state"] == "diverged" and header["best"] is None
    assert header["message"].startswith("A search needs trials whose loss stays a number. Got 5 that have all diverged")
    assert header["counts"]["diverged"] == 5 == len(arrays["states"]) and (arrays["bests"] == -1).all()


def test_what_diverges_is_counted_and_stops_no_other() -> None:
    link = DIVERGING.replace("search=width", "init=normal&search=init_deviation").replace("learning_rate=100", "l2=0.5")
    header, arrays = SearchBench(link.replace("trials=5", "trials=24")).play()
    diverged = header["counts"]["diverged"]
    assert 0 < diverged < 24 and header["best"] is not None and len(arrays["states"]) == 24
    have = "has" if diverged == 1 else "have"
    assert header["message"] == f"{diverged} of 24 {have} diverged."


def test_at_the_end_what_has_mattered_is_told_from_all_trials() -> None:
    bench = SearchBench(f"{SMALL}&trials={2 * BATCH}")
    header, _arrays = bench.play()
    told = [bench.run.ledger.score(number) for number in range(2 * BATCH)]
    assert header["importance"] == pytest.approx(Asker(bench.search, told).importance())


def test_rewound_it_asks_for_the_same_trials() -> None:
    bench = SearchBench(f"{SMALL}&trials=6")
    bench.play()
    links = list(bench.links)
    bench.run.hear(page.Rewind())
    bench.turns()
    assert bench.run.standing["state"] == "ready" and bench.run.standing["last_epoch"] == 0
    bench.play()
    assert bench.links == links


def test_a_page_that_comes_back_is_told_all_links() -> None:
    bench = SearchBench(f"{SMALL}&trials=6")
    bench.play()
    links, bench.links = list(bench.links), []
    bench.run.welcome(2)
    bench.turns()
    assert bench.links == links


def test_what_a_page_is_told_first_is_what_the_channel_declares() -> None:
    search = search_of("search=learning_rate,activation,l2,depth&seeds=2")
    hello = search_scene_of(search, "name")
    check_message(dict(hello), {})
    assert [(knob["knob"], knob["scale"]) for knob in hello["knobs"]] == [
        ("learning_rate", "log"),
        ("activation", "names"),
        ("l2", "log_with_zero"),
        ("depth", "linear"),
    ]
    assert hello["rungs"][-1] == search.search_epochs and len(hello["knobs"][1]["labels"]) > 1


def test_a_page_may_count_on_the_order_of_states_and_figures() -> None:
    assert STATES == ("running", "pruned", "complete", "diverged")
    assert FIGURES == ("loss", "accuracy", "val_loss", "val_accuracy")


def test_searches_of_equal_ranges_share_what_is_compiled() -> None:
    first, second, other = map(search_of, (SMALL, f"{SMALL}&search_seed=4&seed=2", SMALL.replace("width", "depth")))
    assert kind_of(first) == "search" and key_of(first) == key_of(second) != key_of(other)


@pytest.fixture(scope="module")
def small() -> SearchBench:
    return SearchBench(f"{SMALL}&trials=3")


@settings(max_examples=60, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
@given(st.lists(messages | st.just(page.OneEpoch()) | st.just(page.Rewind()), max_size=8))
def test_whatever_a_page_says_the_search_goes_on(small: SearchBench, told: list[page.PageMessage]) -> None:
    for message in told:
        small.run.hear(message)
        small.turns(most=3)
    small.run.hear(page.Rewind())
    small.links = []
    assert small.play(until=10_000)[0]["last_epoch"] == 3


@pytest.mark.slow
@pytest.mark.parametrize("seed", [0, 1, 2])
def test_a_search_on_spirals_finds_a_network_that_gets_nearly_all_right(seed: int) -> None:
    """In at most 150 trials; none is trained once there is one."""
    link = "dataset=spiral&search=learning_rate,width,depth,activation&seconds=3600&trials=150"
    bench = SearchBench(f"{link}&search_seed={seed}")
    for trials in range(BATCH, 151, BATCH):
        header, arrays = bench.play(until=trials)
        best = arrays["figures"][header["best"], :, FIGURES.index("val_accuracy")].mean()
        if best >= 0.97:
            break
    assert best >= 0.97 and len(arrays["states"]) <= 150


def test_the_default_search_is_one() -> None:
    assert Search() == Search.from_query({})[0]
