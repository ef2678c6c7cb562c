"""Scores data with PMML models, .pommel files and models saved by R.

>>> import pommel
>>> model = pommel.load("model.pmml")
>>> model.predict({"petal_length": 4.7, "petal_width": 1.4})["species"]
'versicolor'

``model.predict`` takes pandas and polars frames, pyarrow tables and batches, NumPy arrays, lists of dicts and single dicts, and gives
back the same kind. See :class:`Model`.
"""

from ._documents import convert, validate
from ._errors import PommelError
from ._model import Field, Model, load

__version__ = "0.1.0"
__all__ = ["Field", "Model", "PommelError", "convert", "load", "validate", "__version__"]
