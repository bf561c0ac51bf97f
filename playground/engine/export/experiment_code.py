"""An experiment as a Keras script and as a notebook, which know nothing of the playground."""

from __future__ import annotations

import sys
from importlib.metadata import PackageNotFoundError, version

from playground.core.experiment import Experiment
from playground.core.naming import in_a_line
from playground.engine.export.code import Piece, sorted_imports
from playground.engine.export.data_code import data_piece, inputs_piece, targets_piece
from playground.engine.export.training_code import (
    compile_piece,
    figures_piece,
    model_piece,
    rates_piece,
    training_piece,
)

PACKAGES = ("keras", "numpy", "tensorflow")
ENVIRONMENT = """\
import os

os.environ["KERAS_BACKEND"] = "tensorflow"
# Numbers are rounded as on the page: by the same kernels, and summed in one order.
os.environ["TF_ENABLE_ONEDNN_OPTS"] = "0"
os.environ["TF_NUM_INTRAOP_THREADS"] = "1"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "1"  # of TensorFlow's log warnings and errors alone
"""
ABOUT = """\
Trained as in Keras Playground, up to epoch {epoch}; the figures that are printed at the end are those of its page.
They are, to the last digit, with the versions above: `uv run` with this file's name installs them and runs it.
"""


def script(experiment: Experiment, epoch: int) -> str:
    """A Keras script that trains an experiment again and prints what the page shows at an epoch.

    It needs the versions that it names alone, and where `data_file` says so a file beside it.

    Raises
    ------
    ValueError
        When the epoch is not one of the experiment.
    """
    pieces = pieces_of(experiment, epoch)
    head = f'{_requirements(pieces)}"""{in_a_line(experiment)}\n\n{ABOUT.format(epoch=epoch)}"""\n\n'
    return f"{head}{imports_of(pieces)}\n" + "\n\n".join(map(titled, pieces))


def titled(piece: Piece) -> str:
    """The code of a piece under its title, as a formatter has it."""
    begins = piece.code.startswith(("def ", "class "))
    between = "\n\n\n" if begins else "\n\n"
    return f"# {piece.title}{between}{piece.code.rstrip()}\n"


def imports_of(pieces: list[Piece]) -> str:
    """What stands at the top: the environment first, which TensorFlow reads when it is loaded."""
    return f"{ENVIRONMENT}\n{sorted_imports(line for piece in pieces for line in piece.imports)}\n"


def pieces_of(experiment: Experiment, epoch: int) -> list[Piece]:
    """All of the code but the imports.

    Raises
    ------
    ValueError
        When the epoch is not one of the experiment.
    """
    if not 0 <= epoch <= experiment.train.epochs:
        raise ValueError(f"epoch must be in [0, {experiment.train.epochs}]. Got {epoch}.")
    rates = rates_piece(experiment, epoch)
    return [
        data_piece(experiment),
        inputs_piece(experiment),
        targets_piece(experiment),
        *([rates] if rates else []),
        model_piece(experiment, epoch),
        compile_piece(experiment),
        *([training_piece(experiment, epoch)] if epoch else []),
        figures_piece(experiment, epoch),
    ]


def versions(pieces: list[Piece]) -> list[str]:
    """The requirements of the code, at the versions that are installed here."""
    names = sorted({*PACKAGES, *(name for piece in pieces for name in piece.packages)})
    return [f"{name}=={_version(name)}" for name in names]


def _version(name: str) -> str:
    """Of a package; TensorFlow may be here under the name of its build for the processor alone."""
    try:
        return version(name)
    except PackageNotFoundError:
        return version(f"{name}-cpu")


def _requirements(pieces: list[Piece]) -> str:
    """As `uv run` and `pipx run` read them (PEP 723)."""
    lines = "".join(f'#     "{each}",\n' for each in versions(pieces))
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    return f'# /// script\n# requires-python = "=={python}.*"\n# dependencies = [\n{lines}# ]\n# ///\n'
