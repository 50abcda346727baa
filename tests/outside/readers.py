"""Reads reports with pandas, DuckDB, pyarrow and LibreOffice, called as docs/output.md says, against Python's csv.

usage: readers.py ROLELEAN FOLDER
"""

import csv
import os
import pathlib
import re
import subprocess
import sys

import duckdb

ROOT = pathlib.Path(__file__).resolve().parents[2]
TABLES = ["postings", "matches", "skills", "skipped"]
# The table that the documented calls read.
DOCUMENTED = "postings.csv"

# Titles that some reader of CSV may take for something else. Each becomes an id, a title, a company and an excerpt.
HARD = {
    "separators": ["a, b", "a; b", "a\tb", "a|b", "a:b", "a b", ",", ";,|", "sep=;"],
    "quotes": ['"', '""', '"a"', '"a", b', 'a "b" c', "'", "''", "'a'", "“a”", "«a»", "`a`", 'a\\"b', "a\\", "\\", "\\N", "\\n", 'a"'],
    "line breaks": ["a\nb", "a\r\nb", "a\rb", 'a\n"b"\n,c', "a\n\nb", "a\u2028b", "a\u2029b", "a\x85b", "a\x0bb", "a\x0cb"],
    "controls": ["a\x1cb", "a\x1fb", "a\x01b", "a\x1b[31mb", "a\x7fb", "\ufeffa", "\u202ea", "a\u200bb", "\ufffd", "e\u0301", "\U0010ffff"],
    "formulas": ["=1+1", "+1", "-1", "@a", "-", "--", "\t=1", "＝1+1", '=HYPERLINK("http://localhost","a")', "=a|' /C calc'!A0",
                 "{=1}", "=1,2\n=3"],
    "numbers": ["0", "00", "007", "1.0", ".5", "5.", "1e5", "1E400", "0x1F", "1_000", "1,000", "$5", "50%", "1" * 33,
                "12345678901234567890", "inf", "-inf", "Infinity", "٣", "½"],
    "nothing": ["NA", "N/A", "n/a", "#N/A", "nan", "NaN", "-nan", "NULL", "null", "None", "<NA>", "NaT", "-", "?", "#REF!"],
    "flags and dates": ["true", "FALSE", "yes", "T", "1/2", "2024-01-02", "2024-01-02T03:04:05Z", "Mar-5", "12:30", "1st"],
    "others": ["# a", "// a", "[a]", "naïve – 日本 🙂", "مرحبا", "<b>a</b>", "&amp;", "%s", "{a}", "x" * 5000],
}  # fmt: skip


# Cells that say that there is nothing, whatever the case: such a row is called by its place.
NOTHING = {"", "-", "--", "#n/a", "<na>", "n/a", "na", "nan", "nat", "none", "null"}


def write_hard(path):
    """Writes a posting for each hard title, one without a title, and a record without a text; returns the titles."""
    hard = list(dict.fromkeys(cell for cells in HARD.values() for cell in cells))
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "title", "company", "description"])
        writer.writerows([cell, cell, cell, f"Java and Linux. {cell} SQL, Bash; {cell}"] for cell in hard)
        writer.writerow(["without a title", "", "", "Java and Linux."])
        writer.writerow(['without, a "text"\n', "", "", ""])
    return hard


def documented(language, word):
    """The call in docs/output.md that is written in a language and holds a word."""
    text = (ROOT / "docs" / "output.md").read_text(encoding="utf-8")
    section = text.split("\n## Reading the tables\n")[1].split("\n## ")[0]
    calls = re.findall(rf"^```{language}\n(.*?)^```", section, flags=re.MULTILINE | re.DOTALL)
    (call,) = [call for call in calls if word in call]
    return call


def called(call, path):
    """What a documented call in Python reads from a table."""
    assert DOCUMENTED in call, call
    names = {}
    exec(call.replace(DOCUMENTED, str(path)), names)
    return names


def as_is(path):
    """The rows by Python's csv, which all are held against; nothing that it makes of them can hide a cell."""
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file, strict=True))


def with_csv(path):
    rows = called(documented("python", "csv.DictReader"), path)["rows"]
    return [as_is(path)[0], *(list(row.values()) for row in rows)]


def with_pandas(path):
    table = called(documented("python", "pandas.read_csv"), path)["table"]
    return [list(table.columns), *table.values.tolist()]


def with_duckdb(path):
    table = duckdb.sql(documented("sql", "read_csv").replace(DOCUMENTED, str(path)))
    return [table.columns, *([cell or "" for cell in row] for row in table.fetchall())]


def with_pyarrow(path):
    """With all columns as text; the call that is documented names some of them."""
    call = documented("python", "pyarrow.csv.read_csv")
    table = called(re.sub(r"in \[.*?\]", f"in {as_is(path)[0]}", call), path)["table"]
    return [table.column_names, *(list(row.values()) for row in table.to_pylist())]


def with_libreoffice(path):
    """As LibreOffice writes the cells that it has read."""
    call = documented("bash", "soffice").replace(DOCUMENTED, str(path)).replace("soffice", 'soffice "$PROFILE"', 1)
    # To a table again, instead of a workbook.
    call = call.replace("--convert-to ods", "--convert-to 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false'")
    out = path.parent / "office"
    profile = f"-env:UserInstallation={(path.parent / 'profile').as_uri()}"
    done = subprocess.run(
        ["bash", "-c", f"{call.rstrip()} --outdir {out.name}"],
        cwd=path.parent,
        env=os.environ | {"PROFILE": profile},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout.decode()
    return as_is(out / path.name)


def one_line_break(rows):
    """A spreadsheet has one kind of line break."""
    return [[re.sub("\r\n?", "\n", cell) for cell in row] for row in rows]


def compare(path, reader, expected, found):
    assert len(found) == len(expected), f"{path}, {reader}: {len(found)} rows, {len(expected)} expected"
    for number, (row, wanted) in enumerate(zip(found, expected)):
        if row != wanted:
            cells = [(name, a, b) for name, a, b in zip(expected[0], row, wanted) if a != b]
            raise AssertionError(f"{path}, {reader}, row {number}: {cells or (row, wanted)}")


def main(rolelean, folder):
    folder = pathlib.Path(folder)
    path = folder / "cells.csv"
    hard = write_hard(path)
    count = 0
    for flags in [[], ["--raw-cells", "--bom"]]:
        out = folder / "-".join(["cells", *flags])
        done = subprocess.run([rolelean, "classify", path, ROOT / "samples", "--out", out, "--quiet", *flags])
        assert done.returncode == 1, done.returncode
        ids = [row[1] for row in as_is(out / DOCUMENTED)]
        if "--raw-cells" in flags:
            stripped = [cell.strip() for cell in hard]
            places = [f"{path}#{place}" for place in range(1, len(hard) + 1)]
            expected = [place if cell.lower() in NOTHING else cell for cell, place in zip(stripped, places)]
            assert ids[1 : len(hard) + 1] == expected, ids
        for table in TABLES:
            written = out / f"{table}.csv"
            expected = as_is(written)
            for read in [with_csv, with_pandas, with_duckdb, with_pyarrow]:
                compare(written, read.__name__, expected, read(written))
            compare(written, "with_libreoffice", one_line_break(expected), with_libreoffice(written))
            count += len(expected) * len(expected[0])
    print(f"readers.py: {len(hard)} hard titles, {count} cells read alike by all")


if __name__ == "__main__":
    main(*sys.argv[1:])
