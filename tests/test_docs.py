"""The documents: what they link to is there, what they name exists, and every dependency is accounted for."""

from __future__ import annotations

import re
import shlex
import tomllib
from pathlib import Path
from urllib.parse import unquote

import click
import pytest

from orgchart.cli import COMMANDS, cli
from orgchart.formats import WRITERS

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
_FENCE = re.compile(r"^```(\w*)(?: exits \d)?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"`([^`\n]+)`")
_LINK = re.compile(r"\]\(([^()\s]+)\)")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
_MAKE = re.compile(r"\bmake (?:[A-Z]+=\S+ )?([a-z]+)")


def text_of(document: Path) -> str:
    return document.read_text(encoding="utf-8")


def outside_fences(document: Path) -> str:
    return _FENCE.sub("", text_of(document))


def anchors_of(document: Path) -> set[str]:
    headings = _HEADING.findall(outside_fences(document))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def dependencies() -> set[str]:
    project = tomllib.loads(text_of(ROOT / "pyproject.toml"))["project"]
    wanted = project["dependencies"] + [name for extra in project["optional-dependencies"].values() for name in extra]
    names = (re.match(r"[A-Za-z0-9._-]+", requirement) for requirement in wanted)
    return {name[0].lower() for name in names if name}


def shell_lines(document: Path) -> list[str]:
    """Every command line in the document, in fences and between backticks; what a shell would not run is left out."""
    code = [line for _, block in _FENCE.findall(text_of(document)) for line in block.splitlines()]
    return [line.strip() for line in code + _CODE.findall(outside_fences(document))]


def orgchart_calls(document: Path) -> list[list[str]]:
    words = (shlex.split(line, comments=True) for line in shell_lines(document) if line.startswith("orgchart "))
    return [line[1:] for line in words]


def options_of(command: click.Command) -> set[str]:
    return {name for option in command.get_params(click.Context(command)) for name in option.opts} | {"--help", "-h"}


def test_every_dependency_stands_in_the_document_and_none_that_is_not_one() -> None:
    described = re.findall(r"^\| `([a-z0-9-]+)` \|", text_of(ROOT / "docs" / "dependencies.md"), re.MULTILINE)
    assert sorted(described) == sorted(dependencies())


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_and_picture_leads_somewhere(document: Path) -> None:
    missing = []
    for target in _LINK.findall(outside_fences(document)):
        if re.match(r"https?:", target):
            continue
        file, _, anchor = unquote(target).partition("#")
        found = (document.parent / file).resolve() if file else document
        if not found.exists() or (anchor and anchor not in anchors_of(found)):
            missing.append(target)
    assert missing == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_command_and_option_shown_exists(document: Path) -> None:
    unknown = []
    for name, *arguments in orgchart_calls(document):
        if name.startswith("-"):
            known = options_of(cli)
            unknown += [name] if name not in known else []
            continue
        command = cli.get_command(click.Context(cli), name)
        if command is None:
            unknown.append(name)
            continue
        used = [word.split("=")[0] for word in arguments if re.match(r"--?[a-z]", word)]
        unknown += [f"{name} {option}" for option in used if option not in options_of(command)]
    assert unknown == []


def test_the_readme_shows_every_command_every_format_and_every_bundled_style() -> None:
    shown = {call[0] for call in orgchart_calls(README)}
    assert set(COMMANDS) <= shown
    words = set(_CODE.findall(outside_fences(README)))
    assert set(WRITERS) <= words
    assert {path.stem for path in (ROOT / "styles").glob("*.toml")} <= words


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_make_target_named_exists(document: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", text_of(ROOT / "Makefile"), re.MULTILINE))
    named = {target for line in shell_lines(document) for target in _MAKE.findall(line)}
    assert named <= targets


def test_the_figures_have_their_place_in_both_documents() -> None:
    for document in (README, ROOT / "docs" / "benchmarks.md"):
        before, _, rest = text_of(document).partition("<!-- benchmarks -->")
        figures, _, after = rest.partition("<!-- /benchmarks -->")
        assert before
        assert "| Units |" in figures
        assert after
