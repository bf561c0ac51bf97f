"""People of a class, each at a page of their own: who teaches, who learns, and the window on the projector."""

from __future__ import annotations

import re
from pathlib import Path
from time import monotonic

from playwright.sync_api import Locator, Page, expect
from typing_extensions import Self

from tests.served_app import ServedApp

PLACE = "class"


class InClass:
    """Somebody at the page Class."""

    def __init__(self, page: Page, app: ServedApp) -> None:
        self.page, self.app = page, app

    @property
    def root(self) -> Locator:
        return self.page.get_by_test_id("room")

    @property
    def code(self) -> str:
        return str(self.root.get_attribute("data-code"))

    def goto(self, query: str = "", behind: str = "") -> Self:
        """Open the page, with this behind the # of its address."""
        self.page.goto(self.app.url(query, PLACE) + (f"#{behind}" if behind else ""))
        return self

    def press(self, name: str, within: Locator | None = None) -> Self:
        (within or self.page).get_by_role("button", name=name, exact=True).click()
        return self

    def until(self, **attributes: str) -> Self:
        """Wait until the room is so, by the names of what is in its data."""
        for name, value in attributes.items():
            expect(self.root).to_have_attribute(f"data-{name}", value)
        return self

    def wait(self, condition: object) -> Self:
        """Wait until a function says yes, while what happens in the page is heard of."""
        self.app.wait(condition, lambda seconds: self.page.wait_for_timeout(1000 * seconds))  # type: ignore[arg-type]
        return self


class Teacher(InClass):
    """Who opened a room."""

    sent_at = 0.0
    """By `time.monotonic`, when something was sent last."""

    def open_a_room(self) -> Self:
        self.goto().press("Open a room").until(role="teacher", state="open")
        expect(self.page.get_by_test_id("room-links")).to_be_visible()
        return self

    def given(self, title: str) -> str:
        """One of the links that are shown when a room was opened."""
        return self.page.get_by_label(title, exact=True).input_value()

    def seat(self, name: str) -> Locator:
        return self.page.locator(f"[data-testid=seat][data-name='{name}']")

    def send_file(self, path: Path) -> Self:
        """Send a lesson of a file to all."""
        dialog = self.page.get_by_test_id("send")
        self.press("Send to all").press("A lesson file", dialog)
        dialog.get_by_label("Lesson file (Markdown)").set_input_files(path)
        return self._send(dialog)

    def send_lesson(self, title: str) -> Self:
        """Send a lesson of the list to all."""
        dialog = self.page.get_by_test_id("send")
        self.press("Send to all").press("A lesson", dialog)
        dialog.get_by_role("combobox", name="Lesson").select_option(label=title)
        return self._send(dialog)

    def send_link(self, link: str, *free: str, question: str = "", choices: tuple[str, ...] = ()) -> Self:
        """Send an experiment or a wall to all; with these knobs free, or all of them."""
        dialog = self.page.get_by_test_id("send")
        self.press("Send to all").press("A link", dialog)
        dialog.get_by_label("Link of Play").fill(link)
        if free:
            self.press("Chosen", dialog)
        for knob in free:
            dialog.get_by_label(knob, exact=True).check()
        dialog.get_by_label("Question").fill(question)
        dialog.get_by_label("Answers", exact=True).fill("\n".join(choices))
        return self._send(dialog)

    def send_again(self, title: str) -> Self:
        """Send to all what was sent before, or lies ready by a plan."""
        dialog = self.page.get_by_test_id("send")
        self.press("Send to all").press("Of this room", dialog)
        dialog.get_by_role("combobox", name="Sent before").select_option(label=title)
        return self._send(dialog)

    def _send(self, dialog: Locator) -> Self:
        self.sent_at = monotonic()
        self.press("Send to all", dialog)
        expect(dialog).to_be_hidden()
        return self


class ClassLearner(InClass):
    """Who learns: what they train is below the bar of the room."""

    @property
    def name(self) -> str:
        return self.page.get_by_test_id("my-name").inner_text()

    @property
    def stage(self) -> Locator:
        return self.page.get_by_test_id("stage")

    @property
    def lesson(self) -> Locator:
        return self.page.get_by_test_id("lesson")

    @property
    def state(self) -> Locator:
        """What is said of the class: that it is paused, or closed."""
        return self.page.get_by_test_id("class-state")

    def type_code(self, code: str) -> Self:
        self.goto()
        self.page.get_by_label("Code of the room").fill(code)
        return self.press("Join")

    def join(self) -> Self:
        """Take the seat under the name that is offered."""
        expect(self.page.get_by_test_id("offered-name")).to_be_visible()
        return self.press("Join").until(role="learner")

    def until_lesson(self, step: int, state: str) -> Self:
        self.page.locator(f"[data-testid=lesson][data-step='{step}'][data-state={state}]").wait_for()
        return self

    def until_stage(self, *states: str) -> Self:
        self.page.locator(", ".join(f"[data-testid=stage][data-state={state}]" for state in states)).wait_for()
        return self

    @property
    def epoch(self) -> int:
        return int(self.stage.get_attribute("data-epoch") or 0)

    def until_epoch(self, epoch: int) -> Self:
        return self.wait(lambda: self.epoch >= epoch)

    def predict(self, choice: str) -> Self:
        self.page.get_by_test_id("prediction").get_by_label(choice, exact=True).check()
        return self.press("Predict")

    def observe(self, choice: str) -> Self:
        self.page.get_by_test_id("observation").get_by_label(choice, exact=True).check()
        return self.press("Answer")

    def choose(self, item: str) -> Self:
        """One of what is behind the button More of the bar."""
        self.press("More")
        self.page.get_by_role("menuitem", name=item).click()
        return self


def projector_key(link: str) -> str:
    """What stands behind the # of a link of a room."""
    return re.sub(r".*#", "", link)
