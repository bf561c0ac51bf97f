"""Rules that are typed, against NumPy written by hand; whatever is typed, nothing but a sentence comes of it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from playground.core import Data, Experiment, make_dataset
from playground.core.formulas import FormulaError, classes_by, python_of, read_rule
from playground.core.query import link, of_link

X = np.random.default_rng(0).uniform(-6, 6, (500, 2))
x1, x2 = X.T
PIECES = ["x1", "x2", "sin", "(", ")", "^", "-", "+", "*", "/", "<", ">", "<=", "9", "1e300", ".", "pi", "exp", "__"]


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("x2 > sin(x1)", x2 > np.sin(x1)),
        ("x1^2 + x2^2 - 9 > 0", x1**2 + x2**2 > 9),
        ("x1² + x₂³·2 ≥ (x + 1)²", x1**2 + 2 * x2**3 >= (x1 + 1) ** 2),
        ("-x1^2 < −3 × x₂", -(x1**2) < -3 * x2),
        ("y <= 2^3^0.5 / x", x2 <= 2 ** (3**0.5) / x1),
        ("abs(x1) - 1 - 2 ≥ cos(pi*x2)", np.abs(x1) - 3 >= np.cos(np.pi * x2)),
        ("X1*-2 ÷ 4 > tanh(+x2)", x1 * -2 / 4 > np.tanh(x2)),
    ],
)
def test_a_rule_is_what_it_says(text: str, holds: np.ndarray) -> None:
    np.testing.assert_array_equal(classes_by(read_rule(text), X), holds.astype(int))


def test_where_a_side_is_no_number_the_class_is_0() -> None:
    assert not classes_by(read_rule("sqrt(x1) > -1"), X)[x1 < 0].any()
    assert not classes_by(read_rule("0/0 < 1"), X).any()


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join) | st.text(max_size=300))
@example("(" * 200)
@example("-" * 199 + "1")
@example("9^" * 99 + "9>x1")
@example("__import__('os').system('true') > 1")
def test_whatever_is_typed_gives_classes_or_a_sentence(text: str) -> None:
    try:
        rule = read_rule(text)
    except FormulaError as refusal:
        assert str(refusal).startswith("Character ") and str(refusal).isprintable()
    else:
        assert set(classes_by(rule, X)) <= {0, 1}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("x2 > sin(", "Character 10: a number, x1, x2 or a parenthesis is missing before the end."),
        ("x2 > x1 1", "Character 9: an operator is missing before '1' (a link spells + as %2B)."),
        ("x2 > x1¼", "Character 8: '¼' is no part of a formula."),
        ("x2 > x1\u202e", r"Character 8: '\u202e' is no part of a formula."),
        ("os > 1", "Character 1: 'os' is none of x1, x2, pi"),
        ("0 > 1", "rule must give class 1 at least 1 % of the square from -6 to 6, for 250 points. Got 0 %."),
    ],
)
def test_a_rule_that_is_none_is_refused_with_the_place(text: str, reason: str) -> None:
    experiment, refused = Experiment.from_query({"dataset": "formula", "rule": text})
    assert len(refused) == 1 and reason in refused[0]
    assert experiment.to_query() == {"dataset": "formula"}


def test_a_rule_is_in_the_link_with_its_plus() -> None:
    query = {"dataset": "formula", "rule": "x2>x1+1"}
    assert of_link(link(query)) == query
    data = Experiment.from_query(query)[0].data
    dataset = make_dataset(data)
    np.testing.assert_array_equal(dataset.y_train, dataset.X_train[:, 1] > dataset.X_train[:, 0] + 1)
    assert np.sum(make_dataset(Data(dataset="formula", rule="x1 > 5.8", balance=0.02)).y_train) > 200


@pytest.mark.parametrize(
    "text",
    [
        "x2 > sin(x1)",
        "-x1^2 < 2^3^2/200 - x2",
        "x1 - (x2 - 1) > -(-x1)",
        "x1 / (x2*2) / 3 >= x1 - -x2",
        "(x1^2)^x2 > 1",
        "2^-x1 > x2 * pi",
        "(x1 + x2) * -(x1 - x2) <= 2 - (3 - x1)",
        "1/0 > x1 * (1 - 1)^-1",
        "(-8)^(1/3) < x1",
        "10^400 > exp(x1)",
        "--x1 > abs(cos(x2)) + log(x1)",
        "sqrt(x1) * tanh(x2) < 1e-5",
    ],
)
def test_a_rule_written_for_numpy_gives_the_same_classes(text: str) -> None:
    X = np.random.default_rng(0).uniform(-6, 6, (2000, 2))
    written = python_of(read_rule(text))
    with np.errstate(all="ignore"):
        holds = eval(written, {"np": np, "x1": X[:, 0], "x2": X[:, 1]})
    np.testing.assert_array_equal(np.broadcast_to(holds, 2000), classes_by(read_rule(text), X) == 1, err_msg=written)


def test_a_rule_written_for_numpy_has_no_parentheses_that_it_does_not_need() -> None:
    assert python_of(read_rule("x1^2 + x2^2 - 9 > (x1*2)")) == "x1**2 + x2**2 - 9 > x1 * 2"
