"""trust.txt says what the desk wrote into its file, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factdesk.interchange.trust_file import NAMES, Trust, read_trust
from factdesk.publish.trust import trust_files, trust_txt

FULL = """
# Who we are to programs.
datatrainingallowed = "no"
social = ["https://social.example/@desk", "https://video.example/desk"]
contact = ["mailto:desk@checks.example", "https://checks.example/en/contact/", "tel:+84-28-0000-0000"]
disclosure = "https://checks.example/en/funding/"
belongto = ["https://network.example/"]
"""


def read_again(text: str) -> list[tuple[str, str]]:
    """What a reader of trust.txt takes from it: `name=value` lines, comments left out."""
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return [(name, value) for name, _, value in (line.partition("=") for line in lines)]


def test_it_stands_in_both_places_in_the_order_of_the_names() -> None:
    files = trust_files("Riverside Desk", read_trust(FULL))
    assert list(files) == ["trust.txt", ".well-known/trust.txt"]
    assert len(set(files.values())) == 1
    assert files["trust.txt"].decode() == (
        "# Riverside Desk\n"
        "belongto=https://network.example/\n"
        "social=https://social.example/@desk\n"
        "social=https://video.example/desk\n"
        "contact=mailto:desk@checks.example\n"
        "contact=https://checks.example/en/contact/\n"
        "contact=tel:+84-28-0000-0000\n"
        "disclosure=https://checks.example/en/funding/\n"
        "datatrainingallowed=no\n"
    )


@pytest.mark.parametrize("trust", [None, Trust(), read_trust("# nothing yet\nsocial = []\n")])
def test_nothing_is_invented(trust: Trust | None) -> None:
    assert trust_files("Riverside Desk", trust) == {}


addresses = st.sampled_from(["https://a.example/", "https://b.example/x?y=1&z=2", "https://c.example/=#x"])


@given(entries=st.lists(st.tuples(st.sampled_from(NAMES[:-1]), addresses), unique=True), name=st.text(max_size=30))
def test_every_value_comes_back(entries: list[tuple[str, str]], name: str) -> None:
    trust = Trust(tuple(sorted(entries, key=lambda entry: NAMES.index(entry[0]))))
    text = trust_txt(name, trust)
    assert read_again(text) == list(trust.entries)
    toml = "".join(f"{own} = {list(trust.values(own))}\n" for own in NAMES[:-1])
    assert sorted(read_trust(toml).entries) == sorted(trust.entries)


@pytest.mark.attack
@pytest.mark.parametrize("name", ["A desk\nsocial=https://evil.example/", "A\rsocial=x", "A\u2028social=x", "\x00"])
def test_a_name_cannot_add_a_line(name: str) -> None:
    [comment, entry] = trust_txt(name, read_trust('social = "https://a.example/"')).splitlines()
    assert comment.startswith("#")
    assert entry == "social=https://a.example/"
