"""A source of chance, in; hostile style files and project files, out."""

# ruff: noqa: E501 - one case, one line

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

from tests.hostile.case import REFUSED, Case

UNITS = b'{"units": [{"id": "top", "level": "sector", "name": "N"}, {"id": "b", "level": "group", "name": "B", "parent": "top"}]}'
HOSTILE_WORDS = (
    'x\\"><script>', "</style>", "@import 'http://a'", "url(http://a)", "u\\\\72l(http://a)", "expression(1)", "PT Sans, serif",
    "a;b", "-rf", "../x", "a\\u0000b", "a\\u001bb", "\\u202ea", "$(id)", "<!--", "]]>", "{}", "#ffffff", "javascript:x",
)  # fmt: skip
BOX = {
    "fill": ('"red"', '"url(#x)"', '"#fff"', '"#ffffff;x"', '"#GGGGGG"', "0", "[]"),
    "border_width_pt": ("1e11", "-1", "nan", "inf", '"1"', "true", "9" * 500, "1e999", "0x7fffffff"),
    "border_line": ('"nosuch"', '"solid;x"', "1", '""'),
    "corner": ('"nosuch"', '"polygon"', "true"),
    "font_size_pt": ("0", "6.9", "1e9", "-1", '"12"'),
    "bold": ("1", '"true"', "2026-11-24", "[true]"),
    "padding_x_pt": ("0", "61", "1e11"),
    "max_width_pt": ("1e11", "0", "inf"),
    "arrange": ('"spiral"', "1"),
    "show": ('["secret"]', '"number"', '["number", "number"]', "[1]"),
}
WISHES = {
    "page": ('"A9"', '"1e9x1e9mm"', '"99999x99999mm"', "4", '""', '"/etc/passwd"'),
    "dpi": ("0", "2401", "1e9", "99999999999", '"200"', "true"),
    "depth": ("-1", "1.5", '"2"', "9" * 30 + "x"),
    "style": ('"nosuch"', '"/etc/passwd"', '"/etc/x.toml"', '"C:\\\\x.toml"', '"missing.toml"', '""', "1"),
    "units": ('"/etc/passwd"', '"\\\\\\\\server\\\\x"', '""', "7"),
    "font": ('"x\\"><script>"', '"</style>"', '"PT Sans, serif"', '"-rf"', '"Nosuch Font"'),
    "layout": ('"osage"', '"dot; rm -rf /"', '"nop2"', "1"),
    "formats": ('["exe"]', '"svg"', "[]", '["svg", "svg"]', "[1]", '["../svg"]'),
    "title": ('"a\\u0007b"', "1", f'"{"x" * 900}' + "y" * 200 + '"', '"\\ufffe"'),
    "lang": ('"</svg>"', '"x y"', "1", f'"{"a" * 61}"'),
    "root": ('"nosuch"', '"a\\nb"', "1"),
    "arrange": ('"spiral"', '{sector = "spiral"}', "{}", "1"),
    "min_text": ("0", "73", "nan", '"7"'),
    "script": ('"arab"', "1"),
    "date": ('"a\\u0000"', "2011-04-01"),
}


def style_cases(chance: random.Random) -> Iterator[Case]:
    def one(
        name: str, text: str | bytes, said: str | None = "style.toml", code: int | None = REFUSED, **more: Any
    ) -> Case:
        content = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
        words = "render units.json -f svg -o - --style {file}"
        return Case(f"style-{name}", "style.toml", "style.toml", words, content, code, said, **more)

    for number, word in enumerate(HOSTILE_WORDS):
        yield one(f"font-{number:02}", f'font = "{word}"\n', "style.toml, line 1, font: ")
        if word != "#ffffff":
            yield one(f"background-{number:02}", f'background = "{word}"\n', "style.toml, line 1, background: ")
    for key, values in BOX.items():
        for number, value in enumerate(values):
            said = None if "999" in value else f"style.toml, line 2, [levels.sector] {key}: "
            yield one(f"{key}-{number}", f"[levels.sector]\n{key} = {value}\n", said)
    for number, (text, said) in enumerate(
        (
            ("x = 1", "line 1, x: is not a key here"), ("[x]", "is not a table"), ("levels = 1", "must be a table"),
            ("[levels]\nfill = '#ffffff'", "is a key of one level's table"), ('[levels."a\\tb"]', "a level is a printable word"),
            (f"[levels.{'a' * 101}]", "a level is a printable word of 1 to 100"), ("[levels.' x']", "a level is a printable"),
            ("title = 1", "must be a table"), ("[title]\nsize = 1", "is not a key here"), ("[marks.x]", "is not a mark"),
            ("marks = []", "must be a table"), ("[[levels.a]]", "[levels.a]: must be a table, not a list"), ("a = 1\na = 2", "is not TOML"), ("a", "is not TOML"),
            ("a = [", "is not TOML"), ("a = {", "is not TOML"), ('a = "', "is not TOML"), ("a = 'x\ny'", "is not TOML"),
            ("a = " + "[\n" * 900 + "]" * 900, "nested too deeply"), ("a = " + "{a=" * 200 + "1" + "}" * 200, "style.toml"),
            ("a." * 499 + "a = 1", "style.toml"), ("a." * 30_000 + "a = 1", "is longer than 1,000 characters"),
            ("[" + "a." * 400 + "a]", "style.toml"), ("x" * 70_000, "the limit toml_bytes"), ("\x00", "is not TOML"),
            ('extends = "style.toml"', "extends"), ('extends = "nosuch"', "is not a bundled style"),
            ('extends = "missing.toml"', "missing.toml"), ('extends = "../../../etc/passwd"', "is not a bundled style"),
            ('extends = "other.toml"', "other.toml"), ("[levels.a]\nmin_width_pt = 200\nmax_width_pt = 100", "min_width_pt"),
            ("[levels.a]\nfill = '#777777'\ntext = '#888888'", "style.toml"), ("minimum_contrast = 1", "minimum_contrast"),
            ("[spacing]\nmargin_mm = 1e11", "margin_mm"), ("[connectors]\nwidth_pt = 99999999999", "width_pt"),
            ("[connectors]\nline = 'url(#x)'", "line"), ("[relations]\ncolour = 'javascript:x'", "colour"),
            ('"<script>" = 1', "is not a key here"), ("'\\u001b[31m' = 1", "style.toml"), ('"a\\u001b" = 1', "style.toml"),
        )
    ):  # fmt: skip
        yield one(f"form-{number:02}", text, said, beside={"other.toml": b'extends = "style.toml"\n'})
    for codec in ("utf-16", "cp1250", "utf-32"):
        yield one(f"encoding-{codec}", 'name = "Čačak"\n'.encode(codec))
    good = b'font = "PT Sans"\nbackground = "#fefefe"\n[levels.sector]\nfill = "#eeeeee"\nbold = true\n[spacing]\nmargin_mm = 9\n'
    for number in range(24):
        changed = bytearray(good)
        for _ in range(chance.randint(1, 3)):
            changed[chance.randrange(len(changed))] = chance.choice(b"[]{}=\"'.#\\ \n\t0a\x00\xff\xd0")
        yield one(f"damaged-{number:02}", bytes(changed), None, None)


def project_cases(chance: random.Random) -> Iterator[Case]:
    def one(
        name: str, text: str | bytes, said: str | None = "orgchart.toml", code: int | None = REFUSED, **more: Any
    ) -> Case:
        content = text if isinstance(text, bytes) else text.encode()
        return Case(f"project-{name}", "orgchart.toml", "orgchart.toml", "build --jobs 1", content, code, said, **more)

    for key, values in WISHES.items():
        for number, value in enumerate(values):
            text = f'[charts.one]\nformats = ["dot"]\n{key} = {value}\n'.replace(
                'formats = ["dot"]\nformats', "formats"
            )
            # What only shows when the chart is drawn is told of the chart.
            told = any(word in value for word in ("missing", "Nosuch", "nosuch")) and key in ("font", "root", "style")
            yield one(f"{key}-{number}", text, "one" if told else "orgchart.toml, line")
    for number, chart in enumerate(
        (
            "'../x'",
            "'/etc/x'",
            "con",
            "nul",
            "A",
            "'-rf'",
            "'a b'",
            "'é'",
            "'a/b'",
            "'.'",
            "'..'",
            "''",
            "x" * 81,
            "'<b>'",
            "'a\\tb'",
        )
    ):
        yield one(f"chart-{number:02}", f"[charts.{chart}]\nformats = ['dot']\n")
    for number, output in enumerate(
        ("..", ".", "../x", "a/../../x", "/tmp/x", "", "C:\\\\x", "a//b", "\\u0000", "./x", "x/")
    ):
        yield one(f"output-{number:02}", f'output = "{output}"\n[charts.one]\nformats = ["dot"]\n')
    for number, text in enumerate(
        (
            "", "x", "[charts]", "charts = 1", "[charts]\none = 1", "[one]", "units = 'u.json'", "[charts.one", "[charts.one]\nx = 1",
            "[defaults]\nx = 1\n[charts.one]", "[[charts.one]]", "[charts.one]\n[charts.one]", "defaults = 1\n[charts.one]",
            "\x00", "[charts." + "a." * 450 + "b]", "a = " + "[" * 900, "[charts.page]\npage = 'A4'\n[charts]\npage = 'A4'",
        )
    ):  # fmt: skip
        yield one(f"form-{number:02}", text)
    good = b"output = 'out'\n[defaults]\npage = 'A3'\n[charts.one]\nformats = ['dot']\n[charts.two]\nformats = ['dot']\nroot = 'b'\n"
    for number in range(16):
        changed = bytearray(good)
        for _ in range(chance.randint(1, 3)):
            changed[chance.randrange(len(changed))] = chance.choice(b"[]{}='.#\\ \n\t0a\x00\xff\xd0")
        yield one(f"damaged-{number:02}", bytes(changed), None, None)
