"""What a check says of a run, an item or the networks of a wall."""

from __future__ import annotations

import math
import pickle
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from playground.core import Experiment
from playground.core.wall import Wall
from playground.lessons import Check, Number, Run, load_text
from playground.lessons.check import End
from playground.lessons.conditions import parse_condition
from playground.lessons.figures import FIGURES
from playground.lessons.subject import Networks

from .examples import FILE, RIGHT, WALL, changed

EXPERIMENT = Experiment.from_query({"epochs": "60", "hidden": "4"})[0]
WIDTHS = Wall.from_query({"epochs": "60", "rows": "hidden:3|8", "seeds": "2"})[0]


@dataclass
class Item:
    """An epoch as training yields it."""

    epoch: int = 60
    loss: float = 0.5
    accuracy: float = 0.9
    val_loss: float = 0.6
    val_accuracy: float = 0.81
    learning_rate: float = 0.03
    weights: Sequence[NDArray[np.floating]] = field(default_factory=list)


def check_of(*texts: str, subject: Experiment | Wall = EXPERIMENT) -> Check:
    networks = Networks.of(subject)
    conditions = tuple(parse_condition(text, networks) for text in texts)
    ends = tuple(End(each.train.epochs, each.train.patience) for each in networks.experiments)
    return Check(conditions, ends, isinstance(subject, Wall))


def items_of(**columns: Sequence[float]) -> list[Item]:
    """An item an epoch, from 0 on."""
    length = len(next(iter(columns.values())))
    rows: list[dict[str, Any]] = [{name: values[place] for name, values in columns.items()} for place in range(length)]
    return [Item(epoch=epoch, **row) for epoch, row in enumerate(rows)]


def test_the_sentences_of_the_issue() -> None:
    check = check_of("val_accuracy >= 0.95")
    assert check.of(Item(val_accuracy=0.95)) == (True, "reached")
    assert check.of(Item()) == (False, "not yet, because test accuracy is 0.81, wanted at least 0.95")


def test_every_broken_condition_is_named() -> None:
    check = check_of("val_accuracy >= 0.95", "loss <= 0.01", "epoch >= 10")
    reached, sentence = check.of(Item())
    assert not reached
    assert sentence == (
        "not yet, because test accuracy is 0.81, wanted at least 0.95, and training loss is 0.5, wanted at most 0.01"
    )


def test_the_part_that_is_watched_is_called_by_its_name() -> None:
    watched = Experiment.from_query({"validation": "0.2"})[0]
    assert "validation accuracy is 0.81" in check_of("val_accuracy >= 0.95", subject=watched).of(Item())[1]


@pytest.mark.parametrize("condition", ["val_accuracy <= 0.95", "val_loss >= 0.1", "gap < 0.5", "loss = 0.5 ± 0.01"])
def test_what_an_untrained_network_may_meet_waits_for_the_end(condition: str) -> None:
    check = check_of(condition)
    assert check.of(Item(epoch=12)) == (False, "not yet, because training is at epoch 12 of 60")
    assert check.of(Item(epoch=60)) == (True, "reached")
    assert check.of(Item(epoch=12), ended=True) == (True, "reached")


@pytest.mark.parametrize("condition", ["val_accuracy >= 0.8", "loss <= 0.5", "epoch >= 12", "learning_rate >= 0.01"])
def test_what_has_to_be_learned_counts_as_soon_as_it_is_there(condition: str) -> None:
    assert check_of(condition).of(Item(epoch=12)) == (True, "reached")


def test_a_condition_on_the_epoch_says_from_when_on_a_check_may_hold() -> None:
    check = check_of("val_accuracy <= 0.95", "epoch >= 10")
    assert check.of(Item(epoch=9)) == (False, "not yet, because epoch is 9, wanted at least 10")
    assert check.of(Item(epoch=10)) == (True, "reached")


def test_a_condition_until_an_epoch_makes_nothing_wait() -> None:
    check = check_of("val_accuracy >= 0.8", "epoch <= 50")
    assert check.of(Item(epoch=40)) == (True, "reached")
    assert check.of(Item(epoch=40, val_accuracy=0.5))[1] == "not yet, because test accuracy is 0.5, wanted at least 0.8"
    assert check.of(Item(epoch=60)) == (False, "not yet, because epoch is 60, wanted at most 50")
    waits = check_of("val_accuracy <= 0.9", "epoch >= 30", "epoch < 50")
    assert [waits.of(Item(epoch=epoch))[0] for epoch in (20, 40, 55)] == [False, True, False]


def test_a_condition_near_an_epoch_says_from_and_until_when_a_check_may_hold() -> None:
    window = check_of("epoch = 50 ± 1")
    assert [epoch for epoch in range(61) if window.of(Item(epoch=epoch))[0]] == [49, 50, 51]
    assert window.of(Item(epoch=30)) == (False, "not yet, because epoch is 30, wanted 50 ± 1")
    assert check_of("epoch = 50 ± 1", "val_accuracy <= 0.9").of(Item(epoch=50)) == (True, "reached")
    from_the_first = check_of("epoch = 1 ± 2", "val_accuracy >= 0.8")
    assert [epoch for epoch in range(61) if from_the_first.of(Item(epoch=epoch))[0]] == [0, 1, 2, 3]
    assert check_of("epoch = 1 ± 2", "val_accuracy <= 0.9").waits_for_the_end


def test_what_rounds_to_the_bound_as_float32_holds_and_what_misses_it_is_told_apart_from_it() -> None:
    check = check_of("val_accuracy >= 0.95")
    assert check.of(Item(val_accuracy=float(np.float32(0.95))))[0]
    assert "test accuracy is 0.9499, wanted" in check.of(Item(val_accuracy=0.9499))[1]
    assert not check_of("loss < 0.5").of(Item(loss=0.5))[0]


@pytest.mark.parametrize(("loss", "said"), [(math.nan, "not a number"), (math.inf, "infinite")])
def test_a_run_that_has_diverged_does_not_hold_and_is_not_waited_for(loss: float, said: str) -> None:
    reached, sentence = check_of("loss <= 0.1", "gap <= 1").of(Item(epoch=3, loss=loss))
    assert (reached, sentence) == (False, f"not yet, because training loss is {said}, wanted at most 0.1")
    assert not check_of("loss >= 0.1").of(Item(loss=math.nan))[0]


def test_a_whole_run_is_told_by_all_its_items_or_its_curves() -> None:
    items = items_of(loss=[0.7, 0.5, 0.6, 0.4, 0.5], val_loss=[0.7, 0.4, 0.5, 0.6, 0.8])
    check = check_of(
        "first loss = 0.7 ± 0.001",
        "least loss = 0.4 ± 0.001",
        "largest loss = 0.7 ± 0.001",
        "change of loss = 0.3 ± 0.001",
        "rises of loss >= 2",
        "best epoch = 1 ± 0",
        "val_loss / least val_loss >= 1.9",
        "epoch >= 4",
    )
    assert check.of(items) == (True, "reached")
    assert check.of_run(Run.of(items)) == (True, "reached")
    assert check.of_run(Run(Run.of(items).curves.astype(np.float32))) == (True, "reached")  # as a history keeps them


def test_one_lucky_epoch_does_not_tell_where_the_loss_is_least() -> None:
    losses = [9, 8, 3, 2, 1, 2, 3, 8, 9, 0, 9]
    items = items_of(loss=losses, learning_rate=[epoch / 100 for epoch in range(len(losses))])
    check = check_of("epoch of least loss = 4 ± 0", "rate of least loss = 0.04 ± 1e-9", "least loss <= 0", "epoch >= 1")
    assert check.of(items) == (True, "reached")
    assert check_of("epoch of least loss = 2 ± 0", "epoch >= 1").of(items[:3]) == (True, "reached")


def test_of_one_item_alone_it_is_said_that_a_whole_run_is_needed() -> None:
    reached, sentence = check_of("rises of loss >= 18").of(Item())
    assert (reached, sentence) == (
        False,
        "not yet, because number of rises of training loss can be told of a whole run alone",
    )


def test_early_stopping_is_an_end() -> None:
    stopped = Experiment.from_query({"epochs": "300", "patience": "3"})[0]
    check = check_of("best epoch < 5", subject=stopped)
    items = items_of(val_loss=[0.1, 0.5, 0.4, 0.5, 0.6, 0.4])
    assert check.of(items) == (True, "reached")
    assert check.of(items[:-1]) == (False, "not yet, because training is at epoch 4 of 300")


def test_the_figures_of_weights() -> None:
    weights = [np.array([[0.0, 0.0], [1.0, -3.0], [0.0, 2.0]]), np.zeros(2), np.array([[0.5], [1e-4]]), np.zeros(1)]
    check = check_of(
        "zero weights = 4 ± 0", "zero inputs = 1 ± 0", "largest weight = 3 ± 0", "hidden units = 2 ± 0",
        "hidden layers = 1 ± 0", "inputs = 3 ± 0",
    )  # fmt: skip
    assert check.of(Item(weights=weights)) == (True, "reached")
    assert "can be told with the weights alone" in check.of(Item())[1]


def test_every_figure_can_be_told_of_a_whole_run() -> None:
    weights = [np.ones((2, 3)), np.zeros(3), np.ones((3, 1)), np.zeros(1)]
    run = Run(np.array([[0, 0.7, 0.5, 0.7, 0.5, 0.03], [1, 0.5, 0.8, 0.6, 0.7, 0.03]]), weights)
    for name, figure in FIGURES.items():
        assert math.isfinite(figure.value(run)), name
        assert check_of(f"{name} >= -1e9").conditions[0].broken([run]) is None, name


def test_sums_and_products_go_from_left_to_right_products_first() -> None:
    assert check_of("val_loss - loss / 2 * 4 + 1 = 0.6 ± 1e-6").of(Item())[0]
    assert check_of("accuracy − val_accuracy ≥ 0.09").of(Item())[0]
    assert check_of("loss / gap * 0 >= -1").of(Item(accuracy=0.81))[1].startswith("not yet, because training loss /")


@pytest.mark.parametrize(
    ("condition", "sentence"),
    [
        ("val_accuracy >= 0.95 + 0.1*gap",
         "test accuracy is 0.81, wanted at least 0.95 + 0.1 × (training accuracy minus test accuracy), which is 0.959"),
        ("loss gap / loss >= 1", "(test loss minus training loss) / training loss is 0.2, wanted at least 1"),
        ("gap >= 0.5", "training accuracy minus test accuracy is 0.09, wanted at least 0.5"),
    ],
)  # fmt: skip
def test_a_figure_that_is_a_difference_in_words_stands_in_parentheses_beside_a_sign(
    condition: str, sentence: str
) -> None:
    assert check_of(condition).of(Item(epoch=60))[1] == f"not yet, because {sentence}"


def seen(*accuracies: float, epoch: int = 60) -> list[Item]:
    return [Item(epoch=epoch, val_accuracy=each, loss=1 - each) for each in accuracies]


WALLS: list[tuple[str, tuple[float, ...], str]] = [
    ("all val_accuracy >= 0.9", (0.9, 0.95, 1, 1), ""),
    ("val_accuracy >= 0.9", (0.9, 0.8, 1, 1), "test accuracy of hidden 3, seed 1 is 0.8, wanted at least 0.9"),
    (
        "all val_accuracy >= 0.9",
        (0.1, 0.2, 0.3, 0.4),
        "test accuracy of hidden 3, seed 0 is 0.1, wanted at least 0.9 and test accuracy of hidden 3, seed 1 is 0.2, "
        "wanted at least 0.9 and test accuracy of hidden 8, seed 0 is 0.3, wanted at least 0.9 and so in 1 more",
    ),
    ("some val_accuracy < 0.9", (0.9, 0.8, 1, 1), ""),
    (
        "some val_accuracy < 0.9",
        (0.9, 0.9, 1, 1),
        "test accuracy < 0.9 holds for 0 of 4 networks, wanted at least 1",
    ),
    ("none val_accuracy >= 0.9", (0.1, 0.2, 0.8, 0.8), ""),
    ("at least 2 val_accuracy >= 0.9", (0.9, 0.1, 0.2, 0.9), ""),
    (
        "at most 1 val_accuracy >= 0.9",
        (0.9, 0.1, 0.2, 0.9),
        "test accuracy ≥ 0.9 holds for 2 of 4 networks, wanted at most 1",
    ),
    ("hidden=8: all val_accuracy >= 0.9", (0.1, 0.1, 0.9, 0.9), ""),
    (
        "hidden=8, seed=1: val_accuracy >= 0.9",
        (1, 1, 1, 0.5),
        "test accuracy of hidden 8, seed 1 is 0.5, wanted at least 0.9",
    ),
    ("max loss / min loss >= 2", (0.1, 0.2, 0.3, 0.8), ""),
    (
        "hidden=3: max loss / min loss >= 2",
        (0.1, 0.2, 0.3, 0.8),
        "largest training loss / smallest training loss is 1.12, wanted at least 2",
    ),
    ("spread val_accuracy <= 0.1", (0.9, 0.95, 1, 1), ""),
    ("mean val_accuracy[hidden=8] > mean val_accuracy[hidden=3]", (0.5, 0.5, 0.6, 0.7), ""),
    (
        "loss[hidden=8, seed=0] <= 0.5 * loss[hidden=3, seed=0]",
        (0.5, 0.5, 0.6, 0.5),
        "training loss of hidden 8, seed 0 is 0.4, wanted at most "
        "0.5 × training loss of hidden 3, seed 0, which is 0.25",
    ),
]


@pytest.mark.parametrize(("condition", "accuracies", "because"), WALLS)
def test_conditions_on_the_networks_of_a_wall(condition: str, accuracies: tuple[float, ...], because: str) -> None:
    check = check_of(condition, subject=WIDTHS)
    wanted = (False, f"not yet, because {because}") if because else (True, "reached")
    assert check.of(seen(*accuracies)) == wanted


def test_a_wall_is_waited_for_like_a_run() -> None:
    assert check_of("none val_accuracy >= 0.9", subject=WIDTHS).of(seen(0, 0, 0, 0, epoch=5)) == (
        False,
        "not yet, because training is at epoch 5 of 60",
    )
    assert check_of("all val_accuracy >= 0.9", subject=WIDTHS).of(seen(1, 1, 1, 1, epoch=5))[0]


def test_a_wall_wants_an_item_for_each_network() -> None:
    with pytest.raises(ValueError, match=r"seen must be one for each of 4 networks\. Got 3\."):
        check_of("all loss <= 1", subject=WIDTHS).of(seen(1, 1, 1))


def test_a_check_of_a_value_with_commas_is_addressed() -> None:
    wall = Wall.from_query({"epochs": "60", "rows": "hidden:3|8,8", "columns": "learning_rate:0.1|1e-3"})[0]
    check = check_of("hidden=8,8, learning_rate=0.001: val_accuracy >= 0.9", subject=wall)
    assert check.of(seen(0, 0, 0, 0.95))[0]


def test_a_check_travels_to_another_process() -> None:
    check = check_of("hidden=8: all val_accuracy >= 0.9", subject=WIDTHS)
    assert pickle.loads(pickle.dumps(check)) == check


def test_an_explanation_quotes_the_run() -> None:
    (step,) = load_text(RIGHT, FILE).steps
    assert step.explained(step.quotes.of(Item())) == "It is 81 % after 60 epochs."
    (step,) = load_text(WALL, FILE).steps
    found = step.explained(step.quotes.of(seen(0.5, 0.8, 0.9, 0.975)))
    assert found == "Between 50 % and 97.5 %; 0.6."


def test_a_number_that_was_predicted_is_held_against_the_run() -> None:
    choices = "choices: [A ring, A line]\n      answer: 1\n      feedback: [Yes., No.]"
    number = "number:\n        of: val_accuracy\n        within: 3\n        unit: '%'"
    (step,) = load_text(changed(choices, number), FILE).steps
    assert isinstance(step.predict, Number)
    assert step.predict.judged(84, Item()) == (True, "It is 81 %. You said 84 %.")
    assert step.predict.judged(50, Item()) == (False, "It is 81 %. You said 50 %, 31 off.")
    assert step.predict.judged(50, Item(val_accuracy=math.nan))[0] is False


def test_a_value_with_commas_is_told_apart_from_the_knobs_of_a_wall() -> None:
    wall = Wall.from_query({"epochs": "60", "rows": "hidden:3|8,8", "columns": "learning_rate:0.1|0.3"})[0]
    items = [Item(epoch=60, val_accuracy=value) for value in (1, 1, 0.8, 1)]
    assert check_of("val_accuracy >= 0.9", subject=wall).of(items)[1] == (
        "not yet, because test accuracy of hidden [8,8], learning_rate 0.1 is 0.8, wanted at least 0.9"
    )
    named = check_of("val_accuracy[hidden=8,8, learning_rate=0.1] >= 0.9", subject=wall)
    assert "test accuracy of hidden [8,8], learning_rate 0.1 is 0.8" in named.of(items)[1]
