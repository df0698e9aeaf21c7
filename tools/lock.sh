#!/bin/sh
# Write requirements.lock (what drawing takes), requirements-dev.lock (what testing takes too) and requirements-assure.lock
# (what fuzzing and mutating take beside those) anew from the ranges in pyproject.toml, for every platform, with hashes.
# Needs uv.
set -eu
cd "$(dirname "$0")/.."
lock() {
    uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header \
        --no-emit-index-url --no-emit-find-links --upgrade pyproject.toml "$@"
}
lock --extra setup --extra read --extra office --extra exchange --extra watch --output-file requirements.lock
lock --extra setup --extra read --extra office --extra exchange --extra watch --extra dev --constraint requirements.lock --output-file requirements-dev.lock
lock --extra setup --extra read --extra office --extra exchange --extra watch --extra dev --extra dask --extra assure --constraint requirements-dev.lock --output-file requirements-assure.lock
