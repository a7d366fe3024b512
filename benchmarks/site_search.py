"""How large the site's search index is, how long it takes to make, to patch and to load, beside pagefind's.

    python benchmarks/site_search.py [--checks 10000] [--language vi] [--pagefind PROGRAM]

The checks are made up: 450 words each, drawn as often as words of a language are (Zipf's law), from 30,000 English
words or 2,500 Vietnamese syllables with their marks. Times are of one processor. What a query loads is the files of
its words and of the checks that are looked at, as a browser asks for them; the head of the index comes once for all
queries. pagefind (`--pagefind`, none by default) reads the same checks as pages of HTML. Exit code 1 when the index
takes more than 4 s, a patch more than 0.2 s, or a file is above 32 KB.
"""

from __future__ import annotations

import argparse
import itertools
import json
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from factdesk.publish.search_index import BLOCK, Doc, index_path, patched, search_files
from factdesk.publish.search_terms import doc_terms, words

T = TypeVar("T")
WHOLE, PATCH, LARGEST = 4.0, 0.2, 32_000
"""Seconds, seconds, bytes."""
_HEADS = "b c ch d đ g gi h k kh l m n ng nh ph qu r s t th tr v x"
_RHYMES = (
    "a à á ả ạ an án ang áng ăn ắc ân ấn ât ây e en ê ên ế ến ết i ị ì in ít iên iến iệt o ó ọ on ong óc ô ố ồ ôn ông"
    " ộc ơ ờ ở ơn u ụ ú un ung úc ư ử ưng ước ường ươi y ý uyên uyết oa oà oán oạt ai ay ao au âu eo êu iêu oi ôi ơi"
    " ui ưu am ám ăm âm em êm im iêm om ôm ơm um ap áp ăp âp ep êp ip op ôp ơp up ach ích ếch"
)
_PARTS = "ba ce di fo gu ha je ki lo mu na pe ri so tu va we xi yo za bra cle dri flo gru pla ste tri sho che"


def vocabulary(language: str) -> list[str]:
    """Words of about the number and length that a language has, the commonest first."""
    chosen = random.Random(1)
    if language == "vi":
        return chosen.sample([head + rhyme for head in _HEADS.split() for rhyme in _RHYMES.split()], 2_500)
    made = {"".join(chosen.choices(_PARTS.split(), k=chosen.choice((1, 2, 3, 3, 4)))) for _ in range(90_000)}
    return sorted(made, key=lambda word: (len(word), word))[:300] + chosen.sample(sorted(made), 30_000)


def texts(language: str, count: int) -> list[tuple[str, str, str]]:
    """Title, summary and body of so many checks."""
    known = vocabulary(language)
    # The commonest word is 6 to 7 of 100, and the n-th as often as 1 / (n + 2).
    weights = list(itertools.accumulate(1 / (rank + 2) for rank in range(len(known))))
    chosen = random.Random(2)
    sizes = (12, 22, 450)
    drawn = (" ".join(chosen.choices(known, cum_weights=weights, k=size)) for _ in range(count) for size in sizes)
    return list(zip(drawn, drawn, drawn, strict=True))


def docs(language: str, made: list[tuple[str, str, str]]) -> list[Doc]:
    """The checks as the search has them."""
    found = []
    for number, (title, summary, body) in enumerate(made):
        terms = doc_terms(
            language, title, body, claims=[title], claimants=["Pond Talk"], topics=["health"], summary=summary
        )
        path = f"/{language}/checks/{'-'.join(words(language, title))[:60]}-{number:06}/"
        found.append(Doc(number, language, path, title, "2026-01-31", "False", "low", terms))
    return found


def timed(what: Callable[[], T]) -> tuple[T, float]:
    """What a function gives, and seconds of the processor."""
    start = time.process_time()
    made = what()
    return made, time.process_time() - start


def loaded(files: dict[str, bytes], language: str, query: str) -> list[int]:
    """Sizes of the files that a query of whole words loads, but for the head and the rows of what it finds."""
    firsts: list[str] = json.loads(files[index_path(language)])["first"]
    own = words(language, query)
    asked = {*own, *(f"{one} {other}" for one, other in itertools.pairwise(own))}
    asked |= {one + other for one, other in itertools.pairwise(own)}
    places = {firsts[bisect_right(firsts, term) - 1] for term in asked}
    return [len(files[f"search/{language}/t-{first.replace(' ', '_')}.json"]) for first in places]


def pagefind(program: str, folder: Path, language: str, made: list[tuple[str, str, str]]) -> None:
    """Print what pagefind takes for the same checks."""
    for number, (title, summary, body) in enumerate(made):
        page = folder / language / str(number) / "index.html"
        page.parent.mkdir(parents=True)
        page.write_text(
            f'<!DOCTYPE html><html lang="{language}"><meta charset="utf-8"><title>{title}</title><body><main>'
            f"<h1>{title}</h1><p>{summary}</p><p>{body}</p></main></body></html>",
            encoding="utf-8",
        )
    start = time.perf_counter()
    subprocess.run([program, "--site", str(folder)], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    seconds = time.perf_counter() - start
    files = [each.stat().st_size for each in (folder / "pagefind").rglob("*") if each.is_file()]
    print(f"pagefind: {seconds:.2f} s (of the clock), {sum(files) / 1e6:.1f} MB, {len(files):,} files")


def measure(language: str, count: int) -> tuple[list[tuple[str, str, str]], bool]:
    """Print the figures of our index; the texts, and whether one is worse than it may be."""
    made = texts(language, count)
    found, took = timed(lambda: docs(language, made))
    print(f"{count:,} checks, {language}: terms {took / count * 1000:.2f} ms a check", flush=True)
    files, whole = timed(lambda: dict(search_files(found)))
    sizes = sorted(map(len, files.values()))
    print(f"index: {whole:.2f} s, {sum(sizes) / 1e6:.1f} MB, {len(sizes):,} files, the largest {sizes[-1]:,} bytes")
    print(f"head of the index: {len(files[index_path(language)]):,} bytes")
    old, other = found[count // 2], doc_terms(language, "A new title", " ".join(made[0][2].split()[:40]))
    changes = [("added", None, replace(old, number=count, path="/new/")), ("gone", old, None)]
    # Another title and forty other words.
    lines = zip(_less(old.terms, other), other.split("\n"), strict=True)
    both = "\n".join("\t".join(filter(None, each)) for each in lines)
    changes.append(("changed", old, replace(old, title="A new title", terms=both)))
    slowest = 0.0
    for name, before, after in changes:
        patch, took = timed(lambda before=before, after=after: patched(files.get, before, after))  # type: ignore[misc]
        slowest = max(slowest, took)
        written = sum(len(data) for data in patch.values() if data is not None)
        print(f"one check {name}: {took:.3f} s, {len(patch)} files, {written / 1000:.0f} KB")
    chosen = random.Random(3)
    loads = [loaded(files, language, " ".join(chosen.choice(made)[2].split()[9:12])) for _ in range(500)]
    rows = statistics.mean(len(data) for path, data in files.items() if "/d-" in path)
    print(
        f"a query of three words loads {statistics.mean(map(len, loads)):.1f} files with "
        f"{statistics.mean(map(sum, loads)) / 1000:.0f} KB, at most {max(map(sum, loads)) / 1000:.0f} KB; "
        f"and titles of at most 20 checks, {rows / 1000:.1f} KB for each {BLOCK}"
    )
    return made, whole > WHOLE or slowest > PATCH or sizes[-1] > LARGEST


def _less(terms: str, other: str) -> list[str]:
    """The lines of terms without those that the other has."""
    gone = set(other.replace("\n", "\t").split("\t"))
    return ["\t".join(each for each in line.split("\t") if each not in gone) for line in terms.split("\n")]


def main() -> int:
    """Measure; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--checks", type=int, default=10_000)
    parser.add_argument("--language", choices=("en", "vi"), action="append")
    parser.add_argument("--pagefind", default=shutil.which("pagefind") or "")
    asked = parser.parse_args()
    worse = False
    for language in asked.language or ("en", "vi"):
        made, bad = measure(language, asked.checks)
        worse = worse or bad
        if asked.pagefind:
            with tempfile.TemporaryDirectory() as folder:
                pagefind(asked.pagefind, Path(folder), language, made)
    return int(worse)


if __name__ == "__main__":
    sys.exit(main())
