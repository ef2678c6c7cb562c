"""Models as estimators."""
import pickle

import pytest

import pommel

pytest.importorskip("sklearn")
np = pytest.importorskip("numpy")


@pytest.fixture
def classifier(fixtures):
    from pommel.sklearn import estimator

    return estimator(fixtures / "hello" / "model.pmml")


def test_classifier(classifier, rows, expected):
    from sklearn.base import clone, is_classifier
    from sklearn.metrics import accuracy_score

    assert is_classifier(classifier)
    table = np.array([[row["petal_length"], row["petal_width"]] for row in rows])
    species = [row["species"] for row in expected]
    assert list(classifier.predict(table)) == species
    assert list(classifier.feature_names_in_) == ["petal_length", "petal_width"] and classifier.n_features_in_ == 2
    assert list(classifier.classes_) == ["setosa", "versicolor", "virginica"]
    probabilities = classifier.predict_proba(table)
    assert probabilities.tolist() == [[row[f"probability({name})"] for name in classifier.classes_] for row in expected]
    assert accuracy_score(species, classifier.predict(table)) == 1
    assert classifier.score(table, species) == 1
    for copy in (clone(classifier), pickle.loads(pickle.dumps(classifier))):
        assert list(copy.fit(table, species).predict(table)) == species


def test_frames(classifier, rows, expected):
    pandas = pytest.importorskip("pandas")
    species = [row["species"] for row in expected]
    assert list(classifier.predict(pandas.DataFrame(rows))) == species
    assert list(classifier.predict(pytest.importorskip("polars").DataFrame(rows))) == species
    assert list(classifier.predict(pytest.importorskip("pyarrow").Table.from_pylist(rows))) == species
    assert list(classifier.predict(rows)) == species


def test_regressor(fixtures):
    from sklearn.base import is_regressor

    from pommel.sklearn import PommelRegressor, estimator

    model = pommel.load(fixtures / "cases" / "sklearn-forest-diabetes" / "model.pmml")
    found = estimator(model)
    assert isinstance(found, PommelRegressor) and is_regressor(found) and not hasattr(found, "predict_proba")
    table = np.zeros((3, found.n_features_in_))
    assert found.predict(table).shape == (3,) and np.isfinite(found.predict(table)).all()


def test_cross_validation(classifier, rows, expected):
    from sklearn.model_selection import cross_val_score
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import FunctionTransformer

    table = np.array([[row["petal_length"], row["petal_width"]] for row in rows] * 3)
    species = [row["species"] for row in expected] * 3
    pipeline = make_pipeline(FunctionTransformer(), classifier)
    assert cross_val_score(pipeline, table, species, cv=3).tolist() == [1, 1, 1]
