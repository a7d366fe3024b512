"""The file behind trust.txt: what it may hold, and what is said of all else."""

from __future__ import annotations

from pathlib import Path

import pytest

from factdesk.errors import InputError
from factdesk.interchange.trust_file import MOST_BYTES, load_trust, read_trust


def refused(text: str) -> str:
    with pytest.raises(InputError) as caught:
        read_trust(text, "trust.toml")
    return str(caught.value)


def test_one_value_or_several_each_once() -> None:
    trust = read_trust('social = "https://a.example/"\ncontrol = ["https://b.example/", "https://b.example/"]')
    assert trust.entries == (("control", "https://b.example/"), ("social", "https://a.example/"))
    assert trust.values("social") == ("https://a.example/",)
    assert trust.values("contact") == ()


@pytest.mark.parametrize(("text", "said"), [("false", "no"), ("true", "yes"), ('"no"', "no"), ('["yes"]', "yes")])
def test_whether_programs_may_learn_from_it_is_yes_or_no(text: str, said: str) -> None:
    assert read_trust(f"datatrainingallowed = {text}").entries == (("datatrainingallowed", said),)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('sozial = "https://a.example/"', "“social” is meant, perhaps."),
        ('colour = "red"', "Its names are: member, belongto"),
        ('social = "@desk"', "“@desk” under “social” is no address."),
        ('social = "mailto:a@b.example"', "is no address"),
        ('contact = "a@b.example"', "a contact may be a mailto: or tel: one"),
        ("social = 5", "“5” under “social” is no address."),
        ("[social]\nx = 1", "is no address"),
        ('datatrainingallowed = "perhaps"', "“datatrainingallowed” is yes or no."),
        ('datatrainingallowed = ["yes", "no"]', "“datatrainingallowed” has too many values."),
        ("social = [", "The file cannot be read: "),
        ("x" * (MOST_BYTES + 1), "The file cannot be read: it is too long."),
    ],
)
def test_what_has_no_place_is_refused_with_the_way_on(text: str, words: str) -> None:
    said = refused(text)
    assert said.startswith("trust.toml: ")
    assert words in said


@pytest.mark.attack
@pytest.mark.parametrize(
    "value",
    [
        "https://a.example/\\nsocial=https://evil.example/",
        "https://a.example/ x",
        "javascript:alert(1)",
        "https://",
        "https://a.example/\\u202e",
        "mailto:a@b.example\\nsocial=x",
        "tel:1\\n2",
    ],
)
def test_a_value_cannot_add_a_line(value: str) -> None:
    assert "is no address" in refused(f'contact = "{value}"')


@pytest.mark.attack
def test_lists_in_lists_are_refused() -> None:
    assert "The file cannot be read" in refused("social = " + "[" * 5000 + "]" * 5000)
    assert "has too many values" in refused(f"social = {['https://a.example/'] * 201}")


def test_a_desk_may_have_no_such_file(tmp_path: Path) -> None:
    assert load_trust(tmp_path) is None
    file = tmp_path / "site" / "trust.toml"
    file.parent.mkdir()
    file.write_text('social = "https://a.example/"', encoding="utf-8")
    trust = load_trust(tmp_path)
    assert trust is not None
    assert trust.values("social") == ("https://a.example/",)
    file.write_bytes(b"\xff")
    with pytest.raises(InputError, match=r"trust\.toml: The file cannot be read"):
        load_trust(tmp_path)
