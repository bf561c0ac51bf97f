"""The QR code that the page draws by itself: module by module that of segno, and with segno's own faults taken out."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator

import pytest
import segno
from playwright._impl._driver import compute_driver_executable

from playground.ui.web import static_files

MODULE = static_files() / "room" / "seats" / "qr_code.js"
LENGTHS = [1, 14, 15, 26, 27, 42, 43, 62, 63, 84, 85, 106, 107, 122, 123, 152, 153, 180, 181, 213]
"""Of texts: the least and the most that goes into each version."""
TEXTS = ["https://class.example/class?room=BHMPTX", *("".join(chr(33 + i % 90) for i in range(n)) for n in LENGTHS)]
MASK = 3


@pytest.fixture
def padded(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Segno adds a byte of zeros to what ends at a byte already, which the standard (7.4.10) has not."""

    def write_padding_bits(buffer: bytearray, _version: object, length: int) -> None:
        buffer.extend([0] * (-length % 8))

    monkeypatch.setattr("segno.encoder.write_padding_bits", write_padding_bits)
    yield


@pytest.mark.usefixtures("padded")
def test_every_module_is_segnos() -> None:
    told = f"console.log(JSON.stringify({json.dumps(TEXTS)}.map(modulesOf)))"
    script = f'import {{ modulesOf }} from "{MODULE.as_uri()}"; {told}'
    node = os.fspath(compute_driver_executable()[0])
    ran = subprocess.run(
        [node, "--input-type=module", "-e", script], capture_output=True, text=True, check=False, timeout=60
    )
    assert ran.returncode == 0, ran.stderr
    for text, modules in zip(TEXTS, json.loads(ran.stdout), strict=True):
        code = segno.make(text, error="m", boost_error=False, micro=False, mask=MASK, mode="byte")
        assert [list(map(int, row)) for row in modules] == [list(map(int, row)) for row in code.matrix], len(text)
