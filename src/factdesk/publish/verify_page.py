"""A check's page against what was signed of it: every difference as a step that says what is shown and what was signed.

Our own template is filled with what the bundle holds, and both pages are read in the same way. What stands in marked
parts must be the same, whatever the rest of the page looks like.
"""

from __future__ import annotations

import json
from collections.abc import Generator, Iterator, Mapping
from itertools import zip_longest
from typing import Any

from factdesk.domain.matches import Reason
from factdesk.domain.verification import Step
from factdesk.errors import FactdeskError
from factdesk.publish import words
from factdesk.publish.model import SiteCheck, SiteData
from factdesk.publish.nesting import names
from factdesk.publish.page_parts import (
    FREE,
    MUST,
    Part,
    article,
    linked_data,
    markup,
    meddling,
    parts,
    told_elsewhere,
)
from factdesk.publish.read_page import Element, UnplainError, read_page
from factdesk.publish.remade import Maker, our_page
from factdesk.queries.verify_held import step
from factdesk.wording import sayer

SHOWN = 80
BEFORE = 20

_UNPLAIN = "Its markup is not plain, so that a browser may show something else than what is written: {what}"
_MEDDLES = "It has markup that can hide or change what is shown: {what}"
_NO_CHECK = "It shows no check, or more than one."
_OTHER_CHECK = "It is marked as {shown}, and what was signed is {said}."
_DATA = "What it tells search engines is not what was signed: “{shown}”, not “{said}”."
_HEAD = "What it tells programs that show it is not what was signed ({field}): “{shown}”, not “{said}”."
_MARKUP = "The markup of its text is not what was signed: “{shown}”, not “{said}”."
_SCALE = "Its scale marks “{shown}”, and the rating is “{said}”."
_AROUND = (
    "Beside what was signed it is not as factdesk's own template makes it, which nothing here can check: “{shown}”, "
    "not “{said}”."
)
_OTHER_WORDS = "Another version of factdesk made this, in other words: “{shown}”, and ours has “{said}”."
_OTHER_MARKUP = "Another version of factdesk made this, with other markup: “{shown}”, and ours has “{said}”."
_SAME = "Everything on it that was signed is what was signed."
WORDED = names(
    "topics correction claimant appearance source stance unchecked waiver command bundle kind frozen obtained address"
)
"""Marks of parts that hold words of ours beside what was signed."""
PARTS: Mapping[str, str] = {
    "title": "Its title is “{shown}”, and “{said}” was signed.",
    "summary": "Its summary is “{shown}”, and “{said}” was signed.",
    "withdrawn": "Why it was withdrawn is given as “{shown}”, and “{said}” was signed.",
    "correction": "A correction is “{shown}”, and “{said}” was signed.",
    "topics": "Its topics are “{shown}”, and “{said}” was signed.",
    "claim": "The claim is “{shown}”, and “{said}” was signed.",
    "claimant": "Who made the claim is “{shown}”, and “{said}” was signed.",
    "appearance": "Where the claim was made is “{shown}”, and “{said}” was signed.",
    "rating": "The rating is “{shown}”, and “{said}” was signed.",
    "definition": "What the rating means is “{shown}”, and “{said}” was signed.",
    "body": "Its text says “{shown}”, and “{said}” was signed.",
    "quotation": "A quotation is “{shown}”, and “{said}” was signed.",
    "source": "A source is “{shown}”, and “{said}” was signed.",
    "stance": "What a quotation does is “{shown}”, and “{said}” was signed.",
    "bundle": "The bundle that it offers is “{shown}”, and “{said}” belongs to it.",
    "command": "The command that it names is “{shown}”, and “{said}” belongs to it.",
    "pdf": "The PDF that it offers is “{shown}”, and “{said}” belongs to it.",
    "published": "The day of its publication is “{shown}”, and should be “{said}”.",
    "changed": "The day of its last change is “{shown}”, and should be “{said}”.",
    "authors": "Its authors are “{shown}”, and “{said}” was signed.",
    "fingerprint": "The fingerprint is “{shown}”, and “{said}” signed it.",
    "unchecked": "What was not checked is “{shown}”, and “{said}” was signed.",
    "waiver": "A rule that was set aside is “{shown}”, and “{said}” was signed.",
}

SOURCE_PARTS: Mapping[str, str] = {
    "kind": "What it is called is “{shown}”, and should be “{said}”.",
    "title": "The source's title is “{shown}”, and “{said}” was captured.",
    "author": "The source's author is “{shown}”, and “{said}” was captured.",
    "publisher": "Who published the source is “{shown}”, and “{said}” was captured.",
    "address": "The source's address is “{shown}”, and it was captured from “{said}”.",
    "frozen": "The day it was frozen is “{shown}”, and it was “{said}”.",
    "obtained": "How it was obtained is “{shown}”, and it was “{said}”.",
    "digest": "The source's digest is “{shown}”, and the bytes have “{said}”.",
    "text": "The frozen text says “{shown}”, and “{said}” was captured.",
}


def page_steps(shown: Element, site: SiteData, check: SiteCheck, maker: Maker) -> Iterator[Step]:
    """The steps of a check's page: each difference; or one that passes, and one that was not checked where there is
    more on the page than we can know."""
    path = check.path
    page, ours = our_page(site, check, maker, pdf=any(each.attributes.get("data-fd") == "pdf" for each in shown))
    said = read_page(ours)
    found = [
        *_guards(path, shown, check),
        *part_steps(path, (parts(shown), parts(said)), MUST, maker),
        *_scale(path, shown, check),
        *_data(path, shown, said, maker),
        *told_steps(path, shown, said, page.title),
    ]
    yield from found
    if not any(each.outcome == "fail" for each in found):
        yield step("page", path, "pass", _SAME)
    if maker.same:
        yield from around_steps(path, shown, said)


def plain(path: str, data: bytes) -> Generator[Step, None, Element | None]:
    """The page, where it is so written that every browser shows the same; a step that fails, where it is not."""
    try:
        return read_page(data)
    except UnplainError as error:
        yield step("page", path, "fail", _UNPLAIN, what=error.what)
        return None


def hidden_steps(path: str, shown: Element) -> Iterator[Step]:
    """What on a page could hide or change what it shows."""
    wrong = meddling(shown)
    if wrong:
        yield step("page", path, "fail", _MEDDLES, what=cut(wrong))


def _guards(path: str, shown: Element, check: SiteCheck) -> Iterator[Step]:
    yield from hidden_steps(path, shown)
    found = article(shown)
    if found is None:
        yield step("page", path, "fail", _NO_CHECK)
        return
    said = check.statement
    marks = {"data-check": check.id, "data-rating": said.rating.key, "data-statement": said.digest}
    for name, value in marks.items():
        given = found.attributes.get(name, "–")
        if given != value:
            yield step("page", path, "fail", _OTHER_CHECK, shown=cut(given), said=value)


Parts = Mapping[str, list[Part]]


def part_steps(
    path: str, both: tuple[Parts, Parts], must: frozenset[str], maker: Maker, *, source: bool = False
) -> Iterator[Step]:
    """The marked parts that are not as they were signed: each by its number among those of its kind. `both` are those
    that are shown and ours, of a check or of a `source`."""
    seen, signed = both
    for mark in sorted({*seen, *signed} - FREE):
        theirs, ours = seen.get(mark, []), signed.get(mark, [])
        if mark not in (SOURCE_PARTS if source else PARTS) or (not theirs and mark not in must):
            continue
        for one, other in zip_longest(theirs, ours):
            if one != other:
                template = SOURCE_PARTS[mark] if source else PARTS[mark]
                words_of_ours = mark in WORDED and not maker.same
                yield _differs(path, template, one, other, lenient=words_of_ours, same=maker.same)


def _differs(path: str, template: str, one: Part | None, other: Part | None, *, lenient: bool, same: bool) -> Step:
    """What is said of a part. `lenient` is one in words of another version's."""
    if one is not None and other is not None and one.text == other.text:
        told, ours = _first(one.markup, other.markup)
        if same:
            return step("page", path, "fail", _MARKUP, shown=cut(told), said=cut(ours))
        return step("page", path, "not checked", _OTHER_MARKUP, shown=cut(told), said=cut(ours))
    told, ours = apart(one.text if one is not None else "", other.text if other is not None else "")
    if lenient and one is not None and other is not None:
        return step("page", path, "not checked", _OTHER_WORDS, shown=told, said=ours)
    return step("page", path, "fail", template, shown=told, said=ours)


def _scale(path: str, shown: Element, check: SiteCheck) -> Iterator[Step]:
    """The step of the scale that is marked as the check's."""
    rating = " ".join(words.rating_name(check.statement.rating, sayer(check.language)).split())
    for scale in (each for each in shown if each.attributes.get("data-fd") == "scale"):
        for each in scale:
            marked = "on" in each.attributes.get("class", "").split() or "aria-current" in each.attributes
            if marked and each.text != rating:
                yield step("page", path, "fail", _SCALE, shown=cut(each.text), said=rating)


def _data(path: str, shown: Element, said: Element, maker: Maker) -> Iterator[Step]:
    """What the page tells search engines, against what ours does."""
    ours = linked_data(said)
    try:
        theirs = linked_data(shown)
    except ValueError:
        yield step("page", path, "fail", _DATA, shown="–", said=cut(written(ours)))
        return
    # As text: to Python, true is 1.
    told, right = written(theirs), written(ours)
    if told != right:
        one, other = apart(told, right)
        if maker.same:
            yield step("page", path, "fail", _DATA, shown=one, said=other)
        else:
            yield step("page", path, "not checked", _OTHER_WORDS, shown=one, said=other)


def told_steps(path: str, shown: Element, said: Element, title: str) -> Iterator[Step]:
    """What the head of a page says to programs that show it, against ours."""
    told, ours = told_elsewhere(shown), told_elsewhere(said)
    for name, values in told.items():
        right = ours.get(name.replace("twitter:", "og:")) or [""]
        for value in values:
            if value != right[0] and not (name == "title" and title in value):
                one, other = apart(value, right[0])
                yield step("page", path, "fail", _HEAD, field=name, shown=one, said=other)


def around_steps(path: str, shown: Element, said: Element) -> Iterator[Step]:
    """Whether the rest of the page is as our own template makes it: the check's part of it exactly; around that
    nothing may stand that we do not put there, though some of ours depends on what else the site has."""
    theirs, ours = (_outside(root) for root in (shown, said))
    one, other = _first(theirs[0], ours[0])
    if one == other:
        one = next((piece for piece in theirs[1] if piece not in set(ours[1])), "")
        other = ""
    if one != other:
        yield step("page", path, "not checked", _AROUND, shown=cut(one), said=cut(other))


def _outside(root: Element) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The markup of a page's main part, and of what stands around it."""
    main = tuple(piece for each in root if each.tag == "main" for piece in markup(each, FREE))
    return main, tuple(piece for each in root if each.tag == "body" for piece in markup(each, FREE, "main"))


def _first(theirs: tuple[str, ...], ours: tuple[str, ...]) -> tuple[str, str]:
    """The first of two lists in which they differ; two empty texts for none."""
    return next(((one, other) for one, other in zip_longest(theirs, ours, fillvalue="") if one != other), ("", ""))


def missed(path: str, error: FactdeskError) -> Step:
    """A file that cannot be had: where it is not there, it fails; so does one that is too large, or never ends."""
    return Step("page", path, "fail", Reason("page", error.message, {k: str(v) for k, v in error.values.items()}))


def written(value: Any) -> str:
    """Data as a text to compare."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def apart(shown: str, said: str) -> tuple[str, str]:
    """Two texts cut to where they differ."""
    at = next((at for at, (one, other) in enumerate(zip(shown, said, strict=False)) if one != other), None)
    at = min(len(shown), len(said)) if at is None else at
    start = max(0, at - BEFORE)
    return cut(shown[start:], start > 0), cut(said[start:], start > 0)


def cut(text: str, before: bool = False) -> str:
    """A text cut short, with what shows that it was; a dash for none."""
    short = text if len(text) <= SHOWN else text[:SHOWN] + "…"
    return ("…" if before else "") + short or "–"
