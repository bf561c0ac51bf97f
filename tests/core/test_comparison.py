"""Comparisons: rules, links there and back, and what differs in words."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.core import Experiment
from playground.core.comparison import (
    LONGEST_NAME,
    MOST_RUNS,
    NAMES,
    Comparison,
    Run,
    checked_name,
    read_runs,
    write_runs,
)
from playground.core.knobs import PART_OF
from playground.core.query import LONGEST_TEXT, link, of_link
from playground.core.wall.size import MAX_POINTS, MAX_WEIGHTS, weights_in
from playground.lessons.presets import load_presets

NAMES_OF_KNOBS = [*PART_OF, *NAMES, "learning_rate_from_20", "edited", "nonsense"]
PIECES = [
    "noise:0.2",
    "dataset:hills",
    "loss:mse",
    "learning_rate_from_20:0.3",
    "same",
    "|",
    ";",
    ":",
    "names",
    "9",
    "",
]
QUERIES = st.sampled_from(
    [
        {"dataset": "xor", "hidden": "none"},
        {"dataset": "hills", "hidden": "16,16"},
        {"noise": "0.5"},
        {"learning_rate": "0.3", "learning_rate_from_20": "0.1"},
        {"l2": "0.01", "l2_from_5": "0"},
        {"optimizer": "momentum", "momentum": "0.5"},
        {"momentum": "0.5"},
        {"init": "normal", "init_deviation": "10"},
        {"batch_norm": "true", "dropout": "0.2"},
        {"dataset": "spirals", "classes": "5"},
        {"hidden": "4,2", "activation": "relu,tanh"},
        {},
    ]
)


def experiment_of(**query: str) -> Experiment:
    experiment, refused = Experiment.from_query(query)
    assert refused == []
    return experiment


def compared(*queries: dict[str, str], names: tuple[str, ...] = ()) -> Comparison:
    given = [*names, *[""] * (len(queries) - len(names))]
    return Comparison.of([(name, experiment_of(**query)) for name, query in zip(given, queries, strict=True)])


RATES = compared({"learning_rate": "0.03"}, {"learning_rate": "0.3"})


def test_a_link_says_what_all_have_and_what_each_has_of_its_own() -> None:
    made = compared(
        {"dataset": "xor", "learning_rate": "0.03"}, {"dataset": "xor", "learning_rate": "0.3", "l2": "0.01"}
    )
    assert made.to_query() == {"dataset": "xor", "runs": "l2:0;learning_rate:0.03|l2:0.01;learning_rate:0.3"}


def test_names_are_in_the_link_where_they_are_not_the_default_ones() -> None:
    assert RATES.names == ("learning rate 0.03", "learning rate 0.3")
    assert "names" not in RATES.to_query()
    named = Comparison.of([("", RATES.experiments[0]), ("fast", RATES.experiments[1])])
    assert named.to_query()["names"] == "|fast"
    assert named != RATES and named.unnamed == RATES


@given(st.lists(QUERIES, min_size=2, max_size=MOST_RUNS), st.lists(st.text(max_size=LONGEST_NAME), max_size=MOST_RUNS))
def test_a_link_gives_the_comparison_again(queries: list[dict[str, str]], names: list[str]) -> None:
    different = list({str(query): experiment_of(**query) for query in queries}.values())
    given_names = [name if name.strip() and _is_name(name) else "" for name in names]
    given_names = [" ".join(name.split()) for name in given_names]
    try:
        made = Comparison.of([(name, each) for name, each in zip([*given_names, *[""] * 12], different, strict=False)])
    except ValueError as refusal:
        assert "runs must" in str(refusal).lower()
        return
    assert Comparison.from_query(made.to_query()) == (made, [])
    assert Comparison.from_query(of_link(link(made.to_query()))) == (made, [])


def _is_name(text: str) -> bool:
    try:
        checked_name(text)
    except ValueError:
        return False
    return True


@given(
    st.dictionaries(
        st.sampled_from(NAMES_OF_KNOBS), st.one_of(st.text(), st.lists(st.sampled_from(PIECES)).map("".join))
    )
)
@settings(max_examples=300)
def test_any_link_gives_a_comparison_or_a_sentence(mapping: dict[str, str]) -> None:
    found, said = Comparison.from_query(mapping)
    assert found is not None or said
    if found is not None:
        assert Comparison.from_query(found.to_query()) == (found, [])
    assert all(sentence.endswith(".") and len(sentence) < 2 * LONGEST_TEXT for sentence in said)


@pytest.mark.parametrize(
    ("query", "word"),
    [
        ({}, "Got none."),
        ({"runs": "noise:0.5"}, "runs must be 2 to 12 runs with | between. Got 1."),
        ({"runs": "noise:0|noise:7"}, "Run 2 is left out: noise must be in [0, 1]. Got 7."),
        ({"runs": "noise:0|noise"}, "Run 2 is left out: it must be knobs with their values"),
        ({"runs": "noise:0|noise:0.1;noise:0.2"}, "Run 2 is left out: noise is given twice"),
        ({"runs": "noise:0|same"}, "Run 2 is left out: it must differ from the others. Got the same as run 1."),
        ({"runs": "noise:0|edited:true"}, "Run 2 is left out: The run of this link had weights"),
        ({"runs": ["noise:0|noise:1", "x"]}, "runs is given twice"),
    ],
)
def test_what_is_no_comparison_is_refused_with_the_rule_and_the_value(query: dict[str, str], word: str) -> None:
    found, said = Comparison.from_query(query)
    assert found is None
    assert word in said[0]


def test_of_too_many_runs_the_later_ones_are_left_out() -> None:
    found, said = Comparison.from_query({"runs": "|".join(f"seed:{seed}" for seed in range(14))})
    assert found is not None and len(found.runs) == MOST_RUNS
    assert said == ["runs must be 2 to 12 runs with | between. Got 14: the later ones are left out."]


def test_one_bad_run_leaves_the_others_with_their_names() -> None:
    found, said = Comparison.from_query({"runs": "noise:0|noise:7|noise:0.5", "names": "clean|bad|noisy"})
    assert found is not None and found.names == ("clean", "noisy")
    assert len(said) == 1


def test_what_is_refused_of_what_all_have_in_common_is_said_once() -> None:
    found, said = Comparison.from_query({"colour": "red", "noise": "7", "runs": "l2:0|l2:0.1"})
    assert found is not None
    assert said == ["noise must be in [0, 1]. Got 7.", "There is no knob called 'colour'."]


def test_what_the_common_part_alone_would_contradict_is_no_contradiction_of_the_runs() -> None:
    made = compared({"dataset": "hills", "loss": "mae"}, {"dataset": "plane", "loss": "mae"})
    assert made.to_query()["loss"] == "mae"
    assert Comparison.from_query(made.to_query()) == (made, [])


@pytest.mark.parametrize("name", ["", " ", "a|b", "x" * 61, "a\x00b", "a\u202eb"])
def test_a_name_that_is_none_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="A name must be 1 to 60 characters"):
        checked_name(name)
    with pytest.raises(ValueError, match="A name must be 1 to 60 characters"):
        Run(name, Experiment())


def test_two_runs_that_would_be_called_the_same_are_told_apart() -> None:
    long = "x" * LONGEST_NAME
    made = Comparison.of([(long, experiment_of(seed=str(seed))) for seed in range(3)])
    assert len(set(made.names)) == 3 and max(map(len, made.names)) <= LONGEST_NAME
    assert Comparison.from_query(made.to_query()) == (made, [])


def test_what_differs_is_told_for_those_alone_to_whom_it_matters() -> None:
    made = compared(
        {"init": "normal", "init_deviation": "10"}, {"init": "zeros"}, {"init": "normal", "init_deviation": "1"}
    )
    assert {each.knob: each.texts for each in made.differences} == {
        "init": ("normal", "zeros", "normal"),
        "init_deviation": ("10", None, "1"),
    }


def test_a_knob_that_makes_no_difference_is_none_and_its_run_no_other() -> None:
    with pytest.raises(ValueError, match="Runs must differ in a knob"):
        compared({}, {"momentum": "0.5"})
    kept = compared({"momentum": "0.5"}, {"seed": "1"})
    assert [each.knob for each in kept.differences] == ["seed"]
    assert kept.experiments[0].train.momentum == 0.5


def test_rates_that_change_on_the_way_differ_too() -> None:
    made = compared({}, {"learning_rate_from_200": "0.3"})
    assert [(each.knob, each.texts) for each in made.differences] == [("learning_rate_from_200", (None, "0.3"))]
    assert made.names == ("unchanged", "learning rate from 200 0.3")
    assert made.to_query() == {"runs": "same|learning_rate_from_200:0.3"}


@pytest.mark.parametrize("preset", load_presets(), ids=lambda preset: preset.name)
def test_the_steps_of_every_preset_are_a_comparison(preset: object) -> None:
    steps = preset.steps  # type: ignore[attr-defined]
    made = Comparison.of([(step.label, step.experiment) for step in steps])
    assert made.experiments == tuple(step.experiment for step in steps)
    assert made.names == tuple(step.label for step in steps)
    assert Comparison.from_query(made.to_query()) == (made, [])


def test_the_largest_comparison_keeps_to_the_size_of_a_wall() -> None:
    wide = {"hidden": ",".join(["128"] * 8), "features": "x1,x2,x1sq,x2sq,x1x2,sinx1,sinx2"}
    runs = [experiment_of(**wide, samples="100000", data_seed=str(seed)) for seed in range(MOST_RUNS)]
    assert sum(map(weights_in, runs)) < MAX_WEIGHTS
    assert sum(each.data.samples for each in runs) < MAX_POINTS


def test_one_run_can_be_written_and_read_too() -> None:
    alone = [("mine", experiment_of(noise="0.5"))]
    assert write_runs(alone) == {"noise": "0.5", "runs": "same", "names": "mine"}
    assert read_runs(write_runs(alone)) == (alone, [])
