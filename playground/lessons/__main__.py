"""`python -m playground.lessons check FILE` reads a lesson, runs it, and says whether its checks keep their promise.

The one module of the lessons that knows the engine: it hands it to what runs them.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from playground.lessons.errors import LessonError
from playground.lessons.lesson import Lesson
from playground.lessons.reading import load
from playground.lessons.running import outcomes, seeds_for

MOST_SEEDS = 100


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line says; 0 when all is well, 1 when a file or a check is not."""
    asked = _parser().parse_args(arguments)
    return 0 if all([_is_well(file, asked.seeds) for file in asked.files]) else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m playground.lessons", description="Work with lesson files.")
    commands = parser.add_subparsers(required=True)
    check = commands.add_parser("check", help="read lessons, run each step, and see what its check says")
    check.add_argument("files", nargs="+", metavar="FILE")
    check.add_argument("--seeds", type=_count, default=3, help="from how many seeds; 0 only reads the file (default 3)")
    return parser


def _count(text: str) -> int:
    if not text.isdigit() or int(text) > MOST_SEEDS:
        raise argparse.ArgumentTypeError(f"seeds must be a whole number in [0, {MOST_SEEDS}]. Got {text}.")
    return int(text)


def _is_well(file: str, seeds: int) -> bool:
    try:
        lesson = load(file)
    except LessonError as error:
        print(error, file=sys.stderr)
        return False
    print(f"{file}: {lesson.title}, {len(lesson.steps)} {'step' if len(lesson.steps) == 1 else 'steps'}")
    return _runs_well(lesson, seeds) if seeds else True


def _runs_well(lesson: Lesson, seeds: int) -> bool:
    from playground.engine import train, train_wall  # takes seconds, and only who runs a lesson needs it

    well = True
    for outcome in outcomes(lesson, train, train_wall, seeds_for(seeds)):
        print(f"  {outcome}", flush=True)
        well = well and not outcome.fault
    return well


if __name__ == "__main__":
    sys.exit(main())
