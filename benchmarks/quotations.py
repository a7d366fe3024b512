"""How many quotations are found in documents that other programs made, and how many altered ones are.

    python benchmarks/quotations.py                         # 200 documents, 10,000 quotations; about 15 minutes
    python benchmarks/quotations.py --documents 20 --misses misses.txt

Quotations of 20 to 300 characters are cut at random from the texts that the documents were made of, not from what was
extracted of them. Each is looked up with its spaces, quotation marks, hyphens and Unicode form changed: all must be
found. And with one letter changed besides: none may be, unless a plain search finds the altered words in the text.
Exit code 1 when either fails.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import tempfile
import time
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from factdesk.capture.extract.base import Hint
from factdesk.capture.extract.run import Job, extract_many
from factdesk.domain.documents import Extracted
from factdesk.errors import FactdeskError
from factdesk.text.quotations import Found, QuotedText
from quotation_documents import Made, by_chromium, by_libreoffice, by_tex, page, stories

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_SHARES = {"page": 40, "Chromium": 40, "pdf": 30, "docx": 25, "odt": 25, "pdfTeX": 40}
_TYPES = {"pdf": "application/pdf", "docx": _DOCX, "odt": "application/vnd.oasis.opendocument.text"}


def make(folder: Path, count: int, chance: random.Random) -> Iterator[Made]:
    """The documents, half in English and half in Vietnamese, by all makers."""
    for name, share in _SHARES.items():
        number = max(4, round(count * share / 200))
        half = number // 2
        english, vietnamese = (
            stories(size, language, chance, tex=name == "pdfTeX")
            for language, size in (("en", number - half), ("vi", half))
        )
        told = [(f"{name}-{at}", story) for at, story in enumerate((*english, *vietnamese))]
        if name == "page":
            for own, story in told:
                path = folder / f"{own}.html"
                path.write_text(page(story), encoding="utf-8")
                yield Made("page", path, story, "text/html")
        elif name == "Chromium":
            yield from by_chromium(folder, told)
        elif name == "pdfTeX":
            yield from by_tex(folder, told)
        else:
            yield from by_libreoffice(folder, told, name, _TYPES[name])


def cut(made: Made, chance: random.Random) -> str:
    """A quotation from a document's text, within a paragraph or over the end of one."""
    flows = [flow for flow in made.story.flows() if sum(map(len, flow)) >= 40]
    flow = chance.choices(flows, [sum(map(len, flow)) for flow in flows])[0]
    text = "\n".join(flow)
    if chance.random() < 0.85:
        text = chance.choices(flow, list(map(len, flow)))[0]
    size = min(len(text), chance.randint(20, 300))
    start = chance.randint(0, len(text) - size)
    end = start + size
    # Some of the texts have letters and their marks apart. Without its accent a letter is another one.
    while start and unicodedata.combining(text[start]):
        start -= 1
    while end < len(text) and unicodedata.combining(text[end]):
        end += 1
    return text[start:end].strip()


def changed(quotation: str, chance: random.Random) -> str:
    """The quotation as somebody else might type it."""
    choices = {" ": [" ", "\u00a0", "  ", "\n", "\u2009"], "“": ['"', "„", "«"], "”": ['"', "“", "»"]}
    choices |= {"’": ["'", "‘"], "'": ["’"], "–": ["—", "-", "−"], "—": ["–"], "-": ["‐", "‑"], "\n": [" ", "\n\n"]}
    between = re.compile(r"(?<=\s)-(?=\s)|(?<!\w)-|-(?!\w)")
    edges = {found.start() for found in between.finditer(quotation)}
    pieces = [
        chance.choice(choices[char]) if char in choices and at not in edges and chance.random() < 0.5 else char
        for at, char in enumerate(quotation)
    ]
    # A space beside « or » belongs to it, and a lone one does not.
    text = "".join(pieces)
    return unicodedata.normalize(chance.choice(["NFC", "NFD"]), text)


def with_other_letter(quotation: str, chance: random.Random) -> str:
    """The quotation with one letter or digit changed to another."""
    at = chance.choice([at for at, char in enumerate(quotation) if char.isalnum()])
    kin = "0123456789" if quotation[at].isdigit() else "aăâbcdđeêghiklmnoôơpqrstuưvxy"
    other = chance.choice([each for each in kin if each != quotation[at].lower()])
    return quotation[:at] + other + quotation[at + 1 :]


def plainly_there(text: str, quotation: str) -> bool:
    """An independent search: letters and digits alone, in one form."""
    return _letters(quotation) in _letters(text)


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text))


class Table:
    """What was found of what was asked, by maker and format."""

    def __init__(self) -> None:
        self.rows: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
        self.misses: list[str] = []

    def ask(self, made: Made, extracted: Extracted, count: int, chance: random.Random) -> None:
        """Looks up `count` quotations in a document, as changed and as altered."""
        quoted = QuotedText(extracted.document.text, extracted.document.blocks)
        row = self.rows[f"{made.maker} {made.path.suffix[1:]} {made.story.language}"]
        row[0] += 1
        for _ in range(count):
            quotation = cut(made, chance)
            asked = changed(quotation, chance)
            row[1] += 1
            answer = quoted.find(asked, nth=1)
            if isinstance(answer, Found):
                row[2] += 1
            else:
                near = answer.nearest.text if answer.nearest else ""
                self.misses.append(f"{made.path.name} ({made.kind}): {answer.reason}\n  {asked!r}\n  {near!r}")
            wrong = with_other_letter(quotation, chance)
            if isinstance(quoted.find(changed(wrong, chance), nth=1), Found) and not plainly_there(quoted.text, wrong):
                row[3] += 1
                self.misses.append(f"{made.path.name}: FALSELY FOUND {wrong!r}")

    def show(self) -> bool:
        """Prints the table; whether everything was found and nothing falsely."""
        print("| maker, format, language | documents | quotations | found | falsely found |")
        print("| --- | --- | --- | --- | --- |")
        for name, (documents, asked, found, false) in self.rows.items():
            print(f"| {name} | {documents} | {asked:,} | {found / asked:.2%} | {false} |")
        asked, found, false = (sum(row[at] for row in self.rows.values()) for at in (1, 2, 3))
        print(f"| all | {sum(row[0] for row in self.rows.values())} | {asked:,} | {found / asked:.3%} | {false} |")
        return found == asked and not false


def main() -> None:
    """Makes the documents, reads them, looks up the quotations, prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=200)
    parser.add_argument("--quotations", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--misses", type=Path, help="write what was missed to a file")
    parser.add_argument("--work", type=Path, help="keep the documents in this folder")
    options = parser.parse_args()
    chance, table = random.Random(options.seed), Table()
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.work or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        start = time.perf_counter()
        documents = list(make(folder, options.documents, chance))
        print(f"{len(documents)} documents made in {time.perf_counter() - start:.0f} s", file=sys.stderr)
        jobs = [Job(made.path, Hint(made.media_type, name=made.path.name, about=False)) for made in documents]
        for made, answer in zip(documents, extract_many(jobs), strict=True):
            if isinstance(answer, FactdeskError):
                raise SystemExit(f"{made.path.name}: {answer}")
            table.ask(made, answer, round(options.quotations / len(documents)), chance)
    if options.misses:
        options.misses.write_text("\n".join(table.misses), encoding="utf-8")
    sys.exit(0 if table.show() else 1)


if __name__ == "__main__":
    main()
