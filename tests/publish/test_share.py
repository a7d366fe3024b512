"""Share kits: what is in them, what they say, and what they never write over."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.publish.card_samples import CORRECTED, DESK, DESK_VI, EN, EN_LONG, OPINION, SAMPLES, VI, WITHDRAWN, check

from factdesk.domain.scales import Scale
from factdesk.errors import RefusedError, ResourceError
from factdesk.publish.card_text import alt_text, card_words, place_of, plain, short_text, shown_address
from factdesk.publish.share import MANIFEST, NAMES, SHEET, files_of, put

DATA: Mapping[str, bytes] = files_of(DESK, EN, b"%PDF a sheet").data


def text_of(desk: object, own: object) -> str:
    """A kit's short text."""
    return short_text(card_words(desk, own))  # type: ignore[arg-type]


def names(folder: Path) -> set[str]:
    """What is in a folder."""
    return {each.name for each in folder.iterdir()}


def test_a_kit_has_all_its_files_and_their_digests() -> None:
    assert set(DATA) == set(NAMES)
    manifest = json.loads(DATA[MANIFEST])
    assert manifest["statement"] == EN.statement.digest
    assert manifest["files"] == {
        name: hashlib.sha256(data).hexdigest() for name, data in DATA.items() if name != MANIFEST
    }
    assert DATA["link.txt"].decode() == card_words(DESK, EN).address + "\n"


def test_the_same_publication_gives_the_same_kit() -> None:
    assert files_of(DESK, replace(EN), DATA[SHEET]).data == DATA
    assert set(files_of(DESK, EN).data) == set(NAMES) - {SHEET}


def test_the_text_has_the_answer_first_and_the_claim_once() -> None:
    assert text_of(DESK, EN) == (
        "Carrots keep eyes healthy but give no night vision.\n"
        "\n"
        "Our rating: False, step 1 of 5, from “False” to “True”.\n"
        "What was claimed: “Eating carrots lets you see in the dark”\n"
        "\n"
        "Sample desk: https://checks.example.org/en/checks/"
        "carrots-keep-eyes-healthy-but-give-no-night-vision-00cafe/\n"
    )


def test_the_text_is_in_the_language_of_the_check() -> None:
    lines = text_of(DESK_VI, VI).splitlines()
    assert lines[2] == "Xếp hạng của chúng tôi: Sai, bậc 1 trên 5, từ “Sai” đến “Đúng”."
    assert lines[3] == "Nhận định được kiểm chứng: “Ăn cà rốt giúp nhìn rõ trong bóng tối”"


def test_a_correction_and_a_withdrawal_are_said() -> None:
    assert "Corrected on 9 March 2026: We gave the weight with its peel.\n" in text_of(DESK, CORRECTED)
    gone = text_of(DESK, WITHDRAWN)
    assert gone.startswith("We have withdrawn this check.\n")
    assert "Withdrawn on 9 March 2026: The notice that we relied on was forged" in gone
    assert "Our rating" not in gone
    assert WITHDRAWN.claims[0].text not in gone


def test_what_is_not_checkable_comes_with_its_reason() -> None:
    assert "Our rating: Not checkable.\nIt is about what somebody likes, and not about a fact.\n" in text_of(
        DESK, OPINION
    )


@pytest.mark.parametrize("name", SAMPLES)
def test_the_alternative_text_has_all_of_the_card(name: str) -> None:
    words = card_words(*SAMPLES[name])
    alt = alt_text(words)
    for part in (words.answer, words.notice, words.rating, words.place_words, words.quoted, words.more, words.date):
        assert part in alt
    assert alt.count("\n") == 1
    assert alt.endswith(f"{words.address}\n")


def test_what_a_card_cuts_is_named_and_whole_in_the_texts() -> None:
    long = check(EN_LONG.statement.title * 3, EN_LONG.claims[0].text * 3)
    made = files_of(DESK, long)
    assert made.cut["card-16x9.png"] == ("claim", "answer")
    assert long.statement.title in made.data["alt.txt"].decode()
    assert long.claims[0].text in made.data["text.txt"].decode()
    assert not made.left_out
    assert files_of(DESK, check("Fire 🔥 in town", "A claim")).left_out


def test_a_scale_that_changed_since_gives_numbers() -> None:
    place = place_of(EN.statement.rating, Scale(DESK.scale.steps[:3]), "en")
    assert place is not None
    assert (place.value, place.count, place.lowest, place.highest) == (1, 5, "1", "5")


@given(st.text(st.characters(max_codepoint=0x2FF), max_size=60) | st.text(max_size=60))
def test_a_text_is_cleaned_as_its_letters_are(text: str) -> None:
    # A word with a letter that is looked at one by one behind it, which takes the longer way.
    assert plain(f"{text} \u0416") == f"{plain(text)} \u0416".lstrip(" ")


def test_an_address_is_printed_without_what_browsers_add() -> None:
    assert shown_address("https://a.example/en/") == "a.example/en"
    assert shown_address("https://a.example/en/?a=b#c") == "a.example/en"
    assert shown_address("https://a.example//") == "a.example"
    assert shown_address("http://a.example/en/") == "http://a.example/en"


@pytest.mark.attack
@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("a\x00b\x1b[31mc\r\nd\u2028e", "a b [31mc d e"),
        ("\u202eevil\u202c \u2066x\u2069 \u200fy\ufeff", "evil x y"),
        ("Z" + "\u0336" * 50 + "a", "Z" + "\u0336" * 3 + "a"),
        ("a \u200d\u200d b", "a b"),
        ("می\u200cخواهم 👩\u200d👧", "می\u200cخواهم 👩\u200d👧"),
        ("x\ud800y", "x\ufffdy"),
        ("invisible\U000e0041\U000e0042", "invisible"),
    ],
)
def test_texts_carry_nothing_that_steers(text: str, clean: str) -> None:
    assert plain(text) == clean
    made = files_of(DESK, check(f"An answer {text}", text, act="correct", desk=text)).data
    written = made["text.txt"].decode() + made["alt.txt"].decode()
    assert clean in written
    assert all(letter == "\n" or letter.isprintable() or letter in "\u200c\u200d" for letter in written)


def test_a_kit_is_written_into_a_new_folder_or_an_empty_one(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for target in (tmp_path / "new" / "kit", tmp_path / "empty"):
        assert put(DATA, target, force=False) == ""
        assert {each.name: each.read_bytes() for each in target.iterdir()} == dict(DATA)
    assert names(tmp_path) == {"new", "empty"}
    assert names(tmp_path / "new") == {"kit"}


def test_an_older_kit_is_replaced_whole(tmp_path: Path) -> None:
    target = tmp_path / "kit"
    put(files_of(DESK, WITHDRAWN).data, target, force=False)
    (target / "qr.png").unlink()
    assert put(DATA, target, force=False) == ""
    assert {each.name: each.read_bytes() for each in target.iterdir()} == dict(DATA)
    assert names(tmp_path) == {"kit"}


@pytest.mark.parametrize(
    ("name", "why"), [("notes.txt", "something else than a share kit"), ("text.txt", "that somebody changed")]
)
def test_what_somebody_wrote_is_not_written_over(tmp_path: Path, name: str, why: str) -> None:
    target = tmp_path / "kit"
    put(DATA, target, force=False)
    (target / name).write_text("mine", encoding="utf-8")
    with pytest.raises(RefusedError, match=why):
        put(DATA, target, force=False)
    assert (target / name).read_text(encoding="utf-8") == "mine"
    kept = put(DATA, target, force=True)
    assert Path(kept) == tmp_path / "kit.before-1"
    assert (Path(kept) / name).read_text(encoding="utf-8") == "mine"
    assert names(target) == set(NAMES)


def test_force_keeps_every_folder_that_stood_there(tmp_path: Path) -> None:
    for number in (1, 2):
        (tmp_path / "kit").mkdir(exist_ok=True)
        (tmp_path / "kit" / "mine").write_text(str(number), encoding="utf-8")
        assert put(DATA, tmp_path / "kit", force=True).endswith(f"kit.before-{number}")
    assert (tmp_path / "kit.before-1" / "mine").read_text(encoding="utf-8") == "1"


def test_a_folder_that_holds_the_desk_is_never_taken(tmp_path: Path) -> None:
    desk = tmp_path / "work" / "desk"
    desk.mkdir(parents=True)
    for target in (desk, tmp_path / "work", tmp_path):
        with pytest.raises(RefusedError, match="cannot take the place"):
            put(DATA, target, force=True, forbidden=(desk,))
    assert desk.is_dir()


@pytest.mark.attack
def test_a_link_or_a_file_in_the_kits_place_is_refused(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    for name in ("link", "file"):
        with pytest.raises(RefusedError, match="no folder"):
            put(DATA, tmp_path / name, force=False)
    assert not names(tmp_path / "elsewhere")


@pytest.mark.attack
@pytest.mark.parametrize(
    "manifest",
    [
        "[]",
        "{}",
        "{",
        '{"format": "factdesk-share-kit", "files": []}',
        '{"format": "factdesk-share-kit", "files": {"../mine": "00", "mine": "00"}}',
        "[" * 100_000,
    ],
)
def test_a_manifest_that_lies_opens_nothing(tmp_path: Path, manifest: str) -> None:
    target = tmp_path / "kit"
    target.mkdir()
    (target / "mine").write_text("mine", encoding="utf-8")
    (target / MANIFEST).write_text(manifest, encoding="utf-8")
    with pytest.raises(RefusedError, match="something else"):
        put(DATA, target, force=False)
    assert names(target) == {"mine", MANIFEST}


@pytest.mark.attack
def test_a_file_of_the_kit_that_is_a_link_is_no_part_of_it(tmp_path: Path) -> None:
    target = tmp_path / "kit"
    put(DATA, target, force=False)
    outside = tmp_path / "outside.txt"
    outside.write_bytes(DATA["text.txt"])
    (target / "text.txt").unlink()
    (target / "text.txt").symlink_to(outside)
    with pytest.raises(RefusedError, match="somebody changed"):
        put(DATA, target, force=False)
    assert outside.read_bytes() == DATA["text.txt"]


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    with pytest.raises(ResourceError, match="cannot be read or written"):
        put(DATA, tmp_path / "file" / "kit", force=False)


def test_a_title_in_another_script_has_a_kit_without_cards() -> None:
    made = files_of(DESK, check("标题 2026", "claim")).data
    assert set(made) == {name for name in NAMES if not name.startswith("card-")} - {SHEET}
    assert made["text.txt"].decode().startswith("标题 2026.\n")
