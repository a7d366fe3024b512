"""Packages of office documents: what refers to what in them, and which are not opened."""

from __future__ import annotations

import io
import zipfile

import pytest

from factdesk.errors import DamagedError, LimitError
from factdesk.interchange.office_zip import MEGABYTE, Package

RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def packed(**parts: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in parts.items():
            package.writestr(name, text)
    return out.getvalue()


def relation(kind: str, target: str, more: str = "") -> str:
    return f'<Relationship Id="r" Type="{RELATIONS}/{kind}" Target="{target}" {more}/>'


def test_relations_stay_inside_the_package() -> None:
    inside = relation("styles", "styles.xml") + relation("theme", "../../../../etc/passwd")
    inside += relation("image", "file:///etc/passwd", 'TargetMode="External"')
    data = packed(**{"word/_rels/document.xml.rels": f"<Relationships>{inside}</Relationships>"})
    found = Package(data, "a.docx", MEGABYTE).relations("word/document.xml")
    assert found == [("styles", "word/styles.xml"), ("theme", "etc/passwd")]


def test_a_part_that_is_not_there_is_none() -> None:
    assert Package(packed(a="<a/>"), "a.docx", MEGABYTE).xml("b") is None


@pytest.mark.parametrize("text", ["<a>", "<!DOCTYPE a [<!ENTITY e 'x'>]><a>&e;</a>", ""])
def test_damaged_parts_say_where(text: str) -> None:
    with pytest.raises(DamagedError) as caught:
        Package(packed(a=text), "a.docx", MEGABYTE).xml("a")
    assert caught.value.place == "a.docx"


def test_the_budget_is_one_for_all_parts() -> None:
    text = f"<a>{'x' * 600}</a>"
    package = Package(packed(a=text, b=text), "a.docx", 1000)
    package.xml("a")
    with pytest.raises(LimitError):
        package.xml("b")
