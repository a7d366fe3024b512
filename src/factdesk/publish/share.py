"""A share kit: files that a person takes and uses by hand, about one published check. Nothing is posted anywhere."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from factdesk.domain.matches import Reason
from factdesk.errors import InputError, RefusedError, ResourceError
from factdesk.publish.build import base_of
from factdesk.publish.card import draw_card
from factdesk.publish.card_layout import Format
from factdesk.publish.card_text import CardWords, alt_text, card_words, short_text
from factdesk.publish.card_type import LEFT_OUT, drawable, legible
from factdesk.publish.model import SiteCheck, SiteData, SiteDesk
from factdesk.publish.qr import qr_png, qr_svg
from factdesk.publish.swap import restore, swap
from factdesk.queries.items import check_named
from factdesk.queries.site import site_of
from factdesk.store.faults import translated_files
from factdesk.store.record import Record

FORMAT, VERSION = "factdesk-share-kit", 1
MANIFEST, SHEET = "kit.json", "check.pdf"
FORMS: tuple[Format, ...] = ("16x9", "1x1", "9x16")
TEXTS = ("text.txt", "alt.txt", "link.txt", "qr.svg", "qr.png")
NAMES = (*(f"card-{form}.png" for form in FORMS), *TEXTS, SHEET, MANIFEST)
"""Every file that a kit may have."""
_MOST = 1 << 20


@dataclass(frozen=True, slots=True)
class Files:
    """The files of a kit, by name. `cut` are parts that did not fit on a card, by the card's file; `left_out` says
    whether letters are missing that the typeface does not have."""

    data: Mapping[str, bytes]
    cut: Mapping[str, tuple[str, ...]]
    left_out: bool


@dataclass(frozen=True, slots=True)
class Kit:
    """A kit that was written. `act` is that of the check's newest publication; `kept` the folder in which something
    else is kept that stood there, empty for none. `no_sheet` says why there is no PDF, and what to do about it."""

    folder: Path
    check: str
    act: str
    statement: str
    address: str
    files: tuple[str, ...]
    cut: Mapping[str, tuple[str, ...]]
    left_out: bool
    kept: str
    no_sheet: tuple[Reason, ...] = ()


def share(record: Record, named: str, folder: Path, base_url: str = "", *, force: bool = False) -> Kit:
    """Write the kit of a check. Raises `RefusedError` for one that is not published, or a folder that holds something
    else; `UsageError` without the site's address; `NotFoundError`, `InputError`."""
    url = base_of(base_url or record.config.url)
    with record.read() as session:
        own = check_named(session, named).id
        site, checks = site_of(session, record.config, url, own)
        check = checks.get(own)
        if check is None:
            raise RefusedError(
                "The check is not published: there is nothing yet that readers could be led to.",
                place=own,
                remedy="See where it stands: factdesk check show {id}",
                id=own,
            )
        sheet, lacking = _sheet(record, session, site, check)
    words = card_words(site.desk, check)
    made = files_of(site.desk, check, sheet)
    target = folder.absolute()
    kept = put(made.data, target, force=force, forbidden=(record.config.folder, Path.cwd()))
    digest = check.statement.digest
    return Kit(
        target,
        own,
        check.statement.act,
        digest,
        words.address,
        tuple(made.data),
        made.cut,
        made.left_out,
        kept,
        lacking,
    )


def _sheet(record: Record, session: Session, site: SiteData, check: SiteCheck) -> tuple[bytes, tuple[Reason, ...]]:
    """The check as a PDF; or none, why, and what to do about it: the rest of the kit is of use without it."""
    from factdesk.publish.share_sheet import sheet_of

    try:
        return sheet_of(record, session, site, check), ()
    except (ResourceError, InputError) as error:
        values = {name: str(value) for name, value in error.values.items()}
        both = Reason("sheet", error.message, values), Reason("sheet", error.remedy, values)
        return b"", tuple(each for each in both if each.template)


def files_of(desk: SiteDesk, check: SiteCheck, sheet: bytes = b"") -> Files:
    """The files of a check's kit: the same bytes for the same publication. It has no cards where the typeface has too
    few of its title's letters, and no PDF without a `sheet`. Raises `InputError` for an address that no QR code can
    hold."""
    words = card_words(desk, check)
    data: dict[str, bytes] = {}
    cut: dict[str, tuple[str, ...]] = {}
    for form in FORMS if legible(words.answer) else ():
        card = draw_card(words, form)
        data[f"card-{form}.png"] = card.png()
        if card.cut:
            cut[f"card-{form}.png"] = card.cut
    data["text.txt"] = short_text(words).encode()
    data["alt.txt"] = alt_text(words).encode()
    data["link.txt"] = f"{words.address}\n".encode()
    data["qr.svg"], data["qr.png"] = qr_svg(words.address), qr_png(words.address)
    if sheet:
        data[SHEET] = sheet
    data[MANIFEST] = _manifest(check, words, data)
    return Files(data, cut, _left_out(words))


def put(data: Mapping[str, bytes], target: Path, *, force: bool, forbidden: tuple[Path, ...] = ()) -> str:
    """Write files as a folder, whole: it has all of them or is as it was. With `force`, what else stood there is kept
    beside it; the name of that folder, or an empty text.

    Raises `RefusedError` for a folder that holds something else than an untouched kit of ours, unless `force`; and
    always for one that holds any of the `forbidden`, the desk for one.
    """
    for place in forbidden:
        if target.resolve() in (place.resolve(), *place.resolve().parents):
            raise RefusedError("A kit cannot take the place of this folder.", place=str(target), remedy=_ELSEWHERE)
    with translated_files(str(target)):
        target.parent.mkdir(parents=True, exist_ok=True)
        aside = target.with_name(f".{target.name}.kit-old")
        restore(target, aside)
        why = _foreign(target)
        if why and not force:
            raise RefusedError(why, place=str(target), remedy=_FORCE)
        with _staging(target) as staging:
            for name, each in data.items():
                (staging / name).write_bytes(each)
            kept = _kept(target) if why else None
            swap(staging, target, aside)
    return str(kept) if kept else ""


_ELSEWHERE = "Name a folder that does not exist yet: -o kit"
_FORCE = "Name another folder; or give --force, and what is there is kept beside it."


def _foreign(target: Path) -> str:
    """What stands in a kit's way, as a template; empty for nothing."""
    if target.is_symlink() or (target.exists() and not target.is_dir()):
        return "There is something else, which is no folder."
    if not target.exists() or not any(target.iterdir()):
        return ""
    digests = _digests(target / MANIFEST)
    names = {each.name for each in target.iterdir()}
    if digests is None or not names <= {*digests, MANIFEST}:
        return "The folder holds something else than a share kit."
    if any(_changed(target / name, digest) for name, digest in digests.items() if name in names):
        return "The folder holds a share kit that somebody changed."
    return ""


def _digests(manifest: Path) -> dict[str, str] | None:
    """The files of a kit with their SHA-256; None where there is no manifest of ours."""
    try:
        if manifest.is_symlink() or not manifest.is_file() or manifest.stat().st_size > _MOST:
            return None
        data = json.loads(manifest.read_text(encoding="utf-8"))
        if data["format"] != FORMAT:
            return None
        return {str(name): str(digest) for name, digest in data["files"].items() if name in NAMES}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _changed(path: Path, digest: str) -> bool:
    if path.is_symlink() or not path.is_file():
        return True
    return hashlib.sha256(path.read_bytes()).hexdigest() != digest


def _kept(target: Path) -> Path:
    """Move aside what stands there, under a name that is free."""
    number = 1
    while (place := target.with_name(f"{target.name}.before-{number}")).exists() or place.is_symlink():
        number += 1
    target.rename(place)
    return place


@contextmanager
def _staging(target: Path) -> Iterator[Path]:
    folder = target.with_name(f".{target.name}.{os.getpid()}.kit-new")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _manifest(check: SiteCheck, words: CardWords, data: Mapping[str, bytes]) -> bytes:
    said = {
        "format": FORMAT,
        "version": VERSION,
        "check": check.id,
        "publication": check.number,
        "act": check.statement.act,
        "statement": check.statement.digest,
        "address": words.address,
        "files": {name: hashlib.sha256(each).hexdigest() for name, each in data.items()},
    }
    return (json.dumps(said, ensure_ascii=False, indent=2) + "\n").encode()


def _left_out(words: CardWords) -> bool:
    texts = (words.answer, words.quoted, words.desk, words.rating, words.meaning, words.what)
    return any(LEFT_OUT in drawable(text) and LEFT_OUT not in text for text in texts)
