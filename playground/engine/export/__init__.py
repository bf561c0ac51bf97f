"""What is taken away of an experiment: code that trains it again, and its network as a model in three languages.

Names are loaded when first asked for: who asks for one need not load what another takes.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playground.engine.export.data_code import data_file
    from playground.engine.export.experiment_code import script
    from playground.engine.export.experiment_notebook import notebook
    from playground.engine.export.javascript_source import javascript
    from playground.engine.export.keras_file import keras_model
    from playground.engine.export.onnx_graph import onnx

_MODULE_OF = {
    "data_file": "playground.engine.export.data_code",
    "script": "playground.engine.export.experiment_code",
    "javascript": "playground.engine.export.javascript_source",
    "keras_model": "playground.engine.export.keras_file",
    "notebook": "playground.engine.export.experiment_notebook",
    "onnx": "playground.engine.export.onnx_graph",
}

__all__ = ["data_file", "javascript", "keras_model", "notebook", "onnx", "script"]


def __getattr__(name: str) -> Any:
    """Load an exported name from its module, once."""
    if name not in _MODULE_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(_MODULE_OF[name]), name)
    globals()[name] = value
    return value
