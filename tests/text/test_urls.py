"""Addresses in one form."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from factdesk.text.urls import MAX_URL, canonical, canonical_url, host_of, site_of, split_urls


@pytest.mark.parametrize(
    ("written", "made"),
    [
        ("HTTPS://Example.ORG/Path", "https://example.org/Path"),
        ("http://example.org:80", "http://example.org/"),
        ("https://example.org:443/", "https://example.org/"),
        ("https://example.org:8443/", "https://example.org:8443/"),
        ("https://example.org/a#part", "https://example.org/a"),
        ("https://example.org/a?", "https://example.org/a"),
        ("https://example.org/a?utm_source=x&utm_medium=y", "https://example.org/a"),
        ("https://example.org/a?id=5&fbclid=abc&p=2&gclid=z", "https://example.org/a?id=5&p=2"),
        ("https://example.org/a?b=2&a=1", "https://example.org/a?b=2&a=1"),
        ("https://example.org/%7euser/%c4%83", "https://example.org/~user/%C4%83"),
        ("https://example.org/đường dẫn", "https://example.org/%C4%91%C6%B0%E1%BB%9Dng%20d%E1%BA%ABn"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        ("https://xn--bcher-kva.example/", "https://xn--bcher-kva.example/"),
        ("https://user:secret@example.org/", "https://example.org/"),
        ("https://example.org./", "https://example.org/"),
        ("  https://example.org/ \n", "https://example.org/"),
        ("https:example.org/x", "https://example.org/x"),
        ("https:///example.org/x", "https://example.org/x"),
        ("//example.org/x", "https://example.org/x"),
        ("www.example.org/x", "https://www.example.org/x"),
        ("example.org", "https://example.org/"),
        ("https://example.org/100%", "https://example.org/100%25"),
        ("http://[2001:DB8::1]:8080/", "http://[2001:db8::1]:8080/"),
        ("http:\\\\example.org\\a", "http://example.org/a"),
    ],
)
def test_one_form(written: str, made: str) -> None:
    assert canonical_url(written) == made


@pytest.mark.parametrize(
    "garbage",
    [
        *(
            "",
            " ",
            "http://",
            "https:",
            "javascript:alert(1)",
            "data:text/html,x",
            "file:///etc/passwd",
            "mailto:a@b.example",
        ),
        *("ftp://example.org/", "not an address", "http://[::1", "http://example.org:99999/", "http://example.org:0/"),
        *("http://exa mple.org/", "http://-.example/", "http://a..b/", "http://\x00/", "http://example.org/\x1b[31m"),
        *(
            "https://example.org/" + "x" * MAX_URL,
            "http://" + "ă" * 300 + ".example/",
            "http://fe80::1%eth0/",
            "http://[fe80::1%25e]/",
        ),
    ],
)
def test_garbage_is_no_address(garbage: str) -> None:
    assert canonical_url(garbage) == ""


@given(st.text(max_size=80) | st.text(max_size=60).map(lambda text: f"https://{text}"))
@example("http://[")
@example("https://x.example/%")
@example("https://x.example/%%41")
@example("https://x.example/?&&utm_=&%75tm_source=1")
@example("https://ß.example")
def test_never_raises_and_canonical_is_canonical(text: str) -> None:
    made, codes = canonical(text)
    assert bool(made) == ("bad-url" not in codes)
    assert canonical_url(made) == made
    assert host_of(made) == host_of(text)
    assert made.isascii()
    assert " " not in made
    split_urls(text)


addresses = st.builds(
    "https://{}.example/{}".format,
    st.from_regex(r"[a-z]{1,8}", fullmatch=True),
    st.from_regex(r"[a-z0-9,;/]{0,10}[a-z]", fullmatch=True),
)


@given(st.lists(addresses, min_size=1, max_size=6), st.sampled_from([",", ", ", " ", ";", "\n", " | ", ",\t"]))
def test_joined_addresses_are_parted(urls: list[str], joint: str) -> None:
    assert split_urls(joint.join(urls)) == urls


def test_commas_within_an_address_stay() -> None:
    assert split_urls("https://example.org/a,b,c?x=1,2") == ["https://example.org/a,b,c?x=1,2"]
    assert split_urls("https://web.example/2020/https://example.org/") == [
        "https://web.example/2020/https://example.org/"
    ]


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://www.Example.org/a", "example.org"),
        ("https://www.www.example.org/", "example.org"),
        ("https://www.com/", "www.com"),
        ("http://example.org:8080/", "example.org"),
        ("https://news.example.org/", "news.example.org"),
        ("garbage", ""),
    ],
)
def test_host(url: str, host: str) -> None:
    assert host_of(url) == host


@pytest.mark.parametrize("text", ["example.org", "www.example.org", "https://example.org/about", "EXAMPLE.org"])
def test_site_from_a_bare_host_too(text: str) -> None:
    assert site_of(text) == "example.org"
    assert site_of(site_of("http://localhost/x")) == "localhost"
