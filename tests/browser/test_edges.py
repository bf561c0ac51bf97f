"""What a served app tells browsers, and what it does not take from them."""

from __future__ import annotations

import re
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable

import pytest
from playwright.sync_api import Page
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from tests.served_app import Learner, ServedApp
from tests.stream_client import Visitor


def answer_of(app: ServedApp, path: str, method: str = "GET") -> tuple[int, dict[str, str]]:
    """Status and headers."""
    request = urllib.request.Request(app.base + path, method=method)
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status, _lowered(answer.headers.items())
    except urllib.error.HTTPError as error:
        with error:
            return error.code, _lowered(error.headers.items())


def _lowered(headers: Iterable[tuple[str, str]]) -> dict[str, str]:
    return {name.lower(): value for name, value in headers}


@pytest.mark.parametrize(
    ("path", "method", "status"),
    [
        ("", "GET", 200),
        ("", "HEAD", 200),
        ("", "POST", 405),
        ("no/such/page", "GET", 200),
        ("static/nothing.js", "GET", 200),
        ("_stcore/health", "GET", 200),
        ("_stcore/host-config", "GET", 200),
        ("media/nothing", "GET", 404),
        ("_playground/health", "HEAD", 200),
        ("_playground/health", "POST", 405),
        ("_playground/static/another-version/stage/mount.js", "GET", 404),
        ("_playground/plotly/1.0.0.min.js", "GET", 404),
        ("_playground/nothing", "GET", 404),
        ("?" + "a" * 9000, "GET", 414),
    ],
)
def test_every_answer_has_the_headers_that_keep_foreign_things_out(
    app: ServedApp, path: str, method: str, status: int
) -> None:
    got, headers = answer_of(app, path, method)
    assert got == status
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert "frame-ancestors *" in headers["content-security-policy"]


def test_what_streamlit_lets_browsers_keep_they_keep(app: ServedApp) -> None:
    with urllib.request.urlopen(app.base, timeout=60) as page:
        script = re.search(r'src="\./(static/js/[^"]+)"', page.read().decode())
    assert script is not None
    assert "immutable" in answer_of(app, script[1])[1]["cache-control"]
    assert answer_of(app, "")[1]["cache-control"] == "no-cache"
    assert answer_of(app, "_playground/health")[1]["cache-control"] == "no-store"


@pytest.mark.parametrize("path", ["_stcore/stream", "_playground/live/a-run"])
@pytest.mark.parametrize("origin", ["http://[::1", "http://elsewhere.example", "null"])
def test_a_socket_is_refused_to_pages_of_others_by_a_403(app: ServedApp, path: str, origin: str) -> None:
    url = app.base.replace("http", "ws") + path
    with pytest.raises(InvalidStatus) as refusal, connect(url, additional_headers={"Origin": origin}):
        pass
    assert refusal.value.response.status_code == 403


def test_a_stage_event_of_megabytes_is_refused_by_its_length_and_nothing_is_lost(app: ServedApp) -> None:
    with Visitor(app) as visitor:
        visitor.run("noise=0.1")
        token = visitor.token
        for length in (1_000_000, 18_000_000):
            visitor.say_until_cut_off("noise=0.1", *visitor.change_on_the_stage(change={"hidden": "4" * length}))
            visitor.connect()
            answer = visitor.run("noise=0.1")
            (text,) = answer.texts
            assert re.fullmatch(
                rf"A message of the page must have at most 65536 bytes\. Got {length // 1000}\d+\.", text
            )
            assert (answer.query, visitor.token) == ("noise=0.1", token)


def test_a_long_link_is_refused_by_its_length_and_the_experiment_stays(app: ServedApp) -> None:
    with Visitor(app) as visitor:
        visitor.run("noise=0.1")
        token = visitor.token
        answer = visitor.run("noise=0.2&" + "a" * 10_000)
        assert answer.texts == ["The query of a link must have at most 8192 bytes. Got 10010."]
        assert (answer.query, visitor.token) == ("noise=0.1", token)


def test_a_change_on_the_stage_of_ordinary_length_is_made(app: ServedApp) -> None:
    with Visitor(app) as visitor:
        visitor.run()
        assert visitor.run("", *visitor.change_on_the_stage(hidden=[4, 3], features=["x1", "x2"])).texts == []
        assert visitor.run("", *visitor.change_on_the_stage(change={"hidden": "5,5"})).query == "hidden=5%2C5"


def test_a_browser_at_a_long_link_sees_why_it_was_not_read(learner: Learner) -> None:
    learner.open("noise=0.1&x=" + "a" * 9000, state=None)
    learner.page.get_by_text("The query of a link must have at most 8192 bytes. Got 9012.").wait_for()


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_page_needs_nothing_that_its_policy_forbids_and_nothing_foreign(
    app: ServedApp, learner_at: Callable[..., Learner], scheme: str
) -> None:
    learner = learner_at(app, first_visit=True, color_scheme=scheme, accept_downloads=True)
    page = learner.page
    complaints: list[str] = []
    foreign: list[str] = []
    page.on("console", lambda line: complaints.append(line.text) if line.type in ("error", "warning") else None)
    page.on("request", lambda request: None if _is_ours(request.url, app) else foreign.append(request.url))
    learner.open().press("Play").until_epoch(20)
    for tab in page.get_by_role("tab").all():
        tab.click()
        learner.until("d.view === a", tab.inner_text().lower()).until_painted()
    page.get_by_role("tab", name="Layers").click()
    page.get_by_role("button", name="3-D").click()
    page.locator("[data-testid=stage] canvas[tabindex='0']").first.wait_for()
    _save_as_png(page)
    page.get_by_role("button", name="Presets").click()
    page.get_by_role("dialog").wait_for()
    page.keyboard.press("Escape")
    page.get_by_test_id("stMainMenu").click()
    page.keyboard.press("Escape")
    learner.until_painted()
    assert complaints == []
    assert foreign == []


def _is_ours(url: str, app: ServedApp) -> bool:
    return url.startswith((app.base, "data:", f"blob:{app.base}"))


def _save_as_png(page: Page) -> None:
    with page.expect_download() as saved:
        page.locator("[data-title='Download plot as a PNG']").first.click(force=True)
    assert saved.value.suggested_filename.endswith(".png")
