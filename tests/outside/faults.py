"""What is left of a report when a run is killed, interrupted, or robbed of its folder.

    python3 tests/outside/faults.py ROLELEAN WORK_FOLDER [KILLS]

A report stands in place and a run is to replace it. Wherever that run is stopped, the
old report or the new one must be there afterwards, whole, and the next run must leave
nothing of the stopped ones behind.
"""

import csv
import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

ROLELEAN, WORK = sys.argv[1], Path(sys.argv[2], "faults")
KILLS = int(sys.argv[3]) if len(sys.argv) > 3 else 100
# Another report each, told apart by how many postings it has; the last takes seconds.
OLD, NEW, LONG = 3, 4_000, 60_000


def postings(path, count):
    with open(path, "w", encoding="utf-8") as out:
        for number in range(count):
            text = "You write Java and Kotlin, run Linux servers, and find root causes. " * 4
            out.write(json.dumps({"id": number, "title": "Engineer", "text": text}) + "\n")


def whole(report):
    """How many postings a report has; fails where its files do not agree."""
    run = json.loads((report / "run.json").read_text(encoding="utf-8"))
    with open(report / "postings.csv", newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    with open(report / "matches.csv", newline="", encoding="utf-8") as file:
        matched = {row["id"] for row in csv.DictReader(file)}
    with open(report / "skills.csv", newline="", encoding="utf-8") as file:
        most = max(int(row["postings"]) for row in csv.DictReader(file))
    ids = {row["id"] for row in rows}
    assert len(rows) == len(ids) == run["postings"] == most and matched == ids, report
    return len(rows)


def command(count, *more):
    return [ROLELEAN, "classify", WORK / f"{count}.jsonl", "--out", WORK / "report", "--quiet", *more]


def classify(count, *more):
    return subprocess.Popen(command(count, *more), stderr=subprocess.PIPE)


def left_over():
    return sorted(path.name for path in WORK.iterdir() if path.name.startswith("."))


def begun():
    """A long run that has begun to write."""
    run = classify(LONG, "--threads", "1")
    while not left_over():
        time.sleep(0.001)
    time.sleep(0.2)
    return run


def refused(processes):
    """A run that may have so many processes and threads; the superuser may have any number."""

    def limit():
        if os.geteuid() == 0:
            os.setgroups([])
            os.setgid(65533)
            os.setuid(65533)
        resource.setrlimit(resource.RLIMIT_NPROC, (processes, processes))

    # Where a user without rights reaches it.
    program = WORK / "rolelean"
    shutil.copy(ROLELEAN, program)
    arguments = [program, "classify", WORK / f"{OLD}.jsonl", "--out", WORK / "refused/report", "--quiet", "--threads", "8"]
    return subprocess.run(arguments, stderr=subprocess.PIPE, preexec_fn=limit)


def main():
    shutil.rmtree(WORK, ignore_errors=True)
    WORK.mkdir(parents=True)
    for count in (OLD, NEW, LONG):
        postings(WORK / f"{count}.jsonl", count)
    started = time.perf_counter()
    assert classify(NEW).wait() == 0 and whole(WORK / "report") == NEW
    length = time.perf_counter() - started
    assert classify(OLD).wait() == 0
    shutil.copytree(WORK / "report", WORK / "kept")

    chance = random.Random(1)
    left = {OLD: 0, NEW: 0}
    for _ in range(KILLS):
        run = classify(NEW)
        # The end, where the report is put in place, is tried as often as all the rest.
        late = chance.random() < 0.5
        time.sleep(length * (chance.uniform(0.8, 1.1) if late else chance.uniform(0.0, 1.0)))
        run.kill()
        run.wait()
        found = whole(WORK / "report")
        left[found] += 1
        if found == NEW:
            shutil.rmtree(WORK / "report")
            shutil.copytree(WORK / "kept", WORK / "report")
    assert sum(left.values()) == KILLS and left[OLD] > 0, left
    assert classify(OLD).wait() == 0
    assert left_over() == [], left_over()
    print(f"killed {KILLS} times: the old report stood {left[OLD]} times, the new one {left[NEW]} times, each whole")

    for number in (signal.SIGINT, signal.SIGTERM):
        run = begun()
        run.send_signal(number)
        assert run.wait() == 130, run.returncode
        assert whole(WORK / "report") == OLD and left_over() == []
    print("interrupted by SIGINT and SIGTERM: exit code 130, the old report, nothing left behind")

    for processes in range(1, 12):
        shutil.rmtree(WORK / "refused", ignore_errors=True)
        (WORK / "refused").mkdir(mode=0o777)
        (WORK / "refused").chmod(0o777)
        ended = refused(processes)
        said = ended.stderr.decode()
        assert ended.returncode in (0, 2) and "panicked" not in said, (processes, ended.returncode, said)
        reports = sorted(path.name for path in (WORK / "refused").iterdir())
        assert reports == (["report"] if ended.returncode == 0 else []), reports
    print("refused threads: a report all the same, or exit code 2 and nothing left behind")

    run = begun()
    for name in left_over():
        shutil.rmtree(WORK / name, ignore_errors=True)
    said = run.communicate()[1].decode()
    assert run.returncode == 2 and said.startswith("error:"), (run.returncode, said)
    assert whole(WORK / "report") == OLD
    print("robbed of the folder in which it wrote: exit code 2, the old report")


main()
