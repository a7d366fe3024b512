"""What a check's page shows, by the marks of its template; and whether anything on the page could hide or change it.

The marks are `data-fd="…"` on the elements of a check's template, which a desk's own keeps (`MARKS`). Both our page
made of what was signed and the page of the site are read in this way, so that the two can be compared.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from factdesk.publish.nesting import names
from factdesk.publish.read_page import Element

FREE = names("signer scale revisions twin picture")
"""Marks of what a bundle does not hold: a name, the scale's other steps, earlier versions, the check's twin, a source's
picture made smaller."""
MUST = names(
    "title summary withdrawn correction claim claimant rating definition body quotation authors fingerprint waiver "
    "unchecked"
)
"""Marks that stand on every page on which ours has them; the others only where the desk's template has them."""
MARKS = FREE | MUST | names("topics appearance source stance bundle command pdf published changed")
"""Every mark that a check's page has."""
SOURCE_MUST = names("kind title address frozen obtained digest text")
SOURCE_MARKS = SOURCE_MUST | names("author publisher picture")
"""Marks of a source's page."""
ENTRY_MARKS = names("title rating summary published corrected topic since severity what withdrawn")
"""Marks of an entry of a list."""
ENTRY = "data-entry"
HOLDERS = {"data-check": MARKS, "data-source": SOURCE_MARKS, ENTRY: ENTRY_MARKS}
"""What marked parts belong to, and which marks it may have: a check, a source, an entry that leads to a check."""

_AROUND = names("html body main article section div header aside dl dd dt ol ul li p blockquote h1 h2 h3 h4 figure pre")
"""What marked parts may stand in."""
_WITHIN = names("p a code time strong em span br")
"""What may stand within one, but in the body, whose markup is compared."""
_FORBIDDEN = names(
    "base iframe frame frameset object embed applet portal style template slot noscript noembed noframes plaintext xmp "
    "listing marquee textarea"
)
_FREELY = FREE | {"body", "text", "correction"}
"""What these hold may be any markup: it is compared, or not looked at."""
_ONCE = ("html", "head", "body", "title", "h1")
_HIDING = ("hidden", "style", "inert", "aria-hidden", "popover", "slot", "is")
_HIDING_CLASSES = frozenset(["skip", "onpaper"])
_LEADING = names("href src action formaction xlink:href data poster ping")
_SCRIPTED = re.compile(r"[\s\x00-\x20]*(javascript|vbscript|data)\s*:", re.IGNORECASE)
_SHARED = (
    *("description", "og:title", "og:description", "og:url", "og:image", "og:image:url", "og:image:secure_url"),
    *("og:image:alt", "twitter:title", "twitter:description", "twitter:image", "twitter:image:alt", "twitter:url"),
)


@dataclass(frozen=True, slots=True)
class Part:
    """A marked part: its text with where its links lead, and for a body its markup."""

    text: str
    markup: tuple[str, ...] = ()


WHOLE = names("body text")
"""Marks of parts whose markup is compared, too."""


def parts(root: Element) -> dict[str, list[Part]]:
    """The marked parts in the order of the page, by mark; those of entries are theirs."""
    found: dict[str, list[Part]] = defaultdict(list)
    waiting = [root]
    while waiting:
        element = waiting.pop()
        mark = element.attributes.get("data-fd")
        if mark is not None:
            found[mark].append(Part(_told(element, mark), tuple(markup(element))[1:-1] if mark in WHOLE else ()))
        inner = (each for each in reversed(element.content) if isinstance(each, Element))
        waiting.extend(each for each in inner if ENTRY not in each.attributes)
    return found


def _told(element: Element, mark: str) -> str:
    """A part's text; behind it where links and times of it lead, but of a body, whose markup is compared."""
    if mark in WHOLE:
        return element.text
    more = [each.attributes[name] for each in element for name in ("href", "datetime") if name in each.attributes]
    return " ".join([element.text, *(f"[{each}]" for each in more)])


def markup(element: Element, free: frozenset[str] = frozenset(), without: str = "") -> Iterator[str]:
    """The markup of an element as a list to compare: tags with attributes, texts without what separates them. What is
    marked as one of `free` is left out, and so are entries, where the same page is in other languages, and elements
    `without`."""
    waiting: list[Element | str] = [element]
    while waiting:
        each = waiting.pop()
        if isinstance(each, str):
            text = " ".join(each.split())
            if text:
                yield text
        elif each.attributes.get("data-fd") not in free and each.tag != without and ENTRY not in each.attributes:
            given = {name: value for name, value in each.attributes.items() if not _leads_to_twin(each, name)}
            told = "".join(f' {name}="{given[name]}"' for name in sorted(given))
            yield f"<{each.tag}{told}>"
            waiting.append(f"</{each.tag}>")
            waiting.extend(reversed(each.content))


def _leads_to_twin(element: Element, name: str) -> bool:
    return name == "href" and "hreflang" in element.attributes


def article(root: Element, holder: str = "data-check") -> Element | None:
    """The check or the source of a page; None where there is none, or more than one."""
    found = [each for each in root if "data-check" in each.attributes or "data-source" in each.attributes]
    return found[0] if len(found) == 1 and found[0].tag == "article" and holder in found[0].attributes else None


def meddling(root: Element) -> str:
    """The first thing that could hide or change what a page shows, as it stands there; empty for nothing."""
    found = Counter(each.tag for each in root if each.tag in _ONCE and not _is_label(each))
    for name in _ONCE:
        if found[name] != 1:
            return f"{found[name]} × <{name}>"
    return next(filter(None, (_meddles(each) for each in root)), "")


def _meddles(element: Element) -> str:
    tag, given = element.tag, element.attributes
    wrong = next((key for key, value in given.items() if _runs(key, value)), "") if given else ""
    if tag in _FORBIDDEN or wrong:
        return f"<{tag} {wrong}>".replace(" >", ">")
    if tag == "meta" and given.get("http-equiv", "").lower() not in ("", "content-security-policy"):
        return f'<meta http-equiv="{given["http-equiv"]}">'
    if tag == "meta" and given.get("charset", "utf-8").lower() != "utf-8":
        return f'<meta charset="{given["charset"]}">'
    if tag == "script" and not _is_data(element) and ("src" not in given or element.text):
        return f"<script>{element.text[:40]}"
    return _hides(element) if "data-fd" in given else ""


def _is_label(element: Element) -> bool:
    """Whether this is the name of a drawing."""
    return element.tag == "title" and element.parent is not None and element.parent.tag != "head"


def _runs(name: str, value: str) -> bool:
    return name.startswith("on") or name == "srcdoc" or (name in _LEADING and _SCRIPTED.match(value) is not None)


def _is_data(element: Element) -> bool:
    return element.attributes.get("type") == "application/ld+json" and "src" not in element.attributes


def _hides(element: Element) -> str:
    """What would hide a marked part, or stands in it and could show it otherwise."""
    within = [each for each in element if each is not element]
    around = [each for each in element.above() if each.tag]
    odd = [each for each in around if each.tag not in _AROUND | _WITHIN]
    if element.attributes["data-fd"] not in _FREELY:
        odd += [each for each in within if each.tag not in _WITHIN]
    hidden = [each for each in (*around, *within) if _is_hidden(each)]
    for each in (*hidden, *odd):
        names = [name for name in _HIDING if name in each.attributes] or list(each.attributes)[:1]
        return f"<{each.tag} {' '.join(names)}>".replace(" >", ">")
    if element.attributes["data-fd"] not in _marks_within(around):
        return f'<{element.tag} data-fd="{element.attributes["data-fd"]}">'
    return ""


def _marks_within(around: Iterable[Element]) -> frozenset[str]:
    """The marks that may stand where these are around, the nearest first. No entry stands within a check."""
    holders = [name for each in around for name in HOLDERS if name in each.attributes]
    nested = holders[1:] and ("data-check" in holders or holders.count(ENTRY) > 1)
    return HOLDERS[holders[0]] if holders and not nested else frozenset()


def _is_hidden(element: Element) -> bool:
    classes = element.attributes.get("class", "").split()
    return any(name in element.attributes for name in _HIDING) or not _HIDING_CLASSES.isdisjoint(classes)


def linked_data(root: Element) -> list[Any]:
    """The data for programs on a page. Raises `ValueError` for what is none."""
    try:
        return [json.loads(each.raw) for each in root if each.tag == "script" and _is_data(each)]
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def told_elsewhere(root: Element) -> dict[str, list[str]]:
    """What the head of a page says to programs that show it: titles and descriptions, and its address."""
    found: dict[str, list[str]] = defaultdict(list)
    for each in root:
        name = (each.attributes.get("property") or each.attributes.get("name") or "").lower()
        if each.tag == "meta" and name in _SHARED:
            found[name].append(each.attributes.get("content", ""))
        if each.tag == "link" and "canonical" in each.attributes.get("rel", "").lower().split():
            found["canonical"].append(each.attributes.get("href", ""))
        if each.tag == "title" and not _is_label(each):
            found["title"].append(each.text)
    return found


def loaded(root: Element) -> tuple[list[str], list[str]]:
    """The addresses of the style sheets and of the scripts that a page loads, at once or later: what its box for the
    search names is fetched when a reader goes there (static/theme.js)."""
    styles = [
        each.attributes.get("href", "")
        for each in root
        if each.tag == "link" and "stylesheet" in each.attributes.get("rel", "").lower().split()
    ]
    scripts = [each.attributes["src"] for each in root if each.tag == "script" and "src" in each.attributes]
    return styles, scripts + [each.attributes["data-script"] for each in root if "data-script" in each.attributes]
