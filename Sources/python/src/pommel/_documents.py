"""What is done with models other than scoring."""

from __future__ import annotations

import ctypes
import os
from typing import Any, Mapping, Optional, Union

from ._library import library, options, path_bytes, raised, taken

PathLike = Union[str, "os.PathLike[str]"]


def convert(
    source: PathLike, target: PathLike, *, version: Optional[str] = None, model_name: Optional[str] = None, object_name: Optional[str] = None,
    strict: bool = False, limits: Optional[Mapping[str, int]] = None,
) -> None:
    """Writes a model as PMML of any version, or as a .pommel file, which opens at once; both score the same.

    :param source: a PMML document, a .pommel file, or a model saved by R.
    :param target: the file to write; ``.pmml`` and ``.xml`` (and the same with ``.gz``) are PMML, anything else is a .pommel file.
    :param version: write PMML of this version, ``"3.2"`` to ``"4.4.1"``.
    :param model_name: which model of a document with several.
    :param object_name: which object of a file saved by R.
    :param strict: refuse documents that depart from the standard.
    :param limits: what a file from a stranger may cost, as :func:`load` takes them.
    :raises PommelError: with the place of the first thing that keeps the model from being said in that version; nothing is written then.
    """
    error = ctypes.c_void_p()
    code = library().pommel_convert(
        path_bytes(source), path_bytes(target), version.encode() if version else None, options(model_name, object_name, strict, limits), ctypes.byref(error))
    if code != 0:
        raise raised(error)


def validate(
    source: PathLike, *, object_name: Optional[str] = None, strict: bool = False, limits: Optional[Mapping[str, int]] = None,
) -> dict[str, Any]:
    """Everything that is wrong with a model, without an exception for it.

    :param source: a PMML document, a .pommel file, or a model saved by R.
    :param object_name: which object of a file saved by R.
    :param strict: every departure from the standard is an error.
    :param limits: what a file from a stranger may cost, as :func:`load` takes them; a file that costs more has an error that says so.
    :returns: ``valid``, and ``diagnostics``: a list of dicts with ``severity`` (``error``, ``warning``), ``id``, ``message``, ``file``, ``line``,
        ``column``, ``path``, as far as they are known.
    :raises PommelError: for a limit that it does not know.
    """
    import json

    error = ctypes.c_void_p()
    text = library().pommel_validate(path_bytes(source), options(None, object_name, strict, limits), ctypes.byref(error))
    if not text:
        raise raised(error)
    report: dict[str, Any] = json.loads(taken(text))
    return report
