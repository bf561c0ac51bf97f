"""What travels of JavaScript and CSS: all but the comments that have lines of their own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from playground.runtime.server.bare_source import bare_source
from playground.ui.web import static_files

JAVASCRIPT = """\
// What it is.
import { h } from "./dom.js";

/**
 * @param {string} text
 */
export function show(text) {
  /** @type {string} */
  const link = `https://${text}`; // not this one
  return h("a", { href: link, glob: "/* no comment */" });
  // /* the end
}
/** one */ export const ONE = 1; /* and */
"""
BARE = """\

import { h } from "./dom.js";




export function show(text) {

  const link = `https://${text}`; // not this one
  return h("a", { href: link, glob: "/* no comment */" });

}
/** one */ export const ONE = 1; /* and */
"""
STRING = re.compile(r'"(?:[^"\\]|\\.)*"')
PATTERN = re.compile(r"= /.*/u?;$|/\[[^]]*\]/|'\"+'")
"""A regular expression, or a string in the other quotes: its quotes open nothing."""


def test_comments_with_lines_of_their_own_stay_and_all_lines_keep_their_numbers(tmp_path: Path) -> None:
    file = tmp_path / "show.js"
    file.write_text(JAVASCRIPT, encoding="utf-8")
    assert bare_source(file).decode() == BARE


def test_css_has_no_comments_of_a_line(tmp_path: Path) -> None:
    file = tmp_path / "page.css"
    file.write_text("/* of\n two */\na { background: url(//x.org/a.png); }\n//not { one: 1 }\n", encoding="utf-8")
    assert bare_source(file).decode() == "\n\na { background: url(//x.org/a.png); }\n//not { one: 1 }\n"


def test_other_files_are_sent_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "a.svg").write_bytes(b"<svg>\n/* \xff */\n</svg>")
    assert bare_source(tmp_path / "a.svg") == b"<svg>\n/* \xff */\n</svg>"


@pytest.mark.parametrize("path", sorted(static_files().rglob("*.js")), ids=lambda path: path.name)
def test_no_string_goes_over_several_lines(path: Path) -> None:
    """What begins a line like a comment is one, then, and nothing of what is sent was within a string."""
    source, bare = path.read_text(encoding="utf-8"), bare_source(path).decode()
    assert len(bare.split("\n")) == len(source.split("\n"))
    for line in bare.split("\n"):
        assert STRING.sub("", PATTERN.sub("", line)).count("`") % 2 == 0, line
    assert re.search(r"^\s*\*(?!/)|^\s*/\*\*?\s*$", bare, re.MULTILINE) is None, "a comment was cut in two"
