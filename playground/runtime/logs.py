"""How the server and its workers write their log: as text, or with PLAYGROUND_LOGS=json one JSON object a line."""

from __future__ import annotations

import json
import logging
import os
import sys
import time
from collections.abc import Mapping

VARIABLE = "PLAYGROUND_LOGS"
OURS = "playground"
"""The logger above those of our modules."""
LONGEST = 8000
"""Characters of a message, and of what is known of a fault: both may hold what a visitor wrote."""
CUT = " … ({n} characters in all)"


class JsonLines(logging.Formatter):
    """A record as one line: time (UTC), level, logger, message, process, and what is known of a fault."""

    def format(self, record: logging.LogRecord) -> str:
        """The line; whatever is in the record is escaped, and what is long is cut."""
        seconds = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created))
        fields = {
            "time": f"{seconds}.{int(record.msecs):03}Z",
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": _cut(record.getMessage()),
            "process": record.process,
        }
        if record.exc_info:
            fields["exception"] = _cut(self.formatException(record.exc_info), end=True)
        return json.dumps(fields)  # in ASCII: no reader of logs takes a character for the end of the line


def _cut(text: str, end: bool = False) -> str:
    """A long text without its rest, or without its beginning where the end says more."""
    if len(text) <= LONGEST:
        return text
    kept = text[-LONGEST:] if end else text[:LONGEST]
    return kept + CUT.format(n=len(text))


def writes_json(environ: Mapping[str, str] = os.environ) -> bool:
    """Whether the log is to be JSON.

    Raises
    ------
    ValueError
        When the variable is neither `json` nor `text`.
    """
    kind = environ.get(VARIABLE, "").strip().lower() or "text"
    if kind not in ("json", "text"):
        raise ValueError(f"{VARIABLE} must be json or text. Got {kind[:100]!r}.")
    return kind == "json"


def set_up(environ: Mapping[str, str] = os.environ) -> None:
    """Let the loggers that this process has by now write as the environment wants it, those of libraries too."""
    ours = logging.getLogger(OURS)
    ours.setLevel(logging.INFO)
    if not writes_json(environ):
        if not ours.hasHandlers():  # without any, what is no warning is not written
            ours.addHandler(logging.StreamHandler(sys.stderr))
        return
    logging.captureWarnings(True)
    root = logging.getLogger()
    if not root.handlers:
        root.addHandler(logging.StreamHandler(sys.stderr))
    named = [logger for logger in logging.root.manager.loggerDict.values() if isinstance(logger, logging.Logger)]
    for logger in (root, *named):
        for handler in logger.handlers:
            handler.setFormatter(JsonLines())
