"""Data frames of every kind in, the same kind out."""

from __future__ import annotations

import copy
import pickle
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import numpy
import pandas
import polars
import pyarrow
import pytest

from rolelean import Classifier, ColumnError, ColumnWarning, choose_columns

ROOT = Path(__file__).parents[2]
ROWS: list[dict[str, Any]] = [
    {"id": 7, "title": "Software engineer", "description": "You write Kotlin and TypeScript, and review code.", "pay": 1.5},
    {"id": 8, "title": "Admin", "description": None, "pay": 2.5},
    {"id": 9, "title": None, "description": "<p>You patch Linux servers.</p><p>You restore service after an outage.</p>", "pay": None},
]


@pytest.fixture(scope="module")
def classifier() -> Classifier:
    return Classifier(threads=2)


@pytest.fixture
def table() -> pyarrow.Table:
    return pyarrow.Table.from_pylist(ROWS)


def test_every_row_keeps_its_place(classifier: Classifier, table: pyarrow.Table) -> None:
    rows = classifier.classify_arrow(table, source="jobs").to_pylist()
    assert [row["id"] for row in rows] == [7, 8, 9]
    assert [row["posting"] for row in rows] == [1, None, 2]
    assert [row["leaning"] for row in rows] == ["software-engineer", None, "systems-engineer"]
    assert [row["warnings"] for row in rows] == [None, "skipped: no text", None]
    assert {row["source"] for row in rows} == {"jobs"}
    assert rows[0]["title_agrees"] is True
    assert {name for name, value in rows[1].items() if value is not None} == {"id", "source", "warnings"}


def test_the_columns_are_those_of_the_report(classifier: Classifier, table: pyarrow.Table) -> None:
    postings, matches = classifier.classify_arrow(table, matches=True)
    for found, schema in ((postings, classifier.schema()), (matches, classifier.schema(matches=True))):
        # Ids are of the type that they have.
        assert found.schema == schema.set(schema.get_field_index("id"), pyarrow.field("id", pyarrow.int64()))
    expected = (ROOT / "docs" / "output.md").read_text(encoding="utf-8")
    for name, schema in (("postings", postings.schema), ("matches", matches.schema)):
        section = expected.split(f"## {name}.csv\n")[1].split("\n## ")[0]
        documented = [line.split("`")[1] for line in section.splitlines() if line.startswith("| `")]
        assert schema.names == documented
    numbers = dict(zip(postings.column("posting").to_pylist(), postings.column("id").to_pylist()))
    assert [numbers[number] for number in matches.column("posting").to_pylist()] == matches.column("id").to_pylist()
    found = [match for match in matches.to_pylist() if match["id"] == 7]
    assert {"code-review", "kotlin", "typescript"} < {match["skill_id"] for match in found}
    # Places in the section `title` are those of the title.
    assert "title" in {match["section"] for match in found}
    for match in found:
        text = ROWS[0]["title" if match["section"] == "title" else "description"].encode()
        assert text[match["start"] : match["end"]].decode() == match["form"]


def kinds(table: pyarrow.Table) -> Iterator[tuple[str, Any]]:
    yield "pyarrow.Table", table
    yield "pyarrow.RecordBatch", table.to_batches()[0]
    yield "pandas.DataFrame", table.to_pandas()
    yield "polars.DataFrame", polars.DataFrame(table)


def as_rows(frame: Any) -> list[dict[str, Any]]:
    """The rows of a frame, by way of the interface that all of them have."""
    rows: list[dict[str, Any]] = pyarrow.table(frame).to_pylist()
    return rows


def test_the_kind_that_comes_in_comes_out(classifier: Classifier, table: pyarrow.Table) -> None:
    expected = classifier.classify_arrow(table).to_pylist()
    for name, frame in kinds(table):
        postings, matches = classifier.classify_arrow(frame, matches=True)
        assert type(postings) is type(frame), name
        assert type(matches) is type(frame), name
        assert as_rows(postings)[0]["score"] == expected[0]["score"], name
        assert as_rows(postings) == expected, name


def test_strings_of_every_type_are_read(classifier: Classifier, table: pyarrow.Table) -> None:
    expected = classifier.classify_arrow(table)
    at = table.schema.get_field_index("description")
    for kind in (pyarrow.large_string(), pyarrow.string_view(), pyarrow.dictionary(pyarrow.int32(), pyarrow.string())):
        column = pyarrow.array(table.column(at).to_pylist(), kind)
        assert classifier.classify_arrow(table.set_column(at, "description", column)).equals(expected), kind


def test_pandas_keeps_its_index_and_odd_columns(classifier: Classifier) -> None:
    frame = pandas.DataFrame(ROWS, index=["a", "b", "c"]).assign(odd=[{1: 2}, object(), 3])
    found = classifier.classify_arrow(frame)
    assert list(found.index) == ["a", "b", "c"]
    assert found.loc["c", "leaning"] == "systems-engineer"
    assert list(frame.join(found["leaning"])["leaning"].isna()) == [False, True, False]
    categories = frame.assign(description=frame["description"].astype("category"))
    assert classifier.classify_arrow(categories).equals(found)


def test_a_frame_of_a_class_of_its_own_is_one_of_its_kind(classifier: Classifier) -> None:
    jobs = type("Jobs", (pandas.DataFrame,), {})(ROWS, index=["a", "b", "c"])
    found = classifier.classify_arrow(jobs)
    assert (list(found.index), found["id"].dtype) == (["a", "b", "c"], "int64")


def test_a_stream_is_answered_by_a_stream(classifier: Classifier, table: pyarrow.Table) -> None:
    drawn = []

    def batches() -> Iterator[pyarrow.RecordBatch]:
        for number in range(3):
            drawn.append(number)
            yield table.drop_columns("id").to_batches()[0]

    schema = table.drop_columns("id").schema
    found = classifier.classify_arrow(pyarrow.RecordBatchReader.from_batches(schema, batches()))
    assert isinstance(found, pyarrow.RecordBatchReader)
    first = found.read_next_batch()
    assert len(drawn) <= 2
    rest = found.read_all()
    ids = [*first.column("id").to_pylist(), *rest.column("id").to_pylist()]
    assert ids == [f"table#{number}" for number in range(1, 10)]


class Stream:
    """A table of a library that nobody knows, of which batches can be had, once."""

    def __init__(self, table: pyarrow.Table) -> None:
        self.reader = table.to_reader(max_chunksize=2)

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self.reader.__arrow_c_stream__(requested_schema)


class Batch:
    """A batch of such a library."""

    def __init__(self, table: pyarrow.Table) -> None:
        self.batch = table.to_batches()[0]

    def __arrow_c_array__(self, requested_schema: object = None) -> object:
        return self.batch.__arrow_c_array__(requested_schema)


@pytest.mark.parametrize("kind", [Stream, Batch])
def test_whatever_speaks_the_interface_is_read(classifier: Classifier, table: pyarrow.Table, kind: Any) -> None:
    table = table.append_column("words", pyarrow.array([[1], None, []]))
    found = classifier.classify_arrow(kind(table), keep=["pay", "words"], matches=True)
    assert [type(each) for each in found] == [pyarrow.Table, pyarrow.Table]
    expected = classifier.classify_arrow(table, keep=["pay", "words"], matches=True)
    assert [each.to_pylist() for each in found] == [each.to_pylist() for each in expected]
    assert [each.schema for each in found] == [each.schema for each in expected]
    with pytest.raises(ColumnError, match="no column `wage` to keep"):
        classifier.classify_arrow(kind(table), keep="wage")


def test_columns_may_be_named_and_joined(classifier: Classifier) -> None:
    table = pyarrow.table({"key": ["x"], "a": ["You write Kotlin."], "b": ["You patch Linux servers."], "t": ["Admin"]})
    found = classifier.classify_arrow(table, text=["a", "b"], title="t", id="key").to_pylist()[0]
    # Both the name and the duty, to patch servers.
    assert (found["id"], found["title"], found["software_skills"], found["systems_skills"]) == ("x", "Admin", 1, 2)
    assert classifier.classify_arrow(table, "a", "t", "key").to_pylist()[0]["systems_skills"] == 0


def test_empty_tables_have_their_columns(classifier: Classifier, table: pyarrow.Table) -> None:
    for name, frame in kinds(table.slice(0, 1)):
        empty = frame[:0] if name in ("pandas.DataFrame", "polars.DataFrame") else frame.slice(0, 0)
        for found, matches in zip(classifier.classify_arrow(empty, matches=True), (False, True)):
            assert len(found) == 0, name
            assert pyarrow.table(found).schema.names == classifier.schema(matches).names, name


def test_what_is_refused(classifier: Classifier, table: pyarrow.Table) -> None:
    with pytest.raises(ColumnError, match="no column `nope`; the columns are `id`, `title`, `description`, `pay`"):
        classifier.classify_arrow(table, text="nope")
    with pytest.raises(ColumnError, match='name one with text="..."'):
        classifier.classify_arrow(table.select(["id"]))
    nested = table.append_column("nested", pyarrow.array([{"a": 1}] * 3))
    with pytest.raises(TypeError, match="the column `nested` holds .*, where text is expected"):
        classifier.classify_arrow(nested, text="nested")
    with pytest.raises(TypeError, match="^list is no table: .* as by pandas.DataFrame"):
        classifier.classify_arrow(ROWS)
    with pytest.raises(TypeError, match="a LazyFrame has no rows yet"):
        classifier.classify_arrow(polars.DataFrame(table).lazy())
    with pytest.raises(TypeError, match="two tables"):
        classifier.classify_arrow(table.to_reader(), matches=True)


def test_a_stream_that_breaks_is_an_error(classifier: Classifier, table: pyarrow.Table) -> None:
    class Broken:
        def __arrow_c_stream__(self, requested_schema: object = None) -> object:
            def batches() -> Iterator[pyarrow.RecordBatch]:
                yield table.to_batches()[0]
                raise OSError("the disk is gone")

            return pyarrow.RecordBatchReader.from_batches(table.schema, batches()).__arrow_c_stream__()

    with pytest.raises(Exception, match="the disk is gone"):
        classifier.classify_arrow(Broken())


def test_numbers_are_as_a_table_prints_them(classifier: Classifier, table: pyarrow.Table) -> None:
    found = classifier.classify_arrow(table).to_pylist()
    for row in found:
        for value in (value for value in row.values() if isinstance(value, float)):
            assert value == float(f"{value:.4f}")


def test_ids_and_kept_columns_keep_their_types(classifier: Classifier, table: pyarrow.Table) -> None:
    moment = pyarrow.array([0, None, 1], pyarrow.timestamp("ms", "UTC"))
    table = table.append_column("seen", moment).append_column("words", pyarrow.array([[1], None, []]))
    for name, frame in kinds(table):
        postings, matches = classifier.classify_arrow(frame, keep=["seen", "words", "pay"], matches=True)
        for column, kept in (("id", "id"), ("seen", "seen"), ("words", "words_kept"), ("pay", "pay")):
            expected, found = pyarrow.table(frame)[column], pyarrow.table(postings)[kept]
            assert (found.type, found.to_pylist()) == (expected.type, expected.to_pylist()), (name, column)
        assert list(postings.schema.names if name.startswith("pyarrow") else postings.columns)[-3:] == ["seen", "words_kept", "pay"]
        ids = pyarrow.table(matches)["id"]
        assert (ids.type, sorted(set(ids.to_pylist()))) == (pyarrow.int64(), [7, 9]), name
        numbers = dict(zip(*(pyarrow.table(postings)[column].to_pylist() for column in ("posting", "id"))))
        assert [numbers[number] for number in pyarrow.table(matches)["posting"].to_pylist()] == ids.to_pylist(), name


def test_all_columns_of_no_use_can_be_kept(classifier: Classifier) -> None:
    table = pyarrow.table({"ref": [1], "colour": ["red"], "description": ["You write Kotlin."], "title": ["Cook"]})
    for _, frame in kinds(table):
        found = pyarrow.table(classifier.classify_arrow(frame, keep="*"))
        assert found.column_names[len(classifier.schema()) :] == ["colour"]


def test_pandas_has_numbers_and_flags_with_gaps(classifier: Classifier) -> None:
    frame = pandas.DataFrame(ROWS, index=["a", "b", "c"])
    found = classifier.classify_arrow(frame)
    types = found.dtypes.astype(str).to_dict()
    assert {types[name] for name in ("posting", "words", "software_skills", "years_min")} == {"Int64"}
    assert {types[name] for name in ("title_agrees", "sponsorship")} == {"boolean"}
    assert {types[name] for name in ("score", "p_software", "p_systems", "p_neither", "probability")} == {"float64"}
    assert types["id"] == "int64"
    # Whatever is in a part, its columns are of the same types.
    assert classifier.classify_arrow(frame.iloc[:1]).dtypes.equals(found.dtypes)
    merged = frame.merge(found, on="id", suffixes=("", "_found"))
    assert merged["leaning"].isna().tolist() == [False, True, False]
    assert frame.join(found[["reason", "location"]]).shape == (3, 6)
    assert classifier.classify_arrow(frame.assign(id=["x", None, "y"]))["id"].tolist() == ["x", None, "y"]
    categories = classifier.classify_arrow(frame.assign(id=pandas.Categorical(["x", "y", "z"]).set_categories(["z", "y", "x"])))
    assert categories["id"].dtype.categories.tolist() == ["z", "y", "x"]


def test_a_relation_of_duckdb_is_answered_by_what_duckdb_reads(classifier: Classifier, table: pyarrow.Table) -> None:
    with duckdb.connect() as connection:
        found, matches = classifier.classify_arrow(connection.from_arrow(table), keep="pay", matches=True)
        assert type(found) is type(matches) is pyarrow.Table
        rows = connection.sql("SELECT id, leaning, pay FROM found ORDER BY id").fetchall()
        assert rows == [(7, "software-engineer", 1.5), (8, None, 2.5), (9, "systems-engineer", None)]
        assert connection.sql("SELECT count(DISTINCT id) FROM matches").fetchall() == [(2,)]


def test_a_reader_keeps_types_and_columns(classifier: Classifier, table: pyarrow.Table) -> None:
    found = classifier.classify_arrow(table.to_reader(), keep="pay").read_all()
    assert found.schema.field("id").type == pyarrow.int64()
    assert found["pay"].to_pylist() == [1.5, 2.5, None]


LONG = "You patch Linux servers, look after Active Directory, and restore service for all users after an outage."
UNTOLD: list[dict[str, Any]] = [
    {"Nr": 4, "Was": "Systems administrator", "Wortlaut": LONG, "Ort": "Ulm"},
    {"Nr": 5, "Was": "Linux administrator", "Wortlaut": f"{LONG} You watch them with Nagios.", "Ort": "Bonn"},
]


def test_columns_are_chosen_by_what_they_hold(classifier: Classifier) -> None:
    """Where their names do not tell, as in a file; and the user is told."""
    expected = None
    for name, frame in [*kinds(pyarrow.Table.from_pylist(UNTOLD)), ("stream", Stream(pyarrow.Table.from_pylist(UNTOLD)))]:
        with pytest.warns(ColumnWarning, match="do not tell: text='Wortlaut', title='Was'; pass") as told:
            found = classifier.classify_arrow(frame, id="Nr")
        assert [Path(each.filename).name for each in told] == [Path(__file__).name], name
        expected = expected or as_rows(found)
        assert as_rows(found) == expected, name
        assert [row["title"] for row in expected] == ["Systems administrator", "Linux administrator"]


def test_what_names_tell_is_not_told_again(classifier: Classifier, table: pyarrow.Table) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        classifier.classify_arrow(table)
        classifier.classify_arrow(pyarrow.Table.from_pylist(UNTOLD), "Wortlaut", "Was", "Nr")


def test_a_short_text_beside_a_longer_column_is_told_of(classifier: Classifier, tmp_path: Path) -> None:
    rows = [{"summary": "Cook wanted", "requirements": f"Menus {at}", "blurb": LONG * 2} for at in range(6)]
    table = pyarrow.Table.from_pylist(rows)
    with pytest.warns(ColumnWarning, match='is short, and `blurb` is longer: text="blurb" takes it instead'):
        classifier.classify_arrow(table)
    file = tmp_path / "jobs.csv"
    table.to_pandas().to_csv(file, index=False)
    with pytest.warns(ColumnWarning, match="the text of .*jobs.csv, from `summary`, `requirements`, is short"):
        classifier.classify_files(file)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        classifier.classify_arrow(table, text="summary")


def test_a_choice_holds_for_all_parts(classifier: Classifier) -> None:
    """A part that says nothing, or would say something else, is read as the first was."""
    table = pyarrow.Table.from_pylist(UNTOLD)
    columns = choose_columns(table, id="Nr")
    assert repr(columns) == "Columns(id='Nr', title='Was', text=('Wortlaut',), company=None, location='Ort')"
    assert columns.by_content == ("Was", "Wortlaut", "Ort")
    assert pickle.loads(pickle.dumps(columns)) == columns
    assert hash(copy.deepcopy(columns)) == hash(columns)
    odd = pyarrow.Table.from_pylist([{"Nr": 6, "Was": LONG, "Wortlaut": "Cook", "Ort": "Ulm"}])
    for part in (odd, odd.to_pandas(), polars.DataFrame(odd), odd.to_batches()[0], odd.to_reader()):
        found = pyarrow.table(classifier.classify_arrow(part, columns=columns))
        assert (found["id"].to_pylist(), found["words"].to_pylist()) == ([6], [1])
    with pytest.raises(ColumnError, match="no column `Was`, which was chosen for this table; the columns are `Nr`"):
        classifier.classify_arrow(odd.drop_columns("Was"), columns=columns)
    with pytest.raises(ValueError, match="columns= says all"):
        classifier.classify_arrow(odd, "Wortlaut", columns=columns)


def test_a_reader_chooses_by_its_first_batch_with_rows(classifier: Classifier) -> None:
    first = pyarrow.Table.from_pylist(UNTOLD)
    odd = pyarrow.Table.from_pylist([{"Nr": 6, "Was": LONG, "Wortlaut": "Cook", "Ort": LONG}])
    batches = [batch for table in (first.slice(0, 0), first, odd) for batch in table.to_batches()]
    with pytest.warns(ColumnWarning) as told:
        reader = classifier.classify_arrow(pyarrow.RecordBatchReader.from_batches(first.schema, batches))
        words = reader.read_all()["words"].to_pylist()
    assert (len(told), words[-1]) == (1, 1)
    with pytest.raises(TypeError, match="a reader is read only once"):
        choose_columns(first.to_reader())


TEXTS = ["You write Kotlin and review code.", None, "You patch Linux servers and restore service after an outage."]


@pytest.mark.parametrize(
    "texts",
    [
        TEXTS,
        pandas.Series(TEXTS, index=[3, 3, 1]),
        pandas.Series(TEXTS, dtype="string"),
        polars.Series(TEXTS),
        numpy.array(TEXTS, dtype=object),
        pandas.Series([TEXTS[0], float("nan"), TEXTS[2]]),
    ],
    ids=["list", "pandas", "pandas strings", "Polars", "NumPy", "NaN"],
)
def test_columns_with_gaps_are_batches(classifier: Classifier, texts: Any) -> None:
    found = classifier.classify_batch(texts, titles=numpy.array(["Developer", "x", "Admin"]))
    assert [None if verdict is None else verdict.title for verdict in found] == ["Developer", None, "Admin"]
    assert found[2] is not None and found[2].leaning == "systems-engineer"
