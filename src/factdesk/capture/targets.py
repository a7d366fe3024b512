"""Which addresses may be asked for, as written; whether their hosts may be is `addresses`' to say."""

from __future__ import annotations

from urllib.parse import SplitResult, urljoin, urlsplit

from factdesk.errors import RefusedAddressError
from factdesk.text.urls import canonical_url


def checked_url(url: str) -> str:
    """The address when it is one we may ask for; raises `RefusedAddressError` otherwise.

    Unlike a canonical address it keeps its query whole: a server may need every parameter.
    """
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        parts, port = SplitResult("", "", "", "", ""), None
    if parts.username is not None or parts.password is not None:
        # Not shown: the password is in it.
        raise RefusedAddressError("Addresses with a user name or password are not fetched.")
    if parts.scheme.lower() not in ("http", "https") or not parts.netloc or not canonical_url(url) or port == 0:
        raise RefusedAddressError("{url} is not an http or https address.", url=url[:200])
    host = urlsplit(canonical_url(url)).netloc
    path = urlsplit(canonical_url(f"http://x.example{parts.path or '/'}")).path
    query = "".join(letter if "!" <= letter <= "~" else _percent(letter) for letter in parts.query)
    return f"{parts.scheme.lower()}://{host}{path}{'?' + query if query else ''}"


def leads_to(url: str, location: str) -> str:
    """The address that a `Location` sent by another one names. Raises `RefusedAddressError`."""
    try:
        return checked_url(urljoin(url, location))
    except ValueError:
        raise RefusedAddressError("{url} is not an http or https address.", url=location[:200]) from None


def _percent(letter: str) -> str:
    return "".join(f"%{byte:02X}" for byte in letter.encode("utf-8", "replace"))
