"""Imported once by a fork server: everything a worker needs, loaded but not started.

Nothing here may compute: TensorFlow starts its threads with the first computation, and threads do not survive a fork.
"""

from __future__ import annotations

import gc
import os

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

# Pages come first: loading and training take what the web process (and a browser on the same machine) leave.
if hasattr(os, "nice"):
    os.nice(5)

import tensorflow  # noqa: F401

import playground.engine.boundary
import playground.engine.trainer  # noqa: F401

# Objects that live for ever stay out of collections, and so in memory that all workers share.
gc.collect()
gc.freeze()
