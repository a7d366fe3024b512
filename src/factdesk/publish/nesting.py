"""Where elements may stand so that a browser leaves them there: it closes or moves those that stand elsewhere.

Source: the HTML standard's tree construction, https://html.spec.whatwg.org/multipage/parsing.html
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile


def names(text: str) -> frozenset[str]:
    """Names with spaces between them."""
    return frozenset(text.split())


_END_PARAGRAPHS = names(
    "address article aside blockquote center details dialog dir div dl fieldset figcaption figure footer form h1 h2 h3 "
    "h4 h5 h6 header hgroup hr li dd dt main menu nav ol p pre listing search section summary table ul xmp"
)
_HEADINGS = names("h1 h2 h3 h4 h5 h6")
_NOT_WITHIN_ITSELF = names("a button form nobr select table option")
_LISTS = {"li": names("ul ol menu"), "dd": names("dl"), "dt": names("dl")}
_ONLY = {
    "table": names("caption colgroup thead tbody tfoot"),
    "colgroup": names("col"),
    "thead": names("tr"),
    "tbody": names("tr"),
    "tfoot": names("tr"),
    "tr": names("td th"),
    "select": names("option optgroup hr"),
    "optgroup": names("option"),
    "html": names("head body"),
    "head": names("meta title link script style base noscript template"),
}
"""What may stand directly in these, and no text."""
_PARENTS = {
    **{"html": frozenset([""]), "head": names("html"), "body": names("html")},
    **{"col": names("colgroup"), "tr": names("thead tbody tfoot"), "td": names("tr"), "th": names("tr")},
    "option": names("select optgroup"),
}
_PARTS = names("caption colgroup thead tbody tfoot")


def misplaced(tag: str, above: Sequence[str]) -> bool:
    """Whether a browser would put an element elsewhere, or close another one for it. `above` are the elements that it
    is in, the nearest first; the page itself is an empty name."""
    parent = above[0]
    if parent in _ONLY and tag not in _ONLY[parent]:
        return True
    if (tag in _PARENTS and parent not in _PARENTS[tag]) or (tag in _PARTS and parent != "table"):
        return True
    if (tag in _END_PARAGRAPHS and "p" in above) or (tag in _HEADINGS and parent in _HEADINGS):
        return True
    if tag in _LISTS:
        open_here = takewhile(lambda each: each not in _LISTS[tag], above)
        return any(each in _LISTS and _LISTS[each] == _LISTS[tag] for each in open_here)
    return tag in _NOT_WITHIN_ITSELF and tag in above


def no_text(tag: str) -> bool:
    """Whether text that stands directly in this is put elsewhere."""
    return tag in _ONLY or tag == ""
