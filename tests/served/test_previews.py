"""Two hundred links that are shown somewhere at once: the real server draws a few, refuses the others, and plays on."""

from __future__ import annotations

import asyncio
import contextlib
import time
from pathlib import Path

import pytest

from benchmarks.previews import Bystander, ask, ask_for_all, link
from tests.served_app import ServedApp

SHARE = 0.1
"""Of the frames that it had a second before; on two cores with nothing else to do it is nearly all."""


@pytest.mark.slow
def test_pictures_asked_for_by_hundreds_leave_a_playing_run_its_frames(tmp_path: Path) -> None:
    folder = tmp_path / "pictures"
    app = ServedApp({"PLAYGROUND_WORKERS": "2", "PLAYGROUND_PREVIEWS_FOLDER": str(folder)}).start().wait_until_loaded(2)

    async def test() -> None:
        bystander = Bystander()
        watching = asyncio.create_task(bystander.watch(app))
        await bystander.playing.wait()
        alone = await bystander.rate(60)
        before, began = bystander.frames, time.monotonic()
        answers = await ask_for_all(app)
        seconds = time.monotonic() - began
        frames = (bystander.frames - before) / seconds
        watching.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await watching
        drawn = {n: each.body for n, each in enumerate(answers) if each.status == 200}
        refused = [each for each in answers if each.status == 503]
        assert len(drawn) + len(refused) == len(answers) and drawn
        assert all(body.startswith(b"\x89PNG") for body in drawn.values())
        assert all(each.body.decode().endswith(".") for each in refused)
        print(f"all answered within {seconds:.1f} s; {frames:.1f} frames a second of {alone:.1f}")
        assert frames >= SHARE * alone
        kept = {path.read_bytes() for path in folder.glob("*.png")}
        assert kept == set(drawn.values())
        for n, body in drawn.items():
            again = await ask(app, f"/preview.png?{link(n)}", "203.0.113.250")
            assert again.body == body

    try:
        asyncio.run(test())
    finally:
        app.stop()
