"""Columns of pandas: where their numbers lie, and which cells have none."""

from __future__ import annotations

from typing import Any, Iterable

from ._columns import Table


def of_frame(frame: Any, names: Iterable[str]) -> Table:
    """The named columns of a frame, as far as it has them.

    :raises ValueError: for columns whose names have several levels: no field is called like that, so that all would be missing.
    """
    if getattr(frame.columns, "nlevels", 1) > 1:
        raise ValueError("the frame's columns have names of several levels; give each one name: df.columns = [...]")
    table = Table(len(frame))
    present = set(frame.columns)
    for name in names:
        if name in present:
            series = frame[name]
            # Several columns of one name: the first is read.
            add(table, name, series if getattr(series, "ndim", 1) == 1 else series.iloc[:, 0])
    return table.complete()


def add(table: Table, name: str, series: Any) -> None:
    """Adds a series: its memory itself where it is NumPy's or Arrow's."""
    kind = series.dtype
    if hasattr(kind, "categories"):
        return table.add(name, series.cat)
    if type(kind).__name__ == "ArrowDtype" or getattr(kind, "storage", "") == "pyarrow":
        return table.add(name, series.array.__arrow_array__())
    if getattr(kind, "tz", None) is not None:
        return table.add(name, series.dt.tz_convert("UTC").dt.tz_localize(None).to_numpy())
    if hasattr(kind, "numpy_dtype"):
        # Values and gaps apart, so that whole numbers beside gaps are not rounded as floats.
        missing = series.isna().to_numpy()
        return table.add(name, series.to_numpy(dtype=kind.numpy_dtype, na_value=kind.numpy_dtype.type(0)), missing if missing.any() else None)
    if hasattr(kind, "isnative"):
        return table.add(name, series.to_numpy())
    if hasattr(kind, "subtype") and hasattr(kind, "fill_value"):
        # A sparse column.
        return table.add(name, series.sparse.to_dense().to_numpy())
    return table.add(name, series.to_numpy(dtype=object, na_value=None))
