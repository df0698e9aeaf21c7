"""An orgchart.toml, in; a checked, typed Project, every chart with all its wishes resolved, out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from orgchart.chart_keys import CHART_KEYS, PathText
from orgchart.errors import Fault, OrgChartError, ProjectError
from orgchart.formats import WRITERS
from orgchart.hints import Suggester, quoted
from orgchart.names import safe_name
from orgchart.style_files import find_style
from orgchart.toml_files import FileKind, TableCheck, line_of, part, place, read_toml
from orgchart.toml_keys import Choices, Key

PROJECT_FILE = "orgchart.toml"
DEFAULTS, CHARTS = "defaults", "charts"
# As render has it.
DEFAULT_FORMATS = ("dot", "svg", "pdf", "png")

# What stands at the top of the file, before the first table.
PROJECT_KEYS: Mapping[str, Key] = {"output": PathText("output", "the path of the folder for the charts")}
# What a chart may say beside its wishes about the look; [defaults] may say all of it too.
PLAN_KEYS: Mapping[str, Key] = {
    "units": PathText("units.json", "the path of the units file"),
    "formats": Choices(DEFAULT_FORMATS, tuple(WRITERS), least=1),
    **{name: key.rule for name, key in CHART_KEYS.items()},
}


@dataclass(frozen=True, slots=True)
class ChartPlan:
    """One chart to make. name: of its files, without ending; units: the path of the units file from the project's
    folder; wishes: a value for every key of CHART_KEYS."""

    name: str
    units: str
    formats: tuple[str, ...]
    wishes: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Project:
    """A whole orgchart.toml. file: as the user named it; folder: where all its paths start from; output: the folder for
    the charts, as the file has it."""

    file: Path
    folder: Path
    output: str
    charts: tuple[ChartPlan, ...]

    @property
    def output_folder(self) -> Path:
        return self.folder / self.output

    def chosen(self, names: tuple[str, ...]) -> tuple[ChartPlan, ...]:
        """The charts of these names, or all where there is none, in the order of the file. Raises OrgChartError for a
        name that the file does not list, with the nearest."""
        known = [chart.name for chart in self.charts]
        for name in names:
            if name not in known:
                hint = Suggester(known).hint(name, f"there are {', '.join(known)}")
                raise OrgChartError(f"chart {quoted(name)} is not in {self.file}; {hint}")
        return tuple(chart for chart in self.charts if not names or chart.name in names)


def load_project(path: str | Path) -> Project:
    """Read and check an orgchart.toml, or that of a folder. Raises ProjectError with all of its faults."""
    file = Path(path) / PROJECT_FILE if Path(path).is_dir() else Path(path)
    kind = FileKind(
        error=ProjectError,
        what="project file",
        missing="go to the folder that has one, name it, or start a project with: orgchart new FOLDER",
        form='write tables as [charts.overview] and values as page = "A3"',
        stranger=lambda table: f"for a chart write [{CHARTS}.{part(table)}]",
    )
    content, lines = read_toml(file, str(file), kind)
    check = TableCheck(kind, lines)
    check.keys((), content, PROJECT_KEYS, (DEFAULTS, CHARTS))
    check.table((DEFAULTS,), content.get(DEFAULTS, {}), PLAN_KEYS)
    charts = content.get(CHARTS, {})
    if not isinstance(charts, dict):
        check.not_a_table((CHARTS,), charts)
        charts = {}
    elif not charts and not check.faults:
        remedy = f'add one: [{CHARTS}.overview], and below it its keys, such as page = "A3"'
        check.faults.append(Fault("file", "lists no chart", remedy))
    for name, value in charts.items():
        _check_chart(check, name, value)
    _check_places(check, file.parent)
    if check.faults:
        raise ProjectError(str(file), sorted(check.faults, key=line_of))
    common = {name: key.cleaned(key.default) for name, key in PLAN_KEYS.items()} | check.values[(DEFAULTS,)]
    plans = tuple(_plan(name, common | check.values[CHARTS, name]) for name in charts)
    return Project(file, file.parent, str(check.values[()].get("output", PROJECT_KEYS["output"].default)), plans)


def _check_chart(check: TableCheck, name: str, value: object) -> None:
    if name in PLAN_KEYS and not isinstance(value, dict):
        remedy = f"for all charts: [{DEFAULTS}] {name}"
        check.faults.append(
            Fault(place(check.lines, (CHARTS,), name), f"is a key of one chart, not of [{CHARTS}]", remedy)
        )
        return
    if safe_name(name) != name:
        rule = "the name of a chart is that of its files: a-z, 0-9, - and _, at most 80 characters"
        check.faults.append(Fault(place(check.lines, (CHARTS, name)), rule, f"write [{CHARTS}.{safe_name(name)}]"))
    check.table((CHARTS, name), value, PLAN_KEYS)


def _check_places(check: TableCheck, folder: Path) -> None:
    """What no single value shows: a style that nobody has, an output that is not a folder of the project's own."""
    for table, values in check.values.items():
        style = find_style(str(values["style"]), folder) if "style" in values else None
        if isinstance(style, Fault):
            where = place(check.lines, table, "style")
            check.faults.append(Fault(where, f"{style.place} {style.rule}", style.remedy))
    output = str(check.values[()].get("output", ""))
    if any(step in ("", ".", "..") for step in output.split("/")) and output:
        where = place(check.lines, (), "output")
        check.faults.append(
            Fault(where, f"{quoted(output)} is not a folder inside the project", 'write output = "output"')
        )


def _plan(name: str, values: Mapping[str, Any]) -> ChartPlan:
    return ChartPlan(name, values["units"], values["formats"], {key: values[key] for key in CHART_KEYS})
