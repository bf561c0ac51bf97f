"""Reading fields of the front matter: what is wrong is collected, and something that will do stands in its place."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from playground.core import words
from playground.lessons import safe_text
from playground.lessons.errors import Mistake
from playground.lessons.nodes import Node

FRONT = "front matter"
"""The field of a mistake that is in none of them."""
LONGEST_LINE = 200
"""Characters of a title and the like."""


@dataclass
class Mistakes:
    """The mistakes found in a file so far."""

    file: str
    host: str = ""
    """Of the page that opens it, if it is known."""
    found: list[Mistake] = field(default_factory=list)

    def add(self, line: int, name: str, rule: str) -> None:
        """One more, of the field called `name`."""
        self.found.append(Mistake(self.file, line, name, rule))

    def add_faults(self, line: int, name: str, markdown: str) -> None:
        """What a Markdown text may not hold, if it holds it."""
        for down, rule in safe_text.faults(markdown):
            self.add(line + down, name, rule)


@dataclass(frozen=True)
class Field:
    """A value of the front matter, its name in the file, and where its mistakes go."""

    node: Node
    name: str
    mistakes: Mistakes

    def refuse(self, rule: str) -> None:
        """Say what is wrong with it."""
        self.mistakes.add(self.node.line, self.name or FRONT, rule)

    def must_be(self, what: str) -> None:
        """Say what it must be, and what it is."""
        self.refuse(f"{self.name.rpartition('.')[2] or 'A lesson'} must be {what}. Got {self.node.shown}.")

    def line_of_text(self) -> str:
        """Plain text of one line."""
        text = " ".join(self.markdown().split())
        if len(text) > LONGEST_LINE:
            self.must_be(f"at most {LONGEST_LINE} characters")
        return text

    def markdown(self) -> str:
        """A text; it is looked at whether it may be shown."""
        text = self.plain("text")
        self.mistakes.add_faults(self.node.line, self.name, text)
        return text.strip()

    def plain(self, what: str) -> str:
        """What was written; a text that is not empty."""
        if not isinstance(self.node.value, str) or not self.node.value.strip():
            self.must_be(what)
            return ""
        return self.node.value.strip()

    def number(self, low: float, high: float, whole: bool = False) -> float:
        """A number in [low, high]."""
        text = self.node.value if isinstance(self.node.value, str) else ""
        if words.is_read_as_a_number(text):
            value = float(text)
            if low <= value <= high and (not whole or value == int(value)):
                return value
        kind = "a whole number" if whole else "a number"
        self.must_be(f"{kind} in [{words.number(low)}, {words.number(high)}]")
        return low

    def one_of(self, names: Collection[str]) -> str:
        """One of these names."""
        text = self.node.value if isinstance(self.node.value, str) else ""
        if text not in names:
            self.must_be(f"one of {', '.join(names)}")
            return next(iter(names))
        return text

    def items(self, least: int, most: int, what: str) -> list[Field]:
        """The items of a list; a single value is a list of one."""
        value = self.node.value
        nodes = [] if self.node.is_empty else value if isinstance(value, list) else [self.node]
        if not least <= len(nodes) <= most:
            self.must_be(f"a list of {least} to {most} {what}" if nodes or least else f"a list of {what}")
            nodes = nodes[:most]
        return [Field(node, f"{self.name}[{place}]", self.mistakes) for place, node in enumerate(nodes, start=1)]

    def fields(self, known: Iterable[str], what: str) -> dict[str, Field]:
        """What stands under each name; one that is not known is a mistake."""
        if not isinstance(self.node.value, dict):
            self.must_be(what)
            return {}
        names = tuple(known)
        for name, node in self.node.value.items():
            if name not in names:
                rule = f"There is no field called {words.quoted(name)}: it must be one of {', '.join(names)}."
                self.mistakes.add(node.line, self.of(name[:40]), rule)
        return {
            name: Field(node, self.of(name), self.mistakes) for name, node in self.node.value.items() if name in names
        }

    def of(self, name: str) -> str:
        """The full name of a field within this one."""
        return f"{self.name}.{name}" if self.name else name

    def missing(self, name: str, what: str) -> None:
        """Say that a field within this one is not there."""
        self.mistakes.add(self.node.line, self.of(name), f"{name} must be given: {what}. Got none.")
