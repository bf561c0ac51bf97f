"""What a frame costs its worker here, as a ratio of what it costs in another checkout.

    python -m benchmarks.frame_cost --against ../at-another-commit

Processor time, measured in processes that alternate, so that a drifting machine is felt by both; each ratio is the
median over pairs, below 1 is good. `frame` is an epoch with its evaluation, the boundary and the neurons' maps;
`turn` is the whole turn of a run that shows the network's diagram, packing included.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

PARTS = ("epoch", "boundary", "picture", "frame", "turn")
WARM_UP, ROUNDS = 60, 150


def main() -> None:
    """Print a line for each network and part."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--against", type=Path, help="another checkout of this repository")
    parser.add_argument("--pairs", type=int, default=5)
    parser.add_argument("--measure", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.measure:
        print(json.dumps(measured()))
    elif arguments.against is None:
        parser.error("--against must be another checkout. Got none.")
    else:
        compare(Path.cwd(), arguments.against, arguments.pairs)


def compare(here: Path, there: Path, pairs: int) -> None:
    """Measure both in turns and print the ratios."""
    runs = [(_measure_in(here), _measure_in(there)) for _ in range(pairs)]
    print(f"{'network':34} {'part':9} {'here':>9} {'there':>9} {'ratio':>6}")
    for name in runs[0][0]:
        for part in PARTS:
            found = [(one[name][part], other[name][part]) for one, other in runs]
            own, theirs = (statistics.median(each) * 1e3 for each in zip(*found, strict=True))
            ratio = statistics.median(own / theirs for own, theirs in found)
            print(f"{name:34} {part:9} {own:6.2f} ms {theirs:6.2f} ms {ratio:5.2f}x", flush=True)


def _measure_in(checkout: Path) -> dict[str, dict[str, float]]:
    """What `measured` gives in a process that imports the package of a checkout."""
    command = [sys.executable, str(Path(__file__).resolve()), "--measure"]
    environment = {**os.environ, "PYTHONPATH": str(checkout.resolve())}
    done = subprocess.run(command, cwd=checkout, env=environment, capture_output=True, text=True, check=True)
    found: dict[str, dict[str, float]] = json.loads(done.stdout.splitlines()[-1])
    return found


def measured() -> dict[str, dict[str, float]]:
    """Seconds of each part for each network, the median of many."""
    from playground import engine

    engine.configure_process()
    return {name: _parts(engine, experiment) for name, experiment in _networks().items()}


def _networks() -> dict[str, Any]:
    from playground.core import Experiment, Model

    features = ("x1", "x2", "x1sq", "x2sq", "x1x2", "sinx1", "sinx2")
    return {
        "default: [4,2] tanh": Experiment(),
        "[8,8] relu": Experiment(model=Model(hidden=(8, 8), activation=("relu",))),
        "[8]x6 relu, 7 features": Experiment(model=Model(hidden=(8,) * 6, activation=("relu",), features=features)),
    }


def _parts(engine: Any, experiment: Any) -> dict[str, float]:
    program = engine.compile_program(experiment)
    trainer, view = engine.Trainer(experiment, program), ((-6.0, 6.0), (-6.0, 6.0))
    slices = trainer.slices()

    def epoch() -> None:
        while next(slices) is None:
            pass

    def boundary() -> None:
        engine.view_boundary(program, experiment, trainer.current.weights, *view)

    def picture() -> None:
        if hasattr(engine, "make_network"):
            engine.make_network(program, experiment, trainer.current.weights).picture(*view, maps=True)
        else:
            boundary()
            engine.neuron_maps(program, experiment, trainer.current.weights, *view)

    def frame() -> None:
        epoch()
        picture()

    parts = {"epoch": epoch, "boundary": boundary, "picture": picture, "frame": frame}
    return {**{name: _seconds(part) for name, part in parts.items()}, "turn": _turn(engine, program, experiment)}


def _turn(engine: Any, program: Any, experiment: Any) -> float:
    """A turn of a run that plays one epoch a frame and shows the diagram."""
    try:
        credit, turn_of = _playing_run(engine, program, experiment)
    except ImportError:
        credit, turn_of = _playing_run_before_jobs(engine, program, experiment)

    def turn() -> None:
        credit()
        while not turn_of():
            credit()

    return _seconds(turn)


Play = tuple[Callable[[], None], Callable[[], list[bytes]]]


def _playing_run(engine: Any, program: Any, experiment: Any) -> Play:
    from playground.runtime import Limits
    from playground.runtime.jobs.run import Run
    from playground.runtime.jobs.trainings import Trainings
    from playground.runtime.protocol.page import Credit, Show
    from playground.runtime.views.network import NetworkOptions

    run = Run(Trainings(engine, Limits()), program, experiment)
    run.welcome(4)
    run.show(Show(view=NetworkOptions()))
    run.play(1)
    return lambda: run.hear(Credit()), run.turn


def _playing_run_before_jobs(engine: Any, program: Any, experiment: Any) -> Play:
    """As runs were made up to commit 26c3045."""
    limits = import_module("playground.runtime").Limits()
    run = import_module("playground.runtime.run").Run(engine, program, experiment, [], limits)
    run.welcome(4)
    run.show(import_module("playground.runtime.messages").Show(type="show", view="network"))
    run.play(1)
    return run.credit, run.turn


def _seconds(work: Callable[[], None]) -> float:
    """Of the processor, so that what else the machine does counts little."""
    for _ in range(WARM_UP):
        work()
    times = []
    for _ in range(ROUNDS):
        began = time.process_time()
        work()
        times.append(time.process_time() - began)
    return statistics.median(times)


if __name__ == "__main__":
    main()
