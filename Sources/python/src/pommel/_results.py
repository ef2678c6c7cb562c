"""Results of the library as what the caller works with."""

from __future__ import annotations

import ctypes
import sys
from typing import Any

from ._library import ArrowArray, ArrowSchema

_DTYPES = {b"g": "float64", b"f": "float32", b"l": "int64", b"tdD": "int32", b"ttu": "int64", b"tsu:": "int64"}


class Chunk:
    """A table of results in Arrow's structures. It offers them to whoever knows Arrow's C interface, once."""

    def __init__(self) -> None:
        self.schema = ArrowSchema()
        self.array = ArrowArray()

    def __del__(self) -> None:
        for structure in (self.array, self.schema):
            if structure.release:
                structure.release(ctypes.byref(structure))

    def __arrow_c_array__(self, requested_schema: Any = None) -> tuple[Any, Any]:
        return _capsule(self.schema, b"arrow_schema"), _capsule(self.array, b"arrow_array")

    def columns(self) -> dict[str, Any]:
        """The results as arrays of NumPy's; numbers stay where they are."""
        return {
            self.schema.children[i].contents.name.decode(): self._values(self.schema.children[i].contents, self.array.children[i].contents)
            for i in range(self.schema.n_children)
        }

    def _numbers(self, address: int, count: int, dtype: str) -> Any:
        import numpy as np

        size = np.dtype(dtype).itemsize
        buffer = (ctypes.c_char * max(1, count * size)).from_address(address)
        buffer._owner = self
        return np.frombuffer(buffer, dtype=dtype, count=count)

    def _values(self, schema: ArrowSchema, array: ArrowArray) -> Any:
        import numpy as np

        rows = array.length
        missing = None
        if array.null_count:
            bits = self._numbers(array.buffers[0], (rows + 7) // 8, "uint8")
            missing = np.unpackbits(bits, count=rows, bitorder="little") == 0
        form = schema.format
        if form == b"u":
            return self._texts(array, rows, missing)
        if form == b"+l":
            offsets = self._numbers(array.buffers[1], rows + 1, "int32")
            items = self._values(schema.children[0].contents, array.children[0].contents).tolist()
            lists = [items[offsets[i]:offsets[i + 1]] for i in range(rows)]
            return _objects([None if missing is not None and missing[i] else lists[i] for i in range(rows)])
        if form == b"b":
            flags = np.unpackbits(self._numbers(array.buffers[1], (rows + 7) // 8, "uint8"), count=rows, bitorder="little").astype(bool)
            return flags if missing is None else _objects([None if gap else bool(flag) for flag, gap in zip(flags, missing)])
        values = self._numbers(array.buffers[1], rows, _DTYPES[form])
        if form in (b"g", b"f"):
            if missing is not None:
                values[missing] = np.nan
            return values
        if form == b"l":
            if missing is None:
                return values
            values = values.astype("float64")
            values[missing] = np.nan
            return values
        moments = {b"tdD": "datetime64[D]", b"tsu:": "datetime64[us]", b"ttu": "timedelta64[us]"}[form]
        values = values.astype("int64").view(moments)
        if missing is not None:
            values[missing] = np.array("NaT", dtype=moments)
        return values

    def _texts(self, array: ArrowArray, rows: int, missing: Any) -> Any:
        pyarrow = _pyarrow(rows)
        if pyarrow is not None:
            return self._texts_by_arrow(pyarrow, array, rows)
        offsets = self._numbers(array.buffers[1], rows + 1, "int32").tolist()
        data = ctypes.string_at(array.buffers[2], offsets[-1])
        known: dict[bytes, str] = {}
        values: list[Any] = []
        for start, end in zip(offsets, offsets[1:]):
            piece = data[start:end]
            text = known.get(piece)
            if text is None:
                text = known.setdefault(piece, piece.decode("utf-8"))
            values.append(text)
        if missing is not None:
            values = [None if gap else value for value, gap in zip(values, missing.tolist())]
        return _objects(values)

    def _texts_by_arrow(self, pyarrow: Any, array: ArrowArray, rows: int) -> Any:
        """The texts with one object of Python's for each different one."""
        import numpy as np

        size = int(self._numbers(array.buffers[1], rows + 1, "int32")[-1])
        sizes = ((rows + 7) // 8, 4 * (rows + 1), size)
        # The buffers keep this object, which owns the memory.
        validity, offsets, data = (
            pyarrow.foreign_buffer(array.buffers[i], length, base=self) if array.buffers[i] else None for i, length in enumerate(sizes))
        coded = pyarrow.StringArray.from_buffers(rows, offsets, data, validity).dictionary_encode()
        texts = _objects([*coded.dictionary.to_pylist(), None])
        return texts[coded.indices.fill_null(len(texts) - 1).to_numpy(zero_copy_only=False)]


def _pyarrow(rows: int) -> Any:
    """pyarrow, where it is worth its while: if it is there and many texts are wanted, or very many if it has not been imported yet."""
    if rows < 2_000:
        return None
    found = sys.modules.get("pyarrow")
    if found is None and rows > 200_000:
        try:
            import pyarrow as found
        except ImportError:
            return None
    return found


def _objects(values: list[Any]) -> Any:
    import numpy as np

    made = np.empty(len(values), dtype=object)
    # Assigned one by one, as NumPy would take lists apart.
    for i, value in enumerate(values):
        made[i] = value
    return made


_PyCapsule_New = ctypes.pythonapi.PyCapsule_New
_PyCapsule_New.restype = ctypes.py_object
_PyCapsule_New.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p]
_GetPointer = ctypes.PYFUNCTYPE(ctypes.c_void_p, ctypes.py_object, ctypes.c_char_p)(("PyCapsule_GetPointer", ctypes.pythonapi))
_GetPointerOf = ctypes.PYFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_char_p)(("PyCapsule_GetPointer", ctypes.pythonapi))
#: Structures in the hands of capsules, by address.
_handed: dict[int, Any] = {}


@ctypes.PYFUNCTYPE(None, ctypes.c_void_p)
def _forget_schema(capsule: int) -> None:
    _release(_GetPointerOf(capsule, b"arrow_schema"))


@ctypes.PYFUNCTYPE(None, ctypes.c_void_p)
def _forget_array(capsule: int) -> None:
    _release(_GetPointerOf(capsule, b"arrow_array"))


def _release(address: Any) -> None:
    """Releases what nobody took out of a capsule."""
    structure = _handed.pop(address, None)
    if structure is not None and structure.release:
        structure.release(ctypes.byref(structure))


def _capsule(source: Any, name: bytes) -> Any:
    """Moves a structure into a capsule."""
    moved = type(source)()
    ctypes.memmove(ctypes.byref(moved), ctypes.byref(source), ctypes.sizeof(source))
    source.release = type(source.release)()
    address = ctypes.addressof(moved)
    _handed[address] = moved
    forget = _forget_schema if name == b"arrow_schema" else _forget_array
    return _PyCapsule_New(address, name, ctypes.cast(forget, ctypes.c_void_p))


def pointer(capsule: Any, name: bytes) -> int:
    """What a capsule holds."""
    address: int = _GetPointer(capsule, name)
    return address
