"""The words and items after ``obavlja``, in; the functions of the unit that they speak of, out."""

from __future__ import annotations

from collections.abc import Sequence

from orgchart.rulebook import functions
from orgchart.rulebook.drafts import Draft, Said
from orgchart.rulebook.lists import FunctionList, Lists
from orgchart.rulebook.marks import Mark
from orgchart.rulebook.tokens import Word


class FunctionLists(Lists):
    """Beside the lists of units at most one list of functions is open."""

    def _read_functions(self, draft: Draft, said: Said, words: Sequence[Word], start: int, mark: Mark | None) -> None:
        text, open_list = functions.opening(said.block.text, words, start)
        if text:
            draft.functions += functions.split(text, self.lexicon)
            draft.function_places.append(said)
        if article := functions.reference(text):
            self.remarks.append((said.line, f"the functions of {draft.name} refer to article {article}"))
        at_home = draft.home is not None and draft.home.block is said.block
        self._function_list = FunctionList(draft, None, False, at_home) if open_list else None

    def function_item(self, said: Said, mark: Mark | None) -> bool:
        """Take an item as a function of the unit whose functions are being listed; False where none are."""
        if self._function_list is None:
            return False
        draft, style = self._function_list.draft, self._function_list.mark
        begun, at_home = self._function_list.begun, self._function_list.at_home
        restarts = mark is not None and style is not None and mark.style == style.style and not mark.follows(style)
        if begun and (restarts or (mark is None and style is not None)):
            self._function_list = None
            return False
        text = functions.tidy(said.text)
        if not text:
            return True
        draft.functions.append(text)
        draft.function_places.append(said)
        if at_home:
            draft.last_line = max(draft.last_line, said.end_line)
        for listed in self.lists:
            if listed.items and draft is listed.items[-1]:
                listed.last_block = self.block_number
        ended = said.text.endswith(".") and mark is None
        self._function_list = None if ended else FunctionList(draft, mark, True, at_home)
        return True

    @property
    def functions_open(self) -> bool:
        return self._function_list is not None

    def close_functions(self) -> None:
        self._function_list = None
