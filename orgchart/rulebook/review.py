"""A reading, in; the review for a person (HTML, Markdown) or a tool (JSON), out."""

from __future__ import annotations

import json
from importlib import resources
from pathlib import PurePath
from typing import Any, Final

from orgchart.errors import FormatError, OrgChartError
from orgchart.rulebook.command import Reading
from orgchart.rulebook.drafts import Draft
from orgchart.rulebook.places import Block
from orgchart.words import level_word

FORMATS: Final = ("html", "md", "json")


def check_review(name: str) -> str:
    """The format that a file name asks for. Raises FormatError for another one."""
    wanted = PurePath(name).suffix.lower().removeprefix(".")
    if wanted not in FORMATS:
        raise FormatError(f'--review {name}: a review is written as .html, .md or .json, not as ".{wanted}"')
    return wanted


def write_review(reading: Reading, wanted: str) -> bytes:
    """The review in one of the formats."""
    model = review_model(reading)
    if wanted == "json":
        return (json.dumps(model, ensure_ascii=False, indent=1) + "\n").encode()
    if wanted == "md":
        return _markdown(model).encode()
    return _html(model, reading).encode()


def review_model(reading: Reading) -> dict[str, Any]:
    """All that the review shows, as plain lists and texts."""
    ids = reading.ids
    inside: dict[int, list[str]] = {}
    for draft in reading.read.drafts:
        if draft.parent is not None:
            inside.setdefault(draft.parent.number, []).append(ids[draft.number])
    lang = None if reading.units is None else reading.units.lang
    units = []
    for draft in reading.read.drafts:
        home = draft.home
        units.append({
            "id": ids[draft.number], "parent": None if draft.parent is None else ids.get(draft.parent.number),
            "level": draft.level, "kind": level_word(draft.level, lang or "en"), "name": draft.name,
            "number": None if draft.mark is None else draft.mark.printed, "abbreviation": draft.abbreviation,
            "functions": list(draft.functions),
            "sentence": "" if home is None else home.text, "rule": "" if home is None else home.rule,
            "place": "" if home is None else str(home.block.place(home.start)),
            "line": 0 if home is None else reading.located(home.line)[1],
            "end_line": reading.located(draft.last_line)[1],
            "file": None if home is None else _file(reading, home.line),
        })  # fmt: skip
    return {
        "title": reading.read.title or (reading.units.title if reading.units is not None else None) or "",
        "kind": reading.read.genre.kind,
        "remedy": reading.read.genre.remedy,
        "sources": [
            {"file": each.name, "kind": each.kind, "encoding": each.encoding, "sha256": each.sha256}
            for each in reading.sources
        ],
        "faults": list(reading.faults),
        "questions": [
            {"rule": each.rule, **_line(reading, each.line), "anchor": _anchor(reading, each.line),
             "words": each.words, "choices": list(each.choices),
             "taken": each.taken, "unit": None if each.unit is None else ids.get(each.unit),
             "inside": [] if each.unit is None else inside.get(each.unit, [])}
            for each in reading.questions
        ],
        "changes": [{"kind": each.kind, "unit": each.unit, "words": each.words} for each in reading.changes],
        "remarks": [{**_line(reading, line), "words": words} for line, words in reading.read.remarks],
        "notes": list(reading.notes),
        "repairs": [
            {"kind": each.kind, **_line(reading, each.line), "before": each.before, "after": each.after}
            for each in reading.read.repairs
        ],
        "units": units,
    }  # fmt: skip


def _file(reading: Reading, line: int) -> str | None:
    file, _ = reading.located(line)
    return None if file is None else reading.sources[file].name


def _line(reading: Reading, line: int) -> dict[str, Any]:
    return {"line": reading.located(line)[1], "file": _file(reading, line), "where": reading.said_line(line)}


def _anchor(reading: Reading, line: int) -> str:
    """What a link to a line is called: ``line-12``, or ``file-2-line-12`` where there are several files."""
    file, number = reading.located(line)
    return f"line-{number}" if file is None else f"file-{file + 1}-line-{number}"


def _markdown(model: dict[str, Any]) -> str:
    lines = [f"# Review: {_plain(model['title']) or 'a rulebook'}", ""]
    if model["remedy"]:
        lines += [f"**{model['kind']}**: {model['remedy']}", ""]
    for heading, rows in (
        ("Faults", [_plain(each) for each in model["faults"]]),
        ("Questions", [
            f"{_plain(each['where'])}: {each['rule']}. “{_plain(each['words'])}” Taken: **{_plain(each['taken'])}**. "
            f"Choices: {_plain('; '.join(each['choices']))}{_resting(each)}" for each in model["questions"]
        ]),
        ("Changes", [f"{each['kind']}: {_plain(each['words'])}" for each in model["changes"]]),
        ("Remarks", [f"{_plain(each['where'])}: {_plain(each['words'])}" for each in model["remarks"]]),
    ):  # fmt: skip
        if rows:
            lines += [f"## {heading}", "", *(f"{number}. {row}" for number, row in enumerate(rows, 1)), ""]
    lines += ["## Units", ""]
    depth: dict[str | None, int] = {None: -1}
    for unit in model["units"]:
        depth[unit["id"]] = depth.get(unit["parent"], -1) + 1
        place = f"{unit['level']}, {unit['place']}"
        said = _plain(unit["sentence"][:300])
        lines.append(f"{'  ' * depth[unit['id']]}- **{_plain(unit['name'])}** ({place}): “{said}”")
        lines += [f"{'  ' * (depth[unit['id']] + 1)}- {_plain(text)}" for text in unit["functions"]]
    lines += ["", "## What was done to the text", "", *(f"- {_plain(note)}" for note in model["notes"]), ""]
    return "\n".join(lines)


def _resting(question: dict[str, Any]) -> str:
    """The units that stand inside the one in question, and are where they are only if the answer is right."""
    return f". Inside it: {_plain(', '.join(question['inside']))}" if question["inside"] else ""


def _plain(text: str) -> str:
    """The text without what Markdown would take for its own."""
    text = " ".join(text.split())
    for sign in "\\`*_[]<>#|":
        text = text.replace(sign, "\\" + sign)
    return text


def _html(model: dict[str, Any], reading: Reading) -> str:
    try:
        from jinja2 import Environment
    except ImportError:
        raise OrgChartError(
            "the review page needs Jinja2, which is not installed; run: pip install orgchart[read]"
        ) from None
    source = resources.files("orgchart.rulebook").joinpath("review.html.jinja").read_text(encoding="utf-8")
    template = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(source)
    depth: dict[str | None, int] = {None: 0}
    for unit in model["units"]:
        depth[unit["id"]] = depth.get(unit["parent"], 0) + 1
        unit["depth"] = depth[unit["id"]]
    return template.render(model=model, blocks=_blocks(reading))


def _blocks(reading: Reading) -> list[dict[str, Any]]:
    """The text, paragraph by paragraph, cut into pieces: plain words, the sentence of a unit, a function of one."""
    marks: dict[int, list[tuple[int, int, str, str]]] = {}
    for draft in reading.read.drafts:
        for block, start, end, kind in _places(draft):
            marks.setdefault(id(block), []).append((start, end, kind, reading.ids[draft.number]))
    shown = []
    article = None
    file: int | None = None
    anchors: set[str] = set()
    for block in reading.read.blocks:
        before, (file, line) = file, reading.located(block.first_line)
        anchor = _anchor(reading, block.first_line)
        opens_file = file is not None and file != before
        heading = block.article if block.article != article else None
        article = block.article
        shown.append({
            "line": line, "anchor": None if anchor in anchors else anchor,
            "file": reading.sources[file].name if opens_file and file is not None else None,
            "mark": "" if block.mark is None else block.mark.text, "heading": heading,
            "pieces": _pieces(block.text, sorted(marks.get(id(block), ()))),
        })  # fmt: skip
        anchors.add(anchor)
    return shown


def _places(draft: Draft) -> list[tuple[Block, int, int, str]]:
    places = [] if draft.home is None else [(draft.home.block, draft.home.start, draft.home.end, "unit")]
    places += [(said.block, said.start, said.end, "unit") for said in draft.said if said is not draft.home]
    return places + [(said.block, said.start, said.end, "function") for said in draft.function_places]


def _pieces(text: str, marks: list[tuple[int, int, str, str]]) -> list[dict[str, str]]:
    """One unit for each piece; where two share a sentence, the first has it."""
    pieces: list[dict[str, str]] = []
    place = 0
    for start, end, kind, unit in marks:
        if start < place:
            if pieces and pieces[-1].get("unit") and unit not in pieces[-1]["also"].split():
                pieces[-1]["also"] += f" {unit}"
            continue
        if start > place:
            pieces.append({"text": text[place:start], "kind": "", "unit": "", "also": ""})
        pieces.append({"text": text[start:end], "kind": kind, "unit": unit, "also": unit})
        place = end
    if place < len(text):
        pieces.append({"text": text[place:], "kind": "", "unit": "", "also": ""})
    return pieces
