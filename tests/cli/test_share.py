"""`factdesk share` at a desk with people: what is published, corrected or withdrawn, and what is not."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from tests.actions.desks_of_people import SAID, TITLE, opened, published, written
from tests.cli.newsroom import Newsroom
from tests.publish.papers import needed, read

URL = ("--base-url", "https://checks.example.org")


def test_a_published_check_gives_a_kit(newsroom: Newsroom) -> None:
    own = newsroom.published()
    ran = newsroom.do("share", own, "-o", "kit", *URL)
    assert "kit/text.txt" in ran.out.splitlines()
    assert all(Path(line).is_file() for line in ran.out.splitlines())
    assert "Give alt.txt with the picture" in ran.err
    text = Path("kit/text.txt").read_text(encoding="utf-8")
    assert text.startswith(f"{TITLE}.\n")
    assert text.count(SAID) == 1
    link = Path("kit/link.txt").read_text(encoding="utf-8").strip()
    assert link.startswith("https://checks.example.org/en/checks/carrots-keep-eyes-healthy")
    assert link in text
    assert newsroom.do("share", own, "-o", "kit", *URL).code == 0


def test_the_kit_has_the_check_for_paper(newsroom: Newsroom) -> None:
    needed()
    own = newsroom.published()
    templates = newsroom.config.folder / "site/templates"
    templates.mkdir(parents=True)
    theme = '{% extends "base.html" %}{% block main %}{{ super() }}<p>Ours</p>{% endblock %}'
    newsroom.do("share", own, "-o", "kit", *URL)
    sheet = read(Path("kit/check.pdf").read_bytes())
    link = Path("kit/link.txt").read_text(encoding="utf-8").strip()
    assert TITLE in sheet.text
    assert SAID in sheet.text
    assert link in sheet.text
    assert "--expect" in sheet.text
    first = Path("kit/check.pdf").read_bytes()
    newsroom.do("share", own, "-o", "kit", *URL)
    assert Path("kit/check.pdf").read_bytes() == first
    (templates / "check.html").write_text(theme, encoding="utf-8")
    newsroom.do("share", own, "-o", "kit", *URL)
    assert read(Path("kit/check.pdf").read_bytes()).text.startswith("Test desk Ours")


def test_without_what_draws_pdfs_the_rest_is_there(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    own = newsroom.published()
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    ran = newsroom.do("share", own, "-o", "kit", *URL)
    assert "check.pdf is left out. PDFs need WeasyPrint" in ran.err
    assert "pip install 'factdesk[pdf]'" in ran.err
    assert not Path("kit/check.pdf").exists()
    assert Path("kit/text.txt").is_file()
    assert newsroom.read("share", own, "-o", "kit", *URL)["no_sheet"][0].startswith("PDFs need WeasyPrint")


def test_json_names_what_was_written(newsroom: Newsroom) -> None:
    own = newsroom.published()
    row = newsroom.read("share", own[-6:], "-o", "kit", *URL)
    assert (row["check"], row["act"], row["kept"], row["left_out"]) == (own, "publish", "", False)
    assert sorted(row["files"]) == sorted(each.name for each in Path("kit").iterdir())
    assert json.loads(Path("kit/kit.json").read_text(encoding="utf-8"))["statement"] == row["statement"]


def test_a_withdrawn_check_gives_a_kit_that_says_so(newsroom: Newsroom) -> None:
    own = newsroom.published()
    newsroom.do("check", "withdraw", own, "--why", "Its source was forged.", by="chi")
    assert newsroom.read("share", own, "-o", "before", *URL)["act"] == "publish"
    newsroom.do("check", "sign", own, by="binh")
    newsroom.do("check", "publish", own, by="chi")
    ran = newsroom.do("share", own, "-o", "kit", *URL, "--ui-language", "vi")
    assert "Bài này đã rút" in ran.err
    assert "Its source was forged." in Path("kit/text.txt").read_text(encoding="utf-8")


def test_the_address_can_stand_in_the_desks_settings(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    own = newsroom.published()
    assert "The site's address is not set." in newsroom.do("share", own, "-o", "kit", code=2).err
    monkeypatch.setenv("FACTDESK_URL", "https://desk.example/facts/")
    newsroom.do("share", own, "-o", "kit")
    assert Path("kit/link.txt").read_text(encoding="utf-8").startswith("https://desk.example/facts/en/checks/")


def test_what_is_not_published_is_refused(newsroom: Newsroom) -> None:
    own = newsroom.draft()
    ran = newsroom.do("share", own, "-o", "kit", *URL, code=8)
    assert f"See where it stands: factdesk check show {own}" in ran.err
    assert not Path("kit").exists()
    assert newsroom.do("share", "beef0000", "-o", "kit", *URL, code=4).out == ""


def test_what_somebody_keeps_there_is_not_written_over(newsroom: Newsroom) -> None:
    own = newsroom.published()
    Path("kit").mkdir()
    Path("kit/mine.txt").write_text("mine", encoding="utf-8")
    assert "something else than a share kit" in newsroom.do("share", own, "-o", "kit", *URL, code=8).err
    assert Path("kit/mine.txt").read_text(encoding="utf-8") == "mine"
    assert "kit.before-1" in newsroom.do("share", own, "-o", "kit", *URL, "--force").err
    assert Path("kit.before-1/mine.txt").read_text(encoding="utf-8") == "mine"


def test_the_desk_is_never_taken_for_a_kit(newsroom: Newsroom) -> None:
    own = newsroom.published()
    ran = newsroom.do("share", own, "-o", newsroom.config.folder, *URL, "--force", code=8)
    assert "cannot take the place" in ran.err


def titled(newsroom: Newsroom, title: str) -> str:
    """A published check of that title; its id."""
    with opened(newsroom.config) as desk:
        return published(desk, newsroom.world, written(newsroom.world, title=title)).check.id


@pytest.mark.parametrize(
    ("title", "warning"),
    [
        ("Carrots 🥕 do not give night vision", "The cards show “[…]” for letters"),
        ("Морковь не даёт ночного зрения", "There are no cards: their typeface"),
        ("Carrots keep eyes healthy but give no night vision, " * 9, "could not show this whole: the answer"),
    ],
)
def test_what_a_card_does_not_show_is_said(newsroom: Newsroom, title: str, warning: str) -> None:
    ran = newsroom.do("share", titled(newsroom, title), "-o", "kit", *URL)
    assert warning in ran.err
    assert title.strip() in Path("kit/alt.txt").read_text(encoding="utf-8")
    assert Path("kit/card-1x1.png").exists() == ("no cards" not in warning)
