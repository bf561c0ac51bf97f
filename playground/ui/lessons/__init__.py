"""The lessons: the component that lists them, with how far the learner is in each."""

from __future__ import annotations

from playground.ui.lessons.component import lessons

__all__ = ["lessons"]
