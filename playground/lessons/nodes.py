"""The front matter as a tree of texts with their lines. YAML's events are read one by one, so that all is bounded."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

import yaml
from yaml.reader import ReaderError

from playground.core import words
from playground.lessons.yaml_faults import NO_BREAK_SPACE, NO_BREAK_SPACES, fault_of, field_at

DEEPEST = 12
"""Levels of lists and names within one another."""
MOST_NODES = 5_000
_BREAK = re.compile("[\n\x85\u2028\u2029]")
"""What ends a line to YAML."""
LONGEST_NAME = 40
"""Characters of a name in that of a field."""


class YamlError(ValueError):
    """The front matter is no YAML that a lesson may hold. The message states the rule.

    Attributes
    ----------
    line : of the file, from 1
    field : that was being read, as ``steps[2].check``; empty before the first one
    """

    def __init__(self, line: int, rule: str, field: str = "") -> None:
        self.line, self.field = line, field
        super().__init__(rule)


@dataclass(frozen=True)
class Node:
    """A value of the front matter, and the line of the file where it begins.

    Attributes
    ----------
    value : a text, a list, or what stands under each name
    is_empty : whether nothing was written there
    """

    line: int
    value: str | list[Node] | dict[str, Node]
    is_empty: bool = False

    @property
    def shown(self) -> str:
        """It, for a sentence."""
        if isinstance(self.value, str):
            return "nothing" if self.is_empty or not self.value.strip() else words.quoted(self.value)
        if isinstance(self.value, list):
            return f"a list of {len(self.value)}"
        return f"names: {', '.join(list(self.value)[:3])}"[:80]


@dataclass
class _Open:
    """A list or a mapping that is being read, and the field that it is."""

    node: Node
    field: str
    name: str | None = None

    @property
    def next(self) -> str:
        """The field that is read next in it, as far as it is known."""
        if isinstance(self.node.value, list):
            return f"{self.field}[{len(self.node.value) + 1}]"
        return ".".join(filter(None, (self.field, (self.name or "")[:LONGEST_NAME])))

    @property
    def awaits_a_name(self) -> bool:
        return isinstance(self.node.value, dict) and self.name is None

    def add(self, found: Node) -> None:
        if isinstance(self.node.value, list):
            self.node.value.append(found)
        elif isinstance(self.node.value, dict):
            self._add_to(self.node.value, found)

    def _add_to(self, mapping: dict[str, Node], found: Node) -> None:
        if self.name is None:
            if not isinstance(found.value, str):
                raise YamlError(found.line, f"A name must be a text. Got {found.shown}.")
            self.name = found.value
            if found.value in mapping:
                raise YamlError(found.line, f"A name must be given once. Got {words.quoted(found.value)} twice.")
        else:
            mapping[self.name], self.name = found, None


Events: TypeAlias = Iterator["yaml.Event"]


def read(text: str, first_line: int) -> Node:
    """The tree that stands in `text`, which begins at this line of its file.

    Raises
    ------
    YamlError
        When it is no YAML, too large or too deep, has more than one document, or an anchor, an alias or a tag.
    """
    opened: list[_Open] = []
    lines = _BREAK.split(text)
    down = 0
    try:
        loader = yaml.SafeLoader(text)
        try:
            return _tree(_events(loader), first_line, opened)
        finally:
            down = loader.line
            loader.dispose()
    except YamlError as error:
        raise YamlError(error.line, str(error), _field(opened)) from None
    except yaml.MarkedYAMLError as error:
        fault = fault_of(error, lines, _field(opened))
        raise YamlError(first_line + fault.down, f"It must be YAML. Got: {fault.problem}.", fault.field) from None
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        # Of these, the latter: PyYAML makes numbers of what stands after \U or %YAML without looking.
        if isinstance(error, ReaderError):
            down = len(_BREAK.findall(text, 0, error.position))
        rule = "It must be YAML. Got: a character that YAML does not know."
        raise YamlError(first_line + down, rule, field_at(lines, down)) from None


def _events(loader: yaml.SafeLoader) -> Events:
    while loader.check_event():
        yield loader.get_event()


def _field(opened: list[_Open]) -> str:
    return opened[-1].next if opened else ""


def _tree(events: Events, first_line: int, opened: list[_Open]) -> Node:
    """The tree; `opened` is what is being read, for whoever says what is wrong there."""
    root: Node | None = None
    for count, event in enumerate(events):
        line = first_line + (event.start_mark.line if event.start_mark else 0)
        if count > MOST_NODES or len(opened) > DEEPEST:
            raise YamlError(line, f"It must be at most {MOST_NODES:,} values, {DEEPEST} deep. Got more.")
        _must_be_plain(event, line)
        if isinstance(event, yaml.DocumentStartEvent) and root is not None:
            raise YamlError(line, "It must be one YAML document. Got another one.")
        node = _node(event, line)
        field = _field(opened)
        if node is not None:
            root = node if root is None else root
            if opened:
                _must_begin_with_no_space(event, opened[-1])
                opened[-1].add(node)
        if isinstance(event, yaml.CollectionStartEvent) and node is not None:
            opened.append(_Open(node, field))
        elif isinstance(event, yaml.CollectionEndEvent):
            opened.pop()
    return root or Node(first_line, "", is_empty=True)


def _must_begin_with_no_space(event: yaml.Event, within: _Open) -> None:
    """A no-break space is a letter of a name to YAML, which is then set in by too little."""
    if within.awaits_a_name and isinstance(event, yaml.ScalarEvent) and event.value[:1] in NO_BREAK_SPACES:
        raise yaml.MarkedYAMLError(problem=NO_BREAK_SPACE, problem_mark=event.start_mark)


def _must_be_plain(event: yaml.Event, line: int) -> None:
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) is not None:
        raise YamlError(line, "It must do without anchors and aliases (& and *); text that begins so needs quotes.")
    if getattr(event, "tag", None) is not None:
        raise YamlError(line, "It must do without tags (!); text that begins so needs quotes.")


def _node(event: yaml.Event, line: int) -> Node | None:
    if isinstance(event, yaml.ScalarEvent):
        plain = event.implicit[0]
        return Node(line, event.value, is_empty=plain and event.value in ("", "~", "null"))
    if isinstance(event, yaml.SequenceStartEvent):
        return Node(line, [])
    return Node(line, {}) if isinstance(event, yaml.MappingStartEvent) else None
