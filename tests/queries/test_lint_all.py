"""Many checks linted: the same findings over processes and out of the cache, and again only what changed."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from factdesk.errors import InputError
from factdesk.lint.asked import Asked, asked
from factdesk.lint.base import CitationFact, ClaimFact, Facts, Rule
from factdesk.lint.read import read_draft
from factdesk.lint.report import Linted
from factdesk.lint.rules import all_rules
from factdesk.lint.run import Found, lint
from factdesk.queries.lint_all import CHUNK, FEW, Item, Unread, lint_many
from factdesk.queries.lint_cache import MOST, Kept, kept_in, key_of

RULES = all_rules()
SOURCE = "The Bridge Office measured the bridge in 2019. It is 120 m long."
CITED = CitationFact("a1", "supports", ("It is 120 m long",), SOURCE, url="https://a.example/b", verified=True)
FACTS = Facts(citations={"a1": CITED}, captured=frozenset({"https://a.example/b"}), desk="Desk", asked=True)


def source(number: int) -> str:
    """A check with a number that no source has, a phone number and a tone that can be mended."""
    return (
        "---\ntitle: How long the bridge is\nrating: true\nsummary: It is long.\nlanguage: vi\nauthors: [an]\n---\n"
        f"Cây cầu dài {4000 + number} m.[^cite:a1] Gọi ông ấy: 0951 234 {number:03}. Đó là cuả họ.\n"
    )


def items(count: int) -> list[Item]:
    return [Item(f"check-{number}", source(number)) for number in range(count)]


class Desk:
    """Tells of drafts what it knows, and remembers how many it was asked about."""

    def __init__(self, facts: Facts = FACTS) -> None:
        self.facts = facts

    def each(self, drafts: Sequence[Asked]) -> list[Facts]:
        return [self.facts for _ in drafts]


def alone(item: Item, facts: Facts = FACTS) -> tuple[Found, ...]:
    return lint(read_draft(item.source, item.id, facts), RULES)


def linted(rows: Sequence[Item], kept: Kept | None = None, workers: int = 1, facts: Facts = FACTS) -> list[Linted]:
    found = list(lint_many(rows, Desk(facts).each, RULES, kept, workers))
    assert not any(isinstance(each, Unread) for each in found)
    return [each for each in found if isinstance(each, Linted)]


def counting(calls: list[str]) -> tuple[Rule, ...]:
    """The rules with one that notes which drafts it reads; it works in this process alone."""

    def check(draft: object) -> object:
        calls.append(draft.source)  # type: ignore[attr-defined]
        return iter(())

    return (*RULES, Rule("FD999", "counts", "warning", check))  # type: ignore[arg-type]


def test_findings_are_those_of_each_draft_alone_and_in_order() -> None:
    rows = items(3)
    found = linted(rows)
    assert [(each.path, each.source) for each in found] == [(row.id, row.source) for row in rows]
    assert [each.found for each in found] == [alone(row) for row in rows]
    assert {each.finding.code for each in found[0].found} >= {"FD201", "FD402", "FD312"}


def test_processes_find_the_same() -> None:
    rows = items(FEW + CHUNK + 3)
    assert [each.found for each in linted(rows, workers=2)] == [alone(row) for row in rows]


def test_a_check_that_cannot_be_read_stops_no_other() -> None:
    rows = [Item("one", source(1)), Item("bad", "---\na: b: c\n---\nx\n"), Item("long", "x" * 2_000_001)]
    one, bad, long = lint_many(rows, Desk().each, RULES, workers=1)
    assert isinstance(one, Linted)
    assert one.found == alone(rows[0])
    assert isinstance(bad, Unread)
    assert bad.id == "bad"
    assert isinstance(long, Unread)
    assert "2,000,000" in str(long.error)


def test_the_second_time_only_what_changed_is_linted(tmp_path: Path) -> None:
    rows = items(4)
    calls: list[str] = []
    rules = counting(calls)
    with kept_in(tmp_path, rules) as kept:
        first = list(lint_many(rows, Desk().each, rules, kept, 1))
    assert calls == [row.source for row in rows]
    rows[2] = Item(rows[2].id, rows[2].source + "Thêm một câu.\n")
    calls.clear()
    with kept_in(tmp_path, rules) as kept:
        again = list(lint_many(rows, Desk().each, rules, kept, 1))
    assert calls == [rows[2].source]
    assert [again[number] for number in (0, 1, 3)] == [first[number] for number in (0, 1, 3)]
    assert isinstance(again[2], Linted)
    assert again[2].found == alone(rows[2])


@pytest.mark.parametrize(
    "change",
    [
        {"citations": {"a1": replace(CITED, text=f"{SOURCE} It is 4,000 m long.")}},
        {"citations": {"a1": replace(CITED, verified=False)}},
        {"citations": {"a1": replace(CITED, stance="refutes")}},
        {"citations": {}},
        {"captured": frozenset[str]()},
        {"claims": {"c1": ClaimFact("c1", "The bridge is short")}},
        {"desk": "Another desk"},
        {"sites": frozenset({"desk.example"})},
        {"asked": False},
        {"today": date(2027, 1, 1)},
    ],
)
def test_what_a_draft_is_held_against_is_part_of_its_key(change: dict[str, object]) -> None:
    one = source(1)
    assert key_of(b"", one, FACTS) == key_of(b"", one, replace(FACTS, citations=dict(FACTS.citations)))
    assert key_of(b"", one, FACTS) != key_of(b"", one, replace(FACTS, **change))  # type: ignore[arg-type]
    assert key_of(b"", one, FACTS) != key_of(b"", source(2), FACTS)
    assert key_of(b"", one, FACTS) != key_of(b"another", one, FACTS)


def test_a_day_counts_only_where_a_draft_names_it() -> None:
    before, today = (replace(FACTS, today=date(2026, 11, day)) for day in (23, 24))
    plain = "---\nlanguage: en\n---\nThe bridge is long.[^cite:a1]\n"
    dated = plain + "We read the page. On 24 November 2026 it was there.\n"
    assert key_of(b"", plain, before) == key_of(b"", plain, today)
    assert key_of(b"", dated, before) != key_of(b"", dated, today)
    codes = [{each.finding.code for each in alone(Item("x", dated), facts)} for facts in (before, today)]
    assert "FD202" in codes[0]
    assert "FD202" not in codes[1]


def test_other_rules_are_not_answered_from_the_cache(tmp_path: Path) -> None:
    rows = items(1)
    with kept_in(tmp_path, RULES) as kept:
        linted(rows, kept)
    some = tuple(rule for rule in RULES if rule.code == "FD402")
    with kept_in(tmp_path, some) as kept:
        (found,) = lint_many(rows, Desk().each, some, kept, 1)
    assert isinstance(found, Linted)
    assert [each.finding.code for each in found.found] == ["FD402"]


@pytest.mark.parametrize("damage", [b"", b"not a database", b"SQLite format 3\x00" + b"\xff" * 5000])
def test_a_damaged_cache_is_made_anew(tmp_path: Path, damage: bytes) -> None:
    (tmp_path / "lint.sqlite").write_bytes(damage)
    rows = items(2)
    for _ in range(2):
        with kept_in(tmp_path, RULES) as kept:
            assert kept is not None
            assert [each.found for each in linted(rows, kept)] == [alone(row) for row in rows]


@pytest.mark.parametrize("row", ["", "[]", "0123456789abcdef[]", "4f53cda18c2baa0c[1", "4f53cda18c2baa0cx"])
def test_a_row_that_cannot_be_read_is_not_known(tmp_path: Path, row: str) -> None:
    rows = items(1)
    with kept_in(tmp_path, RULES) as kept:
        linted(rows, kept)
    with sqlite3.connect(tmp_path / "lint.sqlite") as base:
        base.execute("UPDATE found SET data = ?", (row,))
    base.close()
    with kept_in(tmp_path, RULES) as kept:
        assert [each.found for each in linted(rows, kept)] == [alone(rows[0])]


def test_findings_come_back_as_they_were(tmp_path: Path) -> None:
    waived = source(1).replace("Cây cầu", "<!-- lint: FD402 It is the office's own number. -->\nCây cầu")
    with kept_in(tmp_path, RULES) as kept:
        (first,) = linted([Item("x", waived)], kept)
    with kept_in(tmp_path, RULES) as kept:
        assert kept is not None
        (known,) = kept.get(kept.keys([(waived, FACTS)])).values()
    assert known == first.found
    assert any(each.waiver for each in known)
    assert any(each.finding.fix for each in known)


def test_the_file_is_bounded_and_its_owners_alone(tmp_path: Path) -> None:
    with kept_in(tmp_path, RULES) as kept:
        assert kept is not None
        kept.put({number.to_bytes(4, "big"): () for number in range(MOST + 10)})
        assert len(kept.get([number.to_bytes(4, "big") for number in range(20)])) == 10
    assert (tmp_path / "lint.sqlite").stat().st_mode & 0o077 == 0


def test_where_nothing_can_be_written_nothing_is_kept(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with kept_in(tmp_path / "file" / "cache", RULES) as kept:
        assert kept is None
        assert linted(items(1), kept)[0].found == alone(items(1)[0])


def test_ending_early_leaves_no_process_behind() -> None:
    import multiprocessing

    found = lint_many(items(FEW + 2 * CHUNK), Desk().each, RULES, workers=2)
    next(found)
    found.close()  # type: ignore[attr-defined]
    assert not multiprocessing.active_children()


def test_what_a_draft_asks_for() -> None:
    text = "---\nclaims: [c1, {id: c2, text: x}]\n---\nA[^cite:a1] [b](https://b.example/x) <mailto:a@b.example>\n"
    wanted = asked(text, "d.md")
    assert wanted.marks == {"a1"}
    assert wanted.urls == {"https://b.example/x"}
    assert wanted.claims.values == ("c1", "c2")
    with pytest.raises(InputError):
        asked("---\na: b: c\n---\n", "d.md")


def test_partial_look_ups_are_what_is_passed_on() -> None:
    def each(name: str, drafts: Sequence[Asked]) -> list[Facts]:
        return [replace(FACTS, desk=name) for _ in drafts]

    (found,) = lint_many(items(1), partial(each, "Bench"), RULES, workers=1)
    assert isinstance(found, Linted)
    assert found.found == alone(items(1)[0], replace(FACTS, desk="Bench"))
