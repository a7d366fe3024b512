"""How long a text takes to be made ready for quotations, and a quotation to be found in it or missed.

    python benchmarks/quotations_speed.py

Texts are cut from the Vietnamese articles of the benchmark, composed and decomposed. Times are of the processor, the
best of some runs, so that others on the machine disturb them little.
"""

from __future__ import annotations

import random
import time
import unicodedata
from collections.abc import Callable

from bench_data import read_rows
from factdesk.text.quotations import QuotedText

_SIZES = (20_000, 1_000_000, 10_000_000)


def main() -> None:
    """Prints the table."""
    articles = "\n\n".join(row["text"] for row in read_rows("verify", "vifactcheck-vi", "articles.jsonl.gz"))
    print("| text | make ready | find | miss, with the nearest passage |\n| --- | --- | --- | --- |")
    for size in _SIZES:
        for form in ("NFC", "NFD"):
            whole = unicodedata.normalize(form, articles)
            show(f"{size:,} characters, {form}", (whole * (size // len(whole) + 1))[:size])


def show(name: str, text: str) -> None:
    """One row."""
    chance = random.Random(1)
    ready = best(lambda: QuotedText(text).skeleton, 5)
    quoted = QuotedText(text)
    starts = [chance.randrange(len(text) - 200) for _ in range(20)]
    asked = [text[start : start + 200] for start in starts]
    found = best(lambda: [quoted.find(quotation, nth=1) for quotation in asked], 2) / len(asked)
    wrong = [quotation[:100] + " zyx " + quotation[100:] for quotation in asked[:5]]
    missed = best(lambda: [quoted.find(quotation, nth=1) for quotation in wrong], 2) / len(wrong)
    print(f"| {name} | {ready * 1e3:,.1f} ms | {found * 1e3:,.2f} ms | {missed * 1e3:,.1f} ms |")


def best(call: Callable[[], object], runs: int) -> float:
    """Seconds of processor time of the fastest run."""
    times = []
    for _ in range(runs):
        start = time.process_time()
        call()
        times.append(time.process_time() - start)
    return min(times)


if __name__ == "__main__":
    main()
