#!/usr/bin/env bash
# The wheel, built as it is published and tested in a fresh virtual environment: by itself, with the libraries for
# data frames, and on a Spark cluster of this machine. Says what it needs and gets it.
set -euo pipefail
cd "$(dirname "$0")/.."
. tests/provide.sh

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cargo build --release
rolelean=$(cargo metadata --format-version 1 --no-deps | sed 's/.*"target_directory":"\([^"]*\)".*/\1/')/release/rolelean

need java default-jre-headless
environment "$work/venv"
. "$work/venv/bin/activate"
pip install --quiet --disable-pip-version-check --requirement python/tests/requirements.txt

pip wheel --quiet --disable-pip-version-check --no-deps --wheel-dir "$work" ./python
pip install --quiet --disable-pip-version-check "$work"/rolelean-*.whl

mypy --config-file python/pyproject.toml python/pysrc/rolelean python/tests examples/python
pyright --project python
# What is skipped elsewhere for want of Java must run here.
ROLELEAN_REQUIRE_SPARK=1 pytest --quiet python/tests

# A cluster loses a worker, and every way to the rows is compared with the command line's.
python python/tests/cluster.py "$rolelean" "$work"/rolelean-*.whl
python python/tests/same_rows.py "$rolelean"
