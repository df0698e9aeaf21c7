"""Checked units, in; a Hierarchy that knows parents, children and reading order, out. Sole user of NetworkX."""

from __future__ import annotations

import io
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from orgchart.errors import OrgChartError, UnitsError
from orgchart.hints import Suggester, quoted
from orgchart.units import Relation, Unit, UnitFile, tree_faults

if TYPE_CHECKING:
    import networkx

# NetworkX's matching takes some 0.2 s for a tangle of 400 pairs, and a hundred times that for one of 6,000.
_MOST_TANGLED: Final = 400


class Hierarchy:
    """A forest of units: every unit has at most one parent, none is above itself. It does not change once built.

    roots: in file order; units: in reading order, each parent before its children, siblings in file order;
    height: the number of levels from the roots to the deepest unit, 1 for a single unit, 0 without units;
    relations: in file order, those between two units of this hierarchy.
    """

    __slots__ = ("_children", "_graph", "_parents", "_units", "height", "relations", "roots", "units")

    def __init__(
        self,
        roots: Iterable[Unit],
        units: Iterable[tuple[Unit, str | None, int]],
        relations: Iterable[Relation] = (),
    ) -> None:
        """units: in reading order, each with the id of its parent here and its generation, 1 for a root. relations:
        those with an end that is not here are left out."""
        self.roots: tuple[Unit, ...] = tuple(roots)
        self.height = 0
        # Each view of a graph is made anew for every question, and most charts ask for none.
        self._graph: networkx.DiGraph[str] | None = None
        self._units: dict[str, Unit] = {}
        self._parents: dict[str, Unit | None] = {}
        children: dict[str, list[Unit]] = {}
        for unit, parent, generation in units:
            self._units[unit.id] = unit
            self._parents[unit.id] = None if parent is None else self._units[parent]
            if parent is not None:
                children.setdefault(parent, []).append(unit)
            if generation > self.height:
                self.height = generation
        self._children: dict[str, tuple[Unit, ...]] = {parent: tuple(below) for parent, below in children.items()}
        self.units: tuple[Unit, ...] = tuple(self._units.values())
        self.relations: tuple[Relation, ...] = tuple(
            relation for relation in relations if relation.source in self and relation.target in self
        )

    def __len__(self) -> int:
        return len(self.units)

    def __contains__(self, unit_id: object) -> bool:
        return unit_id in self._units

    def __iter__(self) -> Iterator[Unit]:
        return iter(self.units)

    @property
    def graph(self) -> networkx.DiGraph[str]:
        """NetworkX's own, the same at every question: an edge from each parent to each child, with the Unit as node
        attribute ``unit``."""
        if self._graph is None:  # only here, for to load NetworkX takes almost half as long as a small chart
            import networkx

            self._graph = networkx.DiGraph()
            self._graph.add_nodes_from((unit.id, {"unit": unit}) for unit in self.units)
            self._graph.add_edges_from((above.id, unit) for unit, above in self._parents.items() if above is not None)
        return self._graph

    def unit(self, unit_id: str) -> Unit:
        """The unit with this id. Raises OrgChartError, with the nearest id, for any other."""
        found = self._units.get(unit_id)
        if found is None:
            suggester = Suggester((unit.id for unit in self.units), ((unit.name, unit.id) for unit in self.units))
            hint = suggester.hint(unit_id, "name the id of a unit")
            raise OrgChartError(f"unit {quoted(unit_id)} does not exist; {hint}")
        return found

    def children(self, unit_id: str) -> tuple[Unit, ...]:
        """In file order. Raises OrgChartError for an unknown id."""
        if unit_id not in self._units:
            self.unit(unit_id)
        return self._children.get(unit_id, ())

    def parent(self, unit_id: str) -> Unit | None:
        """None for a root of this hierarchy. Raises OrgChartError for an unknown id."""
        if unit_id not in self._parents:
            self.unit(unit_id)
        return self._parents[unit_id]

    def branch(self, root: str | None = None, depth: int | None = None) -> Hierarchy:
        """The hierarchy below one unit (None: below all roots), with at most ``depth`` generations under it.

        Raises OrgChartError for an unknown root, with the nearest id, and for a negative depth.
        """
        if depth is not None and depth < 0:
            raise OrgChartError(f"depth {depth} is negative; give the generations below the root to show, 0 or more")
        if root is None and depth is None:
            return self
        roots = self.roots if root is None else (self.unit(root),)
        most = None if depth is None else depth + 1
        return Hierarchy(roots, _reading_order(roots, self.children, most), self.relations)

    def part(self, wanted: Container[str]) -> Hierarchy:
        """The hierarchy of the units wanted, by id; one whose parent is not among them is a root."""
        roots: list[Unit] = []
        units: list[tuple[Unit, str | None, int]] = []
        generations: dict[str, int] = {}
        for unit in self.units:
            if unit.id not in wanted:
                continue
            parent = self.parent(unit.id)
            above = parent.id if parent is not None and parent.id in generations else None
            generations[unit.id] = 1 if above is None else generations[above] + 1
            units.append((unit, above, generations[unit.id]))
            if above is None:
                roots.append(unit)
        return Hierarchy(roots, units, self.relations)


def build_hierarchy(unit_file: UnitFile) -> Hierarchy:
    """Raises UnitsError for units that are not a forest; those of a loaded file always are."""
    if faults := tree_faults(unit_file):
        raise UnitsError(unit_file.name, faults)
    children: dict[str | None, list[Unit]] = {}
    for unit in unit_file.units:
        children.setdefault(unit.parent, []).append(unit)
    roots = children.get(None, [])
    order = _reading_order(roots, lambda unit_id: children.get(unit_id, ()), None)
    return Hierarchy(roots, order, unit_file.relations)


def _reading_order(
    roots: Sequence[Unit], children: Callable[[str], Sequence[Unit]], most: int | None
) -> Iterator[tuple[Unit, str | None, int]]:
    """Preorder, down to generation ``most``, with a list of what is still to come in place of recursion."""
    waiting: list[tuple[Unit, str | None, int]] = [(root, None, 1) for root in reversed(roots)]
    while waiting:
        unit, parent, generation = waiting.pop()
        yield unit, parent, generation
        if most is None or generation < most:
            waiting += [(child, unit.id, generation + 1) for child in reversed(children(unit.id))]


def graphml(
    hierarchy: Hierarchy,
    attributes: Callable[[Unit], Mapping[str, str | int]],
    about: Mapping[str, str],
) -> bytes:
    """GraphML in UTF-8: a node for each unit with its attributes, an edge from each parent to each child (type
    ``parent``, kind ``contains``), then one for each relation (type ``relation`` and its own kind); about: the graph's
    own attributes."""
    import networkx

    # Of several edges between two units each is kept; ids of their own make them valid GraphML.
    graph: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    graph.graph.update(about)
    for unit in hierarchy.units:
        graph.add_node(unit.id, **attributes(unit))
    ties = [(parent, child, "parent", "contains") for parent, child in hierarchy.graph.edges]
    ties += [(relation.source, relation.target, "relation", relation.kind) for relation in hierarchy.relations]
    for number, (source, target, sort, kind) in enumerate(ties, 1):
        graph.add_edge(source, target, key=f"e{number}", type=sort, kind=kind)
    written = io.BytesIO()
    networkx.readwrite.graphml.write_graphml_xml(graph, written, named_key_ids=True)
    return written.getvalue()


def best_pairs(candidates: Iterable[tuple[int, int, int]]) -> list[tuple[int, int]]:
    """The pairs that together weigh most, each number in one pair at most, in rising order. candidates: the number of
    one side, the number of the other and what the pair weighs, above 0; a pair given twice counts once.

    Exact for tangles of up to 400 candidates that share numbers; a larger one loses its lightest pairs until it falls
    apart, so that the time stays bounded.
    """
    once = sorted({(left, right): (left, right, weight) for left, right, weight in candidates}.values())
    waiting = [once] if once else []
    found: list[tuple[int, int]] = []
    while waiting:
        for part in _tangles(waiting.pop()):
            if len(part) == 1:
                found.append(part[0][:2])
            elif len(part) > _MOST_TANGLED:
                heavy = sorted(part, key=lambda each: (-each[2], each))
                waiting.append(sorted(heavy[: max(_MOST_TANGLED // 2, len(part) * 2 // 3)]))
            else:
                found += _heaviest(part)
    return sorted(found)


def _tangles(candidates: Sequence[tuple[int, int, int]]) -> Iterator[list[tuple[int, int, int]]]:
    """The candidates in groups of which no two share a number."""
    import networkx

    graph: networkx.Graph[tuple[int, int]] = networkx.Graph()
    graph.add_edges_from(((0, left), (1, right)) for left, right, _ in candidates)
    group_of = {
        number: group for group, numbers in enumerate(networkx.connected_components(graph)) for number in numbers
    }
    groups: dict[int, list[tuple[int, int, int]]] = {}
    for candidate in candidates:
        groups.setdefault(group_of[(0, candidate[0])], []).append(candidate)
    yield from groups.values()


def _heaviest(candidates: Sequence[tuple[int, int, int]]) -> Iterator[tuple[int, int]]:
    import networkx

    graph: networkx.Graph[tuple[int, int]] = networkx.Graph()
    for left, right, weight in candidates:
        graph.add_edge((0, left), (1, right), weight=weight)
    for one, other in networkx.max_weight_matching(graph):
        (_, left), (_, right) = sorted((one, other))
        yield left, right
