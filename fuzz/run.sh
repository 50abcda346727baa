#!/usr/bin/env bash
# Fuzzes every target, or those that are named: fuzz/run.sh SECONDS [TARGET...]
# Needs a C++ compiler for libFuzzer, and nothing else: rolelean has no unsafe code that a sanitizer
# would have to watch, so that the stable toolchain does.
set -euo pipefail
cd "$(dirname "$0")"

seconds=${1:?how many seconds for each target}
shift
targets=("$@")
[ ${#targets[@]} -gt 0 ] || targets=(document table fold lexicon engines reports)

coverage="-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
-Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
-Cllvm-args=-sanitizer-coverage-trace-compares"
host=$(rustc -vV | sed -n 's/^host: //p')
# With a target named, the flags are not for build scripts and macros.
RUSTFLAGS="--cfg fuzzing -Ccodegen-units=1 $coverage" cargo build --release --target "$host"

for target in "${targets[@]}"; do
    mkdir -p "corpus/$target"
    "target/$host/release/$target" "corpus/$target" "seeds/$target" \
        -max_total_time="$seconds" -max_len=4096 -timeout=20 -rss_limit_mb=2048 -print_final_stats=1 \
        -artifact_prefix="findings-$target-"
done
