"""What the tests of keys share: a cost that does not make them wait, and a passphrase that is allowed."""

from __future__ import annotations

from hypothesis import settings

from factdesk.signing.envelope import Cost

QUICK = Cost(2**4, 1, 1)
PASSPHRASE = "bốn từ không liên quan"

UNHURRIED = settings(deadline=None)
"""For what loads a library or waits for a disk, on a machine that does other things too."""
