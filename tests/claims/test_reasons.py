from __future__ import annotations

import json
from pathlib import Path

import pytest

import factdesk
from factdesk.claims import reasons
from factdesk.claims.features import Sentence
from factdesk.claims.reasons import reason
from factdesk.domain.claims import Kind


@pytest.mark.parametrize(
    ("text", "kind", "worthy", "expected"),
    [
        ("It killed 4,000 people.", "checkable", True, "states a figure: 4,000 people"),
        ("Garlic cures colds.", "checkable", True, "says that something is so: cures"),
        ("The shop sells bread.", "checkable", False, "can be checked, but little seems to hang on it"),
        ("I think it is bad.", "opinion", False, "gives a view: i think"),
        ("Roses smell.", "opinion", False, "reads as an opinion"),
        ("It will rain.", "prediction", False, "speaks of what is to come: will"),
        ("Real?", "question", False, "asks a question"),
        ("Xin chào cả nhà!", "other", False, "greets, thanks or asks the reader for something: xin chào, chào"),
    ],
)
def test_reason(text: str, kind: Kind, worthy: bool, expected: str) -> None:
    assert str(reason(Sentence(text, "vi" if "à" in text else "en"), kind, worthy)) == expected


def test_every_reason_has_its_vietnamese() -> None:
    fragment = Path(factdesk.__file__).parent / "locale" / "vi.d" / "claims.json"
    catalogue = json.loads(fragment.read_text(encoding="utf-8"))
    templates = {template for pairs in reasons._BY_CUES.values() for _, template in pairs}
    templates |= {*reasons._OTHERWISE.values(), reasons._MINOR, reasons._FIGURES}
    assert templates <= set(catalogue)
