"""Arguments, columns and Arrow data that cannot be used: each is an exception of ours that says what to do."""

from __future__ import annotations

import re
from typing import Any

import numpy
import pandas
import polars
import pyarrow
import pytest

import rolelean
from rolelean import Classifier, ColumnError, ColumnTypeError, InternalError
from streams import FailsWithoutAWord, texts

TEXT = "You write Kotlin and review code."


@pytest.fixture(scope="module")
def classifier() -> Classifier:
    return Classifier(threads=2)


RANGE = "a whole number from 1 to 256 is expected"


@pytest.mark.parametrize(
    ("threads", "error", "message"),
    [
        (0, ValueError, f"threads is 0, where {RANGE}"),
        (-1, ValueError, f"threads is -1, where {RANGE}"),
        (257, ValueError, f"threads is 257, where {RANGE}"),
        (10**12, ValueError, f"threads is 1000000000000, where {RANGE}"),
        (2**63, ValueError, f"threads is beyond 64 bits, where {RANGE}"),
        (-(2**64), ValueError, f"threads is beyond 64 bits, where {RANGE}"),
        # More digits than Python prints.
        pytest.param(10**5000, ValueError, f"threads is beyond 64 bits, where {RANGE}", id="huge"),
        (True, TypeError, f"threads is of type bool, where {RANGE}"),
        (2.0, TypeError, f"threads is of type float, where {RANGE}"),
        ("2", TypeError, f"threads is of type str, where {RANGE}"),
    ],
)
def test_threads_have_bounds(threads: Any, error: type[Exception], message: str) -> None:
    with pytest.raises(error) as raised:
        Classifier(threads=threads)
    assert str(raised.value) == message


@pytest.mark.parametrize("threads", [None, 1, 256, numpy.int64(2)])
def test_threads_within_their_bounds_are_taken(threads: Any) -> None:
    assert Classifier(threads=threads).classify_batch([TEXT])[0].leaning == "software-engineer"


@pytest.mark.parametrize(
    ("texts", "titles", "error", "message"),
    [
        ([TEXT, None, 1.5], None, TypeError, "texts[2] is of type float, where a str or None is expected"),
        ([b"You write"], None, TypeError, "texts[0] is of type bytes, where a str or None is expected"),
        (pandas.Series([1, 2]), None, TypeError, "texts[0] is of type int, where a str or None is expected"),
        ([TEXT, "\ud800"], None, ValueError, "texts[1] cannot be written as UTF-8: "),
        ([TEXT], [3], TypeError, "titles[0] is of type int, where a str or None is expected"),
        ([TEXT], ["\udfff"], ValueError, "titles[0] cannot be written as UTF-8: "),
    ],
)
def test_what_is_no_text_in_a_list_is_named_by_its_place(
    classifier: Classifier, texts: list[Any], titles: Any, error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=f"^{re.escape(message)}"):
        classifier.classify_batch(texts, titles)


@pytest.mark.parametrize("call", ["classify", "explain"])
def test_what_is_no_text_alone_is_named(classifier: Classifier, call: str) -> None:
    with pytest.raises(TypeError, match="^text is None, where a str is expected$"):
        getattr(classifier, call)(None)
    with pytest.raises(TypeError, match="^title is of type int, where a str or None is expected$"):
        getattr(classifier, call)(TEXT, title=3)
    with pytest.raises(ValueError, match="^text cannot be written as UTF-8: "):
        getattr(classifier, call)("\ud800")


def frames(**columns: list[Any]) -> list[Any]:
    table = pyarrow.table(columns)
    return [table, table.to_batches()[0], table.to_pandas()]


def test_a_missing_column_comes_with_the_nearest(classifier: Classifier) -> None:
    for table in frames(id=[1], job_description=[TEXT], pay=[1.5]):
        columns = "the columns are `id`, `job_description`, `pay`"
        for name, near in (("job_descripton", " (did you mean `job_description`?)"), ("blurb", "")):
            with pytest.raises(ColumnError) as raised:
                classifier.classify_arrow(table, text=name)
            assert str(raised.value) == f"no column `{name}`{near}; {columns}"
        with pytest.raises(ColumnError, match="no column `idd` .did you mean `id`.."):
            classifier.classify_arrow(table, id="idd")


def test_a_column_of_numbers_is_no_text(classifier: Classifier) -> None:
    for table in frames(id=[1.0], title=[1], description=[TEXT], pay=[1.5]):
        for arguments, name in (({"text": "pay"}, "pay"), ({"text": ["description", "PAY"]}, "pay"), ({"title": "title"}, "title")):
            with pytest.raises(ColumnTypeError, match=f"^the column `{name}` holds .*, where text is expected; ") as raised:
                classifier.classify_arrow(table, **arguments)
            assert isinstance(raised.value, ColumnError) and isinstance(raised.value, TypeError)
        # Nobody named the title: numbers under its name are something else.
        found = pyarrow.table(classifier.classify_arrow(table)).to_pylist()[0]
        assert (found["id"], found["title"], found["leaning"]) == (1.0, None, "software-engineer")


def test_a_text_column_of_numbers_is_told_of(classifier: Classifier) -> None:
    for table in frames(id=["a"], description=[1.5]):
        with pytest.raises(ColumnTypeError, match="^the column `description` holds .*, where text is expected; "):
            classifier.classify_arrow(table)


def test_a_column_without_any_value_has_no_type(classifier: Classifier) -> None:
    columns: dict[str, Any] = {"id": ["a"], "description": [None], "notes": [None]}
    numbers = pandas.DataFrame(columns | {"description": [float("nan")]})
    for frame in (pandas.DataFrame(columns), numbers, polars.DataFrame(columns), pyarrow.table(columns)):
        found = pyarrow.table(classifier.classify_arrow(frame)).to_pylist()
        assert [row["warnings"] for row in found] == ["skipped: no text"]


def twice(*names: str) -> list[Any]:
    table = pyarrow.Table.from_arrays([pyarrow.array([TEXT])] * len(names), names=names)
    frame = pandas.DataFrame([[TEXT] * len(names)], columns=list(names))
    return [table, table.to_batches()[0], frame, Streamed(table)]


class Streamed:
    """A table of which nothing is known but that it speaks the interface."""

    def __init__(self, table: Any) -> None:
        self._table = table

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        capsule: object = self._table.__arrow_c_stream__(requested_schema)
        return capsule


def test_a_name_on_two_columns_is_refused_where_it_is_read(classifier: Classifier) -> None:
    message = "2 columns are called `description`, at positions 1 and 3 counted from 0; rename or drop all but one"
    for table in twice("id", "description", "pay", "description"):
        with pytest.raises(ColumnError) as raised:
            classifier.classify_arrow(table)
        assert str(raised.value) == message
        with pytest.raises(ColumnError, match="2 columns are called `description`"):
            classifier.classify_arrow(table, text="description")
    for table in twice("id", "rank", "description", "rank"):
        found = pyarrow.table(classifier.classify_arrow(table)).to_pylist()
        assert [row["leaning"] for row in found] == ["software-engineer"]


@pytest.mark.parametrize(
    ("values", "error", "message"),
    [
        ([TEXT, None, 3], ColumnTypeError, "holds a value of type int at row 2 counted from 0, where text is expected"),
        ([TEXT, [TEXT]], ColumnTypeError, "holds a value of type list at row 1 counted from 0, where text is expected"),
        ([TEXT, "\ud800"], ColumnError, "cannot be written as UTF-8 at row 1 counted from 0: "),
        ([TEXT.encode()], ColumnTypeError, "holds Binary, where text is expected"),
    ],
)
def test_mixed_objects_of_pandas_are_named_by_their_row(
    classifier: Classifier, values: list[Any], error: type[Exception], message: str
) -> None:
    frame = pandas.DataFrame({"description": values}, dtype=object)
    for text in (None, "description"):
        with pytest.raises(error, match=f"^the column `description` {re.escape(message)}"):
            classifier.classify_arrow(frame, text=text)


@pytest.mark.parametrize(
    "column",
    [pandas.Series([TEXT]), polars.Series([TEXT]), pyarrow.array([TEXT]), pyarrow.chunked_array([[TEXT]])],
    ids=["pandas", "polars", "array", "chunked array"],
)
def test_one_column_is_no_table(classifier: Classifier, column: Any) -> None:
    with pytest.raises(TypeError, match="is one column, where a table is expected"):
        classifier.classify_arrow(column)
    with pytest.raises(TypeError, match="cannot be read as a table"):
        classifier.classify_arrow(Streamed(pyarrow.chunked_array([[TEXT]])))


@pytest.mark.parametrize("frame", frames(description=[TEXT]), ids=lambda frame: type(frame).__module__)
def test_a_frame_is_no_list_of_texts(classifier: Classifier, frame: Any) -> None:
    """Of pandas, it would be one of the names of its columns."""
    with pytest.raises(TypeError, match="^texts is a frame, where one column is expected: pass frame"):
        classifier.classify_batch(frame)


def test_a_mapping_is_no_list_of_texts(classifier: Classifier) -> None:
    with pytest.raises(TypeError, match="^texts is a mapping, where a list of texts is expected: pass its values"):
        classifier.classify_batch({"one": TEXT})


@pytest.mark.parametrize(
    ("frame", "message"),
    [
        (pandas.DataFrame(), "the frame has no columns"),
        (pandas.DataFrame([[TEXT]]), "no column has a str for its name; give them names"),
        (pandas.DataFrame([[TEXT]], columns=[["jobs"], ["description"]]), "the columns have names of 2 levels; make one"),
    ],
)
def test_frames_without_names_are_told_what_helps(classifier: Classifier, frame: pandas.DataFrame, message: str) -> None:
    with pytest.raises(ColumnError, match=f"^{message}"):
        classifier.classify_arrow(frame)


def test_a_column_to_keep_that_is_missing_comes_with_the_nearest(classifier: Classifier) -> None:
    for table in frames(id=[1], description=[TEXT], pay=[1.5]):
        with pytest.raises(ColumnError, match="^no column `payy` to keep .did you mean `pay`..; the columns are `id`, "):
            classifier.classify_arrow(table, keep="payy")


def test_objects_of_polars_are_no_text(classifier: Classifier) -> None:
    frame = polars.DataFrame({"description": [TEXT], "odd": [object()]})
    assert classifier.classify_arrow(frame)["leaning"].to_list() == ["software-engineer"]
    with pytest.raises(ColumnTypeError, match="^the column `odd` holds objects of Python, where text is expected; "):
        classifier.classify_arrow(frame, text="odd")


KINDS = [pyarrow.string(), pyarrow.large_string(), pyarrow.string_view()]
# The second is longer than what a view holds in itself.
BROKEN = [b"You \xff", b"You write Kotlin and review \xe2\x82"]


@pytest.mark.parametrize("kind", KINDS, ids=str)
@pytest.mark.parametrize("broken", BROKEN, ids=["short", "cut off"])
def test_text_that_is_not_utf_8_is_refused_by_row(classifier: Classifier, kind: pyarrow.DataType, broken: bytes) -> None:
    good = texts(kind, TEXT.encode(), TEXT.encode())
    bad = texts(kind, TEXT.encode(), broken, TEXT.encode())
    coded = pyarrow.DictionaryArray.from_arrays(pyarrow.array([0, 0, 1, None, 0]), bad, safe=False)
    ids = pyarrow.array(["a"] * 5)
    tables = [
        pyarrow.table({"id": ids, "description": pyarrow.chunked_array([good, bad])}),
        pyarrow.table({"id": ids, "description": pyarrow.chunked_array([good, bad])}).combine_chunks().to_batches()[0],
        Streamed(pyarrow.table({"id": ids, "description": pyarrow.chunked_array([good, bad])})),
    ]
    for table, row in [*((table, 3) for table in tables), (pyarrow.table({"id": ids, "description": coded}), 2)]:
        with pytest.raises(ColumnError) as raised:
            classifier.classify_arrow(table)
        place = f"the column `description` is not UTF-8 at row {row} counted from 0, byte {broken.find(BAD[broken])}; "
        assert str(raised.value).startswith(place)


BAD = {BROKEN[0]: b"\xff", BROKEN[1]: b"\xe2"}


def test_a_stream_counts_rows_over_its_batches(classifier: Classifier) -> None:
    good, bad = texts(pyarrow.string(), b"a", b"b"), texts(pyarrow.string(), b"c", b"\xff")
    table = pyarrow.table({"description": pyarrow.chunked_array([good, bad])})
    with pytest.raises(ColumnError, match="at row 3 counted from 0"):
        classifier.classify_arrow(table.to_reader()).read_all()


def test_what_stands_below_a_null_or_in_other_columns_is_not_looked_at(classifier: Classifier) -> None:
    values = texts(pyarrow.string(), TEXT.encode(), b"\xff\xff")
    nulls = pyarrow.array([True, False]).buffers()[1]
    column = pyarrow.Array.from_buffers(pyarrow.string(), 2, [nulls, *values.buffers()[1:]])
    table = pyarrow.table({"description": column, "notes": texts(pyarrow.string(), b"\xff", b"\xff")})
    for found in (classifier.classify_arrow(table), classifier.classify_arrow(Streamed(table))):
        rows = pyarrow.table(found).to_pylist()
        assert [row["leaning"] for row in rows] == ["software-engineer", None]


def test_text_with_broken_offsets_is_refused(classifier: Classifier) -> None:
    for offsets in ([0, 50, 4], [0, -1, 4]):
        buffers = [None, pyarrow.array(offsets, pyarrow.int32()).buffers()[1], pyarrow.py_buffer(b"text")]
        column = pyarrow.Array.from_buffers(pyarrow.string(), 2, buffers)
        with pytest.raises(ColumnError, match="^the column `description` is broken: "):
            classifier.classify_arrow(pyarrow.table({"description": column}))


def test_keys_outside_of_their_dictionary_are_refused(classifier: Classifier) -> None:
    for key in (1, -1):
        column = pyarrow.DictionaryArray.from_arrays(pyarrow.array([0, key]), pyarrow.array([TEXT]), safe=False)
        with pytest.raises(ColumnError, match="^the column `description` is broken: "):
            classifier.classify_arrow(pyarrow.table({"description": column}))


def test_a_stream_that_fails_without_a_word_is_an_exception_that_programs_can_catch(classifier: Classifier) -> None:
    with pytest.raises(OSError, match="^the table could not be read to its end: "):
        classifier.classify_arrow(FailsWithoutAWord())
    assert issubclass(InternalError, RuntimeError)
    assert classifier.classify(TEXT).leaning == "software-engineer"


def test_exceptions_are_known_by_public_names() -> None:
    for error in (rolelean.LexiconError, ColumnError, ColumnTypeError, InternalError):
        assert (error.__module__, getattr(rolelean, error.__name__)) == ("rolelean", error)
        assert error.__doc__
