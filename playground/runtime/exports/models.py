"""The network as a model, in three languages: its features and scaling are inside, it takes raw points."""

from __future__ import annotations

from functools import partial

from playground.runtime.exports.export import Making, Source, exports

MODELS = {
    "keras": (".keras", "application/octet-stream"),
    "onnx": (".onnx", "application/octet-stream"),
    "javascript": (".js", "text/javascript"),
}


def _model(what: str, source: Source) -> Making:
    snapshot = source.snapshot
    yield 0.0
    return snapshot.engine.export_file(what, snapshot.experiment, snapshot.displayed, snapshot.weights)


for _what, (_file, _mime) in MODELS.items():
    exports(_what, _file, _mime)(partial(_model, _what))
