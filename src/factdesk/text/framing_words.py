"""The words that deny, doubt or only report what stands beside them, in English and in Vietnamese: our own lists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Literal, get_args

Kind = Literal["denies", "doubts", "reports", "states"]
"""It is not so; nothing shows it, or enough; people say it. `states`: it is so after all (`no doubt that`)."""
Where = Literal["before", "within", "opens", "closes", "ends", "points"]
"""Where the words stand: before the statement, within it; opening it and closing it (each counts with the other only);
ending it, with or without an opening; or as a clause of their own that points back to the one before."""

_PARTS = r"""
adverb = (?:currently|still|yet|simply|just|only|really|now|widely|long|since|also|
    completely|entirely|at all|so far)
said = (?:claim|rumou?r|report|allegation|assertion|idea|notion|theory|belief|
    suggestion|story|statement|accusation)
viral = (?:viral|online|widespread|unconfirmed|popular|recent|repeated|false)
myth = (?:myth|hoax|lie|misconception|fabrication|fallacy|falsehood|conspiracy theory|
    urban legend|fake news)
false = (?:false|untrue|not true|incorrect|not correct|wrong|inaccurate|fake|bogus|
    nonsense|not the case)
shown = (?:shown|proven|proved|demonstrated|established|confirmed|verified|
    substantiated)
not = (?:not|never|n't)
be = (?:is|was|are|were|'s|has been|have been)
shows = (?:show|prove|demonstrate|establish|confirm|find|find evidence|find proof|
    provide evidence|provide proof|support (?:the|any) <said>s?|back up (?:the|
    any) <said>s?)
tin = (?:thông tin|tin|tin tức|ý kiến|quan điểm|nhận định|tuyên bố|phát ngôn|cáo buộc|
    quan niệm|giả thuyết|việc|chuyện)
rumour = (?:tin đồn|đồn đoán|lời đồn|đồn thổi|tin vịt|tin đồn thổi|tin đồn thất thiệt)
rang = (?: (?:cho rằng|nói rằng|rằng|cho là|về việc|việc|nói|là|về))
ly = (?:khoa học|y học|lâm sàng|thuyết phục|rõ ràng|cụ thể|đáng tin cậy|xác thực|
    vững chắc|chính thức|đủ mạnh|nào)
proof = (?:bằng chứng|chứng cứ|cơ sở|căn cứ|nghiên cứu|dữ liệu|dấu hiệu|minh chứng)
sai = (?:(?:hoàn toàn |tin |thông tin |điều |một |chỉ ){0,6}(?:sai sự thật|sai lệch|sai lầm|
    sai|không đúng sự thật|không đúng|không chính xác|không có thật|bịa đặt|giả mạo|
    tin giả|giả|lầm tưởng|quan niệm sai lầm|xuyên tạc|thất thiệt))
chua = (?:(?:vẫn |hoàn toàn |hiện |đến nay |là ){0,6}(?:(?:chưa|không)(?: hề)? được (?:khoa học |
    y học |ai )?(?:chứng minh|kiểm chứng|xác nhận|xác thực)|(?:không|chưa) có (?:cơ sở|
    căn cứ|bằng chứng)(?: khoa học)?|vô căn cứ|thiếu cơ sở|thiếu căn cứ))
en_doubt = (?:(?:<be> |<adverb> ){0,6}(?:unproven|unsupported|unfounded|baseless|groundless|
    unsubstantiated|unverified|without (?:evidence|foundation|basis)|not (?:been )?
    (?:<adverb> )?<shown>))
end = (?=\s*(?:[.!?…,;:)\"”]|$))
"""
"""What patterns name as `<part>`: `name = pattern`; deeper lines go on, without a space. A space stands for
any, ` ?` for none too, and ' for ’."""

_PATTERNS = r"""
# A clause of its own that points back.
denies points = ^(?:this|that|it|(?:the|this|that) <said>) <be> (?:<adverb> )?(?:an? )?
    (?:<false>|<myth>|debunked)<end>
doubts points = ^(?:this|that|it|(?:the|this|that) <said>) (?=\S)<en_doubt><end>
denies points = ^(?:<tin>|<rumour>|điều|đây|<tin> <tin>)(?: (?:này|trên|đó|nói trên)){0,6} (?:là )?<sai><end>
doubts points = ^(?:<tin>|<rumour>|điều)(?: (?:này|trên|đó|nói trên))+ <chua><end>
# It is so after all.
states before = (?:there is |there's )?no doubt that|it is (?:not|no) (?:an? )?<myth> that
states before = it is not (?:false|wrong|untrue|incorrect) that|it is (?:undeniable|
    beyond doubt) that
states before = (?:cannot|can't|could not) (?:be denied|deny) that|(?:no one|nobody) (?:can|
    could) (?:deny|dispute) that
states before = không (?:ai )?(?:có )?thể (?:phủ nhận|bác bỏ|chối cãi)(?: <tin>)?<rang>?
states before = không (?:còn )?nghi ngờ (?:gì )?(?:nữa )?(?:rằng|là)|không phải (?:là )?<rumour><rang>?
states ends = không phải (?:là )?(?:tin giả|<rumour>|bịa đặt)<end>
states closes = <be> (?:not|no) (?:an? )?<myth><end>
denies ends = (?:chỉ |đều )?là (?:những |một )?<rumour> (?:sai|sai sự thật|thất thiệt|
    bịa đặt|ác ý|không đúng)<end>
doubts ends = (?:chỉ |đều )?là (?:những |một )?<rumour> (?:vô căn cứ|không có cơ sở|
    chưa được kiểm chứng)<end>
reports ends = (?:chỉ |đều )?là (?:những |một )?<rumour><end>
doubts ends = <chua><end>
denies ends = : (?:đây là |thông tin )?(?:tin giả|sai sự thật|bịa đặt|không đúng sự thật)<end>
denies before = ^(?:tin giả|sai sự thật|sai|không đúng|myth|false|fake|hoax|debunked|fake news|fact[- ]check) ?:
# Somebody leaves it open.
reports before = (?:did|does|do|has|have) <not> (?:deny|denied|reject|dismiss|rule out)
    (?: (?:the )?<said>s?)? that
reports before = (?:didn|doesn|don)'t (?:deny|reject|dismiss|rule out)(?: (?:the )?<said>s?)? that
reports before = (?:không|chưa) (?:hề )?(?:phủ nhận|bác bỏ|loại trừ)(?: <tin>)?<rang>?
# Nothing shows it.
doubts before = there(?: is|'s| was) (?:still |currently )?no (?:[\w-]+ ){0,2}(?:evidence|proof)
    (?= [^\W\d_])(?! (?:to|that|of|for|which|has|have)\b)
doubts before = (?:there )?(?:is|was|are|were)n't (?:yet )?(?:any|enough|much|sufficient) (?:[\w-]+ ){0,2}
    (?:evidence|proof)(?: (?:that|of|for|to (?:show|suggest|prove|say)(?: that)?))?
doubts before = no (?:[\w-]+ ){0,2}(?:evidence|proof) (?:has|have) (?:ever )?been (?:\w+ )?(?:found|produced|provided|
    presented|offered|given) (?:that|of|for|to (?:show|suggest|prove)(?: that)?)
doubts before = (?:nobody|no one|no study|no research|no scientist|no expert|none of the studies) (?:has |have )?
    (?:ever |yet )?<shown> that
doubts before = (?:i |they |experts |scientists )?(?:doubts?|doubted|questions?|questioned) (?:that|whether)
doubts before = (?:there (?:<be>|has been) |there's )?(?:<adverb> ){0,6}(?:no|little|
    not any|n't any|insufficient|not enough|scant|hardly any|without)(?: [\w-]+){0,3}? (?:evidence|
    proof|indication|data|study|studies|research|sign|basis)(?: has| have)?(?: (?:to|
    that|which|for|has|have|ever|can)){0,6}(?: (?:suggests?|suggesting|shows?|showing|shown|
    support|supports|supporting|proves?|proving|proven|indicates?|indicating|say|back))?
    (?: (?:the|any) <said>s?)? (?:that|of|for)
doubts before = (?:there (?:is|was) |there's )?(?:no|insufficient|not enough) (?:[\w-]+ ){0,2}
    (?:evidence|proof|study|studies|research) (?:to )?(?:has |have )?(?:suggests?|
    shows?|shown|proves?|proven|indicates?)(?: that)?
doubts before = it (?:has|is|was|had) <not>(?: <adverb>)?(?: been)?(?: \w+ly)? <shown> (?:that|
    whether|if)
doubts before = it (?:hasn|isn|wasn)'t(?: <adverb>)?(?: been)?(?: \w+ly)? <shown> (?:that|
    whether|if)
doubts before = it (?:is|remains)(?: <adverb>)? (?:unproven|unclear|unknown|unconfirmed|
    uncertain|doubtful) (?:that|whether|if)
doubts before = (?:do|does|did|has|have|could|can) ?<not>(?: <adverb>)? (?:<shows>|
    <shown>) that
doubts before = (?:cannot|failed to|fail to|fails to) <shows> that
doubts before = (?:unproven|unfounded|baseless|groundless|unsubstantiated|unverified|
    unsupported) <said>s? that
doubts within = (?:has|have|had|is|are|was|were) ?<not>(?: <adverb>)?(?: been)?
    (?: \w+ly)? (?:shown|proven|proved|demonstrated|known|found) to
doubts within = (?:hasn|haven|isn|aren|wasn|weren)'t(?: <adverb>)?(?: been)?
    (?: \w+ly)? (?:shown|proven|proved|known) to
doubts before = (?:(?:hiện|vẫn|đến nay|hoàn toàn|hiện nay|hiện tại) ){0,6}(?:không|chưa|
    chẳng|(?:thiếu|ít)(?= (?:bằng chứng|chứng cứ)))(?: hề)?(?: (?:có|thấy|tìm thấy|
    tìm được|tìm ra|đưa ra|phát hiện|đủ|bất kỳ|bất cứ|một|nhiều|công bố)){0,6} <proof>
    (?: <ly>){0,6}(?: (?:để|cho thấy|chứng minh|chứng tỏ|khẳng định|kết luận|xác nhận|
    ủng hộ|chỉ ra|nói|cho|về)){0,6}(?: <tin>)?<rang>?
doubts within = (?:chưa|không)(?: hề)? được (?:khoa học |y học )?(?:chứng minh|xác nhận|
    kiểm chứng|công nhận) (?:rằng|là)(?: có thể)?
doubts before = (?:chưa|không)(?: hề)?(?: (?:ai|thể|có thể|có ai|có))? (?:chứng minh|
    khẳng định|xác nhận|chỉ ra|kết luận)(?:(?: được)?(?: <tin>)?<rang>| được)
doubts before = chưa (?:rõ|biết) (?:liệu|có phải|việc)
# It is not so.
denies before = (?:it <be>|it's)(?: <adverb>){0,6} (?:an? )?(?:\w+ )?(?:<false>|<myth>) (?:that|
    to say that)
denies before = it (?:isn|wasn)'t (?:true|correct|the case) that
denies before = (?:there (?:is|was) )?no truth (?:to|in|behind) (?:the )?<said>s? that
denies before = (?:has |have )?(?:denied|denies|deny|denying|debunked|debunks?|
    debunking|refuted|refutes?|rejected|rejects?|dismissed|dismisses|disproved|
    disproves?|disproven|quashed)(?: (?:the|a|an|as \w+|these|those|online|viral|
    widespread|false|\w+ing)){0,6}(?: (?:<said>|<myth>)s?)?(?: (?:circulating|
    spreading) online)? that
denies before = (?:the |a |an )?(?:false|debunked|bogus|fake|untrue|erroneous|
    discredited|disproven|incorrect) (?:\w+ )?<said>s? that
denies before = (?:falsely|wrongly|incorrectly) (?:claim|claims|claimed|claiming|said|
    says|states|stated|alleged|suggests?) that
denies before = (?:the |a |an )?(?:\w+ )?<myth> that
denies before = contrary to (?:the )?(?:\w+ )?<said>s? that
denies before = (?:hoàn toàn |là )?(?:không đúng|không phải|sai|sai lầm|không chính xác)
    (?: sự thật)? (?:khi|nếu) (?:nói|cho|khẳng định|tin)(?: rằng| là)?
denies before = không (?:có chuyện|có việc|phải là chuyện|hề có chuyện)(?: rằng| là)?
denies before = (?:đã |lên tiếng |chính thức |kịch liệt ){0,6}(?:bác bỏ|phủ nhận|bác|
    đính chính)(?: (?:các|những|mọi))?(?: <rumour>| <tin>| cáo buộc)(?: (?:lan truyền|
    trên mạng|sai lệch|thất thiệt)){0,6}<rang>?
denies before = (?:đã |lên tiếng ){0,6}(?:bác bỏ|phủ nhận) (?:rằng|là|chuyện)
denies before = (?:thông tin|tin|tuyên bố|quan niệm|luận điệu) (?:sai sự thật|sai lệch|
    sai lầm|bịa đặt|giả|thất thiệt|xuyên tạc)<rang>
# People say it; with an end, the end says what to make of it.
reports before = (?:there (?:is|are|was|were) )?(?:an? |the |some |many )?(?:[\w-]+ )?
    (?:rumou?rs?|speculation|gossip)(?: (?:has|have) (?:spread|circulated)| spread)? that
reports before = (?:an?|the|this|any|<viral>) (?:[\w-]+ )?<said> that
reports before = (?:the|these|those|any|some|many) (?:<viral> )?<said>s that|^(?:<viral> )?<said>s that
reports before = (?:có |rộ |lan truyền |xuất hiện |dấy lên ){0,6}<rumour>
    (?: lan truyền)?<rang>?
reports before = thực hư(?: <tin>)?<rang>?
denies before = cảnh báo (?:về )?(?:tin giả|tin sai sự thật|thông tin sai sự thật)<rang>?
reports before = (?:người ta|nhiều người|dân mạng|mạng xã hội) (?:đồn|đồn rằng|đồn thổi|
    đồn đoán)(?: rằng| là)?
reports opens = (?:evidence|proof) that
reports opens = ^(?:the|a|this) (?:\w+ )?<said>
reports opens = ^that(?= \w+ (?!is |was ))
reports opens = ^(?:các |những )?<tin><rang>?
doubts closes = <be>(?: <adverb>){0,6} (?:lacking|scant|weak|limited|insufficient|thin|absent|missing)<end>
denies closes = <be>(?: <adverb>){0,6} (?:an? )?(?:\w+ )?(?:<false>|<myth>|debunked|
    disproved|disproven|refuted|discredited|dismissed)(?: by(?: [\w-]+){1,5})?<end>
doubts closes = (?:(?:<be>|remains?|has|have)(?: <adverb>){0,6} )<en_doubt><end>
denies ends = (?:chỉ |hoàn toàn |đều )?là <sai><end>
denies ends = (?:đã )?bị (?:[\w]+ ){0,4}?(?:bác bỏ|phủ nhận)<end>
denies closes = (?:hoàn toàn )?(?:không đúng sự thật|sai sự thật|không có thật|
    không chính xác|bịa đặt)<end>
"""
"""`kind where = pattern`, what says more before what says less: words that one has taken are no other's."""


def _lines(table: str) -> Iterator[tuple[str, str]]:
    """What stands before and behind the sign of each line of a table."""
    for line in table.strip().replace("\n    ", "").splitlines():
        if not line.startswith("#"):
            name, _, pattern = line.partition(" = ")
            yield name, pattern


def _whole(pattern: str, parts: dict[str, str]) -> str:
    return re.sub(r"<(\w+)>", lambda part: parts[part[1]], pattern)


def _compiled() -> Iterator[tuple[Kind, Where, re.Pattern[str]]]:
    parts: dict[str, str] = {}
    for name, pattern in _lines(_PARTS):
        parts[name] = _whole(pattern, parts)
    kinds: dict[str, Kind] = {kind: kind for kind in get_args(Kind)}
    wheres: dict[str, Where] = {where: where for where in get_args(Where)}
    for name, pattern in _lines(_PATTERNS):
        kind, where = name.split(" ")
        whole = _whole(pattern, parts).replace(" ?", r"\s*").replace(" ", r"\s+")
        yield kinds[kind], wheres[where], re.compile(rf"(?:(?<!\w)|(?=:))(?:{whole})(?!\w)", re.IGNORECASE)


@cache
def patterns() -> tuple[tuple[Kind, Where, re.Pattern[str]], ...]:
    """Every pattern with what it says and where it stands. Made when it is first needed: it takes a moment."""
    return tuple(_compiled())
