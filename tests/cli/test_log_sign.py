"""`factdesk log sign`: where the log stood, under one's own key."""

from __future__ import annotations

from pathlib import Path

from tests.cli.newsroom import Newsroom

from factdesk.domain.keys import fingerprint


def test_a_reviewer_signs_where_the_log_stands(newsroom: Newsroom) -> None:
    stood = newsroom.do("audit").out.splitlines()[-1].removeprefix("Head: ")
    ran = newsroom.do("log", "sign", by="binh")
    assert ran.out == f"{stood}\n"
    assert "Signed by Bình Trần." in ran.err
    newsroom.do("audit", "--against", stood)
    last = newsroom.do("log", "--limit", "1").out
    assert "binh · signed the log · key:" in last
    assert "ký nhật ký" in newsroom.do("log", "--limit", "1", "--ui-language", "vi").out


def test_as_json(newsroom: Newsroom) -> None:
    head = "{}:{}".format(*newsroom.read("audit")["head"])
    row = newsroom.read("log", "sign", by="chi")
    assert row.keys() == {"head", "time", "person", "fingerprint", "signature"}
    assert (row["head"], row["person"]) == (head, "chi")
    assert row["fingerprint"] == fingerprint(newsroom.world.keys["chi"].public)


def test_a_check_that_is_signed_signs_it_too(newsroom: Newsroom) -> None:
    own = newsroom.draft()
    newsroom.do("check", "submit", own, by="an")
    newsroom.do("check", "sign", own, by="binh")
    heads = [step for step in newsroom.read("verify", "--quick")["steps"] if step["name"] == "head"]
    assert [step["outcome"] for step in heads] == ["not checked"]
    pin = fingerprint(newsroom.world.keys["binh"].public)
    assert "signed head: 1 pass" in newsroom.do("verify", "--quick", "--pin", pin).out


def test_who_may_not_and_with_what_key(newsroom: Newsroom, tmp_path: Path) -> None:
    before = newsroom.read("audit")["head"]
    assert "takes the role reviewer" in newsroom.do("log", "sign", by="an", code=8).err
    assert "No key here has the name" in newsroom.do("log", "sign", by="hoa", code=4).err
    other = fingerprint(newsroom.world.keys["giang"].public)
    assert "does not know this key as binh's" in newsroom.do("log", "sign", "--key", other, by="binh", code=8).err
    wrong = tmp_path / "wrong.txt"
    wrong.write_text("not the passphrase\n", encoding="utf-8")
    wrong.chmod(0o600)
    assert "does not open this key" in newsroom.do("log", "sign", "--passphrase-file", wrong, by="binh", code=3).err
    assert newsroom.read("audit")["head"] == before


def test_the_log_of_a_check_is_still_its_own(newsroom: Newsroom) -> None:
    own = newsroom.published()
    assert "signed it" in newsroom.do("log", own[-12:]).out
