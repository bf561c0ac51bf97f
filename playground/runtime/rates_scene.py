"""What a page is told when it connects to a learning-rate range test."""

from __future__ import annotations

from playground.core.rate_test import RateTest
from playground.runtime.course import course_of
from playground.runtime.protocol.finder import RatesHello


def rates_scene_of(test: RateTest, run: str = "") -> RatesHello:
    """The first message about a test, but for how it stands."""
    return RatesHello(
        type="rates",
        run=run,
        seeds=len(test.members),
        planned=len(test.rates),
        least=float(test.rates[0]),
        most=float(test.rates[-1]),
        published=test.published,
        state="loading",
        message="",
        last_epoch=0,
        course=course_of(test),
    )
