#!/usr/bin/env bash
# Runs a packed program where there is nothing else: release/try.sh dist/rolelean-x86_64-unknown-linux-musl.tar.gz
#
# Needs the superuser, for the program runs in a folder that is all it can see, as a user who owns only /out: what a
# container made from `scratch` gives it.
set -euo pipefail
archive=$(realpath "${1:?which archive}")
cd "$(dirname "$0")/.."

root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
chmod 755 "$root"
mkdir "$root/in" "$root/out" "$root/tmp" "$root/proc"
chmod 1777 "$root/tmp"
chown 65534:65534 "$root/out"
cp -r samples/. "$root/in"
tar -xzf "$archive" -C "$root" --strip-components 1

alone() { chroot --userspec 65534:65534 "$root" /rolelean "$@"; }
alone --version
alone classify /in --out /out/report --html --jsonl --xlsx
alone explain /in/postings/12-linux-admin.txt --color never >/dev/null
cmp <(sort "$root/out/report/postings.csv") <(cargo run --release --quiet -- classify samples --stdout --quiet | sed 's,samples/,/in/,' | sort)
echo "the same table as outside"
