"""A size, a shape and a seed, in; the units file of an invented public body of that many units, out.

    python benchmarks/trees.py 1000 --shape ministry --seed 1 > units.json

The same three give the same bytes on every machine and Python.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections.abc import Callable, Mapping
from random import Random

# A unit's parent by number, -1 for the root; a parent has a smaller number than its units.
Parents = list[int]

_FULLEST_MINISTRY = 400
_SMALLEST_WITH_OFFICES = 20
_CLERICAL = ("secretariat", "cabinet")
_BODY_LEVELS = ("ministry", "sector", "department", "section", "group")
OPENINGS: Mapping[str, str] = {
    "government": "Влада",
    "ministry": "Министарство за",
    "secretariat": "Секретаријат",
    "cabinet": "Кабинет министра",
    "sector": "Сектор за",
    "department": "Одељење за",
    "section": "Одсек за",
    "group": "Група за",
    "unit": "Јединица за",
}
# All in the accusative, which «за» takes.
TASKS = (
    "буџет и финансије", "билатералну сарадњу", "велике инфраструктурне пројекте", "високо образовање", "водопривреду",
    "државну помоћ", "електронске комуникације", "енергетску ефикасност", "европске интеграције",
    "заштиту животне средине",
    "заштиту потрошача", "интерну ревизију", "информационе технологије", "јавне набавке", "комуналне делатности",
    "културно наслеђе", "људске ресурсе", "људска и мањинска права", "међународне уговоре", "мултилатералну сарадњу",
    "надзор", "нормативне послове", "основно и предшколско образовање", "планирање и извештавање",
    "пољопривредну инспекцију",
    "послове писарнице", "правне и опште послове", "приватизацију и стечај", "развој малих и средњих предузећа",
    "регионални развој", "рачуноводство", "социјалну заштиту", "спољну трговину", "тржишну инспекцију", "туризам",
    "управне послове", "ваздушни саобраћај", "хуманитарна питања", "царински систем", "шумарство и ловство",
)  # fmt: skip
_SCOPES = (
    "", "", "", " и координацију", " и аналитику", " и заједничке послове", " са државама Западне Европе",
    " са земљама Западног Балкана", " у области безбедности", " у јединицама локалне самоуправе",
    " – Ужа унутрашња јединица у Нишу", " и управљање ризицима",
)  # fmt: skip
_DUTIES = (
    "праћење стања и предлагање мера у области из делокруга",
    "припрему нацрта закона и предлога других прописа",
    "сарадњу са другим органима државне управе, међународним организацијама и невладиним сектором",
    "израду анализа, извештаја и информација за потребе министра",
    "вођење прописаних евиденција и архивирање предмета",
    "друге послове из делокруга уже унутрашње јединице",
)


def _ministry(size: int, random: Random) -> Parents:
    """As in the rulebooks: few units, but not equally many, below each; over 400 units become a government with
    several ministries."""
    ministries = math.ceil(math.sqrt(size) / 4) if size > _FULLEST_MINISTRY else 1
    parents = [-1]
    if ministries == 1:
        _fill_ministry(parents, 0, size - 1, random)
        return parents
    for number in range(ministries):
        share = (size - 1) * (number + 1) // ministries - (size - 1) * number // ministries
        parents.append(0)
        _fill_ministry(parents, len(parents) - 1, share - 1, random)
    return parents


def _fill_ministry(parents: Parents, ministry: int, count: int, random: Random) -> None:
    offices = len(_CLERICAL) if count >= _SMALLEST_WITH_OFFICES else 0
    parents += [ministry] * offices
    _fill(parents, ministry, count - offices, random)


def _fill(parents: Parents, top: int, count: int, random: Random) -> None:
    """Put ``count`` units below the unit ``top``, on at most four levels, more evenly than not."""
    waiting = [(top, count, 4)]
    while waiting:
        above, below, levels = waiting.pop()
        if levels == 1:
            parents += [above] * below
            continue
        branches = min(below, max(2, round(below ** (1 / levels))) + random.randrange(3))
        weights = [2 + random.randrange(4) for _ in range(branches)]
        given = 0
        for number in range(branches):
            share = below * sum(weights[: number + 1]) // sum(weights) - given
            given += share
            if share:
                parents.append(above)
                waiting.append((len(parents) - 1, share - 1, levels - 1))


def _flat(size: int, random: Random) -> Parents:
    return [-1] + [0] * (size - 1)


def _binary(size: int, random: Random) -> Parents:
    return [-1] + [(number - 1) // 2 for number in range(1, size)]


def _chain(size: int, random: Random) -> Parents:
    return list(range(-1, size - 1))


def _random(size: int, random: Random) -> Parents:
    """Each unit below any of those before it: a few with very many below them, and some long branches."""
    return [-1] + [random.randrange(number) for number in range(1, size)]


SHAPES: Mapping[str, Callable[[int, Random], Parents]] = {
    "ministry": _ministry,
    "flat": _flat,
    "binary": _binary,
    "chain": _chain,
    "random": _random,
}


def tree(size: int, shape: str = "ministry", seed: int = 1) -> dict[str, object]:
    """The content of a units file with ``size`` units, at least one, in reading order; each with a name, functions and
    source lines as long as real ones. Raises ValueError for an unknown shape or a size under 1."""
    if shape not in SHAPES or size < 1:
        raise ValueError(f"no tree of shape {shape!r} and size {size}; shapes: {', '.join(SHAPES)}; size: 1 or more")
    random = Random(f"{shape} {size} {seed}")
    parents = SHAPES[shape](size, random)
    levels = _levels(parents)
    units = []
    line = 1
    for number in reading_order(parents):
        functions = [random.choice(_DUTIES) for _ in range(1 + random.randrange(3))]
        units.append(
            {
                "id": _id(number, levels),
                "parent": None if parents[number] < 0 else _id(parents[number], levels),
                "level": levels[number],
                "name": _name(levels[number], random),
                "functions": functions,
                "source": {"line": line, "end_line": line + len(functions)},
            }
            | ({"placement": "staff"} if levels[number] in _CLERICAL else {})
        )
        line += len(functions) + 1
    return {"title": f"Унутрашње уређење: {size} јединица", "units": units}


def _levels(parents: Parents) -> list[str]:
    """Each unit's level, by its depth; the first two units below a ministry are its secretariat and its cabinet where
    nothing is below them."""
    total = len(parents)
    depths, have_units, places = [0] * total, [False] * total, [0] * total
    seen = [0] * total
    for number, above in enumerate(parents):
        if above >= 0:
            depths[number] = depths[above] + 1
            have_units[above] = True
            places[number] = seen[above]
            seen[above] += 1
    many_ministries = total > _FULLEST_MINISTRY
    names = ("government", *_BODY_LEVELS) if many_ministries else _BODY_LEVELS
    levels = []
    for number, depth in enumerate(depths):
        level = names[depth] if depth < len(names) else "unit"
        if level == "sector" and places[number] < 2 and not have_units[number]:
            level = _CLERICAL[places[number]]
        levels.append(level)
    return levels


def reading_order(parents: Parents) -> list[int]:
    below: dict[int, list[int]] = {}
    for number, above in enumerate(parents):
        below.setdefault(above, []).append(number)
    order, waiting = [], [0]
    while waiting:
        number = waiting.pop()
        order.append(number)
        waiting += reversed(below.get(number, []))
    return order


def _id(number: int, levels: list[str]) -> str:
    return f"{levels[number]}-{number}"


def _name(level: str, random: Random) -> str:
    task, other = random.sample(TASKS, 2)
    scope = random.choice(_SCOPES)
    opening = OPENINGS[level]
    if level in ("ministry", "sector", "department"):
        return f"{opening} {task}" + (scope or f" и {other}")
    return f"{opening} {task}{scope}" if opening.endswith(" за") else opening


def main() -> None:
    parser = argparse.ArgumentParser(description="Print the units file of an invented public body.")
    parser.add_argument("size", type=int)
    parser.add_argument("--shape", choices=SHAPES, default="ministry")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    text = json.dumps(tree(asked.size, asked.shape, asked.seed), ensure_ascii=False, indent=1)
    sys.stdout.buffer.write(text.encode("utf-8") + b"\n")


if __name__ == "__main__":
    main()
