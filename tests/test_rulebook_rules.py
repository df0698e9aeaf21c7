"""The grammar, rule by rule: one sentence, and what it says."""

from __future__ import annotations

import pytest

from orgchart.rulebook.casing import Casing
from orgchart.rulebook.command import read_text
from orgchart.rulebook.grammar import RULES, read_sentence
from orgchart.rulebook.lexicon import fold, load_lexicon
from orgchart.rulebook.marks import Mark, read_article, read_mark
from orgchart.rulebook.mentions import find_mentions
from orgchart.rulebook.tokens import items_inside, words_of
from orgchart.script import to_latin
from orgchart.words import level_word

LEXICON = load_lexicon()


def names_in(text: str) -> list[str]:
    return [mention.name for mention in find_mentions(words_of(text), LEXICON)]


@pytest.mark.parametrize(
    ("text", "rule", "name"),
    [
        ("Сектор за буџет обавља послове који се односе на:", "delegation", "Сектор за буџет"),
        ("Grupa za regionalne poslove II- obavlja poslove;", "delegation", "Grupa za regionalne poslove II"),
        (
            "У Секретаријату Министарства обављају се послови планирања.",
            "delegation inside",
            "Секретаријат Министарства",
        ),
        ("Odsek za putne isprave;", "item", "Odsek za putne isprave"),
    ],
)
def test_a_sentence_speaks_of_one_unit(text: str, rule: str, name: str) -> None:
    said = read_sentence(words_of(text), None, True, LEXICON)
    assert [(one.rule, one.unit and one.unit.name) for one in said] == [(rule, name)]


@pytest.mark.parametrize(
    ("text", "parent"),
    [
        ("У Сектору за буџет образују се следеће уже унутрашње јединице:", "Сектор за буџет"),
        ("У Сектору за буџет су образоване следеће јединице:", "Сектор за буџет"),
        ("Уже унутрашње јединице у Сектору за буџет:", "Сектор за буџет"),
        ("Кабинет министра у свом саставу има:", "Кабинет министра"),
        ("Сектор за буџет чине:", "Сектор за буџет"),
        ("Sedištu Direkcije za puteve čine sledeće organizacione jedinice:", "Direkcija za puteve"),
        ("U Službi za budžet nalaze se sledeći odseci:", "Služba za budžet"),
        ("Министарство просвете дели се на пет одељења:", "Министарство просвете"),
        ("Организационе јединице Завода за статистику су:", "Завод за статистику"),
        ("У саставу Секретаријата Министарства су:", "Секретаријат Министарства"),
        ("У Општем одељењу формиране су уже јединице:", "Опште одељење"),
        ("The Sector for Roads consists of the following units:", "Sector for Roads"),
        (
            "The following internal units are being formed in the Secretariat of the Ministry:",
            "Secretariat of the Ministry",
        ),
        ("У Министарству правде за обављање послова из његовог делокруга образују се јединице:", "Министарство правде"),
        ("Preduzeće obavlja delatnost preko sledećih organizacionih celina:", "Preduzeće"),
        ("Poslovi iz djelokruga Ministarstva vrše se u okviru:", "Ministarstvo"),
        ("U Ministarstvu ekonomije, organizacione jedinice su:", "Ministarstvo ekonomije"),
        ("The Ministry of Finance is made up of the following sectors:", "Ministry of Finance"),
        ("За обављање послова из делокруга Министарства образују се:", "Министарство"),
        ("Наставно-научне организационе јединице Филозофског факултета су:", "Филозофски факултет"),
        ("Послове из делокруга Казненог завода врше следеће службе:", "Казнени завод"),
        ("У Вишем суду у Нишу послови се обављају у следећим јединицама:", "Виши суд у Нишу"),
        ("In the Administration of the City of Nis the following sectors are established:",
         "Administration of the City of Nis"),
    ],
)  # fmt: skip
def test_an_introduction_names_the_whole_and_waits_for_its_units(text: str, parent: str) -> None:
    (said,) = read_sentence(words_of(text), None, True, LEXICON)
    assert said.parent is not None
    assert (said.parent.name, said.expects, said.strict) == (parent, True, True)


def test_a_whole_with_a_colon_and_no_more_waits_for_items_but_does_not_promise_them() -> None:
    (said,) = read_sentence(words_of("У Сектору за развој:"), None, True, LEXICON)
    assert (said.parent and said.parent.name, said.expects, said.strict) == ("Сектор за развој", True, False)


@pytest.mark.parametrize(
    "text",
    [
        "Радом Сектора руководи помоћник министра.",
        "Osnovne organizacione jedinice su odjeljenja, kojim rukovodi načelnik.",
        "Одељење чине начелник и пет извршилаца.",
        "Сектор обухвата следеће послове:",
        "Za ostvarivanje saradnje sa odeljenjima nadležan je sekretar.",
    ],
)
def test_a_sentence_on_classes_posts_or_tasks_names_no_unit(text: str) -> None:
    said = read_sentence(words_of(text), None, True, LEXICON)
    assert not any(one.strict or one.children for one in said)


def test_units_named_in_the_sentence_itself_are_its_children() -> None:
    (said,) = read_sentence(
        words_of("U Sektoru za rad obrazuju se Odeljenje za pravne i druge poslove, Odsek za plan i Grupa za IT."),
        None, True, LEXICON,
    )  # fmt: skip
    assert [child.mention.name for child in said.children] == [
        "Odeljenje za pravne i druge poslove", "Odsek za plan", "Grupa za IT",
    ]  # fmt: skip


def test_a_unit_may_be_put_into_another_after_its_name() -> None:
    (said,) = read_sentence(
        words_of("Образују се Група за план, у саставу Одељења за буџет, и Група за рад, у Одсеку за опште послове."),
        None,
        True,
        LEXICON,
    )
    assert [(child.mention.name, child.inside and child.inside.name) for child in said.children] == [
        ("Група за план", "Одељење за буџет"), ("Група за рад", "Одсек за опште послове"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Служба за рад организована је у два одељења: Одељење за А и Одељење за Б.",
         ["Одељење за А", "Одељење за Б"]),
        ("Изван састава сектора је Канцеларија за сарадњу, као посебна јединица.", ["Канцеларија за сарадњу"]),
        ("Secretariat of the Ministry and Minister's Cabinet are established as special internal units.",
         ["Secretariat of the Ministry", "Minister's Cabinet"]),
        ("Центар за воду се састоји од Одељења за храну и Одсека за план.", ["Одељење за храну", "Одсек за план"]),
        ("У оквиру Одељења за рад ради Одсек за план.", ["Одсек за план"]),
        ("Посебна организациона јединица је Кабинет градоначелника.", ["Кабинет градоначелника"]),
        ("Послови Управе за трезор обављају се у Сектору за буџет, Сектору за развој и у Одељењу за ревизију.",
         ["Сектор за буџет", "Сектор за развој", "Одељење за ревизију"]),
        ("У Одељењу за план послове обављају две уже јединице – Група за А и Група за Б.",
         ["Група за А", "Група за Б"]),
        ("Изван састава сектора, Секретаријата и Кабинета образује се Група за ревизију.", ["Група за ревизију"]),
    ],
)  # fmt: skip
def test_a_sentence_that_names_its_units_gives_them_as_children(text: str, names: list[str]) -> None:
    (said,) = read_sentence(words_of(text), None, True, LEXICON)
    assert [child.mention.name for child in said.children] == names


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Одељење за финансије, у чијем саставу је Одсек за план.", "Одељење за финансије"),
        ("Department of Heritage, comprising", "Department of Heritage"),
        ("Службу за борбу против криминала, у оквиру које су:", "Служба за борбу против криминала"),
    ],
)
def test_an_item_may_say_what_stands_inside_it(text: str, name: str) -> None:
    item_said, inside = read_sentence(words_of(text), Mark("-", "bullet"), True, LEXICON)
    assert (item_said.unit and item_said.unit.name, inside.parent and inside.parent.name) == (name, name)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Одељење за УН (у даљем тексту: УН) и Савет Европе које обавља", ["Одељење за УН и Савет Европе"]),
        ("Odeljenje za viznu politiku (vizni centar)", ["Odeljenje za viznu politiku (vizni centar)"]),
        ("Odeljenje za materijalno – finansijske poslove.", ["Odeljenje za materijalno – finansijske poslove"]),
        ("Odsek za razvoj – održava aplikacije", ["Odsek za razvoj"]),
        ("Група за ревизију (3 извршиоца);", ["Група за ревизију"]),
        ("у Генералном секретаријату", ["Генерални секретаријат"]),
        ("Стручној служби Градоначелника", ["Стручна служба Градоначелника"]),
        ("u Opštem odeljenju", ["Opšte odeljenje"]),
        ("u Centru za socijalni rad", ["Centar za socijalni rad"]),
        ("Министарство правде (у даљем тексту: Министарство) за подршку", ["Министарство правде"]),
        ("Сектора за односе Скупштине и Владе", ["Сектор за односе Скупштине и Владе"]),
        ("Пореске управе изван Централе", ["Пореска управа", "Централа"]),
        ("Одељење за заштиту грађе ван Архива", ["Одељење за заштиту грађе ван Архива"]),
        ("Department for Planning and Promotion and the Group for Advice",
         ["Department for Planning and Promotion", "Group for Advice"]),
        ("Department for public works, environment and traffic consists",
         ["Department for public works, environment and traffic"]),
        ("Одељење за технику (у коме је Одсек за план)", ["Одељење за технику", "Одсек за план"]),
        ("Одељење за обављање стручних послова", ["Одељење за обављање стручних послова"]),
        ("RULES OF THE MINISTRY OF CULTURE", ["MINISTRY OF CULTURE"]),
        ("The administration of the Municipality of Centar consists", []),
        ("уже унутрашње јединице, одељења и одсеци", []),
        ("the Internal Audit Group and the Department of Law", ["Internal Audit Group", "Department of Law"]),
    ],
)  # fmt: skip
def test_a_name_ends_where_it_should_and_stands_in_the_nominative(text: str, names: list[str]) -> None:
    assert names_in(text) == names


@pytest.mark.parametrize(
    ("text", "mark", "style", "rest"),
    [
        ("- 1) активност", "1)", "number)", "активност"),
        ("I Одељење", "I", "roman", "Одељење"),
        ("1.2.1. Odsjek", "1.2.1.", "number.", "Odsjek"),
        ("(4)", "(4)", "(number)", ""),
        ("a) Unit", "a)", "letter)", "Unit"),
        ("б) Одсек", "б)", "cyrillic)", "Одсек"),
        ("• Sektor", "•", "bullet", "Sektor"),
    ],
)
def test_an_item_is_known_by_its_number(text: str, mark: str, style: str, rest: str) -> None:
    found, start = read_mark(text)
    assert found is not None
    assert (found.text, found.style, text[start:]) == (mark, style, rest)


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("SEKTOR ZA PROTOKOL I KABINET", []),
        ("СЕКТОР ЗА ПРОТОКОЛ И КАБИНЕТ", []),
        ("SEKTOR ZA BUDŽET I FINANSIJE I ODSEK ZA MIR", []),
        ("JEDINICE SU: I KABINET", ["KABINET"]),
        ("JEDINICE SU I KABINET II ODSEK ZA MIR", ["KABINET ", "ODSEK ZA MIR"]),
        ("Jedinice su I Kabinet", ["Kabinet"]),
    ],
)  # fmt: skip
def test_an_i_between_words_in_capitals_is_a_word_unless_a_second_number_follows(text: str, items: list[str]) -> None:
    spans = items_inside(text, 0, len(text), LEXICON)
    assert [text[span.start : span.end] for span in spans if span.inline] == items


def test_a_name_in_latin_capitals_is_read_as_in_cyrillic() -> None:
    text = "У Заводу за рад образују се следеће јединице:\n1) ПРОТОКОЛ И КАБИНЕТ;\n2) Одсек за мир.\n"
    read = [read_text(each).units for each in (text, to_latin(text))]
    assert [[(each.number, each.name) for each in found.units] for found in read if found is not None] == [
        [(None, "Завод за рад"), ("1)", "Протокол и кабинет"), ("2)", "Одсек за мир")],
        [(None, "Zavod za rad"), ("1)", "Protokol i kabinet"), ("2)", "Odsek za mir")],
    ]


def test_an_article_is_known_in_both_scripts_and_with_broken_letters() -> None:
    assert [read_article(text)[0] for text in ("Члан 12.", "Ĉlan 1", "Članak 3.", "Article 5", "У члану 6.")] == [
        "Члан 12.", "Ĉlan 1", "Članak 3.", "Article 5", None,
    ]  # fmt: skip


def test_capitals_become_a_name_as_it_stands_inside_a_sentence() -> None:
    casing = Casing(["рад у Уједињеним нацијама и УН"], LEXICON)
    assert casing.sentence_case("ОДЕЉЕЊЕ ЗА УН И ЕВРОПСКУ УНИЈУ") == "Одељење за УН и Европску унију"


def test_a_word_is_one_word_in_both_scripts_and_without_its_diacritics() -> None:
    assert {fold(word) for word in ("Одељење", "odeljenje", "ODELJENJE")} == {"odeljenje"}
    assert {fold(word) for word in ("уређење", "uređenje", "uredjenje")} == {"uredjenje"}


@pytest.mark.parametrize(
    "rule",
    RULES,
    ids=lambda r: r.__name__,
)
def test_every_rule_begins_its_description_with_an_example(rule: object) -> None:
    assert (rule.__doc__ or "").startswith("``")


def test_a_lexicon_of_ones_own_adds_kinds() -> None:
    own = load_lexicon('[[kind]]\nlevel = "crew"\nrank = 7\nnouns = [{ stem = "posad", declension = "feminine" }]\n')
    (found,) = find_mentions(words_of("У Посади за дизалице"), own)
    assert (found.level, found.name) == ("crew", "Посада за дизалице")


def test_every_level_that_the_lexicon_gives_has_printed_words() -> None:
    levels = {form.noun.level for form in LEXICON.forms.values()}
    assert {level for level in levels if level_word(level, "sr-Cyrl").isascii()} == set()
