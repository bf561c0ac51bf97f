"""How many epochs a worker says to have trained: those that its networks have come to."""

from __future__ import annotations

from playground.core import Experiment, Train
from playground.runtime.jobs.trained import trained
from playground.runtime.protocol import page
from playground.runtime.worker.heart import Heart
from playground.runtime.worker.messages import Alive, Answer
from tests.runtime.runs import OpenRun
from tests.runtime.search_bench import SearchBench
from tests.runtime.wall_bench import WallBench

WALL = "samples=30&hidden=2&rows=epochs:2|3&columns=learning_rate:0.01|0.1&seeds=2"
SEARCH = "samples=40&hidden=3&batch_size=20&search=learning_rate&sampler=random&search_epochs=9&trials=5&seconds=1000"


class NoDiary:
    def working_on(self, job: str) -> None:
        pass

    def compiling(self, key: str) -> None:
        pass


def test_a_run_counts_each_of_its_epochs(open_run: OpenRun) -> None:
    before = trained.epochs
    run = open_run(Experiment(train=Train(epochs=7)))
    run.welcome(2)
    run.hear(page.Play(epochs_per_frame=1))
    while run.standing["state"] != "finished":
        run.hear(page.Credit())
        run.turn()
    assert trained.epochs - before == 7


def test_a_wall_counts_the_epochs_of_each_of_its_networks_and_not_those_it_is_taken_up_from() -> None:
    before = trained.epochs
    bench = WallBench(WALL)
    bench.rest()
    bench.train(2)
    assert trained.epochs - before == 8 * 2
    successor = WallBench(WALL, bench.kept())
    successor.rest()
    assert trained.epochs - before == 8 * 2
    successor.rest(page.Play(epochs_per_frame=1))
    assert trained.epochs - before == 4 * 2 + 4 * 3


def test_a_search_counts_the_epochs_of_all_its_trials() -> None:
    before = trained.epochs
    bench = SearchBench(SEARCH)
    _header, arrays = bench.play()
    assert trained.epochs - before == arrays["epochs"].sum() * bench.search.seeds


def test_a_worker_says_what_it_has_trained_since_its_start() -> None:
    said: list[Answer] = []
    trained.add(5)
    heart = Heart(said.extend, NoDiary(), lambda: 0.0)
    heart.beat()
    trained.add(3)
    heart.beat()
    assert said == [Alive(0.0), Alive(0.0, 3)]
