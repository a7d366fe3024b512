"""Checks as the site has them, made by hand: short and long, in both languages, corrected, withdrawn, not checkable.

Samples: they say nothing of anybody real.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from factdesk.domain.scales import DEFAULT, NOT_CHECKABLE
from factdesk.domain.statements import Act, StatedClaim, StatedRating, Statement
from factdesk.publish.model import SiteCheck, SiteClaim, SiteCorrection, SiteDesk, SiteSigner

MADE, LATER = datetime(2026, 3, 2, 8, 0, tzinfo=UTC), datetime(2026, 3, 9, 8, 0, tzinfo=UTC)
ID = "0198c0de-0000-7000-8000-00000000cafe"

DESK = SiteDesk("Sample desk", "https://checks.example.org", ("en", "vi"), DEFAULT, (1, "0" * 64))
DESK_VI = replace(DESK, name="Bàn kiểm chứng mẫu")


def rated(key: str, language: str = "en") -> StatedRating:
    """A rating of the default scale."""
    step = DEFAULT.step(key)
    if step is None:
        return StatedRating(NOT_CHECKABLE, 0, 1, 5, "", "", "It is about what somebody likes, and not about a fact.")
    return StatedRating(key, step.value, 1, 5, step.names[language], step.definitions[language])


def check(
    title: str,
    claim: str,
    *more: str,
    rating: str = "false",
    language: str = "en",
    act: Act = "publish",
    why: str = "",
    corrections: tuple[SiteCorrection, ...] = (),
    desk: str = "Sample desk",
    slug: str = "a-sample-check-00cafe",
) -> SiteCheck:
    """A published check."""
    stated: Any = {"kind": "checkable", "language": language, "date": "", "claimant": "", "claimant_kind": ""}
    texts = (claim, *more)
    statement = Statement(
        act=act,
        check=ID,
        revision=ID,
        desk=desk,
        url="",
        source="",
        title=title,
        language=language,
        summary="",
        authors=("An Nguyễn",),
        topics=(),
        rating=rated(rating, language),
        claims=tuple(StatedClaim(id=ID, text=each, claimant_same_as=(), appearances=(), **stated) for each in texts),
        citations=(),
        captures=(),
        why=why,
    )
    return SiteCheck(
        id=ID,
        slug=slug,
        language=language,
        path=f"/{language}/checks/{slug}/",
        number=1,
        publication=ID,
        seq=1,
        statement=statement,
        published=MADE,
        changed=LATER if act != "publish" else MADE,
        signer=SiteSigner("Bình Trần", ""),
        claims=tuple(SiteClaim(ID, each, "checkable", language, "", "", (), ()) for each in texts),
        quotations=(),
        revisions=(),
        corrections=corrections,
    )


EN = check(
    "Carrots keep eyes healthy but give no night vision",
    "Eating carrots lets you see in the dark",
    slug="carrots-keep-eyes-healthy-but-give-no-night-vision-00cafe",
)
EN_LONG = check(
    "The sample town's water works measured lead in every district each month of the year, and all 4,380 results "
    "were below the limit of 10 micrograms per litre, also in the three streets with old pipes",
    "They hide it from us: in the sample town there is so much lead in the tap water that nobody who lives in the "
    "three streets with old pipes should drink it, cook with it or wash a child in it, and the water works has known "
    "that for years without telling anybody who asked",
    "The water works stopped measuring",
    rating="mostly-false",
    slug="the-sample-towns-water-works-measured-lead-in-every-district-00cafe",
)
VI = check(
    "Cà rốt giữ mắt khỏe nhưng không giúp nhìn trong bóng tối",
    "Ăn cà rốt giúp nhìn rõ trong bóng tối",
    language="vi",
    desk="Bàn kiểm chứng mẫu",
    slug="ca-rot-giu-mat-khoe-nhung-khong-giup-nhin-trong-bong-toi-00cafe",
)
VI_LONG = check(
    "Nhà máy nước của thị trấn mẫu đo hàm lượng chì ở mọi khu phố vào từng tháng trong năm, và toàn bộ 4.380 kết quả "
    "đều thấp hơn giới hạn 10 microgam mỗi lít, kể cả ở ba con phố còn đường ống cũ",
    "Họ giấu chúng ta: nước máy ở thị trấn mẫu nhiễm chì nặng đến mức không ai sống ở ba con phố có đường ống cũ được "
    "uống, nấu ăn hay tắm cho trẻ, và nhà máy nước đã biết từ nhiều năm nay mà không nói với bất cứ ai hỏi đến",
    language="vi",
    rating="misleading",
    desk="Bàn kiểm chứng mẫu",
    slug="nha-may-nuoc-cua-thi-tran-mau-do-ham-luong-chi-o-moi-khu-00cafe",
)
TRUE = check("Water boils below 100 °C on a high mountain", "Water boils at less than 100 °C up there", rating="true")
CORRECTED = check(
    "A ripe banana has about as much sugar as an unripe one has starch",
    "Ripe bananas have four times the sugar",
    rating="mostly-true",
    act="correct",
    corrections=(SiteCorrection("We gave the weight with its peel.", "substantial", LATER),),
)
WITHDRAWN = check(
    "The sample bridge was closed for repairs and not for good",
    "The sample bridge is closed for good",
    act="withdraw",
    why="The notice that we relied on was forged, and we have no other source.",
)
WITHDRAWN_VI = check(
    "Cây cầu mẫu đóng để sửa chữa chứ không đóng hẳn",
    "Cây cầu mẫu đóng hẳn",
    act="withdraw",
    language="vi",
    why="Thông báo mà chúng tôi dựa vào là giả, và chúng tôi không có nguồn nào khác.",
    desk="Bàn kiểm chứng mẫu",
)
OPINION = check("Whether raw carrots taste best cannot be checked", "Carrots taste best raw", rating=NOT_CHECKABLE)

SAMPLES: dict[str, tuple[SiteDesk, SiteCheck]] = {
    "en": (DESK, EN),
    "en-long": (DESK, EN_LONG),
    "vi": (DESK_VI, VI),
    "vi-long": (DESK_VI, VI_LONG),
    "true": (DESK, TRUE),
    "corrected": (DESK, CORRECTED),
    "withdrawn": (DESK, WITHDRAWN),
    "withdrawn-vi": (DESK_VI, WITHDRAWN_VI),
    "opinion": (DESK, OPINION),
}
