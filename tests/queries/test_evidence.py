"""Evidence on a real desk with the real encoder: texts are taken in by the command's own action."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from factdesk.actions.desks import create_desk
from factdesk.actions.texts import capture_texts
from factdesk.config import DeskConfig, load_desk
from factdesk.domain.evidence import EvidenceAnswer, EvidenceFilter
from factdesk.encode.base import Vectors
from factdesk.encode.e5 import E5Encoder
from factdesk.errors import InputError
from factdesk.queries.desk import REBUILT, Desk
from factdesk.queries.doctor import examine
from factdesk.queries.evidence import EvidenceFinder, bulk_evidence, find_evidence
from factdesk.queries.indexing import rebuild_passages
from factdesk.search.manifest import EVIDENCE

TOWER = (
    "The lighthouse of Zed stands on the northern cape. It was painted purple in 1905, by order of the harbour master. "
    "Its lamp can be seen from 40 kilometres away on a clear night, and ships have steered by it ever since."
)
ROWS = [
    {
        "id": "tower",
        "title": "Lighthouses of the north",
        "text": TOWER,
        "date": "2010-05-06",
        "url": "https://a.example/t",
    },
    {"id": "tower-copy", "title": "A copy", "text": TOWER, "date": "2012-01-01"},
    {"id": "tower-near", "title": "Nearly", "text": f"{TOWER} Visit it.", "date": "2013-01-01"},
    {"id": "tea", "title": "On tea", "text": "Green tea has less caffeine than coffee. It is drunk hot."},
    {
        "id": "tra",
        "title": "Trà xanh",
        "text": "Trà xanh chứa ít caffein hơn cà phê. Nhiều người uống trà vào buổi sáng để tỉnh táo.",
        "date": "2021-02-03",
    },
    {
        "id": "bamboo",
        "title": "Cây tre",
        "text": "Tre là loài cây mọc nhanh nhất thế giới. Có loài cao thêm 90 cm mỗi ngày.",
        "date": "2022-02-03",
    },
    {
        "id": "snail",
        "title": "Snails",
        "text": "Snails can sleep for months when it is dry. They wake up when it rains.",
    },
    {
        "id": "bread",
        "title": "Bread",
        "text": "Bread is baked from flour, water and salt. Sourdough rises without yeast.",
    },
]


def fill(desk: Desk, folder: Path, rows: list[dict[str, str]], *, primary: bool = False, name: str = "texts") -> None:
    path = folder / f"{name}.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    capture_texts(desk, str(path), actor="an", primary=primary)


@pytest.fixture(scope="module")
def library_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("library")
    with Desk.open(create_desk(folder / "desk")) as desk:
        fill(desk, folder, ROWS)
        find_evidence(desk, "tea")
    return folder


@pytest.fixture(scope="module")
def desk(library_folder: Path) -> Iterator[Desk]:
    with Desk.open(load_desk(str(library_folder / "desk"), {}), writable=False) as opened:
        yield opened


@pytest.fixture
def fresh(library_folder: Path, tmp_path: Path) -> DeskConfig:
    return load_desk(str(shutil.copytree(library_folder / "desk", tmp_path / "desk")), {})


def own_ids(answer: EvidenceAnswer) -> list[str]:
    return [source.own_id for source in answer.sources]


def test_the_passage_that_bears_comes_first_with_the_sentence_that_matters(desk: Desk) -> None:
    answer = find_evidence(desk, "Someone painted the lighthouse of Zed purple in 1905")
    first = answer.sources[0]
    hit = first.passages[0]
    assert first.own_id in ("tower", "tower-copy", "tower-near")
    assert hit.text[hit.marked.start : hit.marked.end].startswith("It was painted purple in 1905")
    assert TOWER[hit.span.start : hit.span.end] == hit.text
    assert [str(reason) for reason in hit.reasons][:2] == ["same numbers: 1905", "names agree: Zed"]
    assert (first.supplied, first.origin, first.ocr, first.primary) == (True, "text", False, False)
    assert hit.hint is not None


def test_copies_are_said_and_not_shown_again(desk: Desk) -> None:
    answer = find_evidence(desk, "The lighthouse of Zed was painted purple")
    assert sum(own.startswith("tower") for own in own_ids(answer)) == 1
    assert len(answer.sources[0].copies) == 2


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("Trà xanh có ít caffein hơn cà phê", "tra"),
        ("tra xanh co it caffein hon ca phe", "tra"),
        ("Bamboo grows faster than any other plant", "bamboo"),
        ("Bánh mì được nướng từ bột, nước và muối", "bread"),
    ],
)
def test_every_language_finds_every_language(desk: Desk, asked: str, expected: str) -> None:
    assert own_ids(find_evidence(desk, asked, top=1)) == [expected]


def test_another_language_is_a_reason_and_the_sentence_is_told_by_meaning(desk: Desk) -> None:
    hit = find_evidence(desk, "Some kinds of bamboo get taller by 90 centimetres a day", top=1).sources[0].passages[0]
    assert "in another language" in map(str, hit.reasons)
    assert "90 cm" in hit.text[hit.marked.start : hit.marked.end]


def test_language_and_day_shut_out(desk: Desk) -> None:
    vietnamese = EvidenceFilter(languages=frozenset({"vi"}))
    assert set(own_ids(find_evidence(desk, "green tea", where=vietnamese))) == {"tra", "bamboo"}
    assert set(own_ids(find_evidence(desk, "green tea", where=EvidenceFilter(since="2021-06-01")))) == {"bamboo"}


def test_a_link_brings_its_source_first_and_says_so(desk: Desk) -> None:
    answer = find_evidence(desk, "Green tea has less caffeine http://www.a.example/t")
    assert own_ids(answer)[0] == "tower"
    assert str(answer.sources[0].passages[0].reasons[0]) == "the claim links to this source"


def test_primary_sources_are_preferred_only_when_asked(fresh: DeskConfig, tmp_path: Path) -> None:
    text = "Green tea has far less caffeine than strong coffee. It is drunk hot."
    with Desk.open(fresh) as desk:
        fill(desk, tmp_path, [{"id": "measured", "title": "On tea", "text": text}], primary=True, name="own")
        claim = "Green tea has less caffeine than coffee."
        preferred = find_evidence(desk, claim, where=EvidenceFilter(primary=True))
        plain = find_evidence(desk, claim)
    assert own_ids(preferred)[0] == "measured"
    assert "a primary source" in map(str, preferred.sources[0].passages[0].reasons)
    scores = [{source.own_id: source.score for source in answer.sources} for answer in (plain, preferred)]
    assert scores[0]["measured"] < scores[1]["measured"]
    assert scores[0]["tea"] == scores[1]["tea"]


def test_many_are_answered_in_order_one_entry_a_source(desk: Desk) -> None:
    rows = [("1", "snails sleep"), ("2", ""), ("3", "sourdough bread")]
    found = list(bulk_evidence(desk, rows, top=3))
    assert [row.id for row in found] == ["1", "2", "3"]
    assert [row.sources[0].own_id for row in found if row.sources] == ["snail", "bread"]
    assert not found[1].sources
    for row in found:
        assert len({source.capture for source in row.sources}) == len(row.sources) <= 3
        assert [source.score for source in row.sources] == sorted((s.score for s in row.sources), reverse=True)


def test_an_empty_claim_is_an_error(desk: Desk) -> None:
    with pytest.raises(InputError):
        find_evidence(desk, "  ")


def test_an_empty_library_holds_nothing(tmp_path: Path) -> None:
    with Desk.open(create_desk(tmp_path / "desk")) as desk:
        assert find_evidence(desk, "anything at all").sources == ()


def test_what_was_just_captured_is_found(fresh: DeskConfig, tmp_path: Path) -> None:
    with Desk.open(fresh) as desk:
        finder = EvidenceFinder(desk)
        assert "whale" not in own_ids(finder.answer("A whale sang in Linz"))
        fill(desk, tmp_path, [{"id": "whale", "text": "In Linz a whale was heard that sang."}], name="more")
        assert own_ids(finder.answer("A whale sang in Linz"))[0] == "whale"


def test_an_index_built_anew_answers_as_the_one_that_followed(fresh: DeskConfig, tmp_path: Path) -> None:
    with Desk.open(fresh) as desk:
        fill(desk, tmp_path, [{"id": "whale", "text": "In Linz a whale was heard that sang."}], name="more")
        before = find_evidence(desk, "A whale sang in Linz")
    shutil.rmtree(fresh.index_dir / EVIDENCE)
    with Desk.open(fresh) as desk:
        assert find_evidence(desk, "A whale sang in Linz") == before


def test_a_damaged_index_is_built_anew_from_what_is_encoded(fresh: DeskConfig, monkeypatch: pytest.MonkeyPatch) -> None:
    for path in (fresh.index_dir / EVIDENCE).glob("table-*.bin"):
        path.write_bytes(b"broken")
    heard: list[str] = []
    with Desk.open(fresh, tell=heard.append) as desk:
        asked: list[str] = []
        encode_pieces = E5Encoder.encode_pieces

        def noted(encoder: E5Encoder, texts: Sequence[Sequence[str]]) -> list[Vectors]:
            asked.extend(piece for text in texts for piece in text)
            return encode_pieces(encoder, texts)

        monkeypatch.setattr(E5Encoder, "encode_pieces", noted)
        assert own_ids(find_evidence(desk, "Snails sleep when it is dry", top=1)) == ["snail"]
    assert heard == [REBUILT]
    assert not asked


def test_only_what_is_near_enough_bears(desk: Desk) -> None:
    answer = find_evidence(desk, "Trà xanh có ít caffein hơn cà phê")
    assert {source.own_id for source in answer.sources if source.bears} == {"tra", "tea"}
    assert [bool(source.passages[0].hint) for source in answer.sources] == [source.bears for source in answer.sources]
    assert not any(source.bears for source in find_evidence(desk, "The next train leaves at noon").sources)


def test_the_doctor_knows_the_index_and_it_can_be_built_anew(fresh: DeskConfig) -> None:
    def looked() -> list[str]:
        return [each.severity for each in examine(fresh) if each.code == "evidence-index"]

    assert looked() == ["ok"]
    shutil.rmtree(fresh.index_dir / EVIDENCE)
    assert looked() == ["warning"]
    with Desk.open(fresh) as desk:
        assert rebuild_passages(desk) == len(ROWS)
    assert looked() == ["ok"]
