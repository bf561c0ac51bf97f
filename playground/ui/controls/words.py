"""What the knobs and their choices are called on the page, and what each does, for a newcomer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from playground.core.datasets import RECORDS, Picks, Slider, own_knobs
from playground.core.features import FEATURE_RECORDS
from playground.core.layers import ACTIVATIONS, INITS
from playground.core.losses import LOSSES
from playground.core.optimizers import OPTIMIZERS
from playground.core.regularization import REGULARIZATIONS


class Words(NamedTuple):
    """What a knob is called and what it does."""

    label: str
    help: str


SEED_OF_GIVEN = (
    "The points are what they are: another seed splits them otherwise into training, validation and test points, and "
    "puts them in another order; the same seed the same."
)
"""What the data's seed does where nothing is drawn at random."""
KNOBS: Mapping[str, Words] = {
    **{name: Words(knob.label, knob.help) for name, knob in own_knobs().items()},
    "dataset": Words("Dataset", "The points the network learns from: tell the colours apart, or predict a height."),
    "samples": Words("Points", "How many points there are in all, those held back included."),
    "noise": Words(
        "Noise",
        "How far points stray from the clean pattern. With much noise the classes overlap.",
    ),
    "test": Words(
        "Test share",
        "The share of points held back. The network never trains on them; they show whether it learned "
        "the pattern or only the points.",
    ),
    "validation": Words(
        "Validation share",
        "The share of the other points held back to watch training with. Curves and early stopping then use these, "
        "and the test points stay untouched until the end. 0 is none.",
    ),
    "classes": Words("Classes", "How many kinds of points there are to tell apart."),
    "data_seed": Words(
        "Data seed", "Another seed draws other points of the same pattern; the same seed the same points."
    ),
    "balance": Words(
        "Share of class 0",
        "Away from one half the classes are unbalanced, and accuracy alone begins to mislead.",
    ),
    "features": Words(
        "Features", "What the first layer is given of each point. A well-chosen input can replace whole layers."
    ),
    "standardize": Words(
        "Standardise inputs",
        "Shift and scale each input to mean 0 and deviation 1, measured on the training points. Large "
        "inputs saturate units before they learn.",
    ),
    "hidden": Words("Hidden layers", "Layers between inputs and output. None leaves a straight boundary."),
    "activation": Words(
        "Activation",
        "What each unit does with its weighted sum. Linear adds nothing: many linear layers are one line.",
    ),
    "init": Words(
        "Initial weights",
        "How the first weights are drawn. Automatic follows the activation: He for relu and its relatives, "
        "LeCun for selu, Glorot otherwise. TensorFlow Playground: evenly from −0.5 to 0.5, biases 0.1.",
    ),
    "init_deviation": Words(
        "Weight deviation", "Standard deviation of the normal distribution the first weights are drawn from."
    ),
    "dropout": Words(
        "Dropout",
        "Share of units silenced at random in each training step, so that no unit can be relied upon alone.",
    ),
    "batch_norm": Words(
        "Batch normalisation", "Rescale what each layer passes on to mean 0 and deviation 1 within a batch."
    ),
    "l1": Words("L1", "Penalty on the size of weights; pushes small ones to exactly zero. Changes while it trains."),
    "l2": Words(
        "L2",
        "Penalty on the square of weights; keeps the boundary smooth. Changes while it trains.",
    ),
    "regularization": Words(
        "Regularisation",
        "What L1 and L2 do. Keras adds them to the loss. TensorFlow Playground takes them off the weights after each "
        "step: L2 is half, and L1 stops a weight that would cross zero there, for good.",
    ),
    "output": Words(
        "Output",
        "What the last layer gives. Automatic: sigmoid for two classes, softmax for more, linear for regression.",
    ),
    "loss": Words(
        "Loss",
        "What training makes smaller. Automatic: cross-entropy for classes, squared error for regression. "
        "TensorFlow Playground: half the squared error, its classes −1 and +1.",
    ),
    "optimizer": Words("Optimizer", "How a step is made from the gradient."),
    "learning_rate": Words(
        "Learning rate",
        "How far each step goes: too small and nothing happens, too large and the loss jumps about. "
        "Pick one or type any. Changes while it trains.",
    ),
    "momentum": Words("Momentum", "Share of the last step that carries on into the next."),
    "schedule": Words("Schedule", "Whether and how the learning rate changes as training goes on."),
    "schedule_factor": Words(
        "Factor",
        "What the rate is multiplied by over the given epochs: below 1 it shrinks, above 1 it grows.",
    ),
    "schedule_epochs": Words("Over epochs", "Epochs in which the rate changes once by the factor."),
    "batch_size": Words(
        "Batch size",
        "Training points looked at before each step. Small batches: many noisy steps. "
        "A number above the training points means all.",
    ),
    "epochs": Words("Epochs", "Training ends after the network has seen all training points this many times."),
    "seed": Words(
        "Seed",
        "Decides the first weights and the order of points: the same seed gives the same run exactly.",
    ),
    "patience": Words(
        "Early stopping: patience",
        "Stop when the loss on the points watched (validation, or test without them) has not improved for this many "
        "epochs. 0 is off.",
    ),
    "min_delta": Words("Least improvement", "By how much the loss watched must fall to count as better."),
    "restore_best": Words(
        "Restore the best weights",
        "When stopped early, go back to the weights with the least loss on the points watched.",
    ),
}

AXES: Mapping[str, str] = {
    "depth": "Number of hidden layers",
    "width": "Units of each layer",
    "hidden": "Units layer by layer",
    "schedule_factor": "Schedule: factor",
    "schedule_epochs": "Schedule: over epochs",
    "seed": "Seed of weights and order",
}
"""Knobs that only an axis has, or that are called otherwise where no group says what they belong to."""
AXIS_TITLES: Mapping[str, str] = {**{name: words.label for name, words in KNOBS.items()}, **AXES}
RUN_TITLES: Mapping[str, str] = {**AXIS_TITLES, "hidden": "Units", "seed": "Seed"}
"""Short: they stand over each run of a comparison."""

LINEAR_PAIR = Words(
    "A plane before the output",
    "Adds a last hidden layer of two linear units. All the network has made of a point passes through these two "
    "numbers, which are a place in a plane: there the boundary is a straight line, and Layers shows how the layers "
    "before bent the data to fit it.",
)
NO_ROOM = "There is no room for another layer: a network has at most {most} hidden layers."

DATASETS: Mapping[str, str] = {name: record.label for name, record in RECORDS.items()}

CHOICES: Mapping[str, Mapping[str, str]] = {
    "dataset": DATASETS,
    "features": {each.name: each.label for each in FEATURE_RECORDS},
    "activation": ACTIVATIONS,
    "init": INITS,
    "output": {
        "auto": "Automatic",
        "sigmoid": "Sigmoid, 1 unit",
        "sigmoids": "Sigmoid, a unit per class",
        "softmax": "Softmax, a unit per class",
        "tanh": "Tanh, 1 unit (−1 or +1)",
        "linear": "Linear",
        "softmax1": "Softmax, 1 unit (a mistake)",
    },
    "loss": {"auto": "Automatic", **{name: loss.label for name, loss in LOSSES.items()}},
    "regularization": REGULARIZATIONS,
    "optimizer": {name: optimizer.label for name, optimizer in OPTIMIZERS.items()},
    "schedule": {
        "constant": "Constant",
        "exponential": "Exponential",
        "cosine": "Cosine",
        "step": "Steps",
    },
}
"""The label of each name a knob may hold."""

STEPS: Mapping[str, float] = {
    **{name: knob.shown.step for name, knob in own_knobs().items() if isinstance(knob.shown, Slider)},
    "noise": 0.01,
    "test": 0.05,
    "validation": 0.05,
    "balance": 0.01,
    "dropout": 0.05,
}
"""The numbers that are dragged, and the step of each slider."""

PICKS: Mapping[str, tuple[str, ...]] = {
    **{name: knob.shown.texts for name, knob in own_knobs().items() if isinstance(knob.shown, Picks)},
    "learning_rate": ("1e-05", "0.0001", "0.001", "0.003", "0.01", "0.03", "0.1", "0.3", "1", "3", "10"),
    "l1": ("0", "0.0001", "0.001", "0.003", "0.01", "0.03", "0.1", "0.3", "1", "3", "10"),
    "l2": ("0", "0.0001", "0.001", "0.003", "0.01", "0.03", "0.1", "0.3", "1", "3", "10"),
    "init_deviation": ("0.01", "0.1", "0.5", "1", "2", "5", "10"),
    "momentum": ("0", "0.5", "0.8", "0.9", "0.95", "0.99"),
    "schedule_factor": ("0.01", "0.1", "0.5", "0.9", "2", "10"),
    "batch_size": ("1", "5", "10", "20", "32", "64", "128", "256"),
    "epochs": ("20", "60", "100", "200", "300", "1000", "10000"),
    "samples": ("50", "100", "200", "500", "1000", "2000", "10000", "100000"),
    "min_delta": ("0", "0.0001", "0.001", "0.01"),
}
"""Values offered for knobs that also take any other value in their range."""
