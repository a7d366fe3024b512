"""Flat rows: `{id, title?, text, language?, url?, publisher?, rating?, date?}`, where `text` is the claim.

The same names serve JSON Lines and CSV headers. Unknown names are ignored. Rows that factdesk wrote have more of them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from factdesk.domain.reviews import Claimant, Publisher, Rating, Review
from factdesk.interchange.claimreview import PREFIX, claimant_kind, publisher_name, without_own
from factdesk.interchange.draft import Draft
from factdesk.interchange.languages import language_code
from factdesk.interchange.ratings import RawRating, rating_from
from factdesk.interchange.shapes import Node, one
from factdesk.text.urls import host_of, site_of

_ALIASES = {
    alias: field
    for field, aliases in {
        "id": "id,own id,identifier,claim id,review id,mã,mã số,stt",
        "claim": "claim,claim reviewed,claim text,statement,tuyên bố,phát biểu,nhận định,tin đồn,nội dung tin đồn",
        "text": "text,nội dung,content",
        "title": "title,headline,review title,tiêu đề,tựa đề,nhan đề",
        "body": "body,review body,article body,review text,explanation,giải thích,bài viết,nội dung bài",
        "url": "url,link,review url,page url,address,địa chỉ,đường dẫn,liên kết",
        "publisher": "publisher,author,review author,fact checker,organisation,organization,nhà xuất bản,đơn vị",
        "site": "site,publisher site,trang,trang web",
        "rating": "rating,verdict,label,textual rating,alternate name,alternative name,đánh giá,kết luận,xếp loại",
        "value": "rating value,điểm",
        "best": "best rating,rating best,điểm cao nhất",
        "worst": "worst rating,rating worst,điểm thấp nhất",
        "explained": "rating explanation,giải thích đánh giá",
        "date": "date,review date,date published,published,publication date,ngày,ngày đăng,ngày xuất bản",
        "language": "language,lang,language code,in language,ngôn ngữ,tiếng",
        "claimant": "claimant,claim author,speaker,người nói,người phát biểu",
        "kind": "claimant kind",
        "same": "claimant same as",
        "said": "claim date,date of claim,ngày phát biểu",
        "appearances": "appearances,appearance,claim url,first appearance,nơi xuất hiện,nguồn tin đồn",
        "licence": "licence,license,sd license,giấy phép",
        "feed": "feed publisher,sd publisher",
    }.items()
    for alias in aliases.split(",")
}
_HUMPS = re.compile(r"(?<=[a-z])(?=[A-Z])")
_JOINERS = re.compile(r"[\s_.-]+")


@lru_cache(maxsize=1024)
def field_of(name: str) -> str:
    """The field that a key or header means (`claimReviewed`, `tuyên bố` → claim); empty for an unknown one."""
    if name.startswith(PREFIX):
        return name
    words = _JOINERS.sub(" ", _HUMPS.sub(" ", name.strip()[:60])).strip().lower()
    return _ALIASES.get(words, "")


def is_row(value: Mapping[str, Any]) -> bool:
    """Whether an object without a type has a key that can hold a claim."""
    return any(field_of(key) in ("claim", "text") for key in value)


def review_from_row(row: Mapping[str, Any], draft: Draft) -> Review | None:
    """The review in a row; None when it states no claim."""
    got: dict[str, Any] = {}
    for key, value in row.items():
        field = field_of(key)
        if field and field not in got and value not in (None, ""):
            got[field] = value
    claim = draft.line(got.get("claim", got.get("text")), "claim")
    if not claim:
        return None
    body = got.get("body", got.get("text") if "claim" in got else None)
    url = draft.url(got.get("url"), "url")
    return Review(
        claim=claim,
        own_id=draft.line(got.get("id"), "id"),
        source=draft.line(got.get(PREFIX + "source"), "source"),
        title=draft.line(got.get("title"), "title"),
        text=draft.body(body, "body"),
        url=url,
        publisher=_publisher(got, url, draft),
        rating=_rating(got, draft),
        date=draft.day(got.get("date"), "date"),
        language=language_code(got.get("language"), draft),
        claimant=_claimant(got, draft),
        claim_date=draft.day(got.get("said"), "claim_date"),
        appearances=without_own(draft.urls(got.get("appearances"), "appearances"), url, draft),
        licence=draft.line(got.get("licence"), "licence"),
        feed_publisher=draft.line(got.get("feed"), "feed_publisher"),
        sample=got.get(PREFIX + "sample") in (True, "true", "yes"),
    )


def _publisher(got: Node, url: str, draft: Draft) -> Publisher:
    given = got.get("publisher")
    parts = one(given, draft, "publisher")
    name = publisher_name(parts.get("name") if parts else given, draft)
    site = parts.get("site", got.get(PREFIX + "site", got.get("site")))
    host = site_of(draft.line(site, "site")) or host_of(url)
    return Publisher(name, host or host_of(draft.scalar(parts.get("url"), "publisher.url")))


def _rating(got: Node, draft: Draft) -> Rating:
    given = got.get("rating")
    parts = one(given, draft, "rating")
    if parts:
        return rating_from(
            RawRating(
                parts.get("text") or parts.get("alternateName") or parts.get("textualRating"),
                parts.get("value", parts.get("ratingValue")),
                parts.get("best", parts.get("bestRating")),
                parts.get("worst", parts.get("worstRating")),
                parts.get("explanation") or parts.get("ratingExplanation"),
            ),
            draft,
            flat=True,
        )
    raw = RawRating(given, got.get("value"), got.get("best"), got.get("worst"), got.get("explained"))
    return rating_from(raw, draft, flat=True)


def _claimant(got: Node, draft: Draft) -> Claimant:
    given = got.get("claimant")
    parts = one(given, draft, "claimant")
    same = parts.get("same_as") or parts.get("sameAs") if parts else got.get("same")
    return Claimant(
        name=draft.line(parts.get("name") if parts else given, "claimant"),
        kind=claimant_kind(parts.get("kind") if parts else got.get("kind")),
        same_as=draft.urls(same, "claimant.same_as"),
    )
