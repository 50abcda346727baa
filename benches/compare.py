#!/usr/bin/env python3
"""rolelean beside programs that do less, on one file of postings, in one go.

    python3 benches/compare.py ROLELEAN FILE.jsonl

Each is run five times in turns, so that all meet the machine in the same moods; the
medians are printed. ripgrep and flashtext2 are passed over, with a word, where they
are not installed (`pip install flashtext2`). Python 3.11 or later.
"""

import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import tomllib
from pathlib import Path

ROUNDS = 5
SKILLS = Path(__file__).parent.parent / "lexicons/software-systems/skills"

FLASHTEXT = """
import sys
from flashtext2 import KeywordProcessor
processor = KeywordProcessor(case_sensitive=False)
processor.add_keywords_from_iter(open(sys.argv[1], encoding="utf-8").read().splitlines())
print(sum(len(processor.extract_keywords(line)) for line in open(sys.argv[2], encoding="utf-8")))
"""


def forms():
    for path in sorted(SKILLS.glob("*.toml")):
        for skill in tomllib.loads(path.read_text(encoding="utf-8"))["skill"]:
            for form in skill["forms"]:
                yield form if isinstance(form, str) else form["form"]


def main(rolelean, postings):
    with tempfile.TemporaryDirectory() as folder:
        listed = Path(folder, "forms.txt")
        listed.write_text("\n".join(forms()) + "\n", encoding="utf-8")
        report = str(Path(folder, "report"))
        contenders = {
            "wc -w": ["wc", "-w", postings],
            "rolelean, 2 threads": [rolelean, "classify", postings, "--threads", "2", "--out", report, "-q"],
            "rolelean, 1 thread": [rolelean, "classify", postings, "--threads", "1", "--out", report, "-q"],
        }
        if shutil.which("rg"):
            contenders["ripgrep, lines with a form"] = ["rg", "-c", "-w", "-i", "-F", "-f", str(listed), postings]
        else:
            print("ripgrep is not installed", file=sys.stderr)
        if subprocess.run([sys.executable, "-c", "import flashtext2"], capture_output=True).returncode == 0:
            contenders["flashtext2"] = [sys.executable, "-c", FLASHTEXT, str(listed), postings]
        else:
            print("flashtext2 is not installed", file=sys.stderr)
        measured = {name: [] for name in contenders}
        for _ in range(ROUNDS):
            for name, command in contenders.items():
                measured[name].append(run(command))
        bytes_ = os.path.getsize(postings)
        base = statistics.median(wall for wall, _, _ in measured["wc -w"])
        print(f"{'':28} {'wall s':>8} {'cpu s':>8} {'MB/s':>8} {'peak MB':>8} {'of wc':>7}")
        for name, rounds in measured.items():
            wall, cpu, peak = (statistics.median(column) for column in zip(*rounds))
            print(f"{name:28} {wall:8.2f} {cpu:8.2f} {bytes_ / wall / 1e6:8.1f} {peak:8.1f} {wall / base:6.2f}x")


def run(command):
    """Wall and processor seconds, and the peak of memory in megabytes."""
    started = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, env={**os.environ, "LC_ALL": "C"})
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        sys.exit(f"{command[0]} ended with {child.returncode}")
    return time.perf_counter() - started, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(re.sub(r"\n {4}", "\n", __doc__))
    main(*sys.argv[1:])
