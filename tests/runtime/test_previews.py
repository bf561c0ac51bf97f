"""Pictures of links as the server gives them: few at once, few that wait, each made once, and kept."""

from __future__ import annotations

import asyncio
import io
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from starlette.applications import Starlette

from playground.core.errors import Refused
from playground.core.preview import Preview
from playground.core.query import LONGEST_TEXT
from playground.runtime import Limits
from playground.runtime.server.aside import AsideRun
from playground.runtime.server.live_run import LiveRun
from playground.runtime.server.preview_routes import preview_routes
from playground.runtime.server.previews import NOT_DRAWN, Busy, Previews
from playground.store.folder import UNFINISHED, Folder
from playground.store.pictures import Pictures
from tests.runtime.arithmetic_engine import DIES, UNBUILDABLE
from tests.runtime.peers import Clock, serving, until

LIMITS = Limits(workers=1, previews_at_once=2, previews_waiting=5, previews_per_minute=100, preview_seconds=30.0)
SHORT = Limits(previews_at_once=1, preview_seconds=0.05)


class FakeWorkers:
    """Takes runs, and sends a picture when the test says so."""

    def __init__(self, refusal: str = "", at_once: bool = False) -> None:
        self.refusal, self.at_once = refusal, at_once
        self.runs: list[LiveRun] = []
        self.taken = 0

    def train_aside(self, run: LiveRun) -> None:
        if self.refusal:
            raise Refused(self.refusal)
        self.runs.append(run)
        self.taken += 1
        if self.at_once:
            self.send(run)

    def end_aside(self, run: LiveRun) -> None:
        if run in self.runs:
            self.runs.remove(run)

    def send(self, run: LiveRun) -> None:
        assert run.viewer is not None
        run.viewer.send(b"picture of " + str(run.subject.to_query()).encode())


def preview_of(n: int) -> Preview:
    return Preview.from_query({"seed": str(n)})


def task(asking: Awaitable[bytes]) -> asyncio.Future[bytes]:
    return asyncio.ensure_future(asking)


async def settled() -> None:
    for _ in range(20):
        await asyncio.sleep(0)


def run(test: Callable[[], Awaitable[None]]) -> None:
    async def whole() -> None:
        await test()

    asyncio.run(whole())


def test_what_many_ask_for_is_made_once_and_then_kept() -> None:
    async def test() -> None:
        workers = FakeWorkers()
        previews = Previews(workers, LIMITS)
        asking = [task(previews.picture(preview_of(1), f"10.0.0.{n}")) for n in range(20)]
        await settled()
        assert workers.taken == 1 and len(workers.runs) == 1
        workers.send(workers.runs[0])
        assert len(set(await asyncio.gather(*asking))) == 1
        await previews.picture(preview_of(1), "10.0.0.99")
        assert workers.taken == 1 and not workers.runs

    run(test)


def test_few_are_made_at_once_few_wait_and_the_others_are_refused_in_words() -> None:
    async def test() -> None:
        workers = FakeWorkers()
        previews = Previews(workers, LIMITS)
        asking = [task(previews.picture(preview_of(n), f"10.0.0.{n}")) for n in range(50)]
        await settled()
        refused = [each.exception() for each in asking if each.done()]
        assert len(workers.runs) == 2 and len(refused) == 45
        assert all(isinstance(each, Busy) and "as many wait as may" in str(each) for each in refused)
        while any(not each.done() for each in asking):
            for each in list(workers.runs):
                workers.send(each)
            await settled()
            assert len(workers.runs) <= 2
        assert workers.taken == previews.made == 5

    run(test)


def test_an_address_has_so_many_a_minute_and_what_is_kept_does_not_count() -> None:
    async def test() -> None:
        clock = Clock()
        limits = Limits(previews_per_minute=3, previews_waiting=100)
        previews = Previews(FakeWorkers(at_once=True), limits, clock=clock)
        for n in range(3):
            await previews.picture(preview_of(n), "192.0.2.1")
        with pytest.raises(Busy, match="For one network address"):
            await previews.picture(preview_of(3), "192.0.2.1")
        await previews.picture(preview_of(2), "192.0.2.1")
        await previews.picture(preview_of(3), "192.0.2.2")
        clock.wait(21.0)
        await previews.picture(preview_of(4), "192.0.2.1")

    run(test)


def test_what_takes_too_long_is_given_up_and_its_place_is_free_again() -> None:
    async def test() -> None:
        workers = FakeWorkers()
        previews = Previews(workers, SHORT)
        with pytest.raises(Busy, match="no time"):
            await previews.picture(preview_of(1), "")
        assert not workers.runs
        workers.at_once = True
        assert await previews.picture(preview_of(1), "")

    run(test)


def test_a_server_without_room_says_so_and_a_failure_is_none_of_the_next_one() -> None:
    async def test() -> None:
        workers = FakeWorkers(refusal="no memory")
        previews = Previews(workers, LIMITS)
        with pytest.raises(Busy, match="no memory"):
            await previews.picture(preview_of(1), "")
        workers.refusal = ""
        asking = task(previews.picture(preview_of(1), ""))
        await settled()
        workers.runs[0].say("failed", "whatever")
        with pytest.raises(Busy, match="could not be drawn"):
            await asking
        workers.at_once = True
        assert await previews.picture(preview_of(1), "")

    run(test)


def test_one_that_had_begun_is_not_trained_a_second_time() -> None:
    async def test() -> None:
        workers = FakeWorkers()
        asking = task(Previews(workers, LIMITS).picture(preview_of(1), ""))
        await settled()
        orders: list[object] = []

        class Line:
            def send(self, order: object) -> None:
                orders.append(order)

        (given_to,) = workers.runs
        assert isinstance(given_to, AsideRun)
        given_to.hand_to(Line())
        sent = len(orders)
        given_to.say("playing", "")
        given_to.hand_to(Line())  # its worker was lost
        with pytest.raises(Busy, match=NOT_DRAWN):
            await asking
        assert sent > 0 and len(orders) == sent

    run(test)


def test_the_next_server_has_the_pictures(tmp_path: Path) -> None:
    async def test() -> None:
        first, second = FakeWorkers(at_once=True), FakeWorkers()
        made = await Previews(first, LIMITS, Pictures(Folder(tmp_path))).picture(preview_of(1), "")
        assert await Previews(second, LIMITS, Pictures(Folder(tmp_path))).picture(preview_of(1), "") == made
        assert second.taken == 0

    run(test)


def test_a_disk_that_is_full_or_broken_costs_nothing_but_the_memory_of_it(tmp_path: Path) -> None:
    async def test() -> None:
        class Broken(Pictures):
            def find(self, digest: str) -> bytes | None:
                raise OSError("broken")

            def keep(self, digest: str, picture: bytes) -> None:
                raise OSError("full")

        workers = FakeWorkers(at_once=True)
        previews = Previews(workers, LIMITS, Broken(Folder(tmp_path)))
        assert await previews.picture(preview_of(1), "") == await previews.picture(preview_of(1), "")
        assert workers.taken == 1

    run(test)


# The route.


async def ask(app: Starlette, query: bytes, headers: dict[str, str] | None = None, path: str = "/preview.png") -> Any:
    """Status, headers and body."""
    said: list[Any] = []
    sent = [(name.encode(), value.encode()) for name, value in ({"host": "a.example"} | (headers or {})).items()]
    scope = {
        **{"type": "http", "method": "GET", "path": path, "root_path": "", "query_string": query, "headers": sent},
        **{"scheme": "http", "client": ("192.0.2.7", 1), "server": ("a.example", 80)},
    }

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b""}

    async def send(message: Any) -> None:
        said.append(message)

    await app(scope, receive, send)
    told = {name.decode(): value.decode() for name, value in said[0]["headers"]}
    return said[0]["status"], told, b"".join(each.get("body", b"") for each in said[1:])


def app_of(previews: Previews, limits: Limits = LIMITS, base_path: str = "") -> Starlette:
    return Starlette(routes=preview_routes(previews, limits, base_path))


def test_a_picture_has_a_tag_by_which_it_is_not_sent_twice() -> None:
    async def test() -> None:
        workers = FakeWorkers(at_once=True)
        app = app_of(Previews(workers, LIMITS), base_path="teach")
        for path in ("/teach/preview.png", "/teach/_playground/preview.png"):
            status, headers, body = await ask(app, b"dataset=xor", path=path)
            assert (status, headers["content-type"]) == (200, "image/png") and body.startswith(b"picture")
            assert "max-age" in headers["cache-control"] and workers.taken == 1
        again = await ask(app, b"dataset=xor&hidden=4,2", {"if-none-match": headers["etag"]}, "/teach/preview.png")
        assert again[0] == 304 and again[2] == b""
        other = await ask(app, b"dataset=spiral", {"if-none-match": headers["etag"]}, "/teach/preview.png")
        assert other[0] == 200

    run(test)


def test_a_refusal_is_a_sentence_that_nobody_keeps() -> None:
    async def test() -> None:
        app = app_of(Previews(FakeWorkers(refusal="This server's memory is full."), LIMITS))
        status, headers, body = await ask(app, b"dataset=xor")
        assert (status, body, headers["cache-control"]) == (503, b"This server's memory is full.", "no-store")
        assert int(headers["retry-after"]) > 0 and headers["content-type"].startswith("text/plain")

    run(test)


@settings(deadline=None)
@given(
    st.binary(max_size=200)
    | st.builds(
        lambda pairs: "&".join("=".join(pair) for pair in pairs).encode("utf-8", "replace"),
        st.lists(
            st.tuples(
                st.sampled_from(
                    ["dataset", "hidden", "seed", "epochs", "at", "rows", "runs", "table", "formula", "/.."]
                ),
                st.sampled_from(["../../x", "own", "spiral", "128,128", "9999", "%00", "~" + "0" * 40, "\\", "C:"])
                | st.text(max_size=LONGEST_TEXT // 8),
            ),
            max_size=6,
        ),
    )
)
def test_no_link_writes_outside_the_folder(tmp_path_factory: pytest.TempPathFactory, query: bytes) -> None:
    around = tmp_path_factory.mktemp("around")

    async def test() -> None:
        app = app_of(Previews(FakeWorkers(at_once=True), LIMITS, Pictures(Folder(around / "pictures"))))
        status, _headers, body = await ask(app, query)
        assert status == 200 and body.startswith(b"picture")

    run(test)
    written = sorted(path.relative_to(around).as_posix() for path in around.rglob("*") if path.name != UNFINISHED)
    assert written[0] == "pictures" and len(written) == 2
    name = written[1].removeprefix("pictures/").removesuffix(".png")
    assert len(name) == 64 and set(name) <= set("0123456789abcdef")


# With workers.


@pytest.mark.parametrize(
    "query", [{"epochs": "5"}, {"dataset": "hills", "epochs": "3"}, {"seeds": "3", "dropout": "0.1", "epochs": "3"}]
)
def test_a_worker_trains_and_draws_it_beside_a_playing_run(query: dict[str, str]) -> None:
    async def test() -> None:
        async with serving(LIMITS, seconds=time.monotonic) as server:  # the page's credits come back with time
            await server.loaded(1)
            previews = Previews(server.runs, LIMITS)
            token = server.runs.open(Preview.from_query({"epochs": "10000"}).experiment)
            async with server.page(token) as page:
                await page.say("play", epochs_per_frame=1)
                await page.until_epoch(1)
                before = len(page.frames)
                watching = asyncio.ensure_future(page.until_state("finished"))
                picture = Image.open(io.BytesIO(await previews.picture(Preview.from_query(query), "")))
                assert len(page.frames) > before
                watching.cancel()
            assert picture.size == (1200, 630)
            await until(lambda: server.pool.counts()["runs"] <= 1)

    run(test)


@pytest.mark.parametrize("query", [{"batch_size": str(UNBUILDABLE)}, {"seed": str(DIES)}])
def test_a_network_that_fails_is_refused_and_the_server_goes_on(query: dict[str, str]) -> None:
    async def test() -> None:
        async with serving(LIMITS) as server:
            await server.loaded(1)
            previews = Previews(server.runs, LIMITS)
            with pytest.raises(Busy, match="could not be drawn"):
                await previews.picture(Preview.from_query(query), "")
            assert await previews.picture(Preview.from_query({"epochs": "2"}), "")

    run(test)
