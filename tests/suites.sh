#!/usr/bin/env bash
# The suites that need more than Rust. Each says what it needs and gets it; a tool that can be neither
# found nor installed is a failure, never a reason to pass over its suite.
set -euo pipefail
cd "$(dirname "$0")/.."

# need COMMAND PACKAGE...: installs the packages where there is no such command.
need() {
    local command=$1
    shift
    if command -v "$command" >/dev/null; then
        return
    fi
    if ! command -v apt-get >/dev/null; then
        echo "tests/suites.sh: $command is missing, and so is apt-get to install $*" >&2
        exit 1
    fi
    local root=()
    [ "$(id -u)" -eq 0 ] || root=(sudo)
    "${root[@]}" apt-get update --quiet
    DEBIAN_FRONTEND=noninteractive "${root[@]}" apt-get install --quiet --yes --no-install-recommends "$@"
    command -v "$command" >/dev/null
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cargo build --release
rolelean=$(cargo metadata --format-version 1 --no-deps | sed 's/.*"target_directory":"\([^"]*\)".*/\1/')/release/rolelean

# Reports as another reader of CSV sees them.
need python3 python3
python3 tests/suites/read_csv.py "$rolelean" "$work"
