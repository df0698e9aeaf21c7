"""orgchart.toml: what it may say, what it means, and how every fault of it is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from orgchart.build.project import PLAN_KEYS, PROJECT_KEYS, ChartPlan, load_project
from orgchart.chart_keys import CHART_KEYS, LAYOUTS
from orgchart.errors import OrgChartError, ProjectError
from orgchart.layout.engines import ENGINES
from tests.conftest import ROOT


def written(folder: Path, text: str) -> Path:
    file = folder / "orgchart.toml"
    file.write_text(text, encoding="utf-8")
    return file


def plan_of(folder: Path, text: str) -> ChartPlan:
    (plan,) = load_project(written(folder, text)).charts
    return plan


def faults_of(folder: Path, text: str) -> list[str]:
    """The lines of the error, without the file's name."""
    with pytest.raises(ProjectError) as caught:
        load_project(written(folder, text))
    return [line.removeprefix(f"{folder / 'orgchart.toml'}, ") for line in str(caught.value).split("\n")]


# What it means


def test_a_chart_that_says_nothing_is_drawn_as_render_draws_it(tmp_path: Path) -> None:
    plan = plan_of(tmp_path, "[charts.overview]\n")
    assert (plan.name, plan.units, plan.formats) == ("overview", "units.json", ("dot", "svg", "pdf", "png"))
    assert plan.wishes == {
        "style": "classic", "page": "A4", "orientation": "auto", "min_text": 7.0, "atlas": "auto",
        "branches": "together", "root": None, "depth": None, "layout": "page", "arrange": "auto", "script": "",
        "lang": "", "also": "",
        "title": None, "legend": "auto", "source": "auto", "date": None, "font": "", "font_embed": "subset",
        "svg": "web", "unit_url": "", "dpi": 200,
    }  # fmt: skip


def test_a_chart_goes_before_the_defaults_and_they_before_what_is_built_in(tmp_path: Path) -> None:
    text = '[defaults]\npage = "A3"\ndpi = 300\n[charts.b]\npage = "A2"\n[charts.a]\n'
    charts = load_project(written(tmp_path, text)).charts
    assert [(plan.name, plan.wishes["page"], plan.wishes["dpi"]) for plan in charts] == [
        ("b", "A2", 300), ("a", "A3", 300),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "key", "meant"),
    [
        ("legend = false", "legend", "off"),
        ("source = true", "source", "on"),
        ('legend = "auto"', "legend", "auto"),
        ('title = ""', "title", ""),
        ('page = "160x90mm"', "page", "160x90mm"),
        ('page = "auto"', "page", "auto"),
        ("depth = 0", "depth", 0),
        ("min_text = 8", "min_text", 8.0),
        ('script = "latn"', "script", "latn"),
        ('arrange = "column"', "arrange", "column"),
        ('arrange = {sector = "row", department = "column"}', "arrange", {"department": "column", "sector": "row"}),
        ('layout = "twopi"', "layout", "twopi"),
        ('date = "source"', "date", "source"),
    ],
)
def test_a_value_means_what_the_option_of_its_name_does(tmp_path: Path, line: str, key: str, meant: object) -> None:
    assert plan_of(tmp_path, f"[charts.a]\n{line}\n").wishes[key] == meant


def test_formats_stand_in_one_order_however_they_are_written(tmp_path: Path) -> None:
    assert plan_of(tmp_path, '[charts.a]\nformats = ["pdf", "svg"]\n').formats == ("svg", "pdf")


def test_a_folder_stands_for_the_file_in_it_and_paths_start_from_it(tmp_path: Path) -> None:
    written(tmp_path, 'output = "out/charts"\n[charts.a]\n')
    project = load_project(tmp_path)
    assert (project.file, project.output_folder) == (tmp_path / "orgchart.toml", tmp_path / "out" / "charts")


def test_charts_are_chosen_by_name_in_the_order_of_the_file(tmp_path: Path) -> None:
    project = load_project(written(tmp_path, "[charts.b]\n[charts.a]\n[charts.overview]\n"))
    assert [plan.name for plan in project.chosen(("overview", "b"))] == ["b", "overview"]
    with pytest.raises(OrgChartError, match=r'chart "overwiev" is not in .*; did you mean "overview"\?'):
        project.chosen(("overwiev",))


def test_the_layouts_named_are_those_that_there_are() -> None:
    assert ("page", *ENGINES) == LAYOUTS


# Faults


def test_every_fault_is_told_at_once_with_table_key_rule_and_remedy(tmp_path: Path) -> None:
    text = (
        'outptu = "x"\n[defaults]\nstyle = "clasic"\n[charts.a]\npage = "A5"\ndpi = 5\ndepht = 1\n'
        '[charts.b]\nformats = ["svgg"]\nscript = "latin"\n'
    )
    known = ", ".join(["units", "formats", *CHART_KEYS])
    assert faults_of(tmp_path, text) == [
        'line 1, outptu: is not a key here; did you mean "output"? allowed are output',
        'line 3, [defaults] style: "clasic" is not a bundled style; did you mean "classic"? the bundled styles are '
        'classic, contrast, print; a file of your own is given by its path, ending in ".toml"',
        'line 5, [charts.a] page: "A5" is not allowed; allowed is A4, A3, A2, A1, A0, letter, auto, none, or a size '
        'such as "160x90mm" (sides of 20 to 5000 mm)',
        "line 6, [charts.a] dpi: 5 is not allowed; allowed is a whole number from 10 to 2400",
        f'line 7, [charts.a] depht: is not a key here; did you mean "depth"? allowed are {known}',
        'line 9, [charts.b] formats: ["svgg"] is not allowed; allowed is a list of one or more of "dot", "svg", "pdf", '
        '"png", "pptx", "drawio", "html", "csv", "jsonld", "mermaid", "graphml"',
        'line 10, [charts.b] script: "latin" is not allowed; allowed is one of "cyrl", "latn"',
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", 'file: lists no chart; add one: [charts.overview], and below it its keys, such as page = "A3"'),
        ("[overview]\n", "line 1, overview: is not a table of a project file; for a chart write [charts.overview]; "
                         "allowed are defaults, charts"),
        ("[chart.a]\n[charts.b]\n", 'line 1, chart: is not a table of a project file; did you mean "charts"? '
                                    "allowed are defaults, charts"),
        ('[charts]\npage = "A4"\n', "line 2, [charts] page: is a key of one chart, not of [charts]; for all charts: "
                                    "[defaults] page"),
        ("charts = 3\n", "line 1, [charts]: must be a table, not 3; write [charts] with its keys below"),
        ('[charts."Преглед"]\n', 'line 1, [charts."Преглед"]: the name of a chart is that of its files: a-z, 0-9, - '
                                 "and _, at most 80 characters; write [charts.chart-b32c7759]"),
        ('[charts."../a"]\n', 'line 1, [charts."../a"]: the name of a chart is that of its files: a-z, 0-9, - '
                              "and _, at most 80 characters; write [charts.a-61b4c98b]"),
        ('output = ".."\n[charts.a]\n', 'line 1, output: ".." is not a folder inside the project; write '
                                        'output = "output"'),
        ('output = "a/../../b"\n[charts.a]\n', 'line 1, output: "a/../../b" is not a folder inside the project; '
                                               'write output = "output"'),
        ("[charts.a]\npage = A4\n", "line 2, column 8: is not TOML: Invalid value; write tables as [charts.overview] "
                                    'and values as page = "A3"'),
        ("[charts.a]\n[charts.a]\n", "line 2, column 10: is not TOML: Cannot declare ('charts', 'a') twice; write "
                                     'tables as [charts.overview] and values as page = "A3"'),
    ],
)  # fmt: skip
def test_what_is_no_project_is_told_with_what_is(tmp_path: Path, text: str, told: str) -> None:
    assert faults_of(tmp_path, text) == [told]


@pytest.mark.parametrize(
    "line",
    [
        'units = "/data/units.json"', 'units = "C:/units.json"', 'units = "a\\\\b.json"', 'units = ""', "units = 3",
        'style = "/etc/x.toml"', 'output = 3', "formats = []", 'formats = ["svg", "svg"]', 'formats = "svg"',
        "depth = -1", "depth = true", "depth = 1.5", "min_text = nan", "min_text = 0", 'title = "\\u0001"',
        'root = "a\\nb"', 'orientation = "side"', 'atlas = "perhaps"', 'arrange = "pile"', "arrange = {}",
        'arrange = {sector = "pile"}', 'legend = "maybe"', "legend = 1", 'font = "x\\"><script>"', 'page = "0x90mm"',
        "title = [1]", "date = 2011-04-01",
    ],
)  # fmt: skip
def test_a_value_that_is_not_allowed_is_refused(tmp_path: Path, line: str) -> None:
    table = "" if line.startswith("output") else "[charts.a]\n"
    (fault,) = faults_of(tmp_path, f"{table}{line}\n" + ("[charts.a]\n" if not table else ""))
    assert " is not allowed; allowed is " in fault


def test_a_project_that_is_not_there_says_how_to_start_one(tmp_path: Path) -> None:
    with pytest.raises(ProjectError) as caught:
        load_project(tmp_path)
    assert str(caught.value) == (
        f"{tmp_path / 'orgchart.toml'}, file: does not exist; go to the folder that has one, name it, or start a "
        "project with: orgchart new FOLDER"
    )


def test_the_document_says_of_every_key_what_is_allowed() -> None:
    document = (ROOT / "docs" / "build.md").read_text(encoding="utf-8")
    rows = [f"| `{key}` | {rule.allowed} |" for key, rule in {**PROJECT_KEYS, **PLAN_KEYS}.items()]
    assert [row for row in rows if row not in document] == []
