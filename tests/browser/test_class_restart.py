"""A class whose server is killed in the middle, and started again: everybody comes back by themselves."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.served_app import Learner, ServedApp

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]


def in_room(page: Page, role: str) -> None:
    expect(page.locator(f"[data-testid=room][data-role={role}]")).to_be_visible()


def joined(context: BrowserContext, app: ServedApp, code: str) -> Page:
    page = context.new_page()
    page.goto(app.url(f"room={code}", "class"))
    page.get_by_role("button", name="Join", exact=True).click()
    in_room(page, "learner")
    return page


def seats(teacher: Page) -> dict[str, tuple[str, int]]:
    """How each seat stands, by its name: its state and epoch."""
    return {
        str(seat.get_attribute("data-name")): (
            str(seat.get_attribute("data-state")),
            int(seat.get_attribute("data-epoch") or 0),
        )
        for seat in teacher.get_by_test_id("seat").all()
    }


def test_after_a_kill_room_seats_and_runs_are_there_again(own_app: Callable[..., ServedApp], browser: Browser) -> None:
    app = own_app().wait_until_loaded()
    teacher = browser.new_context().new_page()
    teacher.goto(app.url(place="class"))
    teacher.get_by_role("button", name="Open a room").click()
    in_room(teacher, "teacher")
    code = str(teacher.get_by_test_id("room").get_attribute("data-code"))
    contexts = [browser.new_context() for _ in range(2)]
    learners = [joined(context, app, code) for context in contexts]
    for learner in learners:
        learner.get_by_role("button", name="Play", exact=True).click()
    Learner(teacher, app).wait(lambda: all_connected_beyond(teacher, 20))
    before = seats(teacher)
    app.kill()
    app.start()

    def all_are_back() -> bool:
        now = seats(teacher)
        return now.keys() == before.keys() and all(
            state == "connected" and epoch > before[name][1] for name, (state, epoch) in now.items()
        )

    Learner(teacher, app).wait(all_are_back)
    name = str(learners[0].get_by_test_id("room").inner_text())
    learners[0].close()
    again = contexts[0].new_page()
    again.goto(app.url(f"room={code}", "class"))
    in_room(again, "learner")
    mine = re.split(r"\s{2,}|\n", name.strip())[0]
    assert mine in before and mine in again.get_by_test_id("room").inner_text()
    assert len(seats(teacher)) == 2


def all_connected_beyond(teacher: Page, epoch: int) -> bool:
    """Whether both learners are there and have trained for longer than this."""
    return [state for state, at in seats(teacher).values() if at > epoch] == ["connected"] * 2
