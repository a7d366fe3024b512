"""Which checks and sources are to be made anew, since something that their pages are made of is other than before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping

from sqlalchemy.orm import Session

from factdesk.publish.ground import digest
from factdesk.publish.maker import CheckTask, SourceTask
from factdesk.publish.state import Before, Made
from factdesk.queries.site import Place
from factdesk.queries.site_evidence import relied_on
from factdesk.queries.site_index import Index, Row
from factdesk.queries.site_model import SiteData, SiteEntry, SiteMark
from factdesk.queries.site_people import Known, known_people


def check_tasks(
    index: Index,
    places: Mapping[str, Place],
    checks: Mapping[str, SiteEntry],
    session: Session,
    before: Before,
    touched: Collection[str],
    attached: Collection[str],
    had: Mapping[str, Made],
) -> tuple[list[str], list[CheckTask]]:
    """The checks that stay as they are, and what is to be made of the others. `touched` are files that are not as they
    were left; `attached` the sources that something was attached to since, which bundles hold; `had`
    what was made of checks whatever became of the ground since."""
    known = known_people(session)
    kept, tasks = [], []
    for row in index.rows:
        place = places[row.id]
        twin = checks.get(place.twin)
        key = _check_key(row, place, twin, known)
        if _stays(key, place, before, touched, attached):
            kept.append(row.id)
        else:
            tasks.append(CheckTask(place, key, row.number, row.seq, twin, _had(row.id, had, touched)))
    return kept, tasks


def _stays(key: str, place: Place, before: Before, touched: Collection[str], attached: Collection[str]) -> bool:
    made, page = before.made.get(place.id), before.pages.get(place.path)
    if made is None or page is None or made.key != key or page[1] != key:
        return False
    if touched and (page[0] in touched or any(path in touched for path in made.files)):
        return False
    return not attached or not any(use.source in attached for use in made.uses)


def _had(own: str, had: Mapping[str, Made], touched: Collection[str]) -> Made | None:
    """What was made of a check before, if its files are as they were left."""
    made = had.get(own)
    return made if made is not None and not any(path in touched for path in made.files) else None


def _check_key(row: Row, place: Place, twin: SiteEntry | None, known: Known) -> str:
    """What a check's page is made of, besides what all are."""
    signers = [(known.shown.get(name, ""), known.keys.get(public)) for name, public in row.signed]
    other = (twin.path, twin.number, twin.language) if twin is not None else ()
    return digest((row.id, row.facts, place.slug, place.path, other, signers))


def source_tasks(
    site: SiteData, made: Mapping[str, Made], before: Before, touched: Collection[str], attached: Collection[str]
) -> list[tuple[SourceTask, bool]]:
    """Every source that a check relies on, drafts too, and whether its pages are to be made anew."""
    users: dict[str, list[SiteEntry]] = defaultdict(list)
    marks: dict[str, dict[tuple[str, int], SiteMark]] = defaultdict(dict)
    for own, check in site.checks.items():
        for use in made[own].uses if own in made else ():
            users[use.source].append(check)
            for number, (start, end, citation) in enumerate(use.marks):
                marks[use.source][citation, number] = SiteMark(start, end, citation)
    for draft in site.drafts:
        for own in dict.fromkeys(relied_on(draft)):
            users[own].append(draft)
        for each in draft.quotations:
            for number, piece in enumerate(each.pieces if each.source else ()):
                marks[each.source][each.citation, number] = SiteMark(piece.start, piece.end, each.citation)
    tasks = []
    for own in sorted(users):
        task = _source_task(own, users[own], [*marks[own].values()])
        paths = [f"/{language}{task.path}" for language in site.desk.languages]
        stays = own not in attached and all(_source_stays(path, task.key, before, touched) for path in paths)
        tasks.append((task, not stays))
    return tasks


def _source_stays(path: str, key: str, before: Before, touched: Collection[str]) -> bool:
    file = f"{path[1:]}index.html"
    if before.pages.get(path) != (file, key) or file in touched:
        return False
    return not any(each in touched for each in before.more.get(path, ()))


def _source_task(own: str, checks: list[SiteEntry], marks: list[SiteMark]) -> SourceTask:
    shown = [(each.id, each.path, each.number, each.title, each.language) for each in checks]
    return SourceTask(
        own, digest((own, shown, sorted((m.citation, m.start, m.end) for m in marks))), tuple(checks), tuple(marks)
    )
