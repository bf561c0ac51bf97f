"""Where in the front matter YAML fails, and why, as a teacher sees it: PyYAML often stumbles a line later."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import yaml

NO_COLON = "a name without a colon: a colon and a space must stand after it"
OPEN_QUOTE = "a quote that is left open"
NO_BREAK_SPACE = "a no-break space, as web pages have them: put a plain space there"
NO_BREAK_SPACES = frozenset("\u00a0\u2007\u202f")
"""They look like spaces, and are letters to YAML."""
_COLON_EXPECTED = "could not find expected ':'"
_BEGINNING = re.compile(r"([ \t]*)(-(?:[ \t]+|$))?(?:([A-Za-z_]{1,40})(:)?)?")
_NAMED = re.compile(r"[\s-]*[A-Za-z_]{1,40}:(\s|$)")
_BEFORE_A_VALUE = re.compile(r"[\s-]*(?:[A-Za-z_]{1,40}:(?:\s|$))?")
_BEGUN_BY_A_NAME = re.compile(r"[\s-]*[A-Za-z_]{1,40}$")


@dataclass(frozen=True)
class Fault:
    """A mistake of YAML.

    Attributes
    ----------
    down : how many lines down it is
    field : that begins there, or that it is within; empty where there is none
    problem : what was found, for a sentence
    """

    down: int
    field: str
    problem: str


def fault_of(error: yaml.MarkedYAMLError, lines: Sequence[str], read: str) -> Fault:
    """What is wrong in these lines, where PyYAML was reading the field `read`."""
    last = error.problem_mark.line if error.problem_mark else len(lines) - 1
    if (down := _open_quote(lines, last)) is not None:
        return Fault(down, field_at(lines, down), OPEN_QUOTE)
    if (down := _no_break_space(lines, last)) is not None:
        return Fault(down, field_at(_with_plain_spaces(lines[: down + 1]), down), NO_BREAK_SPACE)
    above = _unnamed_above(error, lines)
    no_colon = error.problem == _COLON_EXPECTED or above is not None
    down = above if above is not None else _line(error)
    field = field_at(lines, down, no_colon)
    if not _is_left_open(error) and read.startswith(field):
        field = read
    return Fault(down, field, NO_COLON if no_colon else _problem(error))


def field_at(lines: Sequence[str], down: int, no_colon: bool = False) -> str:
    """The field that begins in this line, by how far each line is set in, or the one that the line is within.

    Parameters
    ----------
    no_colon : whether the line begins with a name though no colon stands after it
    """
    path = _Path()
    last = ""
    for number, line in enumerate(lines[: down + 1]):
        if line.strip() and not line.lstrip().startswith("#"):
            path.go_on(line, no_colon and number == down, last.rstrip().endswith(":"))
            last = line
    return str(path)


@dataclass
class _Part:
    """A name, or a place in a list, that a line may be within.

    Attributes
    ----------
    column : how far the name is set in, or that of the list
    label : it, in the name of a field
    is_place : whether it is a place in a list
    is_full : whether a value stands beside the name: then nothing is within it
    items : how many of its list began so far
    """

    column: int
    label: str
    is_place: bool = False
    is_full: bool = False
    items: int = 0


class _Path:
    """What a line is within: the names that are set in less than it."""

    def __init__(self) -> None:
        self._parts: list[_Part] = []

    def __str__(self) -> str:
        return "".join(part.label for part in self._parts).removeprefix(".")

    def go_on(self, line: str, no_colon: bool, is_within_last: bool) -> None:
        """Take in the next line."""
        found = _BEGINNING.match(line)
        assert found is not None  # all of it may be missing
        indent, dash, name, colon = found.groups()
        column = self._column(indent, is_within_last)
        if dash is not None:
            self._begin_item(column)
            column += len(dash)
        if name and (colon or no_colon):
            while self._parts and (self._parts[-1].column >= column or self._parts[-1].is_full):
                self._parts.pop()
            self._parts.append(_Part(column, f".{name}", is_full=bool(line[found.end() :].strip())))

    def _column(self, indent: str, is_within_last: bool) -> int:
        """How far a line is set in. Tabs are no measure: one alone stands for as much as makes sense of the line."""
        spaces = indent.count(" ")
        if spaces or not indent:
            return spaces
        if is_within_last and self._parts:
            return self._parts[-1].column + 1
        return next((part.column + 1 for part in reversed(self._parts) if part.is_place), 0)

    def _begin_item(self, column: int) -> None:
        while self._parts and (self._parts[-1].is_place or self._parts[-1].column > column):
            self._parts.pop()
        if self._parts:
            of = self._parts[-1]
            of.items += 1
            self._parts.append(_Part(of.column, f"[{of.items}]", is_place=True))


def _open_quote(lines: Sequence[str], last: int) -> int | None:
    """The line of a quote that is closed by a later text's, up to the line `last`: it took in the field below it."""
    for start, end in _quoted(lines, last):
        below = next((line for line in lines[start + 1 : end + 1] if line.strip()), "")
        begins_a_field = _NAMED.match(below) or below.lstrip().startswith("- ")
        if begins_a_field and _indent(below) <= _column(lines[start]):
            return start
    return None


def _quoted(lines: Sequence[str], last: int) -> Iterator[tuple[int, int]]:
    """The first and the last line of each text in quotes, as far as PyYAML can tell."""
    try:
        for token in yaml.scan("\n".join(lines), yaml.SafeLoader):
            if token.start_mark.line > last:
                return
            if isinstance(token, yaml.ScalarToken) and not token.plain:
                yield token.start_mark.line, token.end_mark.line
    except (yaml.YAMLError, ValueError, OverflowError):
        return


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _column(line: str) -> int:
    """How far the name is set in that the line begins with, or the place in a list: its text is set in further."""
    found = _BEGINNING.match(line)
    assert found is not None  # all of it may be missing
    indent, dash, name, _ = found.groups()
    return len(indent) + (len(dash) if dash and name else 0)


def _no_break_space(lines: Sequence[str], last: int) -> int | None:
    """The first line, up to the line `last`, that has a no-break space where YAML wants a plain one."""
    for number, line in enumerate(lines[: last + 1]):
        found = _BEFORE_A_VALUE.match(line)
        before = found[0] if found else ""
        if not NO_BREAK_SPACES.isdisjoint(before) and ("-" in before or ":" in before):
            return number
    return None


def _with_plain_spaces(lines: Sequence[str]) -> list[str]:
    """The lines with the last one set in as it was meant: in place of plain spaces, or besides them."""
    *above, last = lines
    replaced, left_out = ("".join(by if each in NO_BREAK_SPACES else each for each in last) for by in (" ", ""))
    columns = {_indent(line) for line in above} - {0}
    besides = _indent(left_out) in columns and _indent(replaced) not in columns
    return [*above, left_out if besides else replaced]


def _line(error: yaml.MarkedYAMLError) -> int:
    """How many lines down it is: what was never closed, or has no colon, is wrong where it was begun."""
    begun = _is_left_open(error) or error.problem == _COLON_EXPECTED
    mark = error.context_mark if begun else error.problem_mark
    mark = mark or error.problem_mark or error.context_mark
    return mark.line if mark else 0


def _unnamed_above(error: yaml.MarkedYAMLError, lines: Sequence[str]) -> int | None:
    """The line above, if its name has no colon: the first of some fields is read on as a text, to the next colon."""
    mark = error.problem_mark
    if mark is None or not str(error.problem).startswith("mapping values are not allowed"):
        return None
    written = [number for number in range(mark.line) if lines[number].strip()]
    if not written or not _BEGUN_BY_A_NAME.match(lines[mark.line][: mark.column]):
        return None
    above = lines[written[-1]]
    is_first = len(written) == 1 or above.lstrip().startswith("- ") or lines[written[-2]].rstrip().endswith(":")
    return written[-1] if is_first and not _NAMED.match(above) else None


def _is_left_open(error: yaml.MarkedYAMLError) -> bool:
    return "while parsing a flow" in str(error.context) or _is_an_open_quote(error)


def _is_an_open_quote(error: yaml.MarkedYAMLError) -> bool:
    in_quotes = "while scanning a quoted scalar" in str(error.context)
    return in_quotes and error.problem == "found unexpected end of stream"


def _problem(error: yaml.MarkedYAMLError) -> str:
    if _is_an_open_quote(error):
        return OPEN_QUOTE
    problem = " ".join((error.problem or error.context or "something else").split())
    if problem.startswith("mapping values are not allowed"):
        return "a colon within a text: put the text in quotes"
    if _is_left_open(error):
        return "a quote, or a bracket of a list, that is not closed where it should be"
    if "'\\t' that cannot start" in problem:
        return "a tab: fields are set in by spaces"
    if problem.startswith("expected <block end>"):
        return "a line that is set in as none above it: fields that belong together begin in one column"
    return problem[:160].rstrip(".")
