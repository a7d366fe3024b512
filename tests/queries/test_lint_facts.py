"""What a desk tells of a draft: citations by parts of their ids, captured addresses, claims written out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from tests.store.evidence import TEXT, add_capture, add_citation

from factdesk.clock import Clock
from factdesk.config import DeskConfig
from factdesk.errors import InputError
from factdesk.lint.base import Facts
from factdesk.lint.read import read_draft
from factdesk.queries.desk import Desk
from factdesk.queries.lint_facts import facts_for
from factdesk.store.blobs import digest_of

URL = "https://source.example/bridge"


@pytest.fixture
def desk(sqlite_desk: DeskConfig, clock: Clock) -> Iterator[Desk]:
    with Desk.open(replace(sqlite_desk, url="https://desk.example/checks"), clock) as opened:
        yield opened


def facts(desk: Desk, body: str, front: str = "") -> Facts:
    source = f"---\ntitle: x\n{front}---\n{body}\n"
    return facts_for(desk, [("d.md", source)])


def test_a_citation_is_known_by_its_id_or_a_part_that_no_other_has(desk: Desk) -> None:
    capture = add_capture(desk.record, desk.config)
    one, two = (add_citation(desk.record, capture, 1, claim) for claim in ("carrots", "bridges"))
    same = 0
    while one[same] == two[same]:
        same += 1
    marks = [one, one[: same + 1], two[-8:], one[:same], "zzzz", one[-1]]
    known = facts(desk, " ".join(f"x[^cite:{mark}]" for mark in marks)).citations
    assert {mark: known[mark].id for mark in known} == {one: one, one[: same + 1]: one, two[-8:]: two}
    assert (known[one].claim, known[two[-8:]].claim) == ("carrots", "bridges")


def test_a_citation_comes_with_its_source(desk: Desk) -> None:
    capture = add_capture(desk.record, desk.config)
    cited = add_citation(desk.record, capture, 1, "carrots")
    read = read_draft(f"“{TEXT[:10]}”[^cite:{cited}]", "", facts(desk, f"[^cite:{cited}]"))
    (fact,) = read.cited
    assert (fact.pieces, fact.text, fact.title) == ((TEXT[:10],), TEXT, "Cầu Long Biên")
    assert (fact.url, fact.site, fact.supplied, fact.verified, fact.stance) == (
        *(URL, "source.example", False, True, "supports"),
    )


def test_what_somebody_supplied_is_marked(desk: Desk) -> None:
    capture = add_capture(desk.record, desk.config, origin="text", own_id="7", url="", final_url="")
    cited = add_citation(desk.record, capture, 1)
    fact = facts(desk, f"[^cite:{cited}]").citations[cited]
    assert (fact.supplied, fact.url, fact.site) == (True, "", "")


def test_a_citation_of_another_text_does_not_stand(desk: Desk) -> None:
    capture = add_capture(desk.record, desk.config)
    cited = add_citation(desk.record, capture, 1, text="Another text altogether, and long enough for it.")
    assert facts(desk, f"[^cite:{cited}]").citations[cited].verified is False


def test_a_text_that_was_changed_or_lost_does_not_stand(desk: Desk) -> None:
    from sqlalchemy import delete, update

    from factdesk.store.blobs import BLOBS

    capture = add_capture(desk.record, desk.config)
    cited = add_citation(desk.record, capture, 1)
    digest = digest_of(TEXT.encode())
    with desk.record.write() as writer:
        other = TEXT.replace("120", "130").encode()
        writer.session.execute(update(BLOBS).where(BLOBS.c.digest == digest).values(data=other))
    assert facts(desk, f"[^cite:{cited}]").citations[cited].verified is False
    with desk.record.write() as writer:
        writer.session.execute(delete(BLOBS).where(BLOBS.c.digest == digest))
    fact = facts(desk, f"[^cite:{cited}]").citations[cited]
    assert (fact.verified, fact.text) == (False, "")


def test_addresses_are_known_as_the_draft_writes_them(desk: Desk) -> None:
    add_capture(desk.record, desk.config)
    written = "HTTPS://Source.Example/bridge"
    known = facts(desk, f"[a]({URL}) [b]({written}) [c](https://other.example/) [d](mailto:a@b.example) <{URL}>")
    assert known.captured == {URL, written}


def test_the_desk_says_who_it_is_and_what_day_it_is(desk: Desk, clock: Clock) -> None:
    known = facts(desk, "Text.")
    assert (known.desk, known.sites, known.today) == ("Test desk", frozenset({"desk.example"}), clock.now().date())


CLAIM = f"""claims:
  - c9
  - text: The bridge is 120 m long.
    claimant: Bridge Daily
    claimant_kind: organisation
    kind: checkable
    appearance: {URL}
  - id: c2
    text: The bridge is ugly
    kind: nonsense
    appearance: https://other.example/
"""


def test_claims_that_are_written_out_are_claims(desk: Desk) -> None:
    add_capture(desk.record, desk.config)
    known = facts(desk, "Text.", CLAIM)
    assert list(known.claims) == ["The bridge is 120 m long.", "c2"]
    first, second = known.claims.values()
    assert (first.claimant, first.claimant_kind, first.kind) == ("Bridge Daily", "organisation", "checkable")
    assert [(place.url, place.captured, place.text) for place in first.appearances] == [(URL, True, TEXT)]
    assert (second.text, second.kind, second.claimant_kind) == ("The bridge is ugly", "other", "unclassified")
    assert [(place.captured, place.text) for place in second.appearances] == [(False, "")]
    read = read_draft(f"---\ntitle: x\n{CLAIM}---\nText.\n", "", known)
    assert [claim.id for claim in read.claims] == list(known.claims)


def test_one_look_serves_many_drafts(desk: Desk) -> None:
    capture = add_capture(desk.record, desk.config)
    cited = [add_citation(desk.record, capture, 1, claim) for claim in ("a", "b")]
    known = facts_for(desk, [(f"{own}.md", f"x[^cite:{own}]") for own in cited])
    assert set(known.citations) == set(cited)
    assert facts_for(desk, []).citations == {}


def test_front_matter_that_cannot_be_read_is_told(desk: Desk) -> None:
    with pytest.raises(InputError, match="front matter"):
        facts_for(desk, [("d.md", "---\na: b: c\n---\n")])


@pytest.mark.attack
@pytest.mark.parametrize("mark", ["%%%%", "____", "'or'1'='1", "0197%", "\\\\\\\\", "𝟘𝟙𝟡𝟟"])
def test_a_mark_is_no_pattern(desk: Desk, mark: str) -> None:
    add_citation(desk.record, add_capture(desk.record, desk.config), 1)
    assert facts(desk, f"x[^cite:{mark}]").citations == {}
