"""The pages that a desk writes itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from factdesk.errors import InputError
from factdesk.queries.site_own import MOST, own_pages


def test_what_is_there_is_read(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "about.en.md").write_bytes("\ufeffWho we are.\n".encode())
    (tmp_path / "site" / "about.vi.md").write_text("  \n", encoding="utf-8")
    (tmp_path / "site" / "secret.en.md").write_text("no", encoding="utf-8")
    (tmp_path / "site" / "tip.vi.md").mkdir()
    assert own_pages(tmp_path, ("en", "vi")) == {("about", "en"): "Who we are.\n"}


@pytest.mark.parametrize("data", [b"\xff\xfe", b"x" * (MOST + 1)], ids=["no UTF-8", "too long"])
def test_what_cannot_be_read_is_said(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "funding.en.md").write_bytes(data)
    with pytest.raises(InputError):
        own_pages(tmp_path, ("en",))


def test_a_desk_without_any(tmp_path: Path) -> None:
    assert own_pages(tmp_path, ("en", "vi")) == {}
