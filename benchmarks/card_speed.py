"""How long it takes to draw the card of a check, and how large its file is.

    python benchmarks/card_speed.py [--cards 300] [--rounds 5]

Cards for links (`og`), in English and Vietnamese by turns, with answers of 5 to 30 words and claims of 4 to 40, no two
the same. 30 others are drawn first; after that each round draws all of them without what was set before, as a site's
build meets them: letters are there, words may be. Milliseconds of processor time, of the fastest round and of the
median. Exit code 1 above 3 ms in the fastest, or when a file is larger than 40 KB.

Measured on 2026-11-24 on a virtual machine of two cores at a load of 9, twice by turns: 2.2 and 2.5 ms a card in the
fastest round, 27.1 KB a file, the largest 34.2 KB. Before letters were kept and pixels packed two to a byte, the same
cards took 17.8 and 17.8 ms and 30.3 KB, the largest 40.6 KB.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import time

from factdesk.publish.card import draw_card
from factdesk.publish.card_canvas import FAST
from factdesk.publish.card_lines import fitted, row_of
from factdesk.publish.card_text import CardWords, Place
from factdesk.publish.card_type import drawable
from factdesk.publish.words import Tone

MOST_MS, MOST_BYTES = 3.0, 40_000
TEXTS = {
    "en": "the town water works measured lead in every district each month of the year and all results were below "
    "a limit also in streets with old pipes carrots keep eyes healthy but give no night vision bridge closed for "
    "repairs photograph flood minister never said this sentence report shows 4,380 percent",
    "vi": "nhà máy nước của thị trấn mẫu đo hàm lượng chì ở mọi khu phố vào từng tháng trong năm và toàn bộ kết quả "
    "đều thấp hơn giới hạn mỗi lít kể cả con đường ống cũ cà rốt giữ mắt khỏe nhưng không giúp nhìn bóng tối cây cầu "
    "đóng để sửa chữa bức ảnh lũ lụt bộ trưởng chưa từng nói câu này 4.380 phần trăm",
}
STILL = {
    "en": ("Sample desk", "What was claimed", "The evidence, with its sources", "step {} of 5", "False", "True"),
    "vi": ("Bàn kiểm chứng mẫu", "Nhận định được kiểm chứng", "Bằng chứng và nguồn", "bậc {} trên 5", "Sai", "Đúng"),
}
RATINGS: tuple[tuple[str, str, Tone], ...] = (
    ("False", "Sai", "low"), ("Mostly false", "Phần lớn sai", "low"), ("Misleading", "Gây hiểu lầm", "mid"),
    ("Mostly true", "Phần lớn đúng", "high"), ("True", "Đúng", "high"),
)  # fmt: skip


def words_of(number: int) -> CardWords:
    """The words of a card, by its number."""
    chosen = random.Random(number)
    language = ("en", "vi")[number % 2]
    known = TEXTS[language].split()

    def said(least: int, most: int) -> str:
        return " ".join(chosen.choice(known) for _ in range(chosen.randint(least, most))).capitalize()

    desk, label, read, step, lowest, highest = STILL[language]
    value = chosen.randint(1, 5)
    english, vietnamese, tone = RATINGS[value - 1]
    shown = f"checks.example.org/{language}/checks/a-sample-check-{number:06x}"
    return CardWords(
        language=language, desk=desk, date=f"{chosen.randint(1, 28)} · {chosen.randint(1, 12)} · 2026",
        answer=said(5, 30), notice="", what="", rating=english if language == "en" else vietnamese,
        place=Place(value, 5, lowest, highest), place_words=step.format(value), meaning="", label=label,
        quoted=f"“{said(4, 40)}”", more="", address=f"https://{shown}/", shown=shown, read=read, tone=tone,
        withdrawn=False,
    )  # fmt: skip


def drawn(cards: list[CardWords]) -> tuple[float, list[int]]:
    """Milliseconds of processor time a card, and the bytes of each."""
    for cache in (fitted, row_of, drawable):
        cache.cache_clear()
    start = time.process_time()
    sizes = [len(draw_card(words, "og").png(FAST)) for words in cards]
    return (time.process_time() - start) / len(cards) * 1000, sizes


def main() -> int:
    """Measure; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--cards", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args()
    drawn([words_of(number) for number in range(30)])
    cards = [words_of(number) for number in range(30, 30 + asked.cards)]
    rounds = [drawn(cards) for _ in range(asked.rounds)]
    times, sizes = [each for each, _ in rounds], rounds[0][1]
    print(f"{min(times):.2f} ms a card in the fastest round, {statistics.median(times):.2f} ms in the median")
    print(f"{statistics.mean(sizes) / 1000:.1f} KB a file, the largest {max(sizes) / 1000:.1f} KB")
    return int(min(times) > MOST_MS or max(sizes) > MOST_BYTES)


if __name__ == "__main__":
    sys.exit(main())
