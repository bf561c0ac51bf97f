"""Hundreds of visitors of one server, who come, and go, and ask for too much."""

from __future__ import annotations

import asyncio
import contextlib
import sys

import pytest

from tests.served_app import ServedApp
from tests.visitors import come

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(600),
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="counts descriptors as Linux does"),
]
AT_ONCE = 20
STAY = 60
FORGETFUL = {"STREAMLIT_SERVER_DISCONNECTED_SESSION_TTL": "3"}
"""Sessions of pages that have gone are kept for seconds: it is them, and what they hold, that is waited for."""
WORDS = ("full", "at most")


@pytest.mark.parametrize(("most", "passing"), [(None, 200), (256, 60)])
def test_everyone_is_served_or_refused_in_words_and_descriptors_come_back(most: int | None, passing: int) -> None:
    """Those who stay alone take more than 256 descriptors: whoever comes then finds none."""
    app = ServedApp({"PLAYGROUND_WORKERS": "1", **FORGETFUL}, descriptors=most).start().wait_until_loaded()
    try:
        before = app.descriptors()
        said = asyncio.run(visit(app.port, STAY, passing))
        refusals = [words for words in said if words]
        assert all(any(part in words for part in WORDS) for words in refusals)
        if most is None:
            assert not refusals
        else:
            assert refusals
            assert len(said) - len(refusals) >= 10
        app.wait(lambda: app.descriptors() <= before + 5)
        for worker in app.workers():
            worker.kill()
        assert asyncio.run(visit(app.port, staying=1, passing=0)) == [""]
        app.wait(lambda: app.health() == 200)
    finally:
        app.stop()


async def visit(port: int, staying: int, passing: int) -> list[str]:
    """What was said to each: first to a class that stays, then to those who come and go meanwhile."""
    turn = asyncio.Semaphore(AT_ONCE)

    async def pass_by(n: int) -> str:
        async with turn, contextlib.AsyncExitStack() as stack:
            return await come(port, stack, f"8.8.{n // 250}.{n % 250}")

    async with contextlib.AsyncExitStack() as stack:
        stayed = [await come(port, stack, "9.9.9.9") for _ in range(staying)]
        passed = await asyncio.gather(*(pass_by(n) for n in range(passing)))
    return [*stayed, *passed]
