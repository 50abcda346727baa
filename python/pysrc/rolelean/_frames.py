"""Kinds of data frames: into Arrow, and back to the kind that came, with the user's own columns as they were.

None of the libraries is imported before a frame of theirs is met.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

from rolelean import _native
from rolelean._errors import ColumnError, ColumnTypeError, ColumnWarning, warn

if TYPE_CHECKING:
    import pyarrow

Named = tuple[list[str], "str | None", "str | None"]

_UNNAMED: Named = ([], None, None)
# Stands for all columns of which no part of the posting is made.
_ALL = "*"
# Rows that are looked at to tell what the columns hold.
_BEGINNING = 100


class Request(NamedTuple):
    """What is asked for of a table, whatever its kind."""

    columns: Named | _native.Columns
    """Those with the text, the title and the id, where they are named, or all of them, chosen before."""
    keep: list[str]
    source: str
    matches: bool
    progress: Callable[[int], object] | None = None

    @property
    def finds_text(self) -> bool:
        """Whether the caller leaves it to us which column the text is."""
        return not isinstance(self.columns, _native.Columns) and not self.columns[0]

    def native(self, columns: _native.Columns, before: int) -> tuple[Any, ...]:
        """What the native module is told besides the table."""
        return columns, self.source, before, self.matches, self.progress


def choose(table: Any, named: Named) -> _native.Columns:
    """The columns of ``table`` that postings are made of."""
    if _name(table) == "pyarrow.RecordBatchReader":
        raise TypeError("a reader is read only once: pass its first batch")
    return _kind_of(table)(table).chosen(named)


def classify(native: _native.Classifier, table: Any, request: Request) -> Any:
    """Classifies the rows of ``table`` and answers in its kind."""
    if _name(table) == "pyarrow.RecordBatchReader":
        return _reader(native, table, request)
    return _kind_of(table)(table).classify(native, request)


def _name(table: Any) -> str:
    """What the kind of a table is called, by its library; of a class made from a known kind, that kind."""
    names = [f"{kind.__module__.partition('.')[0]}.{kind.__name__}".replace("_duckdb.", "duckdb.") for kind in type(table).__mro__]
    return next((name for name in names if name in _KINDS), names[0])


def _kind_of(table: Any) -> type[_Table]:
    """The kind of a table, or why it is none."""
    name = _name(table)
    if name.endswith(("Series", "Array")) and name != "pyarrow.StructArray":
        raise TypeError(f"{name} is one column, where a table is expected: pass its frame, or its texts to classify_batch")
    if name == "polars.LazyFrame":
        raise TypeError("a LazyFrame has no rows yet: collect() it, or use map_batches (docs/frames.md)")
    if name in _KINDS:
        return _KINDS[name]
    if hasattr(table, "__arrow_c_stream__"):
        return _Stream
    if hasattr(table, "__arrow_c_array__"):
        return _Array
    expected = "a table of pandas, Polars, pyarrow or the Arrow PyCapsule interface is expected"
    help = "make a frame of rows, as by pandas.DataFrame(rows); texts go to classify_batch"
    raise TypeError(f"{name.removeprefix('builtins.')} is no table: {expected}; {help}")


def texts(given: Iterable[str | None]) -> list[str | None]:
    """The texts of a list or a column; what has more than texts is refused, for it would be read as something else."""
    if isinstance(given, str):
        raise TypeError("texts is one str, where many are expected: put it in a list, or use classify")
    if isinstance(given, Mapping):
        raise TypeError("texts is a mapping, where a list of texts is expected: pass its values()")
    if _name(given) in _KINDS:
        raise TypeError('texts is a frame, where one column is expected: pass frame["description"], or use classify_arrow')
    return list(given)


def made(native_table: Any, to: str) -> Any:
    """A frame of the library that is called ``to``."""
    if to not in _FRAMES:
        raise ValueError(f"to={to!r} is no kind of frame: it is one of {', '.join(map(repr, _FRAMES))}")
    try:
        return _FRAMES[to](native_table)
    except ModuleNotFoundError as error:
        raise ModuleNotFoundError(
            f'to={to!r} needs {error.name}, which is not installed: pip install "rolelean[{to}]"', name=error.name
        ) from None


def _reader(native: _native.Classifier, reader: pyarrow.RecordBatchReader, request: Request) -> pyarrow.RecordBatchReader:
    import pyarrow

    if request.matches:
        raise TypeError("two tables cannot be read from one stream: pass the batches of the reader one by one")
    first, reader = _begun(reader)
    table = _Arrow(pyarrow.table(first))
    request = request._replace(columns=table.settled(request))
    # Refused here rather than at the first batch.
    schema = _Arrow(reader.schema.empty_table()).classify(native, request).schema

    def batches() -> Iterator[pyarrow.RecordBatch]:
        before = 0
        for batch in reader:
            found = _Arrow(pyarrow.table(batch)).classify(native, request, before)
            before += batch.num_rows
            yield from found.to_batches()

    return pyarrow.RecordBatchReader.from_batches(schema, batches())


def _begun(reader: pyarrow.RecordBatchReader) -> tuple[pyarrow.Table, pyarrow.RecordBatchReader]:
    """The first batch with rows, as a table, and a reader of all batches."""
    import pyarrow

    drawn = []
    for batch in reader:
        drawn.append(batch)
        if batch.num_rows:
            break
    whole = pyarrow.RecordBatchReader.from_batches(reader.schema, chain(drawn, reader))
    return pyarrow.Table.from_batches(drawn, reader.schema), whole


def _arrow(native_table: Any) -> Any:
    import pyarrow

    return pyarrow.table(native_table)


def _compute() -> Any:
    """Functions that pyarrow makes when it is loaded, so that no type checker knows them."""
    import pyarrow.compute

    return pyarrow.compute


def _pandas(native_table: Any) -> Any:
    import pandas
    import pyarrow

    # By the type of the column and not by what is in it, so that parts of a table fit together.
    types = {pyarrow.int64(): pandas.Int64Dtype(), pyarrow.bool_(): pandas.BooleanDtype()}
    return pyarrow.table(native_table).to_pandas(types_mapper=types.get)


def _polars(native_table: Any) -> Any:
    import polars

    return polars.DataFrame(native_table)


_FRAMES: dict[str, Callable[[Any], Any]] = {"pandas": _pandas, "polars": _polars, "pyarrow": _arrow}


class _Table(ABC):
    """A table of a library that is known."""

    def __init__(self, table: Any) -> None:
        self.table = table

    def chosen(self, named: Named) -> _native.Columns:
        """The columns that postings are made of: those that are named, and the others by name or content."""
        return _native.choose(self.beginning(self.given(named)), named)

    def settled(self, request: Request) -> _native.Columns:
        """The columns that the caller chose before, or a choice that is told of where names do not explain it."""
        if isinstance(request.columns, _native.Columns):
            return request.columns
        columns = self.chosen(request.columns)
        told = columns._warning()
        if told is not None:
            warn(told, ColumnWarning)
        return columns

    def classify(self, native: _native.Classifier, request: Request, before: int = 0) -> Any:
        """The postings, and the matches where they are asked for; `before` rows came before these."""
        columns = self.settled(request)
        given = self.given(_UNNAMED)
        useful, id_at = columns._places(given)
        ids = None if id_at is None else self.column(id_at, given)
        kept = self.kept(useful, given, request.keep)
        postings, found, told = native.classify_arrow(self.texts(useful, given), *request.native(columns, before))
        if request.finds_text:
            for each in told:
                warn(each, ColumnWarning)
        frame = self.frame(postings)
        rows = self.numbered(frame) if request.matches else None
        if ids is not None:
            frame = self.with_column(frame, "id", ids)
        for name, column in kept:
            frame = self.with_column(frame, _free(name, self.names(frame)), column)
        if not request.matches:
            return self.finished(frame)
        matches = self.frame(found)
        if ids is not None:
            matches = self.with_column(matches, "id", self.taken(ids, rows, matches))
        return self.finished(frame), self.finished(matches, of_rows=False)

    def given(self, named: Named) -> Any:
        """What shows the names and types of its columns, or of those that can become Arrow's."""
        return self.table

    @abstractmethod
    def beginning(self, given: Any) -> Any:
        """The columns of `given` with their first rows."""

    @abstractmethod
    def texts(self, useful: list[int], given: Any) -> Any:
        """The useful columns, which stand at these places of `given`."""

    @staticmethod
    @abstractmethod
    def frame(native_table: Any) -> Any:
        """A frame of the kind."""

    @abstractmethod
    def names(self, frame: Any) -> list[str]:
        """The names of the columns of a frame of the kind."""

    @abstractmethod
    def column(self, at: int, given: Any) -> Any:
        """The column of the table at a place of `given`."""

    @abstractmethod
    def with_column(self, frame: Any, name: str, column: Any) -> Any:
        """The frame with a column in the place of the one of that name, or behind all."""

    @abstractmethod
    def numbered(self, frame: Any) -> Any:
        """The rows of the postings that have a number, in the order of the numbers."""

    @abstractmethod
    def taken(self, ids: Any, rows: Any, matches: Any) -> Any:
        """The ids of the postings that the matches were found in."""

    def kept(self, useful: list[int], given: Any, keep: list[str]) -> list[tuple[str, Any]]:
        """The columns that are carried through, with their names."""
        names = self.names(self.table)
        return [(names[at], self.column(at, given)) for at in _kept_at(names, useful, keep)]

    def finished(self, frame: Any, *, of_rows: bool = True) -> Any:
        """What the caller gets; `of_rows` where it has a row for each row of the table."""
        return frame


class _Arrow(_Table):
    """A table of pyarrow."""

    frame = staticmethod(_arrow)

    def beginning(self, given: Any) -> Any:
        return self.table.slice(0, _BEGINNING)

    def texts(self, useful: list[int], given: Any) -> Any:
        return self.table.select(useful)

    def names(self, frame: Any) -> list[str]:
        names: list[str] = frame.column_names
        return names

    def column(self, at: int, given: Any) -> Any:
        return self.table.column(at)

    def with_column(self, frame: Any, name: str, column: Any) -> Any:
        at = frame.schema.get_field_index(name)
        return frame.append_column(name, column) if at < 0 else frame.set_column(at, name, column)

    def numbered(self, frame: Any) -> Any:
        # In one piece: older versions of pyarrow end the program over a column of none.
        return _compute().indices_nonzero(frame["posting"].combine_chunks().is_valid())

    def taken(self, ids: Any, rows: Any, matches: Any) -> Any:
        return ids.take(rows.take(_compute().subtract(matches["posting"].combine_chunks(), 1)))


class _Batch(_Arrow):
    """A batch of pyarrow, which is a table of one."""

    def __init__(self, batch: Any) -> None:
        import pyarrow

        super().__init__(pyarrow.Table.from_batches([batch]))

    def finished(self, frame: Any, *, of_rows: bool = True) -> Any:
        import pyarrow

        table = frame.combine_chunks()
        return table.to_batches()[0] if table.num_rows else pyarrow.RecordBatch.from_pylist([], schema=table.schema)


class _DuckDB(_Arrow):
    """A relation of DuckDB. It is answered by a table of pyarrow, which DuckDB's SQL finds by the name of its variable."""

    def __init__(self, relation: Any) -> None:
        super().__init__(relation.to_arrow_table())


class _Array(_Arrow):
    """A batch of whatever library; it is answered by a table."""

    def __init__(self, batch: Any) -> None:
        import pyarrow

        super().__init__(pyarrow.table(batch))


class _Stream(_Arrow):
    """A table of which nothing is known but that batches can be had of it, once: what is asked for besides the texts is
    set aside while they are read."""

    def __init__(self, table: Any) -> None:
        import pyarrow

        try:
            reader = pyarrow.RecordBatchReader.from_stream(table)
        except (pyarrow.ArrowException, TypeError) as error:
            raise TypeError(f"what was passed cannot be read as a table: {error}") from error
        try:
            self.first, self.reader = _begun(reader)
        except (pyarrow.ArrowException, OSError) as error:
            raise _broken_off(str(error)) from error
        self.aside: dict[int, list[Any]] = {}
        super().__init__(self.reader.schema.empty_table())

    def beginning(self, given: Any) -> Any:
        return self.first.slice(0, _BEGINNING)

    def texts(self, useful: list[int], given: Any) -> Any:
        import pyarrow

        def batches() -> Iterator[Any]:
            for batch in self.reader:
                for at, chunks in self.aside.items():
                    chunks.append(batch.column(at))
                yield batch.select(useful)

        schema = pyarrow.schema([given.schema.field(at) for at in useful])
        return pyarrow.RecordBatchReader.from_batches(schema, batches())

    def column(self, at: int, given: Any) -> Any:
        """Where the column will be when the texts have been read."""
        return at, self.aside.setdefault(at, [])

    def with_column(self, frame: Any, name: str, column: Any) -> Any:
        return super().with_column(frame, name, self.read(column))

    def taken(self, ids: Any, rows: Any, matches: Any) -> Any:
        return super().taken(self.read(ids), rows, matches)

    def read(self, column: Any) -> Any:
        import pyarrow

        if isinstance(column, tuple):
            at, chunks = column
            return pyarrow.chunked_array(chunks, self.table.schema.field(at).type)
        return column


def _broken_off(said: str) -> BaseException:
    """Why a stream gave no batch. Of what Python code in it raised, the last line of a traceback is all that comes
    through, of Ctrl-C, too."""
    if said.rstrip().rpartition("\n")[2].startswith("KeyboardInterrupt"):
        return KeyboardInterrupt()
    return OSError(f"the table could not be read to its end: {said.rstrip()}")


class _Polars(_Table):
    """A frame of Polars."""

    def given(self, named: Named) -> Any:
        import polars

        text, title, id = named
        for name in {*text, title, id} & {name for name, kind in self.table.schema.items() if kind == polars.Object}:
            raise ColumnTypeError(
                f"the column `{name}` holds objects of Python, where text is expected; turn it into text, or name another column"
            )
        # Columns that are null altogether as texts: of their own type, Polars hands them out as Arrow does not.
        return self.table.drop(polars.selectors.object()).with_columns(polars.col(polars.Null).cast(polars.String))

    def beginning(self, given: Any) -> Any:
        return given.head(_BEGINNING)

    def texts(self, useful: list[int], given: Any) -> Any:
        return given[:, useful]

    frame = staticmethod(_polars)

    def names(self, frame: Any) -> list[str]:
        names: list[str] = frame.columns
        return names

    def column(self, at: int, given: Any) -> Any:
        return self.table[given.columns[at]]

    def with_column(self, frame: Any, name: str, column: Any) -> Any:
        return frame.with_columns(column.alias(name))

    def numbered(self, frame: Any) -> Any:
        return frame["posting"].is_not_null().arg_true()

    def taken(self, ids: Any, rows: Any, matches: Any) -> Any:
        return ids.gather(rows.gather(matches["posting"] - 1))

    def kept(self, useful: list[int], given: Any, keep: list[str]) -> list[tuple[str, Any]]:
        read = {given.columns[at] for at in useful}
        names = self.table.columns
        at = [at for at, name in enumerate(names) if name in read]
        return [(names[place], self.table.to_series(place)) for place in _kept_at(names, at, keep)]


class _Pandas(_Table):
    """A frame of pandas. It may hold what Arrow has no type for, so that only the useful columns become Arrow's."""

    def __init__(self, table: Any) -> None:
        super().__init__(table)
        self.named = [at for at, name in enumerate(table.columns) if isinstance(name, str)]
        if not len(table.columns):
            raise ColumnError("the frame has no columns")
        if table.columns.nlevels > 1:
            flat = 'frame.columns = ["_".join(map(str, levels)) for levels in frame.columns]'
            raise ColumnError(f"the columns have names of {table.columns.nlevels} levels; make one of them, as by {flat}")
        if not self.named:
            raise ColumnError("no column has a str for its name; give them names, as by frame.columns = [...]")

    def given(self, named: Named) -> Any:
        import pyarrow

        fields = [pyarrow.field(self.table.columns[at], _kind(self.table.iloc[:, at])) for at in self.named]
        return pyarrow.schema(fields)

    def beginning(self, given: Any) -> Any:
        import pyarrow

        columns = [_beginning(field, self.column(at, given)) for at, field in enumerate(given)]
        return pyarrow.Table.from_arrays(columns, schema=given)

    def texts(self, useful: list[int], given: Any) -> Any:
        import pyarrow

        arrays = [_array(given.field(at), self.column(at, given)) for at in useful]
        return pyarrow.Table.from_arrays(arrays, [given.field(at).name for at in useful])

    frame = staticmethod(_pandas)

    def names(self, frame: Any) -> list[str]:
        return list(frame.columns)

    def column(self, at: int, given: Any) -> Any:
        return self.table.iloc[:, self.named[at]]

    def with_column(self, frame: Any, name: str, column: Any) -> Any:
        # The values alone: rows go by their places here, whatever the index.
        return frame.assign(**{name: column.array})

    def numbered(self, frame: Any) -> Any:
        return frame["posting"].notna().to_numpy().nonzero()[0]

    def taken(self, ids: Any, rows: Any, matches: Any) -> Any:
        return ids.iloc[rows[matches["posting"].to_numpy("int64") - 1]]

    def kept(self, useful: list[int], given: Any, keep: list[str]) -> list[tuple[str, Any]]:
        names = [self.table.columns[at] for at in self.named]
        return [(names[at], self.column(at, given)) for at in _kept_at(names, useful, keep)]

    def finished(self, frame: Any, *, of_rows: bool = True) -> Any:
        return frame.set_axis(self.table.index) if of_rows else frame


_KINDS: dict[str, type[_Table]] = {
    "duckdb.DuckDBPyRelation": _DuckDB,
    "pandas.DataFrame": _Pandas,
    "polars.DataFrame": _Polars,
    "pyarrow.RecordBatch": _Batch,
    "pyarrow.Table": _Arrow,
}


def _kept_at(names: Sequence[str], useful: list[int], keep: list[str]) -> list[int]:
    """Where the columns are that are to be kept."""
    places: list[int] = []
    for name in keep:
        if name == _ALL:
            places += [at for at in range(len(names)) if at not in useful and at not in places]
        elif name not in names:
            near = "".join(f" (did you mean `{each}`?)" for each in get_close_matches(name, names, 1))
            there = ", ".join(f"`{each}`" for each in names)
            raise ColumnError(f"no column `{name}` to keep{near}; the columns are {there}")
        elif names.index(name) not in places:
            places.append(names.index(name))
    return places


def _free(name: str, names: Sequence[str]) -> str:
    """The name, told from those that are taken as the command line tells it."""
    while name in names:
        name += "_kept"
    return name


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


def _beginning(field: pyarrow.Field, series: Any) -> Any:
    """The first values of a column, as far as they are texts or numbers."""
    import pyarrow

    first = series.iloc[:_BEGINNING]
    if pyarrow.types.is_string(field.type):
        # Half of a surrogate pair is no text of Arrow's.
        texts = [value.encode(errors="replace").decode() if isinstance(value, str) else None for value in first]
        return pyarrow.array(texts, field.type)
    try:
        return pyarrow.Array.from_pandas(first, type=field.type)
    except pyarrow.ArrowException:
        return pyarrow.nulls(len(first), field.type)


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
