"""Which plane of many inputs is shown: a matter of the page, for which nothing is trained anew."""

from __future__ import annotations

import numpy as np

from playground.core import Experiment, make_dataset
from playground.core.inputs import plane_of
from playground.core.query import of_link
from playground.runtime.protocol import page
from playground.runtime.protocol.closing import CloseCode
from playground.runtime.scene import first_view, scene_of
from playground.runtime.server.live_run import LiveRun
from tests.runtime.workbench import Workbench, frame_of, messages_of, train

IRIS = Experiment.from_query({"dataset": "iris", "hidden": "3", "epochs": "50"})[0]
SHOWN = IRIS.showing((3, 4))


def test_runs_that_show_other_planes_share_a_training() -> None:
    bench = Workbench()
    one, other = bench.run(IRIS), bench.run(SHOWN)
    assert one.training is other.training
    train(one, 5)
    train(other, 2)
    assert one.training.newest == 5


def test_a_run_that_shows_another_plane_goes_on_where_it_is() -> None:
    run = Workbench().run(IRIS)
    train(run, 4)
    training = run.training
    run.adjust(SHOWN)
    header, _arrays = frame_of(run)
    assert run.training is training and header["epoch"] == 4
    assert [header["x1"], header["x2"]] == [list(each) for each in first_view(SHOWN.data)]
    assert of_link(run.standing["course"]["link"]) == SHOWN.to_query()
    run.rewind()
    messages_of(run)
    run.adjust(IRIS)
    assert of_link(run.standing["course"]["link"]) == IRIS.to_query()


def test_a_page_is_told_of_the_points_as_they_lie_in_the_plane() -> None:
    dataset = make_dataset(IRIS.data)
    for experiment in (IRIS, SHOWN):
        header, arrays = scene_of(experiment, shown_points=1000)
        plane = plane_of(experiment.data)
        np.testing.assert_array_equal(arrays["train_x"], plane.coordinates(dataset.X_train).astype(np.float32))
        facts = header["experiment"]
        assert (tuple(facts["axes"]), facts["held"]) == (plane.titles, plane.held)
        assert facts["classes"] == ("setosa", "versicolor", "virginica")
        assert facts["features"] == IRIS.data.inputs and not facts["uses_features"]
        assert header["summary"] == "4 inputs → 3 tanh → 3 softmax"


def test_the_unit_of_a_number_that_is_learnt_is_told() -> None:
    facts = scene_of(Experiment.from_query({"dataset": "diabetes"})[0], shown_points=10)[0]["experiment"]
    assert facts["target"].startswith("progression (0 is 1")
    raw = scene_of(Experiment.from_query({"dataset": "diabetes", "scaled": "false"})[0], shown_points=10)[0]
    assert raw["experiment"]["target"] == "progression"


class Viewer:
    """A page that only remembers why it was dismissed."""

    def __init__(self) -> None:
        self.codes: list[CloseCode] = []

    def send(self, message: bytes) -> None: ...

    def dismiss(self, code: CloseCode) -> None:
        self.codes.append(code)


def test_a_page_connects_again_for_another_plane_and_its_zoom_is_forgotten() -> None:
    run, viewer = LiveRun(IRIS), Viewer()
    run.welcome(viewer)
    run.tell(page.VisiblePlane(x1=(0, 1), x2=(0, 1)))
    run.adjust(IRIS.with_epochs(80))
    assert viewer.codes == [] and run.intent.plane is not None
    run.adjust(SHOWN.with_epochs(80))
    assert viewer.codes == [CloseCode.ANOTHER_PLANE]
    assert run.intent.plane is None
