"""What tells one browser from another."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from starlette.datastructures import Headers
from streamlit.web.server.starlette.starlette_app_utils import generate_xsrf_token_string

from playground.ui.visitor import name_in, name_of


@given(secret=st.binary(min_size=16, max_size=16), other=st.binary(min_size=16, max_size=16))
def test_a_browser_keeps_its_name_under_every_mask(secret: bytes, other: bytes) -> None:
    name = name_in(generate_xsrf_token_string(secret, 1))
    assert name == name_in(generate_xsrf_token_string(secret, 2)) != ""
    assert (name == name_in(generate_xsrf_token_string(other, 1))) is (secret == other)


@given(cookie=st.text(max_size=100) | st.from_regex(r"2\|[0-9a-f]*\|[0-9a-f]*\|1", fullmatch=True))
def test_any_text_gives_a_name_or_none(cookie: str) -> None:
    assert isinstance(name_in(cookie), str)


@given(cookie=st.text(max_size=100))
def test_any_header_names_a_browser_or_none(cookie: str) -> None:
    assert isinstance(name_of(Headers({"cookie": cookie.encode("latin-1", "replace").decode("latin-1")})), str)


def test_a_browser_is_known_by_its_cookie_among_others() -> None:
    own = generate_xsrf_token_string(b"0123456789abcdef", 1)
    assert name_of(Headers({"cookie": f"theme=dark; _streamlit_xsrf={own}; a=b"})) == name_in(own) != ""
    assert name_of(Headers({})) == ""
