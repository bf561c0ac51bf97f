"""Model, training and figures of an experiment as code."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import keras

from playground.core import schedule
from playground.core.experiment import Experiment
from playground.core.losses import LOSSES
from playground.core.rates import RATE_FIELDS, RateName
from playground.core.regularization import AFTER_THE_STEP
from playground.engine import build
from playground.engine.export.code import LONGEST_LINE, Piece, call, constants, construction, literal
from playground.engine.export.data_code import used_parts
from playground.engine.export.standing_alone import Alone

KERAS = frozenset({"import keras"})
LAYERS = frozenset({"import keras", "from keras import initializers, layers"})
NUMPY = frozenset({"import numpy as np"})
EVALUATED_AT_ONCE = 4096
PENALTIES: tuple[RateName, ...] = ("l1", "l2")
IN_FORCE = '''\
def in_force(values, epoch):
    """The newest of the values: each is given with the epoch from which it holds."""
    return [value for start, value in values if start <= epoch][-1]
'''
PENALTY = '''\
class Penalty(keras.regularizers.Regularizer):
    """L1 and L2, whose rates change while the network trains."""

    def __init__(self):
        self.l1, self.l2 = keras.Variable(L1[0][1]), keras.Variable(L2[0][1])

    def __call__(self, kernel):
        absolute, square = keras.ops.abs(kernel), keras.ops.square(kernel)
        return self.l1 * keras.ops.sum(absolute) + self.l2 * keras.ops.sum(square)


class PenaltyRates(keras.callbacks.Callback):
    def on_epoch_begin(self, epoch, logs=None):
        penalty.l1.assign(in_force(L1, epoch))
        penalty.l2.assign(in_force(L2, epoch))


penalty = Penalty()

'''


# The rates.


def rates_piece(experiment: Experiment, epoch: int) -> Piece | None:
    """Rates that change on the way to `epoch`; None where none does."""
    changed = {name: values for name in RATE_FIELDS if len(values := _values(experiment, name, epoch)) > 1}
    if not changed:
        return None
    if _penalties_change(experiment, epoch):
        changed |= {name: _values(experiment, name, epoch) for name in _penalties_used(experiment, epoch)}
    rates = "".join(f"{_constant(name)} = {literal(values)}\n" for name, values in changed.items())
    words = "Rates were changed while it trained: each value is given with the epoch from which it holds."
    return Piece("Rates", words, f"{rates}\n\n{IN_FORCE}")


def _constant(name: RateName) -> str:
    return "LEARNING_RATE" if name == "learning_rate" else name.upper()


def _values(experiment: Experiment, name: RateName, epoch: int) -> list[tuple[int, float]]:
    """What a rate is, and from which epoch on, on the way to `epoch`."""
    changes = [
        (each.epoch, float(each.value)) for each in experiment.changes if each.name == name and each.epoch < epoch
    ]
    return [(0, float(getattr(experiment.rates, name))), *changes]


def _penalties_change(experiment: Experiment, epoch: int) -> bool:
    return any(len(_values(experiment, name, epoch)) > 1 for name in PENALTIES)


def _penalties_used(experiment: Experiment, epoch: int) -> list[RateName]:
    """What code must name: after the step those that are ever more than 0, in the loss both."""
    if experiment.model.regularization != AFTER_THE_STEP:
        return [*PENALTIES]
    return [name for name in PENALTIES if any(value for _epoch, value in _values(experiment, name, epoch))]


# The model.


def model_piece(experiment: Experiment, epoch: int) -> Piece:
    """`model`, its weights as they begin."""
    head, penalty = _penalty(experiment, epoch)
    layers = "".join(f"        {line},\n" for line in _layers(experiment, penalty))
    code = f"{head}model = keras.Sequential(\n    [\n{layers}    ]\n)\n"
    words = "Each layer's weights are drawn with a seed of its own, as on the page: there they begin just so."
    return Piece("Model", words, code, LAYERS)


def _penalty(experiment: Experiment, epoch: int) -> tuple[str, str]:
    """What is written before the model, and what each Dense layer has as its regularizer."""
    if experiment.model.regularization == AFTER_THE_STEP:
        return "", ""
    if _penalties_change(experiment, epoch):
        return PENALTY, "penalty"
    made = build.kernel_penalty(experiment.model)
    return (f"penalty = {construction(made)}\n\n", "penalty") if made else ("", "")


def _layers(experiment: Experiment, penalty: str) -> list[str]:
    lines = [f"keras.Input(({len(experiment.inputs)},))"]
    for layer in build.build_layers(experiment, None).layers:
        match layer:
            case keras.layers.Dense():
                lines.append(_dense(layer, penalty))
            case keras.layers.Activation():
                lines.append(f"layers.Activation({literal(layer.activation.__name__)})")
            case _:
                lines.append(construction(layer, "layers"))
    return lines


def _dense(layer: keras.layers.Dense, penalty: str) -> str:
    activation = layer.activation.__name__
    arguments = [
        str(layer.units),
        *([f"activation={literal(activation)}"] if activation != "linear" else []),
        f"kernel_initializer={construction(layer.kernel_initializer, 'initializers')}",
        *(
            [f"bias_initializer={construction(layer.bias_initializer, 'initializers')}"]
            if layer.bias_initializer.value
            else []
        ),
        *([f"kernel_regularizer={penalty}"] if penalty else []),
    ]
    return call("layers.Dense", arguments, indent=" " * 8)


# Loss, accuracy, optimizer.


def compile_piece(experiment: Experiment) -> Piece:
    """What is minimised, and by what."""
    alone = Alone(experiment.model)
    loss, metrics = _loss(experiment, alone), _metrics(experiment, alone)
    optimizer = build.OPTIMIZERS[experiment.train.optimizer](experiment.train)
    made = construction(optimizer, learning_rate=experiment.train.learning_rate)
    functions = "".join(f"{text.rstrip()}\n\n\n" for text in alone.functions)
    arguments = [f"optimizer={made}", f"loss={loss}", *([f"metrics=[{metrics}]"] if metrics else [])]
    code = f"{functions}{call('model.compile', arguments, room=0)}\n"
    return Piece(
        "Loss and optimizer", f"The loss is {_in_words(experiment.loss)}.", code, KERAS | frozenset(alone.imports)
    )


def _in_words(loss: str) -> str:
    label = LOSSES[loss].label
    return f"{label}'s" if "Playground" in label else label[0].lower() + label[1:]


def _loss(experiment: Experiment, alone: Alone) -> str:
    made = build.LOSSES[experiment.loss]()
    return f"{alone.add(type(made))}()" if _is_ours(type(made)) else construction(made)


def _metrics(experiment: Experiment, alone: Alone) -> str:
    function = build.accuracy_of_points(experiment)
    if function is None:
        return ""
    return alone.add(function) if _is_ours(function) else literal("accuracy")


def _is_ours(made: Callable[..., Any]) -> bool:
    return made.__module__.startswith("playground")


# Training.


def training_piece(experiment: Experiment, epoch: int) -> Piece:
    """`fit`, batch by batch in the page's order."""
    train, data = experiment.train, experiment.data
    found = _early_stopping(experiment), _schedule(experiment, epoch), _penalties(experiment, epoch)
    callbacks = [each for each in found if each is not None]
    arguments = [
        "batches()",
        "steps_per_epoch=math.ceil(len(inputs_train) / BATCH_SIZE)",
        "epochs=EPOCH",
        "shuffle=False",
    ]
    if train.patience:
        arguments.append(f"validation_data=(inputs_{data.watched}, targets_{data.watched})")
        arguments.append(f"validation_batch_size={EVALUATED_AT_ONCE}")
    if callbacks:
        arguments.append(_listed("callbacks=", [each.call for each in callbacks]))
    arguments.append("verbose=0")
    blocks = [
        f"EPOCH = {epoch}  # the one that the page showed\nBATCH_SIZE = {min(train.batch_size, data.n_train)}\n",
        BATCHES.format(seed=train.seed),
        *(each.code for each in callbacks if each.code),
        "".join(each.note for each in callbacks) + call("history = model.fit", arguments, room=0) + "\n",
    ]
    words = ["`fit` is given the batches in the order in which the page takes the points."]
    words += [each.words for each in callbacks]
    imports = KERAS | NUMPY | {"import math"} | {line for each in callbacks for line in each.imports}
    return Piece("Training", " ".join(words), "\n\n".join(blocks), frozenset(imports))


def _listed(name: str, items: list[str]) -> str:
    line = f"{name}[{', '.join(items)}]"
    if len(line) <= LONGEST_LINE:
        return line
    return f"{name}[\n" + "".join(f"        {each},\n" for each in items) + "    ]"


BATCHES = '''\
def batches():
    """The training points in batches, in another order in each epoch."""
    rng = np.random.default_rng({seed})
    while True:
        order = rng.permutation(len(inputs_train))
        for start in range(0, len(order), BATCH_SIZE):
            rows = order[start : start + BATCH_SIZE]
            yield inputs_train[rows], targets_train[rows]
'''


@dataclass(frozen=True)
class _Callback:
    """How a callback is made, what a notebook says of it, what is defined for it, and a comment where it is used."""

    call: str
    words: str
    code: str = ""
    imports: frozenset[str] = frozenset()
    note: str = ""


def _early_stopping(experiment: Experiment) -> _Callback | None:
    train = experiment.train
    if not train.patience:
        return None
    least = f", min_delta={literal(train.min_delta)}" if train.min_delta else ""
    made = f'keras.callbacks.EarlyStopping("val_loss", patience={train.patience}{least})'
    words = f"It ends early where the {experiment.data.watched} loss has not fallen for {train.patience} epochs."
    note = ""
    if train.restore_best:
        note = (
            "# At the end of its run the page goes back to the best epoch: `restore_best_weights=True` does that.\n"
            "# Here it is left out, so that the figures are those of the epoch above.\n"
        )
    return _Callback(made, words, note=note)


def _schedule(experiment: Experiment, epoch: int) -> _Callback | None:
    """The learning rate of each epoch, where it is not one for all."""
    train = experiment.train
    rates = _values(experiment, "learning_rate", epoch)
    rate = "in_force(LEARNING_RATE, epoch)" if len(rates) > 1 else literal(train.learning_rate)
    share = schedule.SCHEDULES[train.schedule]
    head, imports = "", frozenset[str]()
    if share is not schedule.SCHEDULES["constant"]:
        grows = train.schedule_factor > 1
        alone = Alone(train, {} if grows else {schedule._power: lambda base, exponent: f"{base} ** ({exponent})"})
        rate = f"{rate} * {alone.add(share)}(epoch)"
        rate = f"min({rate}, LARGEST)" if "LARGEST" in alone.constants else rate
        head = f"{constants(alone.constants)}\n\n" + "".join(f"{each.rstrip()}\n\n\n" for each in alone.functions)
        imports = frozenset(alone.imports)
    elif len(rates) == 1:
        return None
    code = f'{head}def learning_rate(epoch, _):\n    """The rate of each epoch."""\n    return {rate}\n'
    return _Callback(
        "keras.callbacks.LearningRateScheduler(learning_rate)", "The learning rate changes.", code, imports
    )


def _penalties(experiment: Experiment, epoch: int) -> _Callback | None:
    """What the penalties do between steps or epochs."""
    if experiment.model.regularization == AFTER_THE_STEP:
        return _after_the_step(experiment, epoch)
    return _Callback("PenaltyRates()", "The penalties change.") if _penalties_change(experiment, epoch) else None


def _after_the_step(experiment: Experiment, epoch: int) -> _Callback | None:
    uses = _penalties_used(experiment, epoch)
    if not uses:
        return None
    changes = _penalties_change(experiment, epoch)
    head = (
        "" if changes else constants({name.upper(): float(getattr(experiment.rates, name)) for name in uses}) + "\n\n"
    )
    return _Callback(
        "PenaltiesAfterTheStep()",
        "L1 and L2 are TensorFlow Playground's: not in the loss, but taken off the weights after each step.",
        head + _after_the_step_code(uses, changes),
    )


def _after_the_step_code(uses: list[RateName], changes: bool) -> str:
    rates = {name: f"self.{name}" if changes else name.upper() for name in uses}
    terms = {"l1": "{} * np.sign(before)", "l2": "{} * before"}
    slope = " + ".join(terms[name].format(rates[name]) for name in uses)
    slope = slope if len(uses) == 1 else f"({slope})"
    crosses = "l1" in uses
    lines = [
        "class PenaltiesAfterTheStep(keras.callbacks.Callback):",
        '    """Takes the penalties off the kernels when the optimizer has stepped, as TensorFlow Playground does."""',
        "",
        "    def on_train_begin(self, logs=None):",
        "        self.kernels = [layer.kernel for layer in self.model.layers if isinstance(layer, layers.Dense)]",
    ]
    if crosses:
        lines.append("        self.alive = [np.ones(kernel.shape, bool) for kernel in self.kernels]")
    if changes:
        lines += ["", "    def on_epoch_begin(self, epoch, logs=None):"]
        lines += [f"        self.{name} = in_force({name.upper()}, epoch)" for name in uses]
    lines += [
        "",
        "    def on_train_batch_begin(self, batch, logs=None):",
        "        self.before = [kernel.numpy() for kernel in self.kernels]",
        "",
        "    def on_train_batch_end(self, batch, logs=None):",
        "        rate = self.model.optimizer.learning_rate.numpy()",
    ]
    if not crosses:
        lines += [
            "        for kernel, before in zip(self.kernels, self.before, strict=True):",
            f"            kernel.assign(kernel.numpy() - rate * ({slope}))",
        ]
    else:
        lines += [
            "        for kernel, before, alive in zip(self.kernels, self.before, self.alive, strict=True):",
            "            stepped = kernel.numpy()",
            f"            wanted = stepped - rate * {slope}",
            "            # A weight that would cross zero stops there, for ever.",
            "            crosses = np.sign(stepped) * np.sign(wanted) < 0",
            *(["            crosses &= self.l1 > 0"] if changes else []),
            "            kernel.assign(np.where(alive, np.where(crosses, 0, wanted), before))",
            "            alive &= ~crosses",
        ]
    return "\n".join(lines) + "\n"


# Figures.

SHOWN = '''\
def shown(loss):
    """As many digits as the page shows."""
    if loss >= 10000 or 0 < loss < 0.0001:
        return f"{loss:.2e}".replace("e-0", "e-").replace("e+0", "e+")
    return f"{loss:.{1 if loss >= 100 else 2 if loss >= 10 else 4}f}"
'''


def figures_piece(experiment: Experiment, epoch: int) -> Piece:
    """Loss and accuracy of each part, as the page shows them."""
    parts = used_parts(experiment.data)
    listed = "".join(f'    ("{name}", inputs_{name}, targets_{name}),\n' for name in parts)
    evaluated = f"model.evaluate(inputs, targets, batch_size={EVALUATED_AT_ONCE}, verbose=0)"
    if build.accuracy_of_points(experiment) is None:
        told = f'    loss = {evaluated}\n    print(f"{{part}}: loss {{shown(loss)}}")\n'
    else:
        told = (
            f"    loss, accuracy = {evaluated}\n"
            "    share = 100 * accuracy + 1e-9  # the page rounds half a digit up\n"
            '    print(f"{part}: loss {shown(loss)}, accuracy {share:.1f} %")\n'
        )
    count = "{len(history.epoch)}" if epoch else "0"
    code = (
        f'{SHOWN}\n\nprint({"f" if epoch else ""}"epoch {count}")\nfor part, inputs, targets in [\n{listed}]:\n{told}'
    )
    words = f"The page shows these figures for the training and the {experiment.data.watched} points."
    return Piece("Figures", words, code)
