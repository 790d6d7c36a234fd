# ruff: noqa: E501, PLW0108 - tables of inputs, a line each; none is made before it is asked for
"""Pages of HTML that are made to do harm: what it is, and its content."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.fuzz.hostile_texts import PROSE, TEXTS, entity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_P = f"<p>{PROSE * 3}</p>"


def page(body: str, head: str = "") -> str:
    """A page with enough prose to be an article, and something in it."""
    return (
        f"<!DOCTYPE html><html lang=en><head><title>The Mill</title>{head}</head>"
        f"<body><article><h1>The Mill</h1>{_P * 3}{body}{_P * 3}</article></body></html>"
    )


def nested(tag: str, depth: int, inside: str = PROSE) -> str:
    """Words so deep in elements of one kind."""
    return f"<{tag}>" * depth + inside + f"</{tag.split(maxsplit=1)[0]}>" * depth


BODIES: dict[str, Callable[[], str]] = {
    "100,000 deep": lambda: nested("div", 100_000),
    "spans 50,000 deep": lambda: nested("span", 50_000),
    "lists 5,000 deep": lambda: nested("ul><li", 5000).replace("</ul>", "</li></ul>"),
    "quotations 5,000 deep": lambda: nested("blockquote", 5000),
    "bold 20,000 deep, not closed": lambda: "<b>" * 20_000 + PROSE,
    "tables 1,000 deep": lambda: "<table><tr><td>" * 1000 + PROSE + "</td></tr></table>" * 1000,
    "a million empty tags": lambda: "<b></b>" * 1_000_000,
    "a million empty paragraphs": lambda: "<p></p>" * 1_000_000,
    "a million line breaks": lambda: "<br>" * 1_000_000,
    "a million tags that nothing closes": lambda: "<p><i>" * 500_000,
    "a million end tags": lambda: "</div></p>" * 500_000,
    "a table of 300,000 rows": lambda: "<table>" + "<tr><td>bread<td>old" * 300_000 + "</table>",
    "rowspan and colspan": lambda: (
        "<table><tr><td rowspan=65535 colspan=100000>bread<td rowspan=99999999999 colspan=-1>old</table>" * 3
    ),
    "1,000 cells with rowspans": lambda: (
        "<table>" + "<tr>" + "<td rowspan=65534 colspan=1000>b" * 1000 + "<tr><td>c" * 1000 + "</table>"
    ),
    "100,000 notes": lambda: (
        "".join(f'<sup><a href="#n{n}" id="r{n}">{n}</a></sup>' for n in range(100_000))
        + "<ol>"
        + "".join(f'<li id="n{n}">note <a href="#r{n}">back</a></li>' for n in range(100_000))
        + "</ol>"
    ),
    "notes in a circle": lambda: (
        '<p>bread<a href="#a" role="doc-noteref">1</a></p><aside id="a" role="doc-footnote">see <a href="#b" role="doc-noteref">2</a></aside>'
        '<aside id="b" role="doc-footnote">see <a href="#a" role="doc-noteref">1</a></aside>'
    ),
    "a note that is its own": lambda: '<p>x<a epub:type="noteref" href="#a"><span id="a">1</span></a></p>',
    "10 MB in an attribute": lambda: f'<p title="{"x" * 10_000_000}">bread</p>',
    "100,000 attributes": lambda: "<p " + " ".join(f"a{n}=b" for n in range(100_000)) + ">bread</p>",
    "classes of 1 MB": lambda: f'<p class="{"share-" * 170_000}">bread</p>',
    "classes that look alike": lambda: "".join(f'<p class="{"a-" * 500}{n}">bread</p>' for n in range(1000)),
    "a picture of 5 MB": lambda: f'<figure><img alt="bread" src="data:image/png;base64,{"A" * 5_000_000}"></figure>',
    "alt of 1 MB": lambda: f'<img src=x alt="{"bread and " * 100_000}">',
    "SVG": lambda: (
        "<svg><script>alert(1)</script>" + "<g>" * 20_000 + "<text>bread</text>" + "</g>" * 20_000 + "</svg>"
    ),
    "foreignObject in SVG": lambda: "<svg><foreignObject><p>bread</p>" * 500,
    "MathML": lambda: (
        "<p>so <math>" + "<mfrac><mi>x</mi>" * 5000 + "<mi>y</mi>" + "</mfrac>" * 5000 + "</math> it is</p>"
    ),
    "100,000 formulas": lambda: "<p>" + "<math><mi>x</mi><mo>=</mo><mn>2</mn></math> " * 30_000 + "</p>",
    "scripts": lambda: "<script>var a = '<p>bread</p>';" * 20_000,
    "comments": lambda: "<!--" * 100_000 + "-->" + "<!-- a -->" * 100_000,
    "CDATA": lambda: "<![CDATA[" * 50_000 + "]]>",
    "entities": lambda: "<p>" + "&lt;&eacute&#0;&#55296;&#x110000;&bogus;" * 30_000 + "</p>",
    "templates": lambda: nested("template", 2000),
    "frames": lambda: f'<iframe srcdoc="{"<p>bread</p>" * 1000}"></iframe>' * 50 + "<frameset><frame src=x>" * 1000,
    "forms": lambda: "<form><select>" + "<option>bread" * 100_000 + "</select></form>",
    "definition lists": lambda: "<dl>" + "<dt>bread<dd>old" * 50_000 + "</dl>",
    "100,000 headings": lambda: "<h2>bread</h2>" * 100_000,
    "links": lambda: '<p><a href="x">bread</a> ' * 100_000,
    "ruby": lambda: "<p><ruby>面<rt>miàn</rt></ruby>" * 20_000,
    "custom elements": lambda: nested("x-a", 3000),
    "select, plaintext, xmp": lambda: "<xmp><p>a</xmp><noscript><p>b</noscript><plaintext><p>c",
}
HEADS: dict[str, Callable[[], str]] = {
    "JSON-LD, deep": lambda: '<script type="application/ld+json">' + '{"@graph":[' * 50_000 + "</script>",
    "JSON-LD, long": lambda: (
        '<script type="application/ld+json">[' + '{"@type":"NewsArticle","headline":"x"},' * 60_000 + "{}]</script>"
    ),
    "JSON-LD, of wrong kinds": lambda: (
        '<script type="application/ld+json">{"@type":["NewsArticle",7],"headline":{"a":[1]},"author":[[[{"name":null}]]],"datePublished":1e999}</script>'
    ),
    "100,000 metas": lambda: '<meta property="og:title" content="x"><meta name="author" content="Ann">' * 50_000,
    "a title of 1 MB": lambda: f"<title>{'bread ' * 170_000}</title>",
    "canonical to nowhere": lambda: (
        '<link rel=canonical href="javascript:alert(1)"><link rel=canonical href="http://[::1">'
    ),
    "base": lambda: '<base href="http://[bad"><meta property="og:image" content="x">',
    "a lying charset": lambda: "<meta charset=utf-16><meta charset=cp037>",
    "an unknown charset": lambda: "<meta charset=klingon>",
    "a refresh": lambda: '<meta http-equiv=refresh content="0;url=file' + ':///etc/passwd">',
    "a style of 5 MB": lambda: f"<style>{'p{color:red}' * 400_000}</style>",
}
WHOLE: dict[str, Callable[[], bytes]] = {
    "nothing but script": lambda: f"<html><body><script>{'var a=1;' * 10_000}</script></body></html>".encode(),
    "nothing but script, and a hint": lambda: (
        b"<html><body><div id=root></div><noscript>Enable JavaScript</noscript><script src=x></script></body></html>"
    ),
    "nothing but tags": lambda: b"<html><body>" + b"<p></p>" * 100_000,
    "nothing but noise": lambda: b"<html>" + bytes((at * 7919) % 256 for at in range(500_000)),
    "stray bytes": lambda: page("<p>bre\ud800ad</p>").encode("utf-8", "surrogatepass") + b"\xff\xfe\xc3\x28",
    "UTF-16 without a mark": lambda: page("").encode("utf-16-le"),
    "UTF-7": lambda: b'<?xml version="1.0" encoding="utf-7"?>' + page("+ADw-script+AD4-").encode(),
    "EBCDIC": lambda: '<?xml version="1.0" encoding="cp037"?>'.encode("cp037") + page("").encode("cp037"),
    "declared EBCDIC and is none": lambda: b'<?xml version="1.0" encoding="cp037"?>' + page("").encode(),
    "NUL": lambda: page("<p>bre\0ad\0</p>" * 1000).encode(),
    "an entity of a file": lambda: entity("html", "file" + ":///etc/passwd", page("")).encode(),
    "an article in 500 articles": lambda: f"<html><body>{'<article>' * 500}{_P * 5}".encode(),
    "62,000 like paragraphs": lambda: (
        f"<html><body><article>{'<p>' + PROSE + '</p>'}".encode() + f"<p>{PROSE}</p>".encode() * 62_000
    ),
    "62,000 paragraphs with shares": lambda: (
        f"<html><body><main>{''.join(f'<p>Share this {n}</p>' for n in range(62_000))}".encode()
    ),
    "20,000 comments of readers": lambda: page(
        f"<div class=comments>{'<div class=comment><p>I think so.</p></div>' * 20_000}</div>"
    ).encode(),
    "one line of 20 MB": lambda: f"<html><body><article><p>{PROSE * 220_000}</p></article></body></html>".encode(),
}


def pages() -> Iterator[tuple[str, str, bytes]]:
    """What it is, a file name, its content."""
    for what, make in BODIES.items():
        yield f"HTML: {what}", "a.html", page(make()).encode()
    for what, make in HEADS.items():
        yield f"HTML: {what}", "a.html", page("", make()).encode()
    for what, content in WHOLE.items():
        yield f"HTML: {what}", "a.html", content()
    for what, make in TEXTS.items():
        text = make().replace("&", "&amp;").replace("<", "&lt;")
        yield f"HTML: {what}", "a.html", page(f"<p>{text}</p>").encode("utf-8", "surrogatepass")
