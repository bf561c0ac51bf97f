"""The network as a model, in three languages: its features and scaling are inside, it takes raw points."""

from __future__ import annotations

from functools import partial

from playground.runtime.exports.export import Made, Making, Source, exports

MODELS = {
    "keras": (".keras", "application/octet-stream"),
    "onnx": (".onnx", "application/octet-stream"),
    "javascript": (".js", "text/javascript"),
}


def _model(what: str, source: Source) -> Making:
    snapshot = source.snapshot
    yield 0.0
    content = snapshot.engine.export_file(what, snapshot.experiment, snapshot.displayed, snapshot.weights)
    ending, mime = MODELS[what]
    return Made(content, source.file(ending), mime)


for _what in MODELS:
    exports(_what)(partial(_model, _what))
