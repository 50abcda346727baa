#!/usr/bin/env bash
# The wheel, built as it is published and tested in a fresh virtual environment: by itself, with the libraries for
# data frames, and on a Spark cluster of this machine. Says what it needs and gets it.
set -euo pipefail
cd "$(dirname "$0")/.."
. tests/provide.sh

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

environment "$work/venv"
. "$work/venv/bin/activate"
pip install --quiet --disable-pip-version-check --requirement python/tests/requirements.txt

pip install --quiet --disable-pip-version-check ./python

mypy --config-file python/pyproject.toml python/pysrc/rolelean python/tests
pytest --quiet python/tests
