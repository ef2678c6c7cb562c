"""Columns of NumPy's and pyarrow's as Arrow arrays over the same memory, for the length of a call."""

from __future__ import annotations

import ctypes
from typing import Any, Optional

from ._library import BOOLEAN, LIST, MISSING, ArrowArray, ArrowSchema
from ._rows import number_text, plain

_FORMATS = {
    "int8": b"c", "uint8": b"C", "int16": b"s", "uint16": b"S", "int32": b"i", "uint32": b"I", "int64": b"l", "uint64": b"L",
    "float16": b"e", "float32": b"f", "float64": b"g",
}
_MOMENTS = {"s": b"tss:", "ms": b"tsm:", "us": b"tsu:", "ns": b"tsn:"}
_TIMES = {"us": b"ttu", "ns": b"ttn"}
#: Rows of which the cells of some dozen columns fit into a processor's cache.
_BLOCK = 4096


class Table:
    """Columns in Arrow's structures. They are borrowed: whoever gets them must not release them, and keep this object as long as they are used."""

    def __init__(self, rows: int) -> None:
        self._rows = rows
        self._kept: list[Any] = []
        self._exported: list[tuple[ArrowSchema, ArrowArray]] = []
        self._columns: list[tuple[ArrowSchema, ArrowArray]] = []
        #: Columns whose cells lie apart, and where they are to lie side by side.
        self._scattered: list[tuple[Any, Any]] = []
        self.schema = ArrowSchema(format=b"+s", name=b"")
        self.array = ArrowArray(length=rows, n_buffers=1)
        self.array.buffers = self._buffers([None])

    def __del__(self) -> None:
        for structures in self._exported:
            for structure in structures:
                structure.release(ctypes.byref(structure))

    def add(self, name: str, values: Any, missing: Any = None) -> None:
        """Adds a column: an array of NumPy's or anything like one, or one of pyarrow's.

        :param missing: an array of truth values that says which cells are, beyond those that say so themselves.
        """
        schema, array = self._column(values, missing)
        schema.name = name.encode("utf-8", "replace")
        self._columns.append((schema, array))

    def complete(self) -> "Table":
        """Call it when all columns are there."""
        count = len(self._columns)
        if count:
            types = (ctypes.POINTER(ArrowSchema) * count)(*[ctypes.pointer(schema) for schema, _ in self._columns])
            arrays = (ctypes.POINTER(ArrowArray) * count)(*[ctypes.pointer(array) for _, array in self._columns])
            self._kept.append((types, arrays))
            self.schema.n_children = self.array.n_children = count
            self.schema.children, self.array.children = types, arrays
        # The cells of a row lie side by side, so columns are copied together, a block of rows at a time.
        for start in range(0, self._rows, _BLOCK) if self._scattered else ():
            for source, target in self._scattered:
                target[start:start + _BLOCK] = source[start:start + _BLOCK]
        self._scattered.clear()
        return self

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

    def _validity(self, missing: Any) -> Optional[int]:
        """The bits of what is there; None if all is."""
        import numpy as np

        return self._address(np.packbits(~missing, bitorder="little")) if missing is not None and missing.any() else None

    def _column(self, values: Any, missing: Any = None) -> tuple[ArrowSchema, ArrowArray]:
        import numpy as np

        if hasattr(values, "_export_to_c") or hasattr(values, "combine_chunks"):
            return self._arrow(values)
        if hasattr(values, "categories") and hasattr(values, "codes"):
            # A code of -1 is a missing value, and to the library one that is not in the dictionary.
            codes = np.ascontiguousarray(values.codes)
            schema, array = self._made(_FORMATS[codes.dtype.name], len(codes), [None, self._address(codes)])
            inner_schema, inner = self._column(np.asarray(values.categories))
            self._kept.append((inner_schema, inner))
            schema.dictionary, array.dictionary = ctypes.pointer(inner_schema), ctypes.pointer(inner)
            return schema, array
        if isinstance(values, np.ma.MaskedArray):
            missing, values = np.ma.getmaskarray(values), values.data
        array_of = np.asarray(values)
        if array_of.ndim != 1:
            raise ValueError(f"a column has one dimension, not {array_of.ndim}")
        name = array_of.dtype.name
        if not array_of.dtype.isnative:
            array_of = array_of.astype(array_of.dtype.newbyteorder("="))
        if name in _FORMATS:
            return self._made(_FORMATS[name], len(array_of), [self._validity(missing), self._address(self._side_by_side(array_of))])
        if name == "bool":
            return self._made(b"b", len(array_of), [self._validity(missing), self._address(np.packbits(array_of, bitorder="little"))])
        if array_of.dtype.kind in "mM":
            return self._moments(array_of, missing)
        objects = array_of.tolist() if array_of.dtype.kind in "USO" else array_of.astype(object).tolist()
        if missing is not None:
            objects = [None if gap else value for value, gap in zip(objects, missing.tolist())]
        return self._objects(objects)

    def _side_by_side(self, values: Any) -> Any:
        import numpy as np

        if len(values) != self._rows or values.flags.c_contiguous:
            return np.ascontiguousarray(values)
        target = np.empty(len(values), dtype=values.dtype)
        self._scattered.append((values, target))
        return target

    def _arrow(self, values: Any) -> tuple[ArrowSchema, ArrowArray]:
        """An array of pyarrow's, or one in chunks, over its own memory."""
        if hasattr(values, "num_chunks"):
            values = values.chunk(0) if values.num_chunks == 1 else values.combine_chunks()
        schema, array = ArrowSchema(), ArrowArray()
        values._export_to_c(ctypes.addressof(array), ctypes.addressof(schema))
        self._exported.append((schema, array))
        return schema, array

    def _moments(self, values: Any, missing: Any) -> tuple[ArrowSchema, ArrowArray]:
        """Days and moments, and spans of time as times of day."""
        import numpy as np

        is_span = values.dtype.kind == "m"
        units = _TIMES if is_span else _MOMENTS
        unit = np.datetime_data(values.dtype)[0]
        if unit not in units or np.datetime_data(values.dtype)[1] != 1:
            unit = "us" if is_span else "s"
            values = values.astype(f"{'timedelta64' if is_span else 'datetime64'}[{unit}]")
        gaps = np.isnat(values)
        if missing is not None:
            gaps |= missing
        return self._made(units[unit], len(values), [self._validity(gaps), self._address(np.ascontiguousarray(values).view("int64"))])

    def _objects(self, values: list[Any]) -> tuple[ArrowSchema, ArrowArray]:
        """Truth values; or texts, and what else a column of Python's objects may hold, as texts: the library reads numbers out of them."""
        import numpy as np

        pieces: list[bytes] = []
        present: list[bool] = []
        flags = 0
        for value in values:
            if value.__class__ is str:
                present.append(True)
                pieces.append(value.encode("utf-8", "replace"))
                continue
            kind, content = plain(value)
            if kind == LIST:
                return self._lists(values)
            is_missing = kind == MISSING or (isinstance(content, float) and content != content)
            present.append(not is_missing)
            if is_missing:
                pieces.append(b"")
            elif kind == BOOLEAN:
                flags += 1
                pieces.append(b"true" if content else b"false")
            else:
                pieces.append(number_text(content) if isinstance(content, float) else content)
        missing = ~np.array(present, dtype=bool)
        if flags and flags == len(present) - missing.sum():
            truths = np.array([piece == b"true" for piece in pieces], dtype=bool)
            return self._made(b"b", len(pieces), [self._validity(missing), self._address(np.packbits(truths, bitorder="little"))])
        offsets = np.zeros(len(pieces) + 1, dtype="int64")
        np.cumsum(np.fromiter(map(len, pieces), dtype="int64", count=len(pieces)), out=offsets[1:])
        data = np.frombuffer(b"".join(pieces) or b"\0", dtype="uint8")
        return self._made(b"U", len(pieces), [self._validity(missing), self._address(offsets), self._address(data)])

    def _lists(self, values: list[Any]) -> tuple[ArrowSchema, ArrowArray]:
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
