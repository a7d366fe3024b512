"""`datapackage.json` and its digest in a bundle that is being read: what they say, and which of two that disagree is
wrong."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from factdesk.capture.wacz import (
    MANIFEST,
    PACKAGE,
    PACKAGE_DIGEST,
    Facts,
    facts_of,
    order_of,
    package_digest,
    package_of,
)
from factdesk.capture.wacz_manifest import MOST, Manifest, is_digest, manifest_from, parsed

Fault = tuple[str, str, dict[str, str]]
"""A member's name, a template, its values."""

Read = Callable[[str, int], bytes]

_PACKAGE_MOST = 64 << 20
_MISSING = "This file is missing from the bundle."
_EXTRA = "This file does not belong in the bundle."
_ORDER = "The files do not stand in the order of a bundle."
_OTHER = "This file is not what datapackage.json says it is."
_NAMED = "This file is not the one that its name says."
_UNREAD = "This file is not as factdesk writes it."
_DIFFERS = "This file is not as factdesk writes it, from its byte {offset} on."


@dataclass(frozen=True, slots=True)
class Package:
    """What a bundle says of itself. `digests` are those of the contents as they are, `listed` as it says they are;
    `raw` and `raw_digest` the two files, empty where they cannot be read; `trusted` whether the second has the digest
    of the first."""

    names: tuple[str, ...]
    sizes: Mapping[str, int]
    digests: Mapping[str, str]
    raw: bytes
    raw_digest: bytes
    listed: Mapping[str, str]
    trusted: bool
    manifest: Manifest | None
    facts: Facts | None

    @property
    def names_agree(self) -> bool:
        """Whether the members are those that it lists."""
        return set(self.names) == {*self.listed, PACKAGE, PACKAGE_DIGEST}

    def expected(self, name: str) -> str:
        """The SHA-256 that a member should have; empty when nothing says."""
        if name == PACKAGE:
            return _hash(_object(self.raw_digest).get("hash"))
        return self.listed.get(name, "")

    def faults(self, changed: Collection[str]) -> Iterator[Fault]:
        """What is wrong, apart from members of which it is known already that their bytes were `changed`."""
        named = [fault for fault in self._faults() if fault[0] not in changed]
        # Of several about one file the first says most.
        yield from {fault[0]: fault for fault in reversed(named)}.values()

    def _faults(self) -> Iterator[Fault]:
        if not self.trusted:
            yield self._untrusted()
            return
        yield from self._contents()
        yield from _difference(PACKAGE_DIGEST, self.raw_digest, package_digest(self.raw))
        if self.digests.get(MANIFEST) != self.listed.get(MANIFEST):
            return
        if self.manifest is None or self.facts is None:
            yield MANIFEST, _UNREAD if MANIFEST in self.names else _MISSING, {}
            return
        yield from self._names(order_of(self.facts))
        yield from _difference(PACKAGE, self.raw, self._rebuilt(self.listed))

    def _untrusted(self) -> Fault:
        """Of `datapackage.json` and its digest, the one that is wrong."""
        rebuilt = self._rebuilt(self.digests)
        if rebuilt == self.raw and rebuilt:
            return next(_difference(PACKAGE_DIGEST, self.raw_digest, package_digest(self.raw)))
        return next(_difference(PACKAGE, self.raw, rebuilt), (PACKAGE, _UNREAD, {}))

    def _contents(self) -> Iterator[Fault]:
        for name in self.names:
            digest = self.digests.get(name, "")
            if name in (PACKAGE, PACKAGE_DIGEST):
                continue
            if name not in self.listed:
                yield name, _EXTRA, {}
            elif digest != self.listed[name]:
                yield name, _OTHER, {}
            elif is_digest(stem := name.rpartition("/")[2].partition(".")[0]) and stem != digest:
                yield name, _NAMED, {}

    def _names(self, order: list[str]) -> Iterator[Fault]:
        for name in sorted(set(order) - set(self.names)):
            yield name, _MISSING, {}
        for name in sorted(set(self.names) - set(order)):
            yield name, _EXTRA, {}
        if list(self.names) != order and set(self.names) == set(order):
            yield PACKAGE, _ORDER, {}

    def _rebuilt(self, digests: Mapping[str, str]) -> bytes:
        """`datapackage.json` as our writer makes it over these digests; empty when it cannot be made."""
        if self.manifest is None or self.facts is None:
            return b""
        rows = [(name, digests.get(name, ""), self.sizes[name]) for name in self.names]
        return package_of(self.manifest, self.facts, [row for row in rows if row[0] not in (PACKAGE, PACKAGE_DIGEST)])


def package_in(read: Read, members: Mapping[str, Any], digests: Mapping[str, str]) -> Package:
    """What a bundle says of itself, as far as it can be read. `members` are by name, each with a `size`."""
    raw, raw_digest = _bytes(read, PACKAGE, _PACKAGE_MOST), _bytes(read, PACKAGE_DIGEST, 4096)
    says = _hash(_object(raw_digest).get("hash"))
    manifest, facts = _manifest(read) if digests else (None, None)
    return Package(
        tuple(members),
        {name: member.size for name, member in members.items()},
        digests,
        raw,
        raw_digest,
        _listed(raw),
        bool(says) and says == digests.get(PACKAGE),
        manifest,
        facts,
    )


def _manifest(read: Read) -> tuple[Manifest | None, Facts | None]:
    try:
        manifest = manifest_from(read(MANIFEST, MOST))
    except ValueError:
        return None, None
    try:
        return manifest, facts_of(manifest)
    except ValueError:
        return manifest, None


def _listed(raw: bytes) -> dict[str, str]:
    resources = _object(raw).get("resources")
    rows = resources if isinstance(resources, list) else []
    return {
        row["path"]: _hash(row.get("hash"))
        for row in rows
        if isinstance(row, dict) and isinstance(row.get("path"), str)
    }


def _hash(text: Any) -> str:
    digest = text.removeprefix("sha256:") if isinstance(text, str) else ""
    return digest if is_digest(digest) else ""


def _object(data: bytes) -> dict[str, Any]:
    try:
        value = parsed(data)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


def _bytes(read: Read, name: str, most: int) -> bytes:
    try:
        return read(name, most)
    except ValueError:
        return b""


def _difference(name: str, found: bytes, expected: bytes) -> Iterator[Fault]:
    if found != expected:
        pairs = enumerate(zip(found, expected, strict=False))
        at = next((at for at, (one, other) in pairs if one != other), min(len(found), len(expected)))
        yield name, _DIFFERS if expected else _UNREAD, {"offset": f"{at:,}"} if expected else {}
