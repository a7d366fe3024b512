"""What holds of every text and every quotation cut from it.

`slow_search` is a second, independent reading of the rules: it makes one regular expression of the quotation and
tries it everywhere.
"""

from __future__ import annotations

import random
import re
import unicodedata

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from factdesk.text.quotations import Found, Missing, QuotedText

DOUBLE = '"“”„‟″«»'
SINGLE = "'‘’‚‛′`"
PAIRED = SINGLE.replace("′", "")
PLAIN = "-‐‑"
LONG = "‒–—―−"
SPACES = " \u00a0\u2009\t"
BREAKS = "\n\f\u2028"
HIDDEN = "\u200b\u2060\ufeff\u200e"
LIGATURES = {"ffi": "ﬃ", "ffl": "ﬄ", "ff": "ﬀ", "fi": "ﬁ", "fl": "ﬂ"}

_PROSE = (
    "the office filed a fluffy affidavit against inflation Straße naïve cà phê nghiên cứu đường được tiếng Việt "
    "hoà hòa quốc gia không phải ngày thứ 5 50 1.234 47,2% 10² ½ COVID-19 well-known x- non-profit it's O’Neill "
    "«oui» “yes” 'no' e\u0301te\u0301 a\u0323\u0302 … ... −3 -7 2019–2020 ﬁrst oﬃce 東京都 ราคา — – 🙂 (and) so. ; !"
)
WORDS = _PROSE.split()
GLUE = [
    " ",
    " ",
    " ",
    " ",
    " ",
    "\n",
    "  ",
    "\u00a0",
    " – ",
    "—",
    "-",
    "-\n",
    "\u00ad\n",
    "\u00ad",
    "\u200b",
    "",
    ", “",
    "” ",
    " 'n' ",
]
WRITTEN = st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(GLUE)), min_size=8, max_size=60).map(
    lambda pairs: "".join(word + glue for word, glue in pairs)
)
WILD = st.text(st.characters(codec=None), min_size=20, max_size=200)
QUICK = settings(deadline=None, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])


def cut_from(data: st.DataObject, text: str, least: int = 20) -> tuple[int, int]:
    assume(len(text) >= least)
    start = data.draw(st.integers(0, len(text) - least))
    return start, data.draw(st.integers(start + least, len(text)))


def says_something(text: str) -> bool:
    """At least three letters or digits, or twenty signs: less is refused as saying nothing."""
    signs = [char for char in text if not char.isspace() and unicodedata.category(char) not in ("Cf", "Cc", "Mn", "Pd")]
    letters = sum(char.isalpha() or char.isdigit() for char in signs)
    return letters >= 3 or len(signs) >= 20


def holds(quoted: QuotedText, found: Found) -> bool:
    return all(quoted.text[piece.start : piece.end] == piece.exact and quoted.stands(piece) for piece in found.pieces)


@QUICK
@given(st.one_of(WRITTEN, WILD), st.data())
def test_whatever_is_cut_from_a_text_is_found_in_it(text: str, data: st.DataObject) -> None:
    start, end = cut_from(data, text)
    assume(says_something(text[start:end]))
    quoted = QuotedText(text)
    found = quoted.find(text[start:end], nth=1)
    assert isinstance(found, Found)
    assert holds(quoted, found)


@QUICK
@given(WRITTEN, st.data(), st.randoms(use_true_random=False))
def test_a_quotation_changed_as_it_may_be_is_found_at_its_place(
    text: str, data: st.DataObject, chance: random.Random
) -> None:
    start, end = cut_from(data, text)
    start, end = clean_cut(text, start, end)
    assume(end - start >= 12 and says_something(text[start:end]))
    quoted = QuotedText(text)
    found = quoted.find(altered(text, start, end, chance), nth=1)
    assert isinstance(found, Found)
    assert holds(quoted, found)
    places = [quoted.find(text[start:end], nth=nth) for nth in range(1, found.occurrences + 1)]
    spans = [(place.pieces[0].start, place.pieces[0].end) for place in places if isinstance(place, Found)]
    assert (found.pieces[0].start, found.pieces[0].end) in spans


@QUICK
@given(WRITTEN, st.data())
def test_with_one_letter_changed_it_is_found_only_where_the_slow_search_finds_it(
    text: str, data: st.DataObject
) -> None:
    start, end = cut_from(data, text)
    places = [at for at in range(start, end) if text[at].isalnum()]
    assume(places)
    at = data.draw(st.sampled_from(places))
    other = data.draw(st.sampled_from("aáeộđxz075Ω"))
    quotation = text[start:at] + other + text[at + 1 : end]
    quoted = QuotedText(text)
    found = quoted.find(quotation, nth=1)
    assert isinstance(found, Found | Missing)
    if isinstance(found, Found):
        assert slow_search(text, quotation)


@QUICK
@given(WRITTEN, WRITTEN)
def test_the_nearest_passage_is_a_slice_of_the_text_and_its_changes_rebuild_both(text: str, quotation: str) -> None:
    missing = QuotedText(text).find(quotation)
    if isinstance(missing, Missing) and missing.nearest is not None:
        near = missing.nearest
        assert text[near.start : near.end] == near.text
        told = "".join("".join(change.source.split()) for change in near.changes)
        assert told == "".join(near.text.split()) or "\u00ad" in near.text or "\u200b" in near.text


@QUICK
@given(WILD, WILD)
def test_no_text_and_no_quotation_breaks_it(text: str, quotation: str) -> None:
    assert isinstance(QuotedText(text).find(quotation), Found | Missing)


def clean_cut(text: str, start: int, end: int) -> tuple[int, int]:
    """A slice moved inwards to white space, and without dashes at its ends: what a person would mark."""
    edges = PLAIN + LONG + HIDDEN + "\u00ad"
    while start < end and ((start and text[start - 1] not in " \n") or text[start].isspace() or text[start] in edges):
        start += 1
    while start < end and (
        (end < len(text) and text[end] not in " \n") or text[end - 1].isspace() or text[end - 1] in edges
    ):
        end -= 1
    return start, end


def altered(text: str, start: int, end: int, chance: random.Random) -> str:
    """The slice with spaces, marks, hyphens and forms written otherwise."""
    pieces = []
    for at in range(start, end):
        pieces.append(rewritten(text, at, start, end, chance))
    quotation = "".join(pieces)
    if chance.random() < 0.3:
        quotation = unicodedata.normalize(chance.choice(["NFC", "NFD"]), quotation)
    return quotation


def rewritten(text: str, at: int, start: int, end: int, chance: random.Random) -> str:
    char = text[at]
    before, after = text[at - 1] if at > start else "", text[at + 1] if at + 1 < end else ""
    if chance.random() < 0.5:
        return char
    if char in SPACES + BREAKS and before not in PLAIN + "\u00ad":
        return "".join(chance.choice(SPACES) for _ in range(chance.randint(1, 3)))
    if char in DOUBLE and not {before, after} & set(SINGLE + "«»") and char not in "«»" and chance.random() < 0.3:
        return chance.choice(PAIRED) + chance.choice(PAIRED)
    if char in DOUBLE:
        return chance.choice(DOUBLE.replace("«", "").replace("»", ""))
    if char in SINGLE and before not in SINGLE and after not in SINGLE:
        return chance.choice("’‘'′") if not {before, after} & set("’‘'′`") else char
    if char in LONG and not {before, after} & set(PLAIN + LONG):
        return chance.choice(LONG)
    if char in PLAIN and before.isalpha() and after.isalpha():
        return chance.choice(PLAIN + LONG)
    if char == "…":
        return "..." if before != "." and after != "." else char
    return char + chance.choice(HIDDEN) if char.isalnum() and chance.random() < 0.1 else char


def slow_search(text: str, quotation: str) -> bool:
    """Whether a text has a quotation, by one regular expression over both in one form; or verbatim."""
    if quotation.strip() in text:
        return True
    source, wanted = plain_form(text), plain_form(quotation).strip()
    bare = wanted[1:-1].strip() if wanted[:1] in "'\"" and wanted[-1:] in "'\"" else wanted
    return any(re.search(expression(each), source) is not None for each in {wanted, bare})


def plain_form(text: str) -> str:
    """Without what is invisible, composed, and with one sign of each family of marks."""
    text = re.sub(r"\u00ad(?=[\u200b\u2060\ufeff\u200e\u00ad]*\s)", "\ue000", text)
    text = "".join(char for char in text if char not in HIDDEN + "\u00ad")
    for ligature in "ﬀﬁﬂﬃﬄ":
        text = text.replace(ligature, unicodedata.normalize("NFKC", ligature))
    text = unicodedata.normalize("NFC", text).replace("…", "...")
    text = re.sub(f"[{PAIRED}]{{2}}|′′", '"', text)
    text = re.sub(r"(?<!-)--{1,2}(?![-\d])", "–", text)
    text = re.sub(f"[{DOUBLE}]", '"', re.sub("«\\s+", '"', re.sub("\\s+»", '"', text)))
    return re.sub(f"[{SINGLE}]", "'", text)


def expression(quotation: str) -> str:
    """Each character, or whatever may stand in its place."""
    quotation = re.sub(r"(?<=[^\W\d_])(?:[-‐‑]|\ue000)\s*\n\s*(?=[^\W\d_])", "\ue001", quotation).replace("\ue000", "")
    quotation = re.sub(rf"\s*([{LONG}])\s*|\s+([{PLAIN}])\s*|([{PLAIN}])\s+", "\ue002", quotation)
    break_here = rf"(?:[{PLAIN}]\s*[\n\f\u2028]\s*|\ue000\s+)?"
    parts = []
    for char in re.sub(r"\s+", " ", quotation):
        if char == " ":
            parts.append(r"(?:\ue000?\s+)")
        elif char in PLAIN or char == "\ue002":
            parts.append(rf"\s*[{PLAIN}{LONG}]\s*")
        elif char == "\ue001":
            parts.append(rf"(?:\s*[{PLAIN}{LONG}]?\s*)")
        else:
            parts.append(break_here + re.escape(char) + break_here)
    return "".join(parts)
