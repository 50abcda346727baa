"""The same postings on every way that there is, and the same rows at its end.

    python3 tests/same_rows.py ROLELEAN [COUNT]

Prints a line for each way: rows, and seconds from the postings (in memory or in a file) to the rows. Needs what
tests/cluster.py needs; Spark runs here without a cluster.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import dask.dataframe
import duckdb
import polars
import pyarrow

import postings
import rolelean
import rolelean.spark
from session import session

sys.path.insert(0, str(Path(__file__).parents[2] / "examples" / "python"))
import in_dask
import in_duckdb
import in_polars

# A table, or the folder of a report.
Found = TypeVar("Found")

SHARDS = 4


def from_pandas(frame: object, schema: pyarrow.Schema) -> pyarrow.Table:
    """Arrow's rows of a pandas frame."""
    return pyarrow.Table.from_pandas(frame, schema=schema, preserve_index=False)


def in_shards(rolelean_command: str, rows: pyarrow.Table, folder: Path) -> Path:
    """A report joined from those on parts of the postings."""
    length = -(-rows.num_rows // SHARDS)
    reports = []
    for shard in range(SHARDS):
        lines = folder / f"shard-{shard}.jsonl"
        postings.write_json_lines(lines, rows.slice(shard * length, length))
        reports.append(folder / f"shard-{shard}")
        postings.classify(rolelean_command, lines, reports[-1])
    merged = folder / "merged"
    subprocess.run([rolelean_command, "merge", *reports, "--out", merged, "--quiet"], check=True)
    return merged


def main() -> None:
    rolelean_command = sys.argv[1]
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 10_000
    rows = postings.table(count)
    classifier = rolelean.Classifier()
    schema = classifier.schema()

    def told(way: str, check: Callable[[str, Found], int], find: Callable[[], Found]) -> None:
        started = time.perf_counter()
        found = find()
        seconds = time.perf_counter() - started
        print(f"{way:<40} {check(way, found):>7} rows {seconds:>7.2f} s", flush=True)

    with tempfile.TemporaryDirectory() as name, duckdb.connect() as connection:
        folder = Path(name)
        lines = folder / "postings.jsonl"
        postings.write_json_lines(lines, rows)
        started = time.perf_counter()
        postings.classify(rolelean_command, lines, folder / "report")
        seconds = time.perf_counter() - started
        report = postings.Report(folder / "report", rows["id"].to_pylist())
        print(f"{'command line':<40} {len(report):>7} rows {seconds:>7.2f} s")

        told("Python, classify_arrow", report.check, lambda: classifier.classify_arrow(rows))
        told("Python, matches", report.check_matches, lambda: classifier.classify_arrow(rows, matches=True)[1])
        told("Python, classify_files", report.check, lambda: classifier.classify_files(lines, to="pyarrow"))
        told(
            "Python, matches of files",
            report.check_matches,
            lambda: classifier.classify_files(lines, to="pyarrow", matches=True)[1],
        )
        frame = rows.to_pandas()
        told("pandas", report.check, lambda: from_pandas(classifier.classify_arrow(frame), schema))
        lazy = in_polars.classify(polars.scan_ndjson(lines))
        told("Polars", report.check, lambda: lazy.collect(engine="streaming").to_arrow().cast(schema))
        in_duckdb.add_to(connection)
        told("DuckDB", report.check, lambda: connection.sql(in_duckdb.QUERY, params=[str(lines)]).to_arrow_table())
        relation = connection.sql("FROM read_json(?)", params=[str(lines)])
        told("DuckDB, a relation", report.check, lambda: classifier.classify_arrow(relation))
        parts = dask.dataframe.from_pandas(frame, npartitions=SHARDS)
        told("Dask", report.check, lambda: from_pandas(in_dask.classify(parts).compute(), schema))
        with session("local[2]") as spark:
            df = spark.read.json(str(lines))
            told("Spark", report.check, lambda: rolelean.spark.classify(df).toArrow())
            told("Spark, matches", report.check_matches, lambda: rolelean.spark.classify(df, matches=True).toArrow())

        told(f"{SHARDS} shards, merged", report.check_merged, lambda: in_shards(rolelean_command, rows, folder))


main()
