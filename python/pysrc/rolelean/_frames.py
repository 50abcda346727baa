"""Kinds of data frames: into Arrow, and back to the kind that came.

None of the libraries is imported before a frame of theirs is met.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from rolelean import _native
from rolelean._errors import ColumnError, ColumnTypeError

if TYPE_CHECKING:
    import pyarrow

Columns = tuple[list[str], "str | None", "str | None"]


def classify(native: _native.Classifier, table: Any, columns: Columns, source: str, matches: bool) -> Any:
    """Classifies the rows of ``table`` and answers in its kind."""
    kind = f"{type(table).__module__.partition('.')[0]}.{type(table).__name__}"
    if kind == "pyarrow.RecordBatchReader":
        return _reader(native, table, columns, source, matches)
    if kind.endswith(("Series", "Array")) and kind != "pyarrow.StructArray":
        raise TypeError(f"{kind} is one column, where a table is expected: pass its frame, or its texts to classify_batch")
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
    import pyarrow

    named = [at for at, name in enumerate(table.columns) if isinstance(name, str)]
    if not named:
        raise ColumnError("no column has a str for its name; give them names, as by frame.columns = [...]")
    schema = pyarrow.schema([pyarrow.field(table.columns[at], _kind(table.iloc[:, at])) for at in named])
    useful = _native.Classifier.useful_columns(schema, columns)
    arrays = [_array(schema.field(at), table.iloc[:, named[at]]) for at in useful]
    return pyarrow.Table.from_arrays(arrays, [schema.field(at).name for at in useful])


def _kind(series: Any) -> pyarrow.DataType:
    """The type that Arrow will have for a column, as far as it can be told without a look at its texts."""
    import pandas
    import pyarrow

    if not pandas.api.types.is_numeric_dtype(series.dtype):
        return pyarrow.string()
    if series.isna().all():
        # Where every value is missing, pandas takes a column of texts for one of numbers.
        return pyarrow.null()
    try:
        return pyarrow.Array.from_pandas(series.iloc[:0]).type
    except pyarrow.ArrowException:
        return pyarrow.float64()


def _array(field: pyarrow.Field, series: Any) -> Any:
    """A column as Arrow has it."""
    import pyarrow

    if pyarrow.types.is_null(field.type):
        return pyarrow.nulls(len(series))
    try:
        return pyarrow.Array.from_pandas(series)
    except (pyarrow.ArrowException, UnicodeEncodeError) as error:
        raise _first_fault(field.name, series) or error from error


def _first_fault(name: str, series: Any) -> ColumnError | None:
    """The first value of a column that is neither text nor missing."""
    import pandas

    for row, value in enumerate(series):
        place = f"at row {row} counted from 0"
        if isinstance(value, str):
            try:
                value.encode()
            except UnicodeEncodeError as error:
                return ColumnError(f"the column `{name}` cannot be written as UTF-8 {place}: {error}; take it out first")
        elif not (pandas.api.types.is_scalar(value) and pandas.isna(value)):
            found = f"a value of type {type(value).__name__} {place}"
            help = "turn it into text, or name another column"
            return ColumnTypeError(f"the column `{name}` holds {found}, where text is expected; {help}")
    return None


def _slim_polars(table: Any, _: Columns) -> Any:
    """Columns that are null altogether as texts: of their own type, Polars hands them out as Arrow does not."""
    import polars

    return table.with_columns(polars.col(polars.Null).cast(polars.String))


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
    "polars.DataFrame": _slim_polars,
    "pyarrow.RecordBatch": _slim,
    "pyarrow.Table": _slim,
}
_BACK: dict[str, Callable[[Any, Any], Any]] = {
    "pandas.DataFrame": _pandas,
    "polars.DataFrame": _polars,
    "pyarrow.RecordBatch": _batch,
    "pyarrow.Table": _table,
}
