"""What an experiment is called: the same words wherever it is."""

from __future__ import annotations

import pytest

from playground.core import Data, Experiment, Model, Train
from playground.core.naming import in_a_line, title_of
from playground.engine.export import notebook, script
from tests.runtime.test_report import run_report, run_snapshot


@pytest.mark.parametrize(
    ("experiment", "line"),
    [
        (Experiment(data=Data(dataset="spiral"), model=Model(hidden=(8, 8))), "Spiral · 8, 8 Tanh · SGD 0.03"),
        (Experiment(model=Model(hidden=()), train=Train(seed=3)), "Circle · no hidden layer · SGD 0.03"),
        (
            Experiment(model=Model(hidden=(8, 4), activation=("relu", "tanh")), train=Train(optimizer="momentum")),
            "Circle · 8, 4 ReLU, Tanh · Momentum 0.03",
        ),
        (Experiment(model=Model(hidden=(6,) * 5)), "Circle · 5 × 6 Tanh · SGD 0.03"),
    ],
)
def test_a_line_tells_it_from_most_others_and_titles_begin_with_it(experiment: Experiment, line: str) -> None:
    assert in_a_line(experiment) == line and title_of(experiment).startswith(line)


def test_code_is_called_like_the_page() -> None:
    experiment = Experiment(model=Model(hidden=(8, 4), activation=("relu", "tanh")))
    line = in_a_line(experiment)
    assert f'"""{line}\n' in script(experiment, 3) and f"# {line}\\n" in notebook(experiment, 3)


def test_what_somebody_wrote_is_in_no_line() -> None:
    formula = Experiment(data=Data(dataset="formula", rule="x1 > 0"))
    assert in_a_line(formula) == "By a formula · 4, 2 Tanh · SGD 0.03" and "x1 > 0" in title_of(formula)


def test_a_report_is_called_like_the_page() -> None:
    assert f"<h1>{in_a_line(run_snapshot().experiment)}</h1>" in run_report()
