"""The front matter as a tree of texts with their lines. YAML's events are read one by one, so that all is bounded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

import yaml

from playground.core import words

DEEPEST = 12
"""Levels of lists and names within one another."""
MOST_NODES = 5_000


class YamlError(ValueError):
    """The front matter is no YAML that a lesson may hold. The message states the rule; `line` counts from 1."""

    def __init__(self, line: int, rule: str) -> None:
        self.line = line
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
        return "a list" if isinstance(self.value, list) else f"names: {', '.join(list(self.value)[:3])}"[:80]


@dataclass
class _Open:
    """A list or a mapping that is being read."""

    node: Node
    name: str | None = None
    lines: dict[str, int] = field(default_factory=dict)

    def add(self, found: Node) -> None:
        if isinstance(self.node.value, list):
            self.node.value.append(found)
        elif isinstance(self.node.value, dict):
            self._add_to(self.node.value, found)

    def _add_to(self, mapping: dict[str, Node], found: Node) -> None:
        if self.name is None:
            if not isinstance(found.value, str):
                raise YamlError(found.line, f"A name must be a text. Got {found.shown}.")
            if found.value in mapping:
                raise YamlError(found.line, f"A name must be given once. Got {words.quoted(found.value)} twice.")
            self.name = found.value
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
    try:
        return _tree(yaml.parse(text, Loader=yaml.SafeLoader), first_line)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = first_line + (mark.line if mark else 0)
        raise YamlError(line, f"It must be YAML. Got: {_problem(error)}.") from None
    except yaml.YAMLError:
        raise YamlError(first_line, "It must be YAML. Got: a character that YAML does not know.") from None
    except (ValueError, OverflowError) as error:
        if isinstance(error, YamlError):
            raise
        # PyYAML makes numbers of what stands after \U or %YAML without looking.
        raise YamlError(first_line, "It must be YAML. Got: a character that YAML does not know.") from None


def _tree(events: Events, first_line: int) -> Node:
    root: Node | None = None
    opened: list[_Open] = []
    for count, event in enumerate(events):
        line = first_line + (event.start_mark.line if event.start_mark else 0)
        if count > MOST_NODES or len(opened) > DEEPEST:
            raise YamlError(line, f"It must be at most {MOST_NODES:,} values, {DEEPEST} deep. Got more.")
        _must_be_plain(event, line)
        if isinstance(event, yaml.DocumentStartEvent) and root is not None:
            raise YamlError(line, "It must be one YAML document. Got another one.")
        node = _node(event, line)
        if node is not None:
            root = node if root is None else root
            if opened:
                opened[-1].add(node)
        if isinstance(event, yaml.CollectionStartEvent) and node is not None:
            opened.append(_Open(node))
        elif isinstance(event, yaml.CollectionEndEvent):
            opened.pop()
    return root or Node(first_line, "", is_empty=True)


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


def _problem(error: yaml.MarkedYAMLError) -> str:
    problem = " ".join((error.problem or error.context or "something else").split())
    if problem.startswith("mapping values are not allowed"):
        return "a colon within a text: put the text in quotes"
    return problem[:160].rstrip(".")
