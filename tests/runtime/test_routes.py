"""The files a page loads: packed when the browser takes it so, and those of the version that runs alone."""

from __future__ import annotations

import asyncio
import gzip
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette

from playground.runtime.server.routes import file_routes

SOURCE = "export const answer = 42;\n" * 20


def get(folder: Path, path: str, accepted: str = "", method: str = "GET") -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body of what lies at `path` below a base path."""
    (folder / "answer.js").write_text(SOURCE)
    headers = [(b"accept-encoding", accepted.encode())]
    scope = {
        "type": "http",
        "method": method,
        "path": f"/teach/_playground/{path}",
        "root_path": "",
        "query_string": b"",
        "headers": headers,
    }
    said: list[Any] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b""}

    async def send(message: Any) -> None:
        said.append(message)

    asyncio.run(Starlette(routes=file_routes(folder, "v1", "teach"))(scope, receive, send))
    start, *bodies = said
    told = {name.decode(): value.decode() for name, value in start["headers"]}
    return start["status"], told, b"".join(body["body"] for body in bodies)


@pytest.mark.parametrize(
    ("accepted", "packed"),
    [
        ("gzip, deflate, br", True),
        ("br;q=1.0, gzip;q=0.5", True),
        ("GZIP", True),
        ("gzip;q=0", False),
        ("gzip; q=0.000, identity", False),
        ("br, x-gzip-like", False),
        ("", False),
    ],
)
def test_a_file_is_packed_only_for_who_takes_it(tmp_path: Path, accepted: str, packed: bool) -> None:
    status, headers, content = get(tmp_path, "static/v1/answer.js", accepted)
    assert status == 200
    assert (headers.get("content-encoding") == "gzip") is packed
    assert headers["vary"] == "Accept-Encoding"
    assert (gzip.decompress(content) if packed else content) == SOURCE.encode()


@pytest.mark.parametrize("path", ["static/v1/answer.js", f"plotly/{version('plotly')}.min.js"])
def test_files_of_the_version_that_runs_are_kept_for_ever(tmp_path: Path, path: str) -> None:
    status, headers, _ = get(tmp_path, path)
    assert status == 200
    assert "immutable" in headers["cache-control"]


@pytest.mark.parametrize(
    "path",
    [
        "static/v2/answer.js",
        "static/v1/nothing.js",
        "static/v1x/answer.js",
        "static/v1/../v2/answer.js",
        "plotly/1.0.0.min.js",
        "plotly/x.min.js",
        "nothing",
        "",
    ],
)
def test_anything_else_is_not_there_and_its_absence_is_not_kept(tmp_path: Path, path: str) -> None:
    status, headers, content = get(tmp_path, path)
    assert status == 404
    assert headers["cache-control"] == "no-store"
    assert b"Reload the page" in content


def test_a_file_can_be_asked_for_its_headers_alone(tmp_path: Path) -> None:
    status, headers, _ = get(tmp_path, "static/v1/answer.js", method="HEAD")  # the server leaves out the body
    assert status == 200
    assert headers["content-length"] == str(len(SOURCE))


def test_a_file_cannot_be_written(tmp_path: Path) -> None:
    status, headers, _ = get(tmp_path, "static/v1/answer.js", method="POST")
    assert status == 405
    assert set(headers["allow"].split(", ")) == {"GET", "HEAD"}
