"""The cards of a site: the picture that programs show with a link to a check, drawn anew only when its words change."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from factdesk.errors import InputError
from factdesk.publish.card import card_key, card_png
from factdesk.publish.model import SiteCheck, SiteDesk
from factdesk.publish.put_file import put_file
from factdesk.store.faults import translated_files

FOLDER = "cards"


@dataclass(frozen=True, slots=True)
class Card:
    """A card of a site: its path, and what changes whenever it does. The path is empty where the typeface cannot write
    the title."""

    path: str
    key: str


def put_card(desk: SiteDesk, check: SiteCheck, folder: Path, before: str = "", site: Path | None = None) -> Card:
    """Write the card of a check into the folder of a site. The one that stands in the `site` of before is taken over
    if its key is the same. Raises a `FactdeskError` for files that cannot be written."""
    path, key = f"{FOLDER}/{check.slug}.png", card_key(desk, check)
    with translated_files(str(folder)):
        if site is not None and key == before and (site / path).is_file():
            (folder / FOLDER).mkdir(exist_ok=True)
            shutil.copy2(site / path, folder / path)
            return Card(path, key)
        try:
            put_file(folder, path, card_png(desk, check))
        except InputError:
            return Card("", key)
    return Card(path, key)
