"""A sentence that speaks of a whole, by its name or without, in; the unit of the text that it means, out."""

from __future__ import annotations

from orgchart.rulebook.drafts import Draft, Said
from orgchart.rulebook.function_lists import FunctionLists
from orgchart.rulebook.lists import Doubt
from orgchart.rulebook.mentions import Mention
from orgchart.rulebook.statements import Statement


class WholesOfText(FunctionLists):
    """Finds the whole of which a sentence speaks, and asks where that is a guess."""

    def _new_subject(self, unit: Mention, said: Said) -> Draft:
        """A unit of which no list has spoken: known by what it does."""
        if unit.bare:
            full = self.register.full_of(unit)
            if full is not None:
                draft = self.register.add(full)
            else:
                draft = self.register.add(unit)
                draft.placeholder = True
        else:
            draft = self.register.add(unit)
        if draft.number > 0 or self._in_another_body(draft):
            self._ask_parent(draft, said)
        draft.home = draft.home or said
        return draft

    def _ask_parent(self, draft: Draft, said: Said) -> None:
        """No list names this unit: stand it below the nearest larger unit of the text, and ask."""
        near = self.focus
        candidates = [near, *near.ancestors()] if near is not None else []
        above = next((other for other in candidates if other.rank < draft.rank), None)
        if above is None and draft.rank > 2:
            tops = [d for d in self.register.drafts if d.parent is None and d is not draft and d.rank < draft.rank]
            above = tops[0] if len(tops) == 1 else None
        if above is None and self.body_draft is not None and self.body_draft.rank <= draft.rank:
            above = self.body_draft if self.body_draft is not draft else None
        draft.parent = above
        self.ask(
            "a unit that no list names", said, draft,
            ("at the top", *(f"below {other.name}" for other in dict.fromkeys(candidates) if other is not None)),
            f"below {above.name}" if above is not None else "at the top",
        )  # fmt: skip

    def _parent_of(self, statement: Statement, said: Said) -> Draft | None:
        mention = statement.parent
        if mention is None:
            if not statement.said_parent and statement.rule != "establishment":
                return None
            return self._default_parent(said, statement)
        draft = self.register.resolve(mention, self.focus)
        if draft is not None and not mention.bare and mention.key[: len(draft.key)] == draft.key != mention.key:
            choices = (draft.name, mention.name)
            if self.lists and self.lists[-1].parent is draft and not self.lists[-1].items:
                self._named_at_last(draft, mention, said)  # only a heading named it so far
            self.ask("a whole named at more length than before", said, draft, choices, draft.name)
        if draft is None and self.body is not None and self.body.first and mention.short_of(self.body):
            draft = self._whole(self.body, said)
            self.ask("a whole named shortly", said, draft, (draft.name, mention.name), draft.name)
        if draft is None and (mention.bare or self.register.is_alias(mention)):
            full = self.register.full_of(mention)
            if full is not None and full.level == mention.level:
                draft = self._whole(full, said)
            elif self.body is not None and self.body.level == mention.level:
                draft = self._whole(self.body, said)
        if draft is not None:
            if draft.placeholder and not mention.bare:
                self._named_at_last(draft, mention, said)
            return draft
        waiting = next((d for d in self.register.drafts if d.placeholder and d.level == mention.level), None)
        if waiting is not None and not mention.bare:
            self._named_at_last(waiting, mention, said)
            return waiting
        return self._whole(mention, said)

    def _named_at_last(self, draft: Draft, mention: Mention, said: Said) -> None:
        """``Сектор обавља …`` had no name; the sentence that gives it belongs to its source."""
        self.register.rename(draft, mention)
        draft.last_line = max(draft.last_line, said.end_line)

    def _whole(self, mention: Mention, said: Said) -> Draft:
        known = self.register.known(mention.key)
        if known:
            return known[0]
        draft = self.register.add(mention)
        draft.home = said
        draft.placeholder = mention.bare
        if mention.bare:
            self.ask(
                "a whole named by its kind only", said, draft, ("its name stands elsewhere", mention.name), mention.name
            )
        elif any(self.register.stands_for_more(word) for word in mention.key[1:]):
            self.ask("a whole named by an abbreviation", said, draft, (draft.name, "its words in full"), draft.name)
        elif not mention.capital:
            self.ask(
                "a whole written small", said, draft, ("a unit of this name", "a word for any such body"), draft.name
            )
        if draft.number > 0 and self.body is not None and mention.key == self.body.key:
            self.body_draft = draft
        elif draft.number > 0 or self._in_another_body(draft):
            self._ask_parent(draft, said)
        return draft

    def _in_another_body(self, draft: Draft) -> bool:
        """Whether the first unit of the text is not the body that its title names, so that it stands in that body."""
        return self.body is not None and self.body.key != draft.key and self.body.noun.rank < draft.rank

    def _default_parent(self, said: Said, statement: Statement) -> Draft | None:
        """The whole of a sentence that names none: the unit just spoken of, or the body whose rulebook it is."""
        if statement.rule == "establishment":
            if self.body_draft is not None:
                return self.body_draft
            roots = [draft for draft in self.register.drafts if draft.parent is None]
            if len(roots) == 1 and self.introduced:
                return roots[0]
        elif statement.outside and self.focus is not None:
            above = [draft for draft in (self.focus, *self.focus.ancestors()) if draft.level not in statement.outside]
            if not above or above[-1].parent is not None:
                return self._body_of_all(said)
            if not any(draft.parent is above[-1] for draft in self.register.drafts):
                self._doubt_whole(above[-1])
            return above[-1]
        elif self._just_listed():
            whole = self.lists[-1].parent
            if whole is not None and whole.parent is not None:
                self._doubt_whole(whole)
            return whole
        elif self.focus is not None and self.focus.said and self.focus.said[-1].block.article == said.block.article:
            self._doubt_whole(self.focus)
            return self.focus
        return self._body_of_all(said)

    def _body_of_all(self, said: Said) -> Draft | None:
        """The body whose rulebook it is, where its title names one."""
        if self.body is None:
            return None
        draft = self.register.resolve(self.body, None) or self._whole(self.body, said)
        self.body_draft = draft
        return draft

    def _doubt_whole(self, whole: Draft) -> None:
        self.doubt_of_whole = Doubt("an introduction without its whole", (whole.name, "the whole body"), whole.name)

    def _just_listed(self) -> bool:
        """Whether the unit last spoken of was named in a list and no more: what follows belongs to the list's whole."""
        top = self.lists[-1] if self.lists else None
        return (
            top is not None and top.parent is not None and bool(top.items) and self.focus is top.items[-1]
            and not self.focus.functions and self.block_number - top.last_block <= 2
        )  # fmt: skip

    def _touch(self, draft: Draft, said: Said) -> None:
        if draft.home is None:
            draft.home = said
        draft.said.append(said)
        if draft.home is said or (draft.home is not None and draft.home.block is said.block):
            draft.last_line = max(draft.last_line, said.end_line)
