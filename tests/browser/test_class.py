"""A class in real browsers: joining, what is sent and shown, their own, a pause, and a server that starts again."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.axe import faults
from tests.browser.class_room import ClassLearner, Teacher, open_room
from tests.served_app import PATIENCE, SCHEMES, Scheme, ServedApp

pytestmark = pytest.mark.slow

Seat = Callable[..., ClassLearner]


@pytest.fixture
def people(browser: Browser) -> Iterator[Callable[[], BrowserContext]]:
    """A browser of its own for each person; nothing may go wrong in their pages unnoticed."""
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def another() -> BrowserContext:
        context = browser.new_context(viewport={"width": 1280, "height": 720})
        context.set_default_timeout(1000 * PATIENCE)
        context.on("weberror", lambda error: errors.append(str(error.error)))
        contexts.append(context)
        return context

    yield another
    assert errors == []
    for context in contexts:
        context.close()


@pytest.fixture
def teacher(app: ServedApp, people: Callable[[], BrowserContext]) -> Teacher:
    return open_room(people().new_page(), app)


@pytest.fixture
def learner(app: ServedApp, people: Callable[[], BrowserContext], teacher: Teacher) -> ClassLearner:
    return ClassLearner(people().new_page(), app).join(teacher.code)


def value_of(page: Page, label: str) -> str:
    return page.get_by_test_id("stSidebar").get_by_label(label, exact=True).input_value()


def test_a_room_is_opened_and_joined_by_its_code_and_a_key_in_a_link_makes_a_teacher(
    app: ServedApp, people: Callable[[], BrowserContext], teacher: Teacher
) -> None:
    page = people().new_page()
    page.goto(app.url(place="class"))
    page.get_by_label("Code of the room").fill(teacher.code.lower())
    for _ in range(2):  # the code, then the name
        page.get_by_role("button", name="Join", exact=True).click()
    expect(page.locator("[data-testid=room][data-role=learner]")).to_be_attached()
    expect(page).to_have_url(app.url({"room": teacher.code}, "class"))
    other = people().new_page()
    other.goto(app.url({"room": teacher.code}, "class") + f"#key={teacher.key}")
    expect(other.locator("[data-testid=room][data-role=teacher][data-learners='1']")).to_be_attached()
    assert teacher.key not in other.url
    expect(other.get_by_test_id("seat")).to_have_count(1)


def test_a_reload_and_a_second_tab_have_the_same_seat(app: ServedApp, learner: ClassLearner, teacher: Teacher) -> None:
    name = learner.name
    learner.page.reload()
    learner.until_state("ready")
    assert learner.name == name
    second = learner.page.context.new_page()
    second.goto(app.url({"room": teacher.code}, "class"))
    expect(second.get_by_test_id("my-name")).to_have_text(name)
    assert teacher.seat()["name"] == name


def test_an_experiment_a_wall_and_a_lesson_are_shown_as_they_are_sent(learner: ClassLearner, teacher: Teacher) -> None:
    page = learner.page
    learner.expect_title("Nothing was sent yet: try what you like.")
    teacher.say(type="send", link="?dataset=spiral&hidden=8,8&learning_rate=0.1", free=["learning_rate"])
    expect(page.get_by_test_id("stSidebar").get_by_text("Yours to change")).to_be_visible()
    learner.until_state("ready").press("Play").until_epoch(3).press("Pause")
    assert value_of(page, "Learning rate") == "0.1"
    expect(page.get_by_test_id("stSidebar").get_by_label("Hidden layers")).to_have_count(0)
    teacher.say(type="send", link="?columns=hidden:2|4")
    expect(page.get_by_test_id("wall")).to_be_visible()
    teacher.say(type="open_up_to", step=1)
    teacher.say(type="send", link="?lesson=line_and_ring")
    lesson = page.get_by_test_id("lesson")
    expect(lesson).to_contain_text("Your teacher has opened step 1.")
    expect(lesson.get_by_role("button", name="Next step")).to_be_disabled()
    lesson.get_by_role("radio").first.check()
    lesson.get_by_role("button", name="Predict", exact=True).click()
    learner.wait(lambda: [answer["asked"] for answer in teacher.seat()["answers"]] == ["predict"])
    teacher.say(type="open_up_to", step=None)
    lesson.get_by_role("button", name="Next step").click()
    learner.wait(lambda: teacher.seat()["step"] == 2)


def test_their_own_is_as_they_left_it_and_so_is_what_was_sent(learner: ClassLearner, teacher: Teacher) -> None:
    page = learner.page
    assert value_of(page, "Hidden layers") == "2"
    teacher.say(type="send", link="?dataset=moons&hidden=3")
    learner.expect_title(teacher.look()["sent"]["title"])
    for _ in range(3):
        learner.press("Something of my own").expect_title("Something of my own")
        expect(page.get_by_test_id("stSidebar").get_by_label("Hidden layers", exact=True)).to_have_value("2")
        learner.press("Back to the class").expect_title(teacher.look()["sent"]["title"])
        expect(page.get_by_test_id("stSidebar").get_by_label("Hidden layers", exact=True)).to_have_value("1")


def test_while_the_class_is_paused_its_pages_say_so_and_training_rests(learner: ClassLearner, teacher: Teacher) -> None:
    learner.press("Play").until_epoch(2)
    learner.wait(lambda: teacher.seat()["state"] == "connected")
    teacher.say(type="pause_class")
    expect(learner.page.get_by_test_id("class-state")).to_have_text("The class is paused.")
    learner.until_state("paused")
    teacher.say(type="go_on")
    expect(learner.page.get_by_test_id("class-state")).to_be_hidden()
    learner.until_state("playing")


def test_a_page_outlasts_its_server_with_its_seat_what_was_sent_and_its_run(
    own_app: Callable[..., ServedApp], people: Callable[[], BrowserContext]
) -> None:
    app = own_app().wait_until_loaded()
    teacher = open_room(people().new_page(), app)
    learner = ClassLearner(people().new_page(), app).join(teacher.code)
    name = learner.name
    teacher.say(type="send", link="?dataset=moons&hidden=3", free=["learning_rate"])
    learner.expect_title(teacher.look()["sent"]["title"]).until_state("ready")
    learner.press("Play").until_epoch(5).press("Pause").until_state("paused")
    epoch = learner.epoch
    learner.wait(lambda: teacher.seat()["name"] == name)
    learner.page.wait_for_function("() => !document.querySelector('[data-test-script-state=running]')")
    app.stop()
    expect(learner.page.get_by_text("Connection lost. Reconnecting…").first).to_be_visible()
    app.start()
    learner.wait(lambda: teacher.seat()["state"] == "connected")
    assert learner.name == name
    learner.until("+d.epoch >= a && d.state !== 'reconnecting' && d.state !== 'loading'", epoch)
    assert value_of(learner.page, "Learning rate") == "0.03"


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("size", [(390, 844), (1024, 768), (1280, 720)], ids=str)
def test_a_learners_page_keeps_nobody_out_and_from_a_small_laptop_up_is_one_screen(
    learner: ClassLearner, teacher: Teacher, size: tuple[int, int], scheme: Scheme
) -> None:
    teacher.say(type="timer", seconds=600)
    teacher.say(type="send", link="?dataset=spiral", free=["learning_rate"], question="What comes?", choices=["A", "B"])
    expect(learner.page.get_by_test_id("class-prediction")).to_be_visible()
    learner.resize(size).in_scheme(scheme)
    assert faults(learner.page) == []
    learner.page.get_by_label("B", exact=True).check()
    learner.press("Predict")
    expect(learner.page.get_by_test_id("class-prediction")).to_have_count(0)
    learner.until_state("ready")
    if size[0] >= 1024:
        page = learner.page
        learner.expect_on_one_screen(
            page.locator(".kp-class-bar"), page.locator(".kp-boundary"), page.locator(".kp-curves")
        )
