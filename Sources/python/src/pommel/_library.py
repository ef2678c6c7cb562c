"""libpommel, as ctypes calls it. It is loaded when it is first needed, so that importing the package costs nothing."""

from __future__ import annotations

import ctypes
import os
from ctypes import POINTER, c_char_p, c_int, c_int64, c_size_t, c_uint32, c_void_p
from typing import Any, Mapping, Optional

from ._errors import PommelError

_ABI = 1
_FOLDER = os.path.dirname(os.path.abspath(__file__))
_library: Optional[ctypes.CDLL] = None

KEEP_FAILED_ROWS = 1
ERROR_COLUMN = 2
NUMBER, MISSING, BOOLEAN, TEXT, LIST = range(5)

_ERROR = POINTER(c_void_p)
_SIGNATURES: dict[str, tuple[Any, list[Any]]] = {
    "pommel_open": (c_void_p, [c_char_p, c_char_p, _ERROR]),
    "pommel_open_bytes": (c_void_p, [c_char_p, c_size_t, c_char_p, c_char_p, _ERROR]),
    "pommel_select": (c_void_p, [c_void_p, POINTER(c_char_p), c_size_t, _ERROR]),
    "pommel_close": (None, [c_void_p]),
    "pommel_schema": (c_void_p, [c_void_p]),
    "pommel_native_bytes": (c_void_p, [c_void_p, POINTER(c_size_t)]),
    "pommel_convert": (c_int, [c_char_p, c_char_p, c_char_p, c_char_p, _ERROR]),
    "pommel_validate": (c_void_p, [c_char_p, c_char_p, _ERROR]),
    "pommel_free": (None, [c_void_p]),
    "pommel_row_new": (c_void_p, [c_void_p]),
    "pommel_row_inputs": (c_void_p, [c_void_p, POINTER(c_size_t)]),
    "pommel_row_outputs": (c_void_p, [c_void_p, POINTER(c_size_t)]),
    "pommel_row_score": (c_int, [c_void_p, _ERROR]),
    "pommel_row_free": (None, [c_void_p]),
    "pommel_score_arrow": (c_int, [c_void_p, c_void_p, c_void_p, c_uint32, c_uint32, c_void_p, c_void_p, _ERROR]),
    "pommel_arrow_schema": (c_int, [c_void_p, c_uint32, c_void_p]),
    "pommel_score_stream": (c_int, [c_void_p, c_void_p, c_uint32, c_uint32, c_void_p, _ERROR]),
    "pommel_stream_error": (c_void_p, [c_void_p]),
    "pommel_error_free": (None, [c_void_p]),
    **{f"pommel_error_{name}": (c_char_p, [c_void_p]) for name in ("code", "message", "text", "file", "path", "section", "field", "value")},
    **{f"pommel_error_{name}": (c_int64, [c_void_p]) for name in ("line", "column", "offset", "row")},
}


def library() -> ctypes.CDLL:
    """The library; every call gives the interpreter's lock away until it returns."""
    global _library
    if _library is None:
        loaded = ctypes.CDLL(os.environ.get("POMMEL_LIBRARY") or os.path.join(_FOLDER, "lib", f"libpommel.so.{_ABI}"))
        loaded.pommel_abi_version.restype = c_uint32
        if loaded.pommel_abi_version() != _ABI:
            raise ImportError(f"libpommel has version {loaded.pommel_abi_version()} of its interface, and this package needs {_ABI}")
        for name, (result, arguments) in _SIGNATURES.items():
            function = getattr(loaded, name)
            function.restype, function.argtypes = result, arguments
        _library = loaded
    return _library


def raised(error: Any, **known: Any) -> PommelError:
    """The exception for an error of the library's, which is freed. `error` is its address, or what holds it."""
    native, address = library(), getattr(error, "value", error)
    if not address:
        return PommelError("the library failed without saying why", code="unknown", message="the library failed without saying why")

    def text(name: str) -> Optional[str]:
        found = getattr(native, "pommel_error_" + name)(address)
        return None if found is None else found.decode("utf-8", "replace")

    def number(name: str) -> Optional[int]:
        found = getattr(native, "pommel_error_" + name)(address)
        return None if found < 0 else found

    fields: dict[str, Any] = {name: text(name) for name in ("code", "message", "file", "path", "section", "field", "value")}
    fields.update({name: number(name) for name in ("line", "column", "offset", "row")})
    whole = text("text") or ""
    native.pommel_error_free(address)
    return PommelError(whole, **{**fields, **known})


def taken(address: Optional[int]) -> str:
    """A text of the library's, which is freed."""
    if not address:
        raise MemoryError("the library gave no text")
    try:
        return ctypes.string_at(address).decode("utf-8")
    finally:
        library().pommel_free(address)


def path_bytes(path: Any) -> bytes:
    """A path as the library takes it.

    :raises ValueError: for one with a zero byte, at which it would end for the library.
    """
    found = os.fsencode(path)
    if b"\0" in found:
        raise ValueError("a path with a zero byte")
    return found


def options(
    model_name: Optional[str] = None, object_name: Optional[str] = None, strict: bool = False, limits: Optional[Mapping[str, int]] = None,
    memory_map: bool = True,
) -> Optional[bytes]:
    """The options of opening a model, as JSON."""
    if model_name is None and object_name is None and not strict and not limits and memory_map:
        return None
    import json

    # Names are Python's here: document_bytes for documentBytes.
    named = {"".join(part.title() if index else part for index, part in enumerate(name.split("_"))): value for name, value in (limits or {}).items()}
    return json.dumps({"modelName": model_name, "objectName": object_name, "strict": bool(strict), "limits": named, "map": bool(memory_map)}).encode()


class ArrowSchema(ctypes.Structure):
    """https://arrow.apache.org/docs/format/CDataInterface.html"""


class ArrowArray(ctypes.Structure):
    pass


class ArrowArrayStream(ctypes.Structure):
    pass


ReleaseSchema = ctypes.CFUNCTYPE(None, POINTER(ArrowSchema))
ReleaseArray = ctypes.CFUNCTYPE(None, POINTER(ArrowArray))
ReleaseStream = ctypes.CFUNCTYPE(None, POINTER(ArrowArrayStream))
GetSchema = ctypes.CFUNCTYPE(c_int, POINTER(ArrowArrayStream), POINTER(ArrowSchema))
GetNext = ctypes.CFUNCTYPE(c_int, POINTER(ArrowArrayStream), POINTER(ArrowArray))

ArrowSchema._fields_ = [
    ("format", c_char_p), ("name", c_char_p), ("metadata", c_char_p), ("flags", c_int64), ("n_children", c_int64),
    ("children", POINTER(POINTER(ArrowSchema))), ("dictionary", POINTER(ArrowSchema)), ("release", ReleaseSchema), ("private_data", c_void_p),
]
ArrowArray._fields_ = [
    ("length", c_int64), ("null_count", c_int64), ("offset", c_int64), ("n_buffers", c_int64), ("n_children", c_int64),
    ("buffers", POINTER(c_void_p)), ("children", POINTER(POINTER(ArrowArray))), ("dictionary", POINTER(ArrowArray)), ("release", ReleaseArray),
    ("private_data", c_void_p),
]
ArrowArrayStream._fields_ = [
    ("get_schema", GetSchema), ("get_next", GetNext), ("get_last_error", c_void_p), ("release", ReleaseStream), ("private_data", c_void_p),
]

