"""What memory is given back once all is loaded: nothing that anybody has changed."""

from __future__ import annotations

import ctypes
import subprocess
import sys

import pytest

from playground.runtime.hosts.loaded_files import unchanged_parts

PART = """{place} {rights} 00000000 fe:01 12 {file}
Size:                 64 kB
Rss:                  64 kB
Anonymous:     {anonymous:>9} kB
Swap:          {swap:>9} kB
SwapPss:               0 kB
VmFlags: rd mr mw me
"""
FAMILY = "import playground.runtime.hosts.loaded_files, math, json, sqlite3; print(json.dumps(math.sqrt(4)))"


def part(place: str, rights: str = "r-xp", file: str = "/lib/a.so", anonymous: int = 0, swap: int = 0) -> str:
    return PART.format(place=place, rights=rights, file=file, anonymous=anonymous, swap=swap)


def test_only_what_a_file_says_unchanged_is_let_go() -> None:
    smaps = (
        part("1000-3000")
        + part("3000-4000", anonymous=4)
        + part("4000-5000", swap=4)
        + part("5000-6000", rights="rw-p")
        + part("6000-7000", rights="r--p", file="")
        + part("7000-8000", rights="r--s")
        + part("8000-9000", file="[vdso]")
        + part("9000-b000", rights="r--p")
    )
    assert list(unchanged_parts(smaps.splitlines())) == [(0x1000, 0x2000), (0x9000, 0x2000)]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="of Linux")
def test_the_files_of_this_very_process_are_among_them() -> None:
    function = ctypes.cast(ctypes.CDLL(None).madvise, ctypes.c_void_p).value
    assert function is not None
    with open("/proc/self/smaps") as smaps:
        parts = list(unchanged_parts(smaps))
    assert any(start <= function < start + length for start, length in parts)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="of Linux")
def test_a_process_goes_on_with_what_it_has_let_go() -> None:
    done = subprocess.run([sys.executable, "-c", FAMILY], capture_output=True, text=True, check=True)
    assert done.stdout == "2.0\n"
