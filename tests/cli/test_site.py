"""`factdesk site`, as a person types it."""

from __future__ import annotations

from pathlib import Path

from tests.cli.newsroom import Newsroom


def test_a_site_is_built_and_what_changed_is_said(newsroom: Newsroom, tmp_path: Path) -> None:
    newsroom.published()
    site = tmp_path / "site"
    planned = newsroom.do("site", "build", "-o", site, "--base-url", "https://desk.example", "--dry-run")
    assert "Nothing was changed" in planned.err
    assert not site.exists()
    built = newsroom.do("site", "build", "-o", site, "--base-url", "https://desk.example")
    assert "+ 404.html" in built.out
    assert "1 checks on" in built.out
    assert "private network" in built.err
    assert (site / "index.html").is_file()
    same = newsroom.read("site", "build", "-o", str(site), "--base-url", "https://desk.example")
    assert (same["added"], same["changed"], same["removed"], same["checks"]) == ([], [], [], 1)


def test_without_an_address_it_says_where_to_put_it(newsroom: Newsroom) -> None:
    refused = newsroom.do("site", "build", code=2)
    assert "desk.toml" in refused.err


def test_something_else_is_never_removed(newsroom: Newsroom, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("mine")
    refused = newsroom.do("site", "-o", tmp_path / "mine", "--base-url", "https://desk.example", code=8)
    assert "something else" in refused.err
    assert (tmp_path / "mine" / "thesis.txt").read_text() == "mine"


def test_in_vietnamese(newsroom: Newsroom, tmp_path: Path) -> None:
    newsroom.published()
    words = ("--base-url", "https://desk.example", "--ui-language", "vi")
    built = newsroom.do("site", "build", "-o", tmp_path / "site", *words)
    assert "1 bài kiểm chứng trên" in built.out
