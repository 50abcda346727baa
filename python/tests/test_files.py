"""Postings out of files, and the command line in the wheel."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sys
import warnings
from pathlib import Path

import pandas
import polars
import pyarrow
import pytest

import rolelean
from rolelean import Classifier, ColumnError, Posting, SkippedWarning, iter_postings

SAMPLES = Path(__file__).parents[2] / "samples"
FORMATS = SAMPLES / "formats"
PROGRAM = [sys.executable, "-m", "rolelean"]


@pytest.fixture(scope="module")
def classifier() -> Classifier:
    return Classifier(threads=2)


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the command line says of the samples."""
    out = tmp_path_factory.mktemp("report") / "report"
    ran = subprocess.run([*PROGRAM, "classify", SAMPLES, "--out", out, "--raw-cells", "--quiet"], check=False)
    assert ran.returncode in (0, 1)
    return out


def rows(path: Path) -> list[dict[str, str]]:
    with open(path, encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def as_cells(table: pyarrow.Table) -> list[dict[str, str]]:
    """Values as the tables of a report have them, numbers as numbers."""


    def written(value: object) -> str:
        return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)

    return [{name: written(value) for name, value in row.items()} for row in table.to_pylist()]


def same(cell: str, other: str) -> bool:
    return cell == other or (cell != "" and other != "" and float(cell) == float(other))


def test_files_of_every_format_are_classified_as_the_command_line_does(classifier: Classifier, report: Path) -> None:
    found, matches = classifier.classify_files(SAMPLES, to="pyarrow", matches=True)
    assert found.schema == classifier.schema() and matches.schema == classifier.schema(matches=True)
    skipped = [row["warnings"] for row in found.to_pylist() if row["posting"] is None]
    assert skipped == ["skipped: " + row["reason"] for row in rows(report / "skipped.csv")]
    classified = found.filter(found["posting"].is_valid())
    for table, name in ((classified, "postings.csv"), (matches, "matches.csv")):
        expected = rows(report / name)
        assert len(expected) == table.num_rows
        for row, other in zip(as_cells(table), expected):
            assert all(same(row[column], cell) for column, cell in other.items()), (name, row, other)


def test_postings_are_read_and_classified_alike(classifier: Classifier, report: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SkippedWarning)
        postings = list(iter_postings(SAMPLES))
    expected = rows(report / "postings.csv")
    for posting, row in zip(postings, expected):
        for name in ("id", "source", "title", "company", "location"):
            assert getattr(posting, name) == row[name]
        verdict = classifier.classify(posting)
        assert (verdict.leaning, f"{verdict.score:.4f}") == (row["leaning"], row["score"]), row["id"]
        assert classifier.explain(posting).score == verdict.score
    assert len(postings) == len(expected)


def test_the_kind_of_frame_is_chosen(classifier: Classifier) -> None:
    path = SAMPLES / "postings.csv"
    frame: pandas.DataFrame = classifier.classify_files(path)
    other: polars.DataFrame = classifier.classify_files([path, str(path)], to="polars")
    assert (type(frame), type(other)) == (pandas.DataFrame, polars.DataFrame)
    assert frame["leaning"].tolist() * 2 == other["leaning"].to_list()
    with pytest.raises(ValueError, match="to='R' is no kind of frame: it is one of 'pandas', 'polars', 'pyarrow'"):
        classifier.classify_files(path, to="R")  # type: ignore[call-overload]


def test_columns_are_kept(classifier: Classifier, tmp_path: Path) -> None:
    path = tmp_path / "jobs.csv"
    path.write_text("ref,title,text,colour,score\n7,Cook,You cook.,red,good\n8,Baker,You bake.,,\n")
    found = classifier.classify_files(path, id="ref", keep=["score", "colour"])
    assert found.columns[-2:].tolist() == ["score_kept", "colour"]
    assert found[["id", "score_kept", "colour"]].values.tolist() == [["7", "good", "red"], ["8", None, None]]
    assert classifier.classify_files(path, keep="*").columns[-2:].tolist() == ["colour", "score_kept"]
    (first, _) = iter_postings(path, keep="*")
    assert first.kept == {"colour": "red", "score": "good"}
    assert first == Posting("You cook.", "Cook", "7", source=str(path), record=1, kept=first.kept, language=first.language)
    assert hash(first) == hash(first)


def test_what_cannot_be_read_is_told(classifier: Classifier, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="`.*samplez` does not exist; did you mean `.*samples`"):
        iter_postings(SAMPLES.with_name("samplez"))
    with pytest.raises(FileNotFoundError):
        classifier.classify_files(tmp_path / "none.csv")
    with pytest.raises(ValueError, match="nothing to read in"):
        classifier.classify_files(tmp_path)
    (tmp_path / "empty.txt").touch()
    (tmp_path / "jobs.csv").write_text("text\nYou cook.\n")
    with pytest.warns(SkippedWarning, match=r"empty\.txt: empty file"):
        assert [posting.text for posting in iter_postings(tmp_path)] == ["You cook."]
    with pytest.raises(ColumnError, match="no input has a column `txt`; the columns are `text`; did you mean `text`"):
        classifier.classify_files(tmp_path / "jobs.csv", text="txt")


def test_reading_that_is_broken_off_leaves_nothing_behind() -> None:
    found = iter_postings(SAMPLES)
    assert next(found).text
    del found


def test_a_pdf_is_read_by_the_program(classifier: Classifier, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    pdf = FORMATS / "posting.pdf"
    assert classifier.classify_files(pdf)["leaning"].tolist() == ["systems-engineer"]
    # A reader that says nothing.
    monkeypatch.setattr("rolelean._program.call", lambda: ["/bin/false"])
    assert classifier.classify_files(pdf)["warnings"].tolist() == ["skipped: "]
    monkeypatch.setattr("rolelean._program.call", lambda: [])
    assert classifier.classify_files(pdf)["leaning"].tolist() == ["systems-engineer"]


@pytest.mark.parametrize(
    "program", [PROGRAM, [str(Path(sys.executable).with_name("rolelean"))]], ids=["python -m rolelean", "rolelean"]
)
def test_the_program_is_in_the_wheel(program: list[str], tmp_path: Path) -> None:
    def ran(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run([*program, *arguments], capture_output=True, text=True, cwd=tmp_path, check=False)

    assert ran("--version").stdout == f"rolelean {rolelean.__version__}\n"
    assert ran("classify", "--help").stdout.startswith("Classify postings and write reports\n\nUsage: rolelean classify ")
    assert ran("clasify").returncode == 2
    shutil.copy(FORMATS / "posting.pdf", tmp_path / "é.pdf")
    (tmp_path / "empty.txt").touch()
    done = ran("classify", ".", "--html")
    assert (done.returncode, done.stdout) == (1, ""), done.stderr
    assert "1 posting classified" in done.stderr and (tmp_path / "rolelean-report" / "report.html").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="a signal as Unix sends it")
def test_ctrl_c_ends_the_program_as_it_ends_the_command_line() -> None:
    import fcntl
    import signal
    import termios
    import time

    with subprocess.Popen([*PROGRAM, "classify", "-", "--stdout"], stdin=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdin is not None
        pipe = process.stdin.fileno()
        os.write(pipe, b"You cook.\n")
        # It listens before it reads, and then waits for more.
        while any(fcntl.ioctl(pipe, termios.FIONREAD, bytes(4))):
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 130
