"""What the pages are made of. Defined where it is read out of the record, one room below."""

from __future__ import annotations

from factdesk.queries.site_model import (
    SiteAppearance,
    SiteBundle,
    SiteCheck,
    SiteClaim,
    SiteCorrection,
    SiteData,
    SiteDesk,
    SiteEntry,
    SiteKey,
    SiteMark,
    SitePerson,
    SiteQuotation,
    SiteRevision,
    SiteSigner,
    SiteSource,
)

__all__ = [
    "SiteAppearance",
    "SiteBundle",
    "SiteCheck",
    "SiteClaim",
    "SiteCorrection",
    "SiteData",
    "SiteDesk",
    "SiteEntry",
    "SiteKey",
    "SiteMark",
    "SitePerson",
    "SiteQuotation",
    "SiteRevision",
    "SiteSigner",
    "SiteSource",
]
