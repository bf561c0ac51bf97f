"""Searches: what a link says of one, which trials are asked, who goes on, and what has mattered."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.core import Experiment
from playground.core.search import BATCH, MEMBERS, SEARCHED, Asker, Ledger, Search, Trial, ranges_of, stacked
from playground.core.search.search import NAMES
from playground.core.stacks import stack_key
from tests.core.test_imports import loaded_after

SPIRAL = "dataset=spiral&search=learning_rate,width,depth,activation"


def search_of(link: str) -> Search:
    search, refused = Search.from_query(dict(part.split("=", 1) for part in link.split("&")))
    assert refused == []
    return search


def refusals(link: str) -> list[str]:
    return Search.from_query(dict(part.split("=", 1) for part in link.split("&")))[1]


# What a link says.


@pytest.mark.parametrize(
    "link",
    [
        SPIRAL,
        f"{SPIRAL}&trials=150&seconds=30&sampler=random&seeds=3&search_seed=7&search_epochs=50",
        "search=learning_rate&seeds=2&optimizer=adam&hidden=8,8",
        "dataset=plane&search=l1,l2,features,batch_size",
    ],
)
def test_a_link_says_the_search_again(link: str) -> None:
    search = search_of(link)
    assert Search.from_query(search.to_query()) == (search, [])
    assert search.to_query() == dict(part.split("=", 1) for part in link.split("&"))


@pytest.mark.parametrize(
    ("link", "sentence"),
    [
        ("search=", "A search must have a knob to set. Got none: it sets learning_rate."),
        ("search=speed", "There is no knob called 'speed'."),
        ("search=width,noise", "A search sets what a network is and how it learns. Got noise, which is left out."),
        ("search=width,width", "search must name each knob once. Got width again."),
        ("search=hidden,width", "A search must set different things. Got hidden and width: width is left out."),
        ("search=activation&hidden=none", "activation makes no difference to this experiment: it is left out."),
        ("search=width&trials=0", "trials must be a whole number in [1, 1000]. Got 0."),
        ("search=width&seconds=1e9", "seconds must be a whole number in [1, 3600]. Got 1e9."),
        ("search=width&seeds=9", "seeds must be a whole number in [1, 8]. Got 9."),
        ("search=width&sampler=luck", "sampler must be one of tpe, random. Got 'luck'."),
        ("search=width&dropout=0.5", "A search trains networks without dropout and batch normalisation. Got one with"),
        ("search=width&learning_rate_from_5=0.1", "Rates must not change on the way in a search."),
        (f"search={'width,' * 500}", "search must be knobs, like learning_rate,width."),
        ("search=width&momentum=2", "momentum must be"),
    ],
)
def test_what_a_search_cannot_be_is_left_out_with_a_sentence(link: str, sentence: str) -> None:
    assert any(said.startswith(sentence) for said in refusals(link)), refusals(link)


def test_of_many_unknown_knobs_the_first_are_named() -> None:
    assert len(refusals(f"search={','.join(f'k{n}' for n in range(90))}")) < 30


@settings(max_examples=150, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from([*NAMES, "dataset", "hidden", "dropout", "seed", "learning_rate_from_3"]) | st.text(max_size=5),
        st.text(max_size=30)
        | st.lists(st.text(max_size=8), max_size=3)
        | st.lists(st.sampled_from([*SEARCHED, "noise", "none"]), max_size=6).map(",".join)
        | st.integers(-5, 2000).map(str),
        max_size=8,
    )
)
def test_whatever_a_link_says_it_makes_a_search(mapping: dict[str, str | list[str]]) -> None:
    search, _refused = Search.from_query(mapping)
    assert Search.from_query(search.to_query()) == (search, [])


def test_a_search_that_breaks_a_rule_is_no_search() -> None:
    with pytest.raises(ValueError, match="trials must be a whole number"):
        Search(trials=0)


def test_a_knob_of_layers_matters_where_depth_makes_some() -> None:
    assert search_of("hidden=none&search=depth,width,activation").knobs == ("depth", "width", "activation")


def test_every_knob_that_may_be_searched_has_a_range_somewhere() -> None:
    found: set[str] = set()
    for link in ({}, {"optimizer": "momentum"}, {"schedule": "step"}, {"init": "normal"}):
        found |= ranges_of(Experiment.from_query(link)[0]).keys()
    assert found == set(SEARCHED)


def test_the_last_rung_is_the_end_and_each_comes_a_third_of_the_way_to_the_next() -> None:
    assert search_of(f"{SPIRAL}&search_epochs=300").rungs == (12, 34, 100, 300)
    assert search_of(f"{SPIRAL}&search_epochs=5").rungs == (5,)


# Which trials are asked.


def asked(search: Search, score: Callable[[Trial], float]) -> list[Trial]:
    asker = Asker(search)
    trials = []
    while batch := asker.ask():
        trials += batch
        asker.tell([score(trial) for trial in batch])
    return trials


def near_a_tenth(trial: Trial) -> float:
    return -abs(math.log10(dict(trial.values)["learning_rate"]) + 1)


@pytest.mark.parametrize("sampler", ["tpe", "random"])
def test_the_same_search_asks_for_the_same_trials_and_another_seed_for_others(sampler: str) -> None:
    link = f"{SPIRAL}&trials=60&sampler={sampler}"
    first, again, other = (asked(search_of(f"{link}&search_seed={seed}"), near_a_tenth) for seed in (1, 1, 2))
    assert first == again and len(first) == 60
    assert first != other


def test_with_fewer_trials_a_search_asks_for_the_first_ones() -> None:
    many, few = (asked(search_of(f"{SPIRAL}&trials={trials}"), near_a_tenth) for trials in (2 * BATCH, BATCH + 3))
    assert many[: len(few)] == few


def test_an_asker_that_is_told_all_goes_on_as_the_one_before_would_have() -> None:
    search = search_of(f"{SPIRAL}&trials={3 * BATCH}")
    trials = asked(search, near_a_tenth)
    told = [near_a_tenth(trial) for trial in trials[: 2 * BATCH]]
    assert Asker(search, told).ask() == trials[2 * BATCH :]


def test_a_search_comes_to_where_trials_are_good() -> None:
    better: list[bool] = []
    for seed in range(5):
        scores = [near_a_tenth(trial) for trial in asked(search_of(f"{SPIRAL}&search_seed={seed}"), near_a_tenth)]
        better.append(bool(np.median(scores[-BATCH:]) > np.median(scores[:BATCH])))
    assert sum(better) >= 4


def test_a_trial_is_the_base_with_its_values_and_each_of_its_seeds() -> None:
    search = search_of(f"{SPIRAL}&seed=5&seeds=3&noise=0.1")
    for trial in Asker(search).ask():
        values, experiments = dict(trial.values), search.experiments(trial)
        assert [each.train.seed for each in experiments] == [5, 6, 7]
        for each in experiments:
            assert each.data == search.base.data and each.train.epochs == search.search_epochs
            assert each.model.hidden == (values["width"],) * values["depth"]
            assert each.model.activation == values["activation"]
            assert each.train.learning_rate == values["learning_rate"]


def test_values_are_within_their_ranges_and_rates_of_penalties_are_sometimes_none() -> None:
    search = search_of("search=l2,learning_rate,batch_size,features&trials=96&sampler=random")
    values = [dict(trial.values) for trial in asked(search, near_a_tenth)]
    rates = [each["l2"] for each in values]
    assert 0 < rates.count(0.0) < len(rates) and max(rates) <= 0.1
    assert all(rate == 0 or rate >= 1e-5 for rate in rates)
    assert {each["batch_size"] for each in values} == {10, 32, 100}


# Who goes on.


def told(search: Search, accuracies: list[float], epoch: int, ledger: Ledger | None = None) -> Ledger:
    """A ledger with a trial for each accuracy at a rung; one that is NaN has diverged."""
    ledger = ledger or Ledger(search)
    first = len(ledger.records)
    ledger.add([search.trial(first + k, {"learning_rate": 0.1}) for k in range(len(accuracies))])
    for k, accuracy in enumerate(accuracies):
        loss = 1 - accuracy
        ledger.tell(first + k, epoch, [[loss, accuracy, loss, 0.0 if math.isnan(accuracy) else accuracy]])
    return ledger


ONE_KNOB = search_of("search=learning_rate&search_epochs=90")


def test_the_best_third_goes_on_and_the_rest_is_pruned() -> None:
    ledger = told(ONE_KNOB, [0.5, 0.9, 0.7, 0.8, 0.6, 0.4], epoch=10)
    assert ledger.judge(10) == [1, 3]
    assert ledger.counts() == {"running": 2, "pruned": 4, "complete": 0, "diverged": 0}


def test_a_later_batch_is_held_against_all_that_came_before() -> None:
    ledger = told(ONE_KNOB, [0.9] * 6, epoch=10)
    for number in ledger.judge(10):
        ledger.tell(number, 90, [[0.1, 0.9, 0.1, 0.9]])
    ledger.judge(90)
    told(ONE_KNOB, [0.1, 0.95, 0.2], 10, ledger)
    assert ledger.judge(10) == [7]


def test_what_comes_to_the_last_rung_is_complete() -> None:
    ledger = told(ONE_KNOB, [0.5, 0.9], epoch=90)
    assert ledger.judge(90) == [] and ledger.counts()["complete"] == 2


def test_what_has_diverged_is_kept_counted_and_the_worst() -> None:
    ledger = told(ONE_KNOB, [math.nan, 0.2, 0.3], epoch=10)
    ledger.judge(10)
    assert ledger.counts()["diverged"] == 1 and len(ledger.records) == 3
    assert ledger.score(0) < min(ledger.score(1), ledger.score(2))
    assert ledger.bests() == [None, 1, 2]


def test_a_trial_of_which_one_seed_diverges_has_diverged() -> None:
    search = search_of("search=learning_rate&seeds=2")
    ledger = Ledger(search)
    ledger.add([search.trial(0, {"learning_rate": 1.0})])
    ledger.tell(0, search.rungs[0], [[0.1, 1.0, 0.1, 1.0], [math.inf, 0.5, math.inf, 0.5]])
    assert ledger.records[0].state == "diverged" and ledger.records[0].figures.shape == (2, 4)


def test_of_equal_accuracies_the_smaller_loss_is_better() -> None:
    ledger = told(ONE_KNOB, [0.9, 0.9], epoch=10)
    ledger.tell(1, 10, [[0.05, 0.9, 0.05, 0.9]])
    assert ledger.best == 1


def test_of_regression_the_smaller_loss_is_better() -> None:
    search = search_of("dataset=plane&search=learning_rate")
    ledger = Ledger(search)
    ledger.add([search.trial(k, {"learning_rate": 0.1}) for k in range(3)])
    for number, loss in enumerate((0.5, 0.1, 0.3)):
        ledger.tell(number, search.rungs[0], [[loss, math.nan, loss, math.nan]])
    assert ledger.best == 1 and ledger.judge(search.rungs[0]) == [1]
    assert ledger.score(1) > ledger.score(2) > ledger.score(0)


@pytest.mark.parametrize("accuracies", [[0.3, 0.4], [math.nan, 0.4]])
def test_a_later_rung_is_worth_more_than_any_accuracy(accuracies: list[float]) -> None:
    ledger = told(ONE_KNOB, accuracies, epoch=10)
    ledger = told(ONE_KNOB, [0.01], 30, ledger)
    assert ledger.score(2) > max(ledger.score(0), ledger.score(1))


# What has mattered.


@pytest.mark.parametrize("knob", ["learning_rate", "width", "activation"])
def test_importance_finds_the_one_knob_that_matters(knob: str) -> None:
    def score(trial: Trial) -> float:
        value = dict(trial.values)[knob]
        return float(value == ("tanh",)) if knob == "activation" else -abs(math.log(value / (0.1, 6)[knob == "width"]))

    found = 0
    for seed in range(5):
        search = search_of(f"{SPIRAL}&trials=96&search_seed={seed}")
        asker = Asker(search)
        while batch := asker.ask():
            asker.tell([score(trial) for trial in batch])
        importance = asker.importance()
        assert sum(importance.values()) == pytest.approx(1)
        found += max(importance, key=lambda each: importance[each]) == knob
    assert found >= 4


def test_of_few_trials_or_of_equal_ones_nothing_is_said() -> None:
    asker = Asker(search_of(f"{SPIRAL}&trials={2 * BATCH}"))
    for _ in range(2):
        assert asker.importance() == {}
        asker.tell([0.5] * len(asker.ask()))
    assert asker.importance() == {}


# How they are trained.


def test_whatever_is_asked_a_search_needs_one_program_a_depth() -> None:
    search = search_of(f"{SPIRAL}&trials=96&sampler=random&seeds=2")
    shapes = set()
    trials = asked(search, near_a_tenth)
    for first in range(0, len(trials), BATCH):
        members = [each for trial in trials[first : first + BATCH] for each in search.experiments(trial)]
        stacks = stacked(search, members)
        assert sorted(place for each in stacks for place in each.places[: each.wanted]) == list(range(len(members)))
        for each in stacks:
            assert len(each.places) == MEMBERS and each.shape.has_room_for([members[k] for k in each.places])
            shapes.add(each.shape)
    assert len(shapes) == 4


@pytest.mark.parametrize("knobs", ["hidden,activation", "features,standardize", "optimizer,batch_size", "l1,init"])
def test_every_mix_of_knobs_is_stacked(knobs: str) -> None:
    search = search_of(f"search={knobs}&trials=24&sampler=random")
    members = [each for trial in Asker(search).ask() for each in search.experiments(trial)]
    stacks = stacked(search, members)
    assert len({each.shape for each in stacks}) == len({stack_key(each) for each in members})
    assert all(each.shape.has_room_for([members[k] for k in each.places]) for each in stacks)


def test_what_a_search_is_does_without_optuna() -> None:
    code = "from playground.core.search import Ledger, Search\nLedger(Search.from_query({'search': 'width'})[0])"
    assert "optuna" not in loaded_after(code)
