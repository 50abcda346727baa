#!/usr/bin/env bash
# What the action of this repository (action.yml) does once it has the program: release/classify.sh PROGRAM
#
# Takes PATHS and OPTIONS, a line for each, and OUT from the environment; says in GITHUB_OUTPUT whether inputs were
# skipped, which is no failure, and adds the closing summary to GITHUB_STEP_SUMMARY.
set -euo pipefail
program=${1:?which program}

arguments=()
while IFS= read -r line; do
    [ -z "$line" ] || arguments+=("$line")
done <<<"$OPTIONS
--
$PATHS"

summary=$(mktemp)
trap 'rm -f "$summary"' EXIT
code=0
"$program" classify --out "$OUT" --color never "${arguments[@]}" 2> >(tee "$summary" >&2) || code=$?
[ "$code" -le 1 ] || exit "$code"

skipped=false
[ "$code" -eq 0 ] || skipped=true
echo "skipped=$skipped" >>"$GITHUB_OUTPUT"
{
    echo '### rolelean'
    echo '```text'
    cat "$summary"
    echo '```'
} >>"$GITHUB_STEP_SUMMARY"
