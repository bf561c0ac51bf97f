"""Which value won: said of a wall with one axis and several seeds."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.wall.conftest import Mount
from tests.wall.seen import of, play_to

ONE_AXIS = {"rows": None, "seeds": 3}


def test_the_best_value_is_told_with_its_mean_over_the_seeds(mount: Mount) -> None:
    wall = mount(**ONE_AXIS)
    winner = wall.page.get_by_test_id("winner")
    expect(winner).to_be_hidden()
    epoch = play_to(wall, 30)
    accuracy = of(wall).figures(epoch, epoch + 1)[0, :, 3].astype(float).reshape(-1, 3).mean(axis=1)
    assert accuracy.argmax() == 6
    expect(winner).to_have_text(
        f"Best: learning rate 1 (mean test accuracy {100 * accuracy[6]:.1f}\u202f% over 3 seeds)"
    )


def test_a_regression_is_judged_by_its_loss(mount: Mount) -> None:
    wall = mount(**ONE_AXIS, regression=True)
    epoch = play_to(wall, 30)
    loss = of(wall).figures(epoch, epoch + 1)[0, :, 2].astype(float).reshape(-1, 3).mean(axis=1)
    expect(wall.page.get_by_test_id("winner")).to_contain_text(f"mean test loss {loss.min():.4f} over 3 seeds")


def test_a_value_of_which_a_seed_diverged_is_no_winner(mount: Mount) -> None:
    wall = mount(**ONE_AXIS, diverging={18: 4})
    play_to(wall, 30)
    expect(wall.page.get_by_test_id("winner")).to_contain_text("Best: learning rate 0.3 (")


def test_a_wall_of_two_axes_or_of_one_seed_names_no_winner(mount: Mount) -> None:
    for settings in ({"seeds": 3}, {"rows": None}, {"rows": None, "columns": None, "seeds": 3}):
        wall = mount(**settings)
        play_to(wall, 3)
        expect(wall.page.get_by_test_id("winner")).to_be_hidden()
