"""`factdesk capture`, `captures`, `cite`, `watch`: what a person types, and what comes back."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.actions.pages import SENTENCE, Site, page, site
from tests.cli.conftest import Run

from factdesk.cli.main import main

WORDS = "Cầu Long Biên dài 1.682 m và được mở năm 1902."


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty desk to stand in."""
    folder = tmp_path / "empty-desk"
    if code := main(["init", str(folder), "--quiet"]):
        pytest.fail(f"init gave {code}")
    monkeypatch.chdir(folder)
    (folder / "bridge.txt").write_text(WORDS, encoding="utf-8")
    return folder


@pytest.fixture
def web() -> Iterator[Site]:
    with site() as found:
        found.put("/", page())
        yield found


@pytest.fixture
def captured(here: Path, say: Run) -> str:
    """The id of a capture of `bridge.txt`."""
    assert here.is_dir()
    return str(json.loads(say("capture", "bridge.txt", "--json").out)[0]["id"])


def events(say: Run) -> int:
    return int(json.loads(say("status", "--json").out)["seq"])


def rows(out: str) -> list[dict[str, Any]]:
    found = json.loads(out)
    assert isinstance(found, list)
    return found


def test_a_file(here: Path, say: Run) -> None:
    assert here.is_dir()
    done = say("capture", "bridge.txt", "--note", "why", "--primary")
    own = done.out.split()[0]
    assert done.code == 0
    assert "supplied as a file" in done.out
    assert f"factdesk cite {own}" in done.err
    shown = say("captures", "show", "bridge.txt").out
    assert WORDS in shown
    assert "tester" in shown
    assert "primary source" in shown
    listed = say("captures").out
    assert own in listed
    assert "supplied" in listed


def test_several_of_which_some_fail(here: Path, say: Run) -> None:
    (here / "empty.txt").write_text("")
    done = say("capture", "missing.txt", "bridge.txt", "http://127.0.0.1:9/", "empty.txt", "--json")
    assert done.code == 3
    assert [("id" in row, "error" in row) for row in rows(done.out)] == [
        (False, True),
        (True, False),
        (False, True),
        (False, True),
    ]
    spoken = say("capture", "http://127.0.0.1:9/", "bridge.txt", "missing.txt")
    assert spoken.code == 7
    assert spoken.err.count("was left out") == 2
    assert len(rows(say("captures", "--json").out)) == 2


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        ([], 2, "Name what to capture"),
        (["bridge.txt", "--texts", "rows.jsonl"], 2, "Name what to capture"),
        (["--texts", "rows.jsonl", "--screenshot"], 2, "takes neither"),
        (["bridge.txt", "--dry-run"], 2, "--texts"),
        (["missing.txt"], 3, "no such file"),
        (["."], 3, "folder"),
        (["bridge.txt", "--screenshot"], 3, "made of an address"),
        (["--texts", "missing.jsonl"], 3, "no such file"),
        (["--texts", "bridge.txt"], 3, "No row could be read"),
        (["ftp://example.org/"], 7, "not an http"),
        (["http://127.0.0.1:9/"], 7, "private"),
    ],
)
def test_what_it_cannot_take(here: Path, say: Run, arguments: list[str], code: int, message: str) -> None:
    assert here.is_dir()
    done = say("capture", *arguments)
    assert (done.code, done.out) == (code, "")
    assert message in done.err
    assert events(say) == 1


@pytest.mark.attack
def test_a_public_address_cannot_lead_to_a_private_one_unseen(here: Path, web: Site, say: Run) -> None:
    assert here.is_dir()
    done = say("capture", web.url())
    assert (done.code, web.server.connections) == (7, 0)
    allowed = say("capture", web.url(), "--allow-private")
    assert allowed.code == 0
    assert "private network" in allowed.err
    assert "private network" in say("captures").out
    assert "private network" in say("captures", "show", web.url()).out
    assert rows(say("captures", "--json").out)[0]["private"] is True


def test_texts(here: Path, say: Run) -> None:
    lines = [json.dumps({"id": number, "title": "Cầu", "text": f"{WORDS} {number}"}) for number in (1, 2)]
    (here / "rows.jsonl.gz").write_bytes(gzip.compress("\n".join([*lines, "{"]).encode()))
    dry = say("capture", "--texts", "rows.jsonl.gz", "--dry-run")
    assert (dry.code, events(say)) == (0, 1)
    assert "dry run" in dry.err
    done = json.loads(say("capture", "--texts", "rows.jsonl.gz", "--json").out)
    assert (done["counts"]["new"], done["counts"]["skipped"]) == (2, 1)
    assert Path(done["report"]).is_file()
    assert "Nothing has changed" in say("capture", "--texts", "rows.jsonl.gz").err
    assert say("captures", "show", "2", "--text").out == f"{WORDS} 2\n"
    assert len(rows(say("captures", "cau", "--json").out)) == 2
    assert "has these words" in say("captures", "nowhere").err


def test_the_frozen_bytes_are_saved(captured: str, here: Path, say: Run) -> None:
    assert say("captures", "show", captured, "--save", "out.bin").code == 0
    assert (here / "out.bin").read_bytes() == WORDS.encode()
    assert say("captures", "show", captured, "--save", "no/such/folder").code == 6


def test_an_id_that_is_unknown_or_of_several(captured: str, say: Run) -> None:
    assert say("captures", "show", "nothing").code == 4
    say("capture", "bridge.txt")
    assert say("captures", "show", captured[:4]).code == 3
    assert say("captures", "show", captured).code == 0


def test_a_quotation(captured: str, say: Run) -> None:
    done = say("cite", captured, "dài 1.682 m […] năm 1902", "--stance", "supports", "--claim", "c1")
    assert done.code == 0
    assert "supplied by tester" in done.err
    data = json.loads(
        say("cite", captured, "dài 1.682 m […] năm 1902", "--stance", "supports", "--claim", "c1", "--json").out
    )
    assert (data["new"], len(data["targets"]), data["claim"]) == (False, 2, "c1")
    assert data["targets"][0]["selector"][0]["exact"] == "dài 1.682 m"
    assert data["id"] in say("captures", "show", captured).out
    assert data["id"] in say("show", data["id"]).out


@pytest.mark.parametrize(
    ("quotation", "code", "message"),
    [
        ("", 3, "from 1 to 20,000"),
        ("dài 1.683 m", 1, "1.683"),
        ("dài 1.6", 1, "inside the number “1.682”"),
        ("năm 1902 và được mở cửa", 1, "does not stand"),
    ],
)
def test_a_quotation_that_is_refused(captured: str, say: Run, quotation: str, code: int, message: str) -> None:
    before = events(say)
    done = say("cite", captured, quotation, "--stance", "refutes")
    assert (done.code, done.out) == (code, "")
    assert message in done.err
    assert events(say) == before


@pytest.mark.parametrize("extra", [["--stance", "disproves"], [], ["--stance", "context", "--nth", "0"]])
def test_a_citation_that_is_asked_wrongly(captured: str, say: Run, extra: list[str]) -> None:
    assert say("cite", captured, "dài 1.682 m", *extra).code == 2
    assert say("cite", captured, "dài 1.682 m", "--stance", "context", "--nth", "2").code == 1


def test_watching(here: Path, web: Site, say: Run) -> None:
    assert here.is_dir()
    assert "No source on the web is cited" in say("watch").err
    say("capture", web.url(), "--allow-private")
    say("capture", "bridge.txt")
    say("cite", web.url(), SENTENCE, "--stance", "supports")
    say("cite", "bridge.txt", "dài 1.682 m", "--stance", "supports")
    same = say("watch")
    assert (same.code, "unchanged" in same.out) == (0, True)
    assert "1 cited sources were supplied" in same.err
    web.put("/", page(SENTENCE.replace("1902", "1903")))
    before = events(say)
    assert (say("watch", "--dry-run").code, events(say)) == (1, before)
    gone = json.loads(say("watch", "--json").out)
    assert (gone["sources"][0]["outcome"], gone["supplied"]) == ("gone", 1)
    assert gone["sources"][0]["after"]
    spoken = say("watch", "--since", "2020-01")
    assert spoken.code == 1
    assert "1903" in spoken.out
    assert "gone from the live source" in say("captures", "show", rows(say("captures", "--json").out)[-1]["id"]).out
    web.put("/", b"", "404 Not Found")
    assert (say("watch").code, "could not be fetched" in say("watch").out) == (0, True)
    assert json.loads(say("watch", "--since", "2999-01-01", "--json").out) == {
        "sources": [],
        "supplied": 0,
        "reopened": [],
    }
    assert say("watch", "--since", "soon").code == 2
    assert say("audit").code == 0
