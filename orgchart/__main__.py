"""Command-line words, in; the command line's work, out: `python -m orgchart`."""

from orgchart.cli import run

if __name__ == "__main__":
    run()
