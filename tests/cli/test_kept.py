"""`factdesk audit --against` a file of heads or a site: a log that does not go through all of them is another one."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from tests.cli.newsroom import Newsroom
from tests.publish.browsing import served
from tests.queries.forged_desks import forge, refit

from factdesk.publish.heads import PATH, heads_file
from factdesk.queries.heads import SignedHeadRow, heads_of
from factdesk.store.record import Record


@pytest.fixture
def rows(newsroom: Newsroom) -> tuple[SignedHeadRow, ...]:
    """Two signed heads of the newsroom."""
    newsroom.published()
    newsroom.do("log", "sign", by="chi")
    with Record.open(newsroom.config) as record, record.read() as session:
        return heads_of(session)


@pytest.fixture
def kept(newsroom: Newsroom, rows: tuple[SignedHeadRow, ...], tmp_path: Path) -> Path:
    """A file of heads that somebody kept, as its site had it."""
    with Record.open(newsroom.config) as record:
        head = record.head()
    return put(tmp_path / "site" / PATH, heads_file("Test desk", head, rows))


def put(path: Path, data: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def cut_off(newsroom: Newsroom, after: int) -> None:
    """Take the end of the log out, with all that it sealed, so that what is left holds."""
    with closing(sqlite3.connect(newsroom.config.folder / "record.sqlite")) as record, record:
        record.execute("DELETE FROM item_facts WHERE fact IN (SELECT id FROM sealed WHERE seq > ?)", (after,))
        record.execute("DELETE FROM sealed WHERE seq > ?", (after,))
        record.execute("DELETE FROM events WHERE seq > ?", (after,))


def test_a_log_that_goes_through_all_of_them(newsroom: Newsroom, kept: Path) -> None:
    ran = newsroom.do("audit", "--against", kept)
    assert "It went through all 3 heads that were kept." in ran.out
    assert newsroom.read("audit", "--against", str(kept))["against"] == 3
    # It goes on from there.
    newsroom.do("log", "sign", by="binh")
    newsroom.do("audit", "--against", kept)


def test_a_site_as_a_folder_and_by_its_address(newsroom: Newsroom, kept: Path) -> None:
    site = kept.parent.parent
    assert "all 3 heads" in newsroom.do("audit", "--against", site).out
    with served(site) as url:
        for address in (url, f"{url}/{PATH}"):
            assert "all 3 heads" in newsroom.do("audit", "--against", address, "--allow-private").out
        assert "private network" in newsroom.do("audit", "--against", url, code=7).err


@pytest.mark.attack
def test_a_history_that_was_rewritten_is_another_one(
    newsroom: Newsroom, rows: tuple[SignedHeadRow, ...], kept: Path
) -> None:
    """Whoever does it makes every digest and hash anew, and has no key to sign with."""
    forge(newsroom.config, "claim", lambda content: content | {"topics": ["another"]})
    assert "sealed a signed head that is not the one it follows" in newsroom.do("audit", code=1).err
    for _ in rows:
        refit(newsroom.config)
    assert newsroom.do("audit").code == 0
    ran = newsroom.do("audit", "--against", kept, code=1)
    assert f"event {rows[0].seq} is not the one that was kept" in ran.err


@pytest.mark.attack
def test_an_end_that_was_cut_off_is_missed(newsroom: Newsroom, rows: tuple[SignedHeadRow, ...], kept: Path) -> None:
    cut_off(newsroom, rows[-1].seq)
    assert newsroom.do("audit").code == 0
    ran = newsroom.do("audit", "--against", kept, code=1)
    assert f"event {rows[-1].seq + 1} is missing: the end of the log was cut off" in ran.err
    assert "đã bị cắt" in newsroom.do("audit", "--against", kept, "--ui-language", "vi", code=1).err


@pytest.mark.attack
def test_a_head_that_nobody_signed_accuses_nobody(
    newsroom: Newsroom, rows: tuple[SignedHeadRow, ...], tmp_path: Path
) -> None:
    with Record.open(newsroom.config) as record:
        head = record.head()
    forged = replace(rows[0], hash="f" * 64)
    file = put(tmp_path / "heads.json", heads_file("Test desk", head, [forged, rows[1]]))
    ran = newsroom.do("audit", "--against", file, code=1)
    assert "The log holds, and the heads that were kept are not sound" in ran.err
    assert f"{PATH} {rows[0].seq}" in ran.err
    assert "không đáng tin" in newsroom.do("audit", "--against", file, "--ui-language", "vi", code=1).err


@pytest.mark.parametrize(
    ("name", "said", "code"),
    [
        ("none.json", "There is no such file", 4),
        ("nowhere", "is no head", 2),
        ("", "is no head", 2),
        (".", "There is no such file", 4),
        ("https://", "is no address of a site", 2),
        ("x" * 5000, "is no head", 2),
    ],
)
def test_what_names_no_heads(newsroom: Newsroom, name: str, said: str, code: int) -> None:
    ran = newsroom.say("audit", "--against", name)
    assert said in ran.err
    assert ran.code == code


@pytest.mark.attack
@pytest.mark.parametrize("data", [b"", b"{}", b"[" * 100_000, b"x" * (5 << 20)], ids=["empty", "bare", "deep", "large"])
def test_a_file_that_is_anything_else(newsroom: Newsroom, tmp_path: Path, data: bytes) -> None:
    file = put(tmp_path / "heads.json", data)
    assert newsroom.do("audit", "--against", file, code=3).out == ""


@pytest.mark.attack
def test_a_pipe_keeps_nobody_waiting(newsroom: Newsroom, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "heads.json")
    assert "no ordinary file" in newsroom.do("audit", "--against", tmp_path / "heads.json", code=3).err


def test_an_address_is_needed_for_a_private_network(newsroom: Newsroom) -> None:
    assert "goes with a site" in newsroom.do("audit", "--allow-private", code=2).err


def test_a_desk_is_verified_against_them(newsroom: Newsroom, rows: tuple[SignedHeadRow, ...], kept: Path) -> None:
    assert newsroom.do("verify", "--quick", "--against", kept).code == 0
    cut_off(newsroom, rows[-1].seq)
    assert "the end of the log was cut off" in newsroom.do("verify", "--quick", "--against", kept, code=1).out


def test_what_is_verified_against_them_is_a_desk_or_a_site(newsroom: Newsroom, kept: Path, tmp_path: Path) -> None:
    bundle = put(tmp_path / "evidence.wacz", b"")
    for what in (str(bundle), newsroom.world.cited):
        assert "goes with a desk or a site" in newsroom.do("verify", what, "--against", kept, code=2).err
    put(kept, kept.read_bytes().replace(b'"signature":"', b'"signature":"0', 1))
    assert "no signed heads" in newsroom.do("verify", "--against", kept, code=3).err


@pytest.mark.attack
def test_nothing_is_verified_against_what_is_not_sound(
    newsroom: Newsroom, rows: tuple[SignedHeadRow, ...], tmp_path: Path
) -> None:
    file = put(tmp_path / "heads.json", heads_file("Test desk", (99, "0" * 64), [replace(rows[0], hash="f" * 64)]))
    assert "are not sound" in newsroom.do("verify", "--quick", "--against", file, code=1).err


@pytest.mark.attack
def test_a_site_is_verified_against_them(
    newsroom: Newsroom, rows: tuple[SignedHeadRow, ...], kept: Path, tmp_path: Path
) -> None:
    """By a reader who has no record."""
    site = kept.parent.parent
    put(
        site / "data" / "site.json",
        b'{"format":"factdesk-site","version":1,"desk":"Test desk","url":"https://desk.example","log":{"seq":1,"hash":"0"},"checks":[]}',
    )
    mine = put(tmp_path / "mine.json", kept.read_bytes())
    steps = " ".join(newsroom.say("verify", site, "--against", mine, "--all").out.split())
    assert "Of the 3 heads that you kept it has 3, and says the same of them." in steps
    put(kept, heads_file("Test desk", (rows[0].seq, rows[0].hash), rows[:1]))
    ran = newsroom.do("verify", site, "--against", mine, code=1)
    assert "its end was cut off since" in " ".join(ran.out.split())
