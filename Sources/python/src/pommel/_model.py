"""Models as Python sees them."""

from __future__ import annotations

import ctypes
import operator
import os
from typing import Any, BinaryIO, Iterator, Mapping, NamedTuple, Optional, Union

from ._errors import PommelError
from ._library import ERROR_COLUMN, KEEP_FAILED_ROWS, ArrowArray, ArrowArrayStream, ArrowSchema, library, options, path_bytes, raised, taken
from ._rows import Layout, Row, is_column

PathLike = Union[str, "os.PathLike[str]"]
#: Values that are surely no columns, without a closer look.
_CELLS = frozenset((float, int, str, bool, type(None)))
_FLAGS = {"raise": 0, "missing": KEEP_FAILED_ROWS, "column": ERROR_COLUMN}


class Field(NamedTuple):
    """What a model takes or gives."""

    name: str
    #: PMML's data type: ``string``, ``integer``, ``float``, ``double``, ``boolean``, ``date``, ``time``, ``dateTime``, …
    type: str
    #: ``continuous``, ``categorical`` or ``ordinal``.
    optype: str
    display_name: Optional[str] = None
    is_list: bool = False
    #: Of inputs: ``active``, ``target``, ``supplementary``, …
    usage: Optional[str] = None
    #: Of inputs: whether a result depends on it.
    required: bool = True
    #: Of inputs: valid values, as the document writes them, and valid intervals.
    values: tuple[str, ...] = ()
    intervals: tuple[str, ...] = ()
    #: Of outputs: ``target``, ``output`` or ``derived``.
    role: Optional[str] = None
    #: Of outputs: the result feature, ``predictedValue``, ``probability``, …, and the category that it speaks of.
    feature: Optional[str] = None
    value: Optional[str] = None


def _field(described: dict[str, Any]) -> Field:
    return Field(
        described["name"], described["dataType"], described["opType"], described.get("displayName"), described.get("isList", False),
        described.get("usageType"), described.get("required", True), tuple(described.get("values", ())), tuple(described.get("intervals", ())),
        described.get("role"), described.get("feature"), described.get("value"))


def load(
    source: Union[PathLike, bytes, bytearray, memoryview, BinaryIO], *, model_name: Optional[str] = None, object_name: Optional[str] = None,
    strict: bool = False, limits: Optional[Mapping[str, int]] = None, memory_map: bool = True,
) -> "Model":
    """Opens a PMML document, a .pommel file, or a model that R has saved; its content tells which.

    :param source: a path, or the file's bytes, or a file opened for reading bytes.
    :param model_name: which model of a document with several; the first that can be scored if it is not given.
    :param object_name: which object of a file saved by R.
    :param strict: refuse documents that depart from the standard.
    :param limits: what a file from a stranger may cost, any of ``depth``, ``elements``, ``names``, ``attributes``, ``attribute_bytes``,
        ``dtd_bytes``, ``text_bytes``, ``document_bytes``, ``expansion``; docs/limits.md has the defaults.
    :param memory_map: whether a .pommel file is mapped, which takes no time and no memory; ``False`` reads it, so that nothing happens when the file is
        written over or cut short in place.
    :raises PommelError: with the place at which the file is wrong.
    """
    error = ctypes.c_void_p()
    chosen = options(model_name, object_name, strict, limits, memory_map)
    content = _content(source)
    if content is None:
        handle = library().pommel_open(path_bytes(source), chosen, ctypes.byref(error))
    else:
        name = getattr(source, "name", None)
        handle = library().pommel_open_bytes(
            content, len(content), os.fsencode(name) if isinstance(name, str) else b"memory", chosen, ctypes.byref(error))
    if not handle:
        raise raised(error)
    return Model(handle)


def _content(source: Any) -> Optional[bytes]:
    """A file's bytes, if that is what was given; None for a path."""
    if isinstance(source, bytes):
        return source
    if isinstance(source, str) and source.lstrip("\ufeff \t\r\n").startswith("<"):
        raise ValueError("this is a document and not a path; give its bytes: load(text.encode())")
    if isinstance(source, str) or hasattr(source, "__fspath__"):
        return None
    if hasattr(source, "read"):
        found = source.read()
        if not isinstance(found, bytes):
            raise TypeError("the file gives texts; open it for bytes: open(path, \"rb\")")
        return found
    try:
        return bytes(memoryview(source))
    except TypeError:
        raise TypeError(f"load takes a path, bytes or a file opened for bytes, but not {type(source).__name__}") from None


def _restored(content: bytes, selected: Optional[list[str]]) -> "Model":
    model = load(content)
    return model if selected is None else model.select(*selected)


class Model:
    """A model ready to score; open one with :func:`load`.

    It never changes. Threads may share it, it can be pickled (as the bytes of a .pommel file), and a forked process goes on using it.
    """

    def __init__(self, handle: int, selected: Optional[list[str]] = None) -> None:
        self._handle = handle
        self._selected = selected
        self._rows: list[Row] = []
        self._schema: Optional[dict[str, Any]] = None
        self._layout: Optional[Layout] = None

    def __del__(self) -> None:
        if getattr(self, "_handle", None):
            self._rows.clear()
            library().pommel_close(self._handle)
            self._handle = 0

    def __reduce__(self) -> Any:
        return _restored, (self.to_bytes(), self._selected)

    def __repr__(self) -> str:
        name = self.properties.get("modelName")
        kind = self.properties.get("element", "model")
        return f"<pommel.Model {kind}{' ' + repr(name) if name else ''}: {len(self.inputs)} inputs, {len(self.outputs)} outputs>"

    def describe(self) -> dict[str, Any]:
        """Everything that the model says of itself, as ``pommel inspect --json`` prints it. The dict is the caller's."""
        import copy

        return copy.deepcopy(self._described())

    def _described(self) -> dict[str, Any]:
        if self._schema is None:
            import json

            self._schema = json.loads(taken(library().pommel_schema(self._handle)))
        return self._schema

    @property
    def inputs(self) -> list[Field]:
        """The fields that the model takes."""
        return [_field(field) for field in self._described()["inputs"]]

    @property
    def outputs(self) -> list[Field]:
        """The fields that :meth:`predict` gives: the target and every output, or what :meth:`select` chose."""
        return [_field(field) for field in self._described()["outputs"]]

    @property
    def derived_fields(self) -> list[Field]:
        """Fields computed on the way, which :meth:`select` can ask for."""
        return [_field(field) for field in self._described()["derivedFields"]]

    @property
    def properties(self) -> dict[str, str]:
        """``element``, ``functionName``, ``modelName``, ``pmmlVersion``, ``application``, …"""
        found: dict[str, str] = dict(self._described()["properties"])
        return found

    @property
    def warnings(self) -> list[dict[str, Any]]:
        """Remarks from reading the document; a .pommel file has none."""
        found: list[dict[str, Any]] = self.describe()["warnings"]
        return found

    def select(self, *names: str) -> "Model":
        """The same model giving the named targets, outputs, derived fields and inputs, in that order. It shares the model's memory.

        :raises PommelError: ``unknown-field`` for a name that the model does not know.
        """
        if not names or not all(isinstance(name, str) for name in names):
            raise TypeError("select takes one or more names: model.select(\"a\", \"b\")")
        error = ctypes.c_void_p()
        texts = (ctypes.c_char_p * len(names))(*[name.encode() for name in names])
        handle = library().pommel_select(self._handle, texts, len(names), ctypes.byref(error))
        if not handle:
            raise raised(error)
        return Model(handle, list(names))

    def to_bytes(self) -> bytes:
        """The bytes of a .pommel file, which :func:`load` opens at once."""
        count = ctypes.c_size_t()
        address = library().pommel_native_bytes(self._handle, ctypes.byref(count))
        return ctypes.string_at(address, count.value)

    def save(self, path: PathLike) -> None:
        """Writes a .pommel file; :func:`pommel.convert` writes one with the document inside, and PMML."""
        with open(path, "wb") as file:
            file.write(self.to_bytes())

    def predict(self, data: Any, *, errors: str = "raise", threads: int = 0) -> Any:
        """Scores data, and gives the results in the same kind.

        ===================================  ==============================================
        ``data``                             result
        ===================================  ==============================================
        one dict                             a dict
        list of dicts                        a list of dicts
        iterator of dicts                    an iterator of dicts, scored when they are asked for
        pandas frame                         a pandas frame with the same index
        polars frame                         a polars frame
        pyarrow table, batch or reader       the same
        2-D NumPy array                      dict of arrays; columns are the required inputs, in their order
        structured NumPy array,              dict of arrays
        dict of arrays
        anything with __arrow_c_stream__     a pyarrow table
        ===================================  ==============================================

        Columns that the model does not know are ignored, and fields without a column are missing, as None, NaN, NaT and nulls are.

        :param errors: what becomes of rows that have no result: ``"raise"`` an exception for the first; ``"missing"`` results;
            ``"column"`` missing results, and a column ``error`` that says why.
        :param threads: how many to use at most; 0 is one for each processor.
        :raises PommelError: with row, field and value.
        """
        if type(data) is dict and errors == "raise":
            # Columns are arrays, all of them, so one tells.
            first = next(iter(data.values()), None)
            if first.__class__ in _CELLS or not is_column(first):
                return self._record(data)
        if errors not in _FLAGS:
            raise ValueError("errors is one of " + ", ".join(map(repr, _FLAGS)))
        threads = operator.index(threads)
        if threads < 0:
            raise ValueError("threads is how many to use at most, or 0 for one for each processor")
        from ._predict import predict

        return predict(self, data, errors, threads)

    def _takes_lists(self) -> bool:
        return any(field.get("isList") for field in self._described()["inputs"])

    def _record(self, record: dict[str, Any]) -> dict[str, Any]:
        """Scores one record with a row that nobody else uses meanwhile."""
        try:
            row = self._rows.pop()
        except IndexError:
            if self._layout is None:
                self._layout = Layout(self._described())
            row = Row(self._handle, self._layout)
        try:
            return row.score(record)
        finally:
            self._rows.append(row)

    def _record_or_error(self, record: Any, errors: str, index: Optional[int] = None) -> dict[str, Any]:
        if not hasattr(record, "get"):
            raise TypeError(f"a record is a dict, but {'this' if index is None else f'record {index}'} is of {type(record).__name__}")
        try:
            result = self._record(record)
        except PommelError as error:
            if errors == "raise":
                if index is not None:
                    error.row = index
                    error.args = (f"row {index}: {error.args[0]}",)
                raise
            result = {field["name"]: None for field in self._described()["outputs"]}
            if errors == "column":
                result[self._error_name()] = error.reason
            return result
        if errors == "column":
            result[self._error_name()] = None
        return result

    def _error_name(self) -> str:
        name, taken_names = "error", {field["name"] for field in self._described()["outputs"]}
        while name in taken_names:
            name += "_"
        return name

    def _score(self, schema: ArrowSchema, array: ArrowArray, errors: str, threads: int) -> Any:
        """Scores one table of borrowed structures."""
        from ._results import Chunk

        chunk, error = Chunk(), ctypes.c_void_p()
        code = library().pommel_score_arrow(
            self._handle, ctypes.byref(schema), ctypes.byref(array), threads, _FLAGS[errors], ctypes.byref(chunk.schema), ctypes.byref(chunk.array),
            ctypes.byref(error))
        if code != 0:
            raise raised(error)
        return chunk

    def _result_schema(self, errors: str) -> Any:
        """A table of no rows."""
        from ._results import Chunk

        chunk = Chunk()
        library().pommel_arrow_schema(self._handle, _FLAGS[errors], ctypes.byref(chunk.schema))
        return chunk

    def _stream(self, address: int, errors: str, threads: int) -> Iterator[Any]:
        """Scores a stream chunk by chunk; `address` is an ArrowArrayStream, which is taken over."""
        from ._results import Chunk

        stream, error = ArrowArrayStream(), ctypes.c_void_p()
        if library().pommel_score_stream(self._handle, address, threads, _FLAGS[errors], ctypes.byref(stream), ctypes.byref(error)) != 0:
            raise raised(error)
        try:
            while True:
                chunk = Chunk()
                if stream.get_next(ctypes.byref(stream), ctypes.byref(chunk.array)) != 0:
                    raise raised(library().pommel_stream_error(ctypes.byref(stream)))
                if not chunk.array.release:
                    return
                stream.get_schema(ctypes.byref(stream), ctypes.byref(chunk.schema))
                yield chunk
        finally:
            stream.release(ctypes.byref(stream))
