"""Tests on published data are there only where the data are: they may not be copied into the project."""

from __future__ import annotations

import os
from pathlib import Path

BENCH = Path(os.environ.get("FACTDESK_BENCH") or Path(__file__).parents[3] / "shared" / "bench")

collect_ignore = [] if BENCH.is_dir() else ["test_real_data.py"]
