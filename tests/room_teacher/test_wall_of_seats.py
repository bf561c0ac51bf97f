"""The wall of seats: what stands at each, in which order, who is selected; and nothing moves or loses the keyboard."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect

from tests.room_teacher.conftest import Mounted
from tests.room_teacher.made_room import bars, facts, name_of, room, seat, sent, tiles

Mount = Callable[..., Mounted]
HOSTILE = '<img src=x onerror="window.broken = 1"><b>bold</b>'
RTL = "\u202eevil\u202c مرحبا"


def _four(mount: Mount, **how: Any) -> Mounted:
    dashboard = mount(**how)
    dashboard.room(room([seat(n) for n in range(1, 5)]))
    dashboard.packed(tiles(*(facts(n, best=0.5 + 0.1 * n) for n in range(1, 5))))
    return dashboard


def _look_elsewhere(dashboard: Mounted) -> None:
    dashboard.page.mouse.move(3, 3)
    dashboard.page.evaluate("document.activeElement.blur()")


def test_a_tile_says_all_that_a_teacher_wants_to_know(mount: Mount) -> None:
    dashboard = mount()
    answers = [{"sent": 1, "step": 2, "asked": "predict", "text": "a ring"}]
    seats = [
        seat(1, step=2, answers=answers, guest=True),
        seat(2, state="away"),
        seat(3, state="waiting"),
        seat(4, own=True),
    ]
    dashboard.room(room(seats, sent=sent()))
    dashboard.packed(
        tiles(
            facts(1, epoch=1234, accuracy=0.9512, best=0.97, reached=True, stuck="It is flat."),
            facts(4, stuck="It stands still."),
        )
    )
    tile = dashboard.tile("Brave Otter")
    for words in ("guest", "95.1\u202f%, best 97.0\u202f%", "Epoch 1,234 · step 2 ✓", "predicts: a ring"):
        expect(tile).to_contain_text(words)
    expect(tile).not_to_contain_text("stuck")
    data = tile.evaluate("node => ({...node.dataset})")
    assert data["stuck"] == "false"
    assert (data["name"], data["state"], data["epoch"], data["accuracy"]) == (
        "Brave Otter",
        "connected",
        "1234",
        "0.9512",
    )
    expect(dashboard.tile("Calm Heron")).to_contain_text("away")
    expect(dashboard.tile("Zesty Yak")).to_contain_text("waits to be let in")
    expect(dashboard.tile("Agile Panda")).to_contain_text("stuck: It stands still.")
    expect(dashboard.tile("Agile Panda")).to_contain_text("something of their own")
    expect(dashboard.page.get_by_test_id("head-count")).to_have_text("2 of 3 connected, 1 waiting")


def test_what_is_sent_to_some_takes_no_answer_and_no_step_from_the_others(mount: Mount) -> None:
    dashboard = mount()
    answer = {"sent": 1, "step": 2, "asked": "predict", "text": "a ring"}
    seats = [seat(1, step=2, answers=[answer]), seat(2, answers=[{**answer, "sent": 2, "step": 0, "text": "a line"}])]
    history = [sent(1), sent(2, kind="experiment", steps=0, to=[2])]
    asked = [bars(("a ring", 1, 0), step=2), bars(("a line", 1, 0), sent=2, step=0)]
    dashboard.room(room(seats, sent=history[-1], history=history, bars=asked))
    expect(dashboard.tile("Brave Otter")).to_contain_text("predicts: a ring")
    expect(dashboard.tile("Brave Otter")).to_contain_text("step 2")
    expect(dashboard.tile("Calm Heron")).to_contain_text("predicts: a line")
    expect(dashboard.tile("Calm Heron")).not_to_contain_text("step")
    dashboard.tile("Brave Otter").click()
    expect(dashboard.page.get_by_test_id("shoulder")).to_contain_text("step 2")
    dashboard.press("Answers")
    assert dashboard.page.get_by_label("Question").locator("option").all_text_contents() == [
        "Step 2: Which line? (sent to all)",
        "Which line? (sent to some)",
    ]


def test_names_and_answers_stay_text_whatever_they_look_like(mount: Mount) -> None:
    dashboard = mount()
    answers = [{"sent": 1, "step": 1, "asked": "predict", "text": HOSTILE}]
    dashboard.room(
        room(
            [seat(1, name=HOSTILE, answers=answers, note=HOSTILE), seat(2, name=RTL)],
            sent=sent(title=HOSTILE),
            unsaved=HOSTILE,
            bars=[{"sent": 1, "step": 1, "title": HOSTILE, "bars": [{"text": HOSTILE, "predicted": 1, "observed": 0}]}],
            projected={"what": "pins", "pins": [1, 2], "shown": 0, "code": True},
        )
    )
    dashboard.packed(tiles(facts(1, stuck=HOSTILE, title=HOSTILE, sentence=HOSTILE, link="javascript:alert(1)")))
    for press in ("Answers", "On the projector", "Challenges"):
        dashboard.press(press)
    dashboard.page.get_by_test_id("seat").first.press("Enter")
    dashboard.heard({"type": "not_done", "message": HOSTILE})
    assert dashboard.page.locator("[data-testid=dashboard] :is(img, b)").count() == 0
    assert dashboard.page.evaluate("window.broken") is None
    assert dashboard.names == [HOSTILE, RTL]
    link = dashboard.page.get_by_text("Open a copy on Play")
    assert "javascript" not in (link.get_attribute("href") or "")
    # A name that turns the direction turns nothing outside its own tile.
    assert dashboard.page.locator("[data-testid=seat] bdi").count() == 2


def test_boundaries_of_two_classes_several_and_of_a_regression_are_painted(mount: Mount) -> None:
    dashboard = mount()
    dashboard.room(room([seat(n) for n in range(1, 5)]))
    kinds: list[dict[str, Any]] = [
        {},
        {"n_classes": 3, "values": 3},
        {"task": "regression", "n_classes": 0, "lo": -1.0, "hi": 1.0},
        {"cells": 0},
    ]
    dashboard.packed(tiles(*(facts(n, **kind) for n, kind in enumerate(kinds, 1))))
    colors = """canvas => {
        if (canvas.width !== 48) return 0;
        const {data} = canvas.getContext('2d').getImageData(0, 0, 48, 48);
        const strongest = new Set();
        for (let i = 0; i < data.length; i += 4) {
            strongest.add([0, 1, 2].reduce((a, b) => data[i + b] > data[i + a] ? b : a, 0));
        }
        return strongest.size;
    }"""
    painted = [
        dashboard.page.locator("[data-testid=seat] canvas").nth(i).evaluate(colors) for i in range(4)
    ]  # orange and blue; and green; shades of both; nothing yet
    assert painted[0] == 2 and painted[1] == 3 and painted[2] >= 1 and painted[3] == 0


def test_thirty_tiles_are_on_one_screen_and_sixty_are_reached_by_scrolling(mount: Mount) -> None:
    dashboard = mount()
    fits = """() => [...document.querySelectorAll('[data-testid=seat]')].filter(node => {
        const box = node.getBoundingClientRect();
        return box.top >= 0 && box.bottom <= innerHeight && box.left >= 0 && box.right <= innerWidth;
    }).length"""
    for size in ((1280, 720), (1440, 900), (1024, 768), (1920, 1080)):
        dashboard.page.set_viewport_size({"width": size[0], "height": size[1]})
        dashboard.room(room([seat(n) for n in range(1, 31)], sent=sent(), open_to=1, timer_in=70.0))
        dashboard.page.wait_for_function(f"({fits})() === 30")
        assert dashboard.page.evaluate("document.documentElement.scrollHeight <= innerHeight")
    dashboard.page.set_viewport_size({"width": 1280, "height": 720})
    dashboard.room(room([seat(n) for n in range(1, 61)]))
    dashboard.tile(name_of(60)).scroll_into_view_if_needed()
    expect(dashboard.tile(name_of(60))).to_be_in_viewport(ratio=0.95)
    smallest = dashboard.page.eval_on_selector_all(
        "[data-testid=seat] canvas", "all => Math.min(...all.map(each => each.getBoundingClientRect().width))"
    )
    assert smallest >= 50


def test_seats_are_sorted_and_filtered_at_once_when_the_teacher_says_so(mount: Mount) -> None:
    dashboard = _four(mount)
    dashboard.page.get_by_label("Sort").select_option("accuracy")
    assert dashboard.names == ["Agile Panda", "Zesty Yak", "Calm Heron", "Brave Otter"]
    dashboard.page.get_by_label("Sort").select_option("name")
    assert dashboard.names == ["Agile Panda", "Brave Otter", "Calm Heron", "Zesty Yak"]
    dashboard.page.get_by_label("Find a name").fill("HERON")
    assert dashboard.names == ["Calm Heron"]
    dashboard.page.get_by_label("Find a name").fill("")
    dashboard.page.get_by_label("Show", exact=True).select_option("stuck")
    assert dashboard.names == []
    expect(dashboard.page.get_by_text("Nobody is so now.")).to_be_visible()


def test_order_follows_what_changes_every_two_seconds_and_never_under_the_pointer_or_the_keyboard(
    mount: Mount,
) -> None:
    dashboard = _four(mount, clocked=True)
    clock = dashboard.page.clock
    dashboard.page.get_by_label("Sort").select_option("accuracy")
    best_first = ["Agile Panda", "Zesty Yak", "Calm Heron", "Brave Otter"]
    dashboard.packed(tiles(facts(1, best=0.99)))
    assert dashboard.names == best_first  # not yet
    clock.run_for(2100)
    assert dashboard.names == ["Brave Otter", "Agile Panda", "Zesty Yak", "Calm Heron"]

    dashboard.tile("Calm Heron").focus()
    dashboard.packed(tiles(facts(2, best=1.0)))
    clock.run_for(9000)
    dashboard.packed(tiles(facts(2, best=1.0)))
    assert dashboard.names[3] == dashboard.focused == "Calm Heron"
    _look_elsewhere(dashboard)
    clock.run_for(2100)
    assert dashboard.names[0] == "Calm Heron"

    dashboard.tile("Agile Panda").hover()
    dashboard.packed(tiles(facts(4, best=1.5)))
    clock.run_for(9000)
    assert dashboard.names[0] == "Calm Heron"
    dashboard.room(room([seat(n) for n in range(1, 6)]))  # who comes meanwhile stands last
    assert dashboard.names[4] == "Merry Tern"
    dashboard.page.mouse.move(3, 3)
    clock.run_for(2100)
    assert dashboard.names[0] == "Agile Panda"


def test_sixty_seats_with_ten_updates_a_second_keep_the_keyboard_and_rebuild_nothing(mount: Mount) -> None:
    dashboard = mount()
    dashboard.room(room([seat(n) for n in range(1, 61)]))
    dashboard.packed(tiles(*(facts(n) for n in range(1, 61))))
    dashboard.tile(name_of(7)).focus()
    dashboard.page.evaluate("""() => {
        window.made = 0;
        const changed = ({addedNodes, removedNodes}) => addedNodes.length + removedNodes.length;
        new MutationObserver(all => { for (const each of all) window.made += changed(each); })
            .observe(document.querySelector('[data-testid=dashboard]'), {childList: true, subtree: true});
    }""")
    views = [room([seat(n, step=1 + turn % 3) for n in range(1, 61)], timer_in=60.0 - turn) for turn in range(2)]
    frames = [tiles(*(facts(n, epoch=100 * n + turn) for n in range(1, 61))) for turn in range(2)]
    # A second's worth of it, measured against an empty loop over the same decoding in the same page.
    cost = dashboard.page.evaluate(
        """async ([views, frames]) => {
            const took = [];
            for (let turn = 0; turn < 30; turn++) {
                const from = performance.now();
                harness.packed(frames[turn % 2]);
                harness.room(views[turn % 2]);
                took.push(performance.now() - from);
                await new Promise(requestAnimationFrame);
            }
            return took.toSorted((a, b) => a - b)[15];
        }""",
        [views, frames],
    )
    print(f"one update of 60 seats: {cost:.1f} ms of the page's time")
    assert dashboard.page.evaluate("window.made") == 0
    assert dashboard.focused == name_of(7)
    expect(dashboard.tile(name_of(60))).to_have_attribute("data-epoch", "6001")


def test_arrow_keys_go_from_tile_to_tile_and_one_alone_is_reached_by_tab(mount: Mount) -> None:
    dashboard = mount()
    dashboard.room(room([seat(n) for n in range(1, 31)]))
    assert dashboard.page.locator("[data-testid=seat][tabindex='0']").count() == 1
    dashboard.page.locator("[data-testid=seat][tabindex='0']").focus()
    press = dashboard.page.keyboard.press
    press("ArrowRight")
    assert dashboard.focused == name_of(2)
    below = dashboard.page.evaluate("""() => {
        const all = [...document.querySelectorAll('[data-testid=seat]')];
        const box = all[1].getBoundingClientRect();
        const isBelow = ({left, top}) => left === box.left && top > box.top;
        return all.find(each => isBelow(each.getBoundingClientRect())).dataset.name;
    }""")
    press("ArrowDown")
    assert dashboard.focused == below
    press("End")
    assert dashboard.focused == name_of(30)
    press("ArrowRight")
    assert dashboard.focused == name_of(30)
    press("Home")
    assert dashboard.focused == name_of(1)


def test_tiles_are_selected_by_keys_clicks_and_a_button_for_those_who_have_neither(mount: Mount) -> None:
    dashboard = _four(mount)

    def chosen() -> list[str]:
        return dashboard.page.eval_on_selector_all("[aria-selected=true]", "all => all.map(each => each.dataset.name)")

    dashboard.tile("Brave Otter").click(modifiers=["Control"])
    dashboard.tile("Zesty Yak").click(modifiers=["Shift"])
    assert chosen() == ["Brave Otter", "Calm Heron", "Zesty Yak"]
    expect(dashboard.page.get_by_role("button", name="Send to these (3)")).to_be_visible()
    dashboard.tile("Calm Heron").press(" ")
    assert chosen() == ["Brave Otter", "Zesty Yak"]
    dashboard.page.keyboard.press("Escape")
    assert chosen() == []
    expect(dashboard.page.get_by_role("button", name="Send to these")).to_have_count(0)
    dashboard.tile("Calm Heron").press("Shift+ArrowRight")
    assert chosen() == ["Calm Heron", "Zesty Yak"]
    dashboard.page.keyboard.press("Control+a")
    assert len(chosen()) == 4
    dashboard.press("Select none")
    dashboard.press("Select")
    dashboard.tile("Agile Panda").click()
    assert chosen() == ["Agile Panda"]
    assert dashboard.said == []  # nobody was looked at
    dashboard.press("Select")
    assert chosen() == []
    expect(dashboard.page.get_by_role("button", name="Send to these")).to_have_count(0)


def test_whoever_waits_is_let_in_from_the_tile_or_all_at_once(mount: Mount) -> None:
    dashboard = mount()
    dashboard.room(room([seat(1), seat(2, state="waiting"), seat(3, state="waiting")]))
    assert dashboard.names == ["Calm Heron", "Zesty Yak", "Brave Otter"]
    dashboard.tile("Zesty Yak").get_by_role("button", name="Admit").click()
    assert dashboard.said == [{"type": "admit", "seat": 3}]
    dashboard.press("Admit all (2)")
    assert dashboard.last("admit") == {"type": "admit", "seat": None}
    dashboard.room(room([seat(1), seat(2), seat(3)]))
    expect(dashboard.page.get_by_role("button", name="Admit")).to_have_count(0)


def test_when_a_seat_goes_the_keyboard_goes_to_the_one_beside(mount: Mount) -> None:
    dashboard = _four(mount)
    dashboard.tile("Zesty Yak").click(modifiers=["Control"])
    dashboard.tile("Zesty Yak").focus()
    dashboard.room(room([seat(1), seat(2), seat(4)]))
    assert dashboard.names == ["Brave Otter", "Calm Heron", "Agile Panda"]
    assert dashboard.focused == "Agile Panda"
    expect(dashboard.page.get_by_role("button", name="Send to these")).to_have_count(0)


def test_screen_readers_are_told_at_most_once_in_five_seconds(mount: Mount) -> None:
    dashboard = mount(clocked=True)
    dashboard.room(room([seat(1)]))
    told = dashboard.page.get_by_test_id("told")
    assert told.text_content() == "1 of 1 connected."
    dashboard.room(room([seat(1), seat(2)], state="paused"))
    assert told.text_content() == "1 of 1 connected."
    dashboard.page.clock.run_for(5100)
    assert told.text_content() == "The class is paused. 2 of 2 connected."
