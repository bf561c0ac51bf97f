"""The link: round trips, refusals and their sentences."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any, get_args

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import ValidationError

from playground.core import (
    RATE_FIELDS,
    Data,
    Experiment,
    Model,
    RateChange,
    Train,
    bounds,
    choices,
    default,
    heads,
    rule,
)
from playground.core.agreement import disagreements
from playground.core.knobs import PART_OF
from playground.core.parts import (
    ActivationName,
    DatasetName,
    FeatureName,
    InitName,
    LossName,
    OptimizerName,
    OutputName,
    ScheduleName,
)
from playground.core.query import link, of_link
from playground.core.rates import effective


def floats(lo: float, hi: float, **ends: Any) -> st.SearchStrategy[float]:
    return st.floats(lo, hi, allow_nan=False, **ends)


seeds = st.integers(0, 2**31 - 1)
data = st.builds(
    Data,
    dataset=st.sampled_from(get_args(DatasetName)),
    samples=st.integers(20, 100_000),
    noise=floats(0, 1),
    test=floats(0.05, 0.9),
    validation=floats(0, 0.5),
    classes=st.integers(2, 6),
    data_seed=seeds,
    factor=floats(0.05, 0.95),
    gap=floats(0, 5),
    slope=floats(0, 2),
    deviation=floats(0, 10),
    centers=st.lists(floats(-100, 100), max_size=12).map(tuple),
    separation=floats(0, 10),
    balance=floats(0.02, 0.98),
    reach=st.just(0.0) | floats(3, 200),
)
models = st.builds(
    Model,
    features=st.lists(st.sampled_from(get_args(FeatureName)), min_size=1, unique=True).map(tuple),
    standardize=st.booleans(),
    hidden=st.lists(st.integers(1, 128), max_size=8).map(tuple),
    activation=st.lists(st.sampled_from(get_args(ActivationName)), min_size=1, max_size=8).map(tuple),
    init=st.sampled_from(get_args(InitName)),
    init_deviation=floats(0, 100, exclude_min=True),
    dropout=floats(0, 0.9),
    batch_norm=st.booleans(),
    l1=floats(0, 10),
    l2=floats(0, 10),
    output=st.sampled_from(get_args(OutputName)),
    loss=st.sampled_from(get_args(LossName)),
)
trains = st.builds(
    Train,
    optimizer=st.sampled_from(get_args(OptimizerName)),
    learning_rate=floats(0, 100, exclude_min=True),
    momentum=floats(0, 1, exclude_max=True),
    schedule=st.sampled_from(get_args(ScheduleName)),
    schedule_factor=floats(0, 1000, exclude_min=True),
    schedule_epochs=st.integers(1, 10_000),
    batch_size=st.integers(1, 100_000),
    epochs=st.integers(1, 10_000),
    seed=seeds,
    patience=st.integers(0, 10_000),
    min_delta=floats(0, 10),
    restore_best=st.booleans(),
)


changes = st.lists(
    st.tuples(st.integers(1, 9_999), st.just("learning_rate"), floats(0, 100, exclude_min=True))
    | st.tuples(st.integers(1, 9_999), st.sampled_from(["l1", "l2"]), floats(0, 10)),
    max_size=50,
)


@st.composite
def experiments(draw: Callable[..., Any]) -> Experiment:
    """Any valid experiment: parts drawn alone, with what does not agree left at its default."""
    parts = {"data": draw(data), "model": draw(models)}
    while broken := next(disagreements(parts["data"], parts["model"]), None):
        name = "data" if broken[0] in Data.model_fields else "model"
        parts[name] = parts[name].model_copy(update={broken[0]: default(broken[0])})
    plain = Experiment(train=draw(trains), **parts)
    made = effective(plain.rates, (RateChange(*change) for change in draw(changes)))
    return Experiment(data=plain.data, model=plain.model, train=plain.train, changes=made)


@given(experiments())
def test_a_link_opens_the_experiment_it_was_made_from(experiment: Experiment) -> None:
    assert Experiment.from_query(experiment.to_query()) == (experiment, [])


@given(experiments())
def test_a_link_holds_only_what_differs_from_the_defaults(experiment: Experiment) -> None:
    values = {**dict(experiment.data), **dict(experiment.model), **dict(experiment.train)}
    differing = {name for name, value in values.items() if value != default(name)}
    changing = {f"{change.name}_from_{change.epoch}" for change in experiment.changes}
    assert set(experiment.to_query()) == differing | changing


def test_the_default_experiment_has_an_empty_link() -> None:
    assert Experiment().to_query() == {}
    assert Experiment.from_query({}) == (Experiment(), [])


def test_a_link_is_written_as_people_would_type_it() -> None:
    experiment = Experiment(
        data=Data(dataset="blobs", noise=1, classes=3, centers=(0, 0, 1.5, -2, 3, 3)),
        model=Model(features=("x1", "x1x2"), hidden=(8, 8), activation=("relu",), batch_norm=True, l2=1e-5),
        train=Train(learning_rate=1, epochs=400),
    )
    assert experiment.to_query() == {
        "dataset": "blobs",
        "noise": "1",
        "classes": "3",
        "centers": "0,0,1.5,-2,3,3",
        "features": "x1,x1x2",
        "hidden": "8,8",
        "activation": "relu",
        "batch_norm": "true",
        "l2": "1e-05",
        "learning_rate": "1",
        "epochs": "400",
    }


@pytest.mark.parametrize("text", ["none", "", " none "])
def test_no_hidden_layers_can_be_asked_for(text: str) -> None:
    experiment, refused = Experiment.from_query({"hidden": text})
    assert experiment.model.hidden == ()
    assert refused == []
    assert experiment.to_query() == {"hidden": "none"}


def test_spaces_are_tolerated() -> None:
    experiment, refused = Experiment.from_query({"hidden": " 8 , 4", "features": "x1, x2 ", "noise": " .5 "})
    assert refused == []
    assert experiment.model.hidden == (8, 4)
    assert experiment.model.features == ("x1", "x2")
    assert experiment.data.noise == 0.5


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"learning_rate": "0"}, "learning_rate must be in (0, 100]. Got 0."),
        ({"learning_rate": "nan"}, "learning_rate must be in (0, 100]. Got 'nan'."),
        ({"noise": "1e999"}, "noise must be in [0, 1]. Got 1e999."),
        ({"noise": "1_0"}, "noise must be in [0, 1]. Got '1_0'."),
        ({"momentum": "1"}, "momentum must be in [0, 1). Got 1."),
        ({"samples": "19"}, "samples must be a whole number in [20, 100000]. Got 19."),
        ({"samples": "99.5"}, "samples must be a whole number in [20, 100000]. Got 99.5."),
        ({"samples": "٤٠٠"}, "samples must be a whole number in [20, 100000]. Got '٤٠٠'."),
        ({"samples": ["40", "50"]}, "samples is given twice; it may be given once."),
        ({"samples": ["40"] * 3}, "samples is given 3 times; it may be given once."),
        ({"standardize": "maybe"}, "standardize must be true or false. Got 'maybe'."),
        ({"reach": "2"}, "reach must be 0 or in [3, 200]. Got 2."),
        (
            {"schedule": "foo"},
            "schedule must be one of constant, exponential, cosine, step. Got 'foo'.",
        ),
        (
            {"hidden": "8,,8"},
            "hidden must be none or up to 8 whole numbers in [1, 128]. Got '8,,8'.",
        ),
        (
            {"features": ""},
            "features must be one or more of x1, x2, x1sq, x2sq, x1x2, sinx1, sinx2, each once. Got ''.",
        ),
        ({"learning_rate_from_200": "0"}, "learning_rate_from_200 must be in (0, 100]. Got 0."),
        ({"l2_from_350": "often"}, "l2_from_350 must be in [0, 10]. Got 'often'."),
        ({"l1_from_0": "1"}, "l1_from_ must be followed by an epoch in [1, 9999]. Got 0."),
        ({"l1_from_": "1"}, "l1_from_ must be followed by an epoch in [1, 9999]. Got ''."),
        ({"l1_from_10000": "1"}, "l1_from_ must be followed by an epoch in [1, 9999]. Got 10000."),
        ({"l1_from_1e2": "1"}, "l1_from_ must be followed by an epoch in [1, 9999]. Got 1e2."),
        ({"l1_from_5": ["1", "2"]}, "l1_from_5 must be given once. Got it 2 times."),
        ({"noise_from_5": "1"}, "There is no knob called 'noise_from_5'."),
        ({"foo": "1"}, "There is no knob called 'foo'."),
        ({"foo": ["1", "2"]}, "There is no knob called 'foo'."),
        (
            {"activation": "relu,tanh,elu"},
            "activation must be one name, or one for each of the 2 hidden layers. Got 3 names.",
        ),
        (
            {"dataset": "classification", "classes": "5"},
            "classes must be in [2, 4] for classification. Got 5.",
        ),
        (
            {"dataset": "blobs", "centers": "1,2,3"},
            "centers must hold two numbers for each of the 2 classes. Got 3 numbers.",
        ),
        (
            {"dataset": "spirals", "classes": "3", "output": "tanh"},
            "output must be auto, softmax, sigmoids or linear for 3 classes. Got tanh.",
        ),
        (
            {"output": "tanh", "loss": "binary_crossentropy"},
            "loss must be auto or one of half_squared, hinge, mae, mse, squared_hinge for tanh output. "
            "Got binary_crossentropy.",
        ),
    ],
)
def test_a_refused_value_is_named_by_its_rule_and_left_at_its_default(query: dict[str, Any], sentence: str) -> None:
    experiment, refused = Experiment.from_query(query)
    assert refused == [sentence]
    field = sentence.split()[0]
    if field in PART_OF:
        parts = {**dict(experiment.data), **dict(experiment.model), **dict(experiment.train)}
        assert parts[field] == default(field)


def out_of_range() -> list[tuple[str, str]]:
    """Texts just outside what each field may hold, from the schema of its part."""
    cases = []
    for name, part in PART_OF.items():
        field = part.model_json_schema()["properties"][name]
        one = field.get("items", field)
        if "enum" in one:
            cases += [(name, "nothing_of_the_sort"), (name, one["enum"][0].upper())]
        elif one["type"] == "boolean":
            cases += [(name, "2"), (name, "yes please")]
        elif one["type"] == "string":
            cases += [(name, "nothing of the sort"), (name, "%")]
        else:
            lo, hi = bounds(name)
            cases += [(name, str(lo - 1)), (name, str(hi + 1)), (name, "foo"), (name, "inf"), (name, "NaN")]
        if "maxItems" in field:
            value = one["enum"][0] if "enum" in one else str(one["maximum"])
            cases.append((name, ",".join([value] * (field["maxItems"] + 1))))
    return cases


@pytest.mark.parametrize(("name", "text"), out_of_range())
def test_every_field_out_of_range_is_named_alone(name: str, text: str) -> None:
    experiment, refused = Experiment.from_query({name: text})
    assert experiment == Experiment()
    (sentence,) = refused
    assert sentence.startswith(f"{rule(name)}. Got ")


def test_all_fields_refused_at_once_are_all_named() -> None:
    experiment, refused = Experiment.from_query(dict.fromkeys(PART_OF, "<script>alert(1)</script>"))
    assert experiment == Experiment()
    assert [sentence.split()[0] for sentence in refused] == list(PART_OF)


def test_long_and_unprintable_text_is_clipped_and_escaped() -> None:
    _, refused = Experiment.from_query(
        {"dataset": "x" * 10_240, "hidden": "8,\x00\n\u202e\ud800", "k\ud800" * 9000: ""}
    )
    clipped = "'" + "x" * 40 + "'… (10240 characters)."
    assert refused[0].endswith(clipped)
    assert refused[1].endswith(r"Got '8,\x00\n\u202e\ud800'.")
    assert all(len(sentence) < 300 and sentence.isprintable() for sentence in refused)


def test_a_crowd_of_unknown_names_gets_a_bounded_number_of_sentences() -> None:
    _, refused = Experiment.from_query({f"unknown{i}": "" for i in range(1000)})
    assert len(refused) == 21
    assert refused[-1] == "There are 980 more names that are no knobs."


surprising_text = (
    st.text(st.characters(exclude_categories=()), max_size=60)
    | st.sampled_from(["nan", "inf", "-inf", "1e999", "-0", "0x10", "1_0", "none", "true", "9" * 10_240])
    | st.lists(st.sampled_from(["8", "x1", "relu", "1e-9", "", "-1", "none"])).map(",".join)
    | st.sampled_from([name for field in PART_OF for name in choices(field)])
)


names_of_changes = st.tuples(
    st.sampled_from(RATE_FIELDS),
    st.integers(-2, 12).map(str) | st.sampled_from(["007", "9999", "10000"]) | surprising_text,
).map("_from_".join)


@given(
    st.dictionaries(
        st.sampled_from(list(PART_OF)) | surprising_text | names_of_changes,
        surprising_text | st.lists(surprising_text, max_size=3),
    )
)
@example({"noise": "-0"})
@example({"samples": []})
def test_no_query_raises_and_what_it_opens_round_trips(mapping: dict[str, str | list[str]]) -> None:
    experiment, refused = Experiment.from_query(mapping)
    assert Experiment.from_query(experiment.to_query()) == (experiment, [])
    assert all(sentence.isprintable() and len(sentence) < 400 for sentence in refused)


def test_no_combination_of_data_output_and_loss_is_left_in_disagreement() -> None:
    kinds = [("circle", 2), ("blobs", 2), ("blobs", 3), ("classification", 6), ("plane", 2)]
    for (dataset, classes), output, loss in itertools.product(kinds, get_args(OutputName), get_args(LossName)):
        query = {"dataset": dataset, "classes": str(classes), "output": output, "loss": loss}
        experiment, refused = Experiment.from_query(query)
        assert len(refused) <= 3
        assert experiment.loss in heads.losses_of(experiment.data, experiment.model)


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: Train(learning_rate=0), "learning_rate must be in (0, 100]. Got 0."),
        (lambda: Train(learning_rate=float("nan")), "learning_rate must be in (0, 100]. Got nan."),
        (lambda: Data(reach=1), "reach must be 0 or in [3, 200]. Got 1."),
        (
            lambda: Model(hidden=(8, 0)),
            "hidden must be none or up to 8 whole numbers in [1, 128]. Got (8, 0).",
        ),
        (lambda: Model(features=("x1", "x1")), "each once. Got ('x1', 'x1')."),
        (
            lambda: Model(init="zero"),
            "init must be one of auto, glorot, he, he_uniform, lecun, zeros, normal, playground. Got 'zero'.",
        ),
        (
            lambda: Experiment(model=Model(activation=("relu", "tanh", "elu"))),
            "activation must be one name, or one for each of the 2 hidden layers. Got 3 names.",
        ),
    ],
)
def test_constructors_refuse_in_the_words_of_the_link(make: Callable[[], object], sentence: str) -> None:
    with pytest.raises(ValidationError) as error:
        make()
    assert sentence in str(error.value)


def test_unknown_fields_are_refused_by_constructors() -> None:
    with pytest.raises(ValidationError):
        Data(foo=1)


def test_equal_experiments_have_equal_hashes() -> None:
    assert hash(Experiment()) == hash(Experiment(train=Train(learning_rate=0.03)))


def test_controls_can_ask_for_bounds_choices_and_defaults() -> None:
    assert bounds("samples") == (20, 100_000)
    assert bounds("hidden") == (1, 128)
    assert bounds("learning_rate") == (0, 100)
    assert choices("schedule") == ("constant", "exponential", "cosine", "step")
    assert choices("features")[:2] == ("x1", "x2")
    assert choices("noise") == ()
    assert default("hidden") == (4, 2)
    with pytest.raises(ValueError, match="must hold numbers"):
        bounds("dataset")


def test_a_feature_given_twice_in_a_list_is_named() -> None:
    experiment, refused = Experiment.from_query({"features": "x1,x1"})
    assert experiment == Experiment()
    assert len(refused) == 1 and "features" in refused[0] and "each once" in refused[0]


def test_changes_of_rates_are_written_as_people_would_type_them_and_need_no_escapes() -> None:
    typed = "?dataset=xor&learning_rate=0.1&learning_rate_from_200=0.3&l2_from_350=0.01"
    experiment, refused = Experiment.from_query(of_link(typed))
    assert refused == []
    assert experiment.changes == (RateChange(200, "learning_rate", 0.3), RateChange(350, "l2", 0.01))
    assert link(experiment.to_query()) == typed


def test_changes_may_be_typed_in_any_order_and_one_to_the_rate_in_force_is_none() -> None:
    typed = {"l2_from_0350": "0.01", "learning_rate_from_200": "0.3", "learning_rate_from_100": " 0.03 "}
    experiment, refused = Experiment.from_query(typed)
    assert refused == []
    assert experiment.to_query() == {"learning_rate_from_200": "0.3", "l2_from_350": "0.01"}


def test_an_epoch_written_in_two_ways_is_named_and_the_first_counts() -> None:
    experiment, refused = Experiment.from_query({"l2_from_5": "1", "l2_from_05": "2"})
    assert refused == ["l2_from_5 must be given once. Got it twice."]
    assert experiment.to_query() == {"l2_from_5": "1"}


def test_a_link_with_too_many_changes_keeps_the_earliest_and_says_so() -> None:
    experiment, refused = Experiment.from_query({f"l2_from_{epoch}": str(epoch / 100) for epoch in range(60, 0, -1)})
    assert refused == ["A link must hold at most 50 changes of rates. Got 60: the later ones are left out."]
    assert [change.epoch for change in experiment.changes] == list(range(1, 51))


def test_a_crowd_of_bad_changes_gets_a_bounded_number_of_sentences() -> None:
    _, refused = Experiment.from_query({f"l2_from_{epoch}": "-1" for epoch in range(1, 1001)})
    assert len(refused) == 21
    assert refused[-1] == "980 more changes of rates are refused."
