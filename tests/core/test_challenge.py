"""Challenges: what counts, in words and in texts, and whose score is better."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.core import Data, Experiment
from playground.core.challenge import KINDS, LARGEST_SEED, SEEDS, WITH_TARGET, Challenge, Score, better
from playground.core.errors import Refused

shares = st.floats(0.01, 1.0)
seeds = st.integers(0, LARGEST_SEED)
challenges = st.one_of(
    st.builds(Challenge, st.sampled_from([kind for kind in KINDS if kind not in WITH_TARGET]), st.none(), seeds),
    st.builds(Challenge, st.sampled_from(WITH_TARGET), shares, seeds),
)
scores = st.builds(
    Score,
    accuracy=st.sampled_from([0.5, 0.9, 0.931]),
    epoch=st.integers(0, 3),
    parameters=st.integers(9, 11),
    reached=st.none() | st.integers(0, 3),
    of_seeds=st.just(()) | st.tuples(*[st.sampled_from([0.5, 0.9])] * SEEDS),
    edited=st.booleans(),
)


@given(challenges)
def test_a_challenge_comes_back_from_its_texts(challenge: Challenge) -> None:
    texts = challenge.to_texts()
    assert all(isinstance(text, str) for pair in texts.items() for text in pair)
    assert Challenge.from_texts(texts) == challenge


@given(scores)
def test_a_score_comes_back_from_its_texts(score: Score) -> None:
    assert Score.from_texts(score.to_texts()) == score


@given(st.dictionaries(st.sampled_from(["kind", "target", "seed", "else"]), st.text() | st.sampled_from(KINDS)))
def test_any_texts_give_a_challenge_or_a_sentence(texts: dict[str, str]) -> None:
    try:
        Challenge.from_texts(texts)
    except Refused as refusal:
        assert str(refusal)[0].isalpha() and str(refusal).endswith((".", "'", '"'))


@pytest.mark.parametrize(
    ("texts", "sentence"),
    [
        ({"kind": "fastest"}, "kind must be one of best_accuracy, fewest_parameters, fewest_epochs, most_robust"),
        ({"kind": "fewest_epochs"}, "must come with a target. Got None."),
        ({"kind": "most_robust", "target": "0.9"}, "has no target"),
        ({"kind": "fewest_epochs", "target": "1.5"}, r"target must be an accuracy in \(0, 1\]. Got 1.5."),
        ({"kind": "fewest_epochs", "target": "nan"}, r"target must be an accuracy in \(0, 1\]"),
        ({"kind": "fewest_epochs", "target": "much"}, "target must be an accuracy, like 0.95 or 95%. Got 'much'."),
        ({"kind": "best_accuracy", "seed": "-1"}, "seed must be a whole number"),
        ({"kind": "best_accuracy", "prize": "cake"}, "alone. Got 'prize'."),
    ],
)
def test_what_is_no_challenge_is_refused_in_words(texts: dict[str, str], sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        Challenge.from_texts(texts)


def test_a_target_may_be_typed_in_per_cent() -> None:
    assert Challenge.from_texts({"kind": "fewest_epochs", "target": " 95 %", "seed": "3"}).target == 0.95


@given(challenges)
def test_title_and_sentence_tell_no_seed(challenge: Challenge) -> None:
    other = Challenge(challenge.kind, challenge.target, 1)
    assert (challenge.title, challenge.sentence) == (other.title, other.sentence)
    assert challenge.sentence.endswith(".") and "{" not in challenge.sentence


def test_it_is_said_in_words() -> None:
    challenge = Challenge("fewest_epochs", 0.95)
    assert challenge.title == "Fewest epochs: 95%"
    assert "get 95% of 1,000 points that nobody has seen right" in challenge.sentence


@given(seeds)
def test_the_five_seeds_differ(seed: int) -> None:
    assert len(set(Challenge("most_robust", None, seed).seeds)) == SEEDS


@pytest.mark.parametrize(
    ("challenge", "best_first"),
    [
        (
            Challenge("best_accuracy"),
            [Score(0.95, 3, 20), Score(0.95, 9, 10), Score(0.9, 0, 1, edited=False)],
        ),
        (
            Challenge("fewest_parameters", 0.9),
            [Score(0.91, 9, 9, 9), Score(0.95, 3, 20, 3), Score(0.93, 3, 20, 1), Score(0.89, 1, 2), Score(0.5, 1, 2)],
        ),
        (
            Challenge("fewest_epochs", 0.9),
            [Score(0.91, 9, 9, 0), Score(0.95, 3, 20, 3), Score(0.93, 3, 2, 3), Score(0.89, 1, 2)],
        ),
        (
            Challenge("most_robust"),
            [
                Score(0.9, 1, 9, of_seeds=(0.9, 0.9, 0.9, 0.9, 0.9)),
                Score(0.8, 1, 9, of_seeds=(0.8, 1.0, 1.0, 1.0, 1.0)),
                Score(0.8, 1, 9, of_seeds=(0.8, 0.9, 0.9, 0.9, 0.9)),
            ],
        ),
    ],
    ids=lambda value: getattr(value, "kind", ""),
)
def test_the_better_score_comes_first(challenge: Challenge, best_first: list[Score]) -> None:
    for one, other in permutations(range(len(best_first)), 2):
        assert better(challenge, best_first[one], best_first[other]) == (one < other)


@given(challenges, scores, scores)
def test_no_two_are_better_than_one_another_and_edited_ones_count_apart(
    challenge: Challenge, one: Score, other: Score
) -> None:
    assert not (better(challenge, one, other) and better(challenge, other, one))
    if one.edited != other.edited:
        assert not better(challenge, one, other)


def test_what_has_no_hidden_points_or_no_accuracy_is_refused_before_anything_is_trained() -> None:
    challenge = Challenge("best_accuracy")
    assert challenge.refusal_of(Experiment()) is None
    regression = challenge.refusal_of(Experiment(data=Data(dataset="hills")))
    assert regression is not None and "Got a regression." in regression
    drawn = challenge.refusal_of(Experiment(data=Data(dataset="drawn")))
    assert drawn is not None and "points that nobody has seen" in drawn
