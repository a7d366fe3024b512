"""A desk's record, rewritten by somebody with write access who makes every digest and hash of it anew."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from typing import Any

from factdesk.config import DeskConfig
from factdesk.domain.events import GENESIS, event_hash
from factdesk.domain.heads import head_from, head_text
from factdesk.domain.reviews import content_digest
from factdesk.signing.keys import PrivateKey
from factdesk.signing.sign import sign_head
from factdesk.store.batches import batch_digest
from factdesk.store.engines import sqlite_file
from factdesk.store.sealed import sealed_line

Change = Callable[[Any], Any]
"""Takes a fact's content, parsed, and gives another; None leaves it."""


def forge(config: DeskConfig, kind: str, change: Change) -> None:
    """Change every fact of a kind, and the whole log after it so that it holds."""
    with closing(sqlite3.connect(sqlite_file(config))) as record:
        rows = record.execute("SELECT id, content, salt FROM sealed WHERE kind = ?", (kind,)).fetchall()
        for own, content, salt in rows:
            after = change(json.loads(content))
            if after is not None:
                text = json.dumps(after, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
                values = text, content_digest(text, salt), own
                record.execute("UPDATE sealed SET content = ?, digest = ? WHERE id = ?", values)
        _hash_again(record)
        record.commit()


def refit(config: DeskConfig, key: PrivateKey | None = None) -> None:
    """Make every signed head say what it was sealed behind; signed anew, where a key is given."""
    with closing(sqlite3.connect(sqlite_file(config))) as record:
        rows = record.execute(
            "SELECT e.seq - 1, e.previous_hash FROM sealed s JOIN events e ON e.seq = s.seq WHERE s.kind = 'head' "
            "ORDER BY s.id"
        ).fetchall()
    stood = iter(rows)

    def change(content: dict[str, Any]) -> dict[str, Any]:
        seq, own = next(stood)
        made = content | {"seq": seq, "hash": own}
        if key is not None:
            text = head_text(made["desk"], (seq, own), key.public, head_from(made).time)
            made |= {"public": key.public, "signature": sign_head(key, text)}
        return made

    forge(config, "head", change)


def _hash_again(record: sqlite3.Connection) -> None:
    previous = GENESIS
    events = record.execute("SELECT seq, time, actor, action, subject, payload FROM events ORDER BY seq").fetchall()
    for seq, time, actor, action, subject, payload in events:
        lines = record.execute("SELECT kind, id, digest FROM sealed WHERE seq = ? ORDER BY place", (seq,)).fetchall()
        said = payload
        if lines:
            sealed = json.loads(payload) | {"digest": batch_digest(sealed_line(*line) for line in lines)}
            said = json.dumps(sealed, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        when = datetime.fromisoformat(time).replace(tzinfo=UTC) if isinstance(time, str) else time
        own = event_hash(seq, when, actor, action, subject, said, previous)
        record.execute(
            "UPDATE events SET payload = ?, previous_hash = ?, hash = ? WHERE seq = ?", (said, previous, own, seq)
        )
        previous = own
