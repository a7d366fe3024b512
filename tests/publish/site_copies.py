"""A sample site that is verified, copies of it, edits of them, and what is found."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from tests.actions.desks_of_people import World, again, clock_from, copied, opened, published, written
from tests.publish.site_edits import WHY

from factdesk.actions.publish import publish
from factdesk.actions.sign import sign
from factdesk.actions.workflow import correct, withdraw
from factdesk.domain.keys import fingerprint
from factdesk.domain.verification import Step
from factdesk.publish.build import build
from factdesk.publish.site_source import Folder
from factdesk.publish.verify_site import verify_site
from factdesk.queries.verify_held import How

URL = "https://desk.example"
WRONG = "We wrote that nobody needs vitamin A."


def sample_site(press: World, folder: Path) -> Path:
    """A site with a check, a corrected one, one that was withdrawn, and one in Vietnamese."""
    with opened(copied(press, folder / "press"), clock_from(1)) as desk:
        published(desk, press)
        corrected = published(desk, press, written(press, title="A second check of carrots")).check
        correct(desk.record, corrected.id, what=WRONG, severity="serious", actor="an")
        again(desk, press, corrected.id)
        gone = published(desk, press, written(press, title="A third check of carrots")).check
        waits = withdraw(desk.record, gone.id, WHY, actor="chi")
        publish(desk, sign(desk, waits, press.keys["binh"], actor="binh").check, actor="chi")
        media = "media:\n  - category: DecontextualizedContent\n    kind: picture\n"
        vietnamese = written(press, title="Cà rốt, 1 < 2 & “thị lực”", fields=media)
        published(desk, press, vietnamese.replace("language: en", "language: vi"))
        build(desk, folder / "site", URL)
    return folder / "site"


def pinned(press: World) -> dict[str, str]:
    return {fingerprint(press.keys["binh"].public): "Bình, Test desk"}


def steps_of(site: Path, pins: dict[str, str] | None = None) -> list[Step]:
    return list(verify_site(Folder(site), How(quick=True, pins=pins or {})))


def failed(steps: Iterable[Step]) -> list[tuple[str, str]]:
    return [(each.subject, str(each.reason)) for each in steps if each.outcome == "fail"]


def unchecked(steps: Iterable[Step]) -> list[tuple[str, str]]:
    """Of pages; a bundle has its own. That cards are not drawn where the tests are quick goes without saying."""
    return [
        (each.subject, str(each.reason))
        for each in steps
        if each.name == "page" and each.outcome == "not checked" and each.subject != "cards/"
    ]


def listed(site: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((site / "data/site.json").read_bytes())["checks"]
    return found


def page_of(site: Path, which: int) -> Path:
    path: str = listed(site)[which]["page"]
    return site / path.strip("/") / "index.html"


def edit(file: Path, old: str, new: str, count: int = 1) -> None:
    text = file.read_text("utf-8")
    assert old in text, old
    file.write_text(text.replace(old, new, count), encoding="utf-8")


def relist(site: Path, which: int, **fields: Any) -> None:
    file = site / "data/site.json"
    read = json.loads(file.read_bytes())
    read["checks"][which] |= fields
    file.write_text(json.dumps(read), encoding="utf-8")


@dataclass(frozen=True)
class Edited(Folder):
    """A site in a folder with one file edited, without a copy of all of it."""

    path: str = ""
    data: bytes = b""

    def open(self, path: str, most: int) -> IO[bytes]:
        return io.BytesIO(self.data) if path == self.path else super().open(path, most)


def edited(site: Path, path: str, old: str, new: str) -> list[Step]:
    """The steps of a site of which a file was edited."""
    text = (site / path.strip("/") / ("index.html" if path.endswith("/") else "")).read_text("utf-8")
    assert old in text, old
    source = Edited(site, path=path, data=text.replace(old, new, 1).encode())
    return list(verify_site(source, How(quick=True)))


def bundle_of(site: Path, which: int) -> Path:
    path: str = listed(site)[which]["bundle"]["path"]
    return site / path[1:]
