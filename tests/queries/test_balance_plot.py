from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factdesk.domain.balance import STANDINGS, Balance, Counted, balance
from factdesk.domain.scales import DEFAULT, NOT_CHECKABLE, Scale, Step
from factdesk.queries.balance_plot import MOST, Naming, balance_svg
from factdesk.queries.balance_svg import WIDTH, cut
from factdesk.wording import sayer

KEYS = [*(step.key for step in DEFAULT.steps), NOT_CHECKABLE]
SVG = "{http://www.w3.org/2000/svg}"
KNOWN = {"svg", "title", "desc", "style", "rect", "g", "text", "line", "path"}
ATTRIBUTES = {
    "viewBox", "width", "height", "role", "aria-labelledby", "aria-hidden", "lang", "id", "class", "transform", "x",
    "y", "x1", "y1", "x2", "y2", "d", "{http://www.w3.org/XML/1998/namespace}lang",
}  # fmt: skip

ATTACKS = [
    "<script>alert(1)</script>",
    '"/><image href="https://evil.example/x.png"/>',
    "]]></style><foreignObject>",
    "&lt;b&gt; &xxe; &#x41;",
    "\x00\x1b[31m\ufffe\ud800",
    "\u202eđảo ngược\u202c",
    "x" * 5000,
    "漢" * 60,
    "  \n\t ",
]


def naming(language: str = "en") -> Naming:
    return Naming(sayer(language), language, DEFAULT)


def check(rating: str = "false", topic: str = "health", kind: str = "organisation", **more: object) -> Counted:
    known = {"origins": frozenset({"reader"}), "language": "vi", "day": "2026-01-02"} | more
    return Counted(frozenset({kind}), frozenset({topic}), rating, **known)  # type: ignore[arg-type]


def drawn(report: Balance, language: str = "en", desk: str = "Test desk") -> ElementTree.Element:
    return ElementTree.fromstring(balance_svg(report, desk, naming(language)))


def texts(root: ElementTree.Element) -> list[str]:
    return [element.text or "" for element in root.iter(f"{SVG}text")]


@pytest.fixture
def report() -> Balance:
    checks = [check(rating, topic) for rating in KEYS for topic in ("health", "cầu đường") for _ in range(9)]
    checks += [check("true", "food", "public figure")] * 40
    checks += [check("true", standing=standing) for standing in STANDINGS]
    return balance(checks, KEYS)


@pytest.mark.parametrize("language", ["en", "vi"])
def test_it_is_a_picture_with_a_title_and_words_for_who_cannot_see_it(report: Balance, language: str) -> None:
    root = drawn(report, language)
    assert root.get("role") == "img"
    names = (root.get("aria-labelledby") or "").split()
    title, desc = (next(e for e in root.iter() if e.get("id") == name) for name in names)
    assert (title.tag, desc.tag) == (f"{SVG}title", f"{SVG}desc")
    assert root.get("lang") == language
    for part in report.parts:
        for cell in part.cells:
            assert naming(language)(part.by, cell.name) in (desc.text or "")


def test_it_speaks_the_language_that_was_asked_for(report: Balance) -> None:
    english, vietnamese = set(texts(drawn(report))), set(texts(drawn(report, "vi")))
    assert {"Who made the claims", "Organisations", "False"} <= english
    assert {"Ai đưa ra nhận định", "Tổ chức", "Sai"} <= vietnamese
    assert {text for text in english & vietnamese if re.search("[^\\W\\d]", text)} <= {"health", "cầu đường", "food"}


def test_the_same_report_is_the_same_bytes(report: Balance) -> None:
    assert balance_svg(report, "D", naming()) == balance_svg(report, "D", naming())


def test_bars_are_as_long_as_their_shares_and_within_their_whiskers(report: Balance) -> None:
    root = drawn(report)
    bars = [e for e in root.iter(f"{SVG}rect") if e.get("class") in ("bar", "pale", "leaning")]
    whiskers = list(root.iter(f"{SVG}path"))
    cells = [cell for part in report.parts if part.by != "language" for cell in part.cells]
    assert len(bars) == len(whiskers)
    for cell, bar, whisker in zip(cells, bars, whiskers, strict=False):
        assert float(bar.get("width") or 0) == pytest.approx(420 * cell.share, abs=0.01)
        low, high = re.match(r"M([\d.]+) [\d.]+H([\d.]+)", whisker.get("d") or "").groups()  # type: ignore[union-attr]
        assert float(low) == pytest.approx(200 + 420 * cell.interval.low, abs=0.01)
        assert float(high) == pytest.approx(200 + 420 * cell.interval.high, abs=0.01)


def test_a_lean_is_marked_in_more_than_colour_and_few_are_said_to_be_few(report: Balance) -> None:
    said = texts(drawn(report))
    assert any(text.endswith("▲") for text in said)
    assert not any("few" in text and text[0].isdigit() for text in said)
    few = balance([check("false", "food")] * 5 + [check("true")] * 60, KEYS)
    assert "5, few" in texts(drawn(few))


def test_the_longest_scale_fits_beside_the_names() -> None:
    names = {"en": "Quite a long name of a step"}
    scale = Scale(tuple(Step(f"step-{number}", number, names, names) for number in range(1, 13)))
    keys = [*(step.key for step in scale.steps), NOT_CHECKABLE]
    report = balance([check(rating) for rating in [*keys, "gone"] for _ in range(40)], keys)
    others = {"gone": "A step of before"}
    root = ElementTree.fromstring(balance_svg(report, "", Naming(sayer("en"), "en", scale, others)))
    ends = [float(e.get("x") or 0) + float(e.get("width") or 0) for e in root.iter(f"{SVG}rect") if e.get("x")]
    assert max(ends) <= WIDTH
    assert "A step of before" in texts(root)


def test_a_report_of_nothing_is_drawn_too() -> None:
    assert "Published checks: 0." in texts(drawn(balance([], KEYS)))


def test_more_topics_than_are_shown_are_counted() -> None:
    report = balance([check(topic=f"topic {number:02}") for number in range(MOST + 3)], KEYS)
    assert texts(drawn(report)).count("and 3 more") == 2


def elements(root: ElementTree.Element) -> Iterator[tuple[str, set[str]]]:
    for element in root.iter():
        yield element.tag.removeprefix(SVG), set(element.attrib)


@pytest.mark.attack
@pytest.mark.parametrize("topic", ATTACKS)
def test_no_topic_leaves_its_place(topic: str) -> None:
    report = balance([check(topic=topic), check("four <bananas>"), check(kind=topic), check(language=topic)], KEYS)
    root = drawn(report, desk=topic)
    for name, attributes in elements(root):
        assert name in KNOWN
        assert attributes <= ATTRIBUTES
    words = "".join(root.itertext())
    assert not re.search("[\u202a-\u202e\u2066-\u2069\x00\x1b]", words)
    assert all(len(text) < 400 for text in texts(root))
    source = balance_svg(report, topic, naming())
    assert "<script" not in source
    assert "<image" not in source
    assert source.count("<style>") == 1


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_words_make_a_well_formed_picture(topic: str, desk: str) -> None:
    root = drawn(balance([check(topic=topic)], KEYS), desk=desk)
    assert {name for name, _ in elements(root)} <= KNOWN


@given(st.text(), st.integers(1, 40))
def test_what_is_cut_fits(words: str, most: int) -> None:
    assert len(cut(words, most)) <= most
    assert "\n" not in cut(words, most)
