"""Lines that the tests run, by folder of src/; the lines of the tests beside the code are not counted.

usage: cargo llvm-cov --failure-mode all --lcov --output-path target/coverage.lcov
       python3 tests/coverage.py target/coverage.lcov [MISSED]

With a third argument, also each line below src/MISSED that no test runs.
"""

import collections
import pathlib
import sys

# Files below src/ that only tests use.
TESTS = ("tests.rs", "properties.rs", "cases.rs", "testing/mod.rs")


def counted_lines(report):
    """(file below src/, line, how often it ran) of each line that is no test's."""
    path, tests_from = None, 0
    for record in pathlib.Path(report).read_text(encoding="utf-8").splitlines():
        key, _, value = record.partition(":")
        if key == "SF":
            _, _, path = value.rpartition("/src/")
            code = pathlib.Path(value).read_text(encoding="utf-8").splitlines()
            tests_from = code.index("mod tests {") if "mod tests {" in code else len(code)
            in_tests = path.endswith(TESTS) or "/src/" not in value
        elif key == "DA" and not in_tests:
            line, ran = (int(number) for number in value.split(",")[:2])
            if line <= tests_from:
                yield path, line, ran, code[line - 1]


def main(report, missed=None):
    folders = collections.defaultdict(lambda: [0, 0])
    for path, line, ran, code in counted_lines(report):
        for folder in (path.split("/")[0], "in all"):
            folders[folder][0] += 1
            folders[folder][1] += ran > 0
        if missed is not None and ran == 0 and path.startswith(missed):
            print(f"{path}:{line}: {code.strip()}")
    for folder, (lines, ran) in sorted(folders.items(), key=lambda item: (item[0] == "in all", item[0])):
        print(f"| `{folder}` | {lines:,} | {ran / lines:.1%} |")


if __name__ == "__main__":
    main(*sys.argv[1:])
