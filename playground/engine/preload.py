"""Imported once by a fork server: everything a worker needs, loaded but not started.

Nothing here may compute: TensorFlow starts its threads with the first computation, and threads do not survive a fork.
"""

from __future__ import annotations

import contextlib
import gc
import os
from collections.abc import Iterator

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # NumPy's threads would take other workers' cores, and are no faster

# Pages come first: loading and training take what the web process (and a browser on the same machine) leave.
if hasattr(os, "nice"):
    os.nice(10)


@contextlib.contextmanager
def _without_remarks() -> Iterator[None]:
    """Keep TensorFlow's remarks on this processor out of the server's output, unless somebody asked for more log.

    Its C++ writes them to the file descriptor, before its own log level applies. Exceptions are not touched.
    """
    if os.environ["TF_CPP_MIN_LOG_LEVEL"] != "3":
        yield
        return
    kept, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)


with _without_remarks():
    import sklearn.decomposition  # noqa: F401
    import tensorflow  # noqa: F401

    import playground.engine.functions
    import playground.engine.trainer  # noqa: F401

# Objects that live for ever stay out of collections, and so in memory that all workers share.
gc.collect()
gc.freeze()
