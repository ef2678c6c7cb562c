"""Scoring on Spark: batches of Arrow's go to the library in each Python worker. No JAR, no session settings."""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING, Any, Iterator, Optional, Sequence, Union

from ._model import Field, Model, load

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

__all__ = ["result_fields", "transform"]

#: The models of a worker process, by content; a worker is used for many tasks, and those used last are kept.
_opened: dict[str, Model] = {}
_MOST_OPENED = 8


def transform(
    df: "DataFrame", model: Union[str, "os.PathLike[str]", bytes, Model], *, outputs: Optional[Sequence[str]] = None, errors: str = "raise",
    keep: Optional[Sequence[str]] = None,
) -> "DataFrame":
    """Adds a model's results to a frame, row by row in its order.

    The model is broadcast once and opened once in each worker process; its columns' types come from the model.

    :param model: what :func:`pommel.load` takes, read by the driver, or a :class:`pommel.Model`.
    :param outputs: the results to give; the target and every output if not given.
    :param errors: ``"raise"`` ends the job at the first row that has no result; ``"missing"`` gives such rows null results; ``"column"`` says
        why in a column ``error``, too.
    :param keep: the columns of ``df`` to give, all if not given.
    :raises ValueError: for a model that remembers earlier rows: Spark's rows have no order.
    """
    from pyspark.sql.types import StructType

    opened = model if isinstance(model, Model) else load(model)
    if outputs is not None:
        opened = opened.select(*outputs)
    if opened.describe()["stateful"]:
        raise ValueError("the model remembers earlier rows (Lag, CUSUM), and rows of a Spark frame have no order")
    kept = [field for field in df.schema.fields if keep is None or field.name in set(keep)]
    names = [field.name for field in kept]
    results = result_fields(opened, taken=names, errors=errors)
    needed = {field.name for field in opened.inputs if field.required or opened._selected is not None}
    # Columns that nobody wants do not leave the JVM.
    source = df.select([_quoted(field.name) for field in df.schema.fields if field.name in needed or field.name in names])
    content = opened.to_bytes()
    key = hashlib.sha256(content).hexdigest() + repr(opened._selected)
    scorer = _Scorer(_sent(df, (content, opened._selected)), key, names, [field.name for field in results], errors)
    return source.mapInArrow(scorer, StructType(kept + results))


def _sent(df: "DataFrame", payload: Any) -> Any:
    """What gives the payload on a worker: a broadcast, or, where there are none (Spark Connect), the function itself carries it."""
    try:
        return df.sparkSession.sparkContext.broadcast(payload)
    except Exception as error:
        if type(error).__name__ not in ("PySparkAttributeError", "PySparkNotImplementedError"):
            raise
        return _Carried(payload)


class _Carried:
    def __init__(self, value: Any) -> None:
        self.value = value


def result_fields(model: Model, taken: Sequence[str] = (), errors: str = "raise") -> list[Any]:
    """The Spark fields of a model's results. A result whose name is taken gets ``_result`` at its end."""
    from pyspark.sql.types import StringType, StructField

    fields = [StructField(field.name, _type(field), True) for field in model.outputs]
    if errors == "column":
        fields.append(StructField(model._error_name(), StringType(), True))
    names = set(taken)
    for field in fields:
        while field.name in names:
            field.name += "_result"
        names.add(field.name)
    return fields


def _type(field: Field) -> Any:
    from pyspark.sql import types

    plain = {
        "string": types.StringType, "integer": types.LongType, "float": types.FloatType, "boolean": types.BooleanType, "date": types.DateType,
        # Spark has no time of day: it is told in microseconds.
        "time": types.LongType, "dateTime": getattr(types, "TimestampNTZType", types.TimestampType),
    }.get(field.type, types.DoubleType)()
    return types.ArrayType(plain) if field.is_list else plain


def _quoted(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"


class _Scorer:
    """What each task runs."""

    def __init__(self, broadcast: Any, key: str, kept: list[str], results: list[str], errors: str) -> None:
        self.broadcast, self.key, self.kept, self.results, self.errors = broadcast, key, kept, results, errors

    def __call__(self, batches: Iterator[Any]) -> Iterator[Any]:
        import pyarrow

        model = self._model()
        for batch in batches:
            # One thread each: Spark runs as many tasks as there are cores.
            scored = model.predict(batch, errors=self.errors, threads=1)
            columns = [batch.column(batch.schema.get_field_index(name)) for name in self.kept]
            columns += [_portable(column) for column in scored.columns]
            yield pyarrow.RecordBatch.from_arrays(columns, names=[*self.kept, *self.results])

    def _model(self) -> Model:
        model = _opened.pop(self.key, None)
        if model is None:
            content, outputs = self.broadcast.value
            model = load(content)
            if outputs is not None:
                model = model.select(*outputs)
            while len(_opened) >= _MOST_OPENED:
                del _opened[next(iter(_opened))]
        _opened[self.key] = model
        return model


def _portable(column: Any) -> Any:
    """A column of a type that Spark has."""
    import pyarrow

    return column.cast(pyarrow.int64()) if pyarrow.types.is_time(column.type) else column
