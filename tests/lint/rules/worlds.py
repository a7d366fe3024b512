"""A small desk to hold drafts against, in each language: one claim, two sources."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from factdesk.lint.base import Appearance, CitationFact, ClaimFact, Facts

_STUDY = (
    "Report of 2023. Between 1 March and 30 June 2023 Professor Maria Kowalska and Dr James O'Neill studied 4,180"
    " adults in Leeds and on the Isle of Wight. Of these, 1,254 (30%) had headaches; they looked at screens for "
    "6.2 hours. The costs rose from £2.1 million in 2021 to £2.9 million in 2023. We found no link between masts "
    "and headaches, Kowalska said on 12 July 2023. The mast on Beacon Hill is 45 m high; the next is fifteen "
    "miles away."
)
_NGHIEN_CUU = (
    "Báo cáo năm 2023. Từ ngày 1/3 đến ngày 30/6/2023, GS.TS Nguyễn Thị Minh Khai và bác sĩ Trần Quốc Bảo theo "
    "dõi 4.180 người ở Đồng Hới và huyện Côn Đảo. Trong đó 1.254 người (30%) đau đầu; thời gian nhìn màn hình là "
    "6,2 giờ. Chi phí tăng từ 2,1 tỷ đồng năm 2021 lên 2,9 tỷ đồng năm 2023. Chúng tôi không thấy mối liên hệ "
    "giữa cột sóng và đau đầu, bà Khai nói ngày 12/7/2023. Cột trên Đồi Vọng cao 45 m; cột kế tiếp cách mười lăm "
    "cây số."
)
_TOLD = {
    "en": {
        "text": _STUDY,
        "piece": "We found no link between masts and headaches",
        "title": "Wellbeing Observatory",
        "claim": "5G masts give 9 out of 10 people headaches",
        "claimant": "Neighbours for Health",
        "seen": "Neighbours for Health, 3 September 2023: 5G masts give 9 out of 10 people headaches! Share it.",
    },
    "vi": {
        "text": _NGHIEN_CUU,
        "piece": "Chúng tôi không thấy mối liên hệ giữa cột sóng và đau đầu",
        "title": "Đài quan sát Sức khỏe",
        "claim": "Cột sóng 5G làm 9 trên 10 người đau đầu",
        "claimant": "Hội Láng Giềng Khỏe",
        "seen": "Hội Láng Giềng Khỏe, ngày 3/9/2023: Cột sóng 5G làm 9 trên 10 người đau đầu! Hãy chia sẻ.",
    },
}


def claim(language: str = "en", **changes: Any) -> ClaimFact:
    """The claim `c1`."""
    told = _TOLD[language]
    page = Appearance("https://neighbours.example/p/1", captured=True, text=told["seen"])
    made = ClaimFact("c1", told["claim"], "checkable", told["claimant"], "organisation", "neighbours.example", (page,))
    return replace(made, **changes)


def citation(language: str = "en", own: str = "a1", **changes: Any) -> CitationFact:
    """A citation of the study, which refutes the claim."""
    told = _TOLD[language]
    url, host = f"https://{own}.observatory.example/report", f"{own}.observatory.example"
    made = CitationFact(own, "refutes", (told["piece"],), told["text"], told["title"], url, host, verified=True)
    return replace(made, **changes)


def world(language: str = "en", claims: tuple[ClaimFact, ...] = (), *cited: CitationFact) -> Facts:
    """What the desk knows: the claim, and the citations, `a1` where none is given."""
    return Facts(
        claims={each.id: each for each in claims or (claim(language),)},
        citations={each.id: each for each in cited or (citation(language),)},
        captured=frozenset({"https://a1.observatory.example/report", "http://www.kept.example/page/?utm_source=x"}),
        desk="The Sample Desk" if language == "en" else "Bàn kiểm chứng Mẫu",
        sites=frozenset({"desk.example"}),
        today=date(2026, 1, 2),
    )
