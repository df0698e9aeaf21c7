"""`orgchart build`: what is made and when, why it is stale, and what the manifest says of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from orgchart.build.inputs import PACKAGES
from orgchart.build.manifest import Inputs, MadeChart, MadeFile, Manifest, dump_manifest, read_manifest
from orgchart.formats import WRITERS
from tests.charts import svg_names, unit, units_file
from tests.conftest import Run
from tests.projects import Command, changed, made, reasons

# What is made


def test_all_charts_are_made_and_then_none_is_stale(here: Command, project: Path) -> None:
    assert here("build") == Run(
        0, b"output/whole.dot\noutput/audit.dot\n",
        "whole (1 of 2): not made yet\naudit (2 of 2): not made yet\n2 charts: 2 made\n",
    )  # fmt: skip
    assert sorted(made(project)) == ["audit.dot", "orgchart.manifest.json", "whole.dot"]
    assert here("build") == Run(0, b"", "2 charts: 2 up to date\n")
    assert here("build", "--check") == Run(0, b"", "2 charts: all up to date\n")


def test_a_chart_is_the_one_that_render_draws(here: Command, project: Path) -> None:
    changed(project, '["dot"]', '["dot", "svg", "pdf", "png"]')
    assert here("build", "whole").code == 0
    assert here("render", "units.json", "--name", "whole", "-o", "rendered").code == 0
    rendered = {file.name: file.read_bytes() for file in (project / "rendered").iterdir()}
    assert {name: content for name, content in made(project).items() if name != "orgchart.manifest.json"} == rendered


def test_several_processes_make_what_one_makes(here: Command, project: Path) -> None:
    here("build", "--jobs", "1")
    one = made(project)
    here("build", "--jobs", "2", "--force")
    assert made(project) == one


def test_only_the_charts_that_are_named_are_made(here: Command, project: Path) -> None:
    assert here("build", "audit").out == b"output/audit.dot\n"
    assert sorted(made(project)) == ["audit.dot", "orgchart.manifest.json"]
    run = here("build", "audti")
    assert (run.code, run.err) == (2, 'error: chart "audti" is not in orgchart.toml; did you mean "audit"?\n')


def test_a_project_may_be_elsewhere_named_by_folder_or_file(here: Command, project: Path) -> None:
    elsewhere = project / "elsewhere"
    elsewhere.mkdir()
    for name in ("orgchart.toml", "units.json"):
        (project / name).rename(elsewhere / name)
    assert here("build", "elsewhere", "audit").out == b"elsewhere/output/audit.dot\n"
    assert here("build", "elsewhere/orgchart.toml").out == b"elsewhere/output/whole.dot\n"


def test_force_makes_all_anew(here: Command, project: Path) -> None:
    here("build")
    run = here("build", "--force")
    assert run.err == "whole (1 of 2): asked for by --force\naudit (2 of 2): asked for by --force\n2 charts: 2 made\n"


def test_a_latin_chart_is_made_of_a_cyrillic_file(here: Command, project: Path) -> None:
    (project / "units.json").write_bytes(units_file(unit("top", "Љубав")))
    (project / "orgchart.toml").write_text('[charts.latin]\nscript = "latn"\nformats = ["svg"]\n')
    assert here("build").code == 0
    assert svg_names(made(project)["latin.svg"]) == {"top": ["Ljubav"]}


@pytest.mark.parametrize(
    "words",
    [("--check", "--clean"), ("--watch", "--check"), ("--check", "--force"), ("--clean", "audit"), ("--jobs", "0")],
)
def test_options_that_exclude_each_other_are_refused(here: Command, project: Path, words: tuple[str, ...]) -> None:
    assert here("build", *words).code == 2
    assert not (project / "output").exists()


# What is stale, and why


@pytest.mark.parametrize(
    ("text", "into", "file", "stale"),
    [
        ('"Law"', '"Laws"', "units.json", ["whole: units.json has changed"]),
        ('"Audit"', '"Audits"', "units.json", ["whole: units.json has changed", "audit: units.json has changed"]),
        ('root = "audit"', 'root = "law"', "orgchart.toml",
         ['audit: root: "law", was "audit"']),
        ("[charts.audit]", '[charts.audit]\npage = "A3"', "orgchart.toml", ['audit: page: "A3", was left out']),
        ("[charts.audit]", '[charts.audit]\nstyle = "print"', "orgchart.toml",
         ["audit: style: print, was classic"]),
        ('["dot"]', '["dot", "svg"]', "orgchart.toml",
         ["whole: brotli {brotli}, was not used; fonttools {fonttools}, was not used; svg is not made yet",
          "audit: brotli {brotli}, was not used; fonttools {fonttools}, was not used; svg is not made yet"]),
        ("[charts.audit]", "[charts.law]\n[charts.audit]", "orgchart.toml", ["law: not made yet"]),
        ("[charts.audit]", "# a remark\n[charts.audit]", "orgchart.toml", []),
        ("[charts.audit]", '[charts.audit]\npage = "A4"', "orgchart.toml", []),
    ],
)  # fmt: skip
def test_what_is_changed_makes_those_charts_stale_that_it_reaches(
    here: Command, project: Path, text: str, into: str, file: str, stale: list[str]
) -> None:
    from importlib.metadata import version

    here("build")
    changed(project, text, into, file)
    versions = {name: version(name) for name in ("brotli", "fonttools")}
    expected = [line.format(**versions) for line in stale]
    found = reasons(here)
    assert [line for line in found if "but not what the chart shows" not in line] == expected


def test_a_change_that_reaches_no_chart_is_noted_in_the_manifest_alone(here: Command, project: Path) -> None:
    here("build")
    before = made(project)
    (project / "units.json").write_bytes((project / "units.json").read_bytes() + b"\n")
    note = "units.json has changed, but not what the chart shows; the manifest is to be brought up to date"
    assert reasons(here) == [f"whole: {note}", f"audit: {note}"]
    assert here("build") == Run(0, b"", "2 charts: 2 up to date\n")
    assert reasons(here) == []
    after = made(project)
    assert after.pop("orgchart.manifest.json") != before.pop("orgchart.manifest.json")
    assert after == before


def test_a_style_that_a_style_extends_counts_and_a_remark_in_it_does_not(here: Command, project: Path) -> None:
    (project / "base.toml").write_text('extends = "classic"\n')
    (project / "own.toml").write_text('extends = "base.toml"\n')
    changed(project, "[charts.audit]", '[charts.audit]\nstyle = "own.toml"')
    here("build")
    (project / "base.toml").write_text('extends = "classic"  # as it is\n')
    assert reasons(here) == []
    (project / "base.toml").write_text('extends = "classic"\n[title]\nbold = false\n')
    assert reasons(here) == ["audit: style own.toml has changed"]


def test_another_version_of_what_decides_the_bytes_is_stale(here: Command, project: Path) -> None:
    here("build")
    file = project / "output" / "orgchart.manifest.json"
    document = json.loads(file.read_text())
    now = document["charts"]["whole"]["versions"]["uharfbuzz"]
    document["charts"]["whole"]["versions"]["uharfbuzz"] = "0.1"
    file.write_text(json.dumps(document))
    assert reasons(here) == [f"whole: uharfbuzz {now}, was 0.1"]


def test_another_font_of_the_same_name_is_stale(here: Command, project: Path) -> None:
    here("build")
    file = project / "output" / "orgchart.manifest.json"
    document = json.loads(file.read_text())
    document["charts"]["whole"]["font_sha256"] = "0" * 64
    file.write_text(json.dumps(document))
    assert reasons(here) == ["whole: font PT Sans has changed"]


def test_another_cairo_is_said_and_is_not_stale(here: Command, project: Path) -> None:
    changed(project, '["dot"]', '["pdf", "dot"]')
    here("build", "whole")
    file = project / "output" / "orgchart.manifest.json"
    document = json.loads(file.read_text())
    files = document["charts"]["whole"]["files"]
    assert [name for name, entry in files.items() if "cairo" in entry] == ["whole.pdf"]
    files["whole.pdf"]["cairo"] = "1.0.0"
    file.write_text(json.dumps(document))
    run = here("build", "--check", "whole")
    assert (run.code, run.out) == (0, b"")
    assert "whole: whole.pdf made with another cairo version (1.0.0; here it is " in run.err


def test_a_file_that_is_missing_or_was_changed_by_hand_is_made_anew_and_said(here: Command, project: Path) -> None:
    here("build")
    before = made(project)
    (project / "output" / "whole.dot").write_text("by hand")
    (project / "output" / "audit.dot").unlink()
    assert reasons(here) == [
        "whole: output/whole.dot was changed by hand, or by a build that was broken off",
        "audit: output/audit.dot is missing",
    ]
    assert "whole (1 of 2): output/whole.dot was changed by hand" in here("build").err
    assert made(project) == before


def test_a_file_of_somebody_else_in_its_place_is_replaced_and_said(here: Command, project: Path) -> None:
    (project / "output").mkdir()
    (project / "output" / "whole.dot").write_text("somebody's")
    assert "warning: output/whole.dot stood there already, made by no build; it is replaced" in here("build").err


def test_the_manifest_says_what_made_each_file_and_nothing_of_this_machine(here: Command, project: Path) -> None:
    here("build", "audit")
    text = (project / "output" / "orgchart.manifest.json").read_text()
    chart = json.loads(text)["charts"]["audit"]
    assert list(chart) == [
        "units", "units_sha256", "drawn_sha256", "style", "style_sha256", "font", "font_sha256", "settings",
        "versions", "files",
    ]  # fmt: skip
    assert (chart["units"], chart["style"], chart["settings"]) == ("units.json", "classic", {"root": "audit"})
    assert list(chart["versions"]) == ["graphviz", "orgchart", "uharfbuzz"]
    assert list(chart["files"]) == ["audit.dot"]
    assert str(project) not in text
    assert "/" not in text


_WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
_NAMES = st.text("az09_-", min_size=1, max_size=9).map("a{}".format)
_HASHES = st.binary(min_size=32, max_size=32).map(bytes.hex)
_MANIFESTS = st.builds(
    Manifest,
    st.dictionaries(
        _NAMES,
        st.builds(
            MadeChart,
            st.builds(
                Inputs,
                *(_WORDS, _HASHES, _HASHES, _WORDS, _HASHES, _WORDS, _HASHES),
                st.dictionaries(
                    _NAMES, st.one_of(_WORDS, st.integers(0, 9), st.dictionaries(_WORDS, _WORDS)), max_size=2
                ),
                st.dictionaries(_NAMES, _WORDS, max_size=2),
            ),
            st.dictionaries(
                st.builds("{}.svg".format, _NAMES),
                st.builds(MadeFile, _HASHES, st.one_of(st.none(), _WORDS)),
                max_size=2,
            ),
        ),
        max_size=2,
    ),
)


def test_of_every_format_it_is_known_which_packages_decide_its_bytes() -> None:
    assert set(WRITERS) <= set(PACKAGES)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_MANIFESTS)
def test_a_manifest_is_read_as_it_was_written(tmp_path: Path, manifest: Manifest) -> None:
    (tmp_path / "orgchart.manifest.json").write_bytes(dump_manifest(manifest))
    assert read_manifest(tmp_path) == manifest


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b"{}", b"<<<<<<< HEAD\n{}", b"\xff", b"[" * 100_000,
     b'{"manifest": 2, "charts": {}}', b'{"manifest": 1, "charts": {"a": {}}}',
     b'{"manifest": 1, "charts": {"../a": {}}}'],
)  # fmt: skip
def test_a_manifest_that_no_build_wrote_is_said_and_all_is_made_anew(
    here: Command, project: Path, content: bytes
) -> None:
    here("build")
    before = made(project)
    file = project / "output" / "orgchart.manifest.json"
    file.write_bytes(content)
    assert here("build", "--check").code == 1
    run = here("build")
    assert run.code == 0
    assert "orgchart.manifest.json: this is not what a build has written" in run.err
    assert made(project) == before


def test_a_manifest_cannot_name_a_file_outside_its_folder(here: Command, project: Path) -> None:
    here("build")
    file = project / "output" / "orgchart.manifest.json"
    file.write_bytes(file.read_bytes().replace(b'"whole.dot"', b'"../orgchart.toml"'))
    assert here("build", "--clean").code == 2
    assert (project / "orgchart.toml").exists()
