from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from tests.queries.published import About, publish, statement

from factdesk.actions.people import add_person
from factdesk.actions.scale import set_scale
from factdesk.config import DeskConfig
from factdesk.domain.balance import Balance
from factdesk.domain.scales import Scale, Step
from factdesk.domain.tips import Tip
from factdesk.queries.balance import Report, balance_of
from factdesk.store.items import NewFact, put_facts
from factdesk.store.record import Record


def counts(report: Report, by: str) -> dict[str, int]:
    part = next(each for each in report.balance.parts if each.by == by)
    return {cell.name: cell.count for cell in part.cells if cell.count}


def put_tips(record: Record, *tips: Tip) -> None:
    with record.write() as writer:
        facts = [NewFact("tip", writer.clock.new_id(), tip.content()) for tip in tips]
        put_facts(writer, facts, actor="an", action="tip.add", subject="tip")


def test_nothing_published_is_an_empty_balance(record: Record) -> None:
    report = balance_of(record)
    assert (report.redacted, report.balance.checks, report.balance.first) == (0, 0, "")
    assert counts(report, "rating") == {}


def test_a_check_is_counted_by_what_was_signed(record: Record) -> None:
    claims = [About("c1", "organisation", topics=("Sức  Khỏe",)), About("c2", "unclassified", "", topics=("food",))]
    publish(record, "k1", statement("false", claims, topics=["SỨC KHỎE"], language="vi"))
    publish(record, "k2", statement("not-checkable", [About("c3", "public figure")]))
    put_tips(record, Tip("a", "reader", "2026-01-01", claim="c1"), Tip("b", "hotline", "2026-01-01", claim="c2"))
    put_tips(record, Tip("c", "reader", "2026-01-01", claim="c1"), Tip("d", "partner", "2026-01-01"))
    report = balance_of(record)
    assert counts(report, "claimant") == {"organisation": 1, "none named": 1, "public figure": 1}
    assert counts(report, "topic") == {"sức khỏe": 1, "food": 1, "": 1}
    assert counts(report, "rating") == {"false": 1, "not-checkable": 1}
    assert counts(report, "origin") == {"reader": 1, "hotline": 1, "": 1}
    assert counts(report, "language") == {"vi": 1, "en": 1}


def test_the_newest_publication_counts_and_the_day_of_the_first(record: Record) -> None:
    about = [About()]
    publish(record, "k1", statement("false", about), statement("misleading", about, act="correct"))
    publish(record, "k2", statement("true", about), statement("true", about, act="withdraw"))
    publish(record, "k3", statement("true", about), first=datetime(2026, 5, 1, tzinfo=UTC))
    report = balance_of(record)
    assert dict(report.balance.standings) == {"published": 1, "corrected": 1, "withdrawn": 1}
    assert counts(report, "rating") == {"misleading": 1, "true": 1}
    assert (report.balance.first, report.balance.last) == ("2026-01-01", "2026-05-01")
    assert counts(balance_of(record, "2026-02-01"), "rating") == {"true": 1}


def test_a_corrected_check_that_is_withdrawn_is_withdrawn(record: Record) -> None:
    about = [About()]
    acts = ("publish", "correct", "withdraw")
    publish(record, "k1", *(statement("false", about, act=act) for act in acts))  # type: ignore[arg-type]
    assert dict(balance_of(record).balance.standings) == {"published": 0, "corrected": 0, "withdrawn": 1}


def test_ratings_stand_in_the_order_of_the_desks_scale_and_keep_the_name_they_were_given(record: Record) -> None:
    add_person(record, "an", actor="an")
    names = {"en": "No"}, {"en": "Yes"}
    set_scale(record, Scale((Step("no", 1, names[0], names[0]), Step("yes", 2, names[1], names[1]))), actor="an")
    publish(record, "k1", statement("misleading", [About()]))
    publish(record, "k2", statement("yes", [About()]))
    report = balance_of(record)
    cells = next(part for part in report.balance.parts if part.by == "rating").cells
    assert [cell.name for cell in cells] == ["no", "yes", "not-checkable", "misleading"]
    assert report.others == {"misleading": "Misleading!"}
    assert [step.key for step in report.scale.steps] == ["no", "yes"]


def test_what_was_redacted_is_said_and_not_counted(sqlite_desk: DeskConfig, tamper: Callable[..., None]) -> None:
    with Record.open(sqlite_desk) as record:
        publish(record, "k1", statement("false", [About()]))
        publish(record, "k2", statement("true", [About()]))
        tamper(sqlite_desk, "UPDATE sealed SET content = NULL WHERE kind = 'publication' AND seq = 1")
        report = balance_of(record)
    assert (report.redacted, report.balance.checks) == (1, 1)


def test_nobody_is_named(record: Record) -> None:
    publish(record, "k1", statement("false", [About(kind="public figure", claimant="Somebody Famous")]))
    said = repr(balance_of(record))
    for name in ("Somebody Famous", "Ann Author", "'an'"):
        assert name not in said
    assert isinstance(balance_of(record).balance, Balance)
