"""The one exception of this package."""

from __future__ import annotations

from typing import Any, Optional

_FIELDS = ("code", "message", "file", "line", "column", "path", "section", "offset", "row", "field", "value")


class PommelError(ValueError):
    """A model that cannot be read, or a row that has no result. What is not known, or means nothing for the error, is None."""

    #: Stable id of the kind of error, for programs: ``invalid-value``, ``xml-syntax``, …
    code: str
    message: str
    #: The file, as it was named.
    file: Optional[str]
    #: Line and column of the document, from 1.
    line: Optional[int]
    column: Optional[int]
    #: The element's path, ``/PMML/TreeModel/Node``, or the component's of an object of R's.
    path: Optional[str]
    #: Section of a .pommel file.
    section: Optional[str]
    offset: Optional[int]
    #: Row of the data, from 0.
    row: Optional[int]
    #: Field of the data, and its value as the data has it.
    field: Optional[str]
    value: Optional[str]

    def __init__(self, text: str, **fields: Any) -> None:
        super().__init__(text)
        for name in _FIELDS:
            setattr(self, name, fields.get(name))

    @property
    def reason(self) -> str:
        """Field, value, message and code in one line: what ``errors="column"`` gives."""
        if self.field is None:
            return f"{self.message} [{self.code}]"
        value = "" if self.value is None else f' = "{self.value}"'
        return f'field "{self.field}"{value}: {self.message} [{self.code}]'

    def __reduce__(self) -> Any:
        return _restored, (self.args[0], {name: getattr(self, name) for name in _FIELDS})


def raised_at(error: PommelError, row: int) -> PommelError:
    """The same error in another row, as its text says, too."""
    text = error.args[0]
    if error.row is not None and text.startswith(f"row {error.row}:"):
        text = f"row {row}:" + text[len(f"row {error.row}:"):]
    return PommelError(text, **{**{name: getattr(error, name) for name in _FIELDS}, "row": row})


def _restored(text: str, fields: dict[str, Any]) -> PommelError:
    return PommelError(text, **fields)
