"""What facts of evidence are looked up by once their content was redacted: nothing of what it said."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

REDACTED_COLUMNS: Mapping[str, Mapping[str, Any]] = {
    "capture": {
        "url": "",
        "own_id": "",
        "name": "",
        "digest": "",
        "text_digest": "",
        "language": "",
        "day": 0,
        "label": "",
    },
    "citation": {"claim": "", "stance": ""},
    "attachment": {"blob": ""},
    "look": {"outcome": "", "after": None},
}
"""By the kind of fact. What it is about stays, when a source was looked at, and whether it was supplied."""
