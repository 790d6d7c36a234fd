# ruff: noqa: E501 - tables of inputs, a line each; none is made before it is asked for
"""Texts, Markdown, scripts, lexicons and settings that are made to do harm: a file name and its content each."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MANY = 200_000
PROSE = "The mill stood at the bend of the river, and its wheel had turned for two hundred years. "
SCRIPT = 'narrate_script: 1\ntitle: "Mill"\nlanguage: en\nsegments:\n- role: body\n  say: ["The mill stood."]\n'

TEXTS: dict[str, Callable[[], str]] = {
    "a word of 1 MB": lambda: "x" * 1_000_000,
    "2,000 combining marks": lambda: "Bread e" + "\u0301" * 2000 + " is old.\n",
    "400,000 combining marks of two kinds": lambda: "Bread e" + "\u0301\u0323" * MANY + " is old.\n",
    "Zalgo": lambda: "".join(f"{letter}{chr(0x300 + at % 70) * 40}" for at, letter in enumerate("bread is old " * 500)),
    "overrides of direction": lambda: "\u202edaerb\u202c is \u2066old\u2069 \u200f\u061c. " * 20_000,
    "unclosed overrides": lambda: "\u202e\u2066\u2067\u2068" * 50_000 + " bread is old.\n",
    "joiners": lambda: "bread" + "\u200d" * MANY + "🥖\u200d" * 20_000 + " is old.\n",
    "homoglyphs": lambda: "Thе brеаd іs оld, аnd pаypаl.com is not раураl.com. " * 2000,
    "hard spaces": lambda: "bread\u00a0is\u202fold\u2007and\u3000" * 20_000,
    "line separators": lambda: "bread is old\u2028and\u2029good\x85" * 20_000,
    "form feeds and tabs": lambda: "bread\f\v\tis old\r" * 20_000,
    "unassigned and private characters": lambda: (
        "bread \ue000\uf8ff\u0378\ufdd0\uffff\U000e0041\U0010ffff is old. " * 5000
    ),
    "controls": lambda: "bread \x00\x01\x08\x1b[31m\x7f\x9b is old. " * 5000,
    "a million empty lines": lambda: "Bread\n" + "\n" * 1_000_000 + "It is old.\n",
    "a million blanks": lambda: "Bread" + " " * 1_000_000 + "is old.\n",
    "a sentence of 1 MB": lambda: "bread and " * 100_000 + ".\n",
    "300,000 lines of one word": lambda: "bread\n" * 300_000,
    "60,000 paragraphs of one word": lambda: "bread\n\n" * 60_000,
    "a chain of hyphens": lambda: "bre-\nad-\n" * 15_000,
    "full stops": lambda: "." * MANY + " bread. " + ". " * MANY,
    "digits": lambda: "1" * 500_000,
    "digits with commas": lambda: "1,000," * 60_000,
    "parentheses": lambda: "(" * 100_000 + "bread" + ")" * 100_000,
    "quotation marks": lambda: "“" * 60_000 + "bread. " + "\"'" * 60_000,
    "initials": lambda: "J. K. " * 60_000 + "bread.",
    "emoji": lambda: "👩‍👩‍👧‍👦🥖🇫🇷" * 20_000 + " bread",
    "Chinese": lambda: "磨坊矗立在河湾，水车转了两百年。" * 5000,
    "Arabic and Hebrew": lambda: "كانت الطاحونة عند منعطف النهر. הטחנה עמדה בעיקול הנהר. " * 3000,
    "addresses": lambda: "http://" + "a.b/" * 60_000 + " " + "a@" * 60_000 + "b.c",
    "dollars": lambda: "$3.2bn-" * 60_000,
    "prose of 2 MB": lambda: PROSE * 22_000,
}
"""Given as plain text and as Markdown."""

MARKDOWN: dict[str, Callable[[], str]] = {
    "brackets": lambda: "[" * 100_000 + " bread\n",
    "brackets a paragraph each": lambda: "[[[[ bread\n\n" * 30_000,
    "links in links": lambda: "[a](" * 30_000 + "bread",
    "pictures in pictures": lambda: "![" * 30_000 + "bread" + "](b)" * 30_000,
    "emphasis": lambda: "*a **b _c " * 30_000 + " bread\n",
    "stars": lambda: "*" * 100_000 + "bread" + "*" * 100_000,
    "quotations": lambda: ">" * 100_000 + " bread\n",
    "quotations a line each": lambda: "".join(">" * depth + " bread\n" for depth in range(1, 1000)),
    "lists": lambda: "".join("  " * depth + "* bread\n" for depth in range(1000)),
    "tags": lambda: "<a " * 50_000 + "bread\n",
    "tags that are closed": lambda: "<b>" * 50_000 + "bread" + "</b>" * 50_000,
    "backticks": lambda: "".join("`" * n + " a " for n in range(1, 900)) + "bread",
    "references": lambda: "bread [a]\n\n" + "[a]: x\n" * MANY,
    "references of many names": lambda: "bread [a1]\n\n" + "".join(f"[a{n}]: /x\n" for n in range(MANY)),
    "uses of one reference": lambda: "[a]: /" + "x" * 10_000 + "\n\n" + "[a] " * 50_000 + "bread",
    "uses of one reference, a paragraph each": lambda: "[a]: /" + "x" * 10_000 + "\n\n" + "[a] bread\n\n" * 50_000,
    "words in colons": lambda: "[bread]: word\n" * MANY,
    "notes": lambda: (
        "bread" + "".join(f"[^{n}]" for n in range(900)) + "\n\n" + "".join(f"[^{n}]: note\n" for n in range(100_000))
    ),
    "notes a paragraph each": lambda: "".join(f"bread[^{n}]\n\n[^{n}]: It is old.\n\n" for n in range(30_000)),
    "notes of notes": lambda: "bread[^1]\n\n[^1]: see[^2]\n\n[^2]: see[^1]\n\n[^3]: see[^3]\n",
    "inline notes": lambda: "bread^[note] " * 900 + "\n\n" + "a ^[note] bread\n\n" * 30_000,
    "inline notes in inline notes": lambda: "a " + "^[note " * 900 + "]" * 900,
    "one note, used often": lambda: "bread[^1] and\n\n" * 30_000 + "[^1]: note\n",
    "a table of 300,000 rows": lambda: "| a | b |\n|---|---|\n" + "| bread | old |\n" * 300_000,
    "a table of 10,000 columns": lambda: "|a" * 10_000 + "|\n" + "|-" * 10_000 + "|\n" + "|b" * 10_000 + "|\n",
    "a table with short rows": lambda: "|a" * 5000 + "|\n" + "|-" * 5000 + "|\n" + "|b|\n" * 5000,
    "entities": lambda: "&eacute;&#233;&#x110000;&lol; " * 30_000 + "bread",
    "ampersands": lambda: "&" * MANY + " bread",
    "comments": lambda: "<!-- " * 50_000 + "bread -->",
    "comments in lines": lambda: "bread <!-- a --> <?b?> <!C> " * 10_000,
    "declarations": lambda: "<?" * 50_000 + "<![CDATA[" * 20_000 + " bread",
    "formulas": lambda: "$x^2$ " * 30_000 + "$x^" * 30_000 + " bread",
    "fences": lambda: "```\nbread\n" * 50_000,
    "headings": lambda: "# bread\n" * 60_000,
    "rules and underlines": lambda: "bread\n===\n---\n" * 50_000,
    "backslashes": lambda: "\\" * MANY + " bread",
    "angle brackets": lambda: "<" * 100_000 + "bread" + ">" * 100_000,
    "parentheses of a link": lambda: "[a](" + "(" * 50_000 + "bread",
    "a data address of 5 MB": lambda: "bread ![x](data:image/png;base64," + "A" * 5_000_000 + ") is old.\n",
}

FRONT: dict[str, Callable[[], str]] = {
    "aliases": lambda: (
        "a: &a [x, x]\n"
        + "".join(f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    ),
    "flow lists": lambda: "title: " + "[" * 60_000 + "\n",
    "depth": lambda: "".join(" " * depth + "a:\n" for depth in range(300)),
    "length": lambda: "title: " + "x" * 100_000 + "\n",
    "a tag of Python": lambda: "title: !!python/object/apply:os.system ['id']\n",
    "a key that is a list": lambda: "? [a, b]\n: c\ntitle: x\n",
    "a merge": lambda: "<<: *a\ntitle: x\n",
    "a lexicon elsewhere": lambda: "title: x\nlexicon: /etc/passwd\n",
    "a date that is none": lambda: "title: x\ndate: 2026-02-31\n",
    "many keys": lambda: "".join(f"k{n}: v\n" for n in range(6000)),
}

SCRIPTS: dict[str, Callable[[], str]] = {
    "aliases": lambda: "narrate_script: 1\na: &a [x, x]\n" + "b: &b [*a, *a]\nc: [*b, *b]\n",
    "depth": lambda: "narrate_script: 1\ntitle: " + "[" * 100_000 + "\n",
    "a tag of Python": lambda: 'narrate_script: 1\ntitle: !!python/object/apply:os.system ["id"]\n',
    "no segments": lambda: "narrate_script: 1\n",
    "a pause of a year": lambda: SCRIPT + "  pause_ms: 31536000000\n",
    "a voice elsewhere": lambda: SCRIPT + '  voice: "/etc/passwd"\n',
    "music elsewhere": lambda: SCRIPT.replace("language", 'music: "/dev/zero"\nlanguage'),
    "100,000 segments": lambda: SCRIPT + '- say: ["Bread is old."]\n' * 100_000,
    "a sentence of 1 MB": lambda: SCRIPT + '- say: ["' + "bread and " * 100_000 + '"]\n',
    "controls": lambda: SCRIPT + '- say: ["\\0\\x01\\ud800 bread"]\n',
    "a field twice": lambda: SCRIPT + "title: x\n",
    "a version to come": lambda: SCRIPT.replace("script: 1", "script: 99999999999999999999"),
}

LEXICONS: dict[str, Callable[[], str]] = {
    "pls: a billion laughs": lambda: laughs("lexicon"),
    "pls: an entity of a file": lambda: entity("lexicon", "file" + ":///etc/passwd"),
    "pls: 10,000 deep": lambda: "<lexicon>" + "<a>" * 10_000 + "</a>" * 10_000 + "</lexicon>",
    "pls: cut off": lambda: "<lexicon><lexeme><grapheme>a",
    "txt: 100,000 entries": lambda: "".join(f"bread{n} = brehd\n" for n in range(100_000)),
    "txt: one entry of 1 MB": lambda: "a" * 1_000_000 + " = b\n",
    "txt: signs of patterns": lambda: "(a+)+$ = b\n.* = c\n[ = d\n\\ = e\n",
    "txt: no equals sign": lambda: "bread\n",
    "txt: a circle": lambda: "mill = river\nriver = mill\n",
    "txt: NUL": lambda: "mill = \0\n",
}
"""Each read beside a plain article, as ``--lexicon``."""

SETTINGS: dict[str, Callable[[], str]] = {
    "depth": lambda: "a = " + "[" * 100_000,
    "an unknown key": lambda: "speeed = 2\n",
    "a number too large": lambda: "speed = 1e999\n",
    "NUL": lambda: 'voice = "\\u0000"\n',
    "a path elsewhere": lambda: 'show = "../../../etc"\n',
    "10 MB": lambda: "# " + "x" * 10_000_000 + "\n",
    "dotted": lambda: ".".join("a" * 20_000) + " = 1\n",
}
"""Each as ``narrate.toml`` where the command runs."""

BROKEN: dict[str, Callable[[], bytes]] = {
    "stray.txt": lambda: b"The bread \xff\xfe is \xc3\x28 old.\n\nSo \xe2\x82 it is.\n" * 1000,
    "stray.md": lambda: b"# Bread\n\nThe bread \xff\xfe is \xc3\x28 old.\n",
    "surrogate.txt": lambda: b"The bread \xed\xa0\x80 is old.\n",
    "overlong.txt": lambda: b"The bread \xc0\xaf\xe0\x80\xaf is old.\n",
    "half utf-16.txt": lambda: "The bread is old.\n".encode("utf-16") + b"\x41",
    "surrogates utf-16.txt": lambda: "The bread is old.\n".encode("utf-16-le").replace(b"b\0", b"\0\xd8"),
    "utf-32.txt": lambda: "The bread is old.\n".encode("utf-32"),
    "utf-7.txt": lambda: "The bread+AOk- is old.\n".encode("ascii"),
    "ebcdic.txt": lambda: ("The bread is old. " * 20).encode("cp037"),
    "noise.txt": lambda: bytes((at * 7919 + at // 251) % 256 for at in range(100_000)),
    "nul.txt": lambda: b"\0" * 1_000_000,
    "elf.txt": lambda: b"\x7fELF" + b"\x01\0" * 1000,
    "empty.txt": lambda: b"",
    "script.yaml": lambda: b'narrate_script: 1\ntitle: "\xff\xfe"\n',
}


def laughs(root: str) -> str:
    """XML whose last entity is a billion words."""
    lines = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return f'<?xml version="1.0"?><!DOCTYPE {root} [<!ENTITY l0 "lol">{lines}]><{root}>&l9;</{root}>'


def entity(root: str, address: str, inside: str = "<p>The mill stood.</p>") -> str:
    """XML that wants another file in it, by an entity, by a document type, and by XInclude."""
    return (
        f'<?xml version="1.0"?><?xml-stylesheet type="text/xsl" href="{address}"?>'
        f'<!DOCTYPE {root} SYSTEM "{address}" [<!ENTITY x SYSTEM "{address}"><!ENTITY % y SYSTEM "{address}"> %y;]>'
        f'<{root}>{inside}&x;<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{address}" parse="text"/></{root}>'
    )


def texts() -> Iterator[tuple[str, str, bytes]]:
    """What it is, a file name, its content."""
    for what, make in TEXTS.items():
        yield f"text: {what}", "a.txt", make().encode()
        yield f"Markdown: {what}", "a.md", make().encode()
    for what, make in MARKDOWN.items():
        yield f"Markdown: {what}", "a.md", make().encode()
    for what, make in FRONT.items():
        yield f"front matter: {what}", "a.md", f"---\n{make()}---\n\nThe mill stood.\n".encode()
    yield "front matter: TOML, deep", "a.md", b"+++\ntitle = " + b"[" * 60_000 + b"\n+++\n\nThe mill.\n"
    for what, make in SCRIPTS.items():
        yield f"script: {what}", "a.yaml", make().encode()
    for name, content in BROKEN.items():
        yield f"bytes: {name}", name, content()
