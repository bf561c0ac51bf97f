"""Links of TensorFlow Playground: thirty of them beside the experiment each stands for, and any text at all."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from playground.core import Experiment, from_tensorflow_playground, hidden_controls, make_dataset
from playground.core.tensorflow_playground import LONGEST, NAMES, is_link, read_link

OWN = {"init": "playground", "loss": "half_squared", "output": "tanh", "regularization": "playground"}
"""What each of its classifications has here."""
REGRESSION = {**OWN, "output": "auto", "samples": 1200, "dataset": "plane"}
SEED = "seed='{}' is seed"
DEFAULT = (
    "https://playground.tensorflow.org/#activation=tanh&batchSize=10&dataset=circle&regDataset=reg-plane"
    "&learningRate=0.03&regularizationRate=0&noise=0&networkShape=4,2&seed=0.86622&showTestData=false&discretize=false"
    "&percTrainData=50&x=true&y=true&xTimesY=false&xSquared=false&ySquared=false&cosX=false&sinX=false&cosY=false"
    "&sinY=false&collectStats=false&problem=classification&initZero=false&hideText=false"
)

LINKS: list[tuple[str, dict[str, Any], dict[str, str], list[str]]] = [
    # link, fields of the experiment besides the defaults, the rest of our link, how each sentence begins
    (DEFAULT, {"data_seed": 86622, "seed": 86622}, {}, ["seed=0.86622 is seed 86622 here"]),
    ("", {}, {}, []),
    ("#", {}, {}, []),
    ("http://playground.tensorflow.org/", {}, {}, []),
    ("https://example.org/play?x=1#dataset=xor", {"dataset": "xor"}, {}, ["Each class of xor has half"]),
    ("dataset=gauss&noise=50", {"dataset": "gaussians", "noise": 0.5}, {}, []),
    ("dataset=circle&noise=25", {"noise": 0.25}, {}, ["Each class of circle"]),
    ("dataset=spiral&noise=5&percTrainData=80", {"dataset": "spiral", "noise": 0.05, "test": 0.2}, {}, []),
    ("problem=regression", REGRESSION, {}, []),
    ("problem=regression&regDataset=reg-gauss&dataset=xor", {**REGRESSION, "dataset": "hills"}, {}, []),
    ("regDataset=reg-gauss", {}, {}, []),
    ("networkShape=", {"hidden": ()}, {}, []),
    ("networkShape=8%2C8%2C8%2C8%2C8%2C8", {"hidden": (8,) * 6}, {}, []),
    ("activation=relu&learningRate=3", {"activation": ("relu",), "learning_rate": 3.0}, {}, []),
    ("activation=sigmoid&learningRate=1e-5", {"activation": ("sigmoid",), "learning_rate": 0.00001}, {}, []),
    ("activation=linear&batchSize=1", {"activation": ("linear",), "batch_size": 1}, {}, []),
    ("regularization=L1&regularizationRate=0.003", {"l1": 0.003}, {}, []),
    ("regularization=L2&regularizationRate=10", {"l2": 10.0}, {}, []),
    ("regularization=none&regularizationRate=0.3", {}, {}, []),
    (
        "x=false&y=false&xSquared=true&ySquared=true&xTimesY=true&sinX=true&sinY=true",
        {"features": ("x1sq", "x2sq", "x1x2", "sinx1", "sinx2")}, {}, [],
    ),
    ("sinY=true&xTimesY=true", {"features": ("x1", "x2", "x1x2", "sinx2")}, {}, []),
    ("initZero=true", {"init": "zeros"}, {}, []),
    ("showTestData=true&discretize=true", {}, {"test_points": "true", "map": "classes"}, []),
    ("hideText=true", {}, {}, ["hideText has no equal here"]),
    ("batchSize=30", {"batch_size": 30}, {}, ["batchSize=30 leaves 10 of 250 training points"]),
    (
        "batchSize=30&percTrainData=10", {"batch_size": 30, "test": 0.9}, {},
        ["batchSize=30 leaves 20 of 50"],
    ),
    (
        "percTrainData=10&batchSize=60", {"batch_size": 60, "test": 0.9}, {},
        ["batchSize=60 is more than 50 training points"],
    ),
    (
        "playButton_hide=true&stepButton_hide=true&resetButton_hide=true&noise_hide=true&learningRate_hide=false", {},
        {"hide": "play,step,rewind,new_weights,noise"}, [],
    ),
    (
        "regularization=L2&regularizationRate=0.1&regularization_hide=true&problem_hide=true&dataset_hide=true",
        {"l2": 0.1}, {"hide": "dataset,l1,regularization"}, [],
    ),
    (
        "regularizationRate_hide=true&problem_hide=true&numHiddenLayers_hide=true", {}, {"hide": "hidden,l1,l2"},
        ["problem is hidden there", "numHiddenLayers is hidden there"],
    ),
    (
        "x_hide=true&sinX=true", {"features": ("x2", "sinx1")}, {}, ["x is hidden there, and no input"],
    ),
    (
        "cosX=true&collectStats=true&tutorial=mnist&discretize=true&problem=regression", REGRESSION,
        {"map": "classes"},
        ["cosX is no input here", "discretize has no equal", "collectStats has", "tutorial='mnist' has"],
    ),
    ("seed=my lesson", {"data_seed": 2117145642, "seed": 2117145642}, {}, ["seed='my lesson' is seed 2117145642 here"]),
    ("seed=7", {"data_seed": 7, "seed": 7}, {}, ["seed=7 is seed 7 here"]),
]  # fmt: skip

REFUSED = [
    ("batchSize=0", "batchSize must be a whole number in [1, 100000]. Got 0."),
    ("batchSize=2.5", "batchSize must be a whole number in [1, 100000]. Got 2.5."),
    ("learningRate=0", "learningRate must be in (0, 100]. Got 0."),
    ("learningRate=NaN", "learningRate must be in (0, 100]. Got 'NaN'."),
    ("regularizationRate=11", "regularizationRate must be in [0, 10]. Got 11."),
    ("percTrainData=99", "percTrainData must be in [10, 95]. Got 99."),
    ("networkShape=4,0", "networkShape must be none or up to 8 whole numbers in [1, 128]. Got '4,0'."),
    ("networkShape=1,1,1,1,1,1,1,1,1", "networkShape must be none or up to 8 whole numbers in [1, 128]. Got '1,1,1"),
    ("activation=selu", "activation must be one of relu, tanh, sigmoid, linear. Got 'selu'."),
    ("dataset=moons", "dataset must be one of circle, xor, gauss, spiral. Got 'moons'."),
    ("regDataset=circle", "regDataset must be one of reg-plane, reg-gauss. Got 'circle'."),
    ("problem=", "problem must be one of classification, regression. Got ''."),
    ("regularization=l1", "regularization must be one of none, L1, L2. Got 'l1'."),
    ("noise=x", "noise must be in [0, 80]. Got 'x'. It is taken for 0."),
    ("x=false&y=false", "There must be an input here"),
    ("play_hide=true", "There is nothing here to hide that 'play' stands for."),
    ("noise_hide=1", "noise_hide must be true or false. Got 1. It is taken for false, as there."),
    ("<b>=1", "TensorFlow Playground has no setting called '<b>'."),
    ("#" + "x" * LONGEST, f"A link of TensorFlow Playground must have at most {LONGEST} characters."),
]


def fields_of(experiment: Experiment) -> dict[str, Any]:
    return {**experiment.data.model_dump(), **experiment.model.model_dump(), **experiment.train.model_dump()}


@pytest.mark.parametrize(("link", "fields", "more", "begins"), LINKS, ids=range(len(LINKS)))
def test_a_link_is_the_same_experiment_here(
    link: str, fields: dict[str, Any], more: dict[str, str], begins: list[str]
) -> None:
    experiment, sentences = from_tensorflow_playground(link)
    assert fields_of(experiment) == {**fields_of(Experiment()), **OWN, **fields}
    assert [sentence[: len(start)] for sentence, start in zip(sentences, begins, strict=True)] == begins
    assert read_link(link).query == {**experiment.to_query(), "test_points": "false", "map": "confidence", **more}
    assert Experiment.from_query(experiment.to_query()) == (experiment, [])


@pytest.mark.parametrize(("link", "sentence"), REFUSED)
def test_what_is_refused_is_said_with_its_rule_and_value_and_stays_at_the_default(link: str, sentence: str) -> None:
    experiment, sentences = from_tensorflow_playground(link)
    assert len(sentences) == 1
    assert sentences[0].startswith(sentence)
    assert fields_of(experiment) == {**fields_of(Experiment()), **OWN}


@pytest.mark.parametrize(("noise", "taken"), [("90", 0.5), ("-5", 0.0), ("60", 0.6)])
def test_noise_beyond_the_slider_is_what_it_becomes_there(noise: str, taken: float) -> None:
    experiment, sentences = from_tensorflow_playground(f"dataset=spiral&noise={noise}")
    assert experiment.data.noise == taken
    assert len(sentences) == (0 if noise == "60" else 1)


def test_of_a_name_that_comes_twice_the_last_counts_and_that_is_said() -> None:
    experiment, sentences = from_tensorflow_playground("noise=10&dataset=spiral&noise=20")
    assert experiment.data.noise == 0.2
    assert sentences == ["noise is given twice: the last one counts."]


def test_the_points_are_as_many_as_there() -> None:
    for percent, n_train in ((10, 50), (50, 250), (33, 165), (12.5, 62)):
        data = make_dataset(from_tensorflow_playground(f"percTrainData={percent}")[0].data)
        assert (len(data.X_train), len(data.X_test)) == (n_train, 500 - n_train)


@given(
    st.text()
    | st.lists(
        st.tuples(
            st.sampled_from([*NAMES, "x_hide", "?_hide", "é"]), st.text(max_size=20) | st.sampled_from(["1", "true"])
        ),
        max_size=40,
    ).map(lambda pairs: "&".join(f"{name}={value}" for name, value in pairs))
)
@example("networkShape")
@example("%=%&%ff=%00")
@example("batchSize=1e400&networkShape=1e400&seed=1e400&noise=-1e400")
@example("seed=\ud800")
@example("\ud800_hide=x&\ud800_hide=x")
@example("<b>" * 900 + "_hide=x")
def test_any_text_is_an_experiment_and_sentences_of_one_line(text: str) -> None:
    reading = read_link(text)
    assert Experiment.from_query(reading.experiment.to_query()) == (reading.experiment, [])
    assert hidden_controls.read(reading.query) == (reading.hidden, [])
    assert all(sentence and len(sentence) < 300 and sentence.isprintable() for sentence in reading.sentences)
    assert len(reading.sentences) < 120
    assert isinstance(is_link(text), bool)


@pytest.mark.parametrize(
    ("text", "whether"),
    [
        (DEFAULT, True),
        ("#dataset=xor", True),
        ("networkShape=4,2", True),
        ("#playButton_hide=true", True),
        ("https://playground.tensorflow.org", True),
        ("http://playground.tensorflow.org/#dataset=xor", True),
        ("playground.tensorflow.org/#dataset=xor", True),
        ("Playground.TensorFlow.org/", True),
        ("https://example.com/#dataset=xor", False),
        ("example.com#noise_hide=true", False),
        ("https://example.com/playground.tensorflow.org#dataset=xor", False),
        ("https://example.com/copy/#dataset=xor&networkShape=4,2", True),
        ("/#dataset=xor", True),
        ("?dataset=xor&noise=0.2&activation=tanh&seed=1", False),
        ("dataset=xor&noise=0.2", False),
        ("http://localhost:8501/?dataset=xor#heading", False),
        ("hello", False),
        ("", False),
        ("#" + "noise=1&" * LONGEST, False),
    ],
)
def test_its_links_are_told_from_ours(text: str, whether: bool) -> None:
    assert is_link(text) is whether


def test_an_address_of_the_page_that_asks_may_hold_one() -> None:
    assert is_link("http://localhost:8501/#dataset=xor", host="localhost:8501")
    assert not is_link("http://localhost:8501/#dataset=xor", host="localhost:80")
