"""FD204 to FD212: quotations, sources, and what a rating needs of them."""

from __future__ import annotations

from typing import Any

import pytest
from tests.lint.drafts import FRONT, draft, on, reasons, words_found
from tests.lint.rules.worlds import citation, claim, world

from factdesk.domain.scales import DEFAULT, NOT_CHECKABLE, Scale, Step
from factdesk.lint.base import CitationFact, Draft, Facts
from factdesk.lint.read import read_draft

LANGUAGES = ("en", "vi")
QUOTE = {
    "en": "We found no link between masts and headaches",
    "vi": "Chúng tôi không thấy mối liên hệ giữa cột sóng và đau đầu",
}


@pytest.mark.parametrize(
    ("language", "body", "count"),
    [
        ("en", "She says “nobody in the town slept well”.", 1),
        ("en", 'She says "nobody in the town slept well".', 1),
        ("en", "She says “nobody in the town slept well”. They agree.[^cite:a1]", 1),
        ("en", "> Nobody in the town slept well.", 1),
        ("en", "She says “nobody in the town slept well” and “we found no link at all”[^cite:a1].", 1),
        ("vi", "Bà nói “cả thị trấn chẳng ai ngủ ngon được”.", 1),
        ("vi", "> Cả thị trấn chẳng ai ngủ ngon.", 1),
        ("en", "She says “nobody in the town slept well”[^cite:a1].", 0),
        ("en", "“Nobody in the town slept well”, she says.[^cite:a1]", 0),
        ("en", "“Nobody in the town slept well”, she says[^cite:a1].", 0),
        ("en", "> Nobody in the town slept well.[^cite:a1]", 0),
        ("en", "She says:[^cite:a1]\n\n> Nobody in the town slept well.", 0),
        ("en", "The “nocebo effect” is real, and “Gone with the Wind” a film.", 0),
        ("en", "They wrote “5G masts give 9 out of 10 people headaches!”", 0),
        ("en", "They wrote “give 9 out of 10 people headaches! Share it”.", 0),
        ("vi", "Cái gọi là “hiệu ứng nocebo” có thật.", 0),
        ("vi", "Trang viết: “Cột sóng 5G làm 9 trên 10 người đau đầu”.", 0),
    ],
)
def test_a_quotation_has_a_citation(language: str, body: str, count: int) -> None:
    assert len(words_found("FD204", body + "\n", language, world(language))) == count


def test_where_the_claim_is_not_known_a_quotation_may_be_it() -> None:
    assert words_found("FD204", "She says “nobody in the town slept well”.\n") == []
    written = FRONT.format(language="en").replace("[c1]", "\n  - text: Nobody in the town slept well")
    body = "“Nobody in the town slept well”, they wrote. “Nobody in the town slept so badly”, we say.\n"
    assert on("FD204", read_draft(written + body)) == ["“Nobody in the town slept so badly”"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_of_the_citation_are_verified(language: str) -> None:
    quote = QUOTE[language]
    for words in (quote, quote[0].lower() + quote[1:], f"{quote}.", quote.rpartition(" ")[0], quote.replace(" ", "  ")):
        assert words_found("FD205", f"“{words}”[^cite:a1]\n", language, world(language)) == []
    assert words_found("FD205", f"> {quote}[^cite:a1]\n", language, world(language)) == []


@pytest.mark.parametrize(
    ("language", "words", "told"),
    [
        ("en", "We found a link between masts and headaches", "it has “no” where the quotation has “a”"),
        ("en", "We found hardly no link between masts and headaches", "the quotation has “hardly”"),
        ("en", "We found no link between headaches", "it has “masts and”"),
        ("en", "we found no link between masts and headach", "does not stand"),
        ("en", "The moon is made of green cheese", "does not stand in the citation a1."),
        ("vi", "Chúng tôi chưa thấy mối liên hệ giữa cột sóng và đau đầu", "it has “không” where"),
        ("vi", "Chúng tôi không thấy mối liên hệ giữa cột sóng và đau đâu", "it has “đầu” where"),
    ],
)
def test_other_words_are_not(language: str, words: str, told: str) -> None:
    (reason,) = reasons("FD205", draft(f"“{words}”[^cite:a1]\n", language, world(language)))
    assert told in reason


def test_words_of_the_source_that_are_not_cited_are_not_verified() -> None:
    (reason,) = reasons("FD205", draft("“The mast on Beacon Hill is 45 m high”[^cite:a1]\n", facts=world()))
    assert "of other words" in reason


def test_gaps_between_and_within_pieces_may_stay() -> None:
    facts = world("en", (), citation(pieces=("Professor Maria Kowalska", "studied 4,180 adults in Leeds")))
    for words in ("Professor Maria Kowalska […] studied 4,180 adults", "Maria Kowalska […] studied […] in Leeds"):
        assert words_found("FD205", f"“{words}”[^cite:a1]\n", facts=facts) == []
    for words in ("studied 4,180 adults […] Maria Kowalska", "Kowalska […] studied 99 adults", "in Leeds […] studied"):
        assert len(words_found("FD205", f"“{words}”[^cite:a1]\n", facts=facts)) == 1


def test_one_of_several_citations_has_the_words() -> None:
    facts = world("en", (), citation(), citation(own="a2", pieces=("4,180 adults in Leeds",)))
    assert words_found("FD205", "“4,180 adults in Leeds”[^cite:a1][^cite:a2]\n", facts=facts) == []
    assert len(words_found("FD205", "“4,180 adults in Leeds”[^cite:a1]\n", facts=facts)) == 1


@pytest.mark.parametrize(("verified", "count"), [(False, 1), (True, 0), (None, 0)])
def test_a_citation_that_does_not_stand_is_found_wherever_it_is_used(verified: bool | None, count: int) -> None:
    facts = world("en", (), citation(verified=verified))
    assert words_found("FD205", "So it is.[^cite:a1]\n", facts=facts) == ["[^cite:a1]"] * count


def two(first: str, second: str, rating: str = '"false"', **changes: Any) -> Draft:
    """A draft with two citations, from these addresses."""
    cited = (citation(url=first, site=""), citation(own="a2", url=second, site="", **changes))
    front = FRONT.format(language="en").replace('"false"', rating)
    return read_draft(f"{front}So it is.[^cite:a1] Yes.[^cite:a2]\n", "x.md", world("en", (), *cited))


@pytest.mark.parametrize(
    ("first", "second", "count"),
    [
        ("https://a.example/1", "https://a.example/2", 1),
        ("https://a.example/1", "http://www.a.example/2", 1),
        ("https://news.a.example/1", "https://data.a.example/2", 1),
        ("https://news.paper.co.uk/1", "https://paper.co.uk/2", 1),
        ("https://a.example/1", "https://b.example/2", 0),
        ("https://one.co.uk/1", "https://other.co.uk/2", 0),
        ("https://moh.gov.vn/1", "https://gso.gov.vn/2", 0),
        ("https://ann.wordpress.com/1", "https://ben.wordpress.com/2", 0),
        ("", "", 0),
    ],
)
def test_a_second_publisher_is_asked_for(first: str, second: str, count: int) -> None:
    assert len(on("FD206", two(first, second))) == count
    assert on("FD206", two(first, second, NOT_CHECKABLE)) == []


def test_a_single_citation_is_left_alone() -> None:
    assert words_found("FD206", "So it is.[^cite:a1] Yes.[^cite:a1]\n", facts=world()) == []


OTHER = "https://b.example/"


@pytest.mark.parametrize(
    ("url", "changes", "count"),
    [
        ("https://neighbours.example/study", {}, 1),
        ("https://www.neighbours.example/study", {"stance": "context"}, 1),
        ("https://blog.neighbours.example/study", {}, 1),
        ("https://neighboursforhealth.example/", {}, 1),
        ("https://neighbours-for-health.example/", {}, 1),
        ("https://neighbours.example/p/1", {}, 1),
        # The appearance as context shows what was said, and proves nothing.
        ("https://neighbours.example/p/1", {"stance": "context"}, 0),
        ("https://www.neighbours.example/p/1/", {"stance": "context"}, 0),
        ("https://neighbours-watch.example/", {}, 0),
    ],
)
def test_the_claimant_is_no_source(url: str, changes: dict[str, Any], count: int) -> None:
    assert len(on("FD207", two(OTHER, url, **changes))) == count
    assert on("FD207", two(OTHER, url, NOT_CHECKABLE, **changes)) == []


def test_a_vietnamese_claimant_is_known_by_its_host() -> None:
    known = claim("vi", claimant="Trang Ao Nhà", site="")
    facts = world("vi", (known,), citation("vi", url="https://aonha.example/x", site="aonha.example"))
    assert words_found("FD207", "Vậy đó.[^cite:a1]\n", "vi", facts) == ["[^cite:a1]"]
    assert "Trang Ao Nhà" in reasons("FD207", draft("Vậy đó.[^cite:a1]\n", "vi", facts))[0]


@pytest.mark.parametrize(("first", "second", "count"), [(True, True, 1), (True, False, 0), (False, False, 0)])
def test_supplied_sources_alone_are_not_enough(first: bool, second: bool, count: int) -> None:
    facts = world("en", (), citation(supplied=first), citation(own="a2", supplied=second))
    assert len(words_found("FD208", "So it is.[^cite:a1] Yes.[^cite:a2]\n", facts=facts)) == count


NEEDS = {
    "false": {"r": 0, "c": 1, "s": 1, "rc": 0, "sc": 1, "rs": 1},
    "mostly-false": {"r": 0, "c": 1, "s": 1, "rc": 0, "sc": 1, "rs": 0},
    "misleading": {"r": 0, "c": 1, "s": 0, "rc": 0, "sc": 0, "rs": 0},
    "mostly-true": {"r": 1, "c": 1, "s": 0, "rc": 1, "sc": 0, "rs": 0},
    "true": {"r": 1, "c": 1, "s": 0, "rc": 1, "sc": 0, "rs": 1},
    NOT_CHECKABLE: {"r": 0, "c": 0, "s": 0},
    "rubbish": {"c": 0},
}
STANCES: dict[str, Any] = {"r": "refutes", "c": "context", "s": "supports"}


def rated(rating: str, cited: list[CitationFact], scale: Scale = DEFAULT) -> list[str]:
    front = FRONT.format(language="vi").replace('"false"', f'"{rating}"')
    marks = "".join(f"[^cite:{each.id}]" for each in cited)
    facts = world("vi", (), *cited)
    made = Facts(facts.claims, facts.citations, facts.captured, scale, facts.desk)
    return on("FD209", read_draft(f"{front}Vậy đó.{marks}\n", "x.md", made))


@pytest.mark.parametrize(
    ("rating", "stances", "count"),
    [(rating, each, count) for rating, row in NEEDS.items() for each, count in row.items()],
)
def test_a_rating_says_no_more_than_the_citations(rating: str, stances: str, count: int) -> None:
    cited = [citation("vi", f"a{at}", stance=STANCES[each]) for at, each in enumerate(stances)]
    assert rated(rating, cited) == [f'"{rating}"'] * count


def test_what_the_claimant_says_for_itself_leaves_false_standing() -> None:
    own = citation("vi", "a2", stance="supports", site="neighbours.example")
    assert rated("false", [citation("vi"), own]) == []


def test_a_scale_of_two_steps_has_no_middle() -> None:
    scale = Scale((Step("no", 1, {}, {}), Step("yes", 2, {}, {})))
    supports, context = citation("vi", stance="supports"), citation("vi", stance="context")
    assert (rated("yes", [supports], scale), rated("no", [supports], scale)) == ([], ['"no"'])
    assert rated("yes", [context], scale) == ['"yes"']


@pytest.mark.parametrize(
    ("link", "count"),
    [
        ("[a leaflet](https://other.example/leaflet.pdf)", 1),
        ("<https://other.example/leaflet.pdf>", 1),
        ("![Two masts](https://other.example/masts.png)", 1),
        ("[a page](https://kept.example/page/2)", 1),
        ("[a desk](https://notdesk.example/)", 1),
        ("[kept](https://kept.example/page)", 0),
        ("[kept](http://www.kept.example/page/?utm_source=y#part)", 0),
        ("[the report](https://a1.observatory.example/report#page=3)", 0),
        ("[ours](https://www.desk.example/checks/1) [ours](https://desk.example/)", 0),
        ("[mail](mailto:desk@desk.example) [part](#part) [how](/method) ![x](masts.png)", 0),
    ],
)
def test_what_a_check_links_is_captured(link: str, count: int) -> None:
    assert len(words_found("FD210", f"See {link}.\n", facts=world())) == count
    assert words_found("FD210", f"See {link}.\n") == []


@pytest.mark.parametrize("facts", [None, world()])
def test_a_check_cites_something(facts: Facts | None) -> None:
    assert words_found("FD211", "The lake is dry.\n\nIt is.\n", facts=facts) == ["The lake is dry."]
    assert words_found("FD211", "The lake is dry.[^cite:a1]\n", facts=facts) == []
    assert len(words_found("FD211", "", facts=facts)) == 1


def test_a_citation_is_known() -> None:
    body = "The lake is dry.[^cite:a1] It is.[^cite:a9]\n"
    assert words_found("FD212", body, facts=world()) == ["[^cite:a9]"]
    assert words_found("FD212", body) == []


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("the co-\noperation of “all” offices", "the cooperation of ‘‘all’’ offices"),
        ("the e\u0301lan of the \ufb01rst day", "the élan of the first day"),
        ("about 10\u00a0% of a well-known kind", "about 10 % of a well‑known kind"),
        ("it cost 5 thousand\u200b and more", "it cost 5 thousand and more"),
    ],
)
def test_a_quotation_may_be_set_otherwise(source: str, words: str) -> None:
    facts = world("en", (), citation(pieces=(source,), text=f"They said that {source}."))
    assert words_found("FD205", f"“{words}”[^cite:a1]\n", facts=facts) == []


def test_a_quotation_does_not_cut_a_word_or_a_number() -> None:
    facts = world("en", (), citation(pieces=("there were not 50 non-profit offices",)))
    for words in ("there were not 5", "profit offices", "there were not 50 non", "here were not 50"):
        assert len(words_found("FD205", f"“{words}”[^cite:a1]\n", facts=facts)) == 1, words
