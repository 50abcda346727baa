"""Reads the reports on the samples with Python's csv module, which knows nothing of how they were written.

usage: read_csv.py ROLELEAN FOLDER
"""

import collections
import csv
import decimal
import json
import pathlib
import re
import statistics
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


PERIODS = {"hour": 2080, "day": 260, "week": 52, "month": 12, "year": 1}


def yearly(posting):
    """What a posting pays for a year, as docs/output.md has it: its currency, and the sum to three digits."""
    sums = [decimal.Decimal(posting[name]) for name in ["salary_min", "salary_max"] if posting[name]]
    if not sums or not posting["salary_currency"] or not posting["salary_period"]:
        return None
    whole = int(sum(sums) / len(sums) * PERIODS[posting["salary_period"]])
    step = 10 ** max(0, len(str(whole)) - 3)
    return posting["salary_currency"], (whole + step // 2) // step * step


def check_market(postings, matches, skills):
    """Pay and years of each skill, worked out again from the postings that name it."""
    by_number = {posting["posting"]: posting for posting in postings}
    naming = {}
    for match in matches:
        if match["negated"] == "false":
            naming.setdefault(match["skill_id"], []).append(by_number[match["posting"]])
    paid = collections.Counter(pay[0] for pay in map(yearly, postings) if pay)
    currency = min(paid, key=lambda code: (-paid[code], code), default="")
    assert set(naming) == {skill["skill_id"] for skill in skills}
    for skill in skills:
        named = naming[skill["skill_id"]]
        for side, role in [("", None), ("software_", "software-engineer"), ("systems_", "systems-engineer")]:
            group = [posting for posting in named if role in (None, posting["leaning"])]
            pay = sorted(sum for code, sum in filter(None, map(yearly, group)) if code == currency)
            years = sorted(int(posting["years_min"]) for posting in group if posting["years_min"])
            for name, values in [("pay", pay), ("years", years)]:
                told = skill[f"{side}{name}_postings"], skill[f"{side}{name}_median"]
                median = str(statistics.median_low(values)) if values else ""
                assert told == (str(len(values)), median), f"{skill['skill_id']} {side}{name}: {told}, {values}"
        states_pay = sum(bool(posting["salary_min"] or posting["salary_max"]) for posting in named)
        left_out = states_pay - int(skill["pay_postings"])
        assert (skill["pay_currency"], skill["pay_left_out"]) == (currency, str(left_out)), skill


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
    check_market(postings, matches, tables["skills.csv"])
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

    # Pay in two currencies, for every period and for none, and years.
    pays = ["$90,000 - $125,500 a year", "$61.25 an hour", "€480 a day", "$1,500 to $1,900 a week", "€5,250 a month", "$3,000 to $4,000", ""]
    skills = ["Java", "Linux", "Kubernetes", "Python", "Java and Linux"]
    with open(folder / "paid.csv", "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "title", "description"])
        for number in range(140):
            text = f"You use {skills[number % 5]}. You need {1 + number % 9} years of experience." * (number % 4 > 0)
            text = text or f"You run servers with {skills[number % 5]}; no knowledge of Python is required."
            writer.writerow([number, ["Software Engineer", "Systems Engineer", ""][number % 3], f"{text} Salary: {pays[number % 7]}."])
    paid = check(classify("paid", folder / "paid.csv"), skipped=0)
    found = {(posting["salary_currency"], posting["salary_period"]) for posting in paid}
    assert len(found) == len(pays), found
    whole = (folder / "paid" / "skills.csv").read_bytes()
    with open(folder / "paid.csv", encoding="utf-8", newline="") as file:
        lines = file.readlines()
    parts = []
    for number, rows in enumerate([lines[1:50], lines[50:]]):
        (folder / f"paid-{number}.csv").write_text("".join([lines[0], *rows]), encoding="utf-8")
        parts.append(classify(f"part-{number}", folder / f"paid-{number}.csv"))
    subprocess.run([rolelean, "merge", *parts, "--out", folder / "joined", "--quiet"], check=True)
    assert (folder / "joined" / "skills.csv").read_bytes() == whole, "the skills of joined reports"
    print(f"read_csv.py: {len(expected)} samples and {len(hard)} hard rows read back")


if __name__ == "__main__":
    main(*sys.argv[1:])
