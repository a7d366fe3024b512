"""Hints on real pairs with the real encoder and the shipped table; what the rules forbid is tested on made tables."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from factdesk.config import models_dir
from factdesk.domain.stance import StanceHint
from factdesk.encode.e5 import E5Encoder
from factdesk.errors import ResourceError
from factdesk.match.stance import hint, hints, shipped_stance, table_from
from factdesk.match.stance_features import NAMES

TOWER = "The Eiffel Tower, completed in 1889 for the World's Fair, is 330 metres tall."
PETROL = "Giá xăng giảm 500 đồng mỗi lít từ chiều nay, xuống còn 22.300 đồng một lít."


@pytest.fixture(scope="module")
def encoder() -> E5Encoder:
    return E5Encoder(models_dir(), threads=2)


def asked(encoder: E5Encoder, claim: str, evidence: str) -> StanceHint:
    (found,) = hints([(claim, evidence)], encoder)
    return found


@pytest.mark.parametrize(
    ("claim", "evidence", "shown"),
    [
        ("The Eiffel Tower was completed in 1889.", TOWER, "supports"),
        ("Tháp Eiffel được hoàn thành năm 1889.", TOWER, "supports"),
        ("The Eiffel Tower was completed in 1925.", TOWER, "refutes"),
        ("Giá xăng tăng 500 đồng mỗi lít từ chiều nay.", PETROL, "refutes"),
        ("The Eiffel Tower is repainted by fifty painters.", TOWER, "unclear"),
        ("Bees sleep in the cold months.", PETROL, "unclear"),
    ],
)
def test_what_is_shown(encoder: E5Encoder, claim: str, evidence: str, shown: str) -> None:
    assert asked(encoder, claim, evidence).shown == shown


def test_the_reason_names_both_numbers(encoder: E5Encoder) -> None:
    found = asked(encoder, "The Eiffel Tower was completed in 1925.", TOWER)
    assert str(found.reasons[0]) == "the source says 1889 where the claim says 1925"


def test_refutes_is_never_sure_without_something_said_differently(encoder: E5Encoder) -> None:
    table = replace(shipped_stance(), bias=np.array([-50, 50, -50], np.float32), sure=0.0)
    unlike, other = encoder.encode_words([TOWER, "Cats sleep all afternoon on warm roofs."])
    found = hint(other, unlike, table)
    assert (found.label, found.sure, found.shown) == ("refutes", False, "unclear")
    (changed,) = encoder.encode_words([TOWER.replace("1889", "1925")])
    assert hint(changed, unlike, table).shown == "refutes"


def test_it_abstains_below_its_probability(encoder: E5Encoder) -> None:
    claim, evidence = encoder.encode_words(["The Eiffel Tower was completed in 1889.", TOWER])
    found = hint(claim, evidence)
    assert found.sure
    above = replace(shipped_stance(), sure=found.probability + 0.001)
    assert not hint(claim, evidence, above).sure


def test_vietnamese_without_marks_is_unclear(encoder: E5Encoder) -> None:
    found = asked(encoder, "gia xang tang 500 dong moi lit tu chieu nay theo bo cong thuong", PETROL)
    assert found.shown == "unclear"


@pytest.mark.parametrize(("claim", "evidence"), [("", TOWER), (TOWER, ""), ("", ""), ("…", "!"), ("?", TOWER)])
def test_nothing_to_compare_is_unclear(encoder: E5Encoder, claim: str, evidence: str) -> None:
    assert asked(encoder, claim, evidence).shown == "unclear"


def test_a_long_piece_of_evidence_is_read_for_what_bears_on_the_claim(encoder: E5Encoder) -> None:
    rest = "The market opens at seven. Bread was cheap that year. Trains ran every hour. "
    found = asked(encoder, "The Eiffel Tower was completed in 1889.", rest + TOWER + " " + rest)
    assert (found.label, found.reasons[0].feature) == ("supports", "told")
    assert asked(encoder, "The Eiffel Tower was completed in 1889.", rest).label == "neither"


def test_supports_is_never_sure_where_a_number_is_not_in_the_evidence(encoder: E5Encoder) -> None:
    table = replace(shipped_stance(), bias=np.array([50, -50, -50], np.float32), sure=0.0)
    claim, evidence = encoder.encode_words(["The tower was repainted 19 times and painted brown.", TOWER])
    found = hint(claim, evidence, table)
    assert (found.label, found.shown) == ("supports", "unclear")


def test_many_pairs_come_back_in_order_and_as_one_by_one(encoder: E5Encoder) -> None:
    pairs = [(f"The tower was completed in {year}.", TOWER) for year in range(1870, 1910)]
    together = list(hints(pairs, encoder))
    assert len(together) == len(pairs)
    assert [one.label for one in together[17:21]] == [asked(encoder, *pair).label for pair in pairs[17:21]]


def test_another_encoder_is_refused() -> None:
    class Other:
        name, dimension = "other", 3

        def encode(self, texts: object) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
            return np.zeros((0, 3), np.float32)

    with pytest.raises(ResourceError, match="this desk uses other"):
        list(hints([("a", "b")], Other()))


def test_a_table_of_other_features_is_refused() -> None:
    with pytest.raises(ValueError, match="other features"):
        table_from({"features": NAMES[1:]})


def test_probabilities_sum_to_one() -> None:
    rows = np.random.default_rng(1).normal(size=(5, len(NAMES))).astype(np.float32) * 100
    np.testing.assert_allclose(shipped_stance().chances(rows).sum(axis=1), 1, atol=1e-5)


DENIED_EN, DENIED_VI = "Garlic cures cancer.", "Tỏi chữa được ung thư."


@pytest.mark.parametrize(
    ("claim", "evidence", "shown"),
    [
        (DENIED_VI, "Không có bằng chứng cho thấy tỏi chữa được ung thư.", "unclear"),
        (DENIED_EN, "There is no evidence that garlic cures cancer.", "unclear"),
        (DENIED_VI, "There is no evidence that garlic cures cancer.", "unclear"),
        (DENIED_EN, "Rumours spread that garlic cures cancer.", "unclear"),
        (DENIED_EN, "It is not true that garlic cures cancer.", "refutes"),
        (DENIED_VI, "Bộ Y tế bác bỏ thông tin tỏi chữa được ung thư.", "refutes"),
        (DENIED_EN, "Không đúng khi nói rằng tỏi chữa được ung thư.", "refutes"),
        ("It is a myth that garlic cures cancer.", DENIED_EN, "refutes"),
        ("There is no evidence that garlic cures cancer.", DENIED_EN, "unclear"),
        (
            "Không có bằng chứng cho thấy tỏi chữa được ung thư.",
            "Chưa có cơ sở để nói tỏi chữa được ung thư.",
            "supports",
        ),
        # Who denies something and what is denied are two things.
        ("The ministry denied that fuel is short.", "Fuel is short.", "unclear"),
        ("The ministry was founded in 1945.", "The ministry, founded in 1945, denied that fuel is short.", "supports"),
        # That it was not in 1925 does not say when it was.
        ("The tower was built in 1889.", "It is not true that the tower was built in 1925.", "unclear"),
    ],
)
def test_what_a_text_denies_or_doubts_it_does_not_say(
    encoder: E5Encoder, claim: str, evidence: str, shown: str
) -> None:
    assert asked(encoder, claim, evidence).shown == shown


def test_lack_of_evidence_leans_to_refutes_and_says_why() -> None:
    found = asked(E5Encoder(models_dir(), threads=2), DENIED_EN, "There is no evidence that garlic cures cancer.")
    assert (found.label, found.sure) == ("refutes", False)
    assert str(found.reasons[0]) == "the source says it is not shown: “There is no evidence that”"


@pytest.mark.parametrize("part", ["design", "measure"])
def test_no_denial_is_ever_shown_as_the_opposite(encoder: E5Encoder, part: str) -> None:
    lines = (
        (Path(__file__).parents[2] / "benchmarks/data/stance-denials.jsonl").read_text(encoding="utf-8").splitlines()
    )
    rows = [row for row in map(json.loads, lines) if row["part"] == part]
    wanted = {"SUPPORTED": "supports", "REFUTED": "refutes", "NEI": "unclear"}
    found = list(hints([(row["claim"], row["evidence"]) for row in rows], encoder))
    pairs = [(row["id"], one.shown, wanted[row["label"]]) for row, one in zip(rows, found, strict=True)]
    assert [pair for pair in pairs if pair[1] not in ("unclear", pair[2])] == []
    assert sum(shown == other for _, shown, other in pairs) >= 0.8 * len(pairs)
