#!/usr/bin/env bash
# Packs the program for one platform, as a release offers it: release/package.sh TARGET [FOLDER]
#
# TARGET is one that rustc knows, such as x86_64-unknown-linux-musl, whose programs need no library of the system.
# FOLDER (dist, if none is named) receives rolelean-TARGET.tar.gz, or .zip for Windows, with the program, the licences,
# the man pages and the completions of shells in it, and its SHA-256 checksum beside it.
set -euo pipefail
target=${1:?for which target, such as x86_64-unknown-linux-musl}
mkdir -p "${2:-dist}"
folder=$(cd "${2:-dist}" && pwd)
cd "$(dirname "$0")/.."

rustup target add "$target"
cargo build --profile published --locked --target "$target"
built=$(cargo metadata --format-version 1 --no-deps | sed 's/.*"target_directory":"\([^"]*\)".*/\1/')/$target/published

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
name=rolelean-$target
contents=$work/$name
mkdir -p "$contents/completions" "$contents/man"
cp README.md CHANGELOG.md LICENSE-APACHE LICENSE-MIT NOTICE "$contents"

case $target in
*-windows-*) program=rolelean.exe ;;
*) program=rolelean ;;
esac
cp "$built/$program" "$contents"

# Written by the program itself, so by one that runs here.
if "$contents/$program" --version >/dev/null 2>&1; then
    "$contents/$program" man --out "$contents/man"
    for shell in bash elvish fish powershell zsh; do
        "$contents/$program" completions "$shell" >"$contents/completions/rolelean.$shell"
    done
else
    rmdir "$contents/completions" "$contents/man"
fi

# The newer sha256sum is not on macOS, nor zip on Windows.
checksum() { if command -v sha256sum >/dev/null; then sha256sum "$1"; else shasum -a 256 "$1"; fi; }
cd "$work"
case $target in
*-windows-*)
    archive=$name.zip
    if command -v zip >/dev/null; then zip -qr "$folder/$archive" "$name"; else 7z a -bso0 "$folder/$archive" "$name"; fi
    ;;
*)
    archive=$name.tar.gz
    tar -czf "$folder/$archive" "$name"
    ;;
esac
cd "$folder"
checksum "$archive" >"$archive.sha256"
echo "$folder/$archive"
