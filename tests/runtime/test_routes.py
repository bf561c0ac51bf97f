"""The files a page loads: packed when the browser takes it so, and taken for nothing else."""

from __future__ import annotations

import asyncio
import gzip
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette

from playground.runtime.server.routes import file_routes

SOURCE = "export const answer = 42;\n" * 20


def get(folder: Path, name: str, accepted: str = "") -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body of a file below a base path."""
    (folder / "answer.js").write_text(SOURCE)
    path = f"/teach/_playground/static/v1/{name}"
    headers = [(b"accept-encoding", accepted.encode())]
    scope = {"type": "http", "method": "GET", "path": path, "root_path": "", "query_string": b"", "headers": headers}
    said: list[Any] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b""}

    async def send(message: Any) -> None:
        said.append(message)

    asyncio.run(Starlette(routes=file_routes(folder, "teach"))(scope, receive, send))
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
    status, headers, content = get(tmp_path, "answer.js", accepted)
    assert status == 200
    assert (headers.get("content-encoding") == "gzip") is packed
    assert headers["vary"] == "Accept-Encoding"
    assert (gzip.decompress(content) if packed else content) == SOURCE.encode()


@pytest.mark.parametrize(("name", "status"), [("answer.js", 200), ("nothing.js", 404)])
def test_every_answer_forbids_guessing_its_type_and_telling_its_address(tmp_path: Path, name: str, status: int) -> None:
    got, headers, _ = get(tmp_path, name)
    assert got == status
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
