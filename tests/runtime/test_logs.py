"""The log as JSON: a record is one line, whatever a visitor has written."""

from __future__ import annotations

import io
import json
import logging
import os
import subprocess
import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.runtime.logs import LONGEST, JsonLines, writes_json

SETS_UP = """
import logging, warnings
library = logging.getLogger("library")
library.addHandler(logging.StreamHandler())
library.propagate = False
from playground.runtime import logs
logs.set_up({"PLAYGROUND_LOGS": "json"})
logging.getLogger("playground.of.ours").error("a\\nb")
library.warning("c")
warnings.warn("d")
"""


WORKER = """
import asyncio
from playground.runtime import Limits
from tests.runtime.arithmetic_engine import RAISES
from tests.runtime.peers import serving, with_train


async def story():
    async with serving(Limits(workers=1)) as server, server.page(server.runs.open(with_train(seed=RAISES))) as page:
        await page.say("play", epochs_per_frame=1)
        await page.until_state("failed")


if __name__ == "__main__":
    asyncio.run(story())
"""


def line_of(message: str, *arguments: object, fault: BaseException | None = None) -> str:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    exc_info = None if fault is None else (type(fault), fault, fault.__traceback__)
    handler.emit(logging.LogRecord("playground.test", logging.ERROR, "", 1, message, arguments, exc_info))
    return stream.getvalue()


def fields_of(message: str, *arguments: object, fault: BaseException | None = None) -> dict[str, Any]:
    return dict(json.loads(line_of(message, *arguments, fault=fault)))


@given(st.text())
def test_any_text_is_one_line_and_comes_back(text: str) -> None:
    line = line_of("A run failed: %s", text)
    assert line.endswith("\n") and len(line.splitlines()) == 1 and line.isascii()
    assert json.loads(line)["message"] == f"A run failed: {text}"


def test_a_record_says_when_how_grave_and_from_where() -> None:
    fields = fields_of("x")
    assert set(fields) == {"time", "level", "logger", "message", "process"}
    assert fields["level"] == "error" and fields["logger"] == "playground.test"
    assert fields["time"].endswith("Z") and len(fields["time"]) == len("2026-01-02T03:04:05.678Z")


def test_what_is_long_is_cut_and_says_so() -> None:
    fields = fields_of("%s", "a" * 10 * LONGEST, fault=ValueError("b" * 10 * LONGEST))
    assert fields["message"].endswith(f"({10 * LONGEST} characters in all)")
    assert len(fields["message"]) < LONGEST + 100 and len(fields["exception"]) < LONGEST + 100


def test_a_fault_is_in_its_record() -> None:
    fault = ValueError('no "such\nvalue')
    assert 'ValueError: no "such\nvalue' in fields_of("x", fault=fault)["exception"]


def test_loggers_of_ours_and_of_libraries_and_warnings_are_json() -> None:
    done = subprocess.run([sys.executable, "-c", SETS_UP], capture_output=True, text=True, check=True)
    said = [json.loads(line) for line in done.stderr.splitlines()]
    assert [each["message"] for each in said[:2]] == ["a\nb", "c"]
    assert "d" in said[2]["message"] and said[2]["logger"] == "py.warnings"


SPEAKS = """
import logging
from playground.runtime import logs
logs.set_up({})
logs.set_up({})
logging.getLogger("playground.of.ours").info("a")
logging.getLogger("library").info("b")
"""


def test_as_text_what_ours_say_is_written_once_and_libraries_are_left_alone() -> None:
    done = subprocess.run([sys.executable, "-c", SPEAKS], capture_output=True, text=True, check=True)
    assert done.stderr == "a\n"


def test_a_worker_says_what_failed_in_one_line_with_the_fault() -> None:
    environment = {**os.environ, "PLAYGROUND_LOGS": "json"}
    command = [sys.executable, "-c", WORKER]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    said = [json.loads(line) for line in done.stderr.splitlines()]
    assert len(said) == 3
    for each in said:
        assert each["level"] == "error" and each["logger"] == "playground.runtime.worker.guard"
        assert each["message"].startswith("A run failed: ?") and "Traceback" in each["exception"]


def test_the_switch_is_one_of_two_words() -> None:
    assert not writes_json({}) and not writes_json({"PLAYGROUND_LOGS": "text"})
    assert writes_json({"PLAYGROUND_LOGS": " JSON "})
    with pytest.raises(ValueError, match=r"PLAYGROUND_LOGS must be json or text. Got 'xml'"):
        writes_json({"PLAYGROUND_LOGS": "xml"})
