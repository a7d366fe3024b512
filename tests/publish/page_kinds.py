"""The kinds of page that a site has, and where they are."""

from __future__ import annotations

from pathlib import Path

KINDS = {
    "chooser": "",
    "missing": "404.html",
    "home": "{}/",
    "list": "{}/checks/",
    "topic": "{}/topics/*/",
    "rating": "{}/ratings/*/",
    "month": "{}/months/*/",
    "check": "{}/checks/*/",
    "source": "{}/sources/*/",
    "corrections": "{}/corrections/",
    "scale": "{}/scale/",
    "people": "{}/people/",
    "log": "{}/log/",
    "balance": "{}/balance/",
    "methods": "{}/methods/",
    "own": "{}/about/",
}
"""A page of each kind by its address, `{}` being its language."""


def addresses(site: Path, kind: str, language: str) -> list[str]:
    """The addresses of a kind's pages, from the site's: of checks all, since each says other things, else one."""
    pattern = KINDS[kind].format(language)
    if "*" not in pattern:
        return [pattern]
    found = [f"{each.parent.relative_to(site).as_posix()}/" for each in sorted(site.glob(f"{pattern}index.html"))]
    return found if kind == "check" else found[:1]


def each_kind(site: Path) -> list[str]:
    """The addresses of pages of every kind, in both languages."""
    found = (each for language in ("en", "vi") for kind in KINDS for each in addresses(site, kind, language))
    return list(dict.fromkeys(found))
