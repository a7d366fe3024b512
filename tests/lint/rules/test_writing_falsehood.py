"""FD301 to FD304: the falsehood in title and text, and denials that explain nothing."""

from __future__ import annotations

import pytest
from tests.lint.drafts import on

from factdesk.lint.base import ClaimFact, Draft, Facts
from factdesk.lint.falsehood import is_stated
from factdesk.lint.read import read_draft

BATS = "Bats are completely blind"
FISH = "Cá vàng chỉ nhớ được ba giây"
FACT = "Bats can see, and many see well at dusk."


def check(body: str, title: str = "What bats can see", *, claim: str = BATS, rating: str = "false") -> Draft:
    language = "vi" if claim == FISH else "en"
    head = f'---\ntitle: "{title}"\nclaims: [c1]\nrating: {rating}\nlanguage: {language}\n---\n'
    return read_draft(head + body, "draft.md", Facts(claims={"c1": ClaimFact("c1", claim)}))


@pytest.mark.parametrize(
    ("claim", "title"),
    [
        (BATS, "Bats are completely blind"),
        (BATS, "Are bats completely blind?"),
        (BATS, "“Bats are completely blind”"),
        (BATS, "Page says bats are completely blind"),
        (FISH, "Cá vàng chỉ nhớ được ba giây?"),
        (FISH, "Có phải cá vàng chỉ nhớ được ba giây không?"),
    ],
)
def test_a_title_that_repeats_the_falsehood(claim: str, title: str) -> None:
    assert len(on("FD301", check("Text.", title, claim=claim))) == 1
    assert on("FD301", check("Text.", title, claim=claim, rating="true")) == []


@pytest.mark.parametrize(
    ("claim", "title"),
    [
        (BATS, "Bats are not completely blind"),
        (BATS, "No, bats are not blind"),
        (BATS, "It is false that bats are completely blind"),
        (BATS, "Bats see well in complete darkness"),
        (FISH, "Cá vàng nhớ được ba tháng"),
        (FISH, "Cá vàng không chỉ nhớ được ba giây"),
        (FISH, "Sai: cá vàng chỉ nhớ được ba giây"),
    ],
)
def test_a_title_that_tells_the_fact(claim: str, title: str) -> None:
    assert on("FD301", check("Text.", title, claim=claim)) == []


@pytest.mark.parametrize(
    ("text", "is_so"),
    [
        ("the post held that bats are completely blind", True),
        ("bats are completely and utterly blind", True),
        ("blind are completely bats", False),
        ("are bats completely blind?", False),
        ("nobody knows whether bats are completely blind", False),
        ("bats are blind", False),
        ("bats, which hang in caves all over the world and sleep by day in rows, are said completely blind", False),
        ("", False),
    ],
)
def test_what_states_a_claim(text: str, is_so: bool) -> None:
    assert is_stated(BATS, text, "en") is is_so


def test_a_number_or_a_direction_makes_another_claim() -> None:
    claim = "Spinach holds 10 times more iron than any other green vegetable in the garden"
    assert is_stated(claim, claim, "en")
    assert not is_stated(claim, claim.replace("10", "3"), "en")
    assert not is_stated(claim, claim.replace("more", "less"), "en")


def test_the_falsehood_stated_again() -> None:
    once = f"{FACT}\n\nNight Facts wrote: “{BATS}”."
    assert on("FD302", check(once)) == []
    assert on("FD302", check(f"{once} Many say that bats are completely blind.")) == [
        "Many say that bats are completely blind."
    ]
    assert on("FD302", check(f"{once} The page wrote again: “{BATS}!”")) == [f"“{BATS}!”"]
    assert (
        on("FD302", check(f"{once} Bats are not completely blind. It is false that bats are completely blind.")) == []
    )
    assert on("FD302", check(f"{once} Are bats completely blind?")) == []
    assert on("FD302", check(f"{once} Bats are completely blind.", rating="true")) == []


def test_a_label_and_a_cited_quotation_repeat_nothing() -> None:
    assert on("FD302", check(f"The claim: {BATS}.\n\n{FACT}\n\nNight Facts wrote: “{BATS}”.")) == []
    assert on("FD302", check(f"## Claim\n\n{BATS}.\n\n## Facts\n\n{FACT} It wrote: “{BATS}”.")) == []
    assert on("FD302", check(f"{FACT} It wrote: “{BATS}”. The archive has it: “{BATS}”[^cite:a1].")) == []
    twice = f"The claim: {BATS}.\n\nThe claim: {BATS}.\n\n{FACT} It wrote: “{BATS}”."
    assert len(on("FD302", check(twice))) == 1


def test_the_falsehood_before_the_fact() -> None:
    assert on("FD303", check(f"“{BATS}”, wrote Night Facts. {FACT}")) == [f"“{BATS}”"]
    assert on("FD303", check(f"A post was shared widely. It says that bats are completely blind. {FACT}")) != []
    assert on("FD303", check(f"## Blind?\n\n{BATS}, says a post.")) != []
    assert on("FD303", check(f"{FACT} Night Facts wrote: “{BATS}”.")) == []
    assert on("FD303", check(f"No. Night Facts wrote: “{BATS}”.")) == []
    assert on("FD303", check(f"The claim: {BATS}.\n\n{FACT}\n\nNight Facts wrote: “{BATS}”.")) == []
    assert on("FD303", check(f"“{BATS}”, wrote Night Facts. {FACT}", rating="mostly-true")) == []
    assert on("FD303", check(f"“{FISH}”, Ao Nhà viết. Cá nhớ nhiều tháng.", claim=FISH)) == [f"“{FISH}”"]


@pytest.mark.parametrize(
    ("claim", "body"),
    [
        (BATS, f"No. Bats are not blind.[^cite:a1]\n\nNight Facts wrote: “{BATS}”. That is not true."),
        (BATS, f"Night Facts wrote: “{BATS}”. This is false. They do not say so any more."),
        (FISH, f"Cá vàng không như vậy.\n\nAo Nhà viết: “{FISH}”. Điều này sai. Bạn đọc không nên tin."),
    ],
)
def test_a_denial_that_explains_nothing(claim: str, body: str) -> None:
    assert len(on("FD304", check(body, claim=claim))) == 1
    assert on("FD304", check(body, claim=claim, rating="true")) == []


@pytest.mark.parametrize(
    ("claim", "body"),
    [
        (BATS, f"That is false. {FACT} Night Facts wrote: “{BATS}”. The saying came from the way they hunt."),
        (
            BATS,
            "That is false. Eighteen kinds were studied in 2019. All of them see. Fruit bats see better than people.",
        ),
        (BATS, "Bats see well."),
        (FISH, f"Ao Nhà viết: “{FISH}”. Điều này sai, vì cá vàng học được tín hiệu."),
        (FISH, "Điều này sai. Nguyên nhân là một trò đùa cũ."),
        (BATS, ""),
    ],
)
def test_a_denial_that_says_why(claim: str, body: str) -> None:
    assert on("FD304", check(body, claim=claim)) == []
