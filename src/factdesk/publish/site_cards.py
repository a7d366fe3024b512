"""The cards of a site: the picture that programs show with a link to a check, drawn once and kept in the cache by what
is on it."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from factdesk.errors import InputError
from factdesk.publish.card import card_key, card_png
from factdesk.publish.model import SiteCheck, SiteData, SiteDesk
from factdesk.store.faults import translated_files

FOLDER = "cards"


def put_cards(site: SiteData, cache: Path, folder: Path) -> frozenset[str]:
    """Write the card of each published check into the folder of a site; the paths of those that there are, from it. A
    check has none whose title the typeface cannot write. Raises a `FactdeskError` for files that cannot be written."""
    with translated_files(str(folder)):
        for place in (cache / FOLDER, folder / FOLDER):
            place.mkdir(parents=True, exist_ok=True)
        return frozenset(path for check in site.checks.values() if (path := _put_card(site.desk, check, cache, folder)))


def _put_card(desk: SiteDesk, check: SiteCheck, cache: Path, folder: Path) -> str:
    """The path of a check's card, empty for none."""
    path = f"{FOLDER}/{check.slug}.png"
    cached = cache / FOLDER / f"{card_key(desk, check)}.png"
    if not cached.is_file():
        try:
            data = card_png(desk, check)
        except InputError:
            return ""
        _keep(cached, data)
    shutil.copyfile(cached, folder / path)
    return path


def _keep(cached: Path, data: bytes) -> None:
    """Whole or not at all, whoever builds beside."""
    draft = cached.with_name(f".{cached.name}.{os.getpid()}.part")
    try:
        draft.write_bytes(data)
        draft.replace(cached)
    finally:
        draft.unlink(missing_ok=True)
