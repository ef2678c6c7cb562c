"""Single records: a dict becomes C values in place, and C values a dict."""

from __future__ import annotations

import ctypes
import struct
from typing import TYPE_CHECKING, Any, Callable, Optional

from ._errors import PommelError
from ._library import BOOLEAN, LIST, MISSING, NUMBER, TEXT, library, raised

if TYPE_CHECKING:
    import datetime

_VALUE = struct.Struct("=IId")
_POINTER = struct.Struct("=IIQ")
#: Types whose results come as texts.
_TEXTS = {"string", "date", "time", "dateTime"}


class Layout:
    """Where the fields of a model lie in a row, worked out once."""

    def __init__(self, schema: dict[str, Any]) -> None:
        self.inputs: list[tuple[int, str]] = [(16 * i, field["name"]) for i, field in enumerate(schema["inputs"]) if field["required"]]
        required = [field for field in schema["inputs"] if field["required"]]
        #: The fields that take no list.
        self.single = {16 * i for i, field in enumerate(schema["inputs"]) if not field.get("isList")}
        #: Whether all inputs are numbers, so that a record may be written at one stroke.
        self.is_numeric = bool(required) and all(field["dataType"] not in _TEXTS and not field.get("isList") for field in required)
        self.names = [field["name"] for field in required]
        self.pack = struct.Struct("=" + "".join("8xd" if field["required"] else "16x" for field in schema["inputs"])).pack_into
        self.output_names: list[str] = [field["name"] for field in schema["outputs"]]
        kinds = [self._kind(field) for field in schema["outputs"]]
        self.unpack = struct.Struct("=" + "".join("IIQ" if kind is None else "IId" for kind in kinds)).unpack_from
        #: Where each output's kind and value lie, and what makes a value of it; nothing has to be done to a float.
        self.outputs = [
            (3 * i, 3 * i + 2, name, None if kind is float else kind or Row._text) for i, (name, kind) in enumerate(zip(self.output_names, kinds))]

    @staticmethod
    def _kind(field: dict[str, Any]) -> Optional[Callable[[float], Any]]:
        """What makes a number a value of the field; None for texts and lists."""
        if field.get("isList") or field["dataType"] in _TEXTS:
            return None
        kinds: dict[str, Callable[[float], Any]] = {"integer": _whole, "boolean": bool}
        return kinds.get(field["dataType"], float)


def _whole(number: float) -> Optional[int]:
    """A result of a whole type, rounded as in columns."""
    if not -(2.0**63) <= number < 2.0**63:
        return None
    return int(number) if number == int(number) else int(number + (0.5 if number > 0 else -0.5))


class Row:
    """Working memory for one record at a time."""

    __slots__ = ("_address", "_inputs", "_outputs", "_layout", "_texts", "_base", "_score", "_error", "_error_reference")

    def __init__(self, model: int, layout: Layout) -> None:
        native = library()
        self._address = native.pommel_row_new(model)
        count = ctypes.c_size_t()
        inputs = native.pommel_row_inputs(self._address, ctypes.byref(count))
        self._inputs = memoryview((ctypes.c_char * (16 * count.value)).from_address(inputs)).cast("B") if count.value else memoryview(bytearray())
        outputs = native.pommel_row_outputs(self._address, ctypes.byref(count))
        self._outputs = memoryview((ctypes.c_char * (16 * count.value)).from_address(outputs)).cast("B") if count.value else memoryview(b"")
        self._layout = layout
        self._score = native.pommel_row_score
        self._error = ctypes.c_void_p()
        self._error_reference = ctypes.byref(self._error)
        self._grow(4096)

    def __del__(self) -> None:
        if getattr(self, "_address", None):
            library().pommel_row_free(self._address)

    def _grow(self, size: int) -> None:
        texts = (ctypes.c_char * size)()
        self._texts = memoryview(texts).cast("B")
        self._base = ctypes.addressof(texts)

    def score(self, record: dict[str, Any]) -> dict[str, Any]:
        """The results of a record, by name."""
        layout = self._layout
        if layout.is_numeric:
            try:
                layout.pack(self._inputs, 0, *map(record.get, layout.names))
            except (struct.error, TypeError, ValueError, OverflowError):
                self._fill(record)
        else:
            self._fill(record)
        if self._score(self._address, self._error_reference):
            error, self._error.value = self._error.value, None
            raise raised(error)
        values = layout.unpack(self._outputs, 0)
        result: dict[str, Any] = {}
        for at, place, name, kind in layout.outputs:
            if values[at] == MISSING:
                result[name] = None
            elif kind is None:
                result[name] = values[place]
            elif kind is Row._text:
                result[name] = kind(values, at)
            else:
                result[name] = kind(values[place])
        return result

    @staticmethod
    def _text(values: tuple[Any, ...], at: int) -> Any:
        if values[at] == NUMBER:
            # A date beyond every calendar.
            return struct.unpack("=d", struct.pack("=Q", values[at + 2]))[0]
        text = ctypes.string_at(values[at + 2], values[at + 1]).decode("utf-8") if values[at + 1] else ""
        if values[at] == TEXT:
            return text
        import json

        return json.loads(text)

    def _fill(self, record: dict[str, Any]) -> None:
        """Writes values one by one; texts go to memory of the row's own."""
        used = 0
        texts: list[tuple[int, int, bytes]] = []
        for at, name in self._layout.inputs:
            value = record.get(name)
            kind, content = plain(value)
            if kind == LIST and at in self._layout.single:
                message = "the field takes one value, not a list; columns are given as arrays, in a frame or a table"
                raise PommelError(f'record: field "{name}": {message} [argument]', code="argument", message=message, file="record", field=name)
            if kind in (TEXT, LIST):
                texts.append((at, kind, content))
                used += len(content)
            else:
                _VALUE.pack_into(self._inputs, at, kind, 0, content)
        if used > len(self._texts):
            self._grow(2 * used)
        place = 0
        for at, kind, content in texts:
            end = place + len(content)
            self._texts[place:end] = content
            _POINTER.pack_into(self._inputs, at, kind, len(content), self._base + place)
            place = end


def is_column(value: Any) -> bool:
    """Whether a dict's value is a column of many cells, and not the one cell of a record."""
    return getattr(value, "ndim", 0) >= 1 or hasattr(value, "__arrow_c_array__") or hasattr(value, "__arrow_c_stream__")


def plain(value: Any) -> tuple[int, Any]:
    """What a value of Python's is to the library: its kind, and a number or bytes."""
    if value is None:
        return MISSING, 0.0
    if value is True or value is False:
        return BOOLEAN, float(value)
    if isinstance(value, str):
        return TEXT, value.encode("utf-8", "replace")
    if isinstance(value, float):
        return NUMBER, float(value)
    if isinstance(value, int):
        # A whole number that a double would round is given digit by digit, so that it is not rounded in silence.
        return (NUMBER, float(value)) if -(2**53) < value < 2**53 else (TEXT, str(value).encode())
    if isinstance(value, (bytes, bytearray)):
        return TEXT, bytes(value)
    if isinstance(value, (list, tuple)) or (hasattr(value, "tolist") and getattr(value, "ndim", 0) == 1):
        import json

        return LIST, json.dumps([item(v) for v in value]).encode()
    if hasattr(value, "item") and getattr(value, "ndim", None) == 0:
        return _scalar(value)
    if hasattr(value, "total_seconds"):
        # A timedelta, or pandas's.
        return (MISSING, 0.0) if value != value else (TEXT, _time(value))
    if hasattr(value, "isoformat"):
        if value != value:
            return MISSING, 0.0
        return TEXT, value.isoformat().encode()
    if type(value).__name__ in ("NAType", "NaTType"):
        return MISSING, 0.0
    if hasattr(value, "__float__"):
        return NUMBER, float(value)
    return TEXT, str(value).encode("utf-8", "replace")


def _scalar(value: Any) -> tuple[int, Any]:
    """A scalar of NumPy's."""
    if value.dtype.kind in "mM":
        # Python's own times end at microseconds; of finer ones NumPy would give a bare number.
        value = value.astype(value.dtype.str[1] + "8[us]")
    own = value.item()
    return plain(own) if type(own) is not type(value) else (TEXT, str(value).encode())


def _time(span: datetime.timedelta) -> bytes:
    """A span as the time of day that it reaches from midnight on."""
    # Importing it takes a tenth of importing this package.
    import datetime

    is_time = datetime.timedelta(0) <= span < datetime.timedelta(days=1)
    return ((datetime.datetime.min + span).time().isoformat() if is_time else str(span)).encode()


def number_text(number: float) -> bytes:
    """A number as the library writes one: whole ones without a point."""
    return (str(int(number)) if abs(number) < 2**53 and number == int(number) else repr(number)).encode()


def item(value: Any) -> Any:
    """An element of a list as JSON has it."""
    if value is None or isinstance(value, (str, bool, int)):
        return value
    if isinstance(value, float):
        return value if value == value and value not in (float("inf"), float("-inf")) else None
    kind, content = plain(value)
    return None if kind == MISSING else content if kind == NUMBER else bool(content) if kind == BOOLEAN else content.decode()
