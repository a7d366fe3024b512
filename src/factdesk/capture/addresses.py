"""Which network addresses may be fetched: public ones only, whatever clothes a private one wears."""

from __future__ import annotations

import socket
from collections.abc import Callable
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from factdesk.errors import NetworkError, RefusedAddressError

Address = IPv4Address | IPv6Address
Resolve = Callable[[str, int], list[str]]
"""Host and port to addresses, as texts."""

# RFC 6052: the last 32 bits are an IPv4 address that a gateway will reach. Its local-use sibling (RFC 8215) has no
# fixed place for them, and is refused with everything that is not global unicast.
_NAT64 = ip_network("64:ff9b::/96")
_GLOBAL_UNICAST = ip_network("2000::/3")
# The IANA special-purpose registries, beyond what older Pythons call private.
_REFUSED = tuple(
    ip_network(text)
    for text in (
        *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24"),
        *("192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24"),
        *("224.0.0.0/4", "240.0.0.0/4"),
        *("2001:db8::/32", "2001::/23", "3fff::/20"),
    )
)
# Where clouds tell a machine its own keys: in no desk's intranet, whatever is allowed. A page of an intranet, or one
# that redirects, would otherwise lead there. Amazon's and Alibaba's stand outside the link-local networks.
_NEVER = tuple(ip_network(text) for text in ("169.254.0.0/16", "fe80::/10", "fd00:ec2::254/128", "100.100.100.200/32"))


def is_public(address: Address) -> bool:
    """Whether an address, and every IPv4 address hidden in it, belongs to the public internet."""
    inner = _hidden(address)
    if inner is not None:
        return is_public(inner)
    if any(address in network for network in _REFUSED if network.version == address.version):
        return False
    if isinstance(address, IPv6Address) and address not in _GLOBAL_UNICAST:
        return False
    return address.is_global and not address.is_multicast


def _is_of_the_machine(address: Address) -> bool:
    """Whether an address, or an IPv4 address hidden in it, is one that machines keep for themselves."""
    inner = _hidden(address)
    return any(each in network for each in (address, inner) if each for network in _NEVER)


def _hidden(address: Address) -> IPv4Address | None:
    """The IPv4 address inside an IPv6 one: mapped, NAT64, 6to4 or Teredo."""
    if isinstance(address, IPv4Address):
        return None
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    if address.sixtofour is not None:
        return address.sixtofour
    return address.teredo[1] if address.teredo is not None else None


def resolve(host: str, port: int) -> list[str]:
    """Every address of a host, as the machine's resolver gives them. Raises `NetworkError` when it has none."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise NetworkError("The host {host} is not known.", host=host) from error
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def allowed_addresses(host: str, port: int, *, allow_private: bool, resolver: Resolve = resolve) -> list[str]:
    """The addresses of a host that may be connected to.

    One private address among public ones refuses the host: such a mixture is how a name is made to point inside.
    Raises `RefusedAddressError`, or `NetworkError` when the host is not known.
    """
    found = resolver(host, port)
    for text in found:
        try:
            # A zone (`fe80::1%eth0`) names an interface of this machine.
            address = ip_address(text.partition("%")[0])
        except ValueError:
            raise RefusedAddressError("{host} has an address that cannot be read.", host=host) from None
        if allow_private and _is_of_the_machine(address):
            raise RefusedAddressError(
                "{host} is an address that machines keep for themselves ({address}): it is never fetched.",
                host=host,
                address=text,
            )
        if not allow_private and ("%" in text or not is_public(address)):
            raise RefusedAddressError(
                "{host} is in a private network ({address}).",
                remedy="If it is yours, allow it: `--allow-private` for a capture or a site, "
                "allow_private = yes for feeds.",
                host=host,
                address=text,
            )
    if not found:
        raise NetworkError("The host {host} is not known.", host=host)
    return found
