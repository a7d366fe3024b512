"""The table of repairs is the whole of them, in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import factdesk.interchange
from factdesk.interchange.repairs import MENDED, REPAIRS, SKIPS
from factdesk.wording import catalogue

ROOM = Path(factdesk.interchange.__file__).parent
TEXTS = [ROOM / name for name in ("../text/urls.py", "../text/dates.py", "../text/entities.py")]
CODE = re.compile(r'"([a-z]+(?:-[a-z]+)+)"')


def sources() -> str:
    own = [path for path in ROOM.glob("*.py") if path.name != "repairs.py"]
    return "\n".join(path.read_text(encoding="utf-8") for path in own + TEXTS)


def test_every_code_is_used() -> None:
    used = set(CODE.findall(sources()))
    assert set(REPAIRS) <= used


def test_codes_are_either_skips_or_repairs_and_each_is_one_sentence() -> None:
    assert not set(SKIPS) & set(MENDED)
    assert all(text.endswith(".") and "{" not in text for text in REPAIRS.values())


def test_every_sentence_is_said_in_vietnamese() -> None:
    said = catalogue("vi")
    assert [text for text in REPAIRS.values() if text not in said] == []
