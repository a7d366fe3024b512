"""Addresses in one form, so that the same page met twice is seen to be the same. Nothing here raises on garbage."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import SplitResult, quote, unquote_to_bytes, urlsplit

import idna

MAX_URL = 4096
"""Longer than any address that a server takes; a longer one is not read."""

_TRACKING_NAMES = (
    "fbclid gclid gclsrc dclid gbraid wbraid msclkid yclid twclid ttclid li_fat_id igshid igsh mc_cid "
    "mc_eid _ga _gl _hsenc _hsmi mkt_tok ref_src ref_url s_cid cmpid ncid oly_enc_id oly_anon_id vero_id "
    "wickedid ck_subscriber_id __twitter_impression zarsrc fb_action_ids fb_action_types fb_source fb_ref "
    "sfnsn mibextid rdid share_url __tn__ xtor at_medium at_campaign at_custom1 at_custom2 at_custom3 "
    "at_custom4 cvid wt_mc wt_zmc sc_campaign sc_channel"
)
_TRACKING = frozenset(_TRACKING_NAMES.split())
_TRACKING_PREFIXES = ("utm_", "pk_", "mtm_", "hsa_", "__cft__", "__xts__")
_DEFAULT_PORTS = {"http": 80, "https": 443}
_HOST = re.compile(r"[a-z0-9_](?:[a-z0-9_.-]{0,251}[a-z0-9_])?\Z")
_SCHEME = re.compile(r"https?:/*(?=[^/\s])", re.IGNORECASE)
_BARE = re.compile(r"(?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,24}(?:[:/?#]|\Z)", re.IGNORECASE)
# A joint is looked for only where a run of separators begins, so that a million of them are passed once.
_JOINT = re.compile(r"""(?<![\s,;|"'<>])[\s,;|"'<>]++(?=https?://|www\.)""", re.IGNORECASE)
# Addresses that are canonical as they stand, which most are.
_DONE = re.compile(r"https?://([a-z0-9]+(?:[.-][a-z0-9]+)*\.[a-z]{2,})/[A-Za-z0-9/._~-]*\Z")
_EDGES = " \t\r\n,;|\"'<>()[]"
_SAFE_PATH = "/:@!$&'()*+,;=~-._%"
_SAFE_QUERY = _SAFE_PATH + "?[]|"
_ESCAPES = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
_STRAY = re.compile(r"%(?![0-9A-Fa-f]{2})")


def canonical_url(url: str) -> str:
    """The address with scheme and host in lower case, no default port, fragment, credentials or tracking parameters.

    Empty for what is not an http or https address. A canonical address is its own canonical form.
    """
    return canonical(url)[0]


@lru_cache(maxsize=4096)
def canonical(url: str) -> tuple[str, frozenset[str]]:
    """The canonical address, and the codes of what had to be mended: `url-tracking`, `url-scheme`, `bad-url`."""
    if len(url) <= MAX_URL and _DONE.match(url):
        return url, frozenset()
    codes: set[str] = set()
    parts = _split(url, codes)
    host = _ascii_host(parts.hostname or "") if parts else ""
    if not parts or not host:
        return "", frozenset({"bad-url"})
    query = _query(parts.query, codes)
    path = _escaped(parts.path, _SAFE_PATH) or "/"
    made = f"{parts.scheme}://{host}{_port(parts)}{path}{'?' + query if query else ''}"
    return (made, frozenset(codes)) if len(made) <= MAX_URL else ("", frozenset({"bad-url"}))


def host_of(url: str) -> str:
    """The host in lower case ASCII (IDNA), without `www.`; empty when there is none."""
    done = _DONE.match(url) if len(url) <= MAX_URL else None
    parts = None if done else _split(url, set())
    host = done[1] if done else _ascii_host(parts.hostname or "") if parts else ""
    while host.startswith("www.") and "." in host[4:]:
        host = host[4:]
    return host


def site_of(text: str) -> str:
    """The host of an address, or of a bare host (`example.org`, `localhost`), as `host_of` writes it."""
    return host_of(text) or host_of(f"https://{text}")


def split_urls(text: str) -> list[str]:
    """The addresses in a text where several are joined by commas, semicolons or white space, as written."""
    parts = (part.strip(_EDGES) for part in _JOINT.split(text[: MAX_URL * 64]))
    return [part for part in parts if part]


def _split(url: str, codes: set[str]) -> SplitResult | None:
    """The parts of an address, its scheme mended (`https:example.org`, `example.org/page`); None for anything else."""
    url = url.strip().replace("\\", "/")
    if not url or len(url) > MAX_URL or not url.isprintable():
        return None
    written = _SCHEME.match(url)
    if written:
        rest = url[written.end() :]
        if not written[0].endswith("//") or written[0].endswith("///"):
            codes.add("url-scheme")
        url = f"{'https' if written[0][4] in 'sS' else 'http'}://{rest}"
    elif url.startswith("//") or _BARE.match(url):
        codes.add("url-scheme")
        url = f"https://{url.lstrip('/')}"
    else:
        return None
    try:
        parts = urlsplit(url)
        # Reading the port is what checks it.
        return parts if parts.port != 0 else None
    except ValueError:
        return None


@lru_cache(maxsize=4096)
def _ascii_host(host: str) -> str:
    if ":" in host:
        # `urlsplit` has checked what stands in brackets; a zone names an interface of this machine.
        return "" if "%" in host else f"[{host.lower()}]"
    host = host.rstrip(".").lower()
    if not host.isascii() or host.startswith("xn--") or ".xn--" in host:
        try:
            host = idna.encode(host, uts46=True).decode("ascii")
        except (idna.IDNAError, UnicodeError):
            return ""
    return host if _HOST.match(host) and ".." not in host else ""


def _port(parts: SplitResult) -> str:
    port = parts.port
    return "" if port is None or port == _DEFAULT_PORTS[parts.scheme] else f":{port}"


def _query(query: str, codes: set[str]) -> str:
    if not query:
        return ""
    kept = []
    for pair in _escaped(query, _SAFE_QUERY).split("&"):
        name = pair.partition("=")[0].lower()
        if name in _TRACKING or name.startswith(_TRACKING_PREFIXES):
            codes.add("url-tracking")
        elif pair:
            kept.append(pair)
    return "&".join(kept)


def _escaped(text: str, safe: str) -> str:
    """Percent-encoding in one form: what needs none is plain, the rest is UTF-8 in upper-case hexadecimal."""
    if text.isascii() and text.isalnum():
        return text
    text = _ESCAPES.sub(_tidy_escapes, _STRAY.sub("%25", text))
    return quote(text, safe=safe, errors="replace")


def _tidy_escapes(found: re.Match[str]) -> str:
    parts = []
    for byte in unquote_to_bytes(found[0]):
        letter = chr(byte)
        plain = byte < 128 and (letter.isalnum() or letter in "-._~")
        parts.append(letter if plain else f"%{byte:02X}")
    return "".join(parts)
