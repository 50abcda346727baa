"""Every system call of a run refused in turn, and what stands there afterwards.

    python3 tests/outside/refused.py ROLELEAN WORK_FOLDER [MOST [KIND...]]

Each command below is run again and again. Each time another of its calls fails, once or
together with all of its kind that follow, or the run is killed before it. Where a command
makes more than MOST (12) calls of a kind that many are tried, evenly spread, the first and
the last among them.

However a run ends:

- with exit code 0, what it was to write stands there, byte for byte as without a fault;
- with 1, the same but for inputs that `skipped.csv` names;
- with 2, what stood there before still does, byte for byte, or standard output has got
  no more than a beginning;
- killed, the one or the other stands there;
- nobody else's file has changed, and no panic is told;
- what is left behind is removed by the next run, which does all it was to do.

A report that is written in place, file by file, may be said to be unfinished by its
`run.json`; where a file system cannot exchange two folders, the older report may stand
aside after a kill. The next run mends both.
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
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

ROLELEAN, WORK = Path(sys.argv[1]).resolve(), Path(sys.argv[2], "refused").resolve()
MOST = int(sys.argv[3]) if len(sys.argv) > 3 else 12
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
    "copy": [("EIO", ONCE), ("ENOSPC", ALWAYS)],
    "close": [("EIO", ONCE), ("EIO", ALWAYS)],
    "rename": [("EIO", ONCE), ("EACCES", ALWAYS)],
    "exchange": [("EINVAL", ONCE), ("EIO", ALWAYS), ("EACCES", ALWAYS)],
    "link": [("EPERM", ONCE), ("EIO", ALWAYS)],
    "remove a file": [("EIO", ONCE), ("EACCES", ALWAYS)],
    "remove a folder": [("EIO", ONCE), ("EACCES", ALWAYS)],
    "make a folder": [("ENOSPC", ONCE), ("EACCES", ALWAYS)],
    "lock": [("EIO", ONCE), ("ENOLCK", ALWAYS), ("EINTR", ONCE)],
    "set rights": [("EPERM", ONCE), ("EPERM", ALWAYS)],
    "reach the disk": [("EIO", ONCE), ("EIO", ALWAYS)],
    "start a thread": [("EAGAIN", ONCE), ("EAGAIN", ALWAYS)],
    "start a process": [("EAGAIN", ONCE), ("ENOMEM", ALWAYS)],
    "run a program": [("EACCES", ONCE), ("ENOENT", ALWAYS)],
    "make a pipe": [("EMFILE", ONCE), ("EMFILE", ALWAYS)],
    "take memory": [("ENOMEM", ONCE), ("ENOMEM", ALWAYS)],
    # All kinds together that change something on the disk.
    "change": [("EIO", ALWAYS), ("kill", ONCE)],
}
KINDS = sys.argv[4:] or list(FAULTS)
# After it a run goes on as if nothing had been.
HARMLESS = "short"


@dataclass
class Command:
    """A command that is tried, and the folder that it is run in."""

    name: str
    line: str
    # What it writes: a file or folder, or standard output.
    target: str
    # What of the stock it needs.
    takes: list
    # The folder it stands in.
    stands_in: str = "."
    # What is refused always.
    also: list = field(default_factory=list)

    def arguments(self):
        return [ROLELEAN, *self.line.split()]


LEXICON, WEIGHTS = "a lexicon built", "weights fitted anew"
STDOUT = "(standard output)"
ALL = "--html --jsonl --xlsx --threads 2 --quiet"
COMMANDS = [
    Command("a report replaced", f"classify in --out report {ALL}", "report", ["in", "report"]),
    Command("a first report", "classify in --out new/report --lexicon kitchen", "new", ["in", "kitchen"]),
    Command("a report written in place", "classify ../in --out .", "report", ["in", "report"], stands_in="report"),
    Command(
        "a report replaced where folders cannot be exchanged",
        "classify in --out report",
        "report",
        ["in", "report"],
        also=[f"exchange:{errno.EINVAL}:1:0"],
    ),
    Command("a table to standard output", "classify in --stdout --threads 2", STDOUT, ["in"]),
    Command("reports merged", "merge parts/1 parts/2 --out report", "report", ["parts", "report"]),
    Command(LEXICON, "lexicon build --left left --right right --out new", "new", ["left", "right"]),
    Command(
        WEIGHTS,
        "lexicon fit gold/gold.csv gold/postings.jsonl --lexicon kitchen --folds 2 --out weights",
        "weights",
        ["gold", "kitchen", "weights"],
    ),
]


def run(arguments, folder):
    """Runs in a folder; nothing is left to run when time is up."""
    environment = {**os.environ, "TMPDIR": str(WORK / "tmp"), "RUST_BACKTRACE": "0"}
    process = subprocess.Popen(
        arguments, cwd=folder, env=environment, text=True, errors="replace", start_new_session=True,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    try:
        out, said = process.communicate(timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        return None, "", ""
    return process.returncode, out, said


# --- What there is before. ---


def prepare():
    """What the commands need: inputs, older reports, parts, and files of somebody else."""
    shutil.rmtree(WORK, ignore_errors=True)
    stock = WORK / "stock"
    (stock / "in/more").mkdir(parents=True)
    (WORK / "tmp").mkdir()
    shutil.copytree(PACKAGE / "tests/suite/kitchen", stock / "kitchen")
    for name in ("posting.txt", "page.html", "posting.docx", "posting.pdf", "table.csv", "table.jsonl.gz"):
        shutil.copy(PACKAGE / "samples/formats" / name, stock / "in/more" / name)
    shutil.copy(PACKAGE / "samples/postings/12-linux-admin.txt", stock / "in")
    samples = sorted((PACKAGE / "samples/postings").iterdir())
    for side, first in (("left", 0), ("right", 12)):
        (stock / side).mkdir()
        for sample in samples[first : first + 6]:
            shutil.copy(sample, stock / side)
    for out, given in (("report", "right"), ("parts/1", "left"), ("parts/2", "in")):
        line = [ROLELEAN, "classify", given, "--out", out, *ALL.split()]
        assert run(line, stock)[0] == 0, line
    # One that is passed over, and told of.
    shutil.copytree(stock / "parts/1", stock / "in/earlier")
    prepare_gold(stock)
    (stock / "thesis").mkdir()
    (stock / "thesis/run.json").write_text("{}")
    (stock / "thesis/chapter-1.txt").write_text("dear")
    (stock / f"{TEMPORARY}notes").mkdir()
    (stock / f"{TEMPORARY}notes/mine.txt").write_text("dear too")
    subprocess.run(["cc", "-O1", "-Wall", "-Wextra", "-Werror", "-o", REFUSE, SUITES / "refuse.c"], check=True)
    return stock


def prepare_gold(stock):
    """Labelled postings, and weights of an earlier day."""
    (stock / "gold").mkdir()
    words = {"cook": "cooking, baking, menus", "gardener": "pruning, mowing, compost"}
    with open(stock / "gold/gold.csv", "w") as gold, open(stock / "gold/postings.jsonl", "w") as postings:
        gold.write("id,leaning\n")
        for number in range(60):
            role = ("cook", "gardener")[number % 2]
            gold.write(f"{number},{role}\n")
            postings.write(json.dumps({"id": number, "title": "Help", "text": f"Daily {words[role]}."}) + "\n")
    (stock / "weights").mkdir()
    (stock / "weights/weights.csv").write_text("skill_id,prior,weight,kitchen_postings,garden_postings\n")


def measure(command, stock):
    """Runs a command without faults: what it leaves, and how many calls of each kind it makes."""
    folder, report = WORK / "measured", WORK / "measured.told"
    shutil.rmtree(folder, ignore_errors=True)
    command.stock = WORK / command.name.replace(" ", "-")
    command.stock.mkdir()
    for name in [*command.takes, "thesis", f"{TEMPORARY}notes"]:
        shutil.copytree(stock / name, command.stock / name)
    command.before = set(tree(command.stock))
    command.old, _, command.rest = split(tree(command.stock), command)
    shutil.copytree(command.stock, folder)
    rules = command.also + [f"{kind}:0:0:0" for kind in FAULTS]
    code, out, said = run([REFUSE, report, *rules, "--", *command.arguments()], folder / command.stands_in)
    told = report.read_text().splitlines()
    assert (code, told[-1]) == (0, "exit 0"), (code, told[-1], said)
    command.new, left, rest = split(tree(folder), command)
    if command.target == STDOUT:
        command.new = {STDOUT: out}
    assert not left and rest == command.rest and command.new != command.old, (command.name, left)
    counts = [line.split(maxsplit=3) for line in told if line.startswith("seen ")]
    command.calls = {kind: int(seen) for _, seen, _, kind in counts if kind in FAULTS}


# --- What there is afterwards. ---


def content(path):
    """The bytes of a file, but for what tells the time."""
    data = path.read_bytes()
    if path.name == "run.json":
        return re.sub(rb'"seconds": [0-9.e-]+', b'"seconds": 0', data)
    return data


def tree(folder):
    """All there is in a folder: each path, with the bytes of files."""
    paths = sorted(folder.rglob("*"))
    return {path.relative_to(folder).as_posix(): None if path.is_dir() else content(path) for path in paths}


def split(found, command):
    """The parts of a tree: what the command is to write, what is left of it, and the rest."""
    target, left, rest = {}, {}, {}
    for path, data in found.items():
        parts = path.split("/")
        is_left = path not in command.before and any(part.startswith(TEMPORARY) for part in parts)
        part = left if is_left else target if parts[0] == command.target else rest
        part[path] = data
    # A folder that was made to hold it.
    if set(target) == {command.target} and command.target not in command.before:
        left, target = {**left, **target}, {}
    return target, left, rest


def differing(some, other):
    return sorted(path for path in {*some, *other} if some.get(path, 0) != other.get(path, 0))


def skipped_some(found, whole):
    """Whether a report is whole, and lacks nothing but what it says it skipped."""
    if set(found) != set(whole):
        return False
    place = next(path.removesuffix("run.json") for path in whole if path.endswith("run.json"))
    rows = lambda tree, name: list(csv.DictReader(io.StringIO(tree[f"{place}{name}.csv"].decode(), newline="")))
    run = json.loads(found[f"{place}run.json"])
    postings, skipped, expected = rows(found, "postings"), rows(found, "skipped"), rows(whole, "postings")
    key = lambda row: {name: cell for name, cell in row.items() if name != "posting"}
    kept = [key(row) for row in postings]
    lost = [row["source"] for row in expected if key(row) not in kept]
    named = [row["source"] for row in skipped if row["reason"]]
    is_named = lambda source: any(source == name or source.startswith(f"{name}/") for name in named)
    return (
        len(named) == run["skipped"] > 0
        and len(kept) == run["postings"]
        and kept == [row for row in map(key, expected) if row in kept]
        and all(map(is_named, lost))
        and {row["id"] for row in rows(found, "matches")} <= {row["id"] for row in postings}
        and all(found[path].rstrip().endswith(b"</html>") for path in found if path.endswith(".html"))
        and all(found[path].count(b"\n") == len(postings) for path in found if path.endswith(".jsonl"))
    )


def state_of_stream(out, whole, ended):
    """What came of a table on standard output."""
    # Without the numbers of the postings, which follow one another.
    rows = lambda text: [line.partition(",")[2] for line in text.splitlines()]
    if ended == "exit 1":
        return "skipped" if set(rows(out)) <= set(rows(whole)) else "neither"
    # What could not be written at once may have been written in the end.
    if ended != "exit 0":
        return "old" if whole.startswith(out) else "neither"
    return "new" if out == whole else "neither"


class Trial:
    """One run in which something is refused."""

    def __init__(self, command, kind, outcome, often, number):
        self.command, self.kind, self.outcome, self.often, self.number = command, kind, outcome, often, number
        self.refused, self.state, self.left, self.wrong, self.said = None, None, [], [], ""

    def run(self):
        folder = Path(tempfile.mkdtemp(dir=WORK))
        try:
            self.run_in(folder)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        return self

    def run_in(self, folder):
        command, report = self.command, folder.with_suffix(".told")
        shutil.copytree(command.stock, folder, dirs_exist_ok=True)
        code = self.outcome if self.outcome in ("short", "kill") else getattr(errno, self.outcome)
        rules = [*command.also, f"{self.kind}:{code}:{self.number}:{self.often}"]
        code, out, self.said = run([REFUSE, report, *rules, "--", *command.arguments()], folder / command.stands_in)
        if code is None:
            self.wrong.append(f"no end after {PATIENCE} seconds")
            return
        assert code == 0, self.said
        told = report.read_text(errors="replace").splitlines()
        report.unlink()
        refused = [line.removeprefix("refused ") for line in told if line.startswith("refused")]
        self.refused = next((line for line in refused if not (command.also and line.startswith("renameat2"))), None)
        self.judge(told[-1], out, folder)

    def judge(self, ended, out, folder):
        command = self.command
        target, left, rest = split(tree(folder), command)
        if command.target == STDOUT:
            target, self.state = {STDOUT: out}, state_of_stream(out, command.new[STDOUT], ended)
        else:
            self.state = self.state_of(target, left)
        self.left = sorted(left)
        if not self.may_end(ended):
            told = differing(target, command.new), differing(target, command.old)
            self.wrong.append(f"{ended}, {self.state}: not as it was to be {told[0][:9]}, nor as it was {told[1][:9]}")
        if "panicked" in self.said or "file a bug" in self.said:
            self.wrong.append("a panic")
        # With `--quiet` what was skipped is told by the exit code alone.
        is_told = self.said or self.kind in ("write", "change") or (ended == "exit 1" and "--quiet" in command.line)
        if ended != "exit 0" and not self.is_kill() and not is_told:
            self.wrong.append(f"{ended} without a word")
        if rest != command.rest:
            self.wrong.append(f"changed besides: {differing(rest, command.rest)}")
        if left or (self.state not in ("old", "new") and command.target != STDOUT):
            self.run_again(folder)

    def state_of(self, target, left):
        command = self.command
        if target == command.old:
            return "old"
        if target == command.new:
            return "new"
        if command.stands_in != "." and b'"unfinished":' in target.get("report/run.json", b""):
            return "unfinished"
        if "classify" in command.line and skipped_some(target, command.new):
            return "skipped"
        aside = {path.split("/aside", 1)[1]: data for path, data in left.items() if "/aside" in path}
        old = {path.removeprefix(command.target): data for path, data in command.old.items()}
        if command.also and not target and aside == old:
            return "aside"
        if command.name == WEIGHTS and all(target.get(path) in (command.old.get(path), new) for path, new in command.new.items()):
            return "in part"
        return "neither"

    def may_end(self, ended):
        """Whether a run may end so with what stands there now."""
        may = {"exit 0": {"new"}}
        if self.outcome != HARMLESS:
            may |= {"exit 1": {"skipped"}, "exit 2": {"old"}}
        if self.is_kill():
            may[f"signal {signal.SIGKILL}"] = {"old", "new", "unfinished", "aside", "in part"}
        # Without any memory it cannot even begin: the C library takes some first, then what gives it out.
        if self.kind == "take memory" and self.number <= 2:
            may[f"signal {signal.SIGABRT}"] = {"old"}
        if "is incomplete, as its run.json says" in self.said or self.kind == "change":
            may.setdefault("exit 2", set()).add("unfinished")
        # Two files take their places one after the other, and the first could not be put back.
        if "is new already; run it again" in self.said or (self.kind == "change" and self.command.name == WEIGHTS):
            may.setdefault("exit 2", set()).add("in part")
        if "cannot put back" in self.said or self.kind == "change":
            may.setdefault("exit 2", set()).add("aside")
        # What was done is not told where standard output cannot be written.
        if self.command.line.startswith("lexicon") and self.kind in ("write", "change"):
            may.setdefault("exit 2", set()).add("new")
        return self.state in may.get(ended, set())

    def run_again(self, folder):
        """The next run, in which nothing is refused."""
        command = self.command
        arguments = command.arguments()
        if command.name == LEXICON and self.state == "new":
            # It is never written over one that is there, so the next one goes elsewhere.
            arguments[-1] = "newer"
        code, _, said = run(arguments, folder / command.stands_in)
        target, left, rest = split(tree(folder), command)
        rest = {path: data for path, data in rest.items() if not path.split("/")[0] == "newer"}
        if code != 0 or target != command.new or rest != command.rest:
            self.wrong.append(f"the next run ended with {code}: {said}")
        # A single file is written without a word about whose it is, so nobody removes it.
        if left and not (command.name == WEIGHTS and self.kind in ("change", "remove a file")):
            self.wrong.append(f"left behind by the next run too: {sorted(left)}")

    def is_kill(self):
        return self.outcome == "kill"

    def how(self):
        often = "" if self.often == ONCE else " from then on"
        return "a kill before it" if self.is_kill() else self.outcome + often

    def told(self):
        what = f"{self.command.name}: {self.kind} {self.number}, {self.how()} ({self.refused})"
        return "\n    ".join([what, *self.wrong, f"said: {self.said.strip()[:300]}"])


# --- All of it. ---


def spread(count):
    """The numbers of the calls that are tried."""
    if count <= MOST:
        return range(1, count + 1)
    return sorted({1 + round(at * (count - 1) / (MOST - 1)) for at in range(MOST)})


def trials():
    return [
        Trial(command, kind, outcome, often, number)
        for kind in KINDS
        for command in COMMANDS
        for outcome, often in FAULTS[kind]
        for number in spread(command.calls[kind])
    ]


# How the states are called in the table.
STATES = {
    "old": "as it was",
    "new": "written",
    "skipped": "written, inputs named",
    "unfinished": "unfinished",
    "aside": "aside",
    "in part": "one of two",
}


def table(done):
    """What came of it, a row for each kind of call, and one for all kills."""
    heads = ["call", "refused with", "calls", "runs", *STATES.values(), "left behind"]
    yield f"| {' | '.join(heads)} |"
    yield "|---" * len(heads) + "|"
    for kind in KINDS:
        calls = sum(command.calls[kind] for command in COMMANDS)
        for kills in (False, True):
            tried = [trial for trial in done if trial.refused and trial.kind == kind and trial.is_kill() == kills]
            hows = dict.fromkeys(trial.how() for trial in tried)
            states = Counter(trial.state for trial in tried)
            left = sum(bool(trial.left) for trial in tried)
            if tried:
                cells = [kind, ", ".join(hows), calls, len(tried), *(states[state] for state in STATES), left]
                yield f"| {' | '.join(map(str, cells))} |"


def main():
    started = time.perf_counter()
    stock = prepare()
    for command in COMMANDS:
        measure(command, stock)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        done = list(pool.map(Trial.run, trials()))
    print("\n".join(table(done)))
    wrong = [trial for trial in done if trial.wrong]
    print(f"{len(done)} runs in {time.perf_counter() - started:.0f} seconds, {len(wrong)} of which went wrong")
    for trial in wrong:
        print(trial.told())
    assert not list((WORK / "tmp").iterdir()), "something is left in the folder for temporary files"
    sys.exit(bool(wrong))


main()
