"""Private addresses in every disguise."""

from __future__ import annotations

from ipaddress import ip_address

import pytest

from factdesk.capture.addresses import allowed_addresses, is_public
from factdesk.errors import NetworkError, RefusedAddressError

PRIVATE = (
    *("127.0.0.1", "127.255.255.254", "0.0.0.0", "0.1.2.3", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1"),
    *("169.254.169.254", "100.64.0.1", "100.127.255.255", "192.0.0.1", "192.0.2.1", "198.18.0.1", "198.51.100.1"),
    *("203.0.113.9", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255", "192.88.99.1"),
    *("::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254"),
    *("64:ff9b::7f00:1", "64:ff9b::10.0.0.1", "64:ff9b:1::192.168.0.1", "2002:7f00:1::", "2002:c0a8:101::1"),
    *("::ffff:0:127.0.0.1", "64:ff9b:1:a00:0:108:808:808", "4000::1", "2001:0:808:808::3f57:fffe"),
    *("fe80::1", "fec0::1", "fc00::1", "fd12:3456::1", "ff02::1", "2001:db8::1", "100::1", "3fff::1", "5f00::1"),
)
NEVER = (
    *("169.254.169.254", "169.254.170.2", "::ffff:169.254.169.254", "64:ff9b::a9fe:a9fe", "2002:a9fe:a9fe::1"),
    *("fe80::1", "fe80::1%eth0", "fd00:ec2::254", "100.100.100.200"),
)
PUBLIC = (
    "1.1.1.1",
    "8.8.8.8",
    "172.32.0.1",
    "100.128.0.1",
    "2606:4700:4700::1111",
    "64:ff9b::8.8.8.8",
    "::ffff:8.8.8.8",
)


@pytest.mark.attack
@pytest.mark.parametrize("text", PRIVATE)
def test_private_addresses_are_refused(text: str) -> None:
    assert not is_public(ip_address(text))
    with pytest.raises(RefusedAddressError):
        allowed_addresses("x.example", 80, allow_private=False, resolver=lambda host, port: [text])
    if text not in NEVER:
        assert allowed_addresses("x.example", 80, allow_private=True, resolver=lambda host, port: [text]) == [text]


@pytest.mark.attack
@pytest.mark.parametrize("text", NEVER)
def test_what_hands_out_keys_is_refused_to_a_desk_with_an_intranet_too(text: str) -> None:
    for private in (True, False):
        with pytest.raises(RefusedAddressError):
            allowed_addresses("x.example", 80, allow_private=private, resolver=lambda host, port: [text])


@pytest.mark.parametrize("text", PUBLIC)
def test_public_addresses_are_allowed(text: str) -> None:
    assert allowed_addresses("x.example", 80, allow_private=False, resolver=lambda host, port: [text]) == [text]


@pytest.mark.attack
def test_teredo_hides_the_address_of_a_client() -> None:
    # The client's address is stored inverted (RFC 4380 §4): this one is 192.168.0.1.
    assert not is_public(ip_address("2001:0:808:808::3f57:fffe"))


@pytest.mark.attack
def test_one_private_among_public_refuses_the_host() -> None:
    with pytest.raises(RefusedAddressError):
        allowed_addresses("x.example", 80, allow_private=False, resolver=lambda host, port: ["1.1.1.1", "10.0.0.1"])


@pytest.mark.attack
@pytest.mark.parametrize(
    "found", [["fe80::1%eth0"], ["8.8.8.8%lo"], ["nonsense"]], ids=["zone", "zone on IPv4", "nonsense"]
)
def test_zones_and_garbage_are_refused(found: list[str]) -> None:
    with pytest.raises(RefusedAddressError):
        allowed_addresses("x.example", 80, allow_private=False, resolver=lambda host, port: found)


def test_no_address_at_all() -> None:
    with pytest.raises(NetworkError):
        allowed_addresses("x.example", 80, allow_private=False, resolver=lambda host, port: [])


@pytest.mark.attack
@pytest.mark.parametrize("host", ["localhost", "127.1", "2130706433", "0x7f000001", "0177.0.0.1"])
def test_ways_of_writing_loopback_that_the_real_resolver_takes(host: str) -> None:
    with pytest.raises(NetworkError):
        allowed_addresses(host, 80, allow_private=False)
