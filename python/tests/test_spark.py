"""`rolelean.spark.classify` on its own; cluster.py has it on a cluster, same_rows.py compares its rows."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow
import pytest
import rolelean
import rolelean.spark
from java import need_java
from pyspark.sql import DataFrame, SparkSession
from session import session

KITCHEN = Path(__file__).parents[2] / "tests" / "suite" / "kitchen"
TEXT = "You cook for sixty guests and write menus. Cooking is what you do."


def to_arrow(df: DataFrame) -> pyarrow.Table:
    """The rows; PySpark 3.5 has no `toArrow`."""
    collect = getattr(df, "toArrow", None) or (lambda: pyarrow.Table.from_batches(df._collect_as_arrow()))  # type: ignore[operator]
    return collect()


@pytest.fixture(scope="module")
def spark() -> Iterator[SparkSession]:
    need_java()
    with session("local[1]") as spark:
        yield spark


@pytest.fixture(scope="module")
def df(spark: SparkSession) -> DataFrame:
    """Names with a dot and a backtick, a number for an id, and columns of no use."""
    columns = "`job.id` long, title string, `du``ties` string, requirements string, tags array<string>, pay double"
    return spark.createDataFrame([(7, "Cook", TEXT, "Menus and more cooking.", ["a"], 1.5)], columns)


def test_columns_are_found_whatever_their_names(df: DataFrame) -> None:
    found = to_arrow(rolelean.spark.classify(df, source="hall"))
    schema = rolelean.Classifier().schema()
    assert found.schema == schema.set(schema.get_field_index("id"), pyarrow.field("id", pyarrow.int64()))
    assert (found["id"][0].as_py(), found["source"][0].as_py(), found["title"][0].as_py()) == (7, "hall", "Cook")
    assert found["words"][0].as_py() == len(TEXT.split()) + 6


@pytest.mark.parametrize("as_files", [False, True], ids=["folder", "files"])
def test_a_lexicon_reaches_the_workers(df: DataFrame, as_files: bool) -> None:
    files = {path.relative_to(KITCHEN).as_posix(): path.read_text() for path in KITCHEN.rglob("*") if path.is_file()}
    lexicon = files if as_files else KITCHEN
    found = to_arrow(rolelean.spark.classify(df, lexicon=lexicon, matches=True))
    assert found.schema.names == rolelean.Classifier(KITCHEN).schema(matches=True).names
    assert "cooking" in found["skill"].to_pylist()


def test_an_extension_reaches_the_workers(df: DataFrame) -> None:
    skill = 'id = "menus"\nname = "menus"\nleaning = "shared"\nstrength = 1\nforms = ["menus"]\nsources = ["judgement"]\n'
    extension = {"own.toml": f'category = "own"\ntitle = "Our own"\n\n[[skill]]\n{skill}'}
    found = to_arrow(rolelean.spark.classify(df, extend=extension, matches=True))
    assert "menus" in found["skill_id"].to_pylist()


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"text": "description"}, rolelean.ColumnError, "no column `description`"),
        ({"text": "tags"}, rolelean.ColumnTypeError, "the column `tags` holds"),
        ({"text": "pay"}, rolelean.ColumnTypeError, "the column `pay` holds"),
        ({"lexicon": {"lexicon.toml": ""}}, rolelean.LexiconError, "cannot be used"),
    ],
)
def test_what_cannot_be_is_refused_before_any_work(
    df: DataFrame, arguments: dict[str, Any], error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        rolelean.spark.classify(df, **arguments)


def test_a_name_on_two_columns_is_refused(df: DataFrame) -> None:
    with pytest.raises(rolelean.ColumnError, match="2 columns are called `title`"):
        rolelean.spark.classify(df.select("*", "title"))


def test_rows_without_ids_are_refused(df: DataFrame) -> None:
    with pytest.raises(rolelean.ColumnError, match="no column with ids"):
        rolelean.spark.classify(df.drop("job.id", "`job.id`"))


def test_columns_are_chosen_by_name_alone(spark: SparkSession) -> None:
    """Which would take rows, and so a job, before an action asks for one; and a batch must not choose for itself."""
    rows = [(1, "Cook", "Cook wanted", TEXT * 4)]
    df = spark.createDataFrame(rows, "id long, title string, description string, Wortlaut string")
    assert to_arrow(rolelean.spark.classify(df))["words"][0].as_py() == 2
    with pytest.raises(rolelean.ColumnError, match='name one with text="..."'):
        rolelean.spark.classify(df.drop("description"))
