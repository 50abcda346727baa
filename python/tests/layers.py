"""What each layer around the core costs, on the same postings.

    python3 tests/layers.py ROLELEAN [COUNT] [RUNS]

Prints for each way the median of the runs: seconds, megabytes of text a second, and the same of the processor time of
all processes that had a part in it, which other work on the machine disturbs less. The ways take turns. What happens
once (Python's imports, the start of Spark and of its workers) is done before. Linux alone says what a process used.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from pyspark.sql import DataFrame

import postings
import rolelean
import rolelean.spark
from processes import processor_seconds
from session import session

# How many postings are given one at a time.
SINGLE = 5_000
# By name, the share of the postings that a way is given, and the way.
Ways = dict[str, tuple[float, Callable[[], object]]]


def measure(name: str, megabytes: float, runs: int, ways: Ways) -> None:
    """Runs each way, with its share of the postings, in turns."""
    taken: dict[str, list[tuple[float, float]]] = {way: [] for way in ways}
    for _ in range(runs):
        for way, (_, run) in ways.items():
            used, started = processor_seconds(), time.perf_counter()
            run()
            taken[way].append((time.perf_counter() - started, processor_seconds() - used))
    for way, (share, _) in ways.items():
        seconds, processor = (statistics.median(figures) for figures in zip(*taken[way], strict=True))
        size = megabytes * share
        print(
            f"{name + way:<44} {seconds:>7.2f} s {size / seconds:>6.1f} MB/s"
            f" {processor:>7.2f} processor s {size / processor:>6.1f} MB/s",
            flush=True,
        )


def measure_spark(cores: int, lines: Path, megabytes: float, runs: int) -> None:
    with session(f"local[{cores}]", {"spark.driver.memory": "2g"}) as spark:
        df = spark.read.schema("id string, title string, company string, description string").json(str(lines))

        def write(rows: DataFrame) -> None:
            rows.write.format("noop").mode("overwrite").save()

        # Workers start here, and Java compiles.
        write(rolelean.spark.classify(df.limit(1_000)))
        ways: Ways = {
            "reading alone": (1.0, partial(write, df)),
            "rows through Python": (1.0, partial(write, df.mapInArrow(lambda batches: batches, df.schema))),
            "rolelean.spark.classify": (1.0, partial(write, rolelean.spark.classify(df))),
        }
        measure(f"Spark, local[{cores}]: ", megabytes, runs, ways)


def main() -> None:
    command = sys.argv[1]
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 70_000
    runs = int(sys.argv[3]) if len(sys.argv) > 3 else 3
    rows = postings.table(count)
    megabytes = rows.nbytes / 1e6
    print(f"{count} postings, {megabytes:.0f} MB, {os.cpu_count()} processors")
    single = rows.slice(0, SINGLE)
    texts, titles = single["description"].to_pylist(), single["title"].to_pylist()

    with tempfile.TemporaryDirectory() as name:
        lines, report = Path(name, "postings.jsonl"), Path(name, "report")
        postings.write_json_lines(lines, rows)

        def command_line(threads: int, *to: str | Path) -> None:
            call = [command, "classify", lines, "--raw-cells", "--quiet", "--threads", str(threads), *to]
            subprocess.run(call, check=False, stdout=subprocess.DEVNULL)

        def one_by_one(classifier: rolelean.Classifier) -> None:
            for text, title in zip(texts, titles, strict=True):
                classifier.classify(text, title)

        for threads in (1, 2):
            classifier = rolelean.Classifier(threads=threads)
            ways: Ways = {
                "command line, all tables": (1.0, partial(command_line, threads, "--out", report)),
                "command line, postings": (1.0, partial(command_line, threads, "--stdout")),
                "classify_arrow, both tables": (1.0, partial(classifier.classify_arrow, rows, matches=True)),
                "classify_arrow": (1.0, partial(classifier.classify_arrow, rows)),
                "classify_batch": (SINGLE / count, partial(classifier.classify_batch, texts, titles)),
            }
            if threads == 1:
                ways["classify, one by one"] = (SINGLE / count, partial(one_by_one, classifier))
            measure(f"{threads} threads: " if threads > 1 else "1 thread: ", megabytes, runs, ways)
        for cores in (1, 2):
            measure_spark(cores, lines, megabytes, runs)


if __name__ == "__main__":
    main()
