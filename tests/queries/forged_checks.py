"""Bundles of published checks, forged by somebody who makes every digest anew and signs with any key they have."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from factdesk.capture.wacz import write_wacz
from factdesk.capture.wacz_manifest import Fact, Manifest
from factdesk.domain.keys import fingerprint
from factdesk.domain.statements import digest_of
from factdesk.domain.verification import Step
from factdesk.queries.bundle import manifest_of
from factdesk.queries.desk import Desk
from factdesk.queries.verify import How, verify_open_bundle
from factdesk.signing.keys import PrivateKey
from factdesk.signing.sign import sign
from factdesk.store.blobs import open_blob

Json = Any


def packed(desk: Desk, manifest: Manifest) -> bytes:
    """A bundle of what a manifest names, as a desk writes it."""
    out = io.BytesIO()
    with desk.record.read() as session:
        write_wacz(out, manifest, lambda digest: open_blob(session, desk.config, digest))
    return out.getvalue()


def manifest_for(desk: Desk, *given: str) -> Manifest:
    """The manifest of a bundle of these."""
    with desk.record.read() as session:
        return manifest_of(desk.record, session, given)


def written(value: Json) -> str:
    """Canonical JSON."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def resealed(fact: Fact, content: str) -> Fact:
    """A fact with another content, sealed anew."""
    data = bytes.fromhex(fact.salt) + content.encode("utf-8", "surrogatepass")
    return replace(fact, content=content, digest=hashlib.sha256(data).hexdigest())


def statement_in(manifest: Manifest) -> Json:
    """The statement of a bundle's one publication."""
    return json.loads(json.loads(manifest.publications[0].content)["statement"])


def with_statement(manifest: Manifest, statement: Json, key: PrivateKey | None = None, **signoff: str) -> Manifest:
    """The manifest with another statement; signed anew with a key, where one is given."""
    content = statement if isinstance(statement, str) else written(statement)
    publication = json.loads(manifest.publications[0].content) | {"statement": content}
    signed = json.loads(manifest.signoffs[0].content)
    if key is not None:
        digest = digest_of(content)
        signed |= {"digest": digest, "public": key.public, "signature": sign(key, digest)}
    return replace(
        manifest,
        publications=(resealed(manifest.publications[0], written(publication)),),
        signoffs=(resealed(manifest.signoffs[0], written(signed | signoff)),),
    )


def changed(statement: Json, path: tuple[str | int, ...], change: Callable[[Json], Json]) -> Json:
    """A copy of a statement with one value changed."""
    copy = json.loads(json.dumps(statement))
    *above, last = path
    place = copy
    for name in above:
        place = place[name]
    place[last] = change(place[last])
    return copy


def leaves(value: Json, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """The places of all values, lists among them."""
    if isinstance(value, dict):
        return [each for name, one in value.items() for each in leaves(one, (*path, name))]
    if isinstance(value, list):
        return [path, *(each for number, one in enumerate(value) for each in leaves(one, (*path, number)))]
    return [path]


def pinned(*keys: PrivateKey) -> How:
    """How a reader verifies who pinned these keys."""
    return How(quick=True, pins={fingerprint(key.public): f"Reviewer {number}" for number, key in enumerate(keys)})


def steps(data: bytes, how: How) -> list[Step]:
    """All steps of a bundle."""
    return list(verify_open_bundle(io.BytesIO(data), "k.wacz", how))


def failed(data: bytes, how: How) -> dict[str, str]:
    """The names and reasons of the steps that fail."""
    return {step.name: str(step.reason) for step in steps(data, how) if step.outcome == "fail"}
