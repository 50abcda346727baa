#!/usr/bin/env bash
# Fuzzes every target, or those that are named, one on each processor: fuzz/run.sh [--asan] SECONDS [TARGET...]
#
# Needs a C++ compiler for libFuzzer, and nothing else: the stable toolchain does. With --asan every input, those
# of earlier runs first, goes through AddressSanitizer, which watches the unsafe code of the crates that expand
# files and take them apart; the stable compiler has it once RUSTC_BOOTSTRAP allows it.
set -euo pipefail
cd "$(dirname "$0")"

sanitizer=()
builds=target
if [ "${1:-}" = --asan ]; then
    shift
    sanitizer=(-Zsanitizer=address)
    builds=target/asan
    export RUSTC_BOOTSTRAP=1
    # Memory that is still reachable at the end is no fault.
    export ASAN_OPTIONS=detect_leaks=0
fi
export seconds=${1:?how many seconds for each target}
shift
targets=("$@")
[ ${#targets[@]} -gt 0 ] || targets=(document docx table fold lexicon engines reports)

coverage=(-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table
    -Cllvm-args=-sanitizer-coverage-trace-compares)
host=$(rustc -vV | sed -n 's/^host: //p')
# With a target named, the flags are not for build scripts and macros.
RUSTFLAGS="--cfg fuzzing -Ccodegen-units=1 ${sanitizer[*]} ${coverage[*]}" \
    cargo build --release --target "$host" --target-dir "$builds"

# What a target prints is shown once it has ended; all of it where it found something.
fuzz() {
    local target=$1 log
    log=$(mktemp)
    mkdir -p "corpus/$target"
    if "$programs/$target" "corpus/$target" "seeds/$target" \
        -max_total_time="$seconds" -max_len=4096 -timeout=20 -rss_limit_mb=2048 -print_final_stats=1 \
        -artifact_prefix="findings-$target-" >"$log" 2>&1; then
        echo "$target: $(sed -n 's/^stat::number_of_executed_units: *//p' "$log") inputs, no finding"
        rm "$log"
    else
        echo "$target: a finding"
        cat "$log"
        rm "$log"
        return 1
    fi
}
export -f fuzz
export programs=$builds/$host/release
printf '%s\n' "${targets[@]}" | xargs -P "$(nproc)" -I TARGET bash -euc 'fuzz TARGET'
