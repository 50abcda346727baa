"""A million records, one in a hundred of them broken: every good one once, every bad one named.

    python3 tests/outside/million.py ROLELEAN WORK_FOLDER
"""

import csv
import subprocess
import sys
import time
from pathlib import Path

ROLELEAN, WORK = sys.argv[1], Path(sys.argv[2], "million")
RECORDS, ONE_IN = 1_000_000, 100
BROKEN = ['{"id": %d, "text": "cut', '{"id": %d, "text": ""}', "not JSON at all %d", '{"id": %d, "text": {"a": [[[}']


def main():
    WORK.mkdir(parents=True, exist_ok=True)
    with open(WORK / "in.jsonl", "w", encoding="utf-8") as out:
        for number in range(RECORDS):
            if number % ONE_IN == ONE_IN - 1:
                out.write(BROKEN[number // ONE_IN % len(BROKEN)] % number + "\n")
            else:
                out.write('{"id": %d, "text": "Write Java on Linux."}\n' % number)
    started = time.perf_counter()
    command = [ROLELEAN, "classify", WORK / "in.jsonl", "--out", WORK / "report", "--quiet"]
    ended = subprocess.run(command, check=False)
    seconds = time.perf_counter() - started
    assert ended.returncode == 1, ended.returncode
    good = [number for number in range(RECORDS) if number % ONE_IN != ONE_IN - 1]
    with open(WORK / "report/postings.csv", newline="", encoding="utf-8") as file:
        assert [int(row["id"]) for row in csv.DictReader(file)] == good
    with open(WORK / "report/skipped.csv", newline="", encoding="utf-8") as file:
        skipped = list(csv.DictReader(file))
    assert [int(row["record"]) - 1 for row in skipped] == list(range(ONE_IN - 1, RECORDS, ONE_IN))
    assert all(row["reason"] for row in skipped)
    print(f"{RECORDS:,} records: {len(good):,} postings in their order, {len(skipped):,} skipped with a reason ({seconds:.0f} s)")


main()
