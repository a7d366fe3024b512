"""The sheet of a share kit: the check's page as a PDF, as the desk's site has it."""

from __future__ import annotations

import tempfile
from contextlib import suppress
from dataclasses import replace
from importlib.resources import as_file, files
from pathlib import Path

from sqlalchemy.orm import Session

from factdesk.errors import InputError
from factdesk.publish.check_page import check_page
from factdesk.publish.machine import machine_paths
from factdesk.publish.model import SiteCheck, SiteData
from factdesk.publish.pdf import check_pdf, require_pdf
from factdesk.publish.render import Renderer
from factdesk.queries.site_bundles import put_bundle
from factdesk.store.record import Record


def sheet_of(record: Record, session: Session, site: SiteData, check: SiteCheck) -> bytes:
    """The sheet of a check. Raises `ResourceError` where no PDF can be made, `InputError` for a page that cannot be
    drawn or a template of the desk's own that cannot be used."""
    require_pdf()
    own = record.config.folder / "site"
    check = _with_bundle(record, session, check)
    renderer = Renderer(site.desk, machine_paths(site.desk), own / "templates")
    html = renderer.render(check_page(site, check))
    base = site.desk.base_url
    with as_file(files("factdesk.publish") / "static") as ours:
        return check_pdf(html, base + check.path, base, [own / "static", ours])


def _with_bundle(record: Record, session: Session, check: SiteCheck) -> SiteCheck:
    """The check with what its bundle is called on the site; without one of which something was redacted."""
    with tempfile.TemporaryDirectory(prefix="factdesk-sheet-") as folder, suppress(InputError):
        return replace(check, bundle=put_bundle(record, session, check, Path(folder)))
    return check
