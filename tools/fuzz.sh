#!/bin/sh
# Seconds for each target (300 where none are given), in; a line for each, findings in the folder findings, out.
set -u
cd "$(dirname "$0")/.." || exit 2
python=${PYTHON:-.venv/bin/python}
ended=0
for target in units json style project rulebook csv tree docx odt markup; do
	"$python" benchmarks/fuzz/run.py "$target" --seconds "${1:-300}" --findings "${FINDINGS:-findings}" || ended=1
done
exit "$ended"
