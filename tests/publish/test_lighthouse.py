"""Pages on a phone by Lighthouse's judgement. How fast they are differs from run to run: that is measured by
`benchmarks/site_lighthouse.py`."""

from __future__ import annotations

from pathlib import Path

from tests.publish.browsing import served
from tests.publish.lighthouse import STEADY, scored
from tests.publish.site_copies import listed

BAD = '<!DOCTYPE html><meta name="robots" content="noindex"><img src="a.png"><p style="color: #ccc">Grey</p>'


def test_home_and_a_check_lose_nothing(verified_site: Path, tmp_path: Path) -> None:
    """In both languages; and a bad page loses in each category, so that losing nothing means something."""
    checks = {each["language"]: each["page"] for each in listed(verified_site)}
    (tmp_path / "index.html").write_text(BAD)
    with served(verified_site) as url, served(tmp_path) as other:
        pages = [f"{url}{path}" for path in ("/en/", "/vi/", checks["en"], checks["vi"])]
        *ours, bad = scored([*pages, f"{other}/"])
    assert [(each.url, each.lost) for each in ours] == [(page, ()) for page in pages]
    assert all(each.scores == dict.fromkeys(STEADY, 100) for each in ours)
    assert all(bad.scores[each] < 100 for each in STEADY)
