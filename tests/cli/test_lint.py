"""`factdesk lint` and `factdesk rule`, with and without a desk."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from factdesk.cli.lint_view import excerpt
from factdesk.domain.matches import Reason, Span
from factdesk.lint.base import Finding
from factdesk.lint.run import Found, line_starts, place

Run = Callable[..., Any]

FRONT = """---
title: What goldfish can remember
claims: [c1]
rating: not-checkable
summary: Goldfish remember; this is a matter of opinion.
language: en
authors: [ada]
---
"""
GOOD = FRONT + "Goldfish remember.[^cite:a1] It is a matter of taste.\n"
PHONE = FRONT + "Goldfish remember.[^cite:a1] Call the man at 07700 900341.\n"
DAY = FRONT + "Goldfish remember.[^cite:a1] They were fed yesterday.\n"


@pytest.fixture
def drafts(tmp_path: Path) -> Path:
    folder = tmp_path / "drafts"
    (folder / "inner").mkdir(parents=True)
    (folder / ".hidden").mkdir()
    files = {"good.md": GOOD, "phone.md": PHONE, "inner/day.md": DAY, ".hidden/phone.md": PHONE, "notes.txt": PHONE}
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_a_finding_says_where_what_and_shows_it(say: Run, drafts: Path) -> None:
    ran = say("lint", drafts / "phone.md")
    assert ran.code == 1
    head, line, carets = ran.out.splitlines()
    assert head.startswith(f"{drafts / 'phone.md'}:9:46: FD402 A phone number")
    assert line == "    9 | " + PHONE.splitlines()[8]
    assert carets.index("^") - 8 == PHONE.splitlines()[8].index("07700")
    assert carets.count("^") == len("07700 900341")
    assert "Errors: 1, warnings: 0." in ran.err


def test_the_exit_code_tells_errors_from_warnings(say: Run, drafts: Path) -> None:
    assert say("lint", drafts / "good.md").code == 0
    assert say("lint", drafts / "inner" / "day.md").code == 0
    assert say("lint", drafts / "inner" / "day.md", "--strict").code == 1
    assert say("lint", drafts / "good.md", "--strict").code == 0


def test_a_folder_means_its_markdown(say: Run, drafts: Path) -> None:
    ran = say("lint", drafts, "--format", "json")
    assert {(row["path"], row["code"]) for row in json.loads(ran.out)} == {
        (str(drafts / "phone.md"), "FD402"),
        (str(drafts / "inner" / "day.md"), "FD502"),
    }
    assert len(json.loads(say("lint", drafts, drafts / "phone.md", "--json").out)) == 2


def test_rules_can_be_chosen(say: Run, drafts: Path) -> None:
    assert say("lint", drafts, "--select", "FD5").code == 0
    assert "FD502" in say("lint", drafts, "--select", "FD5").out
    assert say("lint", drafts, "--ignore", "fd402,FD502").out == ""
    ran = say("lint", drafts, "--select", "FD402", "--ignore", "FD4")
    assert (ran.code, ran.out) == (0, "")
    ran = say("lint", drafts, "--select", "FD999")
    assert ran.code == 2
    assert "There is no rule FD999." in ran.err


def test_a_waived_finding_is_told_and_does_not_count(say: Run, tmp_path: Path) -> None:
    text = PHONE.replace("Goldfish remember.[", "<!-- lint: FD402 he printed it himself -->\nGoldfish remember.[")
    (tmp_path / "d.md").write_text(text, encoding="utf-8")
    ran = say("lint", tmp_path / "d.md")
    assert ran.code == 0
    assert "(waived: he printed it himself)" in ran.out
    assert "1 waived" in ran.err


def test_standard_input_is_read(program: Run) -> None:
    ran = program("lint", "-", stdin=PHONE.encode())
    assert ran.code == 1
    assert ran.out.startswith("-:9:46: FD402")


def test_sarif_is_one_document(say: Run, drafts: Path) -> None:
    log = json.loads(say("lint", drafts, "--format", "sarif", "--ui-language", "vi").out)
    assert log["version"] == "2.1.0"
    results = log["runs"][0]["results"]
    assert [result["ruleId"] for result in results] == ["FD502", "FD402"]
    assert "Số điện thoại" in results[1]["message"]["text"]


def test_what_cannot_be_read_is_told_and_stops_no_other(say: Run, drafts: Path) -> None:
    (drafts / "broken.md").write_text("---\ntitle: a: b\n---\n", encoding="utf-8")
    (drafts / "picture.md").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
    ran = say("lint", drafts, drafts / "missing.md")
    assert ran.code == 3
    assert f"{drafts / 'broken.md'}:2" in ran.err
    assert "There is no such file." in ran.err
    assert "FD402" in ran.out


@pytest.mark.attack
def test_a_draft_cannot_steer_the_terminal(say: Run, tmp_path: Path) -> None:
    text = FRONT + "Goldfish.[^cite:a1] \x1b[2J\u202e Call 07700 900341.\n"
    (tmp_path / "d.md").write_text(text + "<!-- lint: FD402 \x1b]0;x\x07 because it is so -->\n", encoding="utf-8")
    out = say("lint", tmp_path / "d.md").out
    assert "FD402" in out
    assert not set(out) & set("\x1b\x07\u202e")


MIXED = FRONT.replace("language: en", "language: vi") + "Cá vàng nhớ lâu.[^cite:a1] Nó khỏe.\nNó nhơ\u0301 lắm.\n"


def test_a_difference_is_shown_and_nothing_is_written(say: Run, tmp_path: Path) -> None:
    path = tmp_path / "d.md"
    path.write_text(MIXED, encoding="utf-8")
    ran = say("lint", path, "--diff")
    assert ran.code == 1
    assert "-Nó nhơ\u0301 lắm." in ran.out
    assert "+Nó nhớ lắm." in ran.out
    assert path.read_text(encoding="utf-8") == MIXED


def test_mending_keeps_all_else_and_is_done_once(say: Run, tmp_path: Path) -> None:
    path = tmp_path / "d.md"
    path.write_bytes(b"\xef\xbb\xbf" + MIXED.replace("\n", "\r\n").encode())
    path.chmod(0o600)
    ran = say("lint", path, "--fix")
    assert "mended" in ran.err
    data = path.read_bytes()
    assert data == b"\xef\xbb\xbf" + MIXED.replace("nhơ\u0301", "nhớ").replace("\n", "\r\n").encode()
    assert path.stat().st_mode & 0o777 == 0o600
    assert "mended" not in say("lint", path, "--fix").err
    assert path.read_bytes() == data
    assert [each.name for each in tmp_path.iterdir()] == ["d.md"]


def test_mended_standard_input_goes_to_standard_output(program: Run) -> None:
    ran = program("lint", "-", "--fix", "--format", "json", stdin=GOOD.encode())
    assert ran.out.startswith(GOOD)


def test_a_desk_is_asked_for_what_it_knows(say: Run, made_desk: Path, drafts: Path) -> None:
    ran = say("lint", "--desk", made_desk, drafts / "good.md")
    assert ran.code == 1
    assert "FD212" in ran.out
    assert say("lint", "--desk", drafts, drafts / "good.md").code == 5


def test_a_rule_is_explained_in_the_readers_language(say: Run) -> None:
    english, vietnamese = say("rule", "fd402").out, say("rule", "FD402", "--ui-language", "vi").out
    assert english.startswith("FD402 phone\nThe people · error · can be waived with a reason\n")
    assert "Good:\n  We wrote to the man" in english
    assert "Con người · lỗi" in vietnamese
    assert "Đúng:" in vietnamese
    row = json.loads(say("rule", "FD505", "--json").out)
    assert (row["code"], row["waivable"], row["severity"]) == ("FD505", False, "error")


def test_all_rules_are_listed(say: Run) -> None:
    listed = say("rule")
    rows = json.loads(say("rule", "--json").out)
    assert all(row["code"] in listed.out for row in rows)
    assert len(rows) >= 16
    assert say("rule", "FD000").code == 4


def cut(source: str, start: int, end: int, width: int) -> list[str]:
    starts = line_starts(source)
    finding = Finding("FD402", Span(start, end), Reason("FD402", "x"))
    return excerpt(source, Found(finding, "error", place(starts, start), place(starts, end)), width)


@pytest.mark.parametrize("length", [3, 40, 79, 80, 200, 5000])
@pytest.mark.parametrize("at", [0.0, 0.3, 0.9])
def test_an_excerpt_fits_and_points_at_the_words(length: int, at: float) -> None:
    start = int(length * at)
    source = "first\n" + "x" * start + "NO" + "y" * (length - start)
    line, carets = cut(source, 6 + start, 8 + start, 80)
    assert len(line) <= 80
    assert line[carets.index("^") :][: carets.count("^")] == "NO"


def test_an_excerpt_counts_columns_and_not_letters() -> None:
    line, carets = cut("漢字 e\u0301 lỗi", 6, 9, 80)
    assert line == "    1 | 漢字 e\u0301 lỗi"
    assert carets == "      | " + " " * 7 + "^^^"
    assert cut("\n\n", 0, 0, 80) == []


def test_every_check_of_the_desk_is_linted(say: Run, made_desk: Path) -> None:
    from factdesk.clock import Clock
    from factdesk.config import load_desk
    from factdesk.domain.checks import CheckNow, Revision
    from factdesk.domain.workflow import Standing
    from factdesk.store.items import NewFact, put_facts
    from factdesk.store.record import Record

    with Record.open(load_desk(str(made_desk)), Clock()) as record, record.write() as writer:
        own, revision, now = writer.clock.new_id(), writer.clock.new_id(), writer.now()
        facts = [
            NewFact("check", own, CheckNow(Standing(), revision, "new", "an", now).content()),
            NewFact("revision", own, Revision(own, 1, PHONE, "an", now, "new").content(), revision),
        ]
        put_facts(writer, facts, actor="an", action="check.new", subject=own)
    for _ in range(2):
        ran = say("lint", "--desk", made_desk, "--all")
        assert ran.code == 1
        assert f"{own}:9:46: FD402" in ran.out
        assert "Errors: " in ran.err
    assert {row["path"] for row in json.loads(say("lint", "--desk", made_desk, "--all", "--json").out)} == {own}
    assert say("lint", "--desk", made_desk, "--all", "--select", "FD502").out == ""


def test_all_stands_alone(say: Run, made_desk: Path, drafts: Path) -> None:
    assert "no files" in say("lint", "--desk", made_desk, "--all", drafts).err
    assert "are for files" in say("lint", "--desk", made_desk, "--all", "--fix").err
    assert say("lint").code == 2
