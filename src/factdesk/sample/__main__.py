"""`python -m factdesk.sample` writes the sample feed to standard output, for `factdesk import -`."""

from __future__ import annotations

import sys

from factdesk.sample.feed import feed_json

sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr] # Windows would write another encoding to a pipe
sys.stdout.write(feed_json())
