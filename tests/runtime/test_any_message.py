"""Whatever a page says to whatever network: the worker lives, no run fails, and its neighbour loses no frame."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from playground.core import Experiment
from playground.core.rates import Rates
from playground.runtime import views  # noqa: F401  declares the options of all views
from playground.runtime.protocol import page
from playground.runtime.protocol.message import FARTHEST
from playground.runtime.protocol.show import ViewOptions
from playground.runtime.worker.messages import Adjust
from tests.runtime.lone_worker import LoneWorker

ORDINARY = "ordinary"
OVERFLOWING = (
    "dataset=blobs&deviation=0.000001&centers=0,0,0,0&features=x1sq,x2sq&standardize=true&hidden=32,32,32,32,32"
    "&activation=linear&init=normal&init_deviation=100&output=softmax"
)
TINY = "samples=20&hidden=2"
NETWORKS: dict[str, str] = {
    "overflowing": OVERFLOWING,
    "without hidden layers": "samples=20&hidden=&learning_rate=100",
    "early stopping": f"{TINY}&epochs=4&patience=1&restore_best=true&l1=10",
    "regression": f"dataset=plane&{TINY}&activation=linear&init=normal&init_deviation=100&learning_rate=100",
    "hinge": f"{TINY}&loss=hinge&output=tanh&learning_rate=100&init=normal&init_deviation=100",
    "six classes": f"dataset=blobs&classes=6&{TINY}&activation=linear&init=normal&init_deviation=100&batch_norm=true",
    "zeros": f"{TINY},2,2&init=zeros&dropout=0.9&epochs=2&activation=relu",
}
"""Links to networks that overflow, diverge at once or soon, end soon, or have nothing to say."""

Act = Callable[[LoneWorker, str], None]


def experiment_of(link: str) -> Experiment:
    experiment, refused = Experiment.from_query(dict(part.split("=", 1) for part in link.split("&")))
    assert refused == []
    return experiment


coordinates = st.sampled_from([-FARTHEST, -1.0, -1e-300, 0.0, 1e-6, 1.0, FARTHEST]) | st.floats(-FARTHEST, FARTHEST)
bounds = st.one_of(
    st.sampled_from([(-FARTHEST, FARTHEST), (FARTHEST - 1e-5, FARTHEST), (0.0, 1e-6), (-6.0, 6.0)]),
    st.tuples(coordinates, coordinates).map(sorted).filter(lambda b: b[1] - b[0] >= 1e-6).map(tuple),
)
few = st.integers(0, 3)
SPECIAL: dict[type, dict[str, st.SearchStrategy[object]]] = {
    page.Play: {"epochs_per_frame": st.sampled_from([0, 1, 2, 1000])},
    page.Speed: {"epochs_per_frame": st.sampled_from([0, 1, 1000])},
    page.Scrub: {"epoch": few | st.integers(0, 10_000)},
    page.VisiblePlane: {"x1": bounds, "x2": bounds},
    page.Probe: {"x1": coordinates, "x2": coordinates},
    page.Show: {"view": st.none() | st.sampled_from(list(ViewOptions.known.values())).flatmap(st.builds)},
    page.Focus: {"layer": st.integers(0, 9), "unit": few | st.integers(0, 127)},
    page.Edit: {
        "layer": few.map(lambda layer: layer + 1),
        "unit": few | st.integers(0, 127),
        "source": st.none() | few,
        "value": coordinates,
    },
}
"""Of each message the fields that are not left to their types."""
messages = st.sampled_from(page.PageMessage.__args__).flatmap(lambda kind: st.builds(kind, **SPECIAL.get(kind, {})))
rates = st.sampled_from([Rates(100.0, 0.0, 0.0), Rates(1e-6, 10.0, 10.0), Rates(0.03, 0.0, 0.0)])


@dataclass(frozen=True)
class Say:
    """A page says this."""

    message: page.PageMessage

    def __call__(self, worker: LoneWorker, job: str) -> None:
        worker.tell(job, self.message)


def _adjust(wanted: Rates) -> Act:
    def act(worker: LoneWorker, job: str) -> None:
        worker.experiments[job] = worker.experiments[job].with_rates(wanted)
        worker.send(Adjust(job, worker.experiments[job]))

    return act


acts: st.SearchStrategy[Act] = st.one_of(
    *[messages.map(Say)] * 12,
    *[st.just(Say(page.Credit()))] * 3,
    *[st.just(Say(page.OneEpoch()))] * 3,
    rates.map(_adjust),
    st.just(LoneWorker.park_and_take_up),
    st.just(LoneWorker.begin_anew),
)
examples = st.lists(st.tuples(st.sampled_from(list(NETWORKS)), acts), min_size=1, max_size=6)


class Neighbours:
    """The networks above and an ordinary run beside them, which plays from frame to frame."""

    def __init__(self) -> None:
        self.worker = LoneWorker()
        for job, link in NETWORKS.items():
            self.worker.open(job, experiment_of(link))
        self.worker.open(ORDINARY, Experiment())
        for job in (*NETWORKS, ORDINARY):
            self.worker.frame(job)
        self.epoch = self.messages = 0
        self.states: Counter[tuple[str, str]] = Counter()
        self.worker.tell(ORDINARY, page.Play(epochs_per_frame=1))
        self.expect_frames(1)

    def try_out(self, steps: list[tuple[str, Act]]) -> None:
        for job, act in steps:
            act(self.worker, job)
            self.messages += isinstance(act, Say)
        self.worker.tell(ORDINARY, page.Credit())
        self.expect_frames(1)
        self.states.update(self.worker.standings.items())

    def expect_frames(self, count: int) -> None:
        """Each credit is answered by a frame, one epoch further."""
        for _ in range(count):
            frame = self.worker.frame(ORDINARY)
            self.epoch += 1
            assert (frame["epoch"], frame["curves_start"]) == (self.epoch, self.epoch)
        if self.epoch > 9000:
            self._start_over()

    def _start_over(self) -> None:
        self.worker.tell(ORDINARY, page.Rewind())
        self.worker.tell(ORDINARY, page.Credit())
        assert self.worker.frame(ORDINARY)["epoch"] == 0
        self.epoch = 0
        self.worker.tell(ORDINARY, page.Play(epochs_per_frame=1))
        self.worker.tell(ORDINARY, page.Credit())
        self.expect_frames(1)


@pytest.fixture(scope="module")
def neighbours() -> Iterator[Neighbours]:
    found = Neighbours()
    yield found
    found.worker.end()


ALL_IN_ONE_PROCESS = settings(
    database=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)


@settings(ALL_IN_ONE_PROCESS, max_examples=100)
@given(examples)
def test_any_message_in_any_state_takes_nothing_from_the_neighbour(
    neighbours: Neighbours, steps: list[tuple[str, Act]]
) -> None:
    neighbours.try_out(steps)


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_ten_thousand_messages_take_nothing_from_the_neighbour(neighbours: Neighbours) -> None:
    before = neighbours.messages

    @settings(ALL_IN_ONE_PROCESS, max_examples=3_300)  # of more than three messages each
    @given(examples)
    def each(steps: list[tuple[str, Act]]) -> None:
        neighbours.try_out(steps)

    each()
    assert neighbours.messages - before >= 10_000
    reached = {state for _job, state in neighbours.states}
    assert {"ready", "playing", "paused", "finished", "diverged"} <= reached


def test_a_probe_where_the_outputs_overflow_is_answered(neighbours: Neighbours) -> None:
    job = "overflowing"
    neighbours.worker.begin_anew(job)
    neighbours.worker.tell(job, page.Probe(x1=1e6, x2=1e6))
    neighbours.try_out([])
    while neighbours.worker.probes[job][-1:] != [(1e6, 1e6)]:
        neighbours.worker.hear()
