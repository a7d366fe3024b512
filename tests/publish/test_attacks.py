"""No text that reaches a page becomes anything but text there, whatever it is and wherever it stands."""

from __future__ import annotations

import json
import re

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode
from tests.publish.hostile_site import rendered
from tests.publish.payloads import LINKS, PAYLOADS

from factdesk.publish.markdown import Note, body_html, plain_html
from factdesk.publish.render import POLICY

_ELEMENTS = """
html head meta title link body a header div nav ul li main footer p article section h1 h2 h3 h4 h5 h6 blockquote ol span
pre code details summary time del ins strong em aside dl dt dd mark br sup table thead tbody tr th td hr script
label select option img caption
"""
_ATTRIBUTES = """
lang charset name content http-equiv media property rel href hreflang type title as crossorigin class id datetime
download start scope tabindex hidden for value autocomplete
"""
ELEMENTS = frozenset(_ELEMENTS.split())
ATTRIBUTES = frozenset(_ATTRIBUTES.split())
OURS = re.compile(r"(?:/|(?:\.\./)*)static/[a-z]+\.js")
"""The address of a script of the site's own."""
PICTURE = re.compile(r"(?:\.\./)*[a-z]+\.svg")
"""The address of a picture of the site's own: those of the balance."""
SCHEMES = re.compile(r"(?:https?:|mailto:)", re.IGNORECASE)
SCHEME = re.compile(r"[\s\x00-\x20]*[a-z][a-z0-9+.\-\s\x00-\x20]*:", re.IGNORECASE)


def wrong_in(html: str, elements: frozenset[str] = ELEMENTS) -> list[str]:
    """What a page must not have: other elements, attributes or schemes, or a script that is not data."""
    found = []
    for node in LexborHTMLParser(html).css("*"):
        found += [f"<{node.tag}>"] if node.tag not in elements else []
        for name, value in node.attributes.items():
            found += [f"{node.tag} {name}={value}"] if _is_wrong(node, name, value or "") else []
        if node.tag == "script":
            found += _wrong_script(node)
    return found


def _is_wrong(node: LexborNode, name: str, value: str) -> bool:
    if node.tag == "script" and name in ("src", "defer"):
        return False
    if node.tag == "img":
        return name not in ("alt", "width", "height", "class") and not (name == "src" and PICTURE.fullmatch(value))
    if name not in ATTRIBUTES and not name.startswith(("data-", "aria-")):
        return True
    if name == "http-equiv":
        return node.attributes.get("content") != POLICY
    if name == "href":
        return value.startswith(("//", "\\")) or bool(SCHEME.match(value) and not SCHEMES.match(value))
    return False


def _wrong_script(node: LexborNode) -> list[str]:
    if node.attributes.keys() <= {"src", "defer"} and OURS.fullmatch(node.attributes.get("src") or ""):
        return [f"script {node.text()[:80]}"] if node.text() else []
    try:
        json.loads(node.text())
    except ValueError:
        return [f"script {node.text()[:80]}"]
    return [] if node.attributes == {"type": "application/ld+json"} else ["script that runs"]


BATCH = 8
"""Payloads that stand in a field at once: what one of them does to a page, the others behind it do not hide."""


@pytest.mark.attack
@pytest.mark.parametrize("first", range(0, len(PAYLOADS), BATCH), ids=lambda first: repr(PAYLOADS[first][:40]))
def test_in_every_field_of_every_page(first: int) -> None:
    count, payload = 0, "\n".join(PAYLOADS[first : first + BATCH])
    for page, data in rendered(payload):
        assert wrong_in(data.decode()) == [], page.path
        count += 1
    assert count > 30


@pytest.mark.attack
@pytest.mark.parametrize("payload", LINKS)
def test_as_a_link_of_markdown(payload: str) -> None:
    allowed = frozenset({"html", "head", "body", "p", "a"})
    assert wrong_in(plain_html(payload), allowed) == []
    source = f"---\ntitle: x\n---\n{payload}\n\n“{payload}”[^cite:a]\n"
    assert wrong_in(body_html(source, {"a": Note(1, "../x/#q-1", "x")}), allowed | {"sup"}) == []


def test_there_are_enough() -> None:
    assert len(set(PAYLOADS)) >= 160


@pytest.mark.attack
@pytest.mark.parametrize(
    "payload",
    [
        "[" * 5000 + "x" + "](https://a.example)" * 5000,
        "> " * 3000 + "x",
        "*" * 20_000,
        "“" * 5000 + "”[^cite:a]" * 5000,
        "<!-- " * 5000,
        "- " * 2000 + "x",
        "|" * 5000 + "\n" + "|-" * 2000 + "\n",
        "`" * 9999 + "x" + "`" * 9998,
        "[^cite:" + "a" * 50_000 + "]",
    ],
    ids=["brackets", "quotes", "stars", "quotations", "comments", "lists", "tables", "ticks", "a mark"],
)
def test_what_would_take_for_ever_is_done_soon(payload: str) -> None:
    assert wrong_in(body_html(f"---\ntitle: x\n---\n{payload}\n", {"a": Note(1, "#e1", "x")})) == []


def test_what_is_wrong_is_seen() -> None:
    """The judge itself."""
    scripts = ("<script>x</script>", "<script src=//x/static/x.js></script>", "<script src=static/x.js>x</script>")
    for html in (
        "<img src=x>",
        "<img src=//x/a.svg>",
        "<p onclick=x>",
        '<a href="javascript:x">',
        '<a href="//x">',
        "<form>",
        *scripts,
    ):
        assert wrong_in(html), html
    assert wrong_in('<p><a href="../x/#a">x</a> <a href="mailto:a@b.example">y</a></p>') == []
