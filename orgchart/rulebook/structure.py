"""What the sentences say, one after the other, in; the tree of units, and what is unsure or unmet in it, out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from orgchart.rulebook.drafts import Draft, Said
from orgchart.rulebook.inflection import nominative_words
from orgchart.rulebook.lexicon import Form, Noun, fold
from orgchart.rulebook.lists import Doubt, OpenList
from orgchart.rulebook.marks import Mark
from orgchart.rulebook.mentions import Mention
from orgchart.rulebook.statements import Statement
from orgchart.rulebook.tokens import Word
from orgchart.rulebook.wholes_of_text import WholesOfText


class Structure(WholesOfText):
    """Takes statements in the order of the text. The lists that are open form a stack, the innermost last."""

    # What a statement does -------------------------------------------------------------------------------------

    def take(self, statement: Statement, said: Said, words: Sequence[Word], mark: Mark | None) -> Draft | None:
        """Take in one statement; the unit that it is about."""
        if statement.rule in ("introduction", "introduction without a verb", "establishment", "units inside an item"):
            return self._introduction(statement, said)
        if statement.rule == "classes among items":
            return self._classes_among_items(statement, said, mark)
        unit = statement.unit
        assert unit is not None
        if statement.rule == "item":
            return self._named(unit, said, mark)
        if statement.rule == "item written small":
            return self._written_small(unit, said, mark)
        if statement.rule == "item in another case":
            return self._in_another_case(unit, said, mark)
        if statement.rule == "further item":
            return self._further(unit, said)
        return self._delegation(statement, said, words, mark)

    def _written_small(self, unit: Mention, said: Said, mark: Mark | None) -> Draft | None:
        """A unit only where a list of units waits for its items or has such ones; else a function."""
        accepting = self._accepting(unit, mark)
        if accepting is None or not (accepting.strict or accepting.items):
            return None
        draft = self._settled(self._child(accepting.parent, unit, said, mark, accepting))
        self.ask("a unit written small", said, draft, ("a unit", "a function"), "a unit")
        return draft

    def _classes_among_items(self, statement: Statement, said: Said, mark: Mark | None) -> Draft | None:
        """``2. управе:`` opens no list of its own: what follows goes on with the list that is open."""
        if not self.lists or mark is None:
            return self._introduction(replace(statement, rule="introduction", expects=True, said_parent=False), said)
        outer = next((listed for listed in self.lists if not listed.items or listed.classed), self.lists[-1])
        outer.classed = True
        outer.last_block = self.block_number
        while self.lists[-1] is not outer:
            self.done.append(self.lists.pop())
        if outer.parent is not None:
            self._decimals[mark.value] = outer.parent
        return None

    def _in_another_case(self, unit: Mention, said: Said, mark: Mark | None) -> Draft | None:
        """``2. Управу полиције`` in a list of accusatives; among nominatives ``9. Подручне управе`` is a plural."""
        accepting = self._accepting(unit, mark)
        if accepting is None:
            return None
        if unit.form.plural and accepting.cases and not accepting.cases & unit.form.cases:
            self._collective(accepting, said, mark)
            return None
        return self._settled(self._child(accepting.parent, unit, said, mark, accepting))

    def _collective(self, listed: OpenList, said: Said, mark: Mark | None) -> None:
        """``Филијале``: several units in one word. None of them is made of it; a person says which they are."""
        listed.missing += 1
        listed.mark = mark if mark is not None else listed.mark
        listed.last_block = self.block_number
        words = said.text.rstrip(" ;,.")
        self.ask("a plural among units", said, listed.parent, ("no unit of its own", f"the units that make up {words}"),
                 "no unit of its own")  # fmt: skip

    def _delegation(self, statement: Statement, said: Said, words: Sequence[Word], mark: Mark | None) -> Draft | None:
        unit = statement.unit
        assert unit is not None
        draft = None
        if statement.rule == "delegation":
            placed = mark is None and any(known.placed for known in self.register.known(unit.key))
            accepting = self._accepting(unit, mark) if not unit.bare and not placed else None
            if accepting is not None and (mark is not None or not accepting.items or self._adjacent(accepting)):
                draft = self._child(accepting.parent, unit, said, mark, accepting)
        if draft is None:
            draft = self.register.resolve(unit, self.focus)
        if draft is None and mark is not None and not unit.bare:
            draft = self._named(unit, said, mark)
        if draft is None:
            draft = self._new_subject(unit, said)
        self._touch(draft, said)
        self.focus = draft
        self._read_functions(draft, said, words, statement.functions_from or 0, mark)
        return draft

    def _introduction(self, statement: Statement, said: Said) -> Draft | None:
        self.doubt_of_whole = None
        parent = self._parent_of(statement, said)
        if parent is not None and parent.placeholder and parent.number in self.asked:
            self._doubt_whole(parent)
        if parent is None:
            self.doubt_of_whole = Doubt("an introduction without its whole", ("at the top", "in a body that the "
                                        "text does not name"), "at the top")  # fmt: skip
        if parent is not None:
            self._touch(parent, said)
        self._function_list = None
        self.introduced += 1
        opened = OpenList(
            parent, said, statement.strict, statement.count, levels=statement.levels, rule=statement.rule,
            last_block=self.block_number, doubt=self.doubt_of_whole,
        )  # fmt: skip
        if statement.rule != "establishment" or not self._accepts_established(parent):
            self._push(opened)
        target = (
            self.lists[-1] if self.lists and statement.rule == "establishment" and opened not in self.lists else opened
        )
        last: Draft | None = None
        for child in statement.children:
            above = parent
            if parent is not None and child.mention.key == parent.key:
                continue  # Градска управа образује се као јединствен орган
            if child.inside is not None:
                above = self.register.resolve(child.inside, self.focus) or self.register.add(child.inside)
                if above.home is None:
                    above.home = said
                    above.parent = above.parent or (parent if above is not parent else None)
            last = self._child(above, child.mention, said, child.mark, target if above is parent else None)
        if statement.expects and parent is not None:
            self.focus = parent
        elif last is not None and statement.rule == "establishment":
            self.focus = last
        return parent

    def _accepts_established(self, parent: Draft | None) -> bool:
        return bool(self.lists) and self.lists[-1].parent is parent and not self.lists[-1].strict

    def _named(self, unit: Mention, said: Said, mark: Mark | None) -> Draft | None:
        """A name that stands alone: an item of a list that is open, or the heading over what follows."""
        if unit.bare and (mark is None or (unit.nominative and not mark.value)):
            return None
        if (counted := self._row_of_posts(unit)) is not None:
            return self._settled(counted)
        if self.body is not None and unit.key == self.body.key and self.body_draft is not None:
            return self._settled(self.body_draft)  # the body's own name, above what follows
        accepting = self._accepting(unit, mark)
        known = self.register.resolve(unit, self.focus)
        exact = known is not None and known.key == unit.key
        if accepting is not None and not (exact and known is not None and self._is_heading(known, accepting, mark)):
            return self._settled(self._child(accepting.parent, unit, said, mark, accepting))
        if known is not None and exact:
            self._touch(known, said)
            self._function_list = None
            self.focus = known
            return known
        nested = self._nesting(unit, said, mark)
        if nested is not None:
            return self._settled(self._child(nested.parent, unit, said, mark, nested))
        if mark is not None and mark.value:
            opened = OpenList(self._context(unit), None, rule="a numbered name", last_block=self.block_number)
            above = "at the top" if opened.parent is None else f"below {opened.parent.name}"
            opened.doubt = Doubt(
                "a numbered name that no sentence introduces",
                (f"a unit, {above}", "a unit elsewhere", "a heading only"), f"a unit, {above}",
            )  # fmt: skip
            self._push(opened)
            return self._settled(self._child(opened.parent, unit, said, mark, opened))
        self.register.note(unit)
        self.headings.append((unit, said, mark, self.block_number))
        self._function_list = None
        return None

    def _row_of_posts(self, unit: Mention) -> Draft | None:
        """``Кабинет министра 4`` below the list of units: the unit again, with the number of its posts."""
        known = self.register.known(unit.key[:-1]) if unit.key[-1].isdigit() else []
        return known[0] if known else None

    def _settled(self, draft: Draft) -> Draft:
        self.focus = draft
        self._function_list = None
        return draft

    def _context(self, unit: Mention) -> Draft | None:
        if self.body_draft is not None:
            return self.body_draft
        near = [self.focus, *self.focus.ancestors()] if self.focus is not None else []
        return next((draft for draft in near if draft is not None and draft.rank < unit.noun.rank), None)

    def _further(self, unit: Mention, said: Said) -> Draft | None:
        """The second name of an item that holds several."""
        if not self.lists or not self.lists[-1].items:
            return None
        top = self.lists[-1]
        draft = self._child(top.parent, unit, said, None, top)
        top.mark = top.mark
        return draft

    def _child(
        self, parent: Draft | None, unit: Mention, said: Said, mark: Mark | None, listed: OpenList | None
    ) -> Draft:
        """The unit as a part of the parent: a known one gets its place, another one of the name is a new one."""
        draft = self._existing_child(parent, unit, said)
        if draft is None:
            draft = self.register.add(unit)
        draft.parent = parent if parent is not draft else draft.parent
        draft.placed = True
        draft.mark = draft.mark or mark
        draft.abbreviation = draft.abbreviation or unit.abbreviation
        draft.staff = draft.staff if draft.staff is not None else unit.staff
        draft.home = said
        self._touch(draft, said)
        if unit.doubt:
            self.ask("a dash inside a name", said, draft, ("part of the name", "its description"), "part of the name")
        if mark is not None and mark.style == "number.":
            if len(mark.value) == 1 and mark.first:
                self._decimals.clear()
            self._decimals[mark.value] = draft
        if listed is not None:
            if draft not in listed.items:
                self._goes_on(listed, said, draft, mark)
            listed.mark = mark if mark is not None else listed.mark
            listed.cases = listed.cases or unit.form.cases
            listed.last_block = self.block_number
            listed.indent = self.indent
            listed.goes_on = said.text.endswith((";", ","))
            listed.ended = said.text.endswith(".")
            listed.closed = said.text.endswith(".") and mark is None
        return draft

    def _existing_child(self, parent: Draft | None, unit: Mention, said: Said) -> Draft | None:
        above = [] if parent is None else [parent, *parent.ancestors()]
        for draft in self.register.known(unit.key):
            if draft in above:
                continue
            if draft.parent is parent:
                return draft
            if draft.parent is None and not draft.placed:
                return draft
            if not draft.placed:
                return draft
            if draft.parent in above:
                self.ask(
                    "a unit named below two wholes", said, draft,
                    tuple(f"below {other.name}" for other in (draft.parent, parent) if other is not None),
                    f"below {parent.name}" if parent is not None else "at the top",
                )  # fmt: skip
                return draft
        return None

    def unknown_item(self, said: Said, mark: Mark | None) -> None:
        """An item of a list of units that names no known kind: a post, which is said, or a unit that is asked about."""
        top = None if mark is None else self._list_of_item(mark)
        text = re.sub(r"(?:\s(?:i|и|te|те|and))?[\s;,.]*$", "", said.text)
        words = re.findall(r"[^\W\d_]+", text)
        if mark is None or top is None or not words or not words[0][:1].isupper() or len(words) > 14:
            return
        if any(fold(word) in self.lexicon.posts for word in words[:4]) or fold(words[0]) in self.lexicon.open:
            self.remarks.append((said.line, f"an item that names a post and no unit: {text}"))
            top.missing += 1
            top.mark = mark
            return
        kind = self._kind_in(words)
        if kind is not None and kind.plural and "nominative" not in kind.cases:
            self._collective(top, said, mark)
            return
        oblique = top.cases and "nominative" not in top.cases
        text = nominative_words(text) if oblique else text
        words = re.findall(r"[^\W\d_]+", text)
        noun = Noun("unit", 7, words[0], words[0], words[0], "") if kind is None else kind.noun
        form = Form(noun, top.cases or frozenset({"nominative"}), False)
        key = tuple(map(fold, words))
        unit = Mention(0, 0, len(words), form, noun, text, key, False, True, True)
        draft = self._child(top.parent, unit, said, mark, top)
        self.ask("an item of no known kind", said, draft, ("a unit", "no unit"), f"a unit of the level {draft.level}")

    def _kind_in(self, words: Sequence[str]) -> Form | None:
        """``Филијале``, ``Подручни уреди``, ``Национални тренинг центар``: the kind noun that an item begins with."""
        for place, word in enumerate(words[:4]):
            form = self.lexicon.forms.get(fold(word))
            if form is not None:
                return form if form.nominative or form.plural else None
            if (word[:1].isupper() and place) or (place == 0 and not fold(word).endswith(("e", "i", "a"))):
                return None  # no adjective: Део предузећа
        return None

    # Bookkeeping -----------------------------------------------------------------------------------------------
