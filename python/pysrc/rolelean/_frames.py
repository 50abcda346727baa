"""Kinds of data frames: into Arrow, and back to the kind that came.

None of the libraries is imported before a frame of theirs is met.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from rolelean import _native

if TYPE_CHECKING:
    import pyarrow

Columns = tuple[list[str], "str | None", "str | None"]


def classify(native: _native.Classifier, table: Any, columns: Columns, source: str, matches: bool) -> Any:
    """Classifies the rows of ``table`` and answers in its kind."""
    kind = f"{type(table).__module__.partition('.')[0]}.{type(table).__name__}"
    if kind == "pyarrow.RecordBatchReader":
        return _reader(native, table, columns, source, matches)
    if kind == "polars.LazyFrame":
        raise TypeError("a LazyFrame has no rows yet: collect() it, or use map_batches (docs/frames.md)")
    if not (hasattr(table, "__arrow_c_stream__") or hasattr(table, "__arrow_c_array__")):
        raise TypeError(f"{kind} is no table: one of pandas, Polars, pyarrow or the Arrow PyCapsule interface is expected")
    slim, back = _SLIM.get(kind, _as_it_is), _BACK.get(kind, _whatever)
    postings, found = native.classify_arrow(slim(table, columns), columns, source, 0, matches)
    return (back(table, postings), back(None, found)) if matches else back(table, postings)


def _reader(
    native: _native.Classifier, reader: pyarrow.RecordBatchReader, columns: Columns, source: str, matches: bool
) -> pyarrow.RecordBatchReader:
    import pyarrow

    if matches:
        raise TypeError("two tables cannot be read from one stream: pass the batches of the reader one by one")
    # Refused here rather than at the first batch.
    _native.Classifier.useful_columns(reader.schema, columns)

    def batches() -> Iterator[pyarrow.RecordBatch]:
        before = 0
        for batch in reader:
            postings, _ = native.classify_arrow(batch, columns, source, before, False)
            before += batch.num_rows
            yield from pyarrow.table(postings).to_batches()

    return pyarrow.RecordBatchReader.from_batches(pyarrow.schema(native.schema(False)), batches())


def _as_it_is(table: Any, _: Columns) -> Any:
    return table


def _whatever(_: Any, frame: Any) -> Any:
    return frame


def _slim_pandas(table: Any, columns: Columns) -> Any:
    """The useful columns alone: others may hold what Arrow has no type for."""
    import pandas
    import pyarrow

    def field(name: Any) -> pyarrow.Field:
        numbers = pandas.api.types.is_numeric_dtype(table.dtypes[name])
        return pyarrow.field(str(name), pyarrow.float64() if numbers else pyarrow.string())

    names = [name for name in table.columns if isinstance(name, str)]
    frame = table[names]
    if not frame.columns.is_unique:
        raise ValueError("two columns have one name")
    useful = _native.Classifier.useful_columns(pyarrow.schema([field(name) for name in names]), columns)
    return pyarrow.Table.from_pandas(frame[useful], preserve_index=False)


def _slim(table: Any, columns: Columns) -> Any:
    return table.select(_native.Classifier.useful_columns(table.schema, columns))


def _pandas(table: Any | None, frame: Any) -> Any:
    import pyarrow

    found = pyarrow.table(frame).to_pandas()
    return found if table is None else found.set_index(table.index)


def _table(_: Any, frame: Any) -> Any:
    import pyarrow

    return pyarrow.table(frame)


def _batch(_: Any, frame: Any) -> Any:
    import pyarrow

    table = pyarrow.table(frame).combine_chunks()
    return table.to_batches()[0] if table.num_rows else pyarrow.RecordBatch.from_pylist([], schema=table.schema)


def _polars(_: Any, frame: Any) -> Any:
    import polars

    return polars.DataFrame(frame)


_SLIM: dict[str, Callable[[Any, Columns], Any]] = {
    "pandas.DataFrame": _slim_pandas,
    "pyarrow.RecordBatch": _slim,
    "pyarrow.Table": _slim,
}
_BACK: dict[str, Callable[[Any, Any], Any]] = {
    "pandas.DataFrame": _pandas,
    "polars.DataFrame": _polars,
    "pyarrow.RecordBatch": _batch,
    "pyarrow.Table": _table,
}
