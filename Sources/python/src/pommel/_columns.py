"""NumPy and pandas columns as Arrow arrays over the same memory, for the length of a call."""

from __future__ import annotations

import ctypes
from typing import Any, Iterable, Optional

from ._library import BOOLEAN, LIST, MISSING, ArrowArray, ArrowSchema
from ._rows import plain

_FORMATS = {
    "int8": b"c", "uint8": b"C", "int16": b"s", "uint16": b"S", "int32": b"i", "uint32": b"I", "int64": b"l", "uint64": b"L",
    "float16": b"e", "float32": b"f", "float64": b"g",
}
_UNITS = {"s": b"tss:", "ms": b"tsm:", "us": b"tsu:", "ns": b"tsn:"}


class Table:
    """Columns in Arrow's structures. They are borrowed: whoever gets them must not release them, and keep this object as long as they are used."""

    def __init__(self, rows: int) -> None:
        self._rows = rows
        self._kept: list[Any] = []
        self._columns: list[tuple[ArrowSchema, ArrowArray]] = []
        self.schema = ArrowSchema(format=b"+s", name=b"")
        self.array = ArrowArray(length=rows, n_buffers=1)
        self.array.buffers = self._buffers([None])

    def add(self, name: str, values: Any) -> None:
        """Adds a column: an array of NumPy's or anything like one."""
        schema, array = self._column(values)
        schema.name = name.encode("utf-8", "replace")
        self._columns.append((schema, array))
        count = len(self._columns)
        types = (ctypes.POINTER(ArrowSchema) * count)(*[ctypes.pointer(schema) for schema, _ in self._columns])
        arrays = (ctypes.POINTER(ArrowArray) * count)(*[ctypes.pointer(array) for _, array in self._columns])
        self._kept.append((types, arrays))
        self.schema.n_children = self.array.n_children = count
        self.schema.children, self.array.children = types, arrays

    def _buffers(self, addresses: list[Optional[int]]) -> Any:
        buffers = (ctypes.c_void_p * len(addresses))(*addresses)
        self._kept.append(buffers)
        return ctypes.cast(buffers, ctypes.POINTER(ctypes.c_void_p))

    def _address(self, array: Any) -> int:
        self._kept.append(array)
        address: int = array.ctypes.data
        return address

    def _made(self, form: bytes, length: int, addresses: list[Optional[int]]) -> tuple[ArrowSchema, ArrowArray]:
        schema = ArrowSchema(format=form, name=b"", flags=2)
        array = ArrowArray(length=length, null_count=0 if addresses[0] is None else -1, n_buffers=len(addresses))
        array.buffers = self._buffers(addresses)
        return schema, array

    def _column(self, values: Any) -> tuple[ArrowSchema, ArrowArray]:
        import numpy as np

        if hasattr(values, "categories") and hasattr(values, "codes"):
            # A code of -1 is a missing value, and to the library one that is not in the dictionary.
            codes = np.ascontiguousarray(values.codes)
            schema, array = self._made(_FORMATS[codes.dtype.name], len(codes), [None, self._address(codes)])
            inner_schema, inner = self._column(np.asarray(values.categories))
            self._kept.append((inner_schema, inner))
            schema.dictionary, array.dictionary = ctypes.pointer(inner_schema), ctypes.pointer(inner)
            return schema, array
        array_of = np.asarray(values)
        name = array_of.dtype.name
        if not array_of.dtype.isnative:
            array_of = array_of.astype(array_of.dtype.newbyteorder("="))
        if name in _FORMATS:
            array_of = np.ascontiguousarray(array_of)
            return self._made(_FORMATS[name], len(array_of), [None, self._address(array_of)])
        if name == "bool":
            return self._made(b"b", len(array_of), [None, self._address(np.packbits(array_of, bitorder="little"))])
        if array_of.dtype.kind == "M":
            return self._moments(array_of)
        return self._objects(array_of.tolist() if array_of.dtype.kind in "USO" else array_of.astype(object).tolist())

    def _moments(self, values: Any) -> tuple[ArrowSchema, ArrowArray]:
        import numpy as np

        unit = np.datetime_data(values.dtype)[0]
        if unit not in _UNITS:
            values, unit = values.astype("datetime64[s]"), "s"
        missing = np.isnat(values)
        validity = self._address(np.packbits(~missing, bitorder="little")) if missing.any() else None
        return self._made(_UNITS[unit], len(values), [validity, self._address(np.ascontiguousarray(values).view("int64"))])

    def _objects(self, values: Iterable[Any]) -> tuple[ArrowSchema, ArrowArray]:
        """Texts, and what else a column of Python's objects may hold, as texts: the library reads numbers out of them."""
        import numpy as np

        pieces: list[bytes] = []
        present: list[bool] = []
        lists: list[Any] = []
        for value in values:
            kind, content = plain(value)
            is_missing = kind == MISSING or (isinstance(content, float) and content != content)
            if kind == LIST:
                lists.append(value)
            present.append(not is_missing)
            if is_missing:
                pieces.append(b"")
            elif kind == BOOLEAN:
                pieces.append(b"true" if content else b"false")
            elif isinstance(content, float):
                pieces.append(str(value).encode() if isinstance(value, int) else repr(content).encode())
            else:
                pieces.append(content)
        if lists:
            return self._lists(values)
        offsets = np.zeros(len(pieces) + 1, dtype="int64")
        np.cumsum([len(piece) for piece in pieces], out=offsets[1:]) if pieces else None
        data = np.frombuffer(b"".join(pieces) or b"\0", dtype="uint8")
        validity = None if all(present) else self._address(np.packbits(np.array(present, dtype=bool), bitorder="little"))
        return self._made(b"U", len(pieces), [validity, self._address(offsets), self._address(data)])

    def _lists(self, values: Iterable[Any]) -> tuple[ArrowSchema, ArrowArray]:
        import numpy as np

        rows = [None if plain(value)[0] == MISSING else list(value) if plain(value)[0] == LIST else [value] for value in values]
        offsets = np.zeros(len(rows) + 1, dtype="int64")
        np.cumsum([len(row or []) for row in rows], out=offsets[1:])
        present = np.array([row is not None for row in rows], dtype=bool)
        schema, array = self._made(b"+L", len(rows), [self._address(np.packbits(present, bitorder="little")), self._address(offsets)])
        elements = [element for row in rows for element in row or []]
        is_numeric = all(isinstance(element, (int, float)) and not isinstance(element, bool) for element in elements)
        inner_schema, inner = self._column(np.array(elements, dtype="float64")) if is_numeric else self._objects(elements)
        types = (ctypes.POINTER(ArrowSchema) * 1)(ctypes.pointer(inner_schema))
        arrays = (ctypes.POINTER(ArrowArray) * 1)(ctypes.pointer(inner))
        self._kept.append((types, arrays, inner_schema, inner))
        schema.n_children = array.n_children = 1
        schema.children, array.children = types, arrays
        return schema, array


def of_frame(frame: Any, names: Iterable[str]) -> Table:
    """The named columns of a pandas frame, as far as it has them."""
    table = Table(len(frame))
    present = set(frame.columns)
    for name in names:
        if name in present:
            table.add(name, _pandas_values(frame[name]))
    return table


def _pandas_values(series: Any) -> Any:
    """What holds the numbers of a column: the memory itself where it is NumPy's."""
    if getattr(series, "ndim", 1) != 1:
        # Several columns of one name: the first is read.
        series = series.iloc[:, 0]
    kind = series.dtype
    if hasattr(kind, "categories"):
        return series.cat
    if hasattr(kind, "tz") and kind.tz is not None:
        return series.dt.tz_convert("UTC").dt.tz_localize(None).to_numpy()
    is_nullable_number = getattr(kind, "kind", "") in "iuf" and not hasattr(kind, "isnative")
    if is_nullable_number:
        # Whole numbers beyond 2⁵³ would be rounded as floats.
        if kind.kind in "iu" and not series.hasnans:
            return series.to_numpy(dtype="int64" if kind.kind == "i" else "uint64")
        return series.to_numpy(dtype="float64", na_value=float("nan"))
    return series.to_numpy() if hasattr(kind, "isnative") else series.to_numpy(dtype=object, na_value=None)
