"""A model as an estimator of scikit-learn's: for pipelines, metrics and whatever else calls ``predict`` and ``predict_proba``."""

from __future__ import annotations

from typing import Any, Optional, Union

from sklearn.base import BaseEstimator, ClassifierMixin, RegressorMixin

from ._model import Model, PathLike, load

__all__ = ["PommelClassifier", "PommelRegressor", "estimator"]


def estimator(source: Union[PathLike, bytes, Model]) -> Union["PommelClassifier", "PommelRegressor"]:
    """An estimator for a model: a classifier if the model gives probabilities or names classes, otherwise a regressor."""
    model = source if isinstance(source, Model) else load(source)
    is_classifier = model.properties.get("function") == "classification" or any(field.feature == "probability" for field in model.outputs)
    return PommelClassifier(model) if is_classifier else PommelRegressor(model)


class _Estimator(BaseEstimator):
    """What both kinds do. The model is trained already: ``fit`` does nothing."""

    def __init__(self, model: Union[PathLike, bytes, Model]) -> None:
        self.model = model

    def _opened(self) -> Model:
        # A parameter must stay what it was given as, so that the estimator can be cloned.
        opened: Optional[Model] = self.__dict__.get("_model")
        if opened is None:
            opened = self._model = self.model if isinstance(self.model, Model) else load(self.model)
        return opened

    def __getstate__(self) -> dict[str, Any]:
        return {"model": self.model}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)

    def __sklearn_is_fitted__(self) -> bool:
        return True

    def fit(self, X: Any = None, y: Any = None) -> Any:
        return self

    @property
    def feature_names_in_(self) -> Any:
        """The fields on which results depend, in the order in which arrays have them."""
        import numpy as np

        return np.array([field.name for field in self._opened().inputs if field.required], dtype=object)

    @property
    def n_features_in_(self) -> int:
        return len(self.feature_names_in_)

    def _columns(self, X: Any) -> dict[str, Any]:
        """All results as arrays."""
        result = self._opened().predict(X)
        if isinstance(result, list):
            import numpy as np

            return {name: np.array([row[name] for row in result]) for name in (result[0] if result else [])}
        if isinstance(result, dict):
            return result
        names = result.columns if hasattr(result, "columns") and not hasattr(result, "column_names") else result.column_names
        columns = {}
        for name in names:
            column = result[name]
            columns[name] = column.to_numpy() if hasattr(column, "to_numpy") else column
        return columns

    def _target(self) -> str:
        outputs = self._opened().outputs
        for wanted in (lambda field: field.role == "target", lambda field: field.feature == "predictedValue", lambda field: True):
            for field in outputs:
                if wanted(field):
                    return field.name
        raise ValueError("the model has no output")

    def predict(self, X: Any) -> Any:
        """The target's value for each row."""
        return self._columns(X)[self._target()]


class PommelRegressor(RegressorMixin, _Estimator):
    """A model that predicts numbers. ``model`` is a path, a file's bytes, or a :class:`pommel.Model`."""


class PommelClassifier(ClassifierMixin, _Estimator):
    """A model that predicts classes. ``model`` is a path, a file's bytes, or a :class:`pommel.Model`."""

    def _probabilities(self) -> list[tuple[str, str]]:
        """Class and output name of each probability, in the document's order."""
        return [(field.value, field.name) for field in self._opened().outputs if field.feature == "probability" and field.value is not None]

    @property
    def classes_(self) -> Any:
        """The classes, in the order of the columns of :meth:`predict_proba`.

        :raises AttributeError: if the model gives no probabilities, which name them.
        """
        import numpy as np

        outputs = self._opened().outputs
        target = next((field for field in outputs if field.name == self._target()), None)
        names = [value for value, _ in self._probabilities()]
        if not names:
            raise AttributeError("the model has no output of probabilities")
        if target is not None and target.type == "integer":
            return np.array([int(float(name)) for name in names])
        if target is not None and target.type in ("double", "float"):
            return np.array([float(name) for name in names])
        return np.array(names, dtype=object)

    def predict_proba(self, X: Any) -> Any:
        """The probability of each of ``classes_`` for each row.

        :raises AttributeError: if the model gives no probabilities.
        """
        import numpy as np

        outputs = self._probabilities()
        if not outputs:
            raise AttributeError("the model has no output of probabilities")
        columns = self._columns(X)
        return np.column_stack([np.asarray(columns[name], dtype="float64") for _, name in outputs])
