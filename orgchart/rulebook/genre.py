"""The paragraphs of a text, in; what kind of text it is, its title and the body whose rulebook it is, out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from orgchart.rulebook.lexicon import Lexicon
from orgchart.rulebook.mentions import Mention, find_mentions
from orgchart.rulebook.places import Block
from orgchart.rulebook.tokens import Word, words_of

_HEAD: Final = 40  # blocks in which a title may stand
_LETTERHEAD: Final = 6  # blocks above the title in which the body may stand
_BODY_RANK: Final = 2
_QUOTES: Final = '„“”"»«'
_AMENDING: Final = re.compile(
    r"(?:dodaj[eu] se|bri[sš][eu] se|m(?:ij)?enjaj?[eu] se i glas[ei]|zamj?enjuju se r(?:ij)?ečima|ko[jl][ia] glasi|"
    r"додај[еу] се|бриш[еу] се|м(?:иј)?ењај?[еу] се и глас[еи]|замј?ењују се р(?:иј)?ечима|кој[иа] гласи)",
    re.IGNORECASE,
)
_CONSOLIDATED: Final = re.compile(r"prečišćen|пречишћен|precisc|consolidated", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Genre:
    """kind: rulebook, amendment, posts, kinds or other; remedy: what to do about one that is no rulebook."""

    kind: str
    remedy: str = ""

    @property
    def is_rulebook(self) -> bool:
        return self.kind == "rulebook"


RULEBOOK: Final = Genre("rulebook")
AMENDMENT: Final = Genre(
    "amendment",
    "this text changes another one and does not say which units there are; "
    "read the consolidated text (prečišćen tekst) instead",
)
POSTS: Final = Genre(
    "table of posts",
    "this text lists posts (radna mesta), not units; "
    "read the part of the rulebook on internal organisation (unutrašnje uređenje)",
)
KINDS: Final = Genre(
    "rules on kinds of units",
    "this text says which kinds of units there may be and names none; read the rulebook of the body itself",
)
OTHER: Final = Genre(
    "other", "no sentence here says which units there are; see docs/reading.md for the sentences that are understood"
)


def recognise(blocks: Sequence[Block], lexicon: Lexicon) -> Genre:
    """What kind of text this is, before it is read. The consolidated text of an amended rulebook is a rulebook."""
    head = " ".join(block.text for block in blocks[:_HEAD])[:6000]
    title = title_of(blocks, lexicon) or ""
    keys = [word.key for word in words_of(title)]
    named = any(key.startswith(stem) for key in keys for stem in lexicon.genre["amendment"])
    consolidated = bool(_CONSOLIDATED.search(head))
    changes = sum(1 for block in blocks[:3000] if _AMENDING.search(block.text))
    if named and not consolidated and (changes or len(blocks) < 30):
        return AMENDMENT
    if changes >= 3 and changes * 4 > len(blocks) and not consolidated:
        return AMENDMENT
    return RULEBOOK


def nothing_found(blocks: Sequence[Block], lexicon: Lexicon) -> Genre:
    """Why a text gave no unit."""
    posts = kinds = 0
    for block in blocks[:5000]:
        keys = [word.key for word in words_of(block.text[:2000])]
        posts += sum(key in lexicon.genre["posts"] for key in keys) >= 2
        kinds += any(lexicon.is_class(key) for key in keys)
    if posts >= 3 and posts >= kinds:
        return POSTS
    return KINDS if kinds >= 2 else OTHER


def title_of(blocks: Sequence[Block], lexicon: Lexicon) -> str | None:
    """The title of the text: the paragraph that opens with ``Правилник`` and what belongs to it."""
    for place, block in enumerate(blocks[:_HEAD]):
        words = words_of(block.text[:300])
        first = next((word for word in words if word.is_word), None)
        if block.article is not None:
            break
        if first is None or not any(first.key.startswith(stem) for stem in lexicon.genre["rulebook"]):
            continue
        text = block.text
        for after in blocks[place + 1 : place + 4]:
            opens = words_of(after.text[:80])
            if (
                after.text.endswith((":", ";"))
                or after.mark is not None
                or (len(opens) > 1 and opens[0].text == "I" and opens[1].text == ".")
            ):
                break  # a sentence that begins with "U", and no more of the title
            if after.article is None and opens and opens[0].key in ("o", "u", "on", "i") and len(text) < 300:
                text += " " + after.text
            else:
                break
        if 10 <= len(text) <= 600 and not text.rstrip().endswith((":", ";")) and len(text.split()) > 2:
            return text
    return None


def body_of(blocks: Sequence[Block], lexicon: Lexicon) -> Mention | None:
    """The body whose rulebook it is: named in the title, ``… радних места у Министарству културе``, or by the line that
    stands above all: ``УПРАВА ЗА ТРЕЗОР``."""
    title = title_of(blocks, lexicon)
    if title is not None:
        mentions = find_mentions(words_of(title), lexicon)
        usable = [m for m in mentions if not m.bare and m.noun.rank <= 3 and m.first > 0]
        named = usable[0] if usable else _enterprise(words_of(title), lexicon)
        if named is not None:
            return named
    return _letterhead(blocks, lexicon)


def _letterhead(blocks: Sequence[Block], lexicon: Lexicon) -> Mention | None:
    for block in blocks[:_LETTERHEAD]:
        if block.article is not None or block.mark is not None:
            return None
        words = words_of(block.text[:200])
        mentions = find_mentions(words, lexicon)
        if mentions and mentions[0].noun.rank <= _BODY_RANK and not mentions[0].bare and mentions[0].nominative:
            rest = words[: mentions[0].first] + words[mentions[0].last :]
            kinds = sum(word.key in lexicon.forms or lexicon.is_class(word.key) for word in words)
            if kinds == 1 and not any(word.is_word for word in rest):
                return mentions[0]
    return None


def _enterprise(words: Sequence[Word], lexicon: Lexicon) -> Mention | None:
    """``… ПОСЛОВА У ЈП "ПУТЕВИ"``: a legal form and a proper name, to the closing quotation mark or the end."""
    form = next((form for form in lexicon.forms.values() if form.noun.level == "enterprise" and form.noun.gender), None)
    for place, word in enumerate(words[:-1]):
        if form is None or word.key not in lexicon.enterprise or not word.text.isupper():
            continue
        quoted = words[place + 1].text in _QUOTES
        closing = (
            n for n in range(place + 2, len(words)) if words[n].text in (_QUOTES if quoted else _QUOTES + ",.;(")
        )
        end = next(closing, len(words) - quoted)
        named = words[place : end + quoted]
        name = "".join((" " if n and named[n - 1].end < each.start else "") + each.text for n, each in enumerate(named))
        key = tuple(each.key for each in named if each.is_word)
        return Mention(place, place, end, form, form.noun, name, key, False, True, True) if len(key) > 1 else None
    return None
