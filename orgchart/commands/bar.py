"""How many there are to do and when one is done, in; a bar on a terminal, out."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID


class Bar:
    """How many are done, on a terminal; nothing elsewhere. It is hidden while a line is printed."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._progress: Progress | None = None
        self._task: TaskID | None = None

    def begin(self, total: int) -> None:
        # Where there is nothing to draw rich is not loaded, which takes a tenth of a second.
        if not total or sys.stderr is None or not sys.stderr.isatty():
            return
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

        columns = (TextColumn(self._what), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        console = Console(stderr=True)
        self._progress = Progress(
            *columns, console=console, transient=True, redirect_stdout=False, redirect_stderr=False
        )
        self._task = self._progress.add_task(self._what, total=total)

    @property
    def is_shown(self) -> bool:
        return self._progress is not None

    def advance(self) -> None:
        if self._progress is not None and self._task is not None:
            self._progress.advance(self._task)

    def show(self) -> None:
        if self._progress is not None:
            self._progress.start()

    def hide(self) -> None:
        if self._progress is not None:
            self._progress.stop()
