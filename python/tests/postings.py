"""Postings for the tests, and reports read back as tables.

The samples are repeated under ids of their own. A few rows have no text, as rows of real tables do.
"""

from __future__ import annotations

import csv
import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pyarrow
import pyarrow.compute
import pyarrow.csv

import rolelean

SAMPLES = Path(__file__).parents[2] / "samples"
# Every so many rows one is without a text.
WITHOUT_TEXT = 500
SKIPPED = "skipped: "


class Posting(NamedTuple):
    id: str
    title: str
    company: str
    description: str


def samples() -> Iterator[tuple[str, str, str]]:
    """Title, company and description of each sample that is a text, a line of JSON or a row of a CSV."""
    for path in sorted(SAMPLES.glob("postings/*")):
        yield "", "", path.read_text(encoding="utf-8")
    with open(SAMPLES / "postings.jsonl", encoding="utf-8") as lines:
        for line in lines:
            posting = json.loads(line)
            yield posting["title"], posting["company"], posting["description"]
    with open(SAMPLES / "postings.csv", encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            yield row["job_title"], row["company"], row["job_description"]


def postings(count: int) -> Iterator[Posting]:
    """So many postings, in the order of their ids."""
    texts = list(samples())
    for number in range(count):
        title, company, description = texts[number % len(texts)]
        if number % WITHOUT_TEXT == WITHOUT_TEXT - 1:
            description = ""
        yield Posting(f"posting-{number:07}", title, company, description)


def table(count: int) -> pyarrow.Table:
    """So many postings as an Arrow table."""
    columns = zip(*postings(count), strict=True)
    return pyarrow.table(dict(zip(Posting._fields, map(list, columns), strict=True)))


def write_json_lines(path: Path, rows: pyarrow.Table) -> None:
    """A line of JSON for each row."""
    with open(path, "w", encoding="utf-8") as out:
        for row in rows.to_pylist():
            out.write(json.dumps(row) + "\n")


def classify(rolelean: str, inputs: Path, report: Path) -> None:
    """A report by the command line. Rows without a text make its exit code 1."""
    command = [rolelean, "classify", str(inputs), "--out", str(report), "--raw-cells", "--quiet"]
    code = subprocess.run(command, check=False).returncode
    if code not in (0, 1):
        raise SystemExit(f"{rolelean} classify {inputs}: exit code {code}")


def read_csv(path: Path, schema: pyarrow.Schema) -> pyarrow.Table:
    """A table of a report, its cells of the given types; an empty one is null."""
    return pyarrow.csv.read_csv(
        path,
        parse_options=pyarrow.csv.ParseOptions(newlines_in_values=True),
        convert_options=pyarrow.csv.ConvertOptions(
            column_types=schema,
            null_values=[""],
            strings_can_be_null=True,
            true_values=["true"],
            false_values=["false"],
        ),
    )


class Report:
    """What the command line says of postings that have these ids, in their order, in a file of JSON Lines."""

    def __init__(self, folder: Path, ids: list[str]) -> None:
        classifier = rolelean.Classifier()
        self.folder = folder
        self.postings = comparable(read_csv(folder / "postings.csv", classifier.schema()))
        self.matches = comparable(read_csv(folder / "matches.csv", classifier.schema(matches=True)))
        with open(folder / "skipped.csv", encoding="utf-8", newline="") as rows:
            self.skipped = {ids[int(row["record"]) - 1]: SKIPPED + row["reason"] for row in csv.DictReader(rows)}

    def __len__(self) -> int:
        return int(self.postings.num_rows) + len(self.skipped)

    def check(self, way: str, found: pyarrow.Table) -> int:
        """How many rows `found` has; ends the program where they are not the postings, in whatever order.

        Rows that the command line skips must be there as such.
        """
        found = found.sort_by("id")
        is_skipped = pyarrow.compute.starts_with(found["warnings"], SKIPPED).fill_null(False)
        skipped = found.filter(is_skipped)
        told = list(zip(skipped["id"].to_pylist(), skipped["warnings"].to_pylist(), strict=True))
        if told != sorted(self.skipped.items()):
            raise SystemExit(f"{way}: skipped are\n{told}\nand not\n{sorted(self.skipped.items())}")
        check_equal(way, self.postings, found.filter(pyarrow.compute.invert(is_skipped)))
        return int(found.num_rows)

    def check_matches(self, way: str, found: pyarrow.Table) -> int:
        """The same for the matches; those of one posting must be in order."""
        # A stable sort, so that they stay in it.
        check_equal(way, self.matches, found.sort_by("id"))
        return int(found.num_rows)


    def check_merged(self, way: str, merged: Path) -> int:
        """The same for a report that was joined from others on parts of the file."""
        schema = rolelean.Classifier().schema()
        check_equal(way, self.postings, comparable(read_csv(merged / "postings.csv", schema)))
        for table in ("matches.csv", "skills.csv"):
            if (merged / table).read_bytes() != (self.folder / table).read_bytes():
                raise SystemExit(f"{way}: {table} is not that of one run")
        with open(merged / "skipped.csv", encoding="utf-8", newline="") as rows:
            reasons = [SKIPPED + row["reason"] for row in csv.DictReader(rows)]
        if reasons != list(self.skipped.values()):
            raise SystemExit(f"{way}: {len(reasons)} rows are skipped and not {len(self.skipped)}")
        return len(self)


def check_equal(way: str, expected: pyarrow.Table, found: pyarrow.Table) -> None:
    """Ends the program where two tables are not equal, and says where they first part."""
    found = comparable(found)
    if found.equals(expected):
        return
    if found.schema != expected.schema:
        raise SystemExit(f"{way}: the columns are\n{found.schema}\nand not\n{expected.schema}")
    for number, (left, right) in enumerate(zip(expected.to_pylist(), found.to_pylist(), strict=False)):
        for column, cell in left.items():
            if cell != right[column]:
                raise SystemExit(f"{way}: row {number} ({left['id']}), {column}: {right[column]!r} and not {cell!r}")
    raise SystemExit(f"{way}: {found.num_rows} rows and not {expected.num_rows}")


def comparable(rows: pyarrow.Table) -> pyarrow.Table:
    """The rows without what tells by which way, and in how many parts, they were read."""
    kept = [name for name in rows.column_names if name not in ("posting", "source")]
    return rows.select(kept).replace_schema_metadata(None)
