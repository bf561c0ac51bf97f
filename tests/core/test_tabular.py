"""Sets of many inputs: how they are standardised, and which plane is shown, against NumPy and scikit-learn."""

from __future__ import annotations

import numpy as np
import pytest
import sklearn.datasets
from sklearn.decomposition import PCA
from sklearn.preprocessing import StandardScaler

from playground.core import Data, Experiment, Model, make_dataset, read_table
from playground.core.data_csv import csv_of
from playground.core.datasets import RECORDS, points_of, target_scale
from playground.core.inputs import inputs_of, plane_of, seen_by
from playground.core.relevance import matters

REAL = {
    "iris": sklearn.datasets.load_iris,
    "wine": sklearn.datasets.load_wine,
    "breast_cancer": sklearn.datasets.load_breast_cancer,
    "diabetes": lambda: sklearn.datasets.load_diabetes(scaled=False),
}


def in_order(X: np.ndarray, y: np.ndarray) -> np.ndarray:
    rows = np.column_stack([X, y])
    return rows[np.lexsort(rows.T)]


@pytest.mark.parametrize("name", REAL)
def test_a_real_set_is_scikit_learns(name: str) -> None:
    given = REAL[name]()
    data = Data(dataset=name)
    assert np.array_equal(in_order(*points_of(data)), in_order(given.data, given.target))
    assert len(data.inputs) == given.data.shape[1]
    if data.task == "classification":
        assert len(data.class_names) == len(given.target_names)


def test_names_of_inputs_and_classes_are_those_of_scikit_learn() -> None:
    for name in ("iris", "breast_cancer"):
        given = REAL[name]()
        assert [*Data(dataset=name).inputs] == [str(each) for each in given.feature_names]
        assert [*Data(dataset=name).class_names] == [str(each) for each in given.target_names]


def test_digits_are_the_principal_components_of_their_pixels() -> None:
    pixels, digit = sklearn.datasets.load_digits(return_X_y=True)
    X, y = points_of(Data(dataset="digits"))
    ours = np.sort(np.linalg.norm(X, axis=1))
    theirs = np.sort(np.linalg.norm(PCA(X.shape[1]).fit_transform(pixels), axis=1))
    np.testing.assert_allclose(ours, theirs, rtol=1e-6)
    assert sorted(y) == sorted(digit)


def test_inputs_are_standardised_by_the_training_part() -> None:
    experiment = Experiment(data=Data(dataset="wine", test=0.3, validation=0.2))
    data = make_dataset(experiment.data)
    scaler = StandardScaler().fit(data.X_train)
    for X in (data.X_train, data.X_validation, data.X_test):
        np.testing.assert_allclose(inputs_of(seen_by(experiment), X), scaler.transform(X), rtol=1e-4, atol=1e-5)


def test_inputs_are_as_they_are_where_nothing_is_standardised() -> None:
    experiment = Experiment(data=Data(dataset="wine", scaled=False), model=Model(standardize=True))
    X = make_dataset(experiment.data).X_test
    assert np.array_equal(inputs_of(seen_by(experiment), X), X.astype(np.float32))


def test_close_large_numbers_stay_apart() -> None:
    """As float32 all of these seconds would be one."""
    rows = "".join(f"{1_700_000_000 + k},{k % 2}\n" for k in range(40))
    experiment = Experiment(data=read_table(f"second,kind\n{rows}".encode()).to_data("kind", ["second"]))
    inputs = inputs_of(seen_by(experiment), make_dataset(experiment.data).X_train)
    assert len(np.unique(inputs)) == 20


def test_the_target_of_a_regression_is_standardised_by_the_training_part() -> None:
    data, raw = Data(dataset="diabetes", test=0.4), Data(dataset="diabetes", test=0.4, scaled=False)
    ours, own = make_dataset(data), make_dataset(raw)
    middle, deviation = own.y_train.mean(), own.y_train.std()
    np.testing.assert_allclose(ours.y_test, (own.y_test - middle) / deviation)
    assert target_scale(data) == pytest.approx((middle, deviation))
    assert target_scale(raw) == (0, 1)


# The plane ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["iris", "wine", "diabetes"])
def test_the_plane_is_that_of_scikit_learns_first_two_components(name: str) -> None:
    data = Data(dataset=name)
    X = make_dataset(data).X_train
    scaler = StandardScaler().fit(X)
    pca = PCA(2).fit(scaler.transform(X))
    ours, theirs = plane_of(data).coordinates(X), pca.transform(scaler.transform(X))
    signs = np.sign((ours * theirs).sum(axis=0))
    np.testing.assert_allclose(ours, theirs * signs, atol=1e-8)
    corners = np.array([[-1.0, 2.0], [3.0, 0.5]])
    np.testing.assert_allclose(
        plane_of(data).points(corners), scaler.inverse_transform(pca.inverse_transform(corners * signs)), atol=1e-8
    )
    assert f"{len(data.inputs)} inputs" in plane_of(data).held


def test_two_inputs_are_shown_as_they_are_and_the_others_are_held_at_their_medians() -> None:
    data = Data(dataset="iris", plane=(4, 1))
    X, plane = make_dataset(data).X_train, plane_of(Data(dataset="iris", plane=(4, 1)))
    assert np.array_equal(plane.coordinates(X), X[:, [3, 0]])
    (point,) = plane.points([[1.5, 6.0]])
    assert point.tolist() == [6.0, np.median(X[:, 1]), np.median(X[:, 2]), 1.5]
    assert plane.titles == ("petal width (cm)", "sepal length (cm)")
    assert plane.held == (
        "Held at the median of the training points: "
        f"sepal width (cm) at {np.median(X[:, 1]):.4g} and petal length (cm) at {np.median(X[:, 2]):.4g}."
    )


def test_of_two_coordinates_the_plane_is_the_data_and_of_one_its_second_axis_says_nothing() -> None:
    points = np.array([[1.0, -2.0], [0.25, 7.0]])
    assert plane_of(Data()).points(points) is points or np.array_equal(plane_of(Data()).points(points), points)
    one = read_table(b"a,kind\n1,x\n2,y\n4,x\n").to_data("kind", ["a"])
    plane = plane_of(one)
    assert plane.points(points).tolist() == [[1.0], [0.25]]
    assert plane.coordinates([[3.0]]).tolist() == [[3.0, 0.0]]
    assert plane.titles == ("a", "")


def test_every_part_is_seen_alike_whatever_plane_is_shown() -> None:
    components, inputs = (Experiment(data=Data(dataset="iris", plane=plane)) for plane in ((), (1, 3)))
    assert components.trained == inputs.trained
    assert seen_by(components) == seen_by(inputs)
    assert components.may_become(inputs) and inputs.may_become(components)
    assert not components.may_become(Experiment(data=Data(dataset="iris", test=0.3)))


@pytest.mark.parametrize("text", ["1", "2,2", "1,5", "0,1", "1,2,3"])
def test_a_plane_must_be_two_of_the_inputs(text: str) -> None:
    experiment, refused = Experiment.from_query({"dataset": "iris", "plane": text})
    assert experiment == Experiment(data=Data(dataset="iris"))
    assert len(refused) == 1
    assert refused[0].startswith("plane must be ")


def test_the_points_of_a_plain_set_have_no_other_plane() -> None:
    for data in ({"dataset": "xor"}, {"dataset": "own"}):
        values = {**dict(Data(**{**data, "dataset": data["dataset"]})), **dict(Model())}
        assert not matters("plane", values)


def test_features_and_standardising_matter_where_they_make_a_difference() -> None:
    two = read_table(b"a,b,kind\n1,2,x\n2,5,y\n4,1,x\n").to_data("kind", ["a", "b"])
    for data, features, standardize, plane in (
        (Data(), True, True, False),
        (two, True, False, False),
        (Data(dataset="iris"), False, False, True),
    ):
        values = {**dict(data), **dict(Model())}
        assert [matters(name, values) for name in ("features", "standardize", "plane")] == [
            features,
            standardize,
            plane,
        ]


def test_the_network_is_given_features_of_two_inputs_and_all_of_more() -> None:
    two = read_table(b"a,b,kind\n1,2,x\n2,5,y\n4,1,x\n").to_data("kind", ["a", "b"])
    model = Model(features=("x1", "x1x2"))
    assert Experiment(data=two, model=model).inputs == ("x1", "x1x2")
    assert Experiment(data=Data(dataset="iris"), model=model).inputs == Data(dataset="iris").inputs


# Taken along -------------------------------------------------------------------------------------------------------


def test_points_are_taken_along_as_a_table_that_is_read_again() -> None:
    data = Data(dataset="iris", test=0.3, validation=0.1)
    table = read_table(csv_of(data))
    again = table.to_data("kind", [*data.inputs])
    assert np.array_equal(points_of(again)[0].shape, points_of(data)[0].shape)
    assert np.array_equal(table.column("petal width (cm)").values, points_of(data)[0][:, 3])
    assert again.class_names == data.class_names
    parts = table.column("part").values.tolist()
    assert [parts.count(part) for part in ("train", "validation", "test")] == [
        data.n_train,
        data.n_validation,
        data.n_test,
    ]


@pytest.mark.parametrize("name", ["circle", "hills", "diabetes"])
def test_numbers_that_are_taken_along_are_the_datas_own(name: str) -> None:
    data = Data(dataset=name, samples=60)
    table = read_table(csv_of(data))
    X, y = points_of(data)
    assert np.array_equal(table.columns[0].values, X[:, 0])
    if data.task == "regression":
        assert np.array_equal(table.columns[-2].values, y)


def test_every_record_with_units_says_what_is_scaled() -> None:
    for record in RECORDS.values():
        assert record.tabular == ({"scaled", "plane"} <= {knob.name for knob in record.knobs})
