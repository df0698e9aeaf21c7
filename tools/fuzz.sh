#!/bin/sh
# Seconds for each target (300 where none are given) and targets (all), in; a line for each, findings in a folder, out.
# tools/fuzz.sh 300 units docx
set -u
cd "$(dirname "$0")/.." || exit 2
python=${PYTHON:-.venv/bin/python}
seconds=${1:-300}
[ $# -gt 0 ] && shift
ended=0
for target in ${*:-units style rulebook docx odt csv project tree markup json}; do
	"$python" benchmarks/fuzz/run.py "$target" --seconds "$seconds" --findings "${FINDINGS:-findings}" || ended=1
done
exit "$ended"
