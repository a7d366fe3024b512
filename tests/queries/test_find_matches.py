"""The first thing a desk needs, on a real desk with the real encoder."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from factdesk.actions.imports import import_reviews
from factdesk.actions.judge import judge
from factdesk.actions.publishers import set_publisher
from factdesk.config import DeskConfig
from factdesk.domain.matches import Answer, Match
from factdesk.errors import InputError, NotFoundError
from factdesk.match.words import words_of
from factdesk.queries.desk import Desk
from factdesk.queries.find_matches import Finder, MatchFilter, bulk_matches, find_matches
from factdesk.sample.feed import demo_messages, feed_json
from factdesk.store.reviews import find_by_any_id


def first(answer: Answer) -> Match:
    return answer.claims[0].matches[0]


def decisions(answer: Answer) -> set[str]:
    return {match.decision for claim in answer.claims for match in claim.matches}


def own_ids(answer: Answer) -> list[str]:
    return [match.review.own_id for claim in answer.claims for match in claim.matches]


@pytest.fixture(scope="session")
def finder(sample_desk: Desk) -> Finder:
    return Finder(sample_desk)


@pytest.fixture
def desk(fresh_sample: DeskConfig) -> Iterator[Desk]:
    with Desk.open(fresh_sample) as opened:
        yield opened


def number_of(desk: Desk, own_id: str) -> int:
    with desk.record.read() as session:
        return find_by_any_id(session, own_id)[0].number


SAME = {
    "My grandma says that if you crack your knuckles you'll get arthritis": "knuckles-arthritis.en",
    "Chewing gum that you swallow stays in your stomach for 7 years": "gum-seven-years.en",
    "Goldfish only remember things for 3 seconds": "goldfish-memory.en",
    "Bẻ khớp tay nhiều coi chừng bị viêm khớp đó": "knuckles-arthritis.vi",
    "Marco Polo mang mì Ý từ Trung Quốc về": "marco-polo-pasta.en",
    "🚨🚨 WOW!! We use only 10% of our brain #science https://t.co/x — Ann (@a) May 5, 2020": "ten-percent-brain.en",
}


@pytest.mark.parametrize("message", SAME)
def test_a_claim_in_other_words_is_found_and_called_the_same(finder: Finder, message: str) -> None:
    match = first(finder.answer(message))
    assert (match.review.own_id, match.decision) == (SAME[message], "same")
    assert match.reasons


@pytest.mark.parametrize(
    ("message", "own_id"),
    [
        ("ca nha oi, dem ngu dong kin phong ma bat quat la chet ngat day", "fan-death.vi"),
        ("be khop ngon tay gay viem khop", "knuckles-arthritis.vi"),
        ("Nghe nói Marco Polo chính là người mang món mì từ Trung Quốc về nước Ý.", "marco-polo-pasta.en"),
        ("They say you can see the Great Wall from the Moon", "great-wall-moon.en"),
    ],
)
def test_the_right_check_comes_first_in_unmarked_vietnamese_and_across_languages(
    finder: Finder, message: str, own_id: str
) -> None:
    assert first(finder.answer(message)).review.own_id == own_id


CONFLICTING = {
    "Chewing gum that you swallow stays in your stomach for 20 years": ("gum-seven-years.en", "20 years"),
    "We only use 90% of our brains": ("ten-percent-brain.en", "90%"),
    "Vaccines do not cause autism": ("vaccines-autism.en", "not"),
    "Vắc-xin không gây tự kỷ": ("vaccines-autism.vi", "not"),
}


@pytest.mark.parametrize("message", CONFLICTING)
def test_another_number_or_a_negation_is_a_conflict_and_says_why(finder: Finder, message: str) -> None:
    own_id, why = CONFLICTING[message]
    match = first(finder.answer(message))
    assert (match.review.own_id, match.decision) == (own_id, "conflicting")
    assert any(why in str(reason) for reason in match.reasons[:1])


@pytest.mark.parametrize(
    "message",
    [
        "The city council approved the new bus timetable on Tuesday",
        demo_messages()[2].text,
        "xyzzy plugh qwerty",
        "هل سيصل القطار في موعده غدا؟",
    ],
)
def test_what_nobody_checked_is_said_to_be_unknown(finder: Finder, message: str) -> None:
    assert decisions(finder.answer(message)) <= {"none"}


def test_scores_are_probabilities_and_never_rise(finder: Finder) -> None:
    for message in (*SAME, *CONFLICTING):
        for claim in finder.answer(message, top=20).claims:
            scores = [match.score for match in claim.matches]
            assert scores == sorted(scores, reverse=True)
            assert all(0 <= score <= 1 for score in scores)


def test_no_more_than_were_asked_for(finder: Finder) -> None:
    assert len(own_ids(finder.answer("Bats are blind", top=2))) == 2


def test_what_was_asked_before_does_not_change_the_answer(sample_desk: Desk, finder: Finder) -> None:
    message = "Goldfish have three seconds of memory"
    finder.answer("Bats are blind")
    assert finder.answer(message) == find_matches(sample_desk, message)


@pytest.mark.parametrize(
    "message",
    ["https://sample.example/en/bats-blind", "Look: https://www.sample.example/en/bats-blind/?utm_source=chat"],
)
def test_the_address_of_a_check_finds_it(finder: Finder, message: str) -> None:
    match = first(finder.answer(message))
    assert (match.review.own_id, match.decision) == ("bats-blind.en", "same")
    assert str(match.reasons[0]) == "the message links to this check"


def test_an_address_nobody_checked_finds_nothing(finder: Finder) -> None:
    assert own_ids(finder.answer("https://elsewhere.example/page")) == []


def test_a_message_that_says_nothing_is_refused(finder: Finder) -> None:
    with pytest.raises(InputError):
        finder.answer("😀")


def test_a_hundred_thousand_characters_are_answered(finder: Finder) -> None:
    answer = finder.answer("Bats are blind. " + "Nothing of note happened on the river today. " * 2_300)
    assert "bats-blind.en" in own_ids(answer)


LONG = (
    "👉 Dear all!! Cracking your knuckles causes arthritis, my doctor said so. Have a nice weekend. "
    "Also, vaccines do not cause autism. https://elsewhere.example/x "
    "And the Great Wall of China can be seen from the Moon!"
)


def test_each_claim_of_a_long_message_is_answered_at_its_place(finder: Finder) -> None:
    answer = finder.answer(LONG)
    found = {claim.matches[0].review.own_id: claim for claim in answer.claims if claim.matches}
    assert found["knuckles-arthritis.en"].matches[0].decision == "same"
    assert found["vaccines-autism.en"].matches[0].decision == "conflicting"
    assert found["great-wall-moon.en"].matches[0].decision == "same"
    for claim in answer.claims:
        assert words_of(LONG[claim.span.start : claim.span.end]).sequence == words_of(claim.text).sequence
    spans = [(claim.span.start, claim.span.end) for claim in answer.claims]
    assert spans == sorted(spans)
    assert not any("weekend" in claim.text for claim in answer.claims)


def test_only_the_language_that_was_asked_for(sample_desk: Desk) -> None:
    message = "The Great Wall of China can be seen from the Moon"
    answer = find_matches(sample_desk, message, where=MatchFilter(languages=frozenset({"vi"})))
    assert own_ids(answer)[0] == "great-wall-moon.vi"
    assert all(own_id.endswith(".vi") for own_id in own_ids(answer))


def test_only_what_is_recent_enough(sample_desk: Desk) -> None:
    day = first(find_matches(sample_desk, "Bats are blind")).review.date
    on_the_day = find_matches(sample_desk, "Bats are blind", where=MatchFilter(since=day))
    assert own_ids(on_the_day)[0] == "bats-blind.en"
    later = find_matches(sample_desk, "Bats are blind", top=20, where=MatchFilter(since="2026-01-01"))
    assert all(match.review.date >= "2026-01-01" for claim in later.claims for match in claim.matches)


def test_only_the_publisher_that_was_asked_for(newsroom: DeskConfig) -> None:
    with Desk.open(newsroom) as desk:
        where = MatchFilter(publishers=frozenset({"beta facts"}))
        answer = find_matches(desk, "The Eiffel Tower was moved to Berlin", top=20, where=where)
        assert own_ids(answer)[0] == "b1"
        assert {match.review.publisher.name for claim in answer.claims for match in claim.matches} == {"Beta Facts"}
        with pytest.raises(NotFoundError, match="Gamma"):
            find_matches(desk, "x y z", where=MatchFilter(publishers=frozenset({"Gamma"})))


@pytest.mark.parametrize("message", ["The Eiffel Tower was moved to Berlin", "https://alpha.example/eiffel"])
def test_a_blocked_publisher_never_answers_not_even_by_its_address(newsroom: DeskConfig, message: str) -> None:
    with Desk.open(newsroom) as desk:
        finder = Finder(desk)
        assert "a1" in own_ids(finder.answer(message, top=20))
        set_publisher(desk.record, "Alpha Check", "blocked", "an")
        assert not {"a1", "a2", "a3"} & set(own_ids(finder.answer(message, top=20)))
        set_publisher(desk.record, "Alpha Check", "", "an")
        assert "a1" in own_ids(finder.answer(message, top=20))


def test_filters_hold_for_what_a_message_links_to(newsroom: DeskConfig) -> None:
    with Desk.open(newsroom) as desk:
        for where in (MatchFilter(languages=frozenset({"vi"})), MatchFilter(publishers=frozenset({"Beta Facts"}))):
            assert "a1" not in own_ids(find_matches(desk, "https://alpha.example/eiffel", where=where))


def test_publishers_who_disagree_are_said_to(newsroom: DeskConfig) -> None:
    with Desk.open(newsroom) as desk:
        (claim,) = find_matches(desk, "They moved the Eiffel Tower to Berlin in 1999").claims
        assert {match.review.own_id for match in claim.matches if match.decision == "same"} == {"a1", "b1"}
        assert str(claim.disagreement).startswith("publishers disagree")
        assert "Beta Facts: “Mostly true”" in str(claim.disagreement)


def test_ratings_that_cannot_be_compared_are_said_to_be_so(newsroom: DeskConfig) -> None:
    with Desk.open(newsroom) as desk:
        (claim,) = find_matches(desk, "Someone saw a whale swimming in the Danube at Linz").claims
        assert "not comparable" in str(claim.disagreement)


def test_agreement_needs_no_word(newsroom: DeskConfig) -> None:
    with Desk.open(newsroom) as desk:
        (claim,) = find_matches(desk, "Snails sleep three years at a stretch").claims
        assert {match.review.own_id for match in claim.matches if match.decision == "same"} == {"a3", "b3"}
        assert claim.disagreement is None


def test_what_a_person_confirmed_comes_first_and_what_they_rejected_last(desk: Desk, tmp_path: Path) -> None:
    message, finder = "Bats are blind", Finder(desk)
    judge(desk.record, message, number_of(desk, "owl-head.en"), "confirmed", "an")
    judge(desk.record, message, number_of(desk, "bats-blind.en"), "rejected", "an")
    before = finder.answer(message, top=1000)
    assert (first(before).review.own_id, first(before).decision, first(before).score) == ("owl-head.en", "same", 1.0)
    rejected = {match.review.own_id: match for claim in before.claims for match in claim.matches}["bats-blind.en"]
    assert (rejected.decision, rejected.score, rejected.judged) == ("none", 0.0, "rejected")
    feed = tmp_path / "again.json"
    feed.write_text(feed_json(), encoding="utf-8")
    import_reviews(desk, str(feed))
    assert finder.answer(message, top=1000) == before
    # Another message is another question.
    assert first(finder.answer("Bats are blind, are they")).review.own_id == "bats-blind.en"


def test_a_confirmed_check_answers_whatever_the_search_finds(desk: Desk) -> None:
    message = "Bats are blind"
    judge(desk.record, message, number_of(desk, "sydney-capital.vi"), "confirmed", "an")
    assert first(find_matches(desk, message)).review.own_id == "sydney-capital.vi"


def test_a_changed_check_is_answered_as_it_now_is(desk: Desk, tmp_path: Path) -> None:
    finder = Finder(desk)
    before = first(finder.answer("Bats are blind"))
    feed = tmp_path / "sample.json"
    changed = replace(before.review, title="Bats are not blind at all, whatever people say")
    text = feed_json().replace(json.dumps(before.review.title, ensure_ascii=False), json.dumps(changed.title))
    feed.write_text(text, encoding="utf-8")
    assert import_reviews(desk, str(feed)).counts.changed == 1
    assert first(finder.answer("Bats are blind")).review.title == changed.title


BULK = [("m1", next(iter(SAME))), ("m2", LONG), ("blank", "😀"), ("m1", "Dơi bị mù"), ("none", "xyzzy plugh qwerty")]


def test_many_messages_are_answered_in_their_order(sample_desk: Desk) -> None:
    rows = list(bulk_matches(sample_desk, iter(BULK), top=7))
    assert [row.id for row in rows] == [own_id for own_id, _ in BULK]
    assert [len(row.matches) for row in rows] == [7, 7, 0, 7, 7]
    for row in rows:
        scores = [match.score for match in row.matches]
        assert scores == sorted(scores, reverse=True)


def test_many_messages_get_the_answers_that_each_gets_alone(sample_desk: Desk, finder: Finder) -> None:
    messages = [*SAME, *CONFLICTING]
    for message, row in zip(messages, bulk_matches(sample_desk, [("", text) for text in messages]), strict=True):
        alone = first(finder.answer(message))
        assert row.matches[0].review_id == alone.review_id
        assert row.matches[0].decision == alone.decision
        assert row.matches[0].score == pytest.approx(alone.score, abs=0.05)


def test_bulk_says_how_far_it_is(sample_desk: Desk) -> None:
    seen: list[int] = []
    rows = [(str(number), f"Bats are blind {number}") for number in range(70)]
    list(bulk_matches(sample_desk, rows, top=1, progress=lambda done, _total: seen.append(done)))
    assert seen == list(range(1, 71))


def test_an_empty_desk_answers_that_nothing_is_known(sqlite_desk: DeskConfig) -> None:
    with Desk.open(sqlite_desk) as desk:
        assert own_ids(find_matches(desk, "Bats are blind")) == []
        assert [row.matches for row in bulk_matches(desk, [("1", "Bats are blind")])] == [()]


def test_a_sentence_asked_for_by_itself_is_read_as_its_message_is(desk: Desk) -> None:
    """Without marks words alone are trusted, of each sentence too: none is called close in meaning."""
    message = "Nghe noi be khop ngon tay gay viem khop. Ngu bat quat trong phong kin se chet vi ngat tho do."
    answer = find_matches(desk, message)
    assert len(answer.claims) == 2
    said = [reason.feature for claim in answer.claims for match in claim.matches for reason in match.reasons]
    assert said
    assert "meaning_best" not in said
