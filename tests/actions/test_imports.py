"""Importing: what is new, changed, the same again, repaired, kept out, and what a dry run leaves behind."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from tests.actions.contents import claims, everything, standing

from factdesk.actions.desks import create_desk
from factdesk.actions.imports import import_reviews
from factdesk.actions.publishers import set_publisher
from factdesk.clock import Clock
from factdesk.domain.runs import RunCounts
from factdesk.errors import InputError
from factdesk.queries.desk import Desk
from factdesk.queries.export import export
from factdesk.sample.feed import feed_json
from factdesk.store.reviews import VERSIONS, all_reviews, versions_of
from factdesk.store.runs import list_runs

Rows = Callable[..., str]
PAGE = "https://example.org/carrots"
CARROTS = {"text": "Carrots let you see in the dark.", "url": PAGE, "publisher": "Example"}


def counts(desk: Desk, source: str, **more: object) -> RunCounts:
    return import_reviews(desk, source, **more).counts  # type: ignore[arg-type]


def test_the_same_file_twice_changes_nothing(desk: Desk, write_rows: Rows) -> None:
    file = write_rows({"id": "1", "text": "One claim."}, CARROTS, "A claim with nothing else.")
    assert counts(desk, file) == RunCounts(read=3, new=3)
    with desk.record.read() as session:
        before = [row for row, _ in all_reviews(session)]
    assert counts(desk, file) == RunCounts(read=3, unchanged=3)
    with desk.record.read() as session:
        assert [row for row, _ in all_reviews(session)] == before


def test_a_changed_review_is_a_new_version(desk: Desk, write_rows: Rows) -> None:
    counts(desk, write_rows({"id": "1", "text": "One claim.", "rating": "False"}, CARROTS))
    again = write_rows({"id": "1", "text": "One claim.", "rating": "Misleading"}, CARROTS)
    assert counts(desk, again) == RunCounts(read=2, changed=1, unchanged=1)
    with desk.record.read() as session:
        states = [version.content or "" for version in versions_of(session, 1)]
    assert ["False" in states[0], "Misleading" in states[1], len(states)] == [True, True, 2]


def test_a_reworded_claim_changes_the_one_review_of_its_page(desk: Desk, write_rows: Rows) -> None:
    counts(desk, write_rows(CARROTS))
    new = CARROTS | {"text": "Carrots let people see well in the dark."}
    assert counts(desk, write_rows(new)) == RunCounts(read=1, changed=1)
    assert counts(desk, write_rows(new)) == RunCounts(read=1, unchanged=1)
    assert claims(desk.record) == [new["text"]]


def test_a_second_claim_of_a_page_is_a_second_review(desk: Desk, write_rows: Rows) -> None:
    """Even one much like the first, and one that was reworded before: no row is lost and none is doubled."""
    counts(desk, write_rows(CARROTS))
    first, second = (
        CARROTS | {"text": f"Carrots let {who} see well in the dark."} for who in ("old people", "young people")
    )
    both = write_rows(first, second, CARROTS)
    assert counts(desk, both) == RunCounts(read=3, new=2, unchanged=1)
    assert counts(desk, both) == RunCounts(read=3, unchanged=3)
    assert counts(desk, write_rows(second)) == RunCounts(read=1, unchanged=1)
    assert len(claims(desk.record)) == 3


def test_two_claims_for_one_that_was_reworded(desk: Desk, write_rows: Rows) -> None:
    counts(desk, write_rows(CARROTS))
    both = write_rows(*(CARROTS | {"text": f"Carrots let {who} see in the dark."} for who in ("men", "women")))
    assert counts(desk, both) == RunCounts(read=2, changed=1, new=1)
    assert counts(desk, both) == RunCounts(read=2, unchanged=2)


def test_a_review_again_in_the_same_file_is_repeated(desk: Desk, write_rows: Rows) -> None:
    file = write_rows(
        CARROTS,
        CARROTS | {"url": f"{PAGE}?utm_source=feed"},
        CARROTS | {"url": f"{PAGE}#claim"},
        {"id": "1", "text": "One claim."},
        {"id": "1", "text": "Another claim."},
    )
    assert counts(desk, file) == RunCounts(read=5, new=2, repeated=3, repaired=1)
    assert claims(desk.record) == ["Carrots let you see in the dark.", "One claim."]


def test_repeated_across_batches(desk: Desk, write_rows: Rows, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("factdesk.actions.run.BATCH", 2)
    file = write_rows(CARROTS, "Claim number one.", CARROTS, "Claim number two.", CARROTS)
    assert counts(desk, file) == RunCounts(read=5, new=3, repeated=2)
    assert counts(desk, file, dry_run=True) == RunCounts(read=5, unchanged=3, repeated=2)


def test_own_ids_count_within_their_source(desk: Desk, write_rows: Rows) -> None:
    file = write_rows({"id": "1", "text": "One claim."})
    assert counts(desk, file, source_name="a").new == 1
    assert counts(desk, file, source_name="b").new == 1
    assert counts(desk, file, source_name="a").unchanged == 1
    assert {review.source for review in standing(desk.record)} == {"a", "b"}


def test_own_ids_count_within_their_publisher(desk: Desk, write_rows: Rows) -> None:
    file = write_rows(*({"id": "1", "text": "One claim.", "publisher": name} for name in ("A", "B")))
    assert counts(desk, file) == RunCounts(read=2, new=2)


def test_blocked_publishers_are_kept_out_and_counted(desk: Desk, write_rows: Rows) -> None:
    file = write_rows(CARROTS, {"text": "One claim.", "publisher": "Another"})
    set_publisher(desk.record, "example.org", "blocked", "an")
    assert counts(desk, file) == RunCounts(read=2, new=1, blocked=1)
    set_publisher(desk.record, "example.org", "", "an")
    assert counts(desk, file) == RunCounts(read=2, new=1, unchanged=1)


def test_once_one_is_allowed_all_others_are_kept_out(desk: Desk, write_rows: Rows) -> None:
    set_publisher(desk.record, "example.org", "allowed", "an")
    file = write_rows(CARROTS, {"text": "One claim.", "publisher": "Another"})
    assert counts(desk, file) == RunCounts(read=2, new=1, blocked=1)


def test_a_dry_run_changes_nothing(desk: Desk, write_rows: Rows) -> None:
    counts(desk, write_rows(CARROTS))
    before = everything(desk.record)
    result = import_reviews(desk, write_rows(CARROTS | {"rating": "False"}, "A new claim."), dry_run=True)
    assert (result.run_id, result.report) == ("", None)
    assert result.counts == RunCounts(read=2, new=1, changed=1)
    assert everything(desk.record) == before
    with desk.record.read() as session:
        assert len(list_runs(session)) == 1


def test_a_dry_runs_report_speaks_of_that_run_only(desk: Desk, write_rows: Rows) -> None:
    report = import_reviews(desk, write_rows({"id": "no claim"}), dry_run=True).report
    assert report is not None
    assert report.is_file()
    assert import_reviews(desk, write_rows("A claim."), dry_run=True).report is None
    assert not report.exists()


def test_the_report_names_every_row_that_was_skipped_or_repaired(desk: Desk, write_rows: Rows) -> None:
    file = write_rows(
        "A claim.", {"id": "2"}, {"text": "Another.", "date": "2024-02-31", "url": "nowhere"}, raw="\n{no json\n"
    )
    result = import_reviews(desk, file)
    assert result.counts == RunCounts(read=4, new=2, skipped=2, repaired=1)
    assert result.report is not None
    lines = [json.loads(line) for line in result.report.read_text(encoding="utf-8").splitlines()]
    assert {(line["row"], line["skipped"]) for line in lines} == {(2, True), (3, False), (4, True)}
    assert all(line["reason"] != line["code"] and line["place"].startswith("rows.jsonl, row ") for line in lines)
    assert {line["value"] for line in lines if line["row"] == 3} == {"date: 2024-02-31", "url: nowhere"}
    with desk.record.read() as session:
        (run,) = list_runs(session)
    assert run.report == result.report.name
    assert (run.state, run.counts) == ("done", result.counts)


def test_what_is_no_file_of_reviews_begins_no_run(desk: Desk, tmp_path: Path) -> None:
    for name, content in (("empty.json", b""), ("picture.png", b"\x89PNG\r\n\x1a\n" + bytes(2000))):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(InputError):
            import_reviews(desk, str(tmp_path / name))
    with pytest.raises(InputError):
        import_reviews(desk, str(tmp_path))
    assert desk.record.head()[0] == 0


def test_what_was_written_is_what_is_counted(desk: Desk, write_rows: Rows, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another import brings the same row between this one's look and its writing."""
    from factdesk.actions import intake

    file, looked = write_rows(CARROTS), intake.missing_vectors
    with Desk.open(desk.config) as other:

        def meanwhile(this: Desk, reviews: list[object]) -> object:
            if this is desk:
                assert counts(other, file).new == 1
            return looked(this, reviews)  # type: ignore[arg-type]

        monkeypatch.setattr(intake, "missing_vectors", meanwhile)
        assert counts(desk, file) == RunCounts(read=1, unchanged=1)
    assert claims(desk.record) == [CARROTS["text"]]


@pytest.mark.parametrize("shape", ["datafeed", "jsonl", "csv"])
def test_import_of_an_export_gives_the_same_record(
    desk: Desk, write_rows: Rows, tmp_path: Path, clock: Clock, shape: str
) -> None:
    feed = json.loads(feed_json())
    feed["dataFeedElement"] = feed["dataFeedElement"][:12]
    (tmp_path / "sample.json").write_text(json.dumps(feed), encoding="utf-8")
    rows = [
        {"id": "1", "text": "=1+1 is a formula, and so is –this.", "rating": 'Trop «simple», "cité"\nsur deux'},
        {"id": "1", "text": "Même identité, autre éditeur.", "publisher": "Éditeur", "date": "2020-02-29"},
        {"text": "يقول البعض إن الأرض مسطحة", "url": "https://مثال.example/أرض", "appearances": [PAGE, f"{PAGE}?b=2"]},
        {"text": "Không nơi công bố, không địa chỉ", "language": "vi", "claim_date": "2021-01-01"},
        {"text": "Said by an organisation", "claimant": {"name": "Ministry of Tests", "kind": "organisation"}},
    ]
    counts(desk, write_rows(*rows), source_name="mine")
    counts(desk, write_rows(*rows[:3]))
    assert counts(desk, str(tmp_path / "sample.json")).new >= 12
    target = tmp_path / f"export.{shape}"
    rows_written = export(desk.record, target, shape)
    with Desk.open(create_desk(tmp_path / "other", clock=clock), clock) as other:
        # A schema.org review without a rating is named as such: rows need none.
        assert replace(counts(other, str(target)), repaired=0) == RunCounts(read=rows_written, new=rows_written)
        assert counts(other, str(target)).unchanged == rows_written
        assert sorted(review.content() for review in standing(other.record)) == sorted(
            review.content() for review in standing(desk.record)
        )
    assert replace(counts(desk, str(target)), repaired=0) == RunCounts(read=rows_written, unchanged=rows_written)


def test_every_version_has_its_vectors(desk: Desk, write_rows: Rows) -> None:
    counts(desk, write_rows(CARROTS | {"title": "Do carrots help?"}, "A claim."))
    with desk.record.read() as session:
        assert session.execute(VERSIONS.select()).all()
    assert everything(desk.record)[2] == {desk.encoder.name: 3}
    assert len(desk.index()) == 2
