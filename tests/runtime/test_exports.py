"""Files that are taken away of a run: made beside its training, sent in parts, refused in words."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from playground.core import Experiment
from playground.core.data_csv import csv_name
from playground.runtime.engine import Engine
from playground.runtime.exports.export import EXPORTS, TOO_LARGE, Made, Making, Source
from playground.runtime.exports.pictures import NO_ACCURACY
from playground.runtime.jobs import exporting
from playground.runtime.jobs.exporting import FAULTY, TOO_LONG, Exporting
from playground.runtime.protocol.exporting import PART_BYTES
from playground.runtime.protocol.packing import unpack
from tests.channel_types import check_message
from tests.runtime.peers import Clock, Page, Server
from tests.runtime.runs import open_run
from tests.runtime.test_channel import on_server


async def taken(page: Page, what: str) -> tuple[list[dict[str, Any]], bytes]:
    """All messages of a file, and the file."""
    await page.say("export", what=what)
    headers: list[dict[str, Any]] = []
    content = b""
    while not headers or not (headers[-1].get("last") or "refusal" in headers[-1]):
        header, arrays = await page.next("export")
        headers.append(header)
        content += arrays["content"].tobytes() if arrays else b""
    return headers, content


def test_a_file_of_the_epoch_shown_comes_while_the_run_plays_on() -> None:
    async def story(server: Server) -> None:
        token = server.runs.open(Experiment())
        async with server.page(token) as page:
            await page.next("frame")
            await page.say("play", epochs_per_frame=1)
            await page.until_epoch(5)
            headers, content = await taken(page, "keras")
            epoch = int(content.split()[4])
            assert headers[-1]["file"] == f"{Experiment().data.dataset}_epoch_{epoch}.keras"
            assert content.decode() == f"keras of {Experiment().data.dataset} at {epoch} with {epoch}\n"
            await page.until_epoch(epoch + 20)
            await page.say("scrub", epoch=3)
            await page.next("frame")
            while page.frames[-1][0]["epoch"] != 3:
                await page.next("frame")
            assert (await taken(page, "script"))[1].split()[4] == b"3"

    on_server(story)


def test_a_long_file_comes_in_parts_that_make_it_whole() -> None:
    async def story(server: Server) -> None:
        async with server.page(server.runs.open(Experiment())) as page:
            await page.next("frame")
            headers, content = await taken(page, "onnx")
            parts = [header for header in headers if "file" in header]
            assert len(parts) == -(-len(content) // PART_BYTES) > 1
            assert [header["last"] for header in parts] == [False] * (len(parts) - 1) + [True]
            assert len(content.splitlines()) == 20_000 and len(set(content.splitlines())) == 1

    on_server(story)


def test_what_cannot_be_made_is_refused_in_words_and_the_run_goes_on() -> None:
    async def story(server: Server) -> None:
        async with server.page(server.runs.open(Experiment())) as page:
            await page.next("frame")
            await page.say("play", epochs_per_frame=1)
            await page.until_epoch(3)
            assert (await taken(page, "javascript"))[0][-1]["refusal"] == FAULTY
            refusal = (await taken(page, "<b>gold</b>"))[0][-1]["refusal"]
            assert refusal.startswith("'<b>gold</b>' cannot be taken away. What can: ") and "onnx" in refusal
            await page.say("edit", layer=1, unit=0, source=0, value=2.5)
            while not page.frames[-1][0]["edited"]:
                await page.next("frame")
            assert "changed by hand" in (await taken(page, "notebook"))[0][-1]["refusal"]
            assert (await taken(page, "keras"))[1], "the model of an edited network can be taken"
            epoch = page.frames[-1][0]["epoch"]
            await page.say("play", epochs_per_frame=1)
            await page.until_epoch(epoch + 10)

    on_server(story)


def slow(source: Source) -> Making:
    for part in range(1, 1000):
        yield part / 1000
    return Made(b"done", "done.txt", "text/plain")


@pytest.fixture
def slow_export(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setitem(EXPORTS, "slow", slow)
    yield


def messages_of(job: Exporting, clock: Clock, seconds: float) -> list[dict[str, Any]]:
    """All that comes of a file whose every slice takes so long."""
    headers = []
    while (packed := job.go_on()) is not None:
        clock.wait(seconds)
        for message in packed:
            header, arrays = unpack(message)
            check_message(header, arrays)
            headers.append(header)
    return headers


def source() -> Source:
    run = open_run(Experiment())
    while not run.training.ready:
        run.turn()
    return run._source()


def test_how_far_it_is_is_said_now_and_then(slow_export: None) -> None:
    clock = Clock()
    headers = messages_of(Exporting("slow", source, clock), clock, 0.01)
    shares = [header["share"] for header in headers]
    assert shares == sorted(shares) and shares[0] == 0 and shares[-1] == 1
    assert 20 <= len(shares) <= 60, "every 0.2 s of 10 s"


def test_it_may_take_so_long_and_be_so_large(slow_export: None, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock()

    def slower(source: Source) -> Making:
        for _ in range(1000):
            clock.wait(1.0)
            yield 0.5
        return Made(b"", "none.txt", "text/plain")

    monkeypatch.setitem(EXPORTS, "slower", slower)
    assert messages_of(Exporting("slower", source, clock), clock, 0.0)[-1]["refusal"] == TOO_LONG
    monkeypatch.setattr(exporting, "MOST_BYTES", 3)
    assert messages_of(Exporting("slow", source, clock), clock, 0.0)[-1]["refusal"] == TOO_LARGE


def test_another_file_or_none_is_wanted_meanwhile() -> None:
    async def story(server: Server) -> None:
        async with server.page(server.runs.open(Experiment())) as page:
            await page.next("frame")
            await page.say("export", what="onnx")
            await page.say("export", what="script")
            whats: list[str] = []
            while not whats or not page.last.get("last"):
                header, _ = await page.next("export")
                whats.append(header["what"])
            assert whats[-1] == "script"
            await page.say("export", what="onnx")
            await page.say("cancel_export")
            assert await page.is_quiet()

    on_server(story)


def whole(what: str, of: Source) -> tuple[dict[str, Any], bytes]:
    """The header of the last part of a file, and the file."""
    job, content = Exporting(what, lambda: of, Clock()), b""
    header: dict[str, Any] = {}
    while (packed := job.go_on()) is not None:
        for message in packed:
            header, arrays = unpack(message)
            content += arrays["content"].tobytes() if arrays else b""
    return header, content


def test_code_that_reads_a_table_comes_with_it_in_one_file() -> None:
    files = {"script": b"code", "data": b"a,b\n1,2\n"}
    own = source()
    engine = cast(Engine, SimpleNamespace(export_file=lambda what, *_: files[what]))
    header, content = whole("script", replace(own, snapshot=replace(own.snapshot, engine=engine)))
    name = f"{own.experiment.data.dataset}_epoch_0"
    assert (header["file"], header["mime"]) == (f"{name}.zip", "application/zip")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {each: archive.read(each) for each in archive.namelist()} == {
            f"{name}.py": files["script"],
            csv_name(own.experiment.data): files["data"],
        }


@pytest.mark.parametrize("what", ["weights_csv", "weights_json", "history_csv", "history_json"])
def test_figures_are_those_of_the_epoch_shown(what: str) -> None:
    run = open_run(Experiment())
    for _ in range(3):
        run.step()
        while run.wants_turn:
            run.turn()
    run.scrub(2)
    header, content = whole(what, run._source())
    assert header["file"] == f"{Experiment().data.dataset}_epoch_2_{what.replace('_', '.')}"
    kernel, loss = run.training.history.weights_at(2)[1][0], run.training.history.curves()[2][1]
    assert str(kernel[0, 0] if what.startswith("weights") else loss).encode() in content


BEGINNINGS = {
    ".csv": b"\xef\xbb\xbf",
    ".gif": b"GIF89a",
    ".html": b"<!",
    ".ipynb": b"{",
    ".js": b"",
    ".json": b"{",
    ".keras": b"PK",
    ".onnx": b"\x08",
    ".png": b"\x89PNG",
    ".py": b"# ///",
    ".svg": b"<svg",
}


@pytest.mark.parametrize(
    "link", ["dataset=xor", "dataset=plane", "dataset=iris&hidden=4"], ids=["two", "number", "table"]
)
def test_every_file_can_be_made_of_a_run_of_every_kind(link: str) -> None:
    experiment, refused = Experiment.from_query(dict(part.split("=") for part in link.split("&")))
    assert refused == []
    run = open_run(experiment)
    for _ in range(3):
        run.step()
        while run.wants_turn:
            run.turn()
    run.scrub(2)
    names = set()
    for what in EXPORTS:
        header, content = whole(what, replace(run._source(), page_link=f"https://school.example/?{link}"))
        if header.get("refusal") == NO_ACCURACY:
            assert (what, link) == ("accuracy_svg", "dataset=plane")
            continue
        assert header["last"], header
        assert content.startswith(BEGINNINGS[Path(header["file"]).suffix]), (what, content[:20])
        names.add(header["file"])
    assert all(name.startswith(f"{experiment.data.dataset}_epoch_2") for name in names)
    assert len(names) >= len(EXPORTS) - 1, "no file takes another one's name"
