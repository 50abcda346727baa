"""Reads the reports on the samples with Python's csv module, which knows nothing of how they were written.

usage: read_csv.py ROLELEAN FOLDER
"""

import csv
import decimal
import json
import pathlib
import re
import subprocess
import sys

SAMPLES = pathlib.Path(__file__).resolve().parents[2] / "samples"


def read(path):
    """The columns and rows of a table; every row must be as wide as the header."""
    with open(path, encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file, strict=True)
    for row in rows:
        assert len(row) == len(header), f"{path}: {len(row)} cells under {len(header)} columns: {row}"
    return header, [dict(zip(header, row)) for row in rows]


def documented_columns(name):
    """The columns that docs/output.md promises for a table."""
    text = (SAMPLES.parent / "docs" / "output.md").read_text(encoding="utf-8")
    section = text.split(f"\n## {name}\n")[1].split("\n## ")[0]
    return re.findall(r"^\| `(\w+)`", section, flags=re.MULTILINE)


def check(report, skipped):
    tables = {}
    for name in ["postings.csv", "matches.csv", "skills.csv", "skipped.csv"]:
        header, tables[name] = read(report / name)
        assert header == documented_columns(name), f"{name}: {header}"
    postings, matches = tables["postings.csv"], tables["matches.csv"]
    run = json.loads((report / "run.json").read_text(encoding="utf-8"))
    assert (run["postings"], run["skipped"]) == (len(postings), len(tables["skipped.csv"]))
    assert len(tables["skipped.csv"]) == skipped, tables["skipped.csv"]

    sums = {posting["id"]: decimal.Decimal(0) for posting in postings}
    assert len(sums) == len(postings), "an id stands twice"
    for match in matches:
        sums[match["id"]] += decimal.Decimal(match["contribution"])
    for posting in postings:
        assert sums[posting["id"]] == decimal.Decimal(posting["score"]), posting
    for table in tables.values():
        for cell in (cell for row in table for cell in row.values()):
            is_number = re.fullmatch(r"-?[0-9.]+", cell)
            assert is_number or not cell.startswith(("=", "+", "-", "@", "\t", "\r")), f"runs as a formula: {cell!r}"
    return postings


def main(rolelean, folder):
    folder = pathlib.Path(folder)

    def classify(out, *paths, code=0):
        done = subprocess.run([rolelean, "classify", *paths, "--out", folder / out, "--quiet"])
        assert done.returncode == code, f"exit code {done.returncode}, expected {code}"
        return folder / out

    postings = check(classify("samples", SAMPLES), skipped=0)
    with open(SAMPLES / "expected.csv", encoding="utf-8", newline="") as file:
        expected = [row["id"] for row in csv.DictReader(file)]
    assert [posting["id"] for posting in postings] == expected

    # Cells that are hard on readers of CSV: quotes, delimiters, line breaks of all kinds, formulas.
    hard = ['"quoted", and, so; on', "two\nlines", "three\r\nlines\r", "=1+1", "@x", "-", "naïve – 日本 🙂", "'", '""']
    with open(folder / "hard.csv", "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "title", "company", "description"])
        for number, cell in enumerate(hard):
            writer.writerow([f"{number}{cell}", cell, cell, f"Java and Linux. {cell} SQL, Bash; {cell}"])
        writer.writerow(["empty", "", "", ""])
    postings = check(classify("hard", folder / "hard.csv", code=1), skipped=1)
    assert [posting["id"] for posting in postings] == [f"{number}{cell}".strip() for number, cell in enumerate(hard)]
    print(f"read_csv.py: {len(expected)} samples and {len(hard)} hard rows read back")


if __name__ == "__main__":
    main(*sys.argv[1:])
