"""The stage in Chromium, against a peer whose boundary is known by formula."""

from __future__ import annotations

import base64
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Route, expect

from tests.stage.conftest import Mounted
from tests.stage.fake_peer import FakePeer

Mount = Callable[..., Mounted]

PIXELS = """name => {
  const canvas = document.querySelector(`[data-testid=${name}]`);
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  const blob = new Blob([data]);
  return new Promise((done) => {
    const reader = new FileReader();
    reader.onload = () => done({ width: canvas.width, pixels: reader.result.split(',')[1] });
    reader.readAsDataURL(blob);
  });
}"""
PLACE = """() => {
  const chart = document.querySelector('[data-testid=boundary-chart]');
  const { xaxis, yaxis } = chart._fullLayout;
  const box = chart.getBoundingClientRect();
  const map = document.querySelector('[data-testid=boundary-map]').getBoundingClientRect();
  const across = ([lo, hi], share) => lo + share * (hi - lo);
  const x = (px) => across(xaxis.range, (px - box.left - xaxis._offset) / xaxis._length);
  const y = (px) => across(yaxis.range, 1 - (px - box.top - yaxis._offset) / yaxis._length);
  return { left: x(map.left), right: x(map.right), top: y(map.top), bottom: y(map.bottom) };
}"""
CHART = "document.querySelector('[data-testid=boundary-chart]')"
HIDE = """hidden => {
  Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden });
  document.dispatchEvent(new Event('visibilitychange'));
}"""
GRACE = 100
"""Milliseconds in which frames already on their way are still painted after Pause (static/web/live_session.js)."""
CURVES = "document.querySelector('[data-testid=curves-chart]')"


def pixels(stage: Mounted, canvas: str) -> np.ndarray:
    """RGBA of what is on a canvas, row 0 at the top."""
    got = stage.page.evaluate(PIXELS, canvas)
    return np.frombuffer(base64.b64decode(got["pixels"]), np.uint8).reshape(-1, got["width"], 4)


def picture(stage: Mounted) -> np.ndarray:
    """RGB of the picture below the axes, row 0 at the lowest x2."""
    rgba = pixels(stage, "boundary-map")
    assert np.all(rgba[..., 3] == 255)
    return rgba[::-1, :, :3]


def play(stage: Mounted, frames: int = 10) -> None:
    stage.press("Play")
    stage.wait("d.state === 'playing'")
    stage.frames_more(frames)


def pause(stage: Mounted) -> None:
    stage.press("Pause")
    stage.wait("d.state === 'paused'")


def settle(stage: Mounted) -> int:
    """Pause and step once: the newest epoch is on screen, and nothing is on its way any more."""
    pause(stage)
    stage.wait_for_peer(lambda: stage.run.state == "paused")
    newest = stage.run.newest + 1
    stage.press("Step")
    stage.wait("d.epoch === String(a)", newest)
    return newest


def middle(stage: Mounted) -> tuple[float, float]:
    box = stage.page.locator("[data-testid=boundary-chart] .nsewdrag").bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


# ------------------------------------------------------------------ drawing


def test_first_visit_shows_the_untrained_network_and_what_to_press(mount: Mount) -> None:
    stage = mount()
    assert stage.data["state"] == "ready"
    assert stage.data["epoch"] == "0"
    assert stage.data["run"] == f"run-{stage.run.token}"
    expect(stage.page.get_by_test_id("stage-notice")).to_contain_text("Press Play")


def test_chart_nodes_are_made_once_and_survive_a_run_and_the_next_run(mount: Mount) -> None:
    stage = mount()
    stage.page.evaluate("""() => {
      const nodes = '.js-plotly-plot, .plot-container, .main-svg, .shapelayer path, .kp-plot-area canvas';
      window.kept = [...document.querySelectorAll(nodes)].filter((node) => !node.closest('[data-testid=curves-chart]')
        || !node.matches('.shapelayer path'));
      window.removed = 0;
      new MutationObserver((changes) => {
        for (const change of changes) for (const node of change.removedNodes) {
          if (node.nodeType === 1 && (node.matches(nodes) || node.querySelector('.main-svg'))) window.removed += 1;
        }
      }).observe(document.querySelector('[data-testid=stage]'), { childList: true, subtree: true });
    }""")
    play(stage, 40)
    assert stage.page.evaluate("kept.length") >= 8
    assert stage.page.evaluate("removed") == 0
    stage.show(stage.peer.add(f"{stage.run.token}-next"))
    stage.wait("d.run.endsWith('-next')")
    stage.frames_more(20)
    assert stage.page.evaluate(
        "kept.filter((node) => node.matches('.js-plotly-plot, .main-svg')).every((n) => n.isConnected)"
    )


def test_no_frame_is_blank_not_even_when_the_run_changes(mount: Mount) -> None:
    stage = mount()
    stage.page.evaluate("""() => {
      window.samples = [];
      const sample = () => {
        const maps = document.querySelectorAll('[data-testid=boundary-map]');
        const data = maps.length === 1 && maps[0].checkVisibility()
          ? maps[0].getContext('2d').getImageData(0, 0, maps[0].width, maps[0].height).data : [];
        const colours = new Uint32Array(data.buffer ?? 0);
        samples.push(new Set(colours).size * (colours.indexOf(0) < 0));
        requestAnimationFrame(sample);
      };
      requestAnimationFrame(sample);
    }""")
    play(stage, 30)
    stage.show(stage.peer.add(f"{stage.run.token}-next", kind="three"))
    stage.wait("d.run.endsWith('-next')")
    stage.frames_more(20)
    assert stage.page.evaluate("samples.length") > 30
    assert stage.page.evaluate("Math.min(...samples)") > 20  # colours, and no pixel without one


def test_picture_shows_the_probability_of_each_cell_and_is_aligned_by_half_a_cell(mount: Mount) -> None:
    stage = mount()
    play(stage, 60)
    epoch = settle(stage)
    rgb = picture(stage).astype(int)
    axis = np.linspace(-6, 6, 100)
    p = stage.run.values(*np.meshgrid(axis, axis), epoch)[0]
    assert rgb.shape == (100, 100, 3)
    assert np.all((rgb[..., 2] > rgb[..., 0])[p > 0.6])  # blue where class 1 is likely
    assert np.all((rgb[..., 0] > rgb[..., 2])[p < 0.4])  # orange where class 0 is
    half = 6 / 99
    assert stage.page.evaluate(PLACE) == pytest.approx(
        {"left": -6 - half, "right": 6 + half, "top": 6 + half, "bottom": -6 - half}, abs=1e-3
    )


def test_boundary_line_is_drawn_where_the_peer_says_in_the_same_frame(mount: Mount) -> None:
    stage = mount()
    play(stage, 20)
    epoch = settle(stage)
    assert_line_drawn(stage, epoch, (-6, 6), (-6, 6))


def assert_line_drawn(stage: Mounted, epoch: int, x1: tuple[float, float], x2: tuple[float, float]) -> None:
    """The line's canvas lies on the axes, and what is drawn on it is the peer's line: all of it and nothing else."""
    boxes = stage.page.evaluate("""() => [document.querySelector('[data-testid=boundary-line]'),
      document.querySelector('[data-testid=boundary-chart] .nsewdrag')].map((node) => {
        const { x, y, width, height } = node.getBoundingClientRect();
        return [x, y, width, height];
      })""")
    assert boxes[0] == pytest.approx(boxes[1], abs=0.6)
    ink = pixels(stage, "boundary-line")[..., 3]
    height, width = ink.shape
    line = stage.run.line(epoch)
    x = width * (line[:, 0] - x1[0]) / (x1[1] - x1[0])
    y = height * (x2[1] - line[:, 1]) / (x2[1] - x2[0])
    inside = (x > 1) & (x < width - 1) & (y > 1) & (y < height - 1)
    assert inside.sum() > 50
    assert np.all(ink[y[inside].astype(int), x[inside].astype(int)] > 60)
    rows, columns = np.nonzero(ink > 60)
    steps = np.linspace(0, 1, 8)[:, None]
    dense = [np.concatenate(a[:-1] + steps * np.diff(a)) for a in (x, y)]
    inked = np.stack([columns, rows], axis=1) + 0.5
    off = np.hypot(dense[0] - inked[:, :1], dense[1] - inked[:, 1:]).min(axis=1)
    assert off.max() < 2 * width / boxes[0][2]


@pytest.mark.slow
def test_a_frame_touches_no_part_of_the_chart_but_its_canvases(mount: Mount) -> None:
    stage = mount()
    play(stage, 5)
    stage.page.evaluate("""() => {
      window.touched = [];
      new MutationObserver((changes) => { for (const { target } of changes) touched.push(target.nodeName); })
        .observe(document.querySelector('[data-testid=boundary-chart]'),
          { subtree: true, childList: true, attributes: true, characterData: true });
    }""")
    stage.frames_more(40)
    assert stage.page.evaluate("touched") == []


def test_the_picture_goes_with_the_axes_while_the_plane_is_dragged(mount: Mount) -> None:
    stage = mount()
    play(stage, 20)
    epoch = settle(stage)
    x, y = middle(stage)
    length = stage.page.evaluate(f"{CHART}._fullLayout.xaxis._length")
    stage.page.mouse.move(x, y)
    stage.page.mouse.down()
    stage.page.mouse.move(x + 30, y, steps=3)
    half = 6 / 99
    placed = stage.page.evaluate(PLACE)
    assert placed["left"] == pytest.approx(-6 - half, abs=1e-3)  # the cells keep their place on the axes
    assert placed["right"] == pytest.approx(6 + half, abs=1e-3)
    shift = 12 * 30 / length
    assert_line_drawn(stage, epoch, (-6 - shift, 6 - shift), (-6, 6))
    stage.page.mouse.up()


@pytest.mark.slow
def test_a_saved_picture_shows_the_plane_its_line_and_the_points(mount: Mount) -> None:
    stage = mount()
    play(stage, 40)
    settle(stage)
    x, y = middle(stage)
    stage.page.mouse.move(x, y)
    with stage.page.expect_download() as download:
        stage.page.locator("[data-testid=boundary-chart] .modebar-btn[data-title='Download plot as a PNG']").click()
    file = base64.b64encode(Path(download.value.path()).read_bytes()).decode()
    got = stage.page.evaluate(
        """async file => {
          const image = Object.assign(new Image(), { src: `data:image/png;base64,${file}` });
          await image.decode();
          const canvas = Object.assign(document.createElement('canvas'), { width: image.width, height: image.height });
          const context = canvas.getContext('2d');
          context.drawImage(image, 0, 0);
          const { _fullLayout: full } = document.querySelector('[data-testid=boundary-chart]');
          return { size: [image.width, image.height], shown: [full.width, full.height],
            axes: [full.xaxis._offset, full.yaxis._offset, full.xaxis._length, full.yaxis._length],
            pixels: [...context.getImageData(0, 0, image.width, image.height).data] };
        }""",
        file,
    )
    assert got["size"] == [int(length) for length in got["shown"]]
    rgb = np.array(got["pixels"]).reshape(got["size"][1], got["size"][0], 4)[..., :3].astype(int)
    left, top, width, height = map(int, got["axes"])
    plane = rgb[top : top + height, left : left + width]
    blue, orange = (plane[..., 2] - plane[..., 0] > 40).mean(), (plane[..., 0] - plane[..., 2] > 40).mean()
    assert blue > 0.3
    assert orange > 0.1
    assert (plane.max(axis=2) < 90).sum() > 500  # the line
    assert (plane.min(axis=2) > 250).sum() > 50  # the halo of the points


@pytest.mark.slow
@pytest.mark.parametrize("ratio", [1, 2])
def test_picture_and_line_are_as_sharp_as_the_screen(peer: FakePeer, browser: Browser, ratio: int) -> None:
    run = peer.add(f"sharp{ratio}")
    page = browser.new_context(device_scale_factor=ratio, viewport={"width": 900, "height": 644}).new_page()
    page.goto(f"{peer.url}?token={run.token}")
    stage = Mounted(page, peer, run)
    stage.wait("+d.frames >= 1")
    play(stage, 20)
    epoch = settle(stage)
    box = page.get_by_test_id("boundary-line").bounding_box()
    assert box is not None
    assert pixels(stage, "boundary-line").shape[1] == round(ratio * box["width"])
    assert_line_drawn(stage, epoch, (-6, 6), (-6, 6))
    page.context.close()


def test_three_classes_are_coloured_by_the_winner_and_marked_by_shape(mount: Mount) -> None:
    stage = mount(kind="three")
    play(stage, 30)
    epoch = settle(stage)
    axis = np.linspace(-6, 6, 100)
    p = stage.run.values(*np.meshgrid(axis, axis), epoch)
    winner, sure = p.argmax(axis=0), p.max(axis=0) > 0.7
    rgb = picture(stage).astype(float)
    colors = np.array([[245, 147, 34], [8, 119, 189], [0, 158, 115]], float)
    hue = rgb - rgb.mean(axis=2, keepdims=True)
    likeness = (hue @ (colors - colors.mean(axis=1, keepdims=True)).T) / np.linalg.norm(
        colors - colors.mean(axis=1, keepdims=True), axis=1
    )
    assert np.all((likeness.argmax(axis=2) == winner)[sure])
    symbols = stage.page.evaluate(f"{CHART}.data.filter((t) => t.meta === 'train').map((t) => t.marker.symbol)")
    assert len(set(symbols)) == 3


def test_classes_instead_of_confidence_leave_two_colours(mount: Mount) -> None:
    stage = mount()
    play(stage, 20)
    pause(stage)
    assert len(np.unique(picture(stage).reshape(-1, 3), axis=0)) > 50
    stage.press("Classes")
    assert len(np.unique(picture(stage).reshape(-1, 3), axis=0)) == 2
    stage.press("Confidence")
    assert len(np.unique(picture(stage).reshape(-1, 3), axis=0)) > 50


def test_regression_has_a_scale_and_no_accuracy(mount: Mount) -> None:
    stage = mount(kind="regression")
    play(stage, 60)
    pause(stage)
    rgb = picture(stage).astype(int)
    assert rgb[95, 95, 2] > rgb[95, 95, 0]  # high values blue
    assert rgb[5, 5, 0] > rgb[5, 5, 2]  # low values orange
    expect(stage.page.get_by_text("Accuracy is not defined for regression.")).to_be_visible()
    expect(stage.page.locator("[data-figure=accuracy]")).to_be_hidden()
    expect(stage.page.get_by_role("button", name="Classes")).to_be_hidden()
    assert stage.page.evaluate(f"{CURVES}.data.length") == 2


def test_test_points_are_hollow_and_shown_only_on_request(mount: Mount) -> None:
    stage = mount()
    drawn = "document.querySelectorAll('[data-testid=boundary-chart] .scatterlayer .point').length"
    train = len(stage.run.points()["train_y"])
    test = len(stage.run.points()["test_y"])
    assert stage.page.evaluate(drawn) == train
    stage.page.get_by_label("Test points").check()
    assert stage.page.evaluate(drawn) == train + test
    symbols = stage.page.evaluate(f"{CHART}.data.filter((t) => t.meta === 'test').map((t) => t.marker.symbol)")
    assert all(symbol.endswith("-open") for symbol in symbols)


def test_curves_are_complete_after_pause_and_follow_the_log_switch(mount: Mount) -> None:
    stage = mount()
    play(stage, 30)
    newest = settle(stage)
    stage.page.wait_for_function(f"n => {CURVES}.data[0].x.at(-1) === n", arg=newest)
    for trace, column in enumerate((1, 3, 2, 4)):
        y = stage.page.evaluate(f"i => Array.from({CURVES}.data[i].y)", trace)
        np.testing.assert_allclose(y, stage.run.curve(np.arange(newest + 1.0))[:, column], rtol=1e-6)
    dashes = stage.page.evaluate(f"{CURVES}.data.map((t) => t.line.dash)")
    assert dashes == ["solid", "dash", "solid", "dash"]
    stage.page.get_by_label("Log scale").check()
    assert stage.page.evaluate(f"{CURVES}._fullLayout.yaxis.type") == "log"


@pytest.mark.slow
def test_long_curves_are_thinned_for_drawing_without_losing_a_spike(mount: Mount) -> None:
    stage = mount()
    line = stage.page.evaluate("""async () => {
      const { CurveStore } = await import('/_playground/static/test/stage/curve_store.js');
      const { COLUMNS } = await import('/_playground/static/test/web/facts.js');
      const store = new CurveStore();
      const rows = new Float32Array(6 * 10000).map((_, i) => (i % 6 === 0 ? i / 6 : 1));
      rows[6 * 4321 + COLUMNS.loss] = 9;
      store.place(0, rows);
      return store.line(COLUMNS.loss);
    }""")
    assert len(line["x"]) <= 1002
    assert max(line["y"]) == 9
    assert line["x"][line["y"].index(9)] == 4321
    assert (line["x"][0], line["x"][-1]) == (0, 9999)
    assert line["x"] == sorted(set(line["x"]))


# ------------------------------------------------------------------ transport


def test_pause_shows_no_frame_trained_later_even_if_the_peer_goes_on(mount: Mount) -> None:
    stage = mount(deaf=True)
    play(stage, 20)
    stage.page.evaluate(f"""() => {{
      const root = document.querySelector('[data-testid=stage]');
      window.late = window.resumed = 0;
      const since = () => performance.now() - window.clicked;
      new MutationObserver(() => {{ if (!resumed && since() > {GRACE}) late++; }})
        .observe(root, {{ attributeFilter: ['data-epoch'] }});
      new MutationObserver(() => {{ if (root.dataset.state === 'playing') resumed ||= since(); }})
        .observe(root, {{ attributeFilter: ['data-state'] }});
      document.addEventListener('click', () => {{ window.clicked = performance.now(); }}, true);
    }}""")
    stage.press("Pause")
    sent = stage.run.sent
    stage.wait_for_peer(lambda: stage.run.sent > sent + 12)
    # A click outweighs what the server says for a second and a half; on a busy machine they may be over by now.
    assert stage.data["state"] == "paused" or stage.page.evaluate("resumed") >= 1400
    assert stage.page.evaluate("late") <= 1  # the one that was being painted when the time was up


def test_space_plays_and_pauses_but_not_from_a_field(mount: Mount) -> None:
    stage = mount()
    stage.page.evaluate("document.body.append(Object.assign(document.createElement('input'), { id: 'field' }))")
    stage.page.keyboard.press("Space")
    stage.wait("d.state === 'playing'")
    stage.page.focus("#field")
    stage.page.keyboard.press("Space")
    stage.frames_more(3)
    assert stage.data["state"] == "playing"
    assert stage.page.input_value("#field") == " "
    stage.page.evaluate("document.activeElement.blur()")
    stage.page.keyboard.press("Space")
    stage.wait("d.state === 'paused'")


@pytest.mark.slow
def test_space_on_the_focused_button_toggles_once(mount: Mount) -> None:
    stage = mount()
    stage.page.get_by_role("button", name="Play", exact=True).focus()
    stage.page.keyboard.press("Space")
    stage.wait("d.state === 'playing'")
    stage.frames_more(3)
    assert [len(stage.run.got(kind)) for kind in ("play", "pause")] == [1, 0]


def test_step_trains_one_epoch_and_rewind_goes_back_to_none(mount: Mount) -> None:
    stage = mount()
    stage.press("Step")
    stage.wait("d.epoch === '1' && d.state === 'paused'")
    stage.press("Step")
    stage.wait("d.epoch === '2'")
    stage.press("Rewind")
    stage.wait("d.epoch === '0'")
    assert stage.page.get_by_label("Epoch shown").get_attribute("max") == "0"


def test_scrubbing_by_keyboard_shows_trained_epochs_and_play_goes_on_from_the_newest(mount: Mount) -> None:
    stage = mount()
    play(stage, 25)
    pause(stage)
    newest = stage.run.newest
    scrubber = stage.page.get_by_label("Epoch shown")
    scrubber.press("Home")
    stage.wait("d.epoch === '0'")
    assert stage.page.evaluate(f"{CURVES}.layout.shapes[0].x0") == 0
    for _ in range(5):
        scrubber.press("ArrowRight")
    stage.wait("d.epoch === '5'")
    assert stage.run.got("scrub")[-1]["epoch"] == 5
    assert stage.data["state"] == "paused"
    stage.press("Play")
    stage.wait("+d.epoch > a", newest)
    assert stage.page.evaluate(f"{CURVES}.layout.shapes[0].visible") in (False, True)


@pytest.mark.slow
def test_an_epoch_wished_for_right_after_the_one_on_screen_is_shown(mount: Mount) -> None:
    stage = mount()
    play(stage, 25)
    newest = settle(stage)
    drag = """(input, epochs) => epochs.forEach((epoch) => {
      input.value = epoch;
      input.dispatchEvent(new Event('input', { bubbles: true }));
    })"""
    stage.page.get_by_label("Epoch shown").evaluate(drag, [newest, 5])
    stage.wait("d.epoch === '5'")


@pytest.mark.slow
def test_speed_is_sent_at_once_and_kept_for_the_next_play(mount: Mount) -> None:
    stage = mount()
    play(stage, 3)
    stage.page.get_by_label("Speed").select_option("As fast as it goes")
    stage.wait_for_peer(lambda: stage.run.got("speed"))
    assert stage.run.got("speed")[-1]["epochs_per_frame"] == 0
    pause(stage)
    play(stage, 2)
    assert stage.run.got("play")[-1]["epochs_per_frame"] == 0


def test_figures_are_those_of_the_epoch_shown(mount: Mount) -> None:
    stage = mount()
    play(stage, 12)
    _, loss, accuracy, val_loss, val_accuracy, _ = stage.run.curve(np.array([float(settle(stage))]))[0]

    def figure(name: str) -> Locator:
        return stage.page.locator(f"[data-figure={name}]")

    expect(figure("loss")).to_have_text(f"{loss:.4f}")
    expect(figure("val_loss")).to_have_text(f"{val_loss:.4f}")
    expect(figure("accuracy")).to_have_text(f"{100 * accuracy:.1f}\u202f%")
    expect(figure("val_accuracy")).to_have_text(f"{100 * val_accuracy:.1f}\u202f%")


@pytest.mark.slow
@pytest.mark.parametrize(("n_validation", "part"), [(0, "Test"), (50, "Validation")])
def test_figures_and_curves_say_which_part_is_watched(mount: Mount, n_validation: int, part: str) -> None:
    stage = mount(n_validation=n_validation)
    play(stage, 5)
    pause(stage)
    expect(stage.page.locator(".kp-figures tbody th").nth(1)).to_have_text(part)
    expect(stage.page.get_by_test_id("stage-summary")).to_contain_text(f"; {part.lower()} loss ")
    names = stage.page.eval_on_selector("[data-testid=curves-chart]", "node => node.data.map(({name}) => name)")
    assert names == ["Training loss", f"{part} loss", "Training accuracy", f"{part} accuracy"]


@pytest.mark.slow
def test_another_run_changes_the_words_for_the_part_watched(mount: Mount) -> None:
    stage = mount()
    stage.show(stage.peer.add("validated", n_validation=50))
    stage.wait("d.run === 'run-validated'")
    expect(stage.page.locator(".kp-figures tbody th").nth(1)).to_have_text("Validation")
    stage.page.wait_for_function(
        "document.querySelector('[data-testid=curves-chart]').data[1].name === 'Validation loss'"
    )


def test_screen_readers_are_told_what_the_learner_did(mount: Mount) -> None:
    stage = mount()
    play(stage, 5)
    pause(stage)
    text = stage.page.get_by_test_id("stage-summary")
    expect(text).to_contain_text("paused. Training loss 0.")
    expect(text).to_have_attribute("aria-live", "polite")


SPOKEN = """() => [document.querySelector('[data-testid=stage]').dataset.epoch,
  document.querySelector('[data-testid=stage-summary]').textContent]"""


def check_what_is_spoken(stage: Mounted) -> None:
    epoch, spoken = stage.page.evaluate(SPOKEN)
    assert spoken.startswith(f"Epoch {epoch}, "), f"{spoken} at epoch {epoch}"


def test_screen_readers_are_told_the_epoch_on_screen(mount: Mount) -> None:
    stage = mount()
    slider = stage.page.get_by_label("Epoch shown")

    for _ in range(4):
        play(stage, 12)
        newest = settle(stage)
        check_what_is_spoken(stage)
        slider.press("Home")
        stage.wait("+d.epoch === 0")
        check_what_is_spoken(stage)
        slider.press("End")
        stage.wait("+d.epoch === a", newest)
        check_what_is_spoken(stage)
        slider.press("ArrowLeft")
        stage.wait("+d.epoch === a", newest - 1)
        check_what_is_spoken(stage)
        stage.press("Rewind")
        stage.wait("+d.epoch === 0")
        check_what_is_spoken(stage)


def test_whatever_screen_readers_are_told_while_it_trains_is_the_epoch_on_screen(mount: Mount) -> None:
    """Play, training, Pause, the scrubber, Rewind and the end: each announcement is looked at as it is made."""
    stage = mount()
    stage.page.evaluate(
        """() => {
            const root = document.querySelector('[data-testid=stage]');
            const node = document.querySelector('[data-testid=stage-summary]');
            window.told = [];
            new MutationObserver(() => told.push([root.dataset.epoch, node.textContent]))
                .observe(node, {childList: true, characterData: true, subtree: true});
        }"""
    )
    stage.press("Play")
    stage.wait("d.state === 'playing'")
    settle(stage)
    stage.page.get_by_label("Epoch shown").press("Home")
    stage.wait("+d.epoch === 0")
    stage.press("Rewind")
    stage.wait("+d.epoch === 0")
    stage.peer.tell(stage.run, epochs=40)
    stage.press("Play")
    stage.wait("d.state === 'finished' && +d.epoch === 40")
    told = stage.page.evaluate("told")
    words = [text.split(", ")[1].split(".")[0] for _, text in told]
    assert {"training", "paused", "finished"} <= set(words)
    assert [text for epoch, text in told if not text.startswith(f"Epoch {epoch}, ")] == []


def test_screen_readers_are_told_the_last_epoch(mount: Mount) -> None:
    stage = mount(epochs=20)
    stage.press("Play")
    stage.wait("d.state === 'finished' && +d.epoch === 20")
    check_what_is_spoken(stage)
    expect(stage.page.get_by_test_id("stage-summary")).to_contain_text("Epoch 20, finished")


@pytest.mark.slow
@pytest.mark.parametrize("clipboard", ["allowed", "missing"])
def test_link_is_copied_with_and_without_the_clipboard_permission(mount: Mount, clipboard: str) -> None:
    stage = mount()
    if clipboard == "allowed":
        stage.page.context.grant_permissions(["clipboard-write"])
    else:
        stage.page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    stage.press("Copy link")
    expect(stage.page.get_by_role("button", name="Copied")).to_be_visible()
    stage.page.evaluate("document.body.append(Object.assign(document.createElement('textarea'), { id: 'paste' }))")
    stage.page.focus("#paste")
    stage.page.keyboard.press("Control+V")
    assert stage.page.input_value("#paste") == f"{stage.peer.url}?dataset=circle"


def test_new_weights_asks_python(mount: Mount) -> None:
    stage = mount()
    stage.press("New weights")
    assert [name for name, _ in stage.triggers()] == ["new_weights"]


# ------------------------------------------------------------------ view and hover


def test_zoom_survives_frames_and_asks_for_the_visible_range(mount: Mount) -> None:
    stage = mount()
    play(stage, 5)
    stage.page.mouse.move(*middle(stage))
    stage.page.mouse.wheel(0, -200)
    stage.wait_for_peer(lambda: stage.run.got("view"))
    stage.frames_more(15)
    zoomed = stage.page.evaluate(f"{CHART}._fullLayout.xaxis.range.map(Number)")
    assert zoomed[1] - zoomed[0] < 11
    assert stage.run.got("view")[-1]["x1"] == pytest.approx(zoomed)
    placed = stage.page.evaluate(PLACE)
    assert placed["right"] - placed["left"] == pytest.approx((zoomed[1] - zoomed[0]) * 100 / 99, rel=1e-3)
    stage.page.mouse.dblclick(*middle(stage))
    stage.wait_for_peer(lambda: stage.run.got("view")[-1]["x1"] == [-6, 6])


@pytest.mark.slow
def test_dragging_pans_while_frames_arrive(mount: Mount) -> None:
    stage = mount()
    play(stage, 5)
    x, y = middle(stage)
    stage.page.mouse.move(x, y)
    stage.page.mouse.down()
    for step in range(1, 11):
        stage.page.mouse.move(x + 8 * step, y)
        stage.frames_more(1)
    stage.page.mouse.up()
    stage.wait_for_peer(lambda: stage.run.got("view"))
    lo, hi = stage.run.got("view")[-1]["x1"]
    assert lo < -7
    assert hi - lo == pytest.approx(12)
    stage.frames_more(10)
    assert stage.page.evaluate(f"{CHART}._fullLayout.xaxis.range.map(Number)") == pytest.approx([lo, hi])


def test_hover_gives_the_value_at_once_and_then_exactly(mount: Mount) -> None:
    stage = mount(n_points=4)
    play(stage, 30)
    epoch = settle(stage)
    x, y = middle(stage)
    stage.page.mouse.move(x + 33, y + 21)
    tip = stage.page.get_by_test_id("plane-tip")
    expect(tip).to_have_attribute("data-exact", "true")
    asked = stage.run.got("probe")[-1]
    exact = stage.run.values(np.array(asked["x1"]), np.array(asked["x2"]), epoch)[0]
    expect(tip).to_contain_text(f"P(class 1) = {exact:.3f}")


def test_a_hidden_tab_asks_for_no_value_under_the_mouse(mount: Mount, clocked: BrowserContext) -> None:
    stage = mount(n_points=4, within=clocked)
    play(stage, 3)
    settle(stage)
    stage.page.evaluate(HIDE, True)
    stage.wait_for_peer(lambda: stage.run.got("hidden"))
    x, y = middle(stage)
    for shift in range(5):
        stage.page.mouse.move(x + 33 + shift, y + 21)
    clocked.clock.run_for(300)
    stage.page.evaluate(HIDE, False)
    stage.page.mouse.move(x + 40, y + 21)
    stage.wait_for_peer(lambda: stage.run.got("probe"))
    assert len(stage.run.got("probe")) == 1, "one was asked for while nobody looked"


@pytest.mark.parametrize("chart", ["boundary", "curves"])
def test_hover_label_stays_while_frames_arrive(mount: Mount, chart: str) -> None:
    stage = mount()
    play(stage, 30)
    node = f"document.querySelector('[data-testid={chart}-chart]')"
    x, y = stage.page.evaluate(f"""() => {{
      const {{ xaxis, yaxis }} = {node}._fullLayout;
      const {{ x, y }} = {node}.data.find((trace) => trace.meta !== 'test');
      const box = {node}.getBoundingClientRect();
      return [box.left + xaxis._offset + xaxis.l2p(x[10]), box.top + yaxis._offset + yaxis.l2p(y[10])];
    }}""")
    stage.page.mouse.move(x + 1, y + 1)
    stage.page.mouse.move(x, y)
    label = f"{node}.querySelectorAll('.hoverlayer .hovertext, .hoverlayer .legend').length"
    stage.page.wait_for_function(f"{label} > 0")
    stage.page.evaluate(f"""() => {{
      window.missing = 0;
      const sample = () => {{ missing += {label} === 0; requestAnimationFrame(sample); }};
      requestAnimationFrame(sample);
    }}""")
    stage.frames_more(30)
    assert stage.page.evaluate("missing") == 0


def test_interpolated_value_is_close_to_the_exact_one(mount: Mount) -> None:
    stage = mount()
    values = stage.page.evaluate("""async () => {
      const { valuesAt } = await import('/_playground/static/test/web/plane.js');
      const n = 100;
      const map = new Uint8Array(n * n).map((_, i) => Math.round(255 * ((i % n) / (n - 1))));
      const plane = { map, classes: 1, n, x1: [-6, 6], x2: [-6, 6], lo: 0, hi: 1 };
      return [-6, -2.345, 0, 1.111, 6].map((x) => valuesAt(plane, x, 0.77)[0]);
    }""")
    assert values == pytest.approx([(x + 6) / 12 for x in (-6, -2.345, 0, 1.111, 6)], abs=0.004)


# ------------------------------------------------------------------ connection


def test_hidden_tab_sends_no_credit_and_goes_on_when_shown(mount: Mount) -> None:
    stage = mount()
    play(stage, 10)
    stage.page.evaluate(HIDE, True)
    stage.wait_for_peer(lambda: stage.run.got("hidden"))
    stage.wait("+d.frames === a", stage.run.sent)
    credits = len(stage.run.got("credit"))
    stage.page.get_by_label("Speed").select_option("2 epochs a frame")
    stage.wait_for_peer(lambda: stage.run.got("speed"))  # messages arrive in order: no credit was on its way
    assert len(stage.run.got("credit")) == credits
    stage.page.evaluate(HIDE, False)
    stage.frames_more(10)


def test_at_most_two_frames_are_ever_in_flight(mount: Mount) -> None:
    stage = mount()
    play(stage, 40)
    assert stage.run.most_credits <= 2


def test_cut_socket_reconnects_and_the_run_goes_on(mount: Mount) -> None:
    stage = mount()
    play(stage, 10)
    token = stage.run.token
    stage.peer.tell(stage.run, close_with=1012)
    stage.wait_for_peer(lambda: stage.peer.connections[token] == 2)
    stage.frames_more(10)
    assert stage.data["state"] == "playing"
    assert stage.triggers() == []


@pytest.mark.slow
def test_longer_absence_is_said_and_ends_by_itself(mount: Mount) -> None:
    stage = mount()
    play(stage, 5)
    stage.peer.away = True
    try:
        stage.peer.tell(stage.run, close_with=1012)
        stage.wait("d.state === 'reconnecting'")
        expect(stage.page.get_by_test_id("stage-notice")).to_contain_text("Reconnecting")
    finally:
        stage.peer.away = False
    stage.wait("d.state === 'playing'")
    stage.frames_more(5)


@pytest.mark.slow
def test_pause_pressed_while_away_is_kept(mount: Mount) -> None:
    stage = mount()
    play(stage, 5)
    stage.peer.away = True
    try:
        stage.peer.tell(stage.run, close_with=1012)
        stage.wait("d.state === 'reconnecting'")
        stage.press("Pause")
    finally:
        stage.peer.away = False
    stage.wait("d.state === 'paused'")
    stage.wait_for_peer(lambda: stage.run.state == "paused")


def test_unknown_run_asks_python_for_another_one_until_it_comes(mount: Mount, clocked: BrowserContext) -> None:
    stage = mount("nobody", wait=False, within=clocked)
    stage.page.wait_for_function("harness.triggers.length > 1")
    stage.show(stage.run)
    stage.wait("d.state === 'ready'")
    asked = stage.triggers()
    assert asked[0] == ["gone", "nobody"]
    clocked.clock.run_for(2500)
    assert stage.triggers() == asked


@pytest.mark.slow
def test_run_taken_over_by_another_page_can_be_taken_back(mount: Mount) -> None:
    stage = mount()
    stage.peer.tell(stage.run, close_with=4409)
    expect(stage.page.get_by_test_id("stage-notice")).to_contain_text("open on another page")
    stage.press("Use it here")
    stage.wait("d.state === 'ready'")
    assert stage.peer.connections[stage.run.token] == 2


@pytest.mark.parametrize(("resume", "state"), [(True, "playing"), (False, "ready")])
def test_next_run_plays_on_only_if_it_should(mount: Mount, resume: bool, state: str) -> None:
    stage = mount()
    play(stage, 5)
    following = stage.peer.add(f"{stage.run.token}-next")
    stage.show(following, resume=resume)
    stage.wait("d.run.endsWith('-next') && d.state === a", state)
    stage.wait_for_peer(lambda: following.sent > 0)
    assert len(following.got("play")) == (1 if resume else 0)


# ------------------------------------------------------------------ states


def test_play_pressed_while_loading_is_sent_and_shown_as_starting(mount: Mount) -> None:
    stage = mount(wait=False, state="loading", message="TensorFlow is loading…")
    notice = stage.page.get_by_test_id("stage-notice")
    expect(notice).to_contain_text("TensorFlow is loading…")
    stage.press("Play")
    expect(notice).to_contain_text("Starting. TensorFlow is loading…")
    expect(stage.page.get_by_role("button", name="Pause", exact=True)).to_be_visible()
    stage.wait_for_peer(lambda: stage.run.got("play"))
    assert stage.data["state"] == "loading"
    stage.peer.push(stage.run, state="playing", message="")
    stage.frames_more(5)
    assert stage.data["state"] == "playing"


def test_a_page_is_loading_until_its_charts_are_drawn_and_then_shows_the_network(
    mount: Mount, clocked: BrowserContext
) -> None:
    held: list[Route] = []
    clocked.route("**/plotly/**", lambda route: held.append(route))
    stage = mount(wait=False, within=clocked)
    stage.wait_for_peer(lambda: held and len(stage.run.got("credit")) == 2)
    expect(stage.page.get_by_test_id("stage-notice")).to_contain_text("Preparing the charts")
    expect(stage.page.get_by_role("button", name="Play", exact=True)).to_be_hidden()
    stage.page.keyboard.press("Space")
    stage.wait_for_peer(lambda: stage.run.newest > 0)
    stage.page.keyboard.press("Space")
    stage.wait_for_peer(lambda: stage.run.state == "paused")
    clocked.clock.run_for(150)  # what comes later than this after Pause is not painted, once there is a picture
    assert stage.data["state"] == "loading"
    for route in held:
        route.continue_()
    clocked.unroute("**/plotly/**")
    stage.wait("d.state === 'paused' && +d.frames >= 1")
    expect(stage.page.get_by_role("button", name="Play", exact=True)).to_be_visible()


def test_a_page_without_its_chart_library_says_so(mount: Mount, context: BrowserContext) -> None:
    context.route("**/plotly/**", lambda route: route.fulfill(body="", content_type="text/javascript"))
    stage = mount(wait=False)
    expect(stage.page.get_by_test_id("stage-notice")).to_contain_text("chart library could not be loaded")
    context.unroute("**/plotly/**")


def test_play_does_nothing_where_the_untrained_network_has_diverged(mount: Mount, clocked: BrowserContext) -> None:
    stage = mount(state="diverged", message="The loss is not a number before any training.", within=clocked)
    stage.press("Play")
    clocked.clock.run_for(300)
    stage.page.evaluate(HIDE, True)
    stage.wait_for_peer(lambda: stage.run.got("hidden"))  # what was said before has come
    assert stage.run.got("play") == []
    assert stage.data["state"] == "diverged"
    expect(stage.page.get_by_role("button", name="Play", exact=True)).to_be_visible()


def test_diverging_run_says_so_and_can_be_started_over(mount: Mount) -> None:
    stage = mount(diverge_at=8)
    stage.press("Play")
    stage.wait("d.state === 'diverged'")
    notice = stage.page.get_by_test_id("stage-notice")
    expect(notice).to_contain_text("infinite at epoch 8. Lower the learning rate.")
    expect(stage.page.get_by_role("button", name="Play", exact=True)).to_be_visible()
    stage.peer.tell(stage.run, diverge_at=None)
    stage.press("Play")
    stage.press("Start again at epoch 0")
    stage.wait("d.state === 'playing' && +d.epoch > 12")


def test_what_the_run_before_came_to_is_not_said_of_one_that_takes_long_to_be_made_ready(mount: Mount) -> None:
    stage = mount()
    play(stage)
    slow = stage.peer.add(f"{stage.run.token}-slow", state="loading", dataset="xor")
    stage.show(slow)
    stage.wait("'stale' in d && d.state === 'loading'")
    accuracy = stage.page.locator(".kp-figures .kp-value").nth(1)
    told = accuracy, stage.page.locator(".kp-epoch"), stage.page.get_by_test_id("boundary-map")
    for each in told:
        expect(each).to_be_hidden()
    stage.peer.push(slow, state="ready")
    stage.wait("!('stale' in d) && d.epoch === '0'")
    for each in told:
        expect(each).to_be_visible()


def test_finished_run_stops_and_can_be_started_over(mount: Mount) -> None:
    stage = mount(epochs=10)
    stage.press("Play")
    stage.wait("d.state === 'finished' && d.epoch === '10'")
    stage.peer.tell(stage.run, epochs=1000)
    stage.press("Play")
    assert stage.run.got("rewind") == []
    stage.press("Start again at epoch 0")
    stage.wait("d.state === 'playing'")
    assert stage.run.got("rewind") == [{"type": "rewind"}]


def test_failed_run_can_be_restarted(mount: Mount) -> None:
    stage = mount()
    stage.peer.push(stage.run, state="failed", message="The worker stopped.")
    stage.wait("d.state === 'failed'")
    expect(stage.page.get_by_test_id("stage-notice")).to_contain_text("The worker stopped.")
    stage.press("Restart")
    assert stage.triggers() == [["gone", stage.run.token]]


# ------------------------------------------------------------------ page


@pytest.mark.slow
def test_theme_change_recolours_the_mounted_charts(mount: Mount) -> None:
    stage = mount()
    background = "getComputedStyle(document.querySelector('[data-testid=boundary-picture]')).backgroundColor"
    before, shades = stage.page.evaluate(background), picture(stage)
    stage.page.evaluate("harness.dark(true)")
    stage.show(stage.run)
    assert stage.data["theme"] == "dark"
    assert stage.page.evaluate(background) != before
    assert picture(stage).mean() < shades.mean()
    assert pixels(stage, "boundary-line").reshape(-1, 4)[:, 0].max() > 200  # a light line
    assert stage.page.evaluate(f"{CHART}._fullLayout.font.color") == "#fafafa"


@pytest.mark.slow
def test_stage_is_removed_with_its_element_only(mount: Mount) -> None:
    stage = mount()
    stage.page.evaluate("harness.cleanup()")  # superseded call: still connected
    stage.press("Step")
    stage.wait("d.epoch === '1'")
    stage.page.evaluate("() => { document.getElementById('holder').remove(); harness.cleanup(); }")
    stage.wait_for_peer(lambda: stage.run.token in stage.peer.left)


def test_the_words_of_a_speed_are_whole_beside_what_holds_play_on_a_phone(mount: Mount) -> None:
    page = mount(size=(390, 844)).page
    page.evaluate(
        "() => { const held = document.querySelector('[data-testid=held]');"
        " held.hidden = false; held.textContent = 'First predict';"
        " document.querySelector('.kp-weights').style.display = 'none'; }"  # as in a lesson
    )
    room_left = page.get_by_label("Speed").evaluate(
        """select => {
          const { font, paddingLeft, paddingRight } = getComputedStyle(select);
          const pen = document.createElement("canvas").getContext("2d");
          pen.font = font;
          const words = pen.measureText(select.selectedOptions[0].textContent).width;
          return select.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight) - words;
        }"""
    )
    assert room_left >= 0
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.slow
@pytest.mark.parametrize("size", [(900, 644), (1140, 824), (390, 844)])
def test_nothing_sticks_out_sideways_and_wide_stages_fit_the_window(mount: Mount, size: tuple[int, int]) -> None:
    stage = mount(size=size)
    wide, tall = stage.page.evaluate("[document.documentElement.scrollWidth, document.documentElement.scrollHeight]")
    assert wide <= size[0]
    if size[0] >= 700:
        assert tall <= size[1]
