"""What an import could not take as it was, row by row, in a file beside the desk."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

from factdesk.domain.runs import Repair
from factdesk.interchange.repairs import REPAIRS


@dataclass(slots=True)
class Report:
    """Writes one line of JSON for each row repaired or skipped; the file is there only once it has a line."""

    path: Path
    _out: TextIO | None = field(default=None, init=False)

    def add(self, repair: Repair) -> None:
        """Name one repair."""
        if self._out is None:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._out = self.path.open("w", encoding="utf-8", errors="backslashreplace")
        row = {
            "place": str(repair.place),
            "row": repair.place.row,
            "path": repair.place.path,
            "skipped": repair.skipped,
            "code": repair.code,
            "reason": REPAIRS.get(repair.code, repair.code),
            "value": repair.detail,
        }
        self._out.write(json.dumps(row, ensure_ascii=False) + "\n")

    def close(self) -> Path | None:
        """The file, or None when there was nothing to say."""
        if self._out is None:
            return None
        self._out.close()
        return self.path
