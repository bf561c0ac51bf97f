"""Moving pictures of a training, read back by Pillow; and their colours beside the page's own."""

from __future__ import annotations

import io
import json
import os
import subprocess
from typing import get_args

import numpy as np
import pytest
from PIL import Image
from playwright._impl._driver import compute_driver_executable

from playground.figures import animation
from playground.figures.animation import Format, Ground, Still, animate, caption
from playground.figures.shades import point_colors, shaded, target_range
from playground.runtime.page_modules import static_files

PLANE = {"x1": (-1.0, 1.0), "x2": (-1.0, 1.0)}
X = np.array([[-0.5, 0.5], [0.5, -0.5]])
NOTHING = np.empty((0, 2), np.float32)


def ground(classes: int = 2) -> Ground:
    return Ground(**PLANE, X=X, y=np.array([0.0, 1.0]), classes=classes, target=(0.0, 1.0) if classes else (-1.0, 1.0))


def still(epoch: int, classes: int = 1, noise: int | None = None) -> Still:
    share = np.full((classes, 100, 100), epoch % 256, np.uint8)
    if noise is not None:
        share = np.random.default_rng(noise).integers(0, 256, share.shape, np.uint8)
    return Still(epoch, 0.5, share, 0.0, 1.0, np.array([[-1, 0], [1, 0], [np.nan, np.nan]], np.float32))


def made(stills: list[Still], kind: Format, on: Ground | None = None) -> tuple[list[float], Image.Image]:
    slices, shares = animate(on or ground(), stills, kind), []
    while True:
        try:
            shares.append(next(slices))
        except StopIteration as done:
            assert len(done.value) <= animation.MOST_BYTES
            return shares, Image.open(io.BytesIO(done.value))


def seconds(picture: Image.Image, at: int) -> float:
    picture.seek(at)
    picture.load()
    return float(picture.info["duration"]) / 1000


@pytest.mark.parametrize("kind", get_args(Format))
def test_a_picture_for_each_epoch_and_the_last_one_is_held(kind: Format) -> None:
    shares, picture = made([still(0), still(120), still(255)], kind)
    assert getattr(picture, "n_frames", 1) == 3 and picture.info["loop"] == 0
    assert shares == sorted(shares) and shares[0] >= 0 and shares[-1] == 1
    assert [round(seconds(picture, at), 2) for at in range(3)] == [0.08, 0.08, 2.5]


@pytest.mark.parametrize("kind", get_args(Format))
def test_each_picture_has_its_own_plane_and_the_points(kind: Format) -> None:
    _shares, picture = made([still(0), still(255)], kind)
    first = np.asarray(picture.convert("RGB")).astype(int)
    picture.seek(1)
    last = np.asarray(picture.convert("RGB")).astype(int)
    corner, point = (20, 20), (animation.EDGE + 120, animation.EDGE + 120)
    wanted = [shaded(still(byte).map, 2, 0.0, 1.0)[0, 0].astype(int) for byte in (0, 255)]
    assert np.abs(first[corner] - wanted[0]).max() <= 6 and np.abs(last[corner] - wanted[1]).max() <= 6
    assert np.abs(last[point] - [245, 147, 34]).max() <= 12
    border = last[animation.EDGE + 240, animation.EDGE + 30]
    assert border.sum() < 200  # the line is dark


def test_a_long_training_is_thinned_and_keeps_both_ends() -> None:
    _shares, picture = made([still(epoch) for epoch in range(301)], "apng")
    assert getattr(picture, "n_frames", 1) == animation.MOST_PICTURES
    picture.seek(animation.MOST_PICTURES - 1)
    last = np.asarray(picture.convert("RGB")).astype(int)[20, 20]
    assert np.abs(last - shaded(still(300).map, 2, 0.0, 1.0)[0, 0]).max() <= 8


def test_a_file_that_would_be_too_large_is_made_smaller(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(animation, "MOST_BYTES", 150_000)
    shares, picture = made([still(epoch, noise=epoch) for epoch in range(8)], "gif")
    assert picture.width < animation.SIZES[0] and shares == sorted(shares)


def test_of_several_classes_and_of_a_regression_there_are_pictures_too() -> None:
    for on, classes in ((ground(classes=6), 6), (ground(classes=0), 1)):
        _shares, picture = made([still(9, classes, noise=0)], "gif", on)
        assert getattr(picture, "n_frames", 1) == 1


def test_without_a_picture_there_is_no_animation() -> None:
    with pytest.raises(ValueError, match="must have one picture or more"):
        next(animate(ground(), []))


def test_a_loss_that_is_no_number_is_a_dash() -> None:
    assert caption(Still(1200, float("nan"), *[np.empty(0)] * 4)) == "Epoch 1,200   loss –"  # type: ignore[arg-type]


COLORS = """
globalThis.document = { createElement: () => ({ getContext: () => null }) };
const { classPalette, confidenceBytes, valuePalette } = await import("file://%s/web/palette.js");
const { maps, colors, target } = JSON.parse(process.argv[1]);
const scale = { task: "", lo: target[0], hi: target[1], target, colors, neutral: [232, 234, 235], strength: 0.72 };
const one = Array.from(valuePalette(scale));
const several = classPalette(scale, colors.length);
const bytes = Array.from(confidenceBytes(Uint8Array.from(maps.flat()), colors.length, maps[0].length));
console.log(JSON.stringify({ one, several: bytes.map((byte) => Array.from(several.slice(3 * byte, 3 * byte + 3))) }));
"""


def test_the_colours_are_those_of_the_page() -> None:
    random = np.random.default_rng(0)
    maps = random.integers(0, 256, (4, 1, 40), np.uint8)
    colors = point_colors(np.arange(4.0), 4).tolist()
    told = json.dumps({"maps": maps.reshape(4, -1).tolist(), "colors": colors, "target": [-2, 2]})
    node = os.fspath(compute_driver_executable()[0])
    script = COLORS % static_files().as_posix()
    ran = subprocess.run(
        [node, "--input-type=module", "-e", script, told], capture_output=True, text=True, check=True, timeout=60
    )
    found = json.loads(ran.stdout)
    every = np.arange(256, dtype=np.uint8).reshape(1, 1, 256)
    ours = shaded(every, 0, -2.0, 2.0, (-2.0, 2.0))[0].astype(int)
    assert np.abs(ours - np.reshape(found["one"], (256, 3))).max() <= 1
    # the page has 42 steps of confidence for several classes
    assert np.abs(shaded(maps, 4, 0.0, 1.0)[0].astype(int) - found["several"]).max() <= 4


def test_a_range_of_targets_is_even_about_zero() -> None:
    assert target_range(np.array([-1.0, 3.0])) == (-3.0, 3.0)
    assert target_range(np.array([1.0, 3.0])) == (1.0, 3.0)
    assert target_range(np.array([2.0, 2.0])) == (1.0, 3.0)
