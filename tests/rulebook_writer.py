"""A random hierarchy and a random style, in; the text of a rulebook that says it, out. For round trips."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from orgchart.script import to_latin

# level, kind in the nominative, in the locative, gender, and the verb that agrees with it
KINDS = {
    "ministry": ("Министарство", "Министарству"),
    "sector": ("Сектор", "Сектору"),
    "department": ("Одељење", "Одељењу"),
    "section": ("Одсек", "Одсеку"),
    "group": ("Група", "Групи"),
    "service": ("Служба", "Служби"),
    "secretariat": ("Секретаријат", "Секретаријату"),
}
BELOW = {
    "ministry": ("sector", "secretariat", "group"), "sector": ("department", "section", "group", "service"),
    "secretariat": ("department", "section", "group"), "department": ("section", "group"), "section": ("group",),
    "service": ("section", "group"), "group": (),
}  # fmt: skip
FIRST = [
    "правне",
    "кадровске",
    "финансијске",
    "рачуноводствене",
    "аналитичке",
    "нормативне",
    "студијске",
    "информатичке",
    "техничке",
    "опште",
]
AREAS = (
    "политику туризма", "заштиту животне средине", "буџет", "јавне набавке", "инспекцијски надзор",
    "међународну сарадњу",
    "развој села", "водопривреду", "енергетску ефикасност", "сарадњу с Европском унијом", "управљање пројектима",
    "статистику и евиденције", "интерну ревизију", "људске ресурсе", "планирање, програмирање и извештавање",
)  # fmt: skip
VERBS = (
    "У {x} образују се следеће уже унутрашње јединице:", "У {x} образоване су следеће уже унутрашње јединице:",
    "У {x} се образују уже унутрашње јединице, и то:", "У оквиру {x_gen} образују се:", "У {x} образују се:",
    "У саставу {x_gen} налазе се следеће унутрашње јединице:",
    "{name} чине:", "{name} обухвата следеће уже унутрашње јединице:",
)  # fmt: skip
DUTIES = ("припрему прописа", "праћење стања у области", "израду анализа и извештаја", "сарадњу са другим органима",
          "друге послове из делокруга")  # fmt: skip
ENDINGS = {"Министарство": "Министарства", "Сектор": "Сектора", "Одељење": "Одељења", "Одсек": "Одсека",
           "Група": "Групе",
           "Служба": "Службе", "Секретаријат": "Секретаријата"}  # fmt: skip
ROMANS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")


@dataclass
class Made:
    level: str
    tail: str
    below: list[Made] = field(default_factory=list)

    def name(self, form: int = 0) -> str:
        return f"{KINDS[self.level][form]} {self.tail}"

    def genitive(self) -> str:
        return f"{ENDINGS[KINDS[self.level][0]]} {self.tail}"


def make(chance: random.Random) -> tuple[str, set[tuple[str, str, str | None]]]:
    """A rulebook and the rows (name, level, parent) that reading it must give."""
    used: set[str] = set()
    top = Made("ministry", "културе")
    _grow(top, chance, used, 0)
    latin = chance.random() < 0.5
    text = _written(top, chance)
    rows: set[tuple[str, str, str | None]] = set()
    stack: list[tuple[Made, str | None]] = [(top, None)]
    while stack:
        unit, parent = stack.pop()
        rows.add((unit.name(), unit.level, parent))
        stack += [(child, unit.name()) for child in unit.below]
    if not latin:
        return text, rows
    return to_latin(text), {(to_latin(n), level, p and to_latin(p)) for n, level, p in rows}


def damage(text: str, chance: random.Random) -> str:
    """The text with one to four whole sentences or items deleted, or set after the one that follows them.

    A name that goes on in the next line, and a number that stands alone above its name, stay together.
    """
    lines = text.split("\n")
    for _ in range(chance.randint(1, 4)):
        whole = [
            n for n in range(3, len(lines) - 1)
            if any(map(str.isalpha, lines[n])) and not lines[n][:1].islower() and not lines[n + 1][:1].islower()
            and (any(map(str.isalpha, lines[n - 1])) or not lines[n - 1]) and len(lines[n].split()) > 1
        ]  # fmt: skip
        if not whole:
            break
        place = chance.choice(whole)
        if chance.random() < 0.6:
            del lines[place]
        elif place + 1 in whole:
            lines[place], lines[place + 1] = lines[place + 1], lines[place]
    return "\n".join(lines)


def _grow(unit: Made, chance: random.Random, used: set[str], depth: int) -> None:
    kinds = BELOW[unit.level]
    if not kinds:
        return
    for _ in range(chance.randint(2, 4) if depth == 0 else chance.choice((0, 0, 2, 3))):
        child = Made(chance.choice(kinds), _tail(chance))
        if child.name() in used:
            continue
        used.add(child.name())
        unit.below.append(child)
        _grow(child, chance, used, depth + 1)


def _tail(chance: random.Random) -> str:
    if chance.random() < 0.5:
        return "за " + chance.choice(AREAS)
    words = chance.sample(FIRST, chance.randint(1, 3))
    return "за " + (", ".join(words[:-1]) + " и " + words[-1] if len(words) > 1 else words[0]) + " послове"


def _marks(style: str, count: int) -> list[str]:
    forms = {"1)": "{}) ", "1.": "{}. ", "(1)": "({}) ", "I": "", "-": "- ", "": ""}
    if style == "I":
        return [f"{ROMANS[number]} " for number in range(count)]
    return [forms[style].format(number + 1) for number in range(count)]


def _written(top: Made, chance: random.Random) -> str:
    lines = ["ПРАВИЛНИК", "о унутрашњем уређењу и систематизацији радних места у Министарству културе", ""]
    article = 0
    queue = [top]
    articles = chance.random() < 0.7
    while queue:
        unit = queue.pop(0)
        if articles:
            article += 1
            lines += ["", f"Члан {article}.", ""]
        if unit is not top and chance.random() < 0.5:
            lines += [f"{unit.name()} обавља послове који се односе на:"]
            lines += [f"- {duty};" for duty in chance.sample(DUTIES, 3)] + [""]
        if not unit.below:
            continue
        lines += _list(unit, chance)
        queue += unit.below
    return "\n".join(lines) + "\n"


def _list(unit: Made, chance: random.Random) -> list[str]:
    names = [child.name() for child in unit.below]
    intro = chance.choice(VERBS).format(x=unit.name(1), x_gen=unit.genitive(), name=unit.name())
    form = chance.random()
    if form < 0.15 and len(names) > 1:
        head = f"У {unit.name(1)} образују се "
        return [head + ", ".join(names[:-1]) + " и " + names[-1] + ".", ""]
    if form < 0.25 and len(names) < 6:
        counts = {2: "две", 3: "три", 4: "четири", 5: "пет"}
        if len(names) in counts:
            intro = f"У {unit.name(1)} образују се {counts[len(names)]} уже унутрашње јединице, и то:"
    style = chance.choice(("1)", "1.", "(1)", "I", "-", "") if len(names) <= 10 else ("1)", "1."))
    lines = [intro]
    end = chance.choice((";", ",", ""))
    for place, (mark, name) in enumerate(zip(_marks(style, len(names)), names, strict=True)):
        last = place == len(names) - 1
        closing = "." if last and end else end
        if mark.strip() and chance.random() < 0.1:
            lines += [mark.strip(), name + closing]
        elif len(name) > 40 and chance.random() < 0.2:
            cut = name.rindex(" ", 0, 40)
            lines += (
                [mark + name[:cut], name[cut + 1 :] + closing] if name[cut + 1].islower() else [mark + name + closing]
            )
        else:
            lines.append(mark + name + closing)
    return [*lines, ""]
