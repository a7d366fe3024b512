"""What a page says of itself."""

from __future__ import annotations

import pytest

from factdesk.capture.extract.base import Hint, Limits
from factdesk.capture.extract.dates import day_of
from factdesk.capture.extract.html import extract
from factdesk.domain.documents import About

VIETNAMESE = "<p>Người dân Hà Nội đổ về quê nghỉ lễ, nhiều tuyến đường ùn tắc từ chiều hôm qua đến sáng nay.</p>"
ENGLISH = "<p>People left the city for the holidays, and many roads were jammed from the afternoon until morning.</p>"


def about(page: str, url: str = "") -> About:
    return extract(f"<!doctype html>{page}".encode(), Hint(url=url), Limits()).about


@pytest.mark.parametrize(
    ("page", "title"),
    [
        ("<title>A | Site</title><meta property=og:title content='A'><h1>B</h1>", "A"),
        ("<title>A | Site</title><h1>B <i>c</i></h1>", "B c"),
        ("<title> A \n b </title>", "A b"),
        ('<script type="application/ld+json">{"@type":"NewsArticle","headline":"L"}</script><h1>B</h1>', "L"),
        ("<p>x", ""),
    ],
)
def test_titles(page: str, title: str) -> None:
    assert about(page).title == title


@pytest.mark.parametrize(
    ("page", "author"),
    [
        ("<meta name=author content='Nguyễn An'>", "Nguyễn An"),
        ("<meta property=article:author content='https://x.example/an'>", ""),
        ('<script type="application/ld+json">{"@graph":[{"@type":"Person","name":"X"},{"@type":"NewsArticle",'
         '"author":[{"name":"An"},{"name":"Bình"}]}]}</script>', "An, Bình"),
        ("<a rel=author href=/an>An</a>", "An"),
        ("<p>x", ""),
    ],
)  # fmt: skip
def test_authors(page: str, author: str) -> None:
    assert about(page).author == author


@pytest.mark.parametrize(
    ("page", "day"),
    [
        ('<script type="application/ld+json">{"@type":"Article","datePublished":"2024-05-12T09:30:00+07:00"}</script>',
         "2024-05-12"),
        ("<meta property=article:published_time content='2024-05-12T23:30:00+07:00'>", "2024-05-12"),
        ("<meta name=pubdate content='12/05/2024'>", "2024-05-12"),
        ("<article><time datetime=2024-05-12>hôm qua</time></article>", "2024-05-12"),
        ("<p>Thứ hai, 12/5/2024, 09:30 (GMT+7)</p>", "2024-05-12"),
        ("<p>Thứ Hai, ngày 12 tháng 5 năm 2024</p>", "2024-05-12"),
        ("<p>Chủ nhật 12-05-2024</p>", "2024-05-12"),
        ("<p>Ngày đăng: 12-05-2024</p>", "2024-05-12"),
        ("<p>Cập nhật: 12.5.2024</p>", "2024-05-12"),
        ("<p>Hà Nội, ngày 12 tháng 5 năm 2024</p>", "2024-05-12"),
        ("<p>09:30 | 12/05/2024</p>", "2024-05-12"),
        ("<p>12/05/2024 09:30 GMT+7</p>", "2024-05-12"),
        # Not a day that says when it was published.
        ("<p>Sinh 12/05/1994 tại Huế</p>", ""),
        ("<p>Thứ hai, 32/5/2024</p>", ""),
        ("<p>Thứ hai, 5/12/1824</p>", ""),
        ("<footer>Cập nhật: 12/5/2024</footer>", ""),
        ("<meta name=date content='12 tháng 5 năm 1066'>", ""),
        ("<meta name=date content='gần đây'>", ""),
    ],
)  # fmt: skip
def test_days_on_a_vietnamese_page(page: str, day: str) -> None:
    assert about(page + VIETNAMESE).published == day


@pytest.mark.parametrize(
    ("page", "day"),
    [
        ("<meta name=date content='05/12/2024'>", ""),
        ("<meta name=date content='May 12, 2024'>", "2024-05-12"),
        ("<p>Monday, 5/12/2024</p>", ""),
    ],
)
def test_days_on_another_page_are_not_guessed(page: str, day: str) -> None:
    assert about(page + ENGLISH).published == day


def test_a_day_in_the_address() -> None:
    assert about(ENGLISH, "https://x.example/2024/05/12/a-story").published == "2024-05-12"
    assert about(ENGLISH, "https://x.example/2024/05/a-story").published == ""


def test_which_reading_comes_first() -> None:
    assert day_of("4/5/2024", True) == "2024-05-04"
    assert day_of("4/5/2024", False) == ""
    assert day_of("4/25/2024", True) == "2024-04-25"


def test_languages() -> None:
    assert about(VIETNAMESE).language == "vi"
    assert about(f"<html lang=en>{VIETNAMESE}").language == "vi"
    assert about(f"<html lang=en-GB>{ENGLISH}").language == "en-GB"
    assert about("<html lang='<script>'>").language == ""


def test_sites() -> None:
    assert about("<meta property=og:site_name content='Báo Mẫu'>").site == "Báo Mẫu"
    assert about("<p>x", "https://www.x.example/a").site == "x.example"
