"""Which kind of data it is, and the way to the library and back for each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Iterator

from . import _columns
from ._errors import PommelError, raised_at
from ._results import Chunk, pointer
from ._rows import is_column

if TYPE_CHECKING:
    from ._model import Model


def predict(model: "Model", data: Any, errors: str, threads: int) -> Any:
    """See :meth:`pommel.Model.predict`."""
    if isinstance(data, Mapping):
        if any(map(is_column, data.values())) and not model._takes_lists():
            return _arrays(model, data, errors, threads)
        return model._record_or_error(data, errors)
    if isinstance(data, (list, tuple)):
        return [model._record_or_error(record, errors, index) for index, record in enumerate(data)]
    library, kind = type(data).__module__.partition(".")[0], type(data).__name__
    if kind == "Series" and library in ("pandas", "polars"):
        return model._record_or_error(_labelled(model, data), errors)
    if library == "pandas" or (hasattr(data, "iloc") and hasattr(data, "columns")):
        return _frame(model, data, errors, threads)
    if library == "polars":
        return _polars(model, data, errors, threads)
    if hasattr(data, "ndim") and hasattr(data, "dtype"):
        return _arrays(model, _named(model, data), errors, threads)
    if hasattr(data, "__arrow_c_stream__") or hasattr(data, "__arrow_c_array__") or hasattr(data, "_export_to_c"):
        return _arrow(model, data, errors, threads)
    if hasattr(data, "__next__"):
        return (model._record_or_error(record, errors, index) for index, record in enumerate(data))
    raise TypeError(f"predict takes frames, tables, arrays and dicts, but not {type(data).__module__}.{kind}")


def _labelled(model: "Model", series: Any) -> dict[Any, Any]:
    """A series of pandas as the record that it is, if it is a frame's row and not one of its columns."""
    record: dict[Any, Any] = series.to_dict() if hasattr(series, "to_dict") else {}
    if not any(name in record for name in _needed(model)):
        raise TypeError("a series is taken for one record, but its labels are none of the model's fields; for a column give a frame, df[[name]]")
    return record


def _needed(model: "Model") -> list[str]:
    selected = model._selected is not None
    return [field["name"] for field in model._described()["inputs"] if field["required"] or selected]


def _frame(model: "Model", frame: Any, errors: str, threads: int) -> Any:
    import pandas

    from . import _pandas

    columns = _windows(model, _pandas.of_frame(frame, _needed(model)), errors, threads)
    days = {name: values.astype("datetime64[s]") for name, values in columns.items() if values.dtype == "datetime64[D]"}
    return pandas.DataFrame({**columns, **days}, index=frame.index, copy=False)


def _named(model: "Model", array: Any) -> dict[str, Any]:
    """The columns of an array: those of a structured one have names, others are the required inputs in their order."""
    if array.dtype.names:
        if array.ndim != 1:
            raise ValueError("a structured array has one dimension; a single record of it is given as array[i:i + 1]")
        return {name: array[name] for name in array.dtype.names}
    names = [field["name"] for field in model._described()["inputs"] if field["required"]]
    if array.ndim == 1 and len(names) == 1:
        array = array.reshape(-1, 1)
    if array.ndim != 2 or array.shape[1] != len(names):
        raise ValueError(f"the array is {array.shape}, but the model takes {len(names)} columns: {', '.join(names[:20])}")
    # A matrix's columns would be matrices.
    array = array.view(type(array).__mro__[-2]) if type(array).__name__ == "matrix" else array
    return {name: array[:, i] for i, name in enumerate(names)}


def _arrays(model: "Model", arrays: Mapping[str, Any], errors: str, threads: int) -> dict[str, Any]:
    lengths: set[int] = set()
    for name, values in arrays.items():
        if not is_column(values):
            raise TypeError(f"\"{name}\" is one value beside columns; give an array of it")
        lengths.add(len(values))
    if len(lengths) > 1:
        raise ValueError(f"the columns have different lengths: {sorted(lengths)}")
    table = _columns.Table(lengths.pop() if lengths else 0)
    for name in _needed(model):
        if name not in arrays:
            continue
        values = arrays[name]
        library = type(values).__module__.partition(".")[0]
        if library == "pandas" and hasattr(values, "array"):
            from . import _pandas

            _pandas.add(table, name, values)
        else:
            table.add(name, values.to_numpy() if library == "polars" else values)
    return _windows(model, table.complete(), errors, threads)


#: Rows that are scored in one call of the library, so that Ctrl-C is heard between calls.
WINDOW = 1 << 20


def _windows(model: "Model", table: _columns.Table, errors: str, threads: int) -> dict[str, Any]:
    """The results of a table as arrays."""
    rows = table.array.length
    if rows <= WINDOW or model._described()["stateful"]:
        columns: dict[str, Any] = model._score(table.schema, table.array, errors, threads).columns()
        return columns
    import numpy as np

    parts: list[dict[str, Any]] = []
    for start in range(0, rows, WINDOW):
        table.array.offset, table.array.length = start, min(WINDOW, rows - start)
        try:
            parts.append(model._score(table.schema, table.array, errors, threads).columns())
        except PommelError as error:
            if error.row is not None:
                raise raised_at(error, error.row + start) from None
            raise
    return {name: np.concatenate([part.pop(name) for part in parts]) for name in list(parts[0])}


def _chunks(model: "Model", data: Any, errors: str, threads: int) -> Iterator[Chunk]:
    """The results of anything that gives itself as a stream."""
    capsule = data.__arrow_c_stream__()
    yield from model._stream(pointer(capsule, b"arrow_array_stream"), errors, threads)


def _polars(model: "Model", frame: Any, errors: str, threads: int) -> Any:
    import polars

    if isinstance(frame, polars.LazyFrame):
        frame = frame.collect()
    present = [name for name in _needed(model) if name in frame.columns]
    # Without a column there would be no rows.
    rows = frame.height
    part = frame.select(present) if present else polars.DataFrame({"": [None] * rows})
    if rows > WINDOW:
        part = polars.concat([part.slice(start, WINDOW) for start in range(0, rows, WINDOW)], rechunk=False)
    frames = [_polars_frame(chunk) for chunk in _chunks(model, part, errors, threads) if chunk.array.length]
    if not frames:
        return _polars_frame(model._score(*_empty(), errors, threads))
    return polars.concat(frames, rechunk=False) if len(frames) > 1 else frames[0]


def _polars_frame(chunk: Chunk) -> Any:
    import polars

    return polars.DataFrame(polars.Series(chunk).struct.unnest())


def _empty() -> tuple[Any, Any]:
    table = _columns.Table(0)
    return table.schema, table.array


def _arrow(model: "Model", data: Any, errors: str, threads: int) -> Any:
    import pyarrow

    if isinstance(data, pyarrow.RecordBatchReader):
        return _reader(model, data, errors, threads)
    if not isinstance(data, (pyarrow.Table, pyarrow.RecordBatch)) and not hasattr(data, "__arrow_c_stream__"):
        data = _one_batch(data)
    if isinstance(data, pyarrow.RecordBatch):
        return _batch(model, data, errors, threads)
    if isinstance(data, pyarrow.Table):
        names = data.column_names
        # Of several columns of one name the first is read.
        part = data.select([names.index(name) for name in _needed(model) if name in names])
        if part.num_columns == 0:
            part = pyarrow.table({"": pyarrow.nulls(data.num_rows)})
        data = part.to_reader(max_chunksize=WINDOW)
    batches = [_taken(chunk) for chunk in _chunks(model, data, errors, threads)]
    return pyarrow.Table.from_batches(batches, _schema(model, errors))


def _one_batch(data: Any) -> Any:
    """What knows only Arrow's interface for single arrays."""
    import pyarrow

    if isinstance(data, pyarrow.StructArray):
        return pyarrow.RecordBatch.from_struct_array(data)
    if isinstance(data, pyarrow.Array) or not hasattr(data, "__arrow_c_array__"):
        raise TypeError("an array has no name; give a table or a dict of arrays")
    return pyarrow.record_batch(data)


def _schema(model: "Model", errors: str) -> Any:
    import ctypes

    import pyarrow

    empty = model._result_schema(errors)
    return pyarrow.Schema._import_from_c(ctypes.addressof(empty.schema))


def _taken(chunk: Chunk) -> Any:
    """A batch of pyarrow's that has taken over the memory of the chunk."""
    import ctypes

    import pyarrow

    return pyarrow.RecordBatch._import_from_c(ctypes.addressof(chunk.array), ctypes.addressof(chunk.schema))


def _batch(model: "Model", batch: Any, errors: str, threads: int) -> Any:
    import ctypes

    from ._library import ArrowArray, ArrowSchema

    schema, array = ArrowSchema(), ArrowArray()
    batch._export_to_c(ctypes.addressof(array), ctypes.addressof(schema))
    try:
        return _taken(model._score(schema, array, errors, threads))
    finally:
        for structure in (array, schema):
            structure.release(ctypes.byref(structure))


def _reader(model: "Model", reader: Any, errors: str, threads: int) -> Any:
    import pyarrow

    batches = (_taken(chunk) for chunk in _chunks(model, reader, errors, threads))
    return pyarrow.RecordBatchReader.from_batches(_schema(model, errors), batches)
