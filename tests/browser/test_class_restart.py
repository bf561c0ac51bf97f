"""A class whose server is killed in the middle, and started again: everybody comes back by themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from tests.in_class import ClassLearner, Teacher
from tests.served_app import PATIENCE, ServedApp

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]
EXPERIMENT = "?dataset=moons&samples=100&hidden=3&learning_rate=0.1&epochs=10000"


@pytest.fixture(name="contexts")
def browsers_of_their_own(browser: Browser) -> Iterator[list[BrowserContext]]:
    """One for the teacher and one for each of two learners; nothing may go wrong in their pages unnoticed."""
    contexts = [browser.new_context(viewport={"width": 1280, "height": 720}) for _ in range(3)]
    errors: list[str] = []
    for context in contexts:
        context.set_default_timeout(1000 * PATIENCE)
        context.on("weberror", lambda error: errors.append(str(error.error)))
    yield contexts
    for context in contexts:
        context.close()
    assert errors == []


def seats(teacher: Teacher) -> dict[str, tuple[str, int]]:
    """How each seat stands, by its name: its state and epoch."""
    return {
        str(seat.get_attribute("data-name")): (
            str(seat.get_attribute("data-state")),
            int(seat.get_attribute("data-epoch") or 0),
        )
        for seat in teacher.page.get_by_test_id("seat").all()
    }


def all_connected(teacher: Teacher, beyond: dict[str, int]) -> bool:
    """Whether these and nobody else are there, and have trained for longer than this."""
    now = seats(teacher)
    return now.keys() == beyond.keys() and all(
        state == "connected" and epoch > beyond[name] for name, (state, epoch) in now.items()
    )


def test_after_a_kill_room_seats_what_was_sent_and_runs_are_there_again(
    own_app: Callable[..., ServedApp], contexts: list[BrowserContext]
) -> None:
    app = own_app().wait_until_loaded()
    teacher = Teacher(contexts[0].new_page(), app).open_a_room().press("Go to the room")
    learners = [ClassLearner(each.new_page(), app).goto(f"room={teacher.code}").join() for each in contexts[1:]]
    teacher.send_link(EXPERIMENT, "Learning rate")
    for learner in learners:
        expect(learner.page.get_by_role("combobox", name="Optimizer")).to_be_hidden()
        learner.until_stage("ready").press("Play")
    names = [learner.name for learner in learners]
    teacher.wait(lambda: all_connected(teacher, dict.fromkeys(names, 20)))
    before = {name: epoch for name, (_, epoch) in seats(teacher).items()}
    app.kill()
    app.start()
    teacher.wait(lambda: all_connected(teacher, before))
    for learner, name in zip(learners, names, strict=True):
        assert learner.name == name
        expect(learner.page.get_by_role("combobox", name="Learning rate")).to_have_value("0.1")
        expect(learner.page.get_by_role("combobox", name="Optimizer")).to_be_hidden()
    learners[0].page.close()
    again = ClassLearner(contexts[1].new_page(), app).goto(f"room={teacher.code}").until(role="learner")
    assert again.name == names[0]
    assert seats(teacher).keys() == set(names)
