"""Every system call of a run refused in turn, and what stands there afterwards.

    python3 tests/suites/refused.py ROLELEAN WORK_FOLDER [MOST]

Each command below is run again and again; each time another of its calls fails, once or
together with all that follow, or the run is killed before it. Of a kind of call with more
than MOST (40) calls that many are tried, evenly spread, the first and the last among them.

However a run ends:
- with exit code 0, what it was to write stands there, byte for byte as without a fault;
- with 1, the same but for inputs that `skipped.csv` names;
- with 2, or killed, nothing has changed: what stood there before still does, byte for byte.
  A run may also be killed when all is written;
- nobody else's file has changed, and no panic is told;
- if something is left behind, the next run removes it.
"""

import csv
import errno
import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROLELEAN, WORK = Path(sys.argv[1]).resolve(), Path(sys.argv[2], "refused").resolve()
MOST = int(sys.argv[3]) if len(sys.argv) > 3 else 40
SUITES = Path(__file__).resolve().parent
PACKAGE = SUITES.parent.parent
REFUSE = WORK / "refuse"
# A run takes a fraction of a second.
PATIENCE = 60
TEMPORARY = ".rolelean-tmp-"
ONCE, ALWAYS = 1, 0

# What befalls the calls of each kind (the kinds are those of refuse.c), and how often.
FAULTS = {
    "open to read": [("EACCES", ONCE), ("EMFILE", ALWAYS)],
    "open to write": [("EACCES", ONCE), ("EMFILE", ALWAYS)],
    "read": [("EIO", ONCE), ("EIO", ALWAYS), ("EINTR", ONCE)],
    "list a folder": [("EIO", ONCE), ("EIO", ALWAYS)],
    "look at a file": [("EIO", ONCE), ("EACCES", ALWAYS)],
    "seek": [("EIO", ONCE), ("EIO", ALWAYS)],
    "write": [("EIO", ONCE), ("ENOSPC", ALWAYS), ("EINTR", ONCE), ("short", ONCE)],
    "copy": [("EIO", ONCE), ("ENOSPC", ALWAYS), ("EINTR", ONCE)],
    "rename": [("EIO", ONCE), ("EACCES", ALWAYS)],
    "remove a file": [("EIO", ONCE), ("EACCES", ALWAYS)],
    "remove a folder": [("EIO", ONCE), ("EACCES", ALWAYS)],
    "make a folder": [("ENOSPC", ONCE), ("EACCES", ALWAYS)],
    "lock": [("EIO", ONCE), ("ENOLCK", ALWAYS), ("EINTR", ONCE)],
    "cut to length": [("EIO", ONCE), ("EIO", ALWAYS)],
    "set rights": [("EPERM", ONCE), ("EPERM", ALWAYS)],
    "reach the disk": [("EIO", ONCE), ("EIO", ALWAYS)],
    "close": [("EIO", ONCE), ("EIO", ALWAYS)],
    "make a pipe": [("EMFILE", ONCE), ("EMFILE", ALWAYS)],
    "start a thread": [("EAGAIN", ONCE), ("EAGAIN", ALWAYS)],
    "start a process": [("EAGAIN", ONCE), ("ENOMEM", ALWAYS)],
    "run a program": [("EACCES", ONCE), ("ENOENT", ALWAYS)],
    "take memory": [("ENOMEM", ONCE), ("ENOMEM", ALWAYS)],
    # All kinds together that change something on the disk.
    "change": [("EIO", ALWAYS), ("kill", ONCE)],
}
# After these a run goes on as if nothing had been.
HARMLESS = {"EINTR", "short"}


class Command:
    """A command, and the folder that it is run in."""

    def __init__(self, name, line, target, takes):
        self.name, self.line, self.target, self.takes = name, line, target, takes

    def arguments(self):
        return [ROLELEAN, *self.line.split()]


COMMANDS = [
    Command(
        "a report replaced",
        "classify in --out report --html --jsonl --xlsx --threads 2 --quiet",
        "report",
        ["in", "report"],
    ),
    Command("a first report", "classify in --out new/report --lexicon kitchen --threads 1", "new", ["in", "kitchen"]),
    Command("reports merged", "merge parts/1 parts/2 --out report", "report", ["parts", "report"]),
    Command("a lexicon built", "lexicon build --left left --right right --out new", "new", ["left", "right"]),
]


def run(arguments, folder):
    """Runs in a folder; nothing is left to run when time is up."""
    environment = {**os.environ, "TMPDIR": str(folder / "tmp"), "RUST_BACKTRACE": "0"}
    process = subprocess.Popen(
        arguments, cwd=folder, env=environment, text=True, errors="replace", start_new_session=True,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    try:
        stdout, stderr = process.communicate(timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        return None, "", ""
    return process.returncode, stdout, stderr


def prepare():
    """What the commands need: inputs, older reports, parts, and files of somebody else."""
    shutil.rmtree(WORK, ignore_errors=True)
    stock = WORK / "stock"
    (stock / "tmp").mkdir(parents=True)
    shutil.copytree(PACKAGE / "tests/suite/kitchen", stock / "kitchen")
    (stock / "in/more").mkdir(parents=True)
    for name in ("posting.txt", "page.html", "posting.docx", "posting.pdf", "table.csv", "table.jsonl.gz"):
        shutil.copy(PACKAGE / "samples/formats" / name, stock / "in/more" / name)
    shutil.copy(PACKAGE / "samples/postings/12-linux-admin.txt", stock / "in")
    samples = sorted((PACKAGE / "samples/postings").iterdir())
    for number, side in enumerate(("left", "right")):
        (stock / side).mkdir()
        for sample in samples[number * 12 : number * 12 + 6]:
            shutil.copy(sample, stock / side)
    for out, given in (("report", "right"), ("parts/1", "left"), ("parts/2", "in")):
        line = [ROLELEAN, "classify", given, "--out", out, "--html", "--jsonl", "--xlsx", "--quiet"]
        assert run(line, stock)[0] == 0, line
    (stock / "thesis").mkdir()
    (stock / "thesis/run.json").write_text("{}")
    (stock / "thesis/chapter-1.txt").write_text("dear")
    (stock / ".rolelean-tmp-notes").mkdir()
    (stock / ".rolelean-tmp-notes/mine.txt").write_text("dear too")
    subprocess.run(["cc", "-O1", "-Wall", "-Wextra", "-Werror", "-o", REFUSE, SUITES / "refuse.c"], check=True)
    return stock


def content(path):
    """The bytes of a file, but for what tells the time."""
    data = path.read_bytes()
    if path.name == "run.json":
        return re.sub(rb'"seconds": [0-9.e-]+', b'"seconds": 0', data)
    if path.suffix == ".xlsx":
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as book:
                return b"".join(book.read(name) for name in book.namelist() if name != "docProps/core.xml")
        except zipfile.BadZipFile:
            pass
    return data


def tree(folder):
    """All there is in a folder: each path, with the bytes of files."""
    found = {}
    for path in sorted(folder.rglob("*")):
        found[path.relative_to(folder).as_posix()] = content(path) if path.is_file() else None
    return found


def split(found, command):
    """The parts of a tree: what the command is to write, what is left of it, and the rest."""
    target, left, rest = {}, {}, {}
    for path, data in found.items():
        top = path.split("/")[0]
        is_left = path not in command.before and (top.startswith(TEMPORARY) or top == "tmp")
        (target if top == command.target else left if is_left else rest)[path] = data
    return target, left, rest


def rows(data):
    return list(csv.DictReader(io.StringIO(data.decode(), newline="")))


def skipped_some(found, command):
    """Whether a report is whole, and lacks nothing but what it says it skipped."""
    place = next(path.removesuffix("run.json") for path in command.new if path.endswith("run.json"))
    if set(found) != set(command.new):
        return False
    table = lambda tree, name: rows(tree[f"{place}{name}.csv"])
    counts = json.loads(found[f"{place}run.json"])
    postings, skipped = table(found, "postings"), table(found, "skipped")
    whole = table(command.new, "postings")
    # Rows of the same posting may differ in nothing.
    kept = [row for row in whole if row in postings]
    lost = {row["source"] for row in whole if row not in postings}
    named = {row["source"] for row in skipped}
    ids = {row["id"] for row in postings}
    return (
        len(skipped) == counts["skipped"] > 0
        and len(postings) == counts["postings"] == len(kept)
        and lost <= named
        and all(row["reason"] for row in skipped)
        and {row["id"] for row in table(found, "matches")} <= ids
        and all(found[path].rstrip().endswith(b"</html>") for path in found if path.endswith(".html"))
        and all(found[path].count(b"\n") == len(postings) for path in found if path.endswith(".jsonl"))
    )


class Trial:
    """One run in which something is refused."""

    def __init__(self, command, kind, outcome, often, number):
        self.command, self.kind, self.outcome, self.often, self.number = command, kind, outcome, often, number
        self.met, self.state, self.left, self.faults = False, None, [], []

    def rule(self):
        code = self.outcome if self.outcome in ("short", "kill") else getattr(errno, self.outcome)
        return f"{self.kind}:{code}:{self.number}:{self.often}"

    def run(self):
        folder = Path(tempfile.mkdtemp(dir=WORK))
        try:
            self.run_in(folder)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        return self

    def run_in(self, folder):
        command = self.command
        report = folder.with_suffix(".told")
        shutil.copytree(command.stock, folder, dirs_exist_ok=True)
        code, _, said = run([REFUSE, report, self.rule(), "--", *command.arguments()], folder)
        if code is None:
            self.faults.append(f"no end after {PATIENCE} seconds")
            return
        assert code == 0, said
        told = report.read_text(errors="replace").splitlines()
        report.unlink()
        self.met = any(line.startswith("refused") for line in told)
        self.judge(told[-1], said, folder)
        self.refused = next((line for line in told if line.startswith("refused")), "nothing refused")

    def judge(self, ended, said, folder):
        command = self.command
        target, left, rest = split(tree(folder), command)
        self.left = sorted(left)
        is_old, is_new = target == command.old, target == command.new
        self.state = "old" if is_old else "new" if is_new else "neither"
        expected = {
            "exit 0": is_new,
            "exit 1": self.outcome not in HARMLESS and command.line.startswith("classify") and self.skipped(target),
            "exit 2": is_old and self.outcome not in HARMLESS,
        }
        if self.outcome == "kill":
            expected[f"signal {signal.SIGKILL}"] = is_old or is_new
        # Rust ends a program that gets no memory; nothing can be done about it.
        if self.kind == "take memory":
            expected[f"signal {signal.SIGABRT}"] = is_old
        if not expected.get(ended, False):
            self.faults.append(f"{ended} with {self.difference(target)}")
        if "panicked" in said:
            self.faults.append("a panic: " + next(line for line in said.splitlines() if "panicked" in line))
        # Without a word only where no word could be written.
        if ended in ("exit 1", "exit 2") and not said and self.kind not in ("write", "change") and "--quiet" not in command.line:
            self.faults.append(f"{ended} without a word")
        if rest != command.rest:
            changed = sorted(path for path in {*rest, *command.rest} if rest.get(path, 0) != command.rest.get(path, 0))
            self.faults.append(f"changed besides: {changed}")
        self.said = said
        if left:
            self.clean_up(folder)

    def skipped(self, target):
        whole = skipped_some(target, self.command)
        if whole:
            self.state = "skipped"
        return whole

    def difference(self, target):
        if self.state != "neither":
            return f"the {self.state} one in place"
        differing = lambda other: sorted(path for path in {*target, *other} if target.get(path, 0) != other.get(path, 0))
        return f"neither in place: differs from the old one in {differing(self.command.old)[:9]}, from the new one in {differing(self.command.new)[:9]}"

    def clean_up(self, folder):
        """The next run, in which nothing is refused."""
        command = self.command
        code, _, said = run(command.arguments(), folder)
        target, left, rest = split(tree(folder), command)
        # A lexicon is never written over one that is there.
        over = command.line.startswith("lexicon") and self.state == "new"
        if code != (2 if over else 0) or target != command.new or rest != command.rest:
            self.faults.append(f"the next run ended with {code}: {said}")
        if left:
            self.faults.append(f"left behind by the next run too: {sorted(left)}")

    def told(self):
        often = "once" if self.often == ONCE else "from then on"
        what = f"{self.command.name}: {self.kind} {self.number}, {self.outcome} {often}"
        return f"{what} ({self.refused})\n    " + "\n    ".join(self.faults) + f"\n    said: {self.said.strip()[:300]}"


def measure(command, stock):
    """Runs a command without faults: what it leaves, and how many calls of each kind it makes."""
    folder, report = WORK / "measured", WORK / "measured.told"
    shutil.rmtree(folder, ignore_errors=True)
    command.stock = WORK / command.name.replace(" ", "-")
    command.stock.mkdir()
    for name in [*command.takes, "tmp", "thesis", ".rolelean-tmp-notes"]:
        shutil.copytree(stock / name, command.stock / name)
    command.before = set(tree(command.stock))
    command.old, _, _ = split(tree(command.stock), command)
    shutil.copytree(command.stock, folder)
    rules = [f"{kind}:0:0:0" for kind in FAULTS]
    code, _, said = run([REFUSE, report, *rules, "--", *command.arguments()], folder)
    told = report.read_text().splitlines()
    assert code == 0 and told[-1] == "exit 0", (told[-1], said)
    command.new, left, command.rest = split(tree(folder), command)
    assert not left and command.new != command.old, left
    command.calls = {kind: int(line.split()[1]) for kind, line in zip(FAULTS, told, strict=False)}


def spread(count):
    """The numbers of the calls that are tried."""
    if count <= MOST:
        return range(1, count + 1)
    return sorted({1 + round(at * (count - 1) / (MOST - 1)) for at in range(MOST)})


def trials():
    return [
        Trial(command, kind, outcome, often, number)
        for kind, faults in FAULTS.items()
        for command in COMMANDS
        for outcome, often in faults
        for number in spread(command.calls[kind])
    ]


def table(done):
    """What came of it, a row for each kind and outcome."""
    yield "| call | refused with | calls | tried | as it was | written | written, inputs named skipped | left behind, then removed |"
    yield "|---|---|---|---|---|---|---|---|"
    for kind, faults in FAULTS.items():
        calls = sum(command.calls[kind] for command in COMMANDS)
        for outcome, often in faults:
            tried = [trial for trial in done if (trial.kind, trial.outcome, trial.often) == (kind, outcome, often)]
            states = Counter(trial.state for trial in tried if trial.met)
            how = f"{outcome} {'once' if often == ONCE else 'from then on'}" if outcome != "kill" else "a kill before"
            left = sum(bool(trial.left) for trial in tried)
            met = sum(trial.met for trial in tried)
            yield f"| {kind} | {how} | {calls} | {met} | {states['old']} | {states['new']} | {states['skipped']} | {left} |"


def main():
    started = time.perf_counter()
    stock = prepare()
    for command in COMMANDS:
        measure(command, stock)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        done = list(pool.map(Trial.run, trials()))
    print("\n".join(table(done)))
    wrong = [trial for trial in done if trial.faults]
    seconds = time.perf_counter() - started
    print(f"{sum(trial.met for trial in done)} runs in {seconds:.0f} seconds, {len(wrong)} of which went wrong")
    for trial in wrong:
        print(trial.told())
    sys.exit(bool(wrong))


main()
