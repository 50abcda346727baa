"""Reads the workbook on the samples with Python's zipfile and XML parser, cell by cell against the CSV tables.

usage: read_xlsx.py ROLELEAN FOLDER
"""

import csv
import pathlib
import re
import subprocess
import sys
import xml.etree.ElementTree as xml
import zipfile

SAMPLES = pathlib.Path(__file__).resolve().parents[2] / "samples"
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
TABLES = ["postings", "matches", "skills", "skipped"]
LINK = re.compile(r'HYPERLINK\("#\'matches( \d+)?\'!A\d+",\d+\)')
# What a spreadsheet would run if it were taken for a formula.
HARD = "=1+1"


def place(reference):
    """Row and column of a cell, from 0."""
    letters, digits = re.fullmatch(r"([A-Z]+)(\d+)", reference).groups()
    column = 0
    for letter in letters:
        column = 26 * column + ord(letter) - ord("A") + 1
    return int(digits) - 1, column - 1


def cells(sheet, shared):
    """The cells of a sheet by place: (kind, text)."""
    found = {}
    for cell in sheet.iter(f"{MAIN}c"):
        kind = cell.get("t", "n")
        formula = cell.findtext(f"{MAIN}f")
        # The number of a posting leads to its matches; nothing else is a formula.
        assert formula is None or LINK.fullmatch(formula), f"a formula: {cell.get('r')} {formula}"
        value = cell.findtext(f"{MAIN}v")
        if kind == "s":
            text = shared[int(value)]
        elif kind == "inlineStr":
            text = "".join(part.text or "" for part in cell.iter(f"{MAIN}t"))
        else:
            text = value
        found[place(cell.get("r"))] = (kind, text)
    return found


def unescaped(text):
    """Control characters as a workbook writes them."""
    return re.sub(r"_x([0-9A-Fa-f]{4})_", lambda match: chr(int(match[1], 16)), text).replace("\r\n", "\n").replace("\r", "\n")


def same(cell, text):
    kind, value = cell
    if kind == "b":
        return text == ("true" if value == "1" else "false")
    if kind == "n":
        return abs(float(value) - float(text)) < 1e-9
    return unescaped(value) == text.replace("\r\n", "\n").replace("\r", "\n")


def check_market(found, out):
    """The sheet of the market says of each skill what skills.csv says, under the same names in words."""
    with open(out / "skills.csv", encoding="utf-8", newline="") as file:
        skills = list(csv.DictReader(file))
    asked = [row for row in skills if row["leaning"] != "away" and (row["software_postings"], row["systems_postings"]) != ("0", "0")]
    header = [found.pop((0, column))[1] for column in range(1 + max(column for row, column in found if row == 0))]
    for at_row, row in enumerate(asked, 1):
        for at_column, name in enumerate(header):
            column = name.replace(" ", "_")
            if column.endswith("_required_share"):
                side = column.split("_")[0]
                part, whole = int(row[f"{side}_required"]), int(row[f"{side}_postings"])
                text = f"{part / whole:.4f}" if whole else ""
            else:
                text = row[column]
            cell = found.pop((at_row, at_column), None)
            is_same = text == "" if cell is None else same(cell, text) or abs(float(cell[1]) - float(text)) < 1.01e-4
            assert is_same, f"market {at_row} {name}: {cell} for {text!r}"
    assert not found, f"market: cells beyond the table: {list(found.items())[:3]}"


def main(rolelean, folder):
    folder = pathlib.Path(folder)
    hard = folder / "formulas.csv"
    hard.write_text(f"id,title,text\n{HARD},{HARD},Java and Linux {HARD}\nempty,,\n", encoding="utf-8")
    out = folder / "workbook"
    paths = [SAMPLES, hard]
    done = subprocess.run([rolelean, "classify", *paths, "--xlsx", "--raw-cells", "--out", out, "--quiet"])
    assert done.returncode == 1, done.returncode

    with zipfile.ZipFile(out / "report.xlsx") as book:
        assert book.testzip() is None
        names = re.findall(r'<sheet name="(\w+)"', book.read("xl/workbook.xml").decode())
        assert names == ["summary", "market", *TABLES], names
        shared = []
        if "xl/sharedStrings.xml" in book.namelist():
            items = xml.fromstring(book.read("xl/sharedStrings.xml")).iter(f"{MAIN}si")
            shared = ["".join(part.text or "" for part in item.iter(f"{MAIN}t")) for item in items]
        count = 0
        check_market(cells(xml.fromstring(book.read("xl/worksheets/sheet2.xml")), shared), out)
        for number, name in enumerate(TABLES, 3):
            sheet = xml.fromstring(book.read(f"xl/worksheets/sheet{number}.xml"))
            pane = sheet.find(f".//{MAIN}pane")
            assert pane is not None and pane.get("state") == "frozen" and pane.get("ySplit") == "1", name
            assert sheet.find(f"{MAIN}autoFilter") is not None, name
            found = cells(sheet, shared)
            with open(out / f"{name}.csv", encoding="utf-8", newline="") as file:
                rows = list(csv.reader(file))
            for at_row, row in enumerate(rows):
                for at_column, text in enumerate(row):
                    cell = found.pop((at_row, at_column), None)
                    assert (cell is None) == (text == ""), f"{name} {at_row} {at_column}: {cell} for {text!r}"
                    assert cell is None or same(cell, text), f"{name} {at_row} {at_column}: {cell} for {text!r}"
                    count += cell is not None
            assert not found, f"{name}: cells beyond the table: {list(found.items())[:3]}"
    print(f"read_xlsx.py: {count} cells are those of the tables")


if __name__ == "__main__":
    main(*sys.argv[1:])
