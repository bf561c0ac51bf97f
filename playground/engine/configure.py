"""What a process that trains sets once, before anything else touches TensorFlow."""

from __future__ import annotations

import gc
import os
from importlib import metadata

XLA_SETTINGS = ("--xla_cpu_use_fusion_emitters=false", "--xla_cpu_enable_fast_min_max=false")
"""The first compiles small networks a quarter to a third faster (0.8 s instead of 1.1 s for [4, 2]) and trains them as
fast; [100]×4 trains a quarter slower, but is far from being what a frame waits for. It brings in a code path whose fast
minimum swallows NaN, so that a cross-entropy of lost weights would look finite; the second forbids that."""
VERSIONS_WITH_SETTINGS = ("2.21.",)
"""XLA ends the process on a setting it does not know, so they are given only to versions they were tried on."""


def configure_process(threads: int = 1) -> None:
    """Load TensorFlow for a worker: quiet, with `threads` threads, and out of the garbage collector's way.

    Call it first: TensorFlow reads these settings once. One thread a worker is right, because workers are processes,
    one a core, and the networks are too small to be split.

    Raises
    ------
    RuntimeError
        When TensorFlow already computed something in this process.
    """
    _choose_xla_settings()
    import tensorflow as tf

    tf.config.threading.set_intra_op_parallelism_threads(threads)
    tf.config.threading.set_inter_op_parallelism_threads(threads)
    tf.get_logger().setLevel("ERROR")
    import keras  # noqa: F401

    # A million objects of TensorFlow live as long as the process: walking them on each collection costs seconds.
    gc.collect()
    gc.freeze()


def _choose_xla_settings() -> None:
    chosen = os.environ.get("XLA_FLAGS", "")
    if "--xla_cpu" not in chosen and _tensorflow_version().startswith(VERSIONS_WITH_SETTINGS):
        os.environ["XLA_FLAGS"] = " ".join(filter(None, [chosen, *XLA_SETTINGS]))


def _tensorflow_version() -> str:
    for distribution in ("tensorflow-cpu", "tensorflow"):
        try:
            return metadata.version(distribution)
        except metadata.PackageNotFoundError:
            continue
    return ""
