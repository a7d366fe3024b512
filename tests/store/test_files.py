"""A desk's own small files."""

from __future__ import annotations

import tomllib
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from factdesk.store.files import toml, write_durably


@given(
    st.dictionaries(st.from_regex(r"[a-z_]{1,10}", fullmatch=True), st.text(st.characters(exclude_categories=["Cs"])))
)
def test_settings_read_back_as_they_were(settings: dict[str, str]) -> None:
    assert tomllib.loads(toml(settings)) == settings


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "desk.toml"
    write_durably(path, "one")
    write_durably(path, "hai\n")
    assert path.read_bytes() == b"hai\n"
    assert [each.name for each in tmp_path.iterdir()] == ["desk.toml"]
