#!/usr/bin/env python3
"""rolelean beside programs that do less, on one file of postings, in one go.

Each is run in turns, so that all meet the machine in the same moods; medians are
printed. Those that are not installed are passed over, with a word:
`pip install flashtext2 pyahocorasick spacy`, and ripgrep. Python 3.11 or later.
"""

import argparse
import importlib.util
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import tomllib
from pathlib import Path

SKILLS = Path(__file__).parent.parent / "lexicons/software-systems/skills"

# Each reads the forms (a line each) and the postings (a record a line) that it is given, and counts what it finds.
READ = """
import sys
forms = open(sys.argv[1], encoding="utf-8").read().splitlines()
postings = open(sys.argv[2], encoding="utf-8")
"""
LIBRARIES = {
    "flashtext2": READ
    + """
from flashtext2 import KeywordProcessor
processor = KeywordProcessor(case_sensitive=False)
processor.add_keywords_from_iter(forms)
print(sum(len(processor.extract_keywords(line)) for line in postings))
""",
    # Finds forms inside words, too.
    "ahocorasick": READ
    + """
from ahocorasick import Automaton
automaton = Automaton()
for number, form in enumerate(forms):
    automaton.add_word(form.lower(), number)
automaton.make_automaton()
print(sum(1 for line in postings for _ in automaton.iter(line.lower())))
""",
    "spacy": READ
    + """
import spacy
from spacy.matcher import PhraseMatcher
language = spacy.blank("en")
language.max_length = 100_000_000
matcher = PhraseMatcher(language.vocab, attr="LOWER")
matcher.add("form", list(language.tokenizer.pipe(forms)))
print(sum(len(matcher(document)) for document in language.tokenizer.pipe(postings)))
""",
}
SHOWN = {"ahocorasick": "pyahocorasick", "spacy": "spaCy, PhraseMatcher"}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rolelean", help="the program, target/release/rolelean")
    parser.add_argument("postings", help="a file of postings, JSON Lines or CSV")
    parser.add_argument("--rounds", type=int, default=5, help="how often each is run (default: 5)")
    parser.add_argument("--only-wc", action="store_true", help="leave out all but wc -w and rolelean")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        chosen = contenders(options, Path(folder))
        measured = {name: [] for name in chosen}
        for _ in range(options.rounds):
            for name, command in chosen.items():
                measured[name].append(run(command))
    print_table(measured, os.path.getsize(options.postings))


def contenders(options, folder):
    """The command of each program, by its name."""
    report = str(folder / "report")
    rolelean = [options.rolelean, "classify", options.postings, "--out", report, "-q", "--threads"]
    chosen = {
        "wc -w": ["wc", "-w", options.postings],
        "rolelean, 2 threads": [*rolelean, "2"],
        "rolelean, 1 thread": [*rolelean, "1"],
    }
    if options.only_wc:
        return chosen
    listed = folder / "forms.txt"
    listed.write_text("\n".join(forms()) + "\n", encoding="utf-8")
    if shutil.which("rg"):
        chosen["ripgrep, lines with a form"] = ["rg", "-c", "-w", "-i", "-F", "-f", str(listed), options.postings]
    else:
        print("ripgrep is not installed", file=sys.stderr)
    for name, program in LIBRARIES.items():
        if importlib.util.find_spec(name):
            chosen[SHOWN.get(name, name)] = [sys.executable, "-c", program, str(listed), options.postings]
        else:
            print(f"{SHOWN.get(name, name)} is not installed", file=sys.stderr)
    return chosen


def forms():
    """The forms of the built-in lexicon as it writes them."""
    for path in sorted(SKILLS.glob("*.toml")):
        for skill in tomllib.loads(path.read_text(encoding="utf-8"))["skill"]:
            for form in skill["forms"]:
                yield form if isinstance(form, str) else form["form"]


def run(command):
    """Wall and processor seconds, and the peak of memory in megabytes."""
    started = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, env={**os.environ, "LC_ALL": "C"})
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        sys.exit(f"{command[0]} ended with {child.returncode}")
    return time.perf_counter() - started, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def print_table(measured, size):
    """Medians of each program's runs over a file of `size` bytes."""
    base = statistics.median(wall for wall, _, _ in measured["wc -w"])
    print(f"{'':28} {'wall s':>8} {'cpu s':>8} {'MB/s':>8} {'peak MB':>8} {'of wc':>7}")
    for name, rounds in measured.items():
        wall, cpu, peak = (statistics.median(column) for column in zip(*rounds))
        print(f"{name:28} {wall:8.2f} {cpu:8.2f} {size / wall / 1e6:8.1f} {peak:8.1f} {wall / base:6.2f}x")


if __name__ == "__main__":
    main()
