"""How much of an epoch fits in a slice of time: learnt from what slices took, never felt by the numbers."""

from __future__ import annotations

from dataclasses import dataclass

Range = tuple[int, int]


@dataclass
class Pace:
    """What one training step and one evaluation chunk take, in seconds, as measured lately.

    An epoch is `n_steps` steps and then `n_chunks` chunks. No more than `most_steps` are done at once, if it is given.
    """

    n_steps: int
    n_chunks: int
    step_seconds: float
    chunk_seconds: float
    most_steps: int | None = None

    def next_ranges(self, steps_done: int, chunks_done: int, seconds: float) -> tuple[Range, Range]:
        """The steps [first, last) and chunks [first, last) to do next in about `seconds`; at least one of all."""
        steps_left = self.n_steps - steps_done
        steps = _fitting(min(steps_left, self.most_steps or steps_left), seconds, self.step_seconds)
        chunks = 0
        if steps_done + steps == self.n_steps:
            left = seconds - steps * self.step_seconds
            chunks = _fitting(self.n_chunks - chunks_done, left, self.chunk_seconds)
        if steps == chunks == 0:
            steps, chunks = (1, 0) if steps_done < self.n_steps else (0, 1)
        return (steps_done, steps_done + steps), (chunks_done, chunks_done + chunks)

    def learn(self, steps: Range, chunks: Range, seconds: float) -> None:
        """Take in that these ranges took `seconds`; one odd measurement moves the estimate by half at most."""
        expected = (steps[1] - steps[0]) * self.step_seconds + (chunks[1] - chunks[0]) * self.chunk_seconds
        correction = min(max(seconds / expected, 0.5), 1.5) if expected > 0 else 1.0
        if steps[1] > steps[0]:
            self.step_seconds *= correction
        if chunks[1] > chunks[0]:
            self.chunk_seconds *= correction


def _fitting(wanted: int, seconds: float, each: float) -> int:
    return wanted if wanted * each <= seconds else max(int(seconds / each), 0)
