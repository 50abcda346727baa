# For the scripts beside this one, which get what they need. A tool that can be neither found nor installed is a
# failure, never a reason to pass over its tests.

# provide PACKAGE...: installs them.
provide() {
    if ! command -v apt-get >/dev/null; then
        echo "$0: there is no apt-get to install $*" >&2
        exit 1
    fi
    local root=()
    [ "$(id -u)" -eq 0 ] || root=(sudo)
    "${root[@]}" apt-get update --quiet
    DEBIAN_FRONTEND=noninteractive "${root[@]}" apt-get install --quiet --yes --no-install-recommends "$@"
}

# need COMMAND PACKAGE...: installs the packages where there is no such command.
need() {
    local command=$1
    shift
    if ! command -v "$command" >/dev/null; then
        provide "$@"
        command -v "$command" >/dev/null
    fi
}

# environment FOLDER: makes a fresh environment for Python's packages. Debian's Python needs a package for that.
environment() {
    need python3 python3
    python3 -m venv "$1" || {
        provide python3-venv
        python3 -m venv --clear "$1"
    }
}
