"""Documents made by other programs out of known texts: pages, and files by Chromium, LibreOffice and pdfTeX.

They are laid out as people lay out reports: running heads and page numbers that stand between the halves of a sentence
that goes over to the next page, footnotes, lists, tables, two columns, justified and hyphenated text.
"""

from __future__ import annotations

import html
import os
import random
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from unicodedata import normalize

from bench_data import read_rows

TEX_SIGNS = {
    "\\": r"\textbackslash{}", "#": r"\#", "$": r"\$", "%": r"\%", "&": r"\&", "~": r"\textasciitilde{}", "_": r"\_",
    "^": r"\textasciicircum{}", "{": r"\{", "}": r"\}", "<": r"\textless{}", ">": r"\textgreater{}", "|": r"\textbar{}",
    '"': r"\textquotedbl{}",
}  # fmt: skip
_NOT_TEX = re.compile("[^\x20-\x7eÀ-ÖØ-öø-ÿĂăĐđĨĩŨũƠơƯưẠ-ỹ“”‘’–—…]")


@dataclass(frozen=True, slots=True)
class Story:
    """A text to be laid out. Its parts, in this order: title, then heading and paragraphs of each section, items, rows
    of a table, and a footnote at the end of the first paragraph."""

    language: str
    title: str
    sections: tuple[tuple[str, tuple[str, ...]], ...]
    items: tuple[str, ...]
    rows: tuple[tuple[str, str], ...]
    note: str

    def flows(self) -> list[list[str]]:
        """The stretches that are read on in one go: what stands in one may be quoted across its parts."""
        first, *rest = self.sections[0][1]
        running = [[heading, *texts] for heading, texts in self.sections[1:]]
        return [[self.title], [self.sections[0][0], first], rest, *running, list(self.items), [self.note]]

    def plain(self) -> Story:
        """The story without letters that have accents."""

        def bare(text: str) -> str:
            return "".join(char for char in normalize("NFD", text) if char.isascii() or char in "“”‘’–—…")

        sections = tuple((bare(heading), tuple(map(bare, texts))) for heading, texts in self.sections)
        rows = tuple((bare(name), number) for name, number in self.rows)
        return Story(self.language, bare(self.title), sections, tuple(map(bare, self.items)), rows, bare(self.note))


@dataclass(frozen=True, slots=True)
class Made:
    """A document on disk: who made it, in which format, and out of what."""

    maker: str
    path: Path
    story: Story
    media_type: str
    kind: str = field(default="")


def stories(count: int, language: str, chance: random.Random, *, tex: bool = False) -> Iterator[Story]:
    """Stories out of the benchmark's texts; for pdfTeX without signs that its fonts lack."""
    pools = {
        "en": [(f"{row['title']}", row["text"]) for row in read_rows("evidence", "scifact-en", "corpus.jsonl.gz")],
        "vi": [("", row["text"]) for row in read_rows("verify", "vifactcheck-vi", "articles.jsonl.gz")],
    }
    pool = [each for each in pools[language] if len(each[1]) > 600]
    for _ in range(count):
        yield _story(language, [_typeset(text, tex) for each in chance.sample(pool, 12) for text in each], chance)


def _typeset(text: str, tex: bool) -> str:
    """A text as a printer would set it: curly quotation marks, real dashes, one line a paragraph."""
    text = re.sub(r'"([^"]*)"', r"“\1”", " ".join(text.split())).replace(" - ", " – ")
    text = re.sub(r"(?<=\w)'(?=\w)", "’", text).replace('"', "")
    return re.sub("[-–]{2,}", "–", " ".join(_NOT_TEX.sub("", text).split())) if tex else text


def _story(language: str, texts: list[str], chance: random.Random) -> Story:
    titles, bodies = texts[::2], texts[1::2]
    sentences = [re.split(r"(?<=[.!?])\s+", body) for body in bodies]
    titles = [title or " ".join(lines[0].split()[:8]) for title, lines in zip(titles, sentences, strict=True)]
    sections = tuple(
        (titles[at], tuple(" ".join(lines[low : low + 4]) for low in range(0, min(len(lines), 16), 4)))
        for at, lines in enumerate(sentences[:9])
    )
    items = tuple(lines[0] for lines in sentences[9:12])
    rows = tuple((title[:40].strip(), str(chance.randint(1, 99_999) / 10)) for title in titles[9:12])
    return Story(language, titles[0], sections, items, rows, sentences[10][-1])


def page(story: Story, *, columns: int = 1, wide: bool = True) -> str:
    """The story as a web page, with what stands around an article on one."""
    text = html.escape
    parts = [f"<h1>{text(story.title)}</h1>"]
    for number, (heading, paragraphs) in enumerate(story.sections):
        parts.append(f"<h2>{text(heading)}</h2>")
        for at, paragraph in enumerate(paragraphs):
            mark = '<sup><a href="#n1">1</a></sup>' if not number and not at else ""
            first, _, rest = text(paragraph).partition(" ")
            parts.append(f"<p><b>{first}</b>\n  {rest}{mark}</p>")
    parts.append("<ul>" + "".join(f"<li>{text(item)}</li>" for item in story.items) + "</ul>")
    parts.append("<table>" + "".join(f"<tr><td>{text(a)}</td><td>{b}</td></tr>" for a, b in story.rows) + "</table>")
    parts.append(f'<aside><p id="n1">1. {text(story.note)}</p></aside>')
    style = f"article{{columns:{columns};text-align:justify;hyphens:auto}} p{{margin:0 0 1em}} td{{padding:0 2em}}"
    menu = "<nav><a href='/'>Home</a> <a href='/news'>News</a></nav>" if wide else ""
    return (
        f'<!doctype html><html lang="{story.language}"><head><meta charset="utf-8"><title>{text(story.title)}</title>'
        f"<style>{style}</style></head><body>{menu}<article>{''.join(parts)}</article></body></html>"
    )


def by_chromium(folder: Path, made: Sequence[tuple[str, Story]]) -> Iterator[Made]:
    """PDF files as Chromium prints pages: with its own head and foot on every sheet."""
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    if browser is None:
        raise SystemExit("Chromium is needed for this benchmark.")
    for at, (name, story) in enumerate(made):
        source, path = folder / f"{name}.html", folder / f"{name}.pdf"
        source.write_text(page(story, columns=1 + at % 2, wide=False), encoding="utf-8")
        flags = ["--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder / 'profile'}"]
        _run([browser, *flags, f"--print-to-pdf={path}", source.as_uri()], path)
        yield Made("Chromium", path, story, "application/pdf", f"{1 + at % 2} columns")


def by_libreoffice(folder: Path, made: Sequence[tuple[str, Story]], suffix: str, media_type: str) -> Iterator[Made]:
    """Files that LibreOffice writes from a text document with running head, page numbers, footnote and columns."""
    office = shutil.which("soffice")
    if office is None:
        raise SystemExit("LibreOffice is needed for this benchmark.")
    sources = []
    for at, (name, story) in enumerate(made):
        sources.append(folder / f"{name}.fodt")
        sources[-1].write_text(flat_document(story, columns=1 + at % 2), encoding="utf-8")
    profile = f"-env:UserInstallation={(folder / 'office').as_uri()}"
    last = sources[-1].with_suffix(f".{suffix}")
    _run([office, profile, "--headless", "--convert-to", suffix, "--outdir", str(folder), *map(str, sources)], last)
    for at, ((_, story), source) in enumerate(zip(made, sources, strict=True)):
        yield Made("LibreOffice", source.with_suffix(f".{suffix}"), story, media_type, f"{1 + at % 2} columns")


def flat_document(story: Story, *, columns: int) -> str:
    """The story as a flat OpenDocument text."""
    text = html.escape
    parts = [f'<text:h text:outline-level="1">{text(story.title)}</text:h>']
    note = (
        '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body>'
        f"<text:p>{text(story.note)}</text:p></text:note-body></text:note>"
    )
    for number, (heading, paragraphs) in enumerate(story.sections):
        parts.append(f'<text:h text:outline-level="2">{text(heading)}</text:h>')
        for at, paragraph in enumerate(paragraphs):
            body = text(paragraph) + (note if not number and not at else "")
            parts.append(f'<text:p text:style-name="Body">{body}</text:p>')
    items = "".join(f"<text:list-item><text:p>{text(item)}</text:p></text:list-item>" for item in story.items)
    cells = "".join(
        "<table:table-row>" + "".join(f"<table:table-cell><text:p>{text(c)}</text:p></table:table-cell>" for c in row)
        + "</table:table-row>"
        for row in story.rows
    )  # fmt: skip
    table = f'<table:table table:name="T"><table:table-column table:number-columns-repeated="2"/>{cells}</table:table>'
    return _FLAT.format(
        body="".join(parts) + f"<text:list>{items}</text:list>" + table,
        head=text(story.title),
        columns=columns,
        language=story.language,
    )


_FLAT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" office:version="1.3"
 office:mimetype="application/vnd.oasis.opendocument.text">
<office:styles><style:style style:name="Body" style:family="paragraph"><style:paragraph-properties
 fo:text-align="justify"/><style:text-properties fo:hyphenate="true" fo:language="{language}"/></style:style>
</office:styles><office:automatic-styles><style:page-layout style:name="L"><style:page-layout-properties
 fo:page-width="21cm" fo:page-height="29.7cm" fo:margin="2cm">
<style:columns fo:column-count="{columns}" fo:column-gap="0.8cm"/>
</style:page-layout-properties><style:header-style/><style:footer-style/></style:page-layout></office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="L"><style:header>
<text:p>{head}</text:p></style:header><style:footer><text:p>Page <text:page-number/></text:p></style:footer>
</style:master-page></office:master-styles><office:body><office:text>{body}</office:text></office:body></office:document>"""


def by_tex(folder: Path, made: Sequence[tuple[str, Story]]) -> Iterator[Made]:
    """PDF files by pdfTeX, one and two columns, justified and hyphenated, with and without a map to Unicode."""
    tex = shutil.which("pdflatex")
    if tex is None:
        raise SystemExit("pdfTeX is needed for this benchmark.")
    for at, (name, story) in enumerate(made):
        source, path = folder / f"{name}.tex", folder / f"{name}.pdf"
        fonts = "T5" if story.language == "vi" else ("OT1", "Latin Modern", "OT1", "Latin Modern", "bitmaps")[at % 5]
        shown = story.plain() if fonts == "OT1" else story
        source.write_text(tex_source(shown, fonts, two=at % 2 == 1, mapped=at % 4 < 2), encoding="utf-8")
        _run([tex, "-interaction=nonstopmode", f"-output-directory={folder}", str(source)], path)
        kind = f"{fonts}, {1 + at % 2} columns{', mapped' * (at % 4 < 2)}"
        yield Made("pdfTeX bitmaps" if fonts == "bitmaps" else "pdfTeX", path, shown, "application/pdf", kind)


_FONTS = {
    # What TeX has set in since 1982; letters with accents are made of two signs, and left out here.
    "OT1": "",
    "Latin Modern": r"\usepackage[T1]{fontenc}\usepackage{lmodern}",
    "T5": r"\usepackage[T5]{fontenc}",
    # Where no outlines of the European fonts are installed: glyphs without names and without a map.
    "bitmaps": r"\usepackage[T1]{fontenc}",
}


def tex_source(story: Story, fonts: str, *, two: bool, mapped: bool) -> str:
    """The story as LaTeX."""
    lines = [
        rf"\documentclass[10pt,a4paper{',twocolumn' if two else ''}]{{article}}{_FONTS[fonts]}",
        r"\usepackage[utf8]{inputenc}\usepackage{fancyhdr,textcomp}",
        r"\input glyphtounicode \pdfgentounicode=1" if mapped else "",
        r"\pagestyle{fancy}\fancyhead[L]{Annual report}\fancyfoot[C]{Page \thepage}\begin{document}",
        rf"\title{{{_tex(story.title)}}}\author{{}}\date{{}}\maketitle\thispagestyle{{fancy}}",
    ]
    for number, (heading, paragraphs) in enumerate(story.sections):
        lines.append(rf"\section*{{{_tex(heading)}}}")
        for at, paragraph in enumerate(paragraphs):
            note = rf"\footnote{{{_tex(story.note)}}}" if not number and not at else ""
            lines.append(_tex(paragraph) + note + "\n")
    lines.append(r"\begin{itemize}" + "".join(rf"\item {_tex(item)} " for item in story.items) + r"\end{itemize}")
    rows = "".join(rf"{_tex(name)} & {number}\\" for name, number in story.rows)
    lines.append(rf"\noindent\begin{{tabular}}{{p{{4cm}}r}}{rows}\end{{tabular}}\end{{document}}")
    return "\n".join(lines)


def _tex(text: str) -> str:
    return "".join(TEX_SIGNS.get(char, char) for char in text)


def _run(command: list[str], path: Path) -> None:
    done = subprocess.run(command, capture_output=True, timeout=600, env=os.environ | {"LC_ALL": "C.UTF-8"})
    if not path.is_file():
        raise SystemExit(f"{command[0]} made no {path.name}: {done.stdout[-500:]!r} {done.stderr[-500:]!r}")
