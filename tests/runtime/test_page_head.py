"""What a page's HTML and oEmbed say of the very link that was asked for."""

from __future__ import annotations

import asyncio
import gzip
import json
from collections.abc import Mapping
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from playground.lessons import packs
from playground.lessons.packs import all_lessons, lesson_called
from playground.runtime import Limits
from playground.runtime.server.own_address import OwnAddress, own_address
from playground.runtime.server.page_head import PageHead, lines_of
from playground.runtime.server.preview_routes import preview_routes
from playground.runtime.server.previews import Previews
from playground.runtime.server.shown_link import preview_of
from tests.runtime.test_previews import FakeWorkers

SHELL = '<!DOCTYPE html><html><head><title>Streamlit</title></head><body><p id="root">&amp;</p></body></html>'
LINK = b"dataset=spiral&hidden=8,8&activation=relu&optimizer=adam"
TITLES = {"learn": "Lessons"}
OWN = OwnAddress("https", "a.example", "")


class Head(HTMLParser):
    """The meta elements and links of a page, and everything else as it stands."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.meta: dict[str, str] = {}
        self.links: list[dict[str, str | None]] = []
        self.others: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "meta":
            self.meta[str(found.get("property") or found["name"])] = str(found["content"])
        elif tag == "link":
            self.links.append(found)
        else:
            self.others.append(tag)


async def _shell(_request: Any) -> Response:
    return HTMLResponse(SHELL, headers={"etag": '"same"'})


async def _packed(_request: Any) -> Response:
    return HTMLResponse(gzip.compress(SHELL.encode()), headers={"content-encoding": "gzip"})


async def _text(_request: Any) -> Response:
    return PlainTextResponse(SHELL)


def app_of(base_path: str = "", proxies: int | None = None) -> PageHead:
    limits = Limits(proxies=proxies)
    root = f"/{base_path}" if base_path else ""
    routes = [
        *preview_routes(Previews(FakeWorkers(at_once=True), limits), limits, base_path, TITLES),
        Route(f"{root}/packed", _packed),
        Route(f"{root}/text", _text),
        Route(f"{root}/_playground/page", _shell),
        Route(f"{root}/{{rest:path}}", _shell),
    ]
    return PageHead(Starlette(routes=routes), limits, base_path, TITLES)


def get(
    app: PageHead, path: str, query: bytes = b"", headers: Mapping[str, str] | None = None, peer: str = "127.0.0.1"
) -> tuple[int, dict[str, str], bytes]:
    said: list[Any] = []
    told = {"host": "a.example:8501"} | dict(headers or {})
    scope = {
        **{"type": "http", "method": "GET", "path": path, "root_path": "", "query_string": query},
        "headers": [(name.encode(), value.encode("latin-1")) for name, value in told.items()],
        **{"scheme": "http", "client": (peer, 1), "server": ("a.example", 80)},
    }

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b""}

    async def send(message: Any) -> None:
        said.append(message)

    asyncio.run(app(scope, receive, send))
    start, *bodies = said
    told = {name.decode(): value.decode() for name, value in start["headers"]}
    return start["status"], told, b"".join(body.get("body", b"") for body in bodies)


def test_a_page_says_what_its_link_shows() -> None:
    status, headers, body = get(app_of(), "/", LINK)
    head = Head(body.decode())
    assert status == 200 and headers["content-length"] == str(len(body)) and headers["etag"] == '"same"'
    assert head.meta["og:title"] == head.meta["twitter:title"] == "Spiral · 8, 8 ReLU · Adam 0.03"
    assert head.meta["og:image"] == f"http://a.example:8501/_playground/preview.png?{LINK.decode()}"
    assert (head.meta["og:image:width"], head.meta["og:image:height"]) == ("1200", "630")
    assert head.meta["twitter:card"] == "summary_large_image"
    assert "2 inputs → 8 relu → 8 relu → 1 sigmoid" in head.meta["og:description"]
    (oembed,) = head.links
    assert oembed["type"] == "application/json+oembed"
    asked = parse_qs(urlsplit(str(oembed["href"])).query)
    assert asked["url"] == [head.meta["og:url"]] == [f"http://a.example:8501/?{LINK.decode()}"]


def test_pages_below_a_path_and_those_without_an_experiment() -> None:
    app = app_of("teach")
    wall = Head(get(app, "/teach/explore", b"rows=learning_rate:0.1|0.3")[2].decode()).meta
    assert wall["og:title"].startswith("A wall of learning rate · ")
    assert wall["og:image"].startswith("http://a.example:8501/teach/_playground/preview.png?rows=")
    assert wall["og:url"].startswith("http://a.example:8501/teach/explore?")
    assert wall["og:description"].startswith("2 networks, 500 points.")
    assert wall["og:image:alt"].startswith("Decision boundaries of networks of A wall")
    for query in (b"", b"lesson=", b"lesson=no_such_lesson&step=2", b"lesson=my_own"):
        lessons = Head(get(app, "/teach/learn", query)[2].decode()).meta
        assert lessons["og:title"] == "Lessons" and lessons["og:image"].endswith("preview.png")
        assert "inputs" not in lessons["og:description"] and "Lessons" not in lessons["og:image:alt"]


def test_a_link_of_a_lesson_shows_its_step() -> None:
    lesson = lesson_called("first_steps")
    assert lesson is not None
    head = Head(get(app_of(), "/learn", b"lesson=first_steps&step=2")[2].decode()).meta
    assert head["og:title"] == f"{lesson.title} · 2. {lesson.steps[1].title}"
    assert head["og:image"].endswith("preview.png?lesson=first_steps&step=2")
    assert preview_of(b"lesson=first_steps&step=2").experiment == lesson.steps[1].subject
    for query in (b"lesson=first_steps", b"lesson=first_steps&step=99", b"lesson=first_steps&step=x"):
        assert preview_of(query).title == f"{lesson.title} · 1. {lesson.steps[0].title}"


def test_a_step_is_shown_with_the_knobs_that_its_link_turns_of_those_that_are_free() -> None:
    lesson, number = next(
        (lesson, number)
        for pack in all_lessons()
        for lesson in pack.lessons
        for number, step in enumerate(lesson.steps, 1)
        if "learning_rate" in step.free and step.wall is None
    )
    asked = f"lesson={lesson.name}&step={number}&learning_rate=0.0123&train_share=51"
    experiment = preview_of(asked.encode()).experiment
    assert experiment.train.learning_rate == 0.0123
    assert experiment.data == lesson.steps[number - 1].subject.data  # type: ignore[union-attr]


def test_a_step_about_a_wall_shows_networks_of_it() -> None:
    lesson, number, wall = next(
        (lesson, number, step.wall)
        for pack in all_lessons()
        for lesson in pack.lessons
        for number, step in enumerate(lesson.steps, 1)
        if step.wall is not None
    )
    few = preview_of(f"lesson={lesson.name}&step={number}".encode()).few
    assert few is not None and few.networks == len(wall.experiments)
    assert {*few.runs.experiments} <= {*wall.experiments}


def test_a_lesson_of_the_host_is_read_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLAYGROUND_LESSONS", str(tmp_path))
    file = tmp_path / "first_steps.md"
    ours = lesson_called("first_steps")
    assert ours is not None
    text = next((Path(packs.__file__).parent / "ours").glob("*first_steps.md")).read_text()
    file.write_text(text.replace(ours.title, "Theirs"))
    assert "Theirs" in Head(get(app_of(), "/learn", b"lesson=first_steps")[2].decode()).meta["og:title"]
    file.write_text(text.replace(ours.title, "Once more"))
    assert "Once more" in Head(get(app_of(), "/learn", b"lesson=first_steps")[2].decode()).meta["og:title"]
    file.write_text("nothing")
    assert preview_of(b"lesson=first_steps").title.startswith(ours.title)


def test_only_pages_are_touched_and_a_packed_one_stays_packed() -> None:
    app = app_of()
    assert get(app, "/text", LINK)[2].decode() == SHELL
    assert get(app, "/_playground/page", LINK)[2].decode() == SHELL
    _status, headers, body = get(app, "/packed", LINK)
    assert headers["content-encoding"] == "gzip" and headers["content-length"] == str(len(body))
    assert gzip.decompress(body) == get(app, "/not-so", LINK)[2].replace(b"not-so", b"packed")


@given(st.binary(max_size=300) | st.text(max_size=100).map(lambda text: text.encode("utf-8", "replace")))
def test_a_hostile_query_changes_nothing_but_the_values(query: bytes) -> None:
    usual, hostile = (Head(f"<p>{lines_of(OWN, '', each, '').decode()}</p>") for each in (LINK, query))
    assert hostile.others == usual.others == ["p"] and list(hostile.meta) == list(usual.meta)
    assert [list(link) for link in hostile.links] == [list(link) for link in usual.links]
    for address in (hostile.meta["og:image"], hostile.meta["og:url"], str(hostile.links[0]["href"])):
        assert address.startswith("https://a.example/") and not set(address) & set(" <>\"'\\\n\r\t")


@pytest.mark.parametrize("host", ["", "a b", "evil.example/x", "a@b", '"><script>', "a.example:99999999", "x" * 300])
def test_where_the_server_does_not_know_its_address_nothing_is_said(host: str) -> None:
    assert get(app_of(), "/", LINK, {"host": host})[2].decode() == SHELL


def address(headers: Mapping[str, str], peer: str, proxies: int | None = None, base: str = "") -> str:
    scope = {
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
        **{"client": (peer, 1), "scheme": "http"},
    }
    return str(own_address(scope, base, proxies))


def test_what_a_proxy_says_of_the_address_counts_where_it_is_ours() -> None:
    told = {"host": "inside:8501", "x-forwarded-proto": "https", "x-forwarded-host": "a.example"}
    assert address(told, "10.0.0.3") == "https://a.example"
    assert address(told, "203.0.113.9") == "http://inside:8501"
    assert address(told, "203.0.113.9", proxies=1) == "https://a.example"
    assert address({**told, "x-forwarded-prefix": "/~/+"}, "::1") == "https://a.example/~/+"
    assert address({**told, "x-forwarded-prefix": "//evil.example"}, "::1") == "https://a.example"
    assert address({**told, "x-forwarded-prefix": "/teach"}, "::1", base="teach") == "https://a.example/teach"
    assert address({"host": "[::1]:8501"}, "::1") == "http://[::1]:8501"


# oEmbed.


def oembed(url: str, more: str = "", **options: Any) -> tuple[int, dict[str, str], Any]:
    status, headers, body = get(app_of(), "/_playground/oembed", f"url={quote(url)}{more}".encode(), **options)
    return status, headers, json.loads(body) if headers["content-type"] == "application/json" else body.decode()


def test_oembed_gives_a_frame_of_the_page() -> None:
    status, headers, about = oembed(f"http://a.example:8501/?{LINK.decode()}")
    assert status == 200 and (about["version"], about["type"]) == ("1.0", "rich")
    assert about["title"] == "Spiral · 8, 8 ReLU · Adam 0.03" and (about["width"], about["height"]) == (800, 500)
    assert about["thumbnail_url"].endswith(f"preview.png?{LINK.decode()}") and about["thumbnail_width"] == 1200
    frame = about["html"]
    assert frame.count("<") == 2 and f'src="http://a.example:8501/?{LINK.decode().replace("&", "&amp;")}' in frame
    assert "&amp;embed=true" in frame and 'width="800" height="500"' in frame
    assert headers["access-control-allow-origin"] == "*"
    by_proxy = oembed(f"https://a.example:8501/?{LINK.decode()}")[2]
    assert 'src="https://a.example:8501/' in by_proxy["html"]


def test_oembed_calls_a_page_without_an_experiment_what_its_head_does() -> None:
    about = oembed("http://a.example:8501/learn?lesson=no_such_lesson")[2]
    assert about["title"] == "Lessons" and about["thumbnail_url"].endswith("preview.png")
    assert 'src="http://a.example:8501/learn?lesson=no_such_lesson&amp;embed=true"' in about["html"]
    assert oembed("http://a.example:8501/learn?lesson=first_steps&step=2")[2]["title"] != "Lessons"


def test_oembed_is_no_larger_than_was_asked_for() -> None:
    _status, _headers, about = oembed("http://a.example:8501/", "&maxwidth=400&maxheight=2000")
    assert (about["width"], about["height"]) == (400, 500) and "thumbnail_url" not in about


@pytest.mark.parametrize(
    ("url", "more", "status", "words"),
    [
        ("http://evil.example/", "", 404, "must be the address of a page of this server"),
        ("ftp://a.example:8501/", "", 404, "address of a page"),
        ("http://a.example:8501@evil.example/", "", 404, "address of a page"),
        ("javascript:alert(1)", "", 404, "address of a page"),
        ("http://[", "", 404, "address of a page"),
        ("", "", 404, "address of a page"),
        ("http://a.example:8501/", "&format=xml", 501, "format must be json"),
        ("http://a.example:8501/", "&maxwidth=0", 400, "maxwidth must be"),
        ("http://a.example:8501/", "&maxheight=1e9", 400, "maxheight must be"),
        ("http://a.example:8501/", "&maxheight=²", 400, "maxheight must be"),
    ],
)
def test_oembed_refuses_in_words(url: str, more: str, status: int, words: str) -> None:
    found = oembed(url, more)
    assert found[0] == status and words in found[2] and found[1]["cache-control"] == "no-store"


@given(st.text(max_size=80))
def test_no_address_breaks_out_of_the_frame(text: str) -> None:
    status, _headers, about = oembed(f"http://a.example:8501/{text}")
    assert status == 200
    (tag,) = Head(about["html"]).others
    assert tag == "iframe" and about["html"].endswith("></iframe>") and about["html"].count("<") == 2
