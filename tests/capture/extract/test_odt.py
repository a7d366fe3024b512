"""What the rules of OpenDocument ask for and LibreOffice's own files do not show; and round trips."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.capture.extract import packed

from factdesk.capture.extract import docx, odt
from factdesk.capture.extract.base import Hint, Limits
from factdesk.domain.documents import Extracted
from factdesk.errors import DamagedError, ProtectedError

STYLE = "urn:oasis:names:tc:opendocument:xmlns:style:1.0"
LETTERS = st.characters(
    codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp", "Cn", "Co"], exclude_characters="\u0085"
)


def read(body: str, **parts: str) -> Extracted:
    members: dict[str, bytes | str] = {"mimetype": packed.ODT_TYPE, "content.xml": packed.odt_content(body)}
    members |= {f"{name}.xml": part for name, part in parts.items()}
    return odt.extract(packed.package(members), Hint(name="a.odt"), Limits())


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<text:p>  a \n\t b  c </text:p>", "a b c "),
        ("<text:p>a <text:span> b</text:span> c</text:p>", "a b c"),
        ("<text:p>a<text:s/>b<text:s text:c='3'/>c</text:p>", "a b   c"),
        ("<text:p>a<text:tab/>b<text:line-break/>c</text:p>", "a\tb\nc"),
        ("<text:p>a<text:a>b</text:a>c<text:span>d</text:span>e</text:p>", "abcde"),
        ("<text:p>a<office:annotation><text:p>no</text:p></office:annotation>b</text:p>", "ab"),
        (
            "<text:p>a<text:ruby><text:ruby-base>b</text:ruby-base><text:ruby-text>no</text:ruby-text></text:ruby></text:p>",
            "ab",
        ),
        ("<text:section text:display='none'><text:p>no</text:p></text:section><text:p>a</text:p>", "a"),
    ],
)
def test_white_space_and_what_is_left_out(body: str, expected: str) -> None:
    assert read(body).document.text == expected


def test_a_note_does_not_cut_its_sentence() -> None:
    inside = "<text:note-citation>1</text:note-citation><text:note-body><text:p>chú</text:p></text:note-body>"
    note = f"<text:note>{inside}</text:note>"
    found = read(f"<text:p>trước{note} sau</text:p><text:p>hết</text:p>").document
    assert found.text == "trước sau\nhết\nchú"
    assert [block.kind for block in found.blocks] == ["paragraph", "paragraph", "note"]


@pytest.mark.parametrize(
    ("face", "letters", "expected"), [(".VnTime", "ViÖt Nam", "Việt Nam"), ("VNI-Times", "Vieät Nam", "Việt Nam")]
)
def test_fonts_of_before_unicode(face: str, letters: str, expected: str) -> None:
    sheet = (
        f'<s:styles xmlns:s="{STYLE}"><s:default-style s:family="paragraph"><s:text-properties s:font-name="{face}"/>'
    )
    found = read(f"<text:p>{letters}</text:p>", styles=f"{sheet}</s:default-style></s:styles>")
    assert found.document.text == expected
    assert [remark.feature for remark in found.remarks] == ["charset"]


def test_an_encrypted_file_asks_for_its_password() -> None:
    parts: dict[str, bytes | str] = {"mimetype": packed.ODT_TYPE, "content.xml": b"\x00noise"}
    parts["META-INF/manifest.xml"] = "<m><file-entry><encryption-data/></file-entry></m>"
    with pytest.raises(ProtectedError):
        odt.extract(packed.package(parts), Hint(), Limits())


def test_a_file_without_a_text_is_damaged() -> None:
    with pytest.raises(DamagedError):
        odt.extract(packed.package({"content.xml": "<a/>"}), Hint(), Limits())


@given(st.lists(st.text(LETTERS, min_size=1).filter(str.strip), min_size=1, max_size=5))
def test_docx_gives_back_any_paragraphs(texts: list[str]) -> None:
    data = packed.docx("".join(packed.paragraph(text) for text in texts))
    found = docx.extract(data, Hint(), Limits()).document
    assert found.text == "\n".join(texts)
    assert [found.text[block.start : block.end] for block in found.blocks] == texts
