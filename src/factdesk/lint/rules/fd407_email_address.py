"""An e-mail address that may be a private person's.

Why: A printed address is collected by machines within days and written to by strangers. Addresses that an office
gives for everybody (info@, press@, contact@) are left alone, and so are those of the desk's own site.

Bad: Its author, anna.berger@mail.example, did not answer.
Good: Its author did not answer our message.

vi: Địa chỉ thư điện tử có thể là của cá nhân.

Vì sao: Địa chỉ đã đăng thì vài ngày sau máy đã gom được và người lạ sẽ viết tới. Địa chỉ mà một cơ quan dành cho mọi
người (info@, lienhe@, toasoan@) thì không bị nhắc, địa chỉ của chính trang mình cũng vậy.

Sai: Tác giả, lan.tran@thu.example, chưa trả lời.
Đúng: Tác giả chưa trả lời tin nhắn của chúng tôi.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from factdesk.lint.base import Draft, Finding, Rule
from factdesk.lint.people import addressed, masked, private, shown

CODE = "FD407"
_TEMPLATE = "An e-mail address that may be a private person's ({what}): leave it out."

_ADDRESS = re.compile(r"(?<![\w.+@-])([\w.+-]{1,64})@((?:[\w-]{1,63}\.){1,6}[A-Za-z]{2,24})(?![\w@])")
_OFFICE = re.compile(
    r"(?:info|contact|press|media|office|hello|mail|email|support|help|service|news|newsroom|editor|editors|editorial|"
    r"redaktion|enquiries|inquiries|admin|webmaster|privacy|corrections?|feedback|factcheck|fact-check|abuse|"
    r"no-?reply|secretariat|communications?|pr|toasoan|lienhe|bandoc|banbientap|baochi|vanphong|vanthu|hotro|cskh|"
    r"tuyensinh|phongvan|thuky|gopy)(?:[._+-]\w{0,20}|\d{1,4})?",
    re.IGNORECASE,
)


def check(draft: Draft) -> Iterator[Finding]:
    """Addresses in what readers see, and those that links lead to."""
    seen: set[str] = set()
    for found in _ADDRESS.finditer(shown(draft)):
        seen.add(found[0].lower())
        if not _is_public(draft, found[1], found[2]):
            yield private(CODE, found.start(), found.end(), _TEMPLATE, masked(found[0]))
    for address, span in addressed(draft, "mailto:"):
        said = _ADDRESS.fullmatch(address)
        if said is not None and address.lower() not in seen and not _is_public(draft, said[1], said[2]):
            yield private(CODE, span.start, span.end, _TEMPLATE, masked(address))


def _is_public(draft: Draft, name: str, host: str) -> bool:
    sites = draft.facts.sites
    return _OFFICE.fullmatch(name) is not None or any(host == site or host.endswith(f".{site}") for site in sites)


RULE = Rule(CODE, "email-address", "warning", check)
