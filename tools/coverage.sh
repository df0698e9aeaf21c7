#!/bin/sh
# Run all tests, and see that they reach 95 % of all statements and branches, and all of what reads, checks, escapes, limits
# and writes. usage: tools/coverage.sh [arguments of pytest]
set -eu
cd "$(dirname "$0")/.."
python=${PYTHON:-.venv/bin/python}
strict="orgchart/strict_json.py orgchart/encodings.py orgchart/names.py orgchart/units.py orgchart/unit_fields.py
orgchart/unit_checks.py orgchart/style_keys.py orgchart/style_files.py orgchart/toml_keys.py orgchart/toml_files.py
orgchart/limits.py orgchart/given.py orgchart/limited.py orgchart/packages.py orgchart/layout/engine_process.py orgchart/write.py
orgchart/documents/saving.py orgchart/documents/harmless.py orgchart/formats/escape.py orgchart/unit_url.py"

rm -f .coverage .coverage.*
failed=0
"$python" -m pytest -n auto --cov --cov-report= "$@" || failed=1
"$python" -m coverage report --skip-covered --fail-under=95 || failed=1
"$python" -m coverage report --show-missing --fail-under=100 --include="$(echo $strict | tr ' ' ,)" || failed=1
exit $failed
