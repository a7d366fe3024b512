from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factdesk.queries.tip_private import private_in

MARKUP = st.sampled_from(
    ["---\n", "```\n", "    ", "<!-- ", "> ", "# ", "1. ", "+ ", "[x](", "<div>", "~~~\n", "| ", "  \n"]
)


def kinds(text: str) -> set[str]:
    return {reason.feature for reason in private_in(text)}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Gọi cho tôi theo số 0912 345 678", {"phone"}),
        ("write to anna.berger@mail.example or call +84 912 345 678", {"phone", "email"}),
        ("số CCCD của tôi: 001085012345", {"identity"}),
        ("chuyển vào STK 0123456789012 giúp tôi", {"account"}),
        ("The bridge closes on 2026-03-01 and 5,000 people must walk", set()),
        ("Tổng đài 1900 1234 nói cầu đóng", set()),
        ("", set()),
    ],
)
def test_what_leads_to_a_person_is_found_by_its_kind(text: str, found: set[str]) -> None:
    assert kinds(text) == found


@pytest.mark.attack
@given(st.lists(MARKUP, max_size=4), st.text(max_size=40))
def test_no_markup_hides_it_and_no_text_breaks_the_search(marks: list[str], words: str) -> None:
    found = private_in(f"{''.join(marks)}{words} \nanna.berger@mail.example")
    assert "email" in {reason.feature for reason in found}
    assert all("berger" not in str(reason) for reason in found)


@given(st.text(max_size=300))
def test_any_text_can_be_looked_through(text: str) -> None:
    assert all(not reason.values for reason in private_in(text))
