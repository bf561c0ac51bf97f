"""The engine: real Keras models, trained by one compiled call an epoch. The only package that imports TensorFlow.

Names are loaded when first asked for, so that `configure_process` can run before TensorFlow starts and a
`Checkpoint` can be unpickled where TensorFlow is not wanted.
"""

from __future__ import annotations

import os
from importlib import import_module
from typing import TYPE_CHECKING, Any

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
# TensorFlow takes oneDNN's kernels or not by the processor, and they round differently. Eigen's on every machine: then
# one link is the same run on more of them. Networks of this size are as fast with either, and equal to `fit`.
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")

if TYPE_CHECKING:
    from playground.core.architecture import program_key
    from playground.core.inputs import sampled
    from playground.engine.boundary import Boundary, Picture
    from playground.engine.build import build_model
    from playground.engine.compiled import traces
    from playground.engine.configure import configure_process, is_short_of_resources
    from playground.engine.epoch import Checkpoint, Epoch
    from playground.engine.evidence import collect_evidence
    from playground.engine.export.files import export_file
    from playground.engine.functions import (
        boundary_ties,
        dense_weights,
        layer_outputs,
        layer_signals,
        logit_maps,
        neuron_maps,
        predict,
        view_boundary,
    )
    from playground.engine.inputs import expand, targets
    from playground.engine.layers import LayerOutputs
    from playground.engine.network import Network, make_network
    from playground.engine.program import Program, compile_program
    from playground.engine.stacked.epoch import StackCheckpoint, StackEpoch, gather_members
    from playground.engine.stacked.look import StackLook
    from playground.engine.stacked.range_test import RangeTest
    from playground.engine.stacked.trainer import StackTrainer
    from playground.engine.ties import Ties
    from playground.engine.trainer import Trainer, make_trainer, train
    from playground.engine.wall import compile_stack, look_at_stack, make_range_test, make_stack, train_wall

_MODULE_OF = {
    "Boundary": "playground.engine.boundary",
    "Checkpoint": "playground.engine.epoch",
    "Epoch": "playground.engine.epoch",
    "LayerOutputs": "playground.engine.layers",
    "Network": "playground.engine.network",
    "Picture": "playground.engine.boundary",
    "Program": "playground.engine.program",
    "RangeTest": "playground.engine.stacked.range_test",
    "StackCheckpoint": "playground.engine.stacked.epoch",
    "StackEpoch": "playground.engine.stacked.epoch",
    "StackLook": "playground.engine.stacked.look",
    "StackTrainer": "playground.engine.stacked.trainer",
    "Ties": "playground.engine.ties",
    "Trainer": "playground.engine.trainer",
    "boundary_ties": "playground.engine.functions",
    "build_model": "playground.engine.build",
    "collect_evidence": "playground.engine.evidence",
    "compile_program": "playground.engine.program",
    "compile_stack": "playground.engine.wall",
    "configure_process": "playground.engine.configure",
    "dense_weights": "playground.engine.functions",
    "export_file": "playground.engine.export.files",
    "expand": "playground.engine.inputs",
    "is_short_of_resources": "playground.engine.configure",
    "gather_members": "playground.engine.stacked.epoch",
    "layer_outputs": "playground.engine.functions",
    "layer_signals": "playground.engine.functions",
    "logit_maps": "playground.engine.functions",
    "look_at_stack": "playground.engine.wall",
    "make_network": "playground.engine.network",
    "make_range_test": "playground.engine.wall",
    "make_stack": "playground.engine.wall",
    "make_trainer": "playground.engine.trainer",
    "neuron_maps": "playground.engine.functions",
    "predict": "playground.engine.functions",
    "program_key": "playground.core.architecture",
    "sampled": "playground.core.inputs",
    "targets": "playground.engine.inputs",
    "traces": "playground.engine.compiled",
    "train": "playground.engine.trainer",
    "train_wall": "playground.engine.wall",
    "view_boundary": "playground.engine.functions",
}

__all__ = [
    "Boundary",
    "Checkpoint",
    "Epoch",
    "LayerOutputs",
    "Network",
    "Picture",
    "Program",
    "RangeTest",
    "StackCheckpoint",
    "StackEpoch",
    "StackLook",
    "StackTrainer",
    "Ties",
    "Trainer",
    "boundary_ties",
    "build_model",
    "collect_evidence",
    "compile_program",
    "compile_stack",
    "configure_process",
    "dense_weights",
    "expand",
    "export_file",
    "gather_members",
    "is_short_of_resources",
    "layer_outputs",
    "layer_signals",
    "logit_maps",
    "look_at_stack",
    "make_network",
    "make_range_test",
    "make_stack",
    "make_trainer",
    "neuron_maps",
    "predict",
    "program_key",
    "sampled",
    "targets",
    "traces",
    "train",
    "train_wall",
    "view_boundary",
]


def __getattr__(name: str) -> Any:
    """Load an exported name from its module, once."""
    if name not in _MODULE_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(_MODULE_OF[name]), name)
    globals()[name] = value
    return value
