#!/usr/bin/env bash
# Other programs as witnesses: readers of tables, a browser, runs that are killed or refused what they ask for. Each says
# what it needs and gets it.
set -euo pipefail
cd "$(dirname "$0")/.."

. tests/provide.sh

work=$(mktemp -d)
# Some of them run the program as another user, out of a folder in here.
chmod 755 "$work"
trap 'rm -rf "$work"' EXIT

cargo build --release
rolelean=$(cargo metadata --format-version 1 --no-deps | sed 's/.*"target_directory":"\([^"]*\)".*/\1/')/release/rolelean

# Reports as another reader of CSV sees them.
need python3 python3
python3 tests/outside/read_csv.py "$rolelean" "$work"

# And as those see them who work with them. LibreOffice's spreadsheets take 450 MB where nothing of it is there.
# Its command may be there without them.
if ! [ -e "$(dirname "$(realpath "$(command -v soffice)")")/libsclo.so" ]; then
    provide libreoffice-calc-nogui
fi
environment "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check --requirement tests/outside/requirements.txt
"$work/venv/bin/python" tests/outside/readers.py "$rolelean" "$work"

# What is left when a run is stopped, and what a million records come to.
python3 tests/outside/faults.py "$rolelean" "$work"
# Mounts, and what belongs to others; needs the superuser, and says so where there is none.
python3 tests/outside/places.py "$rolelean" "$work"
# Every system call of a run refused in turn. Rust links by the same compiler, but not everywhere with headers beside it.
need cc gcc libc6-dev
python3 tests/outside/refused.py "$rolelean" "$work"
python3 tests/outside/million.py "$rolelean" "$work"

# The workbook, against the tables.
python3 tests/outside/read_xlsx.py "$rolelean" "$work"

# JSON Lines by the published schema.
python=python3
if ! "$python" -c 'import jsonschema' 2>/dev/null; then
    # A package of Debian's is found by Debian's own Python.
    provide python3 python3-jsonschema
    python=/usr/bin/python3
fi
"$python" tests/outside/check_schema.py "$rolelean" "$work"

# The page in a browser, used and looked at as a person would.
need chromium chromium fonts-dejavu-core
need pdftotext poppler-utils
need node nodejs
need npm npm
npm install --silent --no-audit --no-fund --no-package-lock --ignore-scripts --prefix "$work" \
    playwright-core@1.65.1 axe-core@4.14.1
NODE_PATH="$work/node_modules" node tests/outside/browser/browser.cjs "$rolelean" "$work/browser"
