"""Whether every changed byte of a bundle is found, and named by the file in which it lies.

    python benchmarks/byte_flips.py [--flips 1000] [--seed 1]

A desk captures a page, a PDF, a DOCX and a supplied text, with a screenshot, a timestamp (by `openssl ts`) and
citations, publishes a check that cites them, and bundles it all. Then, one at a time: bytes of the bundle itself are
changed; and bytes of the files in it, with the ZIP's own check sums made anew. A change of the bundle must be named by
its very byte. Exit code 1 when one is not found, or is found elsewhere.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import random
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from evidence_world import Made, captures
from factdesk.actions.checks import new_check
from factdesk.actions.claims import add_claim
from factdesk.actions.people import add_person
from factdesk.capture.extract.base import Hint
from factdesk.capture.extract.run import extract
from factdesk.capture.wacz_zip import Member, ZipWriter, listed
from factdesk.clock import Clock
from factdesk.config import DeskConfig
from factdesk.domain.captures import Attachment, AttachmentKind, seal_of
from factdesk.domain.checks import Publication, SignOff
from factdesk.domain.citations import Citation, Piece
from factdesk.domain.documents import layout_of
from factdesk.domain.verification import Step
from factdesk.queries.bundle import write_bundle
from factdesk.queries.statement import statement_for
from factdesk.queries.verify import How, verify_open_bundle
from factdesk.signing.keys import PrivateKey
from factdesk.signing.sign import sign
from factdesk.store.blobs import put_blobs, stage
from factdesk.store.citations import capture_number, citations_of, put_attachments
from factdesk.store.held import number_of
from factdesk.store.items import NewFact, put_facts
from factdesk.store.record import Record
from factdesk.store.setup import prepare
from verify_speed import fill

NAME = "evidence.wacz"
WHOLE_EVERY = 20
"""One in so many is verified with its extractors run, the others with digests and places only."""


def word_file() -> bytes:
    """A small DOCX."""
    from docx import Document

    document, out = Document(), io.BytesIO()
    document.add_heading("Kết quả thử nghiệm", 1)
    for number in range(12):
        document.add_paragraph(f"Đoạn {number}: không có bằng chứng cho thấy tỏi chữa được bệnh cúm ở người lớn.")
    document.save(out)
    return out.getvalue()


def picture() -> bytes:
    """A PNG."""
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (320, 200), (250, 240, 230)).save(out, "PNG")
    return out.getvalue()


def stamped(digest: str, folder: Path) -> bytes:
    """A timestamp over a SHA-256, by an authority made for it."""

    def openssl(*words: str) -> None:
        subprocess.run(["openssl", *words], cwd=folder, check=True, capture_output=True)

    (folder / "tsa.cnf").write_text(
        "[tsa]\ndefault_tsa = t\n[t]\nserial = serial\nsigner_digest = sha256\ndefault_policy = 1.2.3.4\n"
        "digests = sha256\ness_cert_id_alg = sha256\n[x]\nextendedKeyUsage = critical,timeStamping\n"
        "[req]\ndistinguished_name = dn\n[dn]\n"
    )
    (folder / "serial").write_text("01\n")
    new = ("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "30", "-subj", "/CN=Benchmark clock")
    openssl(*new, "-keyout", "key", "-out", "cert", "-config", "tsa.cnf", "-extensions", "x")
    openssl("ts", "-query", "-digest", digest, "-sha256", "-cert", "-out", "query")
    openssl(
        "ts", "-reply", "-config", "tsa.cnf", "-queryfile", "query", "-signer", "cert", "-inkey", "key", "-out", "reply"
    )
    return (folder / "reply").read_bytes()


def supplied(first: Made, body: bytes, name: str, number: int) -> Made:
    """A file that somebody supplied, with a citation of its first words."""
    found = extract(body, Hint(name=name))
    text = found.document.text
    kept = [body, text.encode(), layout_of(found.document).encode()]
    digests = [hashlib.sha256(data).hexdigest() for data in kept]
    capture = replace(
        first.capture,
        origin="file",
        digest=digests[0],
        size=len(body),
        media_type=found.media_type,
        extractor=found.extractor,
        text_digest=digests[1],
        layout_digest=digests[2],
        charset=found.charset,
        exchange="",
        url="",
        final_url="",
        name=name,
        supplied_by="benchmark",
        about=found.about,
    )
    own_id = f"00000000-0000-7000-8000-{number:012}"
    piece = Piece(text[:40], "", text[40:72], 0, 40)
    cited = Citation(own_id, capture.text_digest, piece.exact, (piece,), "refutes", capture.time)
    return Made(own_id, capture, dict(zip(digests, kept, strict=True)), (cited,))


def bundle(folder: Path) -> bytes:
    """A bundle of everything that bundles carry."""
    config = DeskConfig(folder=folder, database_url=f"sqlite:///{folder}/record.sqlite", name="Benchmark")
    prepare(config)
    made = list(captures(2, 2))
    made.append(supplied(made[0], word_file(), "thử nghiệm.docx", 8))
    made.append(
        supplied(made[0], "Tỏi không chữa được bệnh cúm, theo các thử nghiệm đã công bố.\n".encode(), "a.txt", 9)
    )
    with Record.open(config, Clock()) as record:
        fill(record, made)
        extras: list[tuple[AttachmentKind, bytes]] = [("screenshot-desk", picture())]
        extras.append(("timestamp", stamped(seal_of(made[0].capture.content()), folder)))
        staged = [stage(config, data) for _, data in extras]
        with record.write() as writer:
            put_blobs(writer, staged)
            number = capture_number(writer.session, made[0].id)
            attached = [
                Attachment(made[0].id, kind, blob.digest, made[0].capture.time)
                for (kind, _), blob in zip(extras, staged, strict=True)
            ]
            put_attachments(writer, [(number, each) for each in attached], actor="b")
        check = published(record, made)
        write_bundle(record, [check, *(each.id for each in made)], folder / NAME)
    return (folder / NAME).read_bytes()


def published(record: Record, made: Sequence[Made]) -> str:
    """A check that cites what was captured, signed and published; its id. What it takes to get there is not of interest
    here: the facts are written as they come out of it."""
    add_person(record, "an", actor="an")
    with record.read() as session:
        numbers = [number_of(session, each.id) for each in made]
        cited = [each for found in citations_of(session, numbers).values() for each in found]
    claim = add_claim(record, "Garlic cures the flu", actor="an")
    body = "\n\n".join(f"“{each.citation.quotation}”[^cite:{each.id}]" for each in cited)
    front = f"title: What garlic does\nclaims: [{claim.id}]\nrating: 'false'\nlanguage: en\nauthors: [An Nguyễn]\n"
    own = new_check(record, f"---\n{front}---\n{body}\n", actor="an").check
    key = PrivateKey(b"a key of the benchmark's own ...")
    with record.write() as writer:
        statement = statement_for(writer.session, record.config, own)
        signature, signed, time = sign(key, statement.digest), writer.clock.new_id(), writer.now()
        signoff = SignOff(own.id, statement.revision, "binh", key.public, statement.digest, signature, time)
        publication = Publication(own.id, 1, statement.content(), signed, "chi", time)
        facts = [
            NewFact("signoff", own.id, signoff.content(), signed),
            NewFact("publication", own.id, publication.content()),
        ]
        put_facts(writer, facts, actor="chi", action="check.publish", subject=f"check:{own.id}")
    return own.id


def failed(data: bytes, *, quick: bool) -> list[Step]:
    """The steps that fail."""
    steps = verify_open_bundle(io.BytesIO(data), NAME, How(quick=quick))
    return [step for step in steps if step.outcome == "fail"]


def flipped(data: bytes, chosen: random.Random) -> tuple[int, bytes]:
    """The data with a byte changed, and its place."""
    place = chosen.randrange(len(data))
    return place, data[:place] + bytes([data[place] ^ chosen.randrange(1, 256)]) + data[place + 1 :]


def owner(members: Sequence[Member], place: int) -> str:
    """What a byte of the bundle belongs to: a file in it, or the bundle itself."""
    start = members[-1].end
    for member in members:
        if member.offset <= place < member.end:
            return member.name
        line = 46 + len(member.name)
        if start <= place < start + line:
            return member.name
        start += line
    return NAME


def repacked(members: dict[str, bytes]) -> bytes:
    """Files packed anew, with the ZIP's own check sums of what they are now."""
    out = io.BytesIO()
    archive = ZipWriter(out)
    for name, content in members.items():
        archive.add(name, [content])
    archive.finish()
    return out.getvalue()


def of_bundle(data: bytes, flips: int, chosen: random.Random) -> list[str]:
    """Change bytes of the bundle; what was not found at its very place."""
    members, missed = listed(io.BytesIO(data), len(data)), []
    for number in range(flips):
        place, changed = flipped(data, chosen)
        steps = failed(changed, quick=number % WHOLE_EVERY != 0)
        where = owner(members, place)
        if not any(step.subject == where and f"{place:,}" in str(step.reason) for step in steps):
            missed.append(f"byte {place} in {where}: {[(step.subject, str(step.reason)) for step in steps]}")
    return missed


def of_files(data: bytes, flips: int, chosen: random.Random) -> list[str]:
    """Change bytes of the files in the bundle; what was not found in its file."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    missed = []
    for number in range(flips):
        # By turns, so that small files are not passed over.
        name = list(members)[number % len(members)]
        place, changed = flipped(members[name], chosen)
        steps = failed(repacked(members | {name: changed}), quick=number % WHOLE_EVERY != 0)
        if not any(step.subject.partition(":")[0] == name for step in steps):
            missed.append(f"byte {place} of {name}: {[(step.subject, str(step.reason)) for step in steps]}")
    return missed


def main() -> int:
    """Make the bundle, change it, and say what was missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--flips", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="byte-flips-") as name:
        data = bundle(Path(name))
    if sound := failed(data, quick=False):
        print(f"the bundle itself does not verify: {sound}")
        return 1
    total = 0
    for what, run in (("bytes of the bundle", of_bundle), ("bytes of its files", of_files)):
        start = time.perf_counter()
        missed = run(data, options.flips, random.Random(options.seed))
        each = 1000 * (time.perf_counter() - start) / options.flips
        found = options.flips - len(missed)
        print(f"{what}: {found:,} of {options.flips:,} found and located, {each:.0f} ms each, {len(data):,} bytes")
        print("".join(f"  missed: {line}\n" for line in missed[:20]), end="")
        total += len(missed)
    return 1 if total else 0


if __name__ == "__main__":
    sys.exit(main())
