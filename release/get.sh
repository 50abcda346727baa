#!/usr/bin/env bash
# Gets the program of a release for this machine: release/get.sh ADDRESS FOLDER
#
# ADDRESS is where a release keeps its files, such as https://github.com/OWNER/rolelean/releases/download/v0.1.0.
# The program is put into FOLDER once its checksum has been found right.
set -euo pipefail
address=${1:?the address of a release}
folder=${2:?the folder to put the program into}

case $(uname -s) in
Linux) system=unknown-linux-musl ;;
Darwin) system=apple-darwin ;;
MINGW* | MSYS* | CYGWIN*) system=pc-windows-msvc ;;
*) echo "get.sh: there is no release for $(uname -s); build it with cargo" >&2 && exit 1 ;;
esac
case $(uname -m) in
x86_64 | amd64) processor=x86_64 ;;
aarch64 | arm64) processor=aarch64 ;;
*) echo "get.sh: there is no release for $(uname -m); build it with cargo" >&2 && exit 1 ;;
esac
name=rolelean-$processor-$system
if [ "$system" = pc-windows-msvc ]; then archive=$name.zip; else archive=$name.tar.gz; fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for file in "$archive" "$archive.sha256"; do
    curl --fail --silent --show-error --location --retry 3 --output "$work/$file" "$address/$file"
done
(
    cd "$work"
    if command -v sha256sum >/dev/null; then sha256sum --quiet --check "$archive.sha256"; else shasum -a 256 --check "$archive.sha256"; fi
    if [ "$system" = pc-windows-msvc ]; then unzip -q "$archive"; else tar -xzf "$archive"; fi
) >&2
mkdir -p "$folder"
cp "$work/$name"/rolelean* "$folder"
