"""A message made ready: its words, sentences and links, each with its place in the message as it came."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factdesk.errors import InputError
from factdesk.match.words import words_of
from factdesk.queries.prepare import LONGEST, LONGEST_WHOLE, MOST_SENTENCES, prepare, prepare_asked

LONG = (
    "RT @someone: 🚨🚨 Cracking your knuckles causes arthritis!!! https://t.co/abc "
    "My cousin told me. Vaccines cause autism in small children. #FakeNews — Ann (@ann) May 5, 2020"
)


def test_each_sentence_knows_where_it_stood_in_the_message() -> None:
    prepared = prepare(LONG)
    assert [part.text for part in prepared.parts] == [
        "Cracking your knuckles causes arthritis!!!",
        "My cousin told me.",
        "Vaccines cause autism in small children.",
    ]
    for part in prepared.parts:
        assert words_of(LONG[part.span.start : part.span.end]).sequence == part.words.sequence


def test_a_message_of_one_sentence_is_looked_up_as_a_whole_only() -> None:
    prepared = prepare("Bats are blind, they say")
    assert prepared.parts == ()
    assert prepared.texts == ("Bats are blind, they say",)


def test_sentences_too_short_to_be_claims_are_not_looked_up_alone() -> None:
    texts = [part.text for part in prepare("Wow! Bats are blind, says uncle. No way. Dogs see black and white.").parts]
    assert texts == ["Bats are blind, says uncle.", "Dogs see black and white."]


def test_links_are_set_apart_in_their_canonical_form() -> None:
    prepared = prepare("See (https://sample.example/en/x?utm_source=a#b) and https://sample.example/en/x. Please!")
    assert prepared.links == ("https://sample.example/en/x",)
    assert "sample" not in prepared.words.distinct


def test_a_message_that_is_one_link_is_not_blank() -> None:
    prepared = prepare_asked("https://sample.example/en/bats-blind")
    assert not prepared.is_blank
    assert prepared.words.sequence == ()


@pytest.mark.parametrize("message", ["", "   \n\t ", "😀😀😀", "\x00\x01\u200b", "!!! ... ???"])
def test_a_message_that_says_nothing_is_refused_in_a_sentence(message: str) -> None:
    with pytest.raises(InputError, match="message"):
        prepare_asked(message)


@pytest.mark.parametrize(
    "message", ["", "😀", "\u202eabc def ghi\u202c", "مرحبا بالعالم اليوم", "a\x00b", "\ud800 lone"]
)
def test_anything_can_be_prepared_where_nobody_waits_for_an_answer(message: str) -> None:
    assert prepare(message).message == message


def test_the_language_is_told_for_unmarked_vietnamese_too() -> None:
    assert prepare("Uống nước kiềm chữa khỏi ung thư").language == "vi"
    assert prepare("uong nuoc kiem chua khoi ung thu nha ca nha").language == "vi"
    assert prepare("Drinking alkaline water cures cancer").language == "en"


def test_a_document_is_cut_to_what_is_worth_reading() -> None:
    prepared = prepare("Number one is a claim of its own. " * 100_000)
    assert len(prepared.text) <= LONGEST
    assert len(prepared.texts[0]) <= LONGEST_WHOLE
    assert len(prepared.parts) <= MOST_SENTENCES


def test_the_end_of_what_was_read_can_be_one_endless_word() -> None:
    assert len(prepare("x" * 100_000).text) <= LONGEST


WORDS = st.sampled_from(
    ["bats", "are", "blind", "Dơi", "bị", "mù", "https://a.example/x", "#tag", "😀", "5", "not", "@me"]
)
STOPS = st.sampled_from([". ", "! ", "?\n", "… ", "\n\n", ", "])
MESSAGES = st.lists(st.tuples(st.lists(WORDS, min_size=1, max_size=8), STOPS), max_size=8).map(
    lambda rows: "".join(" ".join(words) + stop for words, stop in rows)
)


@settings(deadline=None)
@given(MESSAGES | st.text(max_size=200))
def test_spans_lie_in_the_message_and_give_back_the_sentence(message: str) -> None:
    prepared = prepare(message)
    assert 0 <= prepared.span.start <= prepared.span.end <= len(message)
    assert len(prepared.parts) != 1
    assert len(prepared.texts) == 1 + len(prepared.parts)
    before = 0
    for part in prepared.parts:
        assert before <= part.span.start < part.span.end <= len(message)
        # Letter by letter: what is hidden between two letters in the message may not stand in the sentence.
        letters = iter(message[part.span.start : part.span.end])
        assert "&" in message or all(letter in letters for letter in part.text if letter.isalnum())
        before = part.span.start


def test_a_message_says_when_not_all_of_it_was_looked_up() -> None:
    assert not prepare("Garlic cures colds. The moon is made of cheese.").cut
    assert prepare(
        "Garlic cures the colds of number " + ". Garlic cures colds of number ".join("abcdefghijklmnopqrstuvwxyz")
    ).cut
    assert prepare("x " * 20_000).cut
