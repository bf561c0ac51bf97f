"""An experiment in words."""

from __future__ import annotations

from playground.core import Data, Experiment, Model, Train
from playground.core.rates import RateChange
from playground.core.settings import settings_of


def test_the_usual_settings_are_told_and_what_is_off_is_left_out() -> None:
    told = dict(settings_of(Experiment()))
    assert told["Data"] == "Circle" and told["Points"] == "250 to train, 250 to test; seed 0"
    assert told["Inputs"] == "x₁, x₂" and told["Hidden layers"] == "4, 2 Tanh"
    assert (told["Output"], told["Loss"], told["Optimizer"]) == ("sigmoid", "Binary cross-entropy", "SGD")
    assert not {"Between layers", "Regularisation", "Early stopping", "Initial weights"} & told.keys()


def test_every_knob_that_is_turned_is_told() -> None:
    experiment = Experiment(
        data=Data(dataset="blobs", classes=4, noise=0.2, validation=0.2),
        model=Model(
            features=("x1", "x1x2"), hidden=(8, 4), activation=("relu", "tanh"), dropout=0.1, batch_norm=True, l2=0.01,
            init="normal", standardize=True,
        ),
        train=Train(
            optimizer="momentum", schedule="step", schedule_factor=0.5, patience=9, min_delta=0.001, restore_best=True,
            batch_size=1000,
        ),
        changes=(RateChange(5, "learning_rate", 0.3),),
    )  # fmt: skip
    told = dict(settings_of(experiment))
    assert (
        told["Data"] == "Blobs, noise 0.2" and told["Points"] == "200 to train, 50 for validation, 250 to test; seed 0"
    )
    assert told["Inputs"] == "x₁, x₁x₂, standardised" and told["Hidden layers"] == "8 ReLU, 4 Tanh"
    assert told["Between layers"] == "dropout 0.1, batch normalisation"
    assert told["Regularisation"] == "L2 0.01; Keras (in the loss)"
    assert told["Initial weights"] == "Normal, standard deviation 1"
    assert told["Optimizer"] == "Momentum (0.9)" and told["Batch size"] == "all training points"
    assert told["Learning rate"] == "0.03, times 0.5 in 100 epochs (steps)"
    assert told["Early stopping"] == "after 9 epochs without less loss by more than 0.001, then the best weights"
    assert told["From epoch 5"] == "rate 0.3"


def test_knobs_of_one_set_are_told_but_for_what_is_no_sentence() -> None:
    def data_of(**fields: object) -> str:
        return dict(settings_of(Experiment(data=Data(**fields))))["Data"]

    assert data_of(dataset="blobs", centers=(1.0, 1.0, -1.0, -1.5)) == "Blobs, centres 1, 1, -1, -1.5"
    assert data_of(dataset="wine", scaled=False) == "Wine, standardise off"
    assert data_of(dataset="drawn", points="1BsrADZLEDh-0DzkwD8W8DzjMDh9QGa8BGplI") == "Drawn"
    assert data_of(dataset="formula", rule="x1 > 0") == "By a formula, class 1 where x1 > 0"
