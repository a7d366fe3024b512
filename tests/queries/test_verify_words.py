"""What a step says is said in Vietnamese too, wherever its sentence is handed on by a name."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import factdesk
from factdesk.wording import catalogue

SOURCE = Path(factdesk.__file__).parent
FILES = sorted([*SOURCE.glob("capture/wacz*.py"), *SOURCE.glob("queries/verify*.py")])


def sentences(path: Path) -> list[str]:
    """The module's own names for sentences: `_MISSING = "This file is missing."`."""
    found = []
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Constant(value=str(text))):
                if name.startswith("_") and text.endswith((".", "”")):
                    found.append(text)
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_sentence_has_its_vietnamese(path: Path) -> None:
    table = catalogue("vi")
    assert [text for text in sentences(path) if text not in table] == []


def test_the_sentences_were_read() -> None:
    assert len([text for path in FILES for text in sentences(path)]) > 60
