"""Words by which a sentence shows what kind it is: opinion, forecast, question, own experience, request.

Small lists in English and Vietnamese (with marks and without), and the commonest words in Spanish, Dutch and Arabic.
A cue is one word or a phrase of words, in lower case, as whole words.
"""

from __future__ import annotations

import re
from functools import cache

from factdesk.text.fold import fold
from factdesk.text.language import unmarked_vietnamese

_WORD = re.compile(r"[^\s.,;:!?…\"“”()\[\]]+")

_LISTS: dict[str, str] = {
    # Says that what follows is a view.
    "view": """i think, i believe, i feel, i don't think, i do not think, i guess, i suppose, i find, in my
        opinion, in my view, imo, imho, to me, personally, if you ask me, i would say, i'd say, i
        prefer, i hope, i wish, i love, i hate, i like, i admire, i am proud, i'm proud, we think, we
        believe, it seems to me, i doubt, i consider, tôi nghĩ, tôi cho rằng, tôi thấy, tôi tin, theo
        tôi, theo ý tôi, theo mình, mình nghĩ, mình thấy, mình cho rằng, em nghĩ, em thấy, cá nhân tôi,
        quan điểm của tôi, tôi thích, tôi ghét, mình thích, mình ghét, tôi mong, tôi hy vọng, mình hy
        vọng, tôi ước, tôi tự hào, theo quan điểm, tôi không thích, chúng tôi tin, creo que, pienso que,
        en mi opinión, a mi juicio, ik vind, ik denk, volgens mij, naar mijn mening, أعتقد, أظن, في
        رأيي, acho que, na minha opinião, je pense, je crois, à mon avis, ich glaube, ich finde, ich
        denke, meiner meinung""",
    # Praises, blames or grades.
    "value": """best, worst, greatest, beautiful, ugly, terrible, awful, horrible, wonderful, amazing, awesome,
        great, disgusting, disgraceful, shameful, ridiculous, stupid, brilliant, fantastic, boring,
        delicious, overrated, underrated, unfair, unacceptable, outrageous, lovely, perfect, pathetic,
        favourite, favorite, wrong, right, better, worse, good, bad, important, shame, fun, funny,
        interesting, excellent, incompetent, weak, disaster, tuyệt vời, tuyệt, đẹp, xấu, xấu xí, tệ, tệ
        hại, kinh khủng, dở, hay nhất, tốt nhất, ngon, ngon nhất, chán, nhàm chán, vô lý, ngớ ngẩn, đáng
        xấu hổ, đáng tiếc, đáng ghét, đáng yêu, dễ thương, thú vị, hấp dẫn, tuyệt nhất, đẹp nhất, tệ
        nhất, dở nhất, xuất sắc, đáng khen, đáng trách, quá đáng, bất công, không công bằng, hay hơn,
        ngon hơn, đẹp hơn, đáng giá, phí tiền, phí thời gian, lãng phí, đáng xem, đáng đọc, xứng đáng,
        không xứng đáng, quan trọng nhất, thiếu tôn trọng, vô trách nhiệm, vô cảm, ích kỷ, tham lam, nực
        cười, đáng buồn, buồn cười, lố bịch, hạnh phúc nhất, mejor, peor, vergüenza, precioso,
        increíble, mooi, slecht, schande, geweldig, أجمل, أفضل, أسوأ, رائع, جميل""",
    # Says what ought to be.
    "ought": """should, shouldn't, ought to, must, need to, needs to, have to, has to, had better, let's, let
        us, deserve, deserves, it is time to, it's time to, nên, phải, cần phải, cần, không nên, đừng,
        hãy, đáng lẽ, lẽ ra, cần được, hay, debe, deben, debemos, hay que, tenemos que, moeten, moet,
        zouden, يجب, لازم, ينبغي""",
    # Speaks of what is to come.
    "future": """will, won't, will not, going to, gonna, shall, would, might, may, could, is set to, are set to,
        is expected to, are expected to, soon, next year, next month, next week, tomorrow, in the
        future, by 2030, by 2040, by 2050, by the end of, forecast, predicts, predicted, likely to, sẽ,
        sắp, sắp tới, năm sau, năm tới, tháng tới, tuần tới, tuần sau, ngày mai, tương lai, dự báo, dự
        đoán, dự kiến, có thể sẽ, chắc chắn sẽ, rồi sẽ, trong tương lai, thế hệ sau, será, serán, vamos
        a, va a, mañana, zal, zullen, morgen, gaat worden, سوف, غدا, ستكون, سيكون""",
    # Speaks of oneself.
    "self": """i, i'm, i've, i'd, i'll, me, my, mine, myself, tôi, mình, tớ, tui, em, cháu, con, nhà tôi, nhà
        mình, của tôi, yo, mi, mis, ik, mijn, أنا""",
    "we": """we, we're, we've, our, us, ours, chúng tôi, chúng ta, bọn mình, chúng mình, nosotros, nuestro,
        nuestra, wij, ons, onze, نحن""",
    # Tells of something that happened to the speaker.
    "lived": """i saw, i went, i was, i had, i got, i felt, i tried, i took, i used, i bought, i ate, i met, i
        lost, i woke, i have been, i've been, i have tried, i've tried, i remember, i live, i work, i
        worked, i grew up, i heard, i visited, i have seen, i've seen, happened to me, my mother, my
        father, my mom, my dad, my son, my daughter, my wife, my husband, my friend, my neighbour, my
        neighbor, my grandmother, my doctor, my kids, my family, my brother, my sister, tôi đã, tôi vừa,
        tôi bị, tôi từng, tôi được, tôi uống, tôi ăn, tôi đi, tôi mua, tôi gặp, tôi mới, mình đã, mình
        vừa, mình bị, mình từng, mình mới, mình đi, mình mua, em bị, em vừa, hồi nhỏ, mẹ tôi, bố tôi, ba
        tôi, má tôi, con tôi, vợ tôi, chồng tôi, bạn tôi, bà tôi, ông tôi, nhà tôi, mẹ mình, bố mình,
        con mình, vợ mình, chồng mình, bạn mình, bà ngoại tôi, bà nội tôi, hàng xóm nhà tôi, sáng nay
        tôi, hôm qua tôi, hôm qua mình, sáng nay mình, tối qua tôi, con trai tôi, con gái tôi, em gái
        tôi, anh trai tôi, gia đình tôi, chúng tôi đã, tuần trước tôi, năm ngoái tôi""",
    # Asks.
    "asks": """who, what, when, where, why, how, which, whose, is it true, does, do you, did you, are you, can
        you, could you, have you, has anyone, does anyone, anyone know, có phải, có đúng, phải không,
        đúng không, có thật, thật không, hay không, vì sao, tại sao, khi nào, bao giờ, ở đâu, ai là, là
        ai, là gì, cái gì, bao nhiêu, như thế nào, thế nào, làm sao, sao lại, có ai, không ạ, nhỉ, hả,
        à, qué, quién, cuándo, cuánto, dónde, por qué, cómo, waarom, hoe, wie, wat, wanneer, هل, لماذا,
        متى, كيف, من هو, أين""",
    # Asks the reader to do something, greets, thanks.
    "calls": """please, share this, share, click, watch this, read, look at, thank you, thanks, good morning,
        hello, hi, congratulations, happy birthday, welcome, follow, subscribe, join us, stay safe,
        don't forget, remember to, take care, vui lòng, làm ơn, chia sẻ ngay, hãy chia sẻ, chia sẻ, xin
        chào, chào, cảm ơn, chúc mừng, chúc, mọi người ơi, các bạn ơi, xem ngay, bấm vào, theo dõi, đăng
        ký, nhớ, xin lỗi, mời, cố lên, xin mời, kính mời, liên hệ, ủng hộ, gracias, felicidades, buenos
        días, bedankt, dank, gefeliciteerd, شكرا, مبروك, صباح الخير""",
    # Leaves it open.
    "hedge": """maybe, perhaps, probably, possibly, apparently, it seems, seems, i heard that, rumour, rumor,
        supposedly, kind of, có lẽ, có thể, chắc là, hình như, nghe nói, dường như, có vẻ, quizás, tal
        vez, misschien, ربما""",
    # Says that something is, was, or is said to be so, and by whom.
    "fact": """according to, study, studies, research, researchers, scientists, data, statistics, percent,
        million, billion, reported, announced, confirmed, found, shows, showed, causes, cause, caused,
        cures, cure, contains, kills, prevents, theo, nghiên cứu, nhà khoa học, số liệu, thống kê, báo
        cáo, công bố, xác nhận, cho biết, cho thấy, phát hiện, gây, gây ra, chữa, chữa khỏi, chứa, giết,
        ngăn ngừa, phòng ngừa, làm tăng, làm giảm, según, estudio, datos, volgens, onderzoek, cijfers,
        وفقا, دراسة, أعلن, أعلنت""",
    "past": """was, were, had, did, voted, passed, cut, raised, lost, gained, spent, increased, decreased,
        doubled, created, said, signed, gave, took, went, became, made, paid, grew, fell, rose, been,
        never, đã, từng, vừa, ha, han, fue, fueron, era, heeft, hebben, werd, werden, كان, كانت, قد""",
    "compare": """more than, less than, fewer, most, least, highest, lowest, largest, biggest, first, only,
        record, double, twice, half, nhiều hơn, ít hơn, cao nhất, thấp nhất, lớn nhất, nhiều nhất, đầu
        tiên, duy nhất, gấp đôi, kỷ lục, más, menos, mayor, meer, minder, meeste, أكثر, أكبر, أول""",
    "they": """he, she, they, his, her, their, him, them, he's, she's, they're, they've, ông, bà, họ, anh ta,
        cô ta, él, ella, ellos, hij, zij, ze, hun, هو, هي, هم""",
    "you": """you, your, you're, you've, bạn, các bạn, usted, ustedes, tú, jij, je, u, jullie, أنت""",
}  # fmt: skip

NAMES = tuple(_LISTS)


@cache
def tables(*, folded: bool = False) -> dict[str, frozenset[str]]:
    """The cues of each list; `folded` gives those of Vietnamese without their marks, and no others."""
    plain = {name: [" ".join(cue.split()) for cue in text.split(",")] for name, text in _LISTS.items()}
    if not folded:
        return {name: frozenset(cues) for name, cues in plain.items()}
    return {name: frozenset(fold(cue) for cue in cues if _is_vietnamese(cue)) for name, cues in plain.items()}


def _is_vietnamese(cue: str) -> bool:
    return unmarked_vietnamese(f"{fold(cue)} {fold(cue)} khong") >= 0.5 and not cue.isascii()


def cues(text: str) -> dict[str, list[str]]:
    """The cues found in a text, by the list they are in, in order; long ones before the short ones inside them."""
    words = _WORD.findall(" ".join(text.lower().replace("’", "'").split()))
    found = _found(words, folded=False)
    if text.isascii() and unmarked_vietnamese(text) >= 0.5:
        for name, hits in _found(words, folded=True).items():
            found[name] = found.get(name, []) + [hit for hit in hits if hit not in found.get(name, [])]
    return found


def _found(words: list[str], *, folded: bool) -> dict[str, list[str]]:
    known = tables(folded=folded)
    every = _every(folded=folded)
    seen = [
        cue
        for start in range(len(words))
        for length in (4, 3, 2, 1)
        if start + length <= len(words) and (cue := " ".join(words[start : start + length])) in every
    ]
    hits = {name: [cue for cue in seen if cue in table] for name, table in known.items()} if seen else {}
    return {name: cues for name, cues in hits.items() if cues}


@cache
def _every(*, folded: bool) -> frozenset[str]:
    return frozenset[str]().union(*tables(folded=folded).values())
