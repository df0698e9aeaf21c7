"""Functions that a rulebook names only by the article in which they stand."""

from __future__ import annotations

from orgchart.rulebook import Reading, read_text

TEXT = (
    "Члан 1.\nУ Сектору за рад образују се:\n1) Одсек за план;\n2) Одсек за мир.\n\n"
    "Члан 43.\nОдсек за план обавља послове који се односе на:\n- израду планова;\n- друге послове.\n\n"
    "Члан 44.\nОдсек за мир обавља послове из члана {} овог правилника.\n"
)


def functions_of(reading: Reading, identity: str) -> tuple[str, ...]:
    assert reading.units is not None
    return next(unit.functions for unit in reading.units.units if unit.id == identity)


def test_the_functions_of_the_article_are_taken_with_a_question() -> None:
    reading = read_text(TEXT.format("43."))
    assert functions_of(reading, "odsek-za-mir") == ("израду планова", "друге послове")
    (question,) = reading.questions
    assert (question.rule, question.line, question.taken) == (
        "functions by reference to an article", 12, "the 2 functions of Одсек за план",
    )  # fmt: skip


def test_a_reference_to_an_article_without_functions_stays_with_a_question() -> None:
    reading = read_text(TEXT.format("7."))
    assert functions_of(reading, "odsek-za-mir") == ("послове из члана 7. овог правилника",)
    assert [question.choices[1] for question in reading.questions] == ["the functions in article 7"]


def test_a_reference_to_its_own_article_and_a_circle_of_references_come_to_an_end() -> None:
    text = TEXT.format("44.") + "Члан 45.\nСектор за рад обавља послове из члана 44. овог правилника.\n"
    reading = read_text(text)
    assert functions_of(reading, "odsek-za-mir") == ("послове из члана 44. овог правилника",)
    assert functions_of(reading, "sektor-za-rad") == ("послове из члана 44. овог правилника",)
