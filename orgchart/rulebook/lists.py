"""Names and their numbers, in; to which of the open lists each one belongs, and what was promised of them, out."""

from __future__ import annotations

from dataclasses import dataclass, field

from orgchart.rulebook.drafts import Draft, Question, Register, Said
from orgchart.rulebook.lexicon import Lexicon
from orgchart.rulebook.marks import Mark
from orgchart.rulebook.mentions import Mention


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why the place of a list's units is a guess: the question that each of them gets."""

    rule: str
    choices: tuple[str, ...]
    taken: str


@dataclass(slots=True, eq=False)
class OpenList:
    """A list of units that is being read: below which unit, with which marks, and what was promised of it.

    doubt: asked for each of its units; spaced: whether its items stand apart; ended: whether the last closed it;
    classed: whether classes stand among its items, ``2. управе:``.
    """

    parent: Draft | None
    said: Said | None
    strict: bool = False
    count: int | None = None
    items: list[Draft] = field(default_factory=list)
    mark: Mark | None = None
    last_block: int = -1
    closed: bool = False
    levels: frozenset[str] = frozenset()
    rule: str = ""
    missing: int = 0
    superseded: bool = False
    indent: int = 0
    goes_on: bool = False
    cases: frozenset[str] = frozenset()
    doubt: Doubt | None = None
    spaced: bool = False
    ended: bool = False
    classed: bool = False


@dataclass(frozen=True, slots=True)
class Unmet:
    """An introducing sentence without its units, or with another number of them than it says."""

    said: Said
    parent: Draft | None
    count: int | None
    found: int


@dataclass(frozen=True, slots=True)
class FunctionList:
    """Whose functions are being listed, with which mark the last stood, and whether this is where the unit is named."""

    draft: Draft
    mark: Mark | None
    begun: bool
    at_home: bool


def _place(parent: Draft | None) -> str:
    return "at the top" if parent is None else f"inside {parent.name}"


def _in_one_article(before: Said | None, here: Said | None) -> bool:
    return before is None or here is None or before.block.article == here.block.article


class Lists:
    """The lists that are open form a stack, the innermost last."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.register = Register()
        self.questions: list[Question] = []
        self.asked: set[int] = set()
        self.remarks: list[tuple[int, str]] = []
        self.lists: list[OpenList] = []
        self.done: list[OpenList] = []
        self.focus: Draft | None = None
        self.body: Mention | None = None
        self.body_draft: Draft | None = None
        self.block_number = 0
        self.indent = 0
        self.after_article = self.gap = False
        self._decimals: dict[tuple[int, ...], Draft] = {}
        self._function_list: FunctionList | None = None
        self.headings: list[tuple[Mention, Said, Mark | None, int]] = []
        self.introduced = 0
        self.doubt_of_whole: Doubt | None = None

    def _push(self, opened: OpenList) -> None:
        """Open a list below a unit; lists to which that unit does not belong are finished."""
        parent = opened.parent
        while self.lists:
            top = self.lists[-1]
            if not top.items and top.parent is parent:
                top.superseded = True
                opened.strict = opened.strict or top.strict
                opened.count = opened.count if opened.count is not None else top.count
            elif parent is not None and (parent in top.items or any(item in top.items for item in parent.ancestors())):
                break
            elif parent is None and top.items and opened.rule == "a numbered name":
                pass
            self.done.append(self.lists.pop())
        self.lists.append(opened)

    def _accepting(self, unit: Mention, mark: Mark | None) -> OpenList | None:
        """The open list of which the name is the next item."""
        if mark is not None and mark.style == "number." and len(mark.value) > 1:
            return self._decimal_list(mark)
        for depth in range(len(self.lists) - 1, -1, -1):
            listed = self.lists[depth]
            if not listed.items:
                if depth == len(self.lists) - 1 and not self._continues_below(mark, depth):
                    return listed
                continue
            if listed.closed and not (mark is not None and mark.value):
                continue
            if (mark is None or not mark.value) and self._stands_apart(listed, depth, mark):
                continue
            if mark is None or listed.mark is None:
                if mark is None and listed.mark is None and self._adjacent(listed):
                    return self._fitting(listed, depth, unit)
                continue
            if mark.follows(listed.mark):
                return self._fitting(listed, depth, unit) if not mark.value else self._cut_to(depth)
        return None

    def _stands_apart(self, listed: OpenList, depth: int, mark: Mark | None) -> bool:
        """Whether bullets of one sort stand further in or further out than this list's: a list of their own."""
        step = self.indent - listed.indent
        return abs(step) >= 2 and (step > 0 or any(other.items for other in self.lists[:depth]))

    def _continues_below(self, mark: Mark | None, depth: int) -> bool:
        """Whether a number goes on with an outer list, so that the list just opened stays without units."""
        if mark is None or mark.first:
            return False
        return any(
            listed.mark is not None and listed.mark.style == mark.style and mark.follows(listed.mark)
            and mark.value[-1] == listed.mark.value[-1] + 1
            for listed in self.lists[:depth] if listed.items
        )  # fmt: skip

    def _cut_to(self, depth: int) -> OpenList:
        """The list at that depth; one above it that still waits for its units makes a guess of what goes on below."""
        found = self.lists[depth]
        while len(self.lists) > depth + 1:
            passed = self.lists.pop()
            self.done.append(passed)
            if passed.strict and not passed.items:
                here, there = _place(found.parent), _place(passed.parent)
                found.doubt = Doubt("an item that goes on past an introduction", (here, there), here)
        return found

    def _fitting(self, listed: OpenList, depth: int, unit: Mention) -> OpenList:
        """Of two lists with the same bullets, the one that the name goes on with: the inner, unless that has ended.

        ``- Одељење А. У Одељењу А образују се: - Одсек 1; - Одсек 2. - Одељење Б``: the last is beside the first.
        """
        if depth == 0 or listed.goes_on or any(item.level == unit.level for item in listed.items):
            return self._cut_to(depth)
        other = self.lists[depth - 1]
        same = (other.mark is None) == (listed.mark is None) and (
            other.mark is None or listed.mark is None or other.mark.text == listed.mark.text
        )
        interrupted = (
            bool(other.items) and other.items[-1] is listed.parent and len(other.items) != other.count
            and _in_one_article(other.items[-1].home, listed.said)
        )  # fmt: skip
        larger = all(unit.noun.rank < item.rank for item in listed.items)
        if same and interrupted and larger and any(item.level == unit.level for item in other.items):
            said = listed.items[-1].home
            if said is not None:
                self.ask(
                    "two lists with the same bullets", said, None,
                    (f"{unit.name} in the outer list", f"{unit.name} in the inner list"), "in the outer list",
                )  # fmt: skip
            return self._cut_to(depth - 1)
        return self._cut_to(depth)

    def _decimal_list(self, mark: Mark) -> OpenList | None:
        """``1.2.1.`` stands below ``1.2.``; without one, in the list just opened or after ``1.2.0``."""
        parent = self._decimals.get(mark.value[:-1])
        for depth in range(len(self.lists) - 1, -1, -1):
            listed = self.lists[depth]
            follows = bool(listed.items) and listed.mark is not None and mark.follows(listed.mark)
            if follows and (parent is None or listed.parent is parent):
                return self._cut_to(depth)
        if parent is not None:
            opened = OpenList(parent, None, rule="a decimal number", last_block=self.block_number)
            self._push(opened)
            return opened
        if self.lists and not self.lists[-1].items:
            here = _place(self.lists[-1].parent)
            self.lists[-1].doubt = Doubt("a number without the one above it", (here, "inside another unit"), here)
            return self.lists[-1]
        return None

    def _adjacent(self, listed: OpenList) -> bool:
        """Whether nothing but the last item and its functions stands between that item and here."""
        return self.block_number - listed.last_block <= 1 and not (self.after_article and listed.items)

    def _is_heading(self, known: Draft, accepting: OpenList, mark: Mark | None) -> bool:
        """Whether a name that is known already only heads what follows, though a list is open."""
        if accepting.items:
            return known in accepting.items or (mark is None and accepting.closed)
        if known is accepting.parent:
            return True
        return not accepting.strict and known.parent is not None and known.parent is not accepting.parent

    def _nesting(self, unit: Mention, said: Said, mark: Mark | None) -> OpenList | None:
        """``1. Department …`` followed by ``a) Unit …``: a list inside the item above, by its numbering alone."""
        if not self.lists:
            return None
        top = self.lists[-1]
        if not top.items or (mark is not None and not mark.first):
            return None
        if mark is None and (top.mark is None or not self._adjacent(top)):
            return None
        if mark is None and unit.noun.rank <= top.items[-1].rank:
            return None  # without a number only a smaller kind can stand inside; another one heads what follows
        further_in = self.indent - top.indent >= 2
        if (
            mark is not None
            and top.mark is not None
            and mark.style == top.mark.style
            and (mark.value or not further_in)
        ):
            return None
        last = top.items[-1]
        same_kind = last.level == unit.level
        if mark is not None and top.mark is None and same_kind:
            # The first item lost its number: the rest goes on beside it.
            top.mark = mark
            top.doubt = Doubt(
                "an item without a number before numbered ones", ("beside them", "above them"), "beside them"
            )
            self.ask(top.doubt.rule, said, last, top.doubt.choices, top.doubt.taken)
            return top
        opened = OpenList(last, None, rule="numbering inside an item", last_block=self.block_number)
        if mark is None or unit.noun.rank <= last.rank or not self._directly_below(top):
            opened.doubt = Doubt(
                "a list inside an item, by its numbering alone",
                (f"inside {last.name}", f"beside {last.name}", "inside another unit"), f"inside {last.name}",
            )  # fmt: skip
        self.lists.append(opened)
        return opened

    def _directly_below(self, listed: OpenList) -> bool:
        """Whether an item of the list stands right above: no article, and no more space than between its items."""
        if self.after_article or listed.ended or not self._adjacent(listed):
            return False
        return not self.gap or listed.spaced

    def _goes_on(self, listed: OpenList, said: Said, draft: Draft, mark: Mark | None) -> None:
        """Add the unit to the list; ask where the list had ended, or where a number or the space is not as before."""
        doubt = listed.doubt
        if listed.items and doubt is None and listed.last_block != self.block_number:
            next_number = mark is not None and mark.value and listed.mark is not None and mark.next_to(listed.mark)
            apart = (self.gap and not listed.spaced) or self.after_article
            if (listed.ended and apart) or (not next_number and (apart or (mark is not None and bool(mark.value)))):
                here = _place(listed.parent)
                doubt = Doubt("an item that goes on with a list after a break", (here, "inside another unit"), here)
                listed.doubt = doubt if apart else None
        away = (
            self.after_article and listed.last_block != self.block_number
        ) or self.block_number - listed.last_block > 1
        if not listed.items and listed.said is not None and away and not (mark is not None and mark.first):
            here = _place(listed.parent)
            doubt = Doubt("an item away from its introduction", (here, "inside another unit"), here)
        if mark is not None and mark.value:
            self._numbers_left_out(listed, draft, mark)
        if doubt is not None:
            self.ask(doubt.rule, said, draft, doubt.choices, doubt.taken)
        listed.spaced = self.gap
        listed.items.append(draft)

    def _numbers_left_out(self, listed: OpenList, item: Draft, mark: Mark) -> None:
        """``1. … 3. …``: what stands between may belong to the unit that is left out."""
        before = listed.mark is not None and listed.mark.style == mark.style and bool(listed.items)
        expected = listed.mark.value[-1] + 1 if before and listed.mark is not None else 1
        if mark.value[-1] == expected:
            return
        since = listed.items[-1].number + 1 if before else 0 if listed.parent is None else listed.parent.number + 1
        for draft in self.register.drafts[since:]:
            if (
                draft is not item
                and draft.number not in self.asked
                and draft.parent is not None
                and draft.home is not None
            ):
                here = _place(draft.parent)
                self.ask("a number that is left out", draft.home, draft, (here, "inside the unit left out"), here)

    def _list_of_item(self, mark: Mark) -> OpenList | None:
        """The list that an item without a known kind goes on with, where nothing else stands between."""
        for depth in range(len(self.lists) - 1, -1, -1):
            listed = self.lists[depth]
            if not listed.items:
                if listed.strict and self.block_number - listed.last_block <= 1:
                    return listed
                continue
            near = 40 if mark.value else 1
            newest = max(each.last_block for each in self.lists)
            if listed.mark is not None and mark.follows(listed.mark) and self.block_number - newest <= near:
                if not mark.value and self._stands_apart(listed, depth, mark):
                    continue
                return self._cut_to(depth)
        return None

    def ask(self, rule: str, said: Said, draft: Draft | None, choices: tuple[str, ...], taken: str) -> None:
        number = None if draft is None else draft.number
        if number is not None:
            self.asked.add(number)
        self.questions.append(Question(rule, said.text[:300], choices, taken, said.line, number))

    def ask_about_roots(self) -> None:
        """Where one unit stands at the top by a guess, the others that stand there may belong into it or beside it."""
        roots = [draft for draft in self.register.drafts if draft.parent is None and draft.home is not None]
        if not any(draft.number in self.asked for draft in roots):
            return
        for draft in roots:
            if draft.number not in self.asked and draft.home is not None and len(roots) > 1:
                self.ask("one of several units at the top", draft.home, draft, ("at the top", "inside another unit"),
                         "at the top")  # fmt: skip

    def finish(self) -> list[Unmet]:
        """Close all lists; the introductions that their units do not meet."""
        self.done += self.lists
        self.lists = []
        unmet = []
        for listed in self.done:
            if listed.said is None or listed.superseded:
                continue
            found = len(listed.items) + listed.missing
            if (listed.strict and not found) or (listed.count is not None and listed.count != found and found):
                unmet.append(Unmet(listed.said, listed.parent, listed.count, found))
        return unmet
