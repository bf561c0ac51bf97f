"""Pictures on disk: no more than there is room for, under names that are digests."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.store.folder import UNFINISHED, Folder
from playground.store.pictures import Pictures
from playground.store.place import previews_folder


def digest(n: int) -> str:
    return hashlib.sha256(str(n).encode()).hexdigest()


def test_a_picture_is_found_again_also_by_the_next_server(tmp_path: Path) -> None:
    Pictures(Folder(tmp_path)).keep(digest(1), b"a picture")
    later = Pictures(Folder(tmp_path))
    assert later.find(digest(1)) == b"a picture" and later.find(digest(2)) is None


@pytest.mark.parametrize(("most_bytes", "most_files"), [(1000, 100), (10**6, 10)])
def test_the_oldest_go_when_there_is_no_room(tmp_path: Path, most_bytes: int, most_files: int) -> None:
    pictures = Pictures(Folder(tmp_path), most_bytes, most_files)
    for n in range(15):
        pictures.keep(digest(n), b"x" * 100)
        os.utime(tmp_path / f"{digest(n)}.png", (n, n))
    kept = [n for n in range(15) if pictures.find(digest(n)) is not None]
    assert kept == list(range(15 - len(kept), 15)) and 8 <= len(kept) <= 10


@given(st.text(max_size=70))
def test_no_other_name_reaches_the_disk(tmp_path_factory: pytest.TempPathFactory, name: str) -> None:
    folder = tmp_path_factory.mktemp("pictures")
    pictures = Pictures(Folder(folder / "here"))
    with pytest.raises(ValueError, match="hexadecimal"):
        pictures.keep(name, b"")
    with pytest.raises(ValueError, match="hexadecimal"):
        pictures.find(name)
    assert [path.name for path in folder.rglob("*")] == ["here", UNFINISHED]


def test_a_host_names_the_folder_or_has_none(tmp_path: Path) -> None:
    named = previews_folder(8501, {"PLAYGROUND_PREVIEWS_FOLDER": str(tmp_path / "there")})
    assert named is not None and named.path == tmp_path / "there"
    assert previews_folder(8501, {"PLAYGROUND_PREVIEWS_FOLDER": "none"}) is None
    usual = previews_folder(8501, {"XDG_STATE_HOME": str(tmp_path)})
    assert usual is not None and usual.path == tmp_path / "keras-playground" / "previews-8501"
