"""What a process that trains sets once, before anything else touches TensorFlow."""

from __future__ import annotations

import gc


def configure_process(threads: int = 1) -> None:
    """Load TensorFlow for a worker: quiet, with `threads` threads, and out of the garbage collector's way.

    Call it first: TensorFlow reads these settings once. One thread a worker is right, because workers are processes,
    one a core, and the networks are too small to be split.

    Raises
    ------
    RuntimeError
        When TensorFlow already computed something in this process.
    """
    import tensorflow as tf

    tf.config.threading.set_intra_op_parallelism_threads(threads)
    tf.config.threading.set_inter_op_parallelism_threads(threads)
    tf.get_logger().setLevel("ERROR")
    import keras  # noqa: F401

    # A million objects of TensorFlow live as long as the process: walking them on each collection costs seconds.
    gc.collect()
    gc.freeze()


def is_short_of_resources(fault: BaseException) -> bool:
    """Whether TensorFlow raised this because the machine has no more memory to give."""
    import tensorflow as tf

    return isinstance(fault, tf.errors.ResourceExhaustedError)
