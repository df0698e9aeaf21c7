"""A seed and a number of amendments, in; a body before and after them, with the true list of what changed, out.

The body is an invented ministry with functions; amendments are drawn at random and each knows what it changes. Ids are
then given in one of three ways: kept through the amendment, made from the names as a fresh reading makes them, or plain
numbers in reading order, which mean nothing from one file to the next.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Literal

from orgchart.changes import Changes
from orgchart.ids import slug
from orgchart.script import to_latin
from orgchart.units import Unit, UnitFile

sys.path.insert(0, str(Path(__file__).parent.parent / "benchmarks"))
from ministries import SHAPES, ministry
from trees import OPENINGS, TASKS

WORK = (
    "припрему нацрта прописа о", "праћење примене прописа о", "израду анализа и извештаја о", "вођење евиденција о",
    "надзор над радом у области", "стручну помоћ у пословима", "сарадњу са међународним организацијама у пословима",
    "обраду захтева странака у пословима", "планирање средстава за", "предлагање мера за унапређење",
    "припрему међународних уговора о", "обуку запослених у области",
)  # fmt: skip
MATTERS = (
    "употреби печата и жигова", "пловидби унутрашњим водама", "квалитету ваздуха", "рударским теренима",
    "матичним књигама", "заштити од поплава", "дипломатским пријемима", "уџбеницима за основне школе",
    "музејским збиркама", "санитарним прегледима", "стамбеним кредитима", "спортским савезима",
    "ветеринарским лековима", "изборним списковима", "железничким прелазима", "платним картицама",
    "архивској грађи", "ученичким домовима", "радним дозволама странаца", "научним часописима",
    "семенском материјалу", "поштанским услугама", "пчеларству", "возачким дозволама", "бањским лечилиштима",
    "нуклеарној сигурности", "филмским копродукцијама", "азилу и миграцијама", "робним резервама",
    "каменоломима", "сточним пијацама", "цивилном ваздухопловству",
)  # fmt: skip
PLACES = (
    "",
    " у првом степену",
    " у другом степену",
    " на граничним прелазима",
    " у дијаспори",
    " за потребе министра",
)
COMMON = (
    "учешће у припреми нацрта закона из делокруга министарства",
    "сарадњу са другим органима државне управе",
)
CLOSING = "друге послове из делокруга {}"
_OF_LEVEL = {"department": "Одељења", "section": "Одсека", "group": "Групе", "sector": "Сектора"}
_OTHER_LEVEL = {"department": "section", "section": "department", "group": "section"}
Ids = Literal["kept", "names", "numbers"]
# kind, old units, new units, words before, words after; the words for functions only, which are told apart by them
Truth = tuple[str, tuple[int, ...], tuple[int, ...], str, str]


@dataclass(slots=True)
class Body:
    """A unit that changes as it is amended. key: the same before and after; home: the key of its parent."""

    key: int
    home: int | None
    level: str
    name: str
    functions: list[str]
    staff: int | None = None
    placement: Literal["line", "staff"] = "line"

    @property
    def own(self) -> list[str]:
        return [text for text in self.functions if text not in COMMON and not text.startswith("друге")]


@dataclass(slots=True)
class Amended:
    """old: units before; units: as amended, by key; order: keys of the children of each; truth: what changed."""

    random: Random
    old: dict[int, Body] = field(default_factory=dict)
    old_order: dict[int | None, list[int]] = field(default_factory=dict)
    units: dict[int, Body] = field(default_factory=dict)
    order: dict[int | None, list[int]] = field(default_factory=dict)
    truth: list[Truth] = field(default_factory=list)
    touched: set[int] = field(default_factory=set)
    fixed: set[int] = field(default_factory=set)  # parents whose children must stay
    said: set[str] = field(default_factory=set)

    def function(self) -> str:
        while True:
            text = self.random.choice(WORK) + " " + self.random.choice(MATTERS) + self.random.choice(PLACES)
            if text not in self.said:
                self.said.add(text)
                return text

    def name(self, level: str) -> str:
        """A name that no unit has had, in whatever kind."""
        had = {body.name.partition(" ")[2] for body in (*self.units.values(), *self.old.values())}
        while True:
            tasks = self.random.sample(TASKS, 1 + self.random.randrange(2))
            name = f"{OPENINGS[level]} {' и '.join(tasks)}"
            if name.partition(" ")[2] not in had:
                return name

    def is_above(self, upper: int, lower: int | None) -> bool:
        while lower is not None:
            if lower == upper:
                return True
            lower = self.units[lower].home
        return False

    def free(self, wanted: Callable[[Body], bool] = lambda body: True) -> list[Body]:
        return [
            body
            for body in self.units.values()
            if body.key not in self.touched and body.home is not None and body.level in _OF_LEVEL and wanted(body)
        ]

    def pick(self, bodies: Sequence[Body]) -> Body | None:
        return self.random.choice(bodies) if bodies else None

    def put(self, level: str, name: str, functions: list[str], home: int, after: int | None = None) -> Body:
        body = Body(max(*self.units, *self.old) + 1, home, level, name, functions)
        self.units[body.key] = body
        siblings = self.order.setdefault(home, [])
        siblings.insert(len(siblings) if after is None else siblings.index(after) + 1, body.key)
        self.touched.add(body.key)
        return body

    def take_out(self, body: Body) -> None:
        self.order[body.home].remove(body.key)
        del self.units[body.key]
        self.touched.add(body.key)

    def is_leaf(self, body: Body) -> bool:
        return not self.order.get(body.key)

    def movable(self, body: Body) -> bool:
        return body.home not in self.fixed

    def tell(self, kind: str, old: Sequence[int], new: Sequence[int], before: str = "", after: str = "") -> None:
        self.truth.append((kind, tuple(sorted(old)), tuple(sorted(new)), before, after))


def _add(amended: Amended) -> bool:
    home = amended.pick(amended.free())
    if home is None or home.level == "group":
        return False
    level = {"sector": "department", "department": "section"}.get(home.level, "group")
    functions = [amended.function() for _ in range(2 + amended.random.randrange(3))]
    new = amended.put(level, amended.name(level), [*functions, CLOSING.format(_OF_LEVEL[level])], home.key)
    amended.tell("added", (), (new.key,))
    return True


def _abolish(amended: Amended) -> bool:
    body = amended.pick(amended.free(lambda body: amended.is_leaf(body) and amended.movable(body)))
    if body is None or body.home is None:
        return False
    home = amended.units[body.home]
    amended.take_out(body)
    amended.tell("abolished", (body.key,), ())
    if home.key not in amended.touched and home.functions and amended.random.randrange(2):
        for text in body.own:  # its work falls to the unit it stood in
            home.functions.insert(0, text)
            amended.tell("function handed over", (body.key,), (home.key,), text, text)
        amended.touched.add(home.key)
    return True


def _rename(amended: Amended) -> bool:
    body = amended.pick(amended.free())
    if body is None:
        return False
    way = amended.random.randrange(3)
    if way == 0 and len(body.own) > 1:
        name = amended.name(body.level)
    else:
        name = f"{body.name} и {'координацију' if way == 1 else amended.random.choice(TASKS)}"
    if any(other.name == name for other in amended.units.values()):
        return False
    body.name = name
    amended.touched.add(body.key)
    amended.tell("renamed", (body.key,), (body.key,))
    return True


def _move(amended: Amended) -> bool:
    body = amended.pick(amended.free(amended.movable))
    if body is None:
        return False
    homes = [
        home
        for home in amended.units.values()
        if home.level in ("sector", "department", "ministry")
        and home.key != body.home
        and home.key in amended.old
        and not amended.is_above(body.key, home.key)
        and all(amended.units[key].name != body.name for key in amended.order.get(home.key, ()))
    ]
    home = amended.pick(homes)
    if home is None:
        return False
    amended.order[body.home].remove(body.key)
    amended.order.setdefault(home.key, []).append(body.key)
    body.home = home.key
    amended.touched.add(body.key)
    amended.tell("moved", (body.key,), (body.key,))
    return True


def _level(amended: Amended) -> bool:
    body = amended.pick(
        amended.free(lambda body: body.level in _OTHER_LEVEL and body.name.startswith(OPENINGS[body.level]))
    )
    if body is None:
        return False
    level = _OTHER_LEVEL[body.level]
    name = OPENINGS[level] + body.name[len(OPENINGS[body.level]) :]
    if any(other.name == name for other in amended.units.values()):
        return False
    body.level, body.name = level, name
    amended.touched.add(body.key)
    amended.tell("level", (body.key,), (body.key,))
    return True


def _split(amended: Amended) -> bool:
    body = amended.pick(
        amended.free(lambda body: len(body.own) > 3 and amended.is_leaf(body) and amended.movable(body))
    )
    if body is None or body.home is None:
        return False
    own = body.own
    half = len(own) // 2
    closing = CLOSING.format(_OF_LEVEL[body.level])
    second = amended.put(body.level, amended.name(body.level), [*own[half:], closing], body.home, body.key)
    if amended.random.randrange(2):
        body.functions = [text for text in body.functions if text not in own[half:]]
        amended.touched.add(body.key)
        amended.tell("split", (body.key,), (body.key, second.key))
        return True
    common = [text for text in body.functions if text in COMMON]
    functions = [*own[:half], *common, closing]
    first = amended.put(body.level, amended.name(body.level), functions, body.home, body.key)
    amended.take_out(body)
    amended.tell("split", (body.key,), (first.key, second.key))
    return True


def _merge(amended: Amended) -> bool:
    bodies = amended.free(lambda body: len(body.own) > 1 and amended.is_leaf(body) and amended.movable(body))
    one = amended.pick(bodies)
    other = amended.pick([body for body in bodies if body is not one])
    if one is None or other is None or one.home is None:
        return False
    total = len(one.own) + len(other.own)
    if amended.random.randrange(2):
        common = [text for text in other.functions if text in COMMON and text not in one.functions]
        one.functions = [*other.own, *common, *one.functions]
        amended.take_out(other)
        amended.touched.add(one.key)
        amended.tell("merged", (one.key, other.key), (one.key,))
        return True
    if max(len(one.own), len(other.own)) * 5 >= 3 * total:
        return False  # the larger one might be the whole under another name
    closing = CLOSING.format(_OF_LEVEL[one.level])
    common = [text for text in COMMON if text in (*one.functions, *other.functions)]
    functions = [*one.own, *other.own, *common, closing]
    new = amended.put(one.level, amended.name(one.level), functions, one.home, one.key)
    amended.take_out(one)
    amended.take_out(other)
    amended.tell("merged", (one.key, other.key), (new.key,))
    return True


def _hand_over(amended: Amended) -> bool:
    giver = amended.pick(amended.free(lambda body: len(body.own) > 2))
    taker = amended.pick(amended.free(lambda body: bool(body.own) and body is not giver))
    if giver is None or taker is None:
        return False
    text = amended.random.choice(giver.own)
    giver.functions.remove(text)
    taker.functions.insert(0, text)
    amended.touched |= {giver.key, taker.key}
    amended.tell("function handed over", (giver.key,), (taker.key,), text, text)
    return True


def _function(amended: Amended) -> bool:
    body = amended.pick(amended.free(lambda body: len(body.own) > 2))
    if body is None:
        return False
    way = amended.random.randrange(3)
    text = amended.random.choice(body.own)
    place = body.functions.index(text)
    if way == 0:
        body.functions.remove(text)
        amended.tell("function lost", (body.key,), (body.key,), text)
    elif way == 1:
        new = amended.function()
        body.functions.insert(place, new)
        amended.tell("function gained", (body.key,), (body.key,), "", new)
    else:
        body.functions[place] = text + " и старање о њима"
        amended.tell("function reworded", (body.key,), (body.key,), text, body.functions[place])
    amended.touched.add(body.key)
    return True


def _staff(amended: Amended) -> bool:
    body = amended.pick(amended.free())
    if body is None:
        return False
    body.staff = (body.staff or 0) + 1
    amended.touched.add(body.key)
    amended.tell("staff", (body.key,), (body.key,))
    return True


def _placement(amended: Amended) -> bool:
    body = amended.pick(amended.free())
    if body is None:
        return False
    body.placement = "staff"
    amended.touched.add(body.key)
    amended.tell("placement", (body.key,), (body.key,))
    return True


def _reorder(amended: Amended) -> bool:
    """By two places or more, so that one unit alone can be the one that moved."""
    homes = [
        key
        for key, children in amended.order.items()
        if key is not None and len(children) > 3 and key not in amended.fixed
        and all(child in amended.old and amended.old[child].home == key for child in children)
        and len(children) == len(amended.old_order[key])
    ]  # fmt: skip
    if not homes:
        return False
    home = amended.random.choice(homes)
    children = amended.order[home]
    place = amended.random.randrange(len(children))
    key = children.pop(place)
    places = [other for other in range(len(children) + 1) if abs(other - place) > 1]
    children.insert(amended.random.choice(places), key)
    amended.fixed.add(home)
    amended.tell("order", (key,), (key,))
    return True


AMENDMENTS = (
    _add, _abolish, _rename, _move, _level, _split, _merge, _hand_over, _function, _staff, _placement, _reorder,
)  # fmt: skip


def amend(seed: int, size: int = 40, count: int = 6) -> Amended:
    """A ministry of ``size`` units, at least 30, with up to ``count`` amendments."""
    random = Random(f"amendments {seed}")
    amended = Amended(random)
    made = ministry(size, tuple(SHAPES)[seed % len(SHAPES)], seed)["units"]
    assert isinstance(made, list)
    keys = {unit["id"]: number for number, unit in enumerate(made)}
    namesakes = 0
    for unit in made:
        level = unit["level"]
        functions: list[str] = []
        if level in _OF_LEVEL and random.randrange(5):
            functions = [amended.function() for _ in range(2 + random.randrange(4))]
            functions += [text for text in COMMON if not random.randrange(4)] + [CLOSING.format(_OF_LEVEL[level])]
        name = unit["name"]
        if level == "group" and functions and namesakes < 3 and not random.randrange(6):
            name, namesakes = "Група за опште послове", namesakes + 1
        home = keys.get(unit["parent"])
        key = keys[unit["id"]]
        twin = any(amended.old[other].name == name for other in amended.old_order.get(home, ()))
        staff = random.randrange(2, 20) if random.randrange(2) else None
        body = Body(key, home, level, unit["name"] if twin else name, functions, staff, unit.get("placement", "line"))
        amended.old[key] = body
        amended.old_order.setdefault(home, []).append(key)
    amended.units = {
        key: Body(b.key, b.home, b.level, b.name, list(b.functions), b.staff, b.placement)
        for key, b in amended.old.items()
    }
    amended.order = {home: list(children) for home, children in amended.old_order.items()}
    left = count
    for _ in range(10 * count):
        if left and random.choice(AMENDMENTS)(amended):
            left -= 1
    return amended


def files(amended: Amended, ids: Ids, latin: bool = False) -> tuple[UnitFile, UnitFile, dict[str, int], dict[str, int]]:
    """Both units files, and the key of the unit behind each id of the old and of the new one. latin: the new one is
    written in the other script."""
    old, old_keys = _file(amended.old, amended.old_order, ids, False, "old.json")
    new, new_keys = _file(amended.units, amended.order, ids, latin, "new.json")
    return old, new, old_keys, new_keys


def _file(
    bodies: dict[int, Body], order: dict[int | None, list[int]], ids: Ids, latin: bool, name: str
) -> tuple[UnitFile, dict[str, int]]:
    reading: list[int] = []
    waiting = list(reversed(order[None]))
    while waiting:
        key = waiting.pop()
        reading.append(key)
        waiting += reversed(order.get(key, []))
    found: dict[int, str] = {}
    taken: set[str] = set()
    for number, key in enumerate(reading):
        wanted = {"kept": f"u{key}", "numbers": f"u{number}", "names": slug(bodies[key].name)}[ids]
        home = bodies[key].home
        if wanted in taken and home is not None:
            wanted = f"{wanted}-{found[home]}"
        taken.add(wanted)
        found[key] = wanted
    write = to_latin if latin else str
    units = tuple(
        Unit(
            id=found[key], level=body.level, name=write(body.name),
            parent=None if body.home is None else found[body.home],
            functions=tuple(map(write, body.functions)), staff=body.staff, placement=body.placement,
        )
        for key in reading
        for body in [bodies[key]]
    )  # fmt: skip
    return UnitFile(units=units, name=name), {unit_id: key for key, unit_id in found.items()}


@dataclass(frozen=True, slots=True)
class Verdict:
    """missed: true changes that were neither told nor asked about; invented: sure changes that are not true; asked:
    how many doubts there were; true: how many changes there are."""

    missed: tuple[Truth, ...]
    invented: tuple[Truth, ...]
    asked: int
    true: int


def judge(
    amended: Amended, changes: Changes, old_keys: dict[str, int], new_keys: dict[str, int], latin: bool = False
) -> Verdict:
    """Hold what was found against what is true."""

    def told(kind: str, old: Sequence[str], new: Sequence[str], before: str, after: str) -> Truth:
        with_words = kind.startswith("function")
        olds, news = (tuple(sorted(map(keys.__getitem__, ids))) for keys, ids in ((old_keys, old), (new_keys, new)))
        return kind, olds, news, before if with_words else "", after if with_words else ""

    write = to_latin if latin else str
    truth = {(kind, old, new, before, write(after)) for kind, old, new, before, after in amended.truth}
    told_of = {told(c.kind, c.old, c.new, c.before, c.after): changes.sure(c) for c in changes.changes}
    asked_old = {old_keys[unit] for doubt in changes.doubts for unit in doubt.old}
    asked_new = {new_keys[unit] for doubt in changes.doubts for unit in doubt.new}
    return Verdict(
        tuple(
            sorted(
                each for each in truth - set(told_of) if asked_old.isdisjoint(each[1]) and asked_new.isdisjoint(each[2])
            )
        ),
        tuple(sorted(each for each, sure in told_of.items() if sure and each not in truth)),
        len(changes.doubts),
        len(truth),
    )
