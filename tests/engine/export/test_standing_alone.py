"""Functions of ours stand alone: what they read of an experiment becomes constants, and what cannot is refused."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from playground.core import Data
from playground.core.datasets import OwnKnob
from playground.core.datasets.blobs import DEVIATION
from playground.core.datasets.parabolas import SLOPE, parabolas
from playground.engine.export.standing_alone import Alone, NotAloneError

HALF = 0.5
_PRIVATE = 3
TABLE = {"a": 1}
KNOB: OwnKnob[float] = DEVIATION


def _shifted(values: NDArray[Any], by: float) -> NDArray[Any]:
    """Values and a sum: × and − are no ASCII."""
    return values + by  # − and not to be lost


def sampler(data: Data, counts: tuple[int, ...], rng: np.random.Generator) -> NDArray[Any]:
    """Made of all that is taken."""
    from math import sqrt

    found: list[float] = [sqrt(4.0), HALF, _PRIVATE]

    def inner(values: NDArray[Any]) -> NDArray[Any]:
        return _shifted(values * data.noise, by=KNOB.of(data))

    return inner(np.array(found))


def passes_all_on(data: Data, counts: tuple[int, ...], rng: np.random.Generator) -> str:
    return str(data)


def needs_an_object(data: Data, counts: tuple[int, ...], rng: np.random.Generator) -> int:
    return len(TABLE)


def test_a_function_alone_does_what_it_does_here() -> None:
    data = Data(noise=0.25, deviation=2.0)
    alone = Alone(data)
    name = alone.add(sampler)
    assert alone.constants == {"HALF": 0.5, "PRIVATE": 3, "NOISE": 0.25, "KNOB": 2.0}
    assert alone.imports == {"import numpy as np", "from math import sqrt"}
    made: dict[str, Any] = dict(alone.constants)
    exec("\n".join([*alone.imports, *alone.functions]), made)
    rng = np.random.default_rng(0)
    np.testing.assert_array_equal(made[name]((1, 2), rng), sampler(data, (1, 2), rng))
    text = "".join(alone.functions)
    assert "def sampler(counts, rng):" in text and "# − and not to be lost" in text
    assert "NDArray" not in text and "data" not in text


def test_a_function_that_is_needed_twice_is_there_once() -> None:
    alone = Alone(Data())
    assert alone.add(sampler) == alone.add(sampler) == "sampler"
    assert len(alone.functions) == 2


@pytest.mark.parametrize("slope, there", [(0.0, "parabola"), (0.5, "squared_line")])
def test_of_two_ways_that_a_knob_decides_the_chosen_one_is_there(slope: float, there: str) -> None:
    assert SLOPE.name == "slope"
    alone = Alone(Data(dataset="parabolas", slope=slope))
    alone.add(parabolas)
    text = "".join(alone.functions)
    assert [name for name in ("parabola", "squared_line") if f"def {name}(" in text] == [there]
    assert f"return {there}(y, rng), y" in text


@pytest.mark.parametrize("function", [passes_all_on, needs_an_object])
def test_what_needs_more_than_constants_is_refused(function: Any) -> None:
    with pytest.raises(NotAloneError):
        Alone(Data()).add(function)
