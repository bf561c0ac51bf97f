"""The rules of the diagnosis on hand-made evidence: each needs its signal, and no more than three speak at once."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from playground.core import Data, Experiment, Model, Train
from playground.core.diagnosis import RULES, Attainable, Evidence, Finding, Look, attainable, diagnose, look_at
from playground.core.diagnosis.evidence import score
from playground.core.signals import Signals

ALTERNATING = np.arange(100) % 2
"""The classes of a hundred points."""


def signals(**changed: Any) -> Signals:
    """Of two hidden layers and an output that are healthy but for what is changed."""
    healthy = {
        "weight_norms": [1.0, 1.0, 1.0],
        "gradient_norms": [0.3, 0.3, 0.3],
        "update_ratios": [0.01, 0.01, 0.01],
        "dead": [0.0, 0.0, np.nan],
        "saturated": [0.0, 0.0, 0.0],
    }
    return Signals(**{name: np.array(value, np.float64) for name, value in {**healthy, **changed}.items()})


def evidence(
    losses: Any,
    right: float = 0.6,
    val_losses: Any = None,
    values: Any = None,
    inputs: Any = None,
    first: Signals | None = None,
    last: Signals | None = None,
    possible: tuple[float, float] = (1.0, 0.5),
    **fields: Any,
) -> Evidence:
    """Of a run with these losses whose network is right on a share of a hundred points."""
    losses = np.asarray(losses, np.float32)
    n = len(losses)
    curves = np.full((n, 6), 0.03, np.float32)
    curves[:, 0], curves[:, 1], curves[:, 2], curves[:, 4] = np.arange(n), losses, right, right
    curves[:, 3] = losses if val_losses is None else val_losses
    if values is None:
        wrong = np.arange(100) >= round(100 * right)
        values = np.where(wrong, 1 - ALTERNATING, ALTERNATING)[:, np.newaxis].astype(np.float32)
    parts = {
        kind.__name__.lower(): kind(**{k: v for k, v in fields.items() if k in kind.model_fields})
        for kind in (Data, Model, Train)
    }
    return Evidence(
        experiment=Experiment(**{"model": Model(hidden=(8, 8), activation=("relu",)), **_given(parts, fields)}),
        curves=curves,
        looks=(Look(0, first or signals()), Look(n - 1, last or signals())),
        inputs=np.ones((100, 2), np.float32) if inputs is None else inputs,
        y=ALTERNATING,
        values=values,
        attainable=Attainable(*possible),
    )


def _given(parts: dict[str, Any], fields: dict[str, Any]) -> dict[str, Any]:
    """The parts of which a field was given."""
    return {name: part for name, part in parts.items() if any(key in type(part).model_fields for key in fields)}


def kinds(found: Evidence) -> list[str]:
    return [finding.kind for finding in diagnose(found)]


FALLING = np.geomspace(0.7, 0.1, 101)
FLAT = np.full(101, 0.69)
JUMPING = np.where(np.arange(101) % 2, 0.9, 0.5)
CREEPING = 0.7 - 1e-5 * np.arange(101)


def test_a_run_that_gets_on_has_no_finding() -> None:
    assert kinds(evidence(FALLING)) == []


def test_a_network_that_is_as_good_as_possible_may_rest() -> None:
    assert kinds(evidence(FLAT, right=0.7, possible=(0.72, 0.7))) == []
    assert kinds(evidence(FLAT, right=0.7, last=signals(gradient_norms=[0.01] * 3))) == ["plateau"]


@pytest.mark.parametrize("epochs", [0, 1, 5])
def test_of_a_run_that_has_hardly_begun_nothing_is_said(epochs: int) -> None:
    for losses in (FLAT, JUMPING, CREEPING):
        assert kinds(evidence(losses[: epochs + 1])) == []


@pytest.mark.parametrize("last", [np.nan, np.inf, 1e6])
def test_a_loss_that_is_no_number_or_has_exploded_is_a_divergence_and_hides_the_rest(last: float) -> None:
    found = diagnose(evidence([*JUMPING, last]))
    assert [finding.kind for finding in found] == ["diverged"]
    assert found[0].change == {"learning_rate": "0.003"}
    assert "epoch 101" in found[0].figure


def test_a_diverged_val_loss_alone_is_a_divergence_and_is_the_one_quoted() -> None:
    (found,) = diagnose(evidence(FALLING, val_losses=[*FALLING[:-1], np.inf]))
    assert found.kind == "diverged"
    assert "test loss was 0.7" in found.figure and "infinite" in found.figure


def test_a_loss_that_never_was_a_number_is_not_blamed_on_the_learning_rate() -> None:
    (found,) = diagnose(evidence([np.nan]))
    assert found.kind == "diverged" and not found.change
    assert "before any training" in found.sentence


def test_with_large_inputs_a_divergence_names_them_as_well() -> None:
    assert kinds(evidence([0.7, np.nan], inputs=np.full((100, 2), 50.0))) == ["diverged", "unscaled_inputs"]


def test_large_inputs_are_a_finding_only_where_they_do_harm() -> None:
    inputs, saturated = np.full((100, 2), 50.0), signals(saturated=[1.0, 0.0, 0.0])
    assert kinds(evidence(FLAT, inputs=inputs, first=saturated)) == ["unscaled_inputs"]
    assert kinds(evidence(FALLING, inputs=inputs, first=saturated, right=1.0)) == []
    assert kinds(evidence(FALLING, inputs=inputs)) == []
    assert kinds(evidence(FLAT, inputs=inputs, first=saturated, standardize=True)) == []


def test_dead_units_need_half_a_layer() -> None:
    half, few = signals(dead=[0.0, 0.5, np.nan]), signals(dead=[0.0, 0.375, np.nan])
    (found,) = diagnose(evidence(FLAT, last=half))
    assert found.kind == "dead_units"
    assert "In hidden layer 2, 4 of 8 units" in found.figure
    assert "dead_units" not in kinds(evidence(FLAT, last=few))
    assert kinds(evidence(FALLING, last=half)) == [], "the living half gets on"
    assert kinds(evidence(FALLING, last=signals(dead=[1.0, 0.0, np.nan]))) == ["dead_units"]


def test_units_that_died_ask_for_shorter_steps_and_units_that_never_lived_for_another_activation() -> None:
    dead = signals(dead=[0.75, 0.0, np.nan])
    (died,) = diagnose(evidence(FLAT, last=dead))
    (never_lived,) = diagnose(evidence(FLAT, first=dead, last=dead))
    assert died.change == {"learning_rate": "0.003"}
    assert never_lived.change == {"activation": "leaky_relu"}


def test_a_loss_that_rests_between_a_few_jumps_does_not_jump_up_and_down_by_rounding() -> None:
    resting = 0.7 + 6e-8 * (np.arange(101) % 2)
    resting[::10] *= 4
    assert kinds(evidence(resting)) == kinds(evidence(np.where(np.arange(101) % 10, 0.7, 2.8))) == []


def test_a_jumping_loss_is_too_high_a_rate_unless_it_gets_on_or_jumps_little() -> None:
    (found,) = diagnose(evidence(JUMPING))
    assert found.kind == "learning_rate_too_high"
    assert "rose 12 times" in found.figure  # a quarter of 101 epochs, every other one up
    assert kinds(evidence(JUMPING * np.geomspace(1, 0.1, 101))) == []
    assert kinds(evidence(0.7 + 0.02 * (JUMPING - 0.7))) == []
    assert kinds(evidence(0.01 * JUMPING, right=1.0)) == ["learning_rate_too_high"]
    assert kinds(evidence([0.7, *(0.01 * JUMPING)], right=1.0)) == [], "what has been learned may quiver"


def test_a_creeping_loss_is_too_low_a_rate_where_weights_hardly_move_and_the_gradient_pulls() -> None:
    short = signals(update_ratios=[1e-4, 1e-4, 1e-4])
    (found,) = diagnose(evidence(CREEPING, last=short))
    assert found.kind == "learning_rate_too_low"
    assert found.change == {"learning_rate": "0.3"}
    assert "0.01%" in found.figure
    assert "learning_rate_too_low" not in kinds(evidence(CREEPING, last=signals()))
    assert "learning_rate_too_low" not in kinds(evidence(CREEPING[::-1], last=short))
    rounded = np.float32(0.7) + np.float32(6e-8) * np.random.default_rng(0).integers(-2, 3, 101).astype(np.float32)
    for moved in (1e-9, 0.0):
        none = signals(update_ratios=[moved] * 3)
        (found,) = diagnose(evidence(rounded, last=none))
        assert found.kind == "learning_rate_too_low", "steps so short that the loss moves by rounding alone"
        assert "fell by less than 0.01%; the weights move by at most 0.01%" in found.figure
    at_rest = short._replace(gradient_norms=np.full(3, 1e-3))
    assert kinds(evidence(CREEPING, last=at_rest)) == ["plateau"]


def test_a_vanishing_gradient_is_one_that_never_reached_the_first_layer() -> None:
    lost = signals(gradient_norms=[1e-4, 0.01, 0.3])
    (found,) = diagnose(evidence(FLAT, first=lost, last=lost))
    assert found.kind == "vanishing_gradient"
    assert "0.03%" in found.figure
    assert kinds(evidence(FLAT, first=signals(), last=lost)) == []
    assert kinds(evidence(FALLING, first=lost, last=lost)) == []


def test_all_zero_weights_are_told_to_be_random() -> None:
    none = signals(gradient_norms=[0.0, 0.0, 0.0])
    (found,) = diagnose(evidence(FLAT, first=none, last=none, hidden=(8, 8), init="zeros"))
    assert found.change == {"init": "auto"}


@pytest.mark.parametrize(
    ("model", "change"),
    [
        ({"hidden": ()}, {"hidden": "8", "activation": "tanh"}),
        ({"hidden": (8, 8), "activation": ("linear",)}, {"activation": "tanh"}),
    ],
)
def test_a_linear_network_is_found_where_neighbours_know_more_than_any_line(
    model: dict[str, Any], change: dict[str, str]
) -> None:
    (found,) = diagnose(evidence(FLAT, **model))
    assert (found.kind, found.change) == ("linear_network", change)
    assert "60%" in found.figure and "100%" in found.figure
    assert kinds(evidence(FALLING, possible=(1.0, 0.99), **model)) == [], "a line would do: it is still learning"
    assert kinds(evidence(FALLING, possible=(0.65, 0.6), **model)) == [], "nobody knows more: the data are noisy"
    assert kinds(evidence(FALLING, hidden=(8, 8), activation=("linear", "relu"))) == []


def test_one_class_for_all_points_is_found_once_it_lasts() -> None:
    all_1 = np.full((100, 1), 0.8)
    (found,) = diagnose(evidence(FLAT, right=0.5, values=all_1))
    assert found.kind == "collapsed"
    assert "All 100 training points are called class 1; 50%" in found.figure
    almost = all_1.copy()
    almost[0] = 0.2
    assert "collapsed" not in kinds(evidence(FLAT, right=0.5, values=almost))
    assert kinds(evidence(FLAT[:15], right=0.5, values=all_1)) == []


def test_a_heavy_penalty_is_doubted_first_where_all_points_are_called_one_class() -> None:
    (found,) = diagnose(evidence(FLAT, right=0.5, values=np.full((100, 1), 0.8), l2=1.0))
    assert found.change == {"l1": "0", "l2": "0.1"}


def test_a_softmax_over_one_unit_is_the_only_thing_to_say() -> None:
    ones = np.ones((100, 1), np.float32)
    found = evidence(JUMPING, right=0.5, values=ones, hidden=(8, 8), output="softmax1")
    assert kinds(found) == ["one_unit_softmax"]
    assert kinds(found._replace(values=0.5 * ones)) != ["one_unit_softmax"]


def test_a_softmax_over_one_unit_is_1_to_rounding() -> None:
    """Computed eight points at a time it is one float32 below 1, and 1 for those that are left over."""
    below = np.where(np.arange(100) < 96, np.nextafter(np.float32(1), np.float32(0)), np.float32(1))[:, np.newaxis]
    assert set(np.unique(below)) == {np.float32(0.99999994), np.float32(1)}
    assert kinds(evidence(FLAT, right=0.5, values=below, hidden=(8, 8), output="softmax1")) == ["one_unit_softmax"]


def test_overfitting_names_the_epoch_of_the_turn() -> None:
    epochs = np.arange(101)
    turning = 0.3 + 0.4 * np.abs(epochs - 40) / 60
    (found,) = diagnose(evidence(FALLING, right=1.0, val_losses=turning))
    assert found.kind == "overfitting"
    assert "Since about epoch 40" in found.sentence
    assert "the test loss rose from about 0.3" in found.figure
    watched = diagnose(evidence(FALLING, right=1.0, val_losses=turning, validation=0.2))[0]
    assert "the validation loss rose" in watched.figure
    assert found.change == {"l2": "0.01"}
    assert kinds(evidence(FLAT, right=1.0, val_losses=turning)) == [], "the training loss must fall"
    assert kinds(evidence(FALLING, right=1.0, val_losses=0.3 + 0.1 * (turning - 0.3))) == [], "too small a rise"
    spike = np.where(epochs == 100, 5.0, FALLING)
    assert kinds(evidence(FALLING, right=1.0, val_losses=spike)) == [], "one bad epoch is none"


def test_what_is_advised_starts_from_what_is_in_use() -> None:
    turning = 0.3 + 0.4 * np.abs(np.arange(101) - 40) / 60
    (more,) = diagnose(evidence(FALLING, right=1.0, val_losses=turning, l2=0.1))
    assert more.change == {"l2": "0.3"}
    (slower,) = diagnose(evidence(JUMPING, learning_rate=20.0, schedule="exponential"))
    assert slower.change == {"learning_rate": "2"}, "the base rate: the schedule is the learner's"
    (faster,) = diagnose(evidence(CREEPING, last=signals(update_ratios=[1e-4] * 3), learning_rate=50.0))
    assert faster.change == {"learning_rate": "100"}, "no more than a link may ask for"


def test_a_line_through_squares_is_not_called_straight() -> None:
    (straight,) = diagnose(evidence(FLAT, hidden=()))
    (curved,) = diagnose(evidence(FLAT, hidden=(), features=("x1", "x1sq")))
    assert "straight lines" in straight.sentence
    assert "straight" not in curved.sentence


def test_at_most_three_are_given_the_most_important_first(monkeypatch: pytest.MonkeyPatch) -> None:
    def rule(kind: Any) -> Any:
        return lambda evidence: Finding(kind, "s", "f", "a", "loss")

    chosen = ["overfitting", "learning_rate_too_high", "dead_units", "linear_network"]
    ordered = {kind: rule(kind) for kind in RULES if kind in chosen}
    monkeypatch.setattr("playground.core.diagnosis.RULES", ordered)
    assert kinds(evidence(FLAT)) == ["dead_units", "learning_rate_too_high", "linear_network"]


def test_of_a_healthy_run_every_rule_says_what_it_looked_at() -> None:
    healthy = evidence(FALLING, right=0.98, dataset="circle")
    assert kinds(healthy) == []
    assert [each.kind for each in look_at(healthy)] == list(RULES)


def test_the_figures_looked_at_are_those_of_the_evidence() -> None:
    seen = {
        each.kind: each.figure
        for each in look_at(
            evidence(
                FALLING,
                right=0.98,
                val_losses=[*FALLING[:50], 0.05, *FALLING[51:]],
                last=signals(
                    gradient_norms=[0.06, 0.1, 0.2], dead=[0.0, 0.25, np.nan], update_ratios=[0.02, 0.01, 0.0]
                ),
            )
        )
    }
    assert "from 0.7 to 0.1" in seen["diverged"]
    assert "0.3 times" in seen["vanishing_gradient"]
    assert "25%" in seen["dead_units"]
    assert "0.02 of their size" in seen["learning_rate_too_low"]
    assert "rose 0 times in the last 25 epochs" in seen["learning_rate_too_high"]
    assert "its least was 0.05, at epoch 50" in seen["overfitting"]
    assert seen["unscaled_inputs"].startswith("about 1 in size")
    assert "relu" in seen["linear_network"]
    assert "50%" in seen["collapsed"]


def test_what_needs_more_epochs_says_from_which_on_it_can_be_told() -> None:
    seen = {each.kind: each.figure for each in look_at(evidence(FALLING[:5]))}
    assert seen["learning_rate_too_high"] == "can be told from epoch 20 on"
    assert seen["plateau"] == "can be told from epoch 10 on"


def test_where_a_question_does_not_arise_nothing_was_looked_at() -> None:
    plain = look_at(evidence(FALLING, hidden=(), last=signals(dead=[np.nan] * 3), dataset="plane"))
    assert not {"dead_units", "vanishing_gradient", "collapsed", "one_unit_softmax"} & {each.kind for each in plain}


def test_a_diverged_run_can_be_looked_at_too() -> None:
    assert look_at(evidence([0.7, np.nan], val_losses=[np.nan, np.inf]))
    assert look_at(evidence([np.nan], val_losses=[np.nan]))


@pytest.mark.parametrize("scale", [1e-3, 1.0, 1e3])
def test_the_scale_of_a_loss_is_no_sign(scale: float) -> None:
    """All gradients are on the scale of their loss."""
    for losses in (FALLING, FLAT, JUMPING, CREEPING):
        last = signals(gradient_norms=[0.3, 0.3, 0.3], update_ratios=[1e-4] * 3)
        scaled = last._replace(gradient_norms=scale * last.gradient_norms)
        ones = signals()._replace(gradient_norms=scale * signals().gradient_norms)
        assert kinds(evidence(scale * losses, first=ones, last=scaled)) == kinds(evidence(losses, last=last))


def test_a_score_is_the_share_of_right_classes_or_r_squared() -> None:
    assert score(np.array([[0.2], [0.7], [0.5], [0.9]]), np.array([0, 1, 1, 0]), "classification") == 0.5
    assert score(np.array([[0.1, 0.9], [0.8, 0.2]]), np.array([1, 0]), "classification") == 1.0
    assert score(np.array([[1.0], [2.0], [4.0]]), np.array([1.0, 2.0, 3.0]), "regression") == pytest.approx(1 - 1 / 2)


def test_neighbours_know_a_ring_and_a_line_does_not() -> None:
    angle = np.linspace(0, 2 * np.pi, 60, endpoint=False)
    circle = np.column_stack([np.cos(angle), np.sin(angle)])
    X, y = np.concatenate([circle, 3 * circle]), np.repeat([0, 1], 60)
    found = attainable(X, X, y, "classification")
    assert found.neighbours == 1.0
    assert found.line < 0.7
    assert attainable(X, np.square(X), y, "classification").line == 1.0, "with the squares as features it does"


def test_of_two_points_each_is_the_others_only_neighbour() -> None:
    X = np.array([[0.0, 0.0], [1.0, 1.0]])
    assert attainable(X, X, [0, 1], "classification").neighbours == 0.0
    assert attainable(X, X, [0, 0], "classification") == (1.0, 1.0)
