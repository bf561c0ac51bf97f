"""Named experiments to start from, one JSON file each beside this one, in teaching order by file name."""

from __future__ import annotations

from functools import cache
from importlib import resources

from playground.core.experiment import Experiment
from playground.core.parts import Part


class View(Part):
    """What a run is looked at with. It is no part of the experiment."""

    test_points: bool = False
    """Whether the points held back are drawn too."""

    @property
    def switches(self) -> tuple[str, ...]:
        """The names of what is on."""
        return tuple(name for name, on in self if on)


class Step(Part):
    """One run of a preset: a link's query and what to call it."""

    label: str
    query: dict[str, str]
    view: View = View()

    @property
    def experiment(self) -> Experiment:
        """The experiment this step's link opens."""
        return Experiment.from_query(self.query)[0]


class Preset(Part):
    """A named experiment: the first step is what a click opens, further steps are runs to compare it with."""

    name: str
    question: str
    """What the learner is asked to predict, one sentence."""
    what_to_see: str
    """What the runs show."""
    steps: tuple[Step, ...]


@cache
def load_presets() -> tuple[Preset, ...]:
    """All presets in teaching order."""
    files = [file for file in resources.files(__name__).iterdir() if file.name.endswith(".json")]
    files.sort(key=lambda file: file.name)
    return tuple(Preset.model_validate_json(file.read_text(encoding="utf-8")) for file in files)
