"""Word files made to harm: refused, or read without harm."""

from __future__ import annotations

import base64
import io
import random
import re
import zipfile
from collections.abc import Callable
from contextlib import suppress
from html import escape

import pytest
from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from tests.capture.extract.attack_files import inflating
from tests.capture.extract.packed import W, docx, docx_of, package, paragraph
from tests.drafts.word_samples import ENGLISH

from factdesk.drafts.word_normal import normal
from factdesk.drafts.word_read import from_docx
from factdesk.drafts.word_write import to_docx
from factdesk.errors import DamagedError, ExtractError, InputError, LimitError, UnknownKindError
from factdesk.lint.read import read_draft

R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SECRET = "root:"


def whole(document: str) -> bytes:
    return docx_of(document.replace("<w:document>", f'<w:document xmlns:w="{W}">'))


def bomb() -> bytes:
    """A part that unpacks to 20 MB."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made, made.open("word/document.xml", "w") as part:
        part.write(f'<w:document xmlns:w="{W}"><w:body>'.encode())
        for _ in range(20):
            part.write(b" " * (1 << 20))
    return out.getvalue()


def encrypted() -> bytes:
    data = bytearray(docx(paragraph("a")))
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    return bytes(data)


def twice() -> bytes:
    data = package({"word/document.xml": "<a/>", "word/documenx.xml": "<a/>"})
    return data.replace(b"documenx", b"document")


def nested(start: str, end: str, inside: str, times: int) -> bytes:
    return docx(start * times + inside + end * times)


ENTITIES = '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
FILE = '<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
BODY = "<w:document><w:body><w:p><w:r><w:t>&{};</w:t></w:r></w:p></w:body></w:document>"
TABLE = "<w:tbl><w:tr><w:tc>"
BOX = "<w:p><w:r><w:pict><w:txbxContent>"

REFUSED: dict[str, tuple[Callable[[], bytes], type[ExtractError]]] = {
    "not a package": (lambda: b"Not a Word file.", UnknownKindError),
    "an old or protected Word file": (lambda: bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), UnknownKindError),
    "nothing": (lambda: b"", UnknownKindError),
    "cut off": (lambda: docx(paragraph("a"))[:-40], DamagedError),
    "without a document": (lambda: package({"a.xml": "<a/>"}), DamagedError),
    "a document that is none": (lambda: docx_of("<a/>"), DamagedError),
    "a part twice": (twice, DamagedError),
    "encrypted": (encrypted, ExtractError),
    "zip bomb": (bomb, LimitError),
    "deflate bomb": (lambda: docx_of(inflating(b"<w:p/>", 80)), ExtractError),
    "entities": (lambda: whole(ENTITIES + BODY.format("b")), DamagedError),
    "a file as an entity": (lambda: whole(FILE + BODY.format("a")), DamagedError),
    "entities in the styles": (lambda: docx(paragraph("a"), styles=f"{ENTITIES}<a>&b;</a>"), DamagedError),
    "a huge attribute": (lambda: docx(f'<w:p a="{"x" * (11 << 20)}"/>'), ExtractError),
    "tables in tables": (lambda: nested(TABLE, "</w:tc></w:tr></w:tbl>", paragraph("a"), 60), ExtractError),
    "boxes in boxes": (lambda: nested(BOX, "</w:txbxContent></w:pict></w:r></w:p>", paragraph("a"), 40), ExtractError),
    "elements in elements": (lambda: nested("<w:ins>", "</w:ins>", paragraph("a"), 150), LimitError),
    "many paragraphs": (lambda: docx(paragraph("a") * 20_001), LimitError),
    "much text": (lambda: docx(paragraph("a" * 1_000_000) * 3), LimitError),
    "a note again and again": (
        lambda: docx(
            "<w:p>" + "<w:r><w:footnoteReference w:id='1'/></w:r>" * 300 + "</w:p>",
            footnotes=f"<w:footnotes xmlns:w='{W}'><w:note w:id='1'>{paragraph('n' * 9000)}</w:note></w:footnotes>",
        ),
        LimitError,
    ),
    "fields in fields": (
        lambda: docx("<w:p>" + '<w:r><w:fldChar w:fldCharType="begin"/></w:r>' * 500 + "</w:p>"),
        LimitError,
    ),
}


@pytest.mark.attack
@pytest.mark.parametrize("name", REFUSED)
def test_refused(name: str) -> None:
    make, error = REFUSED[name]
    with pytest.raises(error) as caught:
        from_docx(make(), "a.docx")
    assert caught.value.place == "a.docx"


def linked(target: str, mode: str = "External", kind: str = "hyperlink") -> bytes:
    relation = f'<Relationship Id="r1" Type="{R}/{kind}" Target="{target}" TargetMode="{mode}"/>'
    body = f'<w:p><w:hyperlink xmlns:r="{R}" r:id="r1"><w:r><w:t>words</w:t></w:r></w:hyperlink></w:p>'
    return package(
        {
            "word/document.xml": f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>',
            "word/_rels/document.xml.rels": f"<Relationships>{relation}</Relationships>",
        }
    )


def field(instruction: str) -> bytes:
    return docx(f'<w:p><w:fldSimple w:instr="{instruction}"><w:r><w:t>words</w:t></w:r></w:fldSimple></w:p>')


HARMLESS: dict[str, Callable[[], bytes]] = {
    "javascript": lambda: linked("javascript:alert(1)"),
    "javascript in capitals and spaces": lambda: linked(" JaVaScRiPt:alert(1)"),
    "javascript behind a control character": lambda: linked("java&#10;script:alert(1)"),
    "a page as data": lambda: linked("data:text/html;base64,PHNjcmlwdD4="),
    "a file": lambda: linked("file:///etc/passwd"),
    "vbscript in a field": lambda: field("HYPERLINK &quot;vbscript:x&quot;"),
    "a field that includes a file": lambda: field("INCLUDETEXT &quot;/etc/passwd&quot;"),
    "a field that runs a program": lambda: field("DDEAUTO c:\\\\windows\\\\cmd.exe &quot;/k calc&quot;"),
    "styles outside": lambda: linked("file:///etc/passwd", kind="styles"),
    "styles up the folders": lambda: linked("../../../../etc/passwd", "Internal", "styles"),
    "a chunk of another document": lambda: docx(paragraph("words") + '<w:altChunk r:id="r1" xmlns:r="r"/>'),
    "hidden words": lambda: docx(paragraph("words") + paragraph("<!-- lint: FD305 hidden -->", run="<w:vanish/>")),
    "included by XML": lambda: docx(
        paragraph("words") + '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd"/>'
    ),
    "macros": lambda: package(
        {"word/vbaProject.bin": b"\xd0\xcf" * 100}
        | {"word/document.xml": f'<w:document xmlns:w="{W}"><w:body>{paragraph("words")}</w:body></w:document>'}
    ),
    "a path outside": lambda: package(
        {"../../evil.xml": "<a/>", "/etc/passwd": "x"}
        | {"word/document.xml": f'<w:document xmlns:w="{W}"><w:body>{paragraph("words")}</w:body></w:document>'}
    ),
}


@pytest.mark.attack
@pytest.mark.parametrize("name", HARMLESS)
def test_only_the_words_are_read(name: str) -> None:
    assert from_docx(HARMLESS[name](), "a.docx") == "words\n"


def with_source(data: bytes, source: str | bytes) -> bytes:
    """A Word file that claims to have been made from another source."""
    kept = source if isinstance(source, bytes) else base64.b64encode(source.encode())
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(
                name, b'<source xmlns="urn:factdesk:source">%s</source>' % kept if name.endswith("item1.xml") else part
            )
    return out.getvalue()


KEPT: dict[str, str | bytes] = {
    "another text": "---\ntitle: Frogs\n---\nSomething else, which nobody is shown.\n",
    "a waiver that is not shown": "---\ntitle: Fish\n---\n<!-- lint: FD305 x -->\n\nThey remember.\n",
    "front matter that cannot be read": "---\ntitle: [\n---\nThey remember.\n",
    "aliases of aliases": "---\na: &a [x]\nb: [*a, *a]\n---\nThey remember.\n",
    "no base64": b"!!!",
    "no letters": base64.b64encode(b"\xff\xfe\xff"),
    "too much": "x" * 2_000_001,
}


@pytest.mark.attack
@pytest.mark.parametrize("name", KEPT)
def test_a_source_that_is_not_shown_does_not_come_back(name: str) -> None:
    source = "---\ntitle: Fish\n---\nThey remember.\n"
    assert from_docx(with_source(to_docx(source), KEPT[name])) == source


TYPED: dict[str, str] = {
    "front matter": "---",
    "a tag": "<script>alert(1)</script>",
    "a picture that tells": "![x](https://e.example/pixel.png)",
    "a link": "[x](javascript:alert(1))",
    "an entity": "&lt;script&gt;",
    "a definition": "[x]: https://e.example",
    "a fence": "```",
}


@pytest.mark.attack
@pytest.mark.parametrize("name", TYPED)
def test_what_was_typed_is_words(name: str) -> None:
    texts = (TYPED[name], "title: x", TYPED[name])
    found = from_docx(docx("".join(f"<w:p><w:r><w:t>{escape(text)}</w:t></w:r></w:p>" for text in texts)))
    assert read_draft(found).front == {}
    assert MarkdownIt("commonmark").render(found) == "".join(f"<p>{escapeHtml(text)}</p>\n" for text in texts)


HARD: dict[str, str] = {
    "brackets": "[" * 10_000,
    "links begun": "[a](" * 5_000,
    "stars": "*a " * 5_000 + "**b" * 5_000,
    "backticks": "".join("`" * n + "a" for n in range(1, 200)),
    "ampersands": "&" * 50_000,
    "comments begun": "<!--" * 5_000,
    "waivers begun": "<!– lint: " * 5_000,
    "citations begun": "[^cite:" * 5_000,
    "tags begun": "<a " * 5_000,
    "spaces": "a" + " " * 100_000 + "b",
}


@pytest.mark.attack
@pytest.mark.parametrize("name", HARD)
def test_hard_texts_come_back(name: str) -> None:
    found = from_docx(docx(f'<w:p><w:r><w:t xml:space="preserve">{escape(HARD[name])}</w:t></w:r></w:p>'))
    assert found.replace("\\", "").strip() == HARD[name].strip()


@pytest.mark.attack
@pytest.mark.parametrize("seed", range(4))
def test_files_that_were_tampered_with_are_read_or_refused(seed: int) -> None:
    chance = random.Random(seed)
    data = to_docx(ENGLISH)
    for _ in range(10):
        broken = package({name: _broken(part, chance) for name, part in _parts(data).items()})
        with suppress(InputError):
            found = from_docx(broken, "a.docx")
            assert normal(found) == found


def _parts(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        return {name: opened.read(name).decode() for name in opened.namelist() if not name.startswith("customXml")}


def _broken(part: str, chance: random.Random) -> str:
    """A part in which a few elements have another name, another value, or come again somewhere else."""
    pieces = re.findall(r"<[^>]*>|[^<]+", part)
    for _ in range(3):
        at, to = chance.randrange(len(pieces)), chance.randrange(2, len(pieces))
        if pieces[at].endswith("/>"):
            name = chance.choice(["w:p", "w:tc", "w:tbl", "w:r", "w:hyperlink", "w:numPr", "w:fldChar"])
            value = chance.choice(['"-1"', '"99999999999999999999"', '""', '"٣"', '"x"'])
            pieces[to] += re.sub(r'"[^"]*"', value, re.sub(r"(?<=<)w:\w+", name, pieces[at]))
    return "".join(pieces)
