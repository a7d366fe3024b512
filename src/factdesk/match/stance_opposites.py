"""Words that say the opposite of one another, in Vietnamese and English alike: a small list of our own.

Each line is one thing that can be said two ways, `one way | the other way`; words apart by commas, deeper lines go on.
A claim that says it one way and evidence that says it the other oppose one another, whatever language each is in.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

_LINES = """
tăng, nâng, tăng lên, increase, increases, increased, increasing, rise, rises, rose, risen, raise, raises, raised,
    grew, grow, grows, went up, higher | giảm, hạ, cắt giảm, giảm xuống, decrease, decreases, decreased, decreasing,
    fall, falls, fell, fallen, drop, drops, dropped, reduce, reduces, reduced, lower, lowers, lowered, cut,
    declined, decline, declines, went down, fewer
cao hơn, lớn hơn, nhiều hơn, hơn hẳn | thấp hơn, nhỏ hơn, ít hơn, kém hơn
cao nhất, highest, tallest, lớn nhất, largest, biggest, greatest, nhiều nhất, most numerous | thấp nhất, lowest,
    shortest, nhỏ nhất, smallest, least, ít nhất, fewest
tốt nhất, best | tệ nhất, xấu nhất, kém nhất, worst
nhanh, nhanh hơn, fast, faster, quick, quickly, nhanh nhất, fastest | chậm, chậm hơn, slow, slower, slowly, chậm
    nhất, slowest
trước khi, trước, before, prior to, sớm hơn, earlier | sau khi, sau, after, muộn hơn, later
đầu tiên, first, thứ nhất | cuối cùng, final, thứ hai, second, thứ ba, third
bắt đầu, khởi động, khởi công, begin, begins, began, starts, started | kết thúc, chấm dứt, ended, ends, finish,
    finished, stopped
mở cửa, mở lại, opened, open, reopen, reopened, stay open | đóng cửa, closed, close, closes, shut, shut down
cho phép, được phép, allow, allows, allowed, permit, permits, permitted, legal, hợp pháp | cấm, bị cấm, không được
    phép, ban, bans, banned, forbid, forbidden, prohibit, prohibited, illegal, bất hợp pháp, trái phép
đồng ý, tán thành, ủng hộ, chấp thuận, chấp nhận, thông qua, agree, agrees, agreed, support, supports, supported,
    accept, accepted, approve, approved, endorsed | phản đối, bác bỏ, từ chối, bất đồng, không đồng ý, disagree,
    disagreed, oppose, opposes, opposed, reject, rejects, rejected, refuse, refused, denied
xác nhận, thừa nhận, khẳng định, confirm, confirmed, admit, admits, admitted, acknowledged | phủ nhận, bác, chối,
    kêu oan, deny, denies, denied
thắng, chiến thắng, đánh bại, win, wins, won, beat, beats, defeated | thua, thất bại, bị loại, lose, loses, lost
thành công, succeed, succeeded, success, successful, successfully | thất bại, không thành, fail, failed, fails,
    failure, unsuccessful
đúng, chính xác, true, correct, accurate | sai, không đúng, không chính xác, false, incorrect, wrong, untrue,
    inaccurate
an toàn, vô hại, safe, harmless | nguy hiểm, có hại, độc hại, gây hại, dangerous, harmful, unsafe, toxic
có lợi, lợi ích, beneficial, helps, helpful, protects | có hại, tác hại, harms, harmful, damages
hiệu quả, effective | không hiệu quả, vô hiệu, ineffective, no effect, useless
tích cực, positive, lạc quan, optimistic | tiêu cực, negative, bi quan, pessimistic
lãi, có lãi, lợi nhuận, profit, gained, gain | lỗ, thua lỗ, loss, losses
mua, buy, buys, bought, nhập khẩu, import, imports, imported | bán, sell, sells, sold, xuất khẩu, export, exports,
    exported
sống sót, còn sống, qua khỏi, survive, survives, survived, alive | tử vong, chết, thiệt mạng, qua đời, không qua
    khỏi, die, dies, died, killed, dead
đàn ông, nam giới, male, men, man | phụ nữ, nữ giới, female, women, woman
bố, cha, father | mẹ, má, mother
phía bắc, miền bắc, north, northern | phía nam, miền nam, south, southern
đông bắc, phía đông, miền đông, east, eastern | phía tây, miền tây, west, western
bên trong, trong nước, inside, domestic | bên ngoài, nước ngoài, outside, foreign, abroad
công khai, publicly, openly | bí mật, secret, secretly
bắt buộc, mandatory, compulsory, required | tự nguyện, tùy chọn, không bắt buộc, voluntary, optional
tự nguyện, voluntarily | bị ép, ép buộc, cưỡng ép, forced
gia nhập, tham gia, join, joined, joins | rút khỏi, rời bỏ, withdraw, withdrew, quit
bổ nhiệm, nhậm chức, appointed, elected | miễn nhiệm, cách chức, bãi nhiệm, từ chức, dismissed, resigned, fired,
    sacked
bị bắt, bắt giữ, arrested, detained | được thả, trả tự do, thả, released, freed
có tội, kết tội, guilty, convicted | vô tội, trắng án, innocent, acquitted
nóng, nắng nóng, ấm, hot, warm, warmer | lạnh, rét, mát, cold, cool, colder, cooler
ban ngày, daytime | đêm, ban đêm, night, nighttime
sáng, buổi sáng, morning | tối, chiều, buổi tối, buổi chiều, evening, afternoon
trẻ nhất, young, younger, youngest | già, cao tuổi, già nhất, elderly, older, oldest
giàu, giàu có, rich, wealthy | nghèo, poor
mạnh, mạnh mẽ, strong, stronger, strongly | yếu, yếu ớt, weak, weaker, weakly
dễ, dễ dàng, thuận lợi, easy, easier, easily | khó, khó khăn, difficult, hard, harder
đầy đủ, đủ, enough, sufficient, complete | thiếu, không đủ, lack, lacks, insufficient, incomplete
tiếp tục, duy trì, giữ nguyên, continue, continues, continued, keep, keeps, kept, unchanged, remains | dừng, ngừng,
    tạm dừng, hủy, hủy bỏ, thay đổi, stop, stops, stopped, halted, abandoned, cancelled, changed
miễn phí, free of charge, free | trả phí, mất phí, có phí, paid
mở rộng, expand, expanded, expands | thu hẹp, shrink, shrank, narrowed
tấn công, attack, attacks, attacked | phòng thủ, bảo vệ, defend, defended, defends
phổ biến, thường xuyên, often, common, frequently, usually | hiếm, hiếm khi, rare, rarely, seldom
"""


@dataclass(frozen=True, slots=True)
class Said:
    """One way of saying one thing: the line's number, which of the two ways (0 or 1), and the words, as in the list."""

    line: int
    way: int
    words: str


@lru_cache(maxsize=1)
def _table() -> dict[tuple[str, ...], list[Said]]:
    found: dict[tuple[str, ...], list[Said]] = {}
    for line, text in enumerate(_LINES.strip().replace("\n    ", " ").splitlines()):
        for way, part in enumerate(text.split(" | ")):
            for words in part.split(","):
                found.setdefault(tuple(words.split()), []).append(Said(line, way, words.strip()))
    return found


LONGEST = 3
"""Words of the longest entry."""


def said(words: tuple[str, ...]) -> dict[int, list[Said]]:
    """What small-letter words say of the list's things, by the number of the word it begins with; the longest entry
    that stands at a place hides the shorter ones within it."""
    table = _table()
    found: dict[int, list[Said]] = {}
    place = 0
    while place < len(words):
        for length in range(LONGEST, 0, -1):
            here = table.get(words[place : place + length])
            if here:
                found[place] = here
                place += length - 1
                break
        place += 1
    return found
