"""Lessons made for tests: one that is right, and changes to it."""

from __future__ import annotations

FILE = "rings.md"

RIGHT = """\
---
title: Rings
level: basics
minutes: 5
goal: See a ring.
steps:
  - title: A ring
    experiment: ?samples=400&hidden=4&epochs=20
    free: [learning_rate, weights]
    predict:
      question: What will it be?
      choices: [A ring, A line]
      answer: 1
      feedback: [Yes., No.]
    check: val_accuracy >= 0.95
    observe:
      question: What was it?
      choices: [A ring, A line]
      answer: A ring
      feedback: [Yes., Look again.]
    fails:
      - link: ?hidden=none&epochs=20
        because: test accuracy
    points_at: boundary
    view:
      test_points: true
---

## A ring

Look at the ring.

### Explained

It is {val_accuracy} after {epoch} epochs.
"""

WALL = """\
---
title: Walls
level: going deeper
minutes: 5
goal: See a wall.
steps:
  - title: Widths
    wall: ?samples=400&epochs=20&rows=hidden:3|8&seeds=2
    check:
      - hidden=8: all val_accuracy >= 0.95
      - some val_accuracy < 0.95
      - max loss / min loss >= 2
---

## Widths

Look.

### Explained

Between {min val_accuracy} and {max val_accuracy}; {val_loss[hidden=3, seed=1]}.
"""


def changed(old: str, new: str, text: str = RIGHT) -> str:
    """The lesson with one thing changed, which must be there."""
    assert text.count(old) >= 1
    return text.replace(old, new, 1)


def line_of(part: str, text: str) -> int:
    """The line in which `part` first stands."""
    return text[: text.index(part)].count("\n") + 1
