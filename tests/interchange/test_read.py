"""Whole files: formats by their content, compression, encodings, damage and attacks."""

from __future__ import annotations

import gzip
import io
import json
import os
import random
import tracemalloc
import zlib
from typing import Any
from unicodedata import normalize

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from factdesk.domain.runs import Repair
from factdesk.errors import InputError, UsageError
from factdesk.interchange import datafeed, jsonl, streams
from factdesk.interchange.read import Found, read_reviews
from factdesk.interchange.repairs import REPAIRS, SKIPS

from .reading import claim_review, codes, items, reviews, skipped, value_items

ROWS = [{"id": number, "text": f"Claim {number} về nước sôi"} for number in range(1, 6)]
LINES = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in ROWS)
GOOGLE = {
    "claims": [
        {
            "text": "Water boils at 90",
            "claimant": "Somebody",
            "claimDate": "2024-01-02T00:00:00Z",
            "claimReview": [
                {
                    "publisher": {"name": "A", "site": "a.example"},
                    "url": "https://www.a.example/1",
                    "title": "T",
                    "reviewDate": "2024-02-03T00:00:00Z",
                    "textualRating": "False",
                    "languageCode": "en-US",
                },
                {"publisher": {"site": "b.example"}, "textualRating": "Sai"},
            ],
        }
    ],
    "nextPageToken": "x",
}


def test_json_lines_are_rows() -> None:
    found = items(LINES)
    assert [review.claim for review in reviews(found)] == [row["text"] for row in ROWS]
    assert [review.own_id for review in reviews(found)] == ["1", "2", "3", "4", "5"]
    assert [item.place.row for item in found] == [1, 2, 3, 4, 5]
    assert codes(found) == set()


def test_one_line_without_an_end_is_a_row() -> None:
    assert [review.own_id for review in reviews(items('{"id": 7, "text": "x"}'))] == ["7"]


def test_the_contract_row() -> None:
    row = {
        "id": 5,
        "title": "T",
        "text": "C",
        "language": "vi-VN",
        "url": "https://p.example/1",
        "publisher": {"name": "P"},
        "rating": {"text": "Sai", "value": 1, "best": 5, "worst": 1},
        "date": "2024-01-02",
        "unknown": {"a": [1]},
    }
    [review] = reviews(items(json.dumps(row)))
    assert (review.claim, review.title, review.own_id, review.language) == ("C", "T", "5", "vi")
    assert (review.publisher.name, review.publisher.site) == ("P", "p.example")
    assert (review.rating.text, review.rating.value, review.date) == ("Sai", 1.0, "2024-01-02")
    [plain] = reviews(items(json.dumps({"text": "C", "rating": "Sai", "publisher": "P"})))
    assert (plain.rating.text, plain.publisher.name, plain.source) == ("Sai", "P", "")


def test_flattened_claimreview_rows() -> None:
    row = {
        "URL": "https://a.example/x",
        "Author": "https:www.a.example",
        "datePublished": "2019-07-22 07:00:57",
        "claimReviewed": "C",
        "reviewBody": "B",
        "title": "T",
        "ratingValue": 4.0,
        "bestRating": 6,
        "alternativeName": "Falso",
    }
    found = items(json.dumps(row))
    [review] = reviews(found)
    assert (review.claim, review.text, review.title, review.rating.text) == ("C", "B", "T", "Falso")
    assert (review.publisher.name, review.publisher.site, review.date) == ("", "a.example", "2019-07-22")
    assert codes(found) == {"publisher-as-url", "rating-scale"}


def test_a_bad_line_costs_only_itself() -> None:
    text = LINES.replace('"id": 3', '"id": 3 3') + "[]\n17\nnull\n"
    found = items(text, "rows.jsonl")
    assert [review.own_id for review in reviews(found)] == ["1", "2", "4", "5"]
    assert [(gap.code, gap.place.row) for gap in skipped(found)] == [
        ("bad-json", 3),
        ("not-a-review", 7),
        ("empty-item", 8),
    ]


def test_a_bad_first_line_is_still_json_lines() -> None:
    found = items("{broken\n" + LINES)
    assert len(reviews(found)) == 5
    assert [gap.code for gap in skipped(found)] == ["bad-json"]


def test_a_line_beyond_the_limit_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonl, "MAX_LINE_BYTES", 200_000)
    found = items('{"text": "a"}\n{"text": "' + "x" * 300_000 + '"}\n{"text": "b"}\n')
    assert [review.claim for review in reviews(found)] == ["a", "b"]
    assert [(gap.code, gap.place.row) for gap in skipped(found)] == [("too-long", 2)]


def test_google_answers() -> None:
    found = reviews(value_items(GOOGLE))
    assert [(r.publisher.name, r.publisher.site, r.rating.text) for r in found] == [
        ("A", "a.example", "False"),
        ("", "b.example", "Sai"),
    ]
    assert (found[0].date, found[0].claim_date, found[0].language) == ("2024-02-03", "2024-01-02", "en")
    assert found[0].claimant.name == "Somebody"
    assert reviews(value_items({"results": [{"claim": GOOGLE["claims"][0]}]})) == found
    assert value_items({}) == [] or skipped(value_items({}))


def test_google_pages() -> None:
    page = {
        "pageUrl": "https://a.example/1",
        "publishDate": "2024-01-02",
        "claimReviewAuthor": {"name": "A"},
        "claimReviewMarkups": [{"claimReviewed": "C", "rating": {"textualRating": "Sai", "ratingValue": 1}}],
    }
    [review] = reviews(value_items({"claimReviewMarkupPages": [page]}))
    assert (review.claim, review.publisher.name, review.rating.text, review.date) == ("C", "A", "Sai", "2024-01-02")


@pytest.mark.parametrize("indent", [None, 1])
@pytest.mark.parametrize("count", [0, 1, 3])
def test_documents_of_any_layout(indent: int | None, count: int) -> None:
    entries = [{"@type": "DataFeedItem", "item": [claim_review()]}] * count
    for document in ({"@type": "DataFeed", "dataFeedElement": entries}, entries):
        assert len(reviews(items(json.dumps(document, indent=indent)))) == count


def test_gzip_by_its_bytes_in_several_members() -> None:
    half = LINES.encode().split(b"\n", 2)
    packed = gzip.compress(b"\n".join(half[:2]) + b"\n") + gzip.compress(half[2]) + b"\0" * 512
    assert len(reviews(items(packed, "no-ending"))) == 5


@pytest.mark.parametrize("cut", [0.2, 0.5, 0.9, 0.999])
def test_a_document_cut_short_gives_what_was_before(cut: float) -> None:
    feed = json.dumps(
        {"@type": "DataFeed", "dataFeedElement": [{"item": claim_review(name=f"{n}")} for n in range(3000)]}
    )
    found = items(feed[: int(len(feed) * cut)])
    assert [review.title for review in reviews(found)] == [str(n) for n in range(len(reviews(found)))]
    assert len(reviews(found)) >= int(3000 * cut) - 2
    [gap] = skipped(found)
    assert gap.code == "json-cut-short"
    assert found[-1] is gap
    assert gap.place.path.startswith("byte ")


@pytest.mark.parametrize(
    "text", [LINES * 2000, json.dumps([{"item": claim_review(name=os.urandom(8).hex())} for _ in range(3000)])]
)
def test_gzip_cut_short_gives_what_was_before(text: str) -> None:
    packed = gzip.compress(text.encode())
    found = items(packed[: len(packed) // 2])
    assert reviews(found)
    [gap] = skipped(found)
    assert gap.code == "compressed-cut-short"
    assert found[-1] is gap


def test_gzip_damaged_in_the_middle() -> None:
    # Names that do not pack well, and the same each time: what damage does to a packed stream is a matter of luck.
    names = random.Random(1)
    text = json.dumps([{"item": claim_review(name=names.randbytes(8).hex())} for _ in range(3000)])
    packed = bytearray(gzip.compress(text.encode(), mtime=0))
    packed[len(packed) // 2 : len(packed) // 2 + 64] = b"\xff" * 64
    found = items(bytes(packed))
    assert len(skipped(found)) == 1
    assert skipped(found)[0].code in ("compressed-damaged", "json-damaged", "json-cut-short")


def test_a_bomb_is_left_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "RATIO_FROM", 1 << 20)
    packed = gzip.compress(LINES.encode() + b" " * (32 << 20) + b'{"text": "after"}')
    found = items(packed)
    assert len(reviews(found)) == 5
    assert "compressed-too-far" in codes(found)


def test_a_bomb_of_members_is_no_recursion() -> None:
    packed = gzip.compress(b"") * 5000 + gzip.compress(LINES.encode())
    assert len(reviews(items(packed))) == 5


def test_damage_in_the_middle_of_json() -> None:
    found = items('[{"text": "a"}, {"text": "b"}, {"text" "c"}, {"text": "d"}]')
    assert [review.claim for review in reviews(found)][:1] == ["a"]
    assert [gap.code for gap in skipped(found)] == ["json-damaged"]


@pytest.mark.parametrize("depth", [70, 5_000, 200_000])
def test_deep_nesting_is_refused_without_recursion(depth: int) -> None:
    for deep in ("[" * depth + "]" * depth, '{"a":' * depth + "1" + "}" * depth):
        found = items(f'[{{"text": "a", "x": {deep}}}, {{"text": "b"}}]')
        assert [gap.code for gap in skipped(found)] == ["too-deep"]
        assert [review.claim for review in reviews(found)] == ["b"]
        lines = items(f'{{"text": "a"}}\n{{"text": "b", "x": {deep}}}\n{{"text": "c"}}\n')
        assert [review.claim for review in reviews(lines)] == ["a", "c"]


def test_an_entry_without_end_does_not_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(datafeed, "MAX_ENTRY_BYTES", 1 << 20)

    class Endless(io.RawIOBase):
        sent = 0

        def read(self, size: int = -1) -> bytes:
            self.sent += size
            assert self.sent < 64 << 20
            return b'{"claims": [{"text": "' if self.sent == size else b"x" * size

    found = list(read_reviews(Endless(), "endless"))  # type: ignore[arg-type]
    assert [item.code for item in found if isinstance(item, Repair)] == ["document-too-long"]


def test_memory_stays_bounded() -> None:
    class Feed(io.RawIOBase):
        """700 entries of 60 kB, made as they are read."""

        def __init__(self) -> None:
            entry = json.dumps({"item": claim_review(reviewBody="x" * 60_000)}).encode()
            self.parts = [b'{"dataFeedElement": [', *([entry + b","] * 700), entry, b"]}"]
            self.at = 0

        def read(self, size: int = -1) -> bytes:
            self.at += 1
            return self.parts[self.at - 1] if self.at <= len(self.parts) else b""

    tracemalloc.start()
    feed: Any = Feed()
    count = len([True for _ in read_reviews(feed, "feed")])
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 701
    assert peak < 24 << 20


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize(
    "text", [LINES, json.dumps([{"text": "Nước sôi"}] * 5, ensure_ascii=False), "id,claim\n1,Nước sôi\n"]
)
def test_unicode_in_every_form(encoding: str, text: str) -> None:
    found = items(text.encode(encoding))
    assert reviews(found)
    assert "sôi" in reviews(found)[0].claim
    assert ("encoding-assumed" in codes(found)) == encoding.endswith(("le", "be"))


def tone_apart(letter: str) -> str:
    """A letter as Windows-1258 writes it: its tone mark after it."""
    parts = normalize("NFD", letter)
    tones = [mark for mark in parts if mark in "\u0300\u0301\u0303\u0309\u0323"]
    return normalize("NFC", "".join(mark for mark in parts if mark not in tones)) + "".join(tones)


def test_vietnamese_in_windows_1258() -> None:
    sentence = "Uống nước chanh nóng mỗi sáng không chữa được bệnh ung thư, theo các bác sĩ của bệnh viện"
    raw = "".join(f'{{"id": {n}, "text": "{sentence}"}}\n' for n in range(20))
    found = items("".join(map(tone_apart, raw)).encode("cp1258"), "viet.jsonl")
    assert "encoding-assumed" in codes(found)
    assert [item.detail for item in found if isinstance(item, Repair)] == ["cp1258"]
    assert {review.claim for review in reviews(found)} == {sentence}


def test_a_few_bad_bytes_do_not_change_the_encoding() -> None:
    raw = LINES.encode() * 50
    found = items(raw[:40] + b"\xff" + raw[40:])
    assert {review.claim for review in reviews(found)[1:]} == {row["text"] for row in ROWS}
    assert "encoding-assumed" not in codes(found)


def test_bad_bytes_in_a_document_cost_only_themselves() -> None:
    entry = json.dumps(claim_review(name="Nước sôi"), ensure_ascii=False).encode()
    found = items(b"[" + b",".join([entry] * 50 + [entry.replace(b"Water", b"W\xffter")] + [entry] * 50) + b"]")
    assert len(reviews(found)) == 101
    assert reviews(found)[50].claim.startswith("W\ufffdter")
    assert codes(found) == {"characters-lost"}


def test_a_page_that_names_its_encoding() -> None:
    script = json.dumps(claim_review(claimReviewed="Café à la carte"), ensure_ascii=False)
    page = (
        f'<html><head><meta charset="windows-1252"><script type="application/ld+json">{script}</script></head></html>'
    )
    found = items(page.encode("cp1252"))
    assert reviews(found)[0].claim == "Café à la carte"
    assert codes(found) == set()


@pytest.mark.parametrize("name", ["hex", "zip", "rot13", "idna", "utf-7", "unicode_escape", "undefined", "../x"])
def test_encodings_that_are_none_of_text_are_not_believed(name: str) -> None:
    page = f'<html><meta charset="{name}"><p>Café déjà vu, là-bas, à côté de la fenêtre</p>'
    assert [gap.code for gap in skipped(items(page.encode("cp1252")))] == ["no-review-in-page"]


@pytest.mark.parametrize(
    "value",
    [
        "&#" + "1" * 5000 + ";",
        "&#x" + "f" * 5000 + ";",
        "," * 200_000,
        " " * 200_000 + "x",
        "<" * 200_000,
        "&" * 200_000,
        "9" * 5000,
    ],
)
def test_values_made_to_choke_a_reader(value: str) -> None:
    keys = ("claimReviewed", "url", "datePublished", "inLanguage", "author", "name", "reviewRating", "itemReviewed")
    found = value_items([claim_review(**{key: value}) for key in keys] + [claim_review()])
    assert len(found) == len(keys) + 1


def test_padding_between_members_of_any_length() -> None:
    packed = gzip.compress(b'{"text": "a"}\n') + b"\0" * (3 << 16) + gzip.compress(b'{"text": "b"}\n') + b"\0" * 100_000
    found = items(packed)
    assert [review.claim for review in reviews(found)] == ["a", "b"]
    assert not skipped(found)


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + b"x" * 100,
        b"PK\x03\x04" + b"\0" * 100,
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + os.urandom(2000),
        b"\x7fELF\x02\x01\x01" + b"\0" * 50,
        b"just a sentence that says nothing of claims",
        b"a,b,c\n1,2,3\n",
        gzip.compress(gzip.compress(b'{"text": "twice"}')),
    ],
)
def test_what_is_no_file_of_reviews_is_refused_by_name(data: bytes) -> None:
    with pytest.raises(InputError) as caught:
        items(data, "strange.bin")
    assert "DataFeed" in str(caught.value)
    assert caught.value.place == "strange.bin"


@pytest.mark.parametrize("data", [b"", b"  \n\n ", b"\xef\xbb\xbf", gzip.compress(b"")])
def test_an_empty_file_is_said_to_be_empty(data: bytes) -> None:
    with pytest.raises(InputError):
        items(data)


def test_an_unknown_format_name() -> None:
    with pytest.raises(UsageError):
        items(LINES, format_name="docx")


def test_a_format_by_name_wins() -> None:
    assert len(reviews(items(LINES, format_name="jsonl"))) == 5
    with pytest.raises(InputError):
        items("a;b\n1;2\n", format_name="csv")


raw_bytes = (
    st.binary(max_size=2000)
    | st.binary(max_size=200).map(gzip.compress)
    | st.text(max_size=500).map(lambda text: text.encode("utf-16", "replace"))
    | st.binary(max_size=300).map(lambda data: b'{"text": "a"}\n' + data)
    | st.binary(max_size=300).map(lambda data: b'[{"text": "a"},' + data)
    | st.binary(max_size=300).map(lambda data: b"claim,url\n" + data)
    | st.binary(max_size=300).map(lambda data: b'<script type="application/ld+json">{"@type": "ClaimReview"' + data)
    | st.binary(max_size=300).map(lambda data: gzip.compress(LINES.encode())[:-20] + data)
)


@given(data=raw_bytes, name=st.sampled_from(["", "json", "jsonl", "csv", "html"]))
@example(data=b"\x1f\x8b", name="")
@example(data=b"\r\x01", name="csv")
@example(data=b"\x1f\x8b\x08", name="json")
@example(data=zlib.compress(b"{}"), name="")
@settings(max_examples=250, deadline=None)
def test_arbitrary_bytes_raise_nothing_but_input_errors(data: bytes, name: str) -> None:
    try:
        found = items(data, "x", name)
    except InputError:
        return
    assert codes(found) <= set(REPAIRS)


NAMES = (
    "@type @graph claimReviewed itemReviewed reviewRating author name url item text claim claimReview properties "
    "rating publisher ratingValue bestRating worstRating alternateName appearance sameAs datePublished inLanguage id"
)
keys = st.sampled_from(NAMES.split())
words = st.sampled_from(["ClaimReview", "https://a.example/", "2020-1-1"])
leaves = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | words
trees = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=6),
    max_leaves=30,
)


@given(value=trees)
@settings(max_examples=200, deadline=None)
def test_arbitrary_values_are_found_or_named(value: Any) -> None:
    found = value_items([value, claim_review()])
    assert isinstance(found[-1], Found | Repair)
    assert codes(found) <= set(REPAIRS)
    assert {gap.code for gap in skipped(found)} <= set(SKIPS)
