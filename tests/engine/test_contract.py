"""`playground.engine` is what the runtime's contract says: to the type checker, and when it runs."""

from __future__ import annotations

import inspect
from types import ModuleType
from typing import Any

import pytest

import playground.engine
from playground.core import Experiment, default_view, make_dataset
from playground.core.history import History
from playground.engine import build_model, compile_program, make_network, make_trainer
from playground.runtime import engine as contract

_: contract.Engine = playground.engine


def _methods(protocol: type) -> dict[str, Any]:
    return {name: value for name, value in vars(protocol).items() if inspect.isfunction(value) and name[0] != "_"}


def _parameters(function: Any) -> list[tuple[str, Any]]:
    """Names and defaults."""
    found = inspect.signature(function).parameters.values()
    return [(each.name, each.default) for each in found if each.name != "self"]


def _is_as_promised(function: Any, promised: Any) -> bool:
    """Whether a function takes what is promised, and beyond that only what has a default."""
    own, wanted = _parameters(function), _parameters(promised)
    return own[: len(wanted)] == wanted and all(
        default is not inspect.Parameter.empty for _, default in own[len(wanted) :]
    )


@pytest.mark.parametrize(
    "kind, protocol",
    [
        (playground.engine, contract.Engine),
        (playground.engine.Network, contract.Network),
        (playground.engine.Trainer, contract.Trainer),
    ],
    ids=["module", "network", "trainer"],
)
def test_each_method_of_the_contract_is_there_with_its_parameters(kind: type | ModuleType, protocol: type) -> None:
    methods = _methods(protocol)
    assert methods
    for name, promised in methods.items():
        assert _is_as_promised(getattr(kind, name), promised), name


def test_only_programs_and_checkpoints_of_this_engine_are_taken(small: Experiment) -> None:
    weights = build_model(small).get_weights()
    with pytest.raises(TypeError, match="compile_program"):
        make_network("program", small, weights)
    with pytest.raises(TypeError, match="compile_program"):
        make_trainer(small, "program")
    with pytest.raises(TypeError, match="checkpoint"):
        make_trainer(small, compile_program(small), "checkpoint")


def test_the_contract_is_enough_to_train_and_to_look(small: Experiment) -> None:
    engine: contract.Engine = playground.engine
    program = engine.compile_program(small)
    trainer = engine.make_trainer(small, program)
    history = History(1 << 20)
    slices = trainer.slices(1.0)
    for epoch in [trainer.current, next(slices), next(slices)]:
        assert epoch is not None
        row = epoch.epoch, epoch.loss, epoch.accuracy, epoch.val_loss, epoch.val_accuracy, epoch.learning_rate
        history.append(epoch.epoch, epoch.weights, row)
    network = engine.make_network(program, small, history.weights_at(2)[1])
    view = default_view(small.data.dataset, make_dataset(small.data).X_train)
    assert len(network.picture(*view, maps=True).hidden) == len(small.model.hidden)
    assert len(network.signals(history.weights_at(1)[1]).weight_norms) == len(network.dense())
    assert engine.collect_evidence(program, small, history, 2).values.shape == (small.data.n_train, 1)
    resumed = engine.make_trainer(small, program, trainer.checkpoint())
    assert resumed.last_epoch == trainer.last_epoch == 2
