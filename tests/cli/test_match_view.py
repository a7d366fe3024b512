"""An answer as a person sees it, in both languages, wide and narrow."""

from __future__ import annotations

from dataclasses import replace

import pytest

from factdesk.cli.match_view import answer_lines, percent
from factdesk.cli.terminal import Terminal, columns
from factdesk.domain.matches import Answer, ClaimAnswer, Decision, Match, Reason, Span, Verdict
from factdesk.domain.reviews import Publisher, Rating, Review
from factdesk.wording import Say, sayer

EN, VI = sayer("en"), sayer("vi")


def made(decision: Decision, score: float, judged: Verdict | None = None, **changes: str) -> Match:
    review = Review(
        claim=changes.get("claim", "Eating carrots lets you see in the dark."),
        url="https://example.org/checks/" + "carrots-" * 12,
        publisher=Publisher(changes.get("publisher", "Example Desk"), "example.org"),
        rating=Rating(text=changes.get("rating", "Mostly false")),
        date="2024-05-06",
    )
    reasons = (Reason("numbers", "same numbers: {numbers}", {"numbers": "5, 2 days"}), Reason("link", "the same link"))
    return Match("carrots-1", score, decision, reasons, review, judged)


def answer(*claims: ClaimAnswer) -> Answer:
    return Answer("3f2a91c07d5e", "message", "en", claims)


def claim(*matches: Match, text: str = "Carrots!", disagreement: Reason | None = None) -> ClaimAnswer:
    return ClaimAnswer(text, Span(0, len(text)), matches, disagreement)


def shown(found: Answer, terminal: Terminal | None = None, say: Say = EN) -> str:
    return "\n".join(answer_lines(found, terminal or Terminal(80), say))


def test_a_match_says_all_it_knows() -> None:
    assert shown(answer(claim(made("same", 0.973)))) == (
        "Same         Eating carrots lets you see in the dark.\n"
        "97%          “Mostly false” · Example Desk · 2024-05-06\n"
        f"             https://example.org/checks/{'carrots-' * 12}\n"
        "             same numbers: 5, 2 days; the same link\n"
        "             ID carrots-1\n"
        "\n"
        "Right or wrong? Tell the desk:\n"
        "  factdesk match confirm 3f2a91c07d5e ID\n"
        "  factdesk match reject 3f2a91c07d5e ID"
    )


def test_it_speaks_vietnamese() -> None:
    text = shown(answer(claim(made("conflicting", 0.4), made("related", 0.2), made("same", 0.1))), say=VI)
    for word in ("Mâu thuẫn", "Liên quan", "Trùng khớp", "“Mostly false”"):
        assert word in text
    assert "Right or wrong" not in text


@pytest.mark.parametrize("found", [answer(), answer(claim()), answer(claim(made("none", 0.01)))])
def test_nothing_known_is_said_and_nothing_else(found: Answer) -> None:
    assert shown(found) == "No known check."


def test_each_claim_of_a_long_message_has_its_own_heading() -> None:
    text = shown(answer(claim(made("same", 0.9), text="First claim."), claim(text="Second\nclaim.")))
    assert text.index("“First claim.”") < text.index("90%") < text.index("“Second claim.”")
    assert text.index("“Second claim.”") < text.index("No known check.")


def test_disagreement_and_judgement_are_said() -> None:
    disagreement = Reason("ratings", "Publishers disagree: {ratings}.", {"ratings": "“True”\x1b, “{x}”"})
    text = shown(answer(claim(made("same", 0.9, judged="confirmed"), disagreement=disagreement)))
    assert "Publishers disagree: “True” , “{x}”." in text
    assert "A person here confirmed this match." in text


@pytest.mark.parametrize("width", [20, 38, 60, 80])
def test_everything_but_a_link_fits(width: int) -> None:
    found = answer(
        claim(made("same", 0.9, claim="Những củ cà rốt " * 40, publisher="x" * 90), text="日本語" * 60), claim()
    )
    lines = answer_lines(found, Terminal(width), VI)
    # What is copied (a link, a command) is never broken.
    assert all(columns(line) <= width for line in lines if "https://" not in line and "factdesk match" not in line)


def test_what_is_imported_cannot_steer_the_terminal() -> None:
    text = shown(answer(claim(made("same", 0.9, claim="\x1b]0;x\x07claim", rating="a\x1b[2Jb", publisher="\u202ep"))))
    assert "\x1b" not in text
    assert "\u202e" not in text


def test_colour_changes_nothing_but_colour() -> None:
    import re

    found = answer(claim(made("same", 0.9), made("related", 0.5)))
    assert re.sub(r"\033\[[0-9;]*m", "", shown(found, Terminal(80, colour=True))) == shown(found)


@pytest.mark.parametrize(
    ("probability", "text"),
    [(1.0, "> 99%"), (0.996, "> 99%"), (0.99, "99%"), (0.5, "50%"), (0.01, "1%"), (0.004, "< 1%"), (0.0, "< 1%")],
)
def test_nothing_is_certain(probability: float, text: str) -> None:
    assert percent(probability) == text


def test_a_review_is_called_by_its_own_id_where_it_has_one() -> None:
    match = made("same", 0.9)
    own = replace(match, review=replace(match.review, own_id="row-7"))
    assert "ID row-7" in shown(answer(claim(own)))
    assert "ID carrots-1" not in shown(answer(claim(own)))
