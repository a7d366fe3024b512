"""The sample's own pages of a site: each of them, in each language, and saying that they are a sample."""

from __future__ import annotations

from pathlib import Path

from factdesk.queries.site_own import NAMES, own_pages
from factdesk.sample.__main__ import main
from factdesk.wording import LANGUAGES


def test_every_page_in_every_language(tmp_path: Path) -> None:
    main(["--site", str(tmp_path)])
    found = own_pages(tmp_path, LANGUAGES)
    assert set(found) == {(name, language) for name in NAMES for language in LANGUAGES}
    assert "sample" in found["about", "en"]
    assert "mẫu" in found["about", "vi"]


def test_a_page_of_the_desk_is_not_lost(tmp_path: Path) -> None:
    """What else lies in the folder stays."""
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "trust.toml").write_text("contact = 'https://desk.example'")
    main(["--site", str(tmp_path)])
    assert (tmp_path / "site" / "trust.toml").is_file()
