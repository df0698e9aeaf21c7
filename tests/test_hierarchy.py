"""Claims about the Hierarchy, each on the smallest tree that shows it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orgchart.errors import OrgChartError, UnitsError
from orgchart.hierarchy import build_hierarchy
from orgchart.units import Unit, UnitFile


def hierarchy(**parents):
    return build_hierarchy(UnitFile(units=tuple(Unit(i, "x", i.upper(), parent) for i, parent in parents.items())))


def ids(units):
    return [unit.id for unit in units]


def test_units_stand_in_reading_order_whatever_their_order_in_the_file():
    tree = hierarchy(d="b", b="a", c="a", a=None, e="b")
    assert ids(tree.units) == ["a", "b", "d", "e", "c"]
    assert ids(tree) == ["a", "b", "d", "e", "c"]
    assert ids(tree.children("a")) == ["b", "c"]
    assert list(tree.graph.edges) == [("a", "b"), ("a", "c"), ("b", "d"), ("b", "e")]


def test_each_unit_knows_its_parent_and_the_graph_its_unit():
    tree = hierarchy(a=None, b="a")
    assert tree.parent("a") is None
    assert tree.parent("b") == Unit("a", "x", "A")
    assert tree.unit("b") == Unit("b", "x", "B", "a") == tree.graph.nodes["b"]["unit"]


def test_every_question_for_the_graph_gets_the_same_one():
    tree = hierarchy(a=None, b="a")
    assert tree.graph is tree.graph


def test_a_forest_has_several_roots():
    tree = hierarchy(a=None, b=None, c="a")
    assert ids(tree.roots) == ["a", "b"]
    assert ids(tree.units) == ["a", "c", "b"]
    assert (len(tree), tree.height) == (3, 2)


def test_a_single_unit_is_one_level_high():
    assert hierarchy(a=None).height == 1


def test_a_branch_is_a_hierarchy_of_its_own():
    branch = hierarchy(a=None, b="a", c="b", d="a").branch("b", None)
    assert ids(branch.roots) == ["b"]
    assert ids(branch.units) == ["b", "c"]
    assert branch.parent("b") is None
    assert (branch.height, "a" in branch) == (2, False)


def test_depth_counts_the_generations_below_the_root():
    tree = hierarchy(a=None, b="a", c="b", d=None)
    assert ids(tree.branch(None, 1).units) == ["a", "b", "d"]
    assert ids(tree.branch("a", 0).units) == ["a"]
    assert ids(tree.branch("a", 9).units) == ["a", "b", "c"]
    assert ids(tree.branch(None, None).units) == ["a", "b", "c", "d"]


def test_a_branch_at_an_unknown_root_names_the_nearest():
    tree = build_hierarchy(UnitFile(units=(Unit("finance", "x", "Finance Department"),)))
    with pytest.raises(OrgChartError, match=r'^unit "finanse" does not exist; did you mean "finance"\?$'):
        tree.branch("finanse", None)
    with pytest.raises(OrgChartError, match=r'did you mean "finance"\?$'):
        tree.branch("finance department", None)


def test_a_negative_depth_is_refused():
    with pytest.raises(OrgChartError, match="depth -1 is negative"):
        hierarchy(a=None).branch(None, -1)


def test_units_made_in_python_are_checked_too():
    with pytest.raises(UnitsError, match=r'^units.json, /units/0: unit "a": parent "z" does not exist'):
        hierarchy(a="z")
    with pytest.raises(UnitsError, match=r"b → a → b"):
        hierarchy(b="a", a="b")


def test_a_chain_of_5000_units_is_built_and_cut():
    chain = build_hierarchy(
        UnitFile(units=tuple(Unit(str(i), "x", "n", str(i - 1) if i else None) for i in range(5_000)))
    )
    assert chain.height == 5_000
    assert chain.branch("4000", 10).height == 11


@given(st.lists(st.integers(0, 99), max_size=30).flatmap(lambda numbers: st.permutations(list(enumerate(numbers)))))
@settings(max_examples=50, deadline=None)
def test_every_unit_stands_once_after_its_parent(pairs):
    units = tuple(Unit(str(i), "x", "n", str(number % i) if i and number % 7 else None) for i, number in pairs)
    tree = build_hierarchy(UnitFile(units=units))
    place = {unit.id: index for index, unit in enumerate(tree.units)}
    assert sorted(place) == sorted(unit.id for unit in units)
    assert all(unit.parent is None or place[unit.parent] < place[unit.id] for unit in units)
    for unit in units:
        assert tree.children(unit.id) == tuple(child for child in units if child.parent == unit.id)
