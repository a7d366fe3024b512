"""`factdesk redact` as a person meets it: shown first, asked, never without a word for it; both languages."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest
from tests.cli.conftest import Run

TEXT = "Call me at 0912 345 678, said a zebrafinch"


class Terminal(io.StringIO):
    """What somebody types."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def tip(desk: Path, say: Run, monkeypatch: pytest.MonkeyPatch) -> str:
    """A tip with a private number, by its id."""
    from factdesk.clock import Clock
    from factdesk.config import load_desk
    from factdesk.domain.tips import Tip
    from factdesk.store.items import NewFact, put_facts
    from factdesk.store.record import Record

    monkeypatch.setenv("FACTDESK_DESK", str(desk))
    say("people", "add", "tester")
    say("people", "add", "chi", "--role", "editor")
    with Record.open(load_desk(str(desk), {}), Clock()) as record, record.write() as writer:
        own = writer.clock.new_id()
        fact = NewFact("tip", own, Tip(TEXT, "reader", "2026-01-02", "en").content())
        put_facts(writer, [fact], actor="tester", action="tip.add", subject=f"tip:{own}")
    return own


def kept(desk: Path) -> bool:
    return any(b"zebrafinch" in path.read_bytes() for path in desk.rglob("*") if path.is_file())


def test_a_dry_run_changes_nothing(say: Run, desk: Path, tip: str) -> None:
    ran = say("redact", f"tip:{tip}", "--dry-run")
    assert ran.code == 0
    assert "versions of a tip: 1" in ran.out
    assert "Nothing was changed." in ran.err
    assert TEXT not in ran.out + ran.err
    assert kept(desk)


def test_nobody_can_be_asked(say: Run, desk: Path, tip: str) -> None:
    ran = say("redact", f"tip:{tip}", "--why", "A number stood in it.")
    assert (ran.code, kept(desk)) == (2, True)
    assert "--yes" in ran.err


def test_without_a_reason(say: Run, desk: Path, tip: str) -> None:
    ran = say("redact", f"tip:{tip}", "--yes")
    assert (ran.code, kept(desk)) == (3, True)
    assert "needs a reason" in ran.err


@pytest.mark.parametrize(
    ("answer", "gone"), [("yes\n", True), ("có\n", True), ("no\n", False), ("\n", False), ("", False)]
)
def test_the_person_is_asked(
    say: Run, desk: Path, tip: str, monkeypatch: pytest.MonkeyPatch, answer: str, gone: bool
) -> None:
    monkeypatch.setattr(sys, "stdin", Terminal(answer))
    ran = say("redact", f"tip:{tip}", "--why", "A number stood in it.")
    assert ran.code == 0
    assert ran.err.index("cannot be undone") < ran.err.index("Type yes or no")
    assert kept(desk) is not gone


def test_it_goes_and_the_log_holds(say: Run, desk: Path, tip: str) -> None:
    ran = say("redact", f"tip:{tip}", "--why", "A number stood in it.", "--yes", "--json")
    assert ran.code == 0
    data = json.loads(ran.out)
    assert (data["subject"], data["redacted"], data["goes"], data["clean"]) == (f"tip:{tip}", True, {"tip": 1}, True)
    assert not kept(desk)
    assert say("audit").code == 0
    assert "redacted" in say("tip", "show", tip).err
    assert say("tips").code == 0
    again = say("redact", f"tip:{tip}")
    assert again.code == 0
    assert "already" in again.err


def test_an_editor_may_not(say: Run, desk: Path, tip: str) -> None:
    for extra in (("--dry-run",), ("--yes",)):
        ran = say("redact", f"tip:{tip}", "--why", "x", "--as", "chi", *extra)
        assert (ran.code, kept(desk)) == (8, True)
        assert "admin" in ran.err


def test_in_vietnamese(say: Run, tip: str) -> None:
    ran = say("redact", f"tip:{tip}", "--dry-run", "--ui-language", "vi")
    assert "phiên bản của tin báo: 1" in ran.out
    assert "Không thể hoàn tác." in ran.err
