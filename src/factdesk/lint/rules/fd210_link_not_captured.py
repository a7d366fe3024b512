"""A link to a page that the desk has not captured.

Why: Pages change and vanish. What a check sends its readers to should be there tomorrow, as the author saw it.

Bad: See [their leaflet](https://example.org/leaflet.pdf).  # never captured
Good: See [their leaflet](https://example.org/leaflet.pdf).  # after `factdesk capture https://example.org/leaflet.pdf`

vi: Liên kết tới trang mà bàn kiểm chứng chưa lưu.

Vì sao: Trang mạng thay đổi và biến mất. Nơi bài kiểm chứng dẫn người đọc tới phải còn đó ngày mai, đúng như tác giả đã
thấy.

Sai: Xem [tờ rơi của họ](https://example.org/to-roi.pdf).  # chưa từng lưu
Đúng: Xem [tờ rơi của họ](https://example.org/to-roi.pdf).  # sau khi `factdesk capture https://example.org/to-roi.pdf`
"""

from __future__ import annotations

from collections.abc import Iterator

from factdesk.domain.matches import Reason
from factdesk.lint.base import Draft, Finding, Rule
from factdesk.lint.sources import address, has_desk
from factdesk.text.urls import host_of, site_of


def check(draft: Draft) -> Iterator[Finding]:
    """A finding for each link or picture on the web that no capture is of and that is not on the desk's own sites."""
    if not has_desk(draft):
        return
    captured = {address(url) for url in draft.facts.captured}
    own = {site_of(site) for site in draft.facts.sites}
    for link in draft.links:
        page = address(link.url) if link.url.lower().startswith(("http:", "https:", "//")) else ""
        if page and page not in captured and not _is_own(host_of(link.url), own):
            template = "The desk has no capture of {url}."
            yield Finding("FD210", link.span, Reason("link", template, {"url": link.url}))


def _is_own(host: str, own: set[str]) -> bool:
    return any(host == site or host.endswith(f".{site}") for site in own if site)


RULE = Rule("FD210", "link-not-captured", "warning", check)
