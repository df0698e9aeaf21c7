#!/bin/sh
# Make .venv with the pinned packages of the lock file named and orgchart itself, and see that cairo is there.
# usage: tools/setup.sh LOCKFILE
set -eu
cd "$(dirname "$0")/.."
lock=$1
python=${PYTHON:-python3}
venv=.venv

say() { printf '%s\n' "$*" >&2; }

is_root() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; }

# Install a Debian package where this user can; else say the command and stop.
need_package() {
    if is_root; then
        say "installing $1 …"
        apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$1" >/dev/null
    else
        say "orgchart needs $2, which is not on this machine. Install it and run make again:"
        say "    Debian, Ubuntu:  sudo apt-get install $1"
        [ -z "${3:-}" ] || say "    Fedora:          sudo dnf install $3"
        [ -z "${4:-}" ] || say "    macOS:           brew install $4"
        exit 1
    fi
}

if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    say "orgchart needs Python 3.11 or newer as $python; install it, or name it: make PYTHON=python3.12 …"
    exit 1
fi
if [ ! -x "$venv/bin/python" ]; then
    "$python" -c 'import ensurepip' 2>/dev/null || need_package python3-venv "Python's venv"
    "$python" -m venv "$venv"
fi
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r "$lock"
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
"$venv/bin/python" -c 'import cairocffi' 2>/dev/null || need_package libcairo2 "the library cairo" cairo cairo
"$venv/bin/python" -c 'import cairocffi'
