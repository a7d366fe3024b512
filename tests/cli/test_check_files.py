"""A check as a file: out and back without loss, and whatever else somebody hands in."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from tests.actions.desks_of_people import written
from tests.cli.newsroom import Newsroom, Piped

EATEN = "most people get enough of it from ordinary food"


@pytest.mark.parametrize("name", ["check.md", "check.docx"])
def test_a_check_goes_into_a_file_and_back(name: str, newsroom: Newsroom) -> None:
    own = newsroom.draft()
    before = newsroom.source(own)
    ran = newsroom.do("check", "export", own, name)
    assert "Revision 1 is in " in ran.err
    assert newsroom.read("check", "import", name, by="an") == {
        "id": own,
        "revision": before.splitlines()[2].removeprefix("revision: "),
        "merged": False,
        "changed": False,
    }
    assert "There is such a file already." in newsroom.do("check", "export", own, name, code=2).err
    row = newsroom.read("check", "export", own, name, "--force")
    assert (row["check"], Path(row["file"]).name) == (own, name)


def test_a_check_goes_through_pipes(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    own = newsroom.draft()
    text = newsroom.source(own)
    assert newsroom.read("check", "export", own, "-")["text"] == text
    monkeypatch.setattr(sys, "stdin", Piped(text.replace("does nothing", "is of no use").encode()))
    newsroom.do("check", "import", "-", by="an")
    assert "is of no use" in newsroom.source(own)
    monkeypatch.setattr(sys, "stdin", Piped(text.replace("does nothing", "helps nobody").encode()))
    ran = newsroom.do("check", "import", "-", by="an", code=1)
    assert Path(f"check-{own[-12:]}-both.md").is_file(), ran.err
    assert newsroom.source(own).count("revision:") == 1
    old = newsroom.do("check", "export", own, "-", "--revision", "1").out
    assert old == text


def test_a_file_without_an_id_begins_a_check(newsroom: Newsroom, tmp_path: Path) -> None:
    (tmp_path / "new.md").write_text(written(newsroom.world), encoding="utf-8")
    ran = newsroom.do("check", "import", "new.md", by="an")
    assert "A new check is begun." in ran.err
    assert EATEN in newsroom.source(ran.out.strip())


IMPORTS = {
    "empty": (b"\n", 3, "The check is empty."),
    "binary": (bytes(range(256)) * 40, 3, "This is not text."),
    "broken": (b"---\ntitle: [a\n---\nText\n", 3, "draft.md:3: The front matter cannot be read"),
    "no revision": (b"---\nid: {check}\n---\nText\n", 3, "but not the revision it was written on."),
    "other revision": (b"---\nid: {check}\nrevision: x\n---\nText\n", 3, "draft.md: This file was not written on"),
    "other check": (b"---\nid: 00000000\nrevision: x\n---\nText\n", 4, "There is no check 00000000."),
    "no claim": (b"---\nclaims: [nothing]\n---\nText\n", 3, "draft.md: The desk does not have the claim nothing."),
    "too long": (b"a" * 4_000_001, 3, "The check is longer than 4,000,000 bytes."),
    "no Word file": (b"PK\x03\x04 and nothing", 3, "draft.md: The document is damaged or cut off."),
}


@pytest.mark.attack
@pytest.mark.parametrize("name", IMPORTS)
def test_a_file_that_is_no_check(name: str, newsroom: Newsroom, tmp_path: Path) -> None:
    own = newsroom.draft()
    data, code, said = IMPORTS[name]
    (tmp_path / "draft.md").write_bytes(data.replace(b"{check}", own.encode()))
    before = newsroom.read("checks")
    ran = newsroom.do("check", "import", "draft.md", by="an", code=code)
    assert ran.out == ""
    assert said in ran.err
    assert newsroom.read("checks") == before
